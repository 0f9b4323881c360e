/* SPDX-License-Identifier: MIT
 *
 * Text for people, broken into lines: paragraphs with heads and labels.
 */
#include "base/paragraph.h"

#include "base/columns.h"

#include <string.h>

/* Length of the longest label of a paragraph, with the gap after it. */
#define MAX_LABEL 16

void
sf_paragraph (GString *out, const char *head, const char *indent, const char *text, guint width)
{
  const double most = width > 0 ? width : G_MAXINT;
  const SfLineRoom room = { .char_width = sf_char_columns,
                            .first = most - sf_columns (head),
                            .rest = most - sf_columns (indent) };
  g_autoptr (GPtrArray) lines = sf_break_lines (text, &room);

  g_string_append (out, head);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (out, "%s%s%s", i > 0 ? "\n" : "", i > 0 ? indent : "",
                            (const char *) g_ptr_array_index (lines, i));
  g_string_append_c (out, '\n');
}

/* TRUE if the word of `len` bytes at `line` is a time such as "300.05s". */
static gboolean
is_time (const char *line, gsize len)
{
  static const char *const units[] = { "ns", "us", "ms", "s", "min", "h" };
  gsize digits = strspn (line, "0123456789.");

  for (guint i = 0; digits > 0 && digits < len && i < G_N_ELEMENTS (units); i++)
    if (len - digits == strlen (units[i]) && strncmp (line + digits, units[i], len - digits) == 0)
      return TRUE;
  return FALSE;
}

/* Returns the column at which the text of `line` begins: after its indentation, or after a label, which sets
 * `*ret_labeled`. The gap after a label is at least two blanks. One blank is enough after a time that reaches to
 * `column`, where the text of other lines begins. */
static guint
text_column (const char *line, guint column, gboolean *ret_labeled)
{
  guint indent = (guint) strspn (line, " ");
  gsize word = strcspn (line + indent, " ");
  const char *gap = strstr (line + indent, "  ");
  guint behind = gap != NULL ? (guint) (gap - line) + (guint) strspn (gap, " ") : 0;

  if (indent + word + 1 == column && line[indent + word] == ' ' && is_time (line + indent, word))
    behind = column;
  *ret_labeled = behind > 0 && behind <= MAX_LABEL && line[behind] != '\0';
  return *ret_labeled ? behind : indent;
}

/* Returns the column at which the text of the first labeled line begins, 0 if there is none. */
static guint
common_column (char **lines)
{
  gboolean labeled = FALSE;
  guint column = 0;

  for (; *lines != NULL && !labeled; lines++)
    column = text_column (*lines, 0, &labeled);
  return labeled ? column : 0;
}

/* TRUE if the lines `first` and `second`, neither empty, are joined without a blank: where they meet, both characters
 * are wide, as Chinese ones are. */
static gboolean
join_close (const char *first, const char *second)
{
  const char *end = first + strlen (first);

  return sf_columns (g_utf8_prev_char (end)) == 2 && sf_columns_to (second, g_utf8_next_char (second)) == 2;
}

/* Appends the collected paragraph, if there is one. */
static void
end_paragraph (GString *out, GString *head, GString *text, guint width)
{
  g_autofree char *indent = g_strnfill (head->len, ' ');

  if (text->len > 0)
    sf_paragraph (out, head->str, indent, text->str, width);
  g_string_truncate (text, 0);
}

void
sf_paragraphs (GString *out, const char *text, guint width)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) head = g_string_new (NULL);
  g_autoptr (GString) collected = g_string_new (NULL);
  guint common = common_column (lines);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gboolean labeled, empty = *g_strchomp (lines[i]) == '\0';
      guint column = text_column (lines[i], common, &labeled);

      if (empty || labeled || column != head->len)
        end_paragraph (out, head, collected, width);
      if (empty)
        {
          g_string_append_c (out, '\n');
          continue;
        }
      if (collected->len > 0)
        g_string_append (collected, join_close (collected->str, lines[i] + column) ? "" : " ");
      else
        g_string_overwrite_len (g_string_truncate (head, 0), 0, lines[i], (gssize) column);
      g_string_append (collected, lines[i] + column);
    }
  end_paragraph (out, head, collected, width);
}

void
sf_paragraph_title (GString *out, const char *title, const SfTextStyle *style)
{
  g_string_append (out, style->color ? "\033[1m" : "");
  sf_paragraph (out, "", "", title, style->width);
  g_string_append (out, style->color ? "\033[0m" : "");
}

void
sf_paragraph_labeled (GString *out, const char *label, gboolean shown, const char *text, const SfTextStyle *style)
{
  g_autofree char *indent = g_strnfill ((gsize) sf_columns (label), ' ');

  sf_paragraph (out, shown ? label : indent, indent, text, style->width);
}
