/* SPDX-License-Identifier: MIT */
#include "base/columns.h"

#include <string.h>

double
sf_char_columns (gunichar c, gconstpointer unused G_GNUC_UNUSED)
{
  return g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;
}

int
sf_columns (const char *text)
{
  return sf_columns_to (text, text + strlen (text));
}

int
sf_columns_to (const char *text, const char *end)
{
  int columns = 0;

  for (; text < end; text = g_utf8_next_char (text))
    columns += (int) sf_char_columns (g_utf8_get_char (text), NULL);
  return columns;
}

GPtrArray *
sf_wrap (const char *text, int columns)
{
  const SfLineRoom room = { .char_width = sf_char_columns, .first = columns, .rest = columns, .tear = TRUE };

  return sf_break_lines (text + strspn (text, " "), &room);
}
