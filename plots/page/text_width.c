/* SPDX-License-Identifier: MIT */
#include "plots/page/text_width.h"

#include "base/line_break.h"

#include <string.h>

/* Advance widths in thousandths of the font's size, from the space on. */
#define FIRST 0x20
static const guint16 widths[2][95] = {
  {
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361,  318, 337, 637, 637, 637,
    637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 531, 1000, 685, 687, 699, 771, 632,
    576, 775, 752, 295, 295, 656, 558, 863, 749, 788, 604, 788, 695, 635,  611, 732, 685, 989, 686,
    611, 686, 391, 337, 391, 838, 500, 500, 613, 635, 550, 635, 616, 353,  635, 634, 278, 278, 580,
    278, 975, 634, 612, 635, 635, 412, 521, 393, 634, 592, 818, 592, 592,  525, 637, 337, 637, 838,
  },
  {
    349, 457,  521, 838, 696, 1002, 873, 307, 458, 458, 523, 838, 380, 416,  380, 366, 696, 696,  696,
    696, 696,  696, 696, 696, 696,  696, 400, 400, 838, 838, 838, 581, 1000, 774, 763, 734, 831,  684,
    684, 821,  837, 373, 373, 775,  638, 996, 837, 851, 733, 851, 771, 721,  683, 813, 774, 1104, 771,
    725, 726,  458, 366, 458, 838,  500, 500, 675, 716, 593, 716, 679, 436,  716, 712, 343, 343,  666,
    343, 1042, 712, 688, 716, 716,  494, 596, 479, 712, 652, 924, 646, 652,  583, 712, 366, 712,  838,
  },
};

/* The width of a character that is not in a table: that of the widest European letters. */
static const guint16 others[2] = { 1070, 1170 };

/* Signs that diagrams use. */
static const struct
{
  gunichar c;
  guint16 width;
} signs[] = { { 0x25b8, 502 }, { 0x25c2, 502 }, { 0x25f7, 873 }, { 0x2026, 1000 } };

static double
char_width (gunichar c, gboolean bold)
{
  guint face = bold ? 1 : 0;

  if (c >= FIRST && c - FIRST < G_N_ELEMENTS (widths[face]))
    return widths[face][c - FIRST] / 1000.0;
  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (signs[i].c == c)
      return signs[i].width / 1000.0;
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 1 : others[face] / 1000.0;
}

double
sf_text_width (const char *text, double size, gboolean bold)
{
  double width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    width += char_width (g_utf8_get_char (text), bold);
  return width * size;
}

/* A font, for sf_break_lines(). */
typedef struct
{
  double size;
  gboolean bold;
} Font;

static double
width_in_font (gunichar c, gconstpointer user)
{
  const Font *font = user;

  return char_width (c, font->bold) * font->size;
}

GPtrArray *
sf_text_fold (const char *text, double size, gboolean bold, double width)
{
  const Font font = { size, bold };
  const SfLineRoom room = { .char_width = width_in_font, .user = &font, .first = width, .rest = width, .tear = TRUE };

  return sf_break_lines (text + strspn (text, " "), &room);
}

static gboolean
is_comma (gunichar c)
{
  return c == ',' || c == ';' || c == 0xff0c || c == 0xff1b;
}

/* TRUE if every line but the last ends with a comma or semicolon, so that phrases stay whole. */
static gboolean
keeps_phrases (const GPtrArray *lines)
{
  for (guint i = 0; i + 1 < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);

      if (*line == '\0' || !is_comma (g_utf8_get_char (g_utf8_prev_char (line + strlen (line)))))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
sf_text_fold_even (const char *text, double size, gboolean bold, double width)
{
  GPtrArray *best = sf_text_fold (text, size, bold, width);
  guint n = best->len;
  gboolean found = FALSE;

  if (n < 2 || keeps_phrases (best))
    return best;
  for (double even = sf_text_width (text, size, bold) / n; even < width && !(found && keeps_phrases (best));
       even += size / 2)
    {
      GPtrArray *lines = sf_text_fold (text, size, bold, even);
      gboolean better = lines->len == n && (!found || keeps_phrases (lines));

      if (better)
        {
          g_ptr_array_unref (best);
          best = g_steal_pointer (&lines);
          found = TRUE;
        }
      g_clear_pointer (&lines, g_ptr_array_unref);
    }
  return best;
}

char *
sf_text_cut (const char *text, double size, gboolean bold, double width)
{
  double used = sf_text_width ("\xe2\x80\xa6", size, bold);
  const char *at = text;

  if (sf_text_width (text, size, bold) <= width)
    return g_strdup (text);
  while ((used += char_width (g_utf8_get_char (at), bold) * size) <= width)
    at = g_utf8_next_char (at);
  return g_strdup_printf ("%.*s\xe2\x80\xa6", (int) (at - text), text);
}
