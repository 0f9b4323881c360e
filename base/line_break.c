/* SPDX-License-Identifier: MIT
 *
 * The rules are Unicode's (UAX #14, by libunistring), with four differences:
 *
 * - A word is broken only between two characters of which at least one is wide, as Chinese ones are. Unicode would
 *   break "SYN-ACK", "--set" and "docs/trace.md", which are names that people copy.
 * - A line may end at every blank. Unicode would not break before "/tmp" and ".yaml", nor before a parenthesis that
 *   follows a quotation.
 * - But not between a number and its unit ("20 s"), nor between a connection and what it does ("#2 close").
 * - Curved quotation marks are brackets, as they are in Chinese. Unicode allows no break beside them, since in other
 *   languages the same mark may open or close.
 */
#include "base/line_break.h"

#include "base/units.h"

#include <string.h>
#include <unilbrk.h>

/* Quotation marks, and the brackets that take their place when breaks are looked for. All have three bytes. */
static const struct
{
  const char *quote, *bracket;
} brackets[] = { { "“", "「" }, { "”", "」" }, { "‘", "『" }, { "’", "』" } };

/* Returns what Unicode's rules say, one byte per byte of `text`. */
static char *
find_breaks (const char *text, gsize len)
{
  char *breaks = g_malloc0 (len + 1);
  g_autoptr (GString) bracketed = g_string_new (text);

  for (guint i = 0; i < G_N_ELEMENTS (brackets); i++)
    g_string_replace (bracketed, brackets[i].quote, brackets[i].bracket, 0);
  u8_possible_linebreaks ((const guint8 *) bracketed->str, len, "UTF-8", breaks);
  return breaks;
}

/* TRUE if `blank` stands between a number and its unit. */
static gboolean
is_before_unit (const char *text, const char *blank)
{
  return blank > text && g_ascii_isdigit (blank[-1]) && sf_begins_with_unit (blank + 1);
}

/* TRUE if `blank` stands after the number of a connection. */
static gboolean
is_behind_conn (const char *text, const char *blank)
{
  const char *start = blank;

  while (start > text && g_ascii_isdigit (start[-1]))
    start--;
  return start < blank && start > text && start[-1] == '#';
}

/* Returns the result for the place before `at`, where Unicode's rules say `found`. */
static char
judge (const char *text, const char *at, char found)
{
  const char *before = g_utf8_prev_char (at);
  gboolean wide = g_unichar_iswide (g_utf8_get_char (before)) || g_unichar_iswide (g_utf8_get_char (at));

  if (*before == '\n')
    return '\n';
  if (*at == ' ' || *at == '\n')
    return '\0';
  if (*before == ' ')
    return is_before_unit (text, before) || is_behind_conn (text, before) ? '\0' : 'y';
  return wide && found == UC_BREAK_POSSIBLE ? 'y' : '\0';
}

char *
sf_line_breaks (const char *text)
{
  char *breaks = find_breaks (text, strlen (text));
  gboolean empty = TRUE; /* only blanks so far in this line */

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      char place = at > text ? judge (text, at, breaks[at - text]) : '\0';

      breaks[at - text] = empty && place == 'y' ? '\0' : place;
      empty = *at == '\n' || (empty && *at == ' ');
    }
  return breaks;
}

/* Returns the end of the line that begins at `line` and has room for `width`; `breaks` are the breaks from there on. */
static const char *
line_end (const char *line, const char *breaks, const SfLineRoom *room, double width)
{
  const char *best = NULL, *at;
  double used = 0;

  for (at = line; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      char place = at > line ? breaks[at - line] : '\0';

      if (place == '\n' || (place == 'y' && used > width))
        return at;
      if (place == 'y')
        best = at;
      used += c != '\n' ? room->char_width (c, room->user) : 0;
      /* Blanks may exceed the width: they are cut off. */
      if (used <= width || c == ' ')
        continue;
      if (best != NULL)
        return best;
      if (room->tear)
        return at > line ? at : g_utf8_next_char (at);
    }
  return at;
}

GPtrArray *
sf_break_lines (const char *text, const SfLineRoom *room)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *breaks = sf_line_breaks (text);

  for (const char *line = text, *end; *line != '\0'; line = end)
    {
      end = line_end (line, breaks + (line - text), room, line == text ? room->first : room->rest);
      g_ptr_array_add (lines, g_strchomp (g_strndup (line, (gsize) (end - line))));
    }
  return lines;
}
