/* SPDX-License-Identifier: MIT */
#include "lab/paragraph.h"

#include <string.h>

static guint
columns (const char *text, gsize len)
{
  guint n = 0;

  for (const char *at = text; at < text + len; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      n += g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
    }
  return n;
}

/* Appends one line of the text, broken where it must be; `at` is the column that has been reached. */
static void
add_line (GString *out, const char *indent, const char *line, gsize len, guint at, guint width)
{
  const char *end = line + len;
  gboolean first = TRUE;

  while (line < end)
    {
      const char *space = memchr (line, ' ', (gsize) (end - line));
      gsize word = (gsize) ((space != NULL ? space : end) - line);
      guint wide = columns (line, word);

      if (!first && width > 0 && at + 1 + wide > width)
        {
          g_string_append_printf (out, "\n%s", indent);
          at = columns (indent, strlen (indent));
        }
      else if (!first)
        {
          g_string_append_c (out, ' ');
          at++;
        }
      g_string_append_len (out, line, (gssize) word);
      at += wide;
      first = FALSE;
      line += word + (space != NULL);
    }
}

void
sf_paragraph (GString *out, const char *head, const char *indent, const char *text, guint width)
{
  const char *before = head;

  for (;;)
    {
      gsize len = strcspn (text, "\n");

      g_string_append (out, before);
      add_line (out, indent, text, len, columns (before, strlen (before)), width);
      g_string_append_c (out, '\n');
      if (text[len] == '\0')
        break;
      text += len + 1;
      before = indent;
    }
}
