/* SPDX-License-Identifier: MIT
 *
 * Words put into lines of a terminal.
 */
#pragma once

#include <glib.h>

/* Breaks `text` into lines of at most `columns` (≥ 1): at blanks, or inside a word that is longer. Returns an array
 * of char * that frees its items; empty for an empty text. */
GPtrArray *sf_wrap (const char *text, int columns);
