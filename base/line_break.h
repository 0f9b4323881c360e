/* SPDX-License-Identifier: MIT
 *
 * Where a line of text may end, and breaking text into lines. Terminals and pictures have the same rules; only the
 * widths of characters differ.
 */
#pragma once

#include <glib.h>

/* Returns the width of `c`, in any unit. `user` is that of SfLineRoom. */
typedef double (*SfCharWidth) (gunichar c, gconstpointer user);

/* The room for lines. */
typedef struct
{
  SfCharWidth char_width;
  gconstpointer user;
  double first, rest; /* width of the first line, and of all others */
  gboolean tear;      /* a word wider than a line is broken; otherwise its line is too wide */
} SfLineRoom;

/* Returns, for each byte of `text` (UTF-8) without the NUL, whether a line may end before it: '\0' no, 'y' yes, '\n' it
 * must. Free it with g_free(). */
char *sf_line_breaks (const char *text);

/* Breaks `text` (UTF-8) into lines as long as the room allows. A newline also ends a line. Lines do not end with
 * blanks, and begin with blanks only after a newline or at the beginning of the text. Returns an array of char * that
 * frees its items; empty if `text` is empty. */
GPtrArray *sf_break_lines (const char *text, const SfLineRoom *room);
