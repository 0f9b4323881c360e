/* SPDX-License-Identifier: MIT
 *
 * The room that text takes on a terminal.
 */
#pragma once

#include "base/line_break.h"

/* Returns the columns that `text` takes: two for a wide character, such as a Chinese one. */
int sf_columns (const char *text);

/* The same for the bytes from `text` up to `end`. */
int sf_columns_to (const char *text, const char *end);

/* Returns the columns that character `c` takes. An SfCharWidth. */
double sf_char_columns (gunichar c, gconstpointer unused);

/* Breaks `text` into lines of at most `columns` (≥ 1): at blanks and between Chinese characters (base/line_break.h), or
 * inside a word if it is longer than a line. Returns an array of char * that frees its items; empty if `text` is
 * empty. */
GPtrArray *sf_wrap (const char *text, int columns);
