/* SPDX-License-Identifier: MIT */
#include "plots/chart/page.h"

#include "base/gettext.h"
#include "plots/page/paper.h"
#include "plots/page/text_width.h"

#include <stdarg.h>
#include <string.h>

/* Lines of names below the x axis, at most, and the distance of these lines per size of letters. */
#define MAX_NAME_LINES 3
#define NAME_LINE 1.25

/* An axis with more decades than this has marks at powers of ten only. */
#define FEW_DECADES 2.2

/* The margin of an axis, as a part of its length. A linear axis begins at 0 if its lowest value is less than this part
 * of the highest. */
#define MARGIN 0.03
#define NEAR_ZERO 0.6

/* Names at the y axis: their greatest width, as a part of the page, and about how many are written. */
#define MOST_NAME 0.25
#define MOST_ROWS 28

/* Per size of letters: the gap below the head of the page, the left margin of a chart without a y axis, the room below
 * the x axis for numbers and title, and in it the y of the first line of names and of the title. */
#define HEAD_GAP 0.4
#define LEAST_LEFT 4
#define AXIS_ROOM 4.6
#define NAME_Y 1.3
#define TITLE_Y 3.15

/* --- looks --- */

/* The styles of series. Color-blind readers can tell the colors apart; neighbors differ in lightness, for gray prints.
 */
static const struct
{
  const char *color, *dash;
  guint mark;  /* number of gnuplot's point type */
  double size; /* such that all marks look equally large */
} looks[SF_CHART_LOOKS] = {
  { "#005f99", "solid", 7, 0.75 },
  { "#d55e00", "(dash (7, 1.3), dash (3, 1.3))", 5, 0.75 },
  { "#00694e", "(dash (2, 1.3), dash (2, 1.3))", 9, 0.95 },
  { "#7a3b8f", "(dash (8, 1.3), dash (2.5, 1.3), dash (1.5, 1.3), dash (2.5, 1.3))", 13, 0.95 },
  { "#b08a00", "solid", 6, 0.8 },
  { "#56a5d8", "(dash (7, 1.3), dash (3, 1.3))", 4, 0.8 },
  { "#1a1a1a", "(dash (2, 1.3), dash (2, 1.3))", 8, 1.0 },
  { "#b00020", "(dash (8, 1.3), dash (2.5, 1.3), dash (1.5, 1.3), dash (2.5, 1.3))", 12, 1.0 },
};

const char *
sf_chart_color (guint i)
{
  return looks[i % SF_CHART_LOOKS].color;
}

void
sf_chart_line_look (GString *out, guint i)
{
  g_string_append_printf (out, "lw 1.3 lc rgb '%s' dt %s", looks[i % SF_CHART_LOOKS].color,
                          looks[i % SF_CHART_LOOKS].dash);
}

void
sf_chart_mark_look (GString *out, guint i)
{
  g_string_append_printf (out, "lw 1 lc rgb '%s' pt %u ps mark(", looks[i % SF_CHART_LOOKS].color,
                          looks[i % SF_CHART_LOOKS].mark);
  sf_gnuplot_number (out, looks[i % SF_CHART_LOOKS].size, 2);
  g_string_append_c (out, ')');
}

/* --- words --- */

/* Writes `text` at (x, y). `weight` is "" or ":Bold". */
static void
put_text (SfChartPage *page, const char *text, double x, double y, const char *align, double size, const char *weight,
          const char *color)
{
  GString *script = page->page->script;

  g_string_append (script, "set label ");
  sf_gnuplot_string (script, text);
  g_string_append (script, " at screen ");
  sf_gnuplot_number (script, x / page->page->width, 5);
  g_string_append (script, ", screen ");
  sf_gnuplot_number (script, 1 - y / page->page->height, 5);
  g_string_append_printf (script, " %s front font '" SF_PICTURE_FONT "%s,", align, weight);
  sf_gnuplot_number (script, size, 1);
  g_string_append_printf (script, "' tc rgb '%s'\n", color);
}

void
sf_chart_page_text (SfChartPage *page, const char *text, double x, double y, const char *align, double size,
                    const char *color)
{
  put_text (page, text, x, y, align, size, "", color);
}

/* Writes `text` from `y` on, in as many lines as it needs. Returns the y after it. */
static double
add_lines (SfChartPage *page, const char *text, double y, double size, gboolean bold, const char *color)
{
  g_autoptr (GPtrArray) lines = sf_text_fold (text, size, bold, page->page->width - 2 * SF_HEAD_MARGIN * page->letters);

  for (guint i = 0; i < lines->len; i++, y += size * SF_HEAD_TITLE_PITCH)
    put_text (page, g_ptr_array_index (lines, i), SF_HEAD_MARGIN * page->letters, y, "left", size, bold ? ":Bold" : "",
              color);
  return y;
}

