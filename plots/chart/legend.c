/* SPDX-License-Identifier: MIT
 *
 * The legend below a chart (samples of its series with their titles), and notes.
 */
#include "plots/chart/page.h"

#include "base/gettext.h"
#include "plots/page/text_width.h"

/* Height of a line of the legend, length of a sample, and the gap between two entries, per size of letters. */
#define LEGEND_LINE 1.6
#define LEGEND_SAMPLE 3.4
#define LEGEND_GAP 2.2

/* The gap between a sample and its title, per size of letters. */
#define LEGEND_SAMPLE_GAP 0.7

/* The middle of a line of the legend below the upper edge of that line, in lines. */
#define LEGEND_MIDDLE 0.2

/* SF_CHART_HEIGHT has room for this many lines of a legend. With more lines the page is taller. */
#define LEGEND_LINES 2

/* An entry of the legend. */
typedef struct
{
  char *title;
  int look;   /* number of its style */
  int sample; /* SfChartSample */
  gboolean theory;
} Entry;

static void
clear_entry (gpointer data)
{
  g_free (((Entry *) data)->title);
}

GArray *
sf_chart_legend_new (void)
{
  GArray *legend = g_array_new (FALSE, FALSE, sizeof (Entry));

  g_array_set_clear_func (legend, clear_entry);
  return legend;
}

/* TRUE if `series` has a value, with `positive` one above 0. */
static gboolean
has_value (const SfChartSeries *series, gboolean positive)
{
  for (guint k = 0; k < series->y->len; k++)
    {
      double y = sf_chart_number (series->y, k);

      if (isfinite (y) && (y > 0 || !positive))
        return TRUE;
    }
  return FALSE;
}

char *
sf_chart_legend_title (const SfChart *chart, const SfChartSeries *series)
{
  if (series->title == NULL)
    return NULL;
  if (!has_value (series, FALSE))
    return g_strdup_printf ("%s (%s)", series->title, tr (chart->lang, "no value"));
  if (chart->kind == SF_CHART_LINE && chart->y_log && !has_value (series, TRUE))
    return g_strdup_printf ("%s (%s)", series->title, tr (chart->lang, "nothing above 0"));
  return g_strdup (series->title);
}

void
sf_chart_page_legend (SfChartPage *page, const SfChartSeries *series, int i, int sample)
{
  const Entry entry = { sf_chart_legend_title (page->chart, series), i, sample, series->theory };

  if (entry.title != NULL)
    g_array_append_val (page->legend, entry);
}

void
sf_chart_page_note (SfChartPage *page, const char *text)
{
  g_ptr_array_add (page->notes, g_strdup (text));
}

void
sf_chart_page_left_out (SfChartPage *page, guint n)
{
  g_autofree char *text = g_strdup_printf (tr (page->chart->lang, "%u more are not shown"), n);

  if (n > 0)
    sf_chart_page_note (page, text);
}

/* Appends " screen X, screen Y" for a place in points from the upper left corner. */
static void
add_place (SfChartPage *page, double x, double y)
{
  g_string_append (page->page->script, " screen ");
  sf_gnuplot_number (page->page->script, x / page->page->width, 5);
  g_string_append (page->page->script, ", screen ");
  sf_gnuplot_number (page->page->script, 1 - y / page->page->height, 5);
}

static void
add_sample (SfChartPage *page, const Entry *entry, double x, double y)
{
  GString *script = page->page->script;
  double length = LEGEND_SAMPLE * page->letters;

  if (entry->sample & SF_CHART_SAMPLE_LINE)
    {
      g_string_append (script, "set arrow from");
      add_place (page, x, y);
      g_string_append (script, " to");
      add_place (page, x + length, y);
      g_string_append (script, " nohead ");
      if (entry->theory)
        g_string_append (script, SF_CHART_THEORY);
      else
        sf_chart_line_look (script, (guint) entry->look);
      g_string_append_c (script, '\n');
    }
  if (entry->sample & SF_CHART_SAMPLE_MARK)
    {
      g_string_append (script, "set label '' at");
      add_place (page, x + length / 2, y);
      g_string_append (script, " point ");
      if (entry->theory)
        g_string_append (script, SF_CHART_THEORY_MARK);
      else
        sf_chart_mark_look (script, (guint) entry->look);
      g_string_append_c (script, '\n');
    }
}

