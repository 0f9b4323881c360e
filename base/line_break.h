/* SPDX-License-Identifier: MIT
 *
 * Where a line of text may end, and text put into lines: by one set of rules for terminals and pictures, which differ
 * only in how wide a character is.
 */
#pragma once

#include <glib.h>

/* Returns how wide `c` is, in any unit; `user` is SfLineRoom's. */
typedef double (*SfCharWidth) (gunichar c, gconstpointer user);

/* The room that lines have. */
typedef struct
{
  SfCharWidth char_width;
  gconstpointer user;
  double first, rest; /* of the first line, of all others */
  gboolean tear;      /* a word wider than a line is torn, and not left as a line that is too wide */
} SfLineRoom;

/* Returns, for each byte of `text` (UTF-8) but the 0, whether a line may end before it: '\0' no, 'y' yes, '\n' it must.
 * To be freed with g_free(). */
char *sf_line_breaks (const char *text);

/* Returns the lines of `text` (UTF-8), char *, in an array that frees them: as long as the room allows. A newline ends
 * a line. No line ends with blanks; at its beginning are only those that follow a newline or begin the text. Empty for
 * an empty text. */
GPtrArray *sf_break_lines (const char *text, const SfLineRoom *room);