/* --- the page --- */

void
sf_chart_page_begin (SfChartPage *page, const SfChart *chart, double height, const char *desc)
{
  const char *title = chart->title != NULL ? chart->title : "";
  double y, size = SF_CHART_LETTERS * SF_HEAD_TITLE;

  *page = (SfChartPage){ .chart = chart, .letters = SF_CHART_LETTERS };
  page->page = sf_page_new (SF_CHART_WIDTH, height, title, desc);
  page->plots = g_string_new (NULL);
  page->legend = sf_chart_legend_new ();
  page->notes = g_ptr_array_new_with_free_func (g_free);
  y = add_lines (page, title, size * SF_HEAD_TITLE_Y, size, TRUE, "#1a1a1a");
  if (chart->subtitle != NULL)
    y = add_lines (page, chart->subtitle, y, SF_CHART_LETTERS, FALSE, SF_CHART_GRAY);
  page->top = y + SF_CHART_LETTERS * HEAD_GAP;
  page->left = LEAST_LEFT * SF_CHART_LETTERS;
  page->right = SF_CHART_WIDTH * 0.97;
  g_string_append (page->page->script, "set tmargin at screen ");
  sf_gnuplot_number (page->page->script, 1 - page->top / height, 4);
  g_string_append (page->page->script, "\nset rmargin at screen 0.97\n");
}

/* --- axes --- */

void
sf_chart_axis_take (SfChartAxis *axis, double value)
{
  if (!isfinite (value) || (axis->log && value <= 0))
    return;
  axis->low = MIN (axis->low, value);
  axis->high = MAX (axis->high, value);
}

gboolean
sf_chart_axis_has_values (const SfChartAxis *axis)
{
  return axis->low <= axis->high;
}

void
sf_chart_axis_finish (SfChartAxis *axis, gboolean from_zero)
{
  double margin;

  if (axis->names != NULL)
    {
      axis->low = -0.5;
      axis->high = g_strv_length (axis->names) - 0.5;
      return;
    }
  if (axis->log)
    {
      margin = MAX (pow (axis->high / axis->low, MARGIN), axis->low == axis->high ? 2 : 1.02);
      axis->low /= margin;
      axis->high *= margin;
      return;
    }
  margin = (axis->high - axis->low) * MARGIN;
  if (from_zero && axis->low >= 0 && axis->low < NEAR_ZERO * axis->high)
    axis->low = 0;
  else
    axis->low -= margin;
  axis->high += margin;
  if (axis->high > axis->low)
    return;
  margin = axis->low != 0 ? fabs (axis->low) * 0.1 : 1;
  axis->low -= axis->low == 0 && from_zero ? 0 : margin;
  axis->high += margin;
}

/* A mark of an axis. */
typedef struct
{
  double at;
  char text[32];
} Mark;

static void
add_mark (GArray *marks, double at, int decimals)
{
  Mark mark = { .at = at };

  if (decimals > 6 || fabs (at) >= 1e7)
    g_ascii_formatd (mark.text, sizeof mark.text, "%.3g", at);
  else
    {
      const char format[] = { '%', '.', (char) ('0' + MAX (decimals, 0)), 'f', '\0' };

      g_ascii_formatd (mark.text, sizeof mark.text, format, at);
    }
  g_array_append_val (marks, mark);
}

static void
add_linear_marks (GArray *marks, const SfChartAxis *axis)
{
  double step = sf_gnuplot_step (axis->high - axis->low, axis->n_marks);
  int decimals = (int) ceil (-log10 (step) - 1e-9);

  for (double k = ceil (axis->low / step - 1e-9); k * step <= axis->high + step * 1e-9; k++)
    add_mark (marks, k == 0 ? 0 : k * step, decimals);
}

static void
add_log_marks (GArray *marks, const SfChartAxis *axis)
{
  gboolean few = log10 (axis->high / axis->low) < FEW_DECADES;
  int every = (int) ceil (log10 (axis->high / axis->low) / 12);

  for (int power = (int) floor (log10 (axis->low)); power <= log10 (axis->high); power++)
    for (double factor = 1; factor < 10; factor = factor == 2 ? 5 : 2 * factor)
      {
        double at = factor * pow (10, power);

        if (at >= axis->low * (1 - 1e-9) && at <= axis->high * (1 + 1e-9) && (few || factor == 1) && power % every == 0)
          add_mark (marks, at, -power);
      }
  if (marks->len < 2)
    {
      g_array_set_size (marks, 0);
      add_linear_marks (marks, axis);
    }
}

