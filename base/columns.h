/* SPDX-License-Identifier: MIT
 *
 * How much room text takes on a terminal.
 */
#pragma once

#include "base/line_break.h"

/* Returns the columns that `text` takes: two for a wide character, as those of Chinese are. */
int sf_columns (const char *text);

/* The same for the text from `text` to `end`. */
int sf_columns_to (const char *text, const char *end);

/* The same for a character, an SfCharWidth. */
double sf_char_columns (gunichar c, gconstpointer unused);

/* Breaks `text` into lines of at most `columns` (≥ 1): at blanks and between Chinese characters (base/line_break.h), or
 * inside a word that is longer. Returns an array of char * that frees its items; empty for an empty text. */
GPtrArray *sf_wrap (const char *text, int columns);
