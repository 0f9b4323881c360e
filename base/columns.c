/* SPDX-License-Identifier: MIT */
#include "base/columns.h"

#include <string.h>

static int
char_columns (gunichar c)
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
    columns += char_columns (g_utf8_get_char (text));
  return columns;
}

/* TRUE if `c` is one of `set`. */
static gboolean
is_one_of (gunichar c, const char *set)
{
  return g_utf8_strchr (set, -1, c) != NULL;
}

/* TRUE if a line may end between `before` and `after`, neither of which is a blank. */
static gboolean
may_break (gunichar before, gunichar after)
{
  return (char_columns (before) == 2 || char_columns (after) == 2) && !is_one_of (before, "（“‘《「『【([{\"'")
         && !is_one_of (after, "，。、：；？！”’）》」』】…—,.;:?!)]}\"'");
}

const char *
sf_columns_piece (const char *text)
{
  gunichar before = g_utf8_get_char (text);

  if (strchr (" \n", *text) != NULL)
    return text;
  for (;;)
    {
      gunichar after;

      text = g_utf8_next_char (text);
      if (strchr (" \n", *text) != NULL)
        return text;
      after = g_utf8_get_char (text);
      if (may_break (before, after))
        return text;
      before = after;
    }
}