/* Appends `number` with ten significant digits. */
static void
add_number (GString *script, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (script, isfinite (number) ? g_ascii_formatd (text, sizeof text, "%.10g", number) : "NaN");
}

static void
set_range (GString *script, char which, const SfChartAxis *axis)
{
  g_string_append_printf (script, "%sset %crange [",
                          axis->log ? which == 'x' ? "set logscale x\n" : "set logscale y\n" : "", which);
  add_number (script, axis->low);
  g_string_append_c (script, ':');
  add_number (script, axis->high);
  g_string_append (script, "]\n");
}

/* Sets the marks of an axis. Returns the width of the widest label. */
static double
set_marks (SfChartPage *page, char which, const SfChartAxis *axis)
{
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (Mark));
  GString *script = page->page->script;
  double widest = 0;

  if (axis->log)
    add_log_marks (marks, axis);
  else
    add_linear_marks (marks, axis);
  g_string_append_printf (script, "set %ctics (", which);
  for (guint i = 0; i < marks->len; i++)
    {
      const Mark *mark = &g_array_index (marks, Mark, i);

      g_string_append_printf (script, "%s'%s' ", i > 0 ? ", " : "", mark->text);
      add_number (script, mark->at);
      widest = MAX (widest, sf_text_width (mark->text, page->letters, FALSE));
    }
  g_string_append (script, ")\n");
  return widest;
}

/* Returns the width of the widest word of all names. Every name has that room, so that no word is broken. */
static double
widest_word (const SfChartPage *page, char **names)
{
  double widest = 0;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (names[i], " ", -1);

      for (guint k = 0; words[k] != NULL; k++)
        widest = MAX (widest, sf_text_width (words[k], page->letters, FALSE));
    }
  return MIN (widest, 14 * page->letters);
}

/* Returns n if only every n-th name can be written without breaking a word. */
static guint
names_apart (const SfChartPage *page, char **names)
{
  double slot = (page->right - page->left) / g_strv_length (names), widest = widest_word (page, names) + page->letters;

  return (guint) MAX (1, ceil (widest / slot));
}

/* Returns the lines of name `i`, if every `every`-th name is written. */
static GPtrArray *
name_lines (const SfChartPage *page, char **names, guint i, guint every)
{
  double slot = (page->right - page->left) / g_strv_length (names);

  return sf_text_fold_even (names[i], page->letters, FALSE, slot * every - page->letters);
}

/* Reserves room for names below the x axis. */
static void
set_x_names (SfChartPage *page, const SfChartAxis *axis)
{
  guint n = g_strv_length (axis->names), every = names_apart (page, axis->names);
  GString *script = page->page->script;

  g_string_append (script, "set xtics scale 0 (");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (script, "%s'' %u", i > 0 ? ", " : "", i);
  g_string_append (script, ")\n");
  for (guint i = 0; i < n; i += every)
    {
      g_autoptr (GPtrArray) lines = name_lines (page, axis->names, i, every);

      page->name_lines = MAX (page->name_lines, MIN (lines->len, MAX_NAME_LINES));
    }
}

/* Writes `text` at `where` ("first 3"), `below` points below the x axis, which is `axis` points above the lower edge.
 */
static void
add_below (SfChartPage *page, const char *text, const char *where, double axis, double below)
{
  GString *script = page->page->script;

  g_string_append (script, "set label ");
  sf_gnuplot_string (script, text);
  g_string_append_printf (script, " at %s, screen ", where);
  sf_gnuplot_number (script, (axis - below) / page->page->height, 5);
  g_string_append (script, " center front\n");
}

/* Writes the names and the title of the x axis, which is `axis` points above the lower edge. */
static void
add_x_words (SfChartPage *page, double axis)
{
  char **names = page->x_axis.names;
  guint n = names != NULL ? g_strv_length (names) : 0, every = n > 0 ? names_apart (page, names) : 1;
  double more = page->name_lines > 1 ? (page->name_lines - 1) * NAME_LINE : 0;

  for (guint i = 0; i < n; i += every)
    {
      g_autoptr (GPtrArray) lines = name_lines (page, names, i, every);
      g_autofree char *where = g_strdup_printf ("first %u", i);

      for (guint k = 0; k < MIN (lines->len, MAX_NAME_LINES); k++)
        add_below (page, g_ptr_array_index (lines, k), where, axis, (NAME_Y + k * NAME_LINE) * page->letters);
    }
  if (page->x_axis.title != NULL)
    add_below (page, page->x_axis.title, "graph 0.5", axis, (TITLE_Y + more) * page->letters);
}

