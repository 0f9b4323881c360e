/* SPDX-License-Identifier: MIT */
#include "base/wrap.h"

#include "base/columns.h"

#include <string.h>

/* Returns the end of the longest beginning of `text` that fits into `columns`, of at least one character. */
static const char *
longest_fit (const char *text, int columns)
{
  const char *end = g_utf8_next_char (text);

  while (*end != '\0')
    {
      const char *next = g_utf8_next_char (end);

      if (sf_columns_to (text, next) > columns)
        break;
      end = next;
    }
  return end;
}

/* Returns where the first line of `text` ends. */
static const char *
line_end (const char *text, int columns)
{
  const char *end = text;

  while (*end != '\0')
    {
      const char *piece = sf_columns_piece (end + strspn (end, " "));

      if (piece == end || sf_columns_to (text, piece) > columns)
        break;
      end = piece;
    }
  return end > text ? end : longest_fit (text, columns);
}

GPtrArray *
sf_wrap (const char *text, int columns)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  while (*text == ' ')
    text++;
  while (*text != '\0')
    {
      const char *end = line_end (text, columns);

      g_ptr_array_add (lines, g_strndup (text, (gsize) (end - text)));
      for (text = end; *text == ' '; text++)
        ;
    }
  return lines;
}
