/* SPDX-License-Identifier: MIT
 *
 * How much room text takes on a terminal, and where its lines may be broken.
 */
#pragma once

#include <glib.h>

/* Returns the columns that `text` takes: two for a wide character, as those of Chinese are. */
int sf_columns (const char *text);

/* The same for the text from `text` to `end`. */
int sf_columns_to (const char *text, const char *end);

/* Returns the end of the first piece of `text`, within which no line may be broken. It reaches to a blank, a newline,
 * the end, or the place between two characters one of which is of a script without blanks between words; no punctuation
 * is torn from what it belongs to. It is empty only if `text` begins with a blank or a newline, or is empty. */
const char *sf_columns_piece (const char *text);