/* Sets names as marks of the y axis. Returns the width of the widest. */
static double
set_y_names (SfChartPage *page, const SfChartAxis *axis)
{
  guint n = g_strv_length (axis->names);
  GString *script = page->page->script;
  double widest = 0, most = page->page->width * MOST_NAME;
  gboolean first = TRUE;
  guint every = MAX (1, n / MOST_ROWS);

  g_string_append (script, "set ytics scale 0 (");
  for (guint i = 0; i < n; i += every)
    {
      g_autofree char *name = sf_text_cut (axis->names[i], page->letters, FALSE, most);
      g_auto (GStrv) parts = g_strsplit (name, "%", -1);
      g_autofree char *format = g_strjoinv ("%%", parts); /* gnuplot uses it as a format of printf() */

      g_string_append (script, first ? "" : ", ");
      sf_gnuplot_string (script, format);
      g_string_append_printf (script, " %u", i);
      widest = MAX (widest, sf_text_width (name, page->letters, FALSE));
      first = FALSE;
    }
  g_string_append (script, ")\n");
  return widest;
}

void
sf_chart_page_axis (SfChartPage *page, char which, const SfChartAxis *axis)
{
  GString *script = page->page->script;

  set_range (script, which, axis);
  if (which == 'y')
    {
      double widest = axis->names != NULL ? set_y_names (page, axis) : set_marks (page, which, axis);

      page->left = widest + SF_CHART_Y_ROOM * page->letters;
      g_string_append (script, "set lmargin at screen ");
      sf_gnuplot_number (script, page->left / page->page->width, 4);
      g_string_append (script, "\nset label ");
      sf_gnuplot_string (script, axis->title != NULL ? axis->title : "");
      g_string_append (script, " at screen ");
      sf_gnuplot_number (script, SF_CHART_Y_TITLE * page->letters / page->page->width, 4);
      g_string_append (script, ", graph 0.5 center rotate by 90 front\n");
      return;
    }
  if (axis->names != NULL)
    set_x_names (page, axis);
  else
    set_marks (page, which, axis);
  page->x_axis = *axis;
}

/* --- data --- */

guint
sf_chart_page_begin_data (SfChartPage *page)
{
  g_string_append_printf (page->page->script, "$g%u << SYNFIN\n", page->n_blocks);
  return page->n_blocks++;
}

void
sf_chart_page_end_data (SfChartPage *page)
{
  g_string_append (page->page->script, "SYNFIN\n");
}

void
sf_chart_page_row (SfChartPage *page, const double *numbers, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (page->page->script, ' ');
      add_number (page->page->script, numbers[i]);
    }
  g_string_append_c (page->page->script, '\n');
}

void
sf_chart_page_plot (SfChartPage *page, const char *format, ...)
{
  va_list args;

  g_string_append (page->plots, page->plots->len > 0 ? ", \\\n  " : "plot ");
  va_start (args, format);
  g_string_append_vprintf (page->plots, format, args);
  va_end (args);
}

/* --- the end --- */

/* Draws the words of the x axis, the legend and the notes. */
static void
add_below_axes (SfChartPage *page)
{
  double names = page->name_lines > 1 ? (page->name_lines - 1) * NAME_LINE : 0;
  double axis = sf_chart_page_draw_legend (page) + (AXIS_ROOM + names) * page->letters;

  add_x_words (page, axis);
  g_string_append (page->page->script, "unset key\nset bmargin at screen ");
  sf_gnuplot_number (page->page->script, axis / page->page->height, 4);
  g_string_append_c (page->page->script, '\n');
}

static SfPage *
end (SfChartPage *page)
{
  g_string_free (g_steal_pointer (&page->plots), TRUE);
  g_clear_pointer (&page->legend, g_array_unref);
  g_clear_pointer (&page->notes, g_ptr_array_unref);
  return g_steal_pointer (&page->page);
}

SfPage *
sf_chart_page_end_empty (SfChartPage *page)
{
  g_string_append (page->page->script, "unset border\nunset tics\nset label ");
  sf_gnuplot_string (page->page->script, tr (page->chart->lang, "There is nothing to show: no run has a value."));
  g_string_append (page->page->script,
                   " at screen 0.5, screen 0.5 center\nset xrange [0:1]\nset yrange [0:1]\nplot -1 notitle\n");
  return end (page);
}

SfPage *
sf_chart_page_end (SfChartPage *page)
{
  g_string_append (page->page->script, "set border 3 lw 0.7 lc rgb '" SF_CHART_GRAY "'\n"
                                       "set tics nomirror out scale 0.5 textcolor rgb '#1a1a1a'\n");
  if (page->chart->kind != SF_CHART_HEATMAP)
    g_string_append (page->page->script, "set grid lw 0.5 lc rgb '#d0d0d0' dt solid\n");
  add_below_axes (page);
  g_string_append_printf (page->page->script, "%s\n", page->plots->str);
  return end (page);
}
