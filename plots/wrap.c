/* SPDX-License-Identifier: MIT */
#include "plots/wrap.h"

#include "plots/canvas.h"

#include <string.h>

/* Returns the end of the longest beginning of `text` that fits into `columns`, of at least one character. */
static const char *
longest_fit (const char *text, int columns)
{
  const char *end = g_utf8_next_char (text);

  while (*end != '\0')
    {
      const char *next = g_utf8_next_char (end);
      g_autofree char *piece = g_strndup (text, (gsize) (next - text));

      if (sf_text_columns (piece) > columns)
        break;
      end = next;
    }
  return end;
}

/* Returns where the first line of `text` ends. */
static const char *
line_end (const char *text, int columns)
{
  const char *end, *blank;

  if (sf_text_columns (text) <= columns)
    return text + strlen (text);
  end = longest_fit (text, columns);
  if (*end == ' ' || *end == '\0')
    return end;
  blank = g_strrstr_len (text, end - text, " ");
  return blank != NULL && blank > text ? blank : end;
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