/* The layout of a legend: entries in one line, or in columns of equal width. */
typedef struct
{
  guint n, n_lines;
  double sum, widest;
} Layout;

#define LEGEND_LEFT (4 * SF_CHART_LETTERS)
#define LEGEND_TITLE \
  ((LEGEND_SAMPLE + LEGEND_SAMPLE_GAP) * SF_CHART_LETTERS) /* from the beginning of a sample to its title */
#define LEGEND_ROOM (SF_CHART_WIDTH - LEGEND_LEFT - SF_CHART_LETTERS)

/* Returns as much of `title` as there is room for. */
static char *
cut_title (const char *title)
{
  return sf_text_cut (title, SF_CHART_LETTERS, FALSE, LEGEND_ROOM - LEGEND_TITLE);
}

/* Returns the width of an entry, with the gap to the next. */
static double
entry_width (const char *title)
{
  g_autofree char *text = cut_title (title);

  return LEGEND_TITLE + sf_text_width (text, SF_CHART_LETTERS, FALSE) + LEGEND_GAP * SF_CHART_LETTERS;
}

static guint
n_columns (const Layout *layout)
{
  return (guint) MAX (1, (LEGEND_ROOM + LEGEND_GAP * SF_CHART_LETTERS) / layout->widest);
}

static void
take_entry (Layout *layout, const char *title)
{
  double width = entry_width (title);

  layout->n++;
  layout->sum += width;
  layout->widest = MAX (layout->widest, width);
  if (layout->sum <= LEGEND_ROOM + LEGEND_GAP * SF_CHART_LETTERS)
    layout->n_lines = 1;
  else
    layout->n_lines = (layout->n + n_columns (layout) - 1) / n_columns (layout);
}

double
sf_chart_page_height (const SfChart *chart)
{
  Layout layout = { 0 };

  for (guint i = 0; i < chart->series->len; i++)
    {
      g_autofree char *title = sf_chart_legend_title (chart, sf_chart_series (chart, i));

      if (title != NULL && i <= SF_CHART_LOOKS) /* counts computed series as well */
        take_entry (&layout, title);
    }
  return SF_CHART_HEIGHT
         + (layout.n_lines > LEGEND_LINES ? (layout.n_lines - LEGEND_LINES) * LEGEND_LINE * SF_CHART_LETTERS : 0);
}

/* Returns the y of line `line` of `n` lines at the lower end of the page. */
static double
line_place (const SfChartPage *page, guint n, guint line)
{
  return page->page->height - (n - line - LEGEND_MIDDLE) * LEGEND_LINE * SF_CHART_LETTERS;
}

static void
draw_legend (SfChartPage *page, const Layout *layout)
{
  double x = LEGEND_LEFT;

  for (guint i = 0; i < layout->n; i++)
    {
      const Entry *entry = &g_array_index (page->legend, Entry, i);
      g_autofree char *title = cut_title (entry->title);
      guint line = layout->n_lines > 1 ? i / n_columns (layout) : 0;
      double y = line_place (page, layout->n_lines + page->notes->len, line);

      if (layout->n_lines > 1)
        x = LEGEND_LEFT + i % n_columns (layout) * layout->widest;
      add_sample (page, entry, x, y);
      sf_chart_page_text (page, title, x + LEGEND_TITLE, y, "left", SF_CHART_LETTERS, "#1a1a1a");
      x += entry_width (entry->title);
    }
}

static void
draw_notes (SfChartPage *page)
{
  for (guint i = 0; i < page->notes->len; i++)
    {
      g_autofree char *text = sf_text_cut (g_ptr_array_index (page->notes, i), SF_CHART_LETTERS, FALSE, LEGEND_ROOM);

      sf_chart_page_text (page, text, LEGEND_LEFT, line_place (page, page->notes->len, i), "left", SF_CHART_LETTERS,
                          SF_CHART_GRAY);
    }
}

double
sf_chart_page_draw_legend (SfChartPage *page)
{
  Layout layout = { 0 };

  for (guint i = 0; i < page->legend->len; i++)
    take_entry (&layout, g_array_index (page->legend, Entry, i).title);
  draw_legend (page, &layout);
  draw_notes (page);
  return (layout.n_lines + page->notes->len) * LEGEND_LINE * page->letters;
}
