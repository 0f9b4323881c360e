/* SPDX-License-Identifier: MIT
 *
 * Distributions of values: histograms, with a panel per series, and cumulative distributions.
 */
#include "plots/chart/page.h"

#include "base/gettext.h"
#include "plots/page/text_width.h"

/* Bars of a panel, and panels of a page. The page says how many more panels there would be. */
#define BINS 40
#define MAX_PANELS 12
#define PANEL_HEIGHT 90

/* The height of the highest bar, and of the title above all bars, as parts of the height of a panel. */
#define PANEL_BARS 0.8
#define PANEL_TITLE 0.895

/* Steps of a distribution that a picture can show. A thinned one is wrong by at most 1 / STEPS. */
#define STEPS 600

/* Marks on the line of a distribution. */
#define MARKS 10

/* --- values --- */

static void
find_values (const SfChart *chart, SfChartAxis *axis)
{
  for (guint i = 0; i < chart->series->len; i++)
    for (guint k = 0; k < sf_chart_series (chart, i)->y->len; k++)
      sf_chart_axis_take (axis, sf_chart_number (sf_chart_series (chart, i)->y, k));
}

static gboolean
has_positive (const SfChart *chart)
{
  SfChartAxis axis = { .low = INFINITY, .high = -INFINITY, .log = TRUE };

  find_values (chart, &axis);
  return sf_chart_axis_has_values (&axis);
}

static guint64
times (const SfChartSeries *series, guint k)
{
  return g_array_index (series->times, guint64, k);
}

/* Returns the number of values, counting equal ones each. */
static guint64
count_all (const SfChartSeries *series)
{
  guint64 n = 0;

  for (guint k = 0; k < series->times->len; k++)
    n += times (series, k);
  return n;
}

/* --- histograms --- */

/* Bins of equal width on the shown axis, in which values are counted. */
typedef struct
{
  double low, width;
  gboolean log;
  guint n;
} Bins;

/* Returns the bins: small whole numbers have a bin each; a single number has one bin. */
static Bins
find_bins (const SfChart *chart, const SfChartAxis *axis)
{
  Bins bins = { axis->low, 0, axis->log, BINS };
  gboolean whole = !axis->log && axis->high - axis->low < BINS;

  for (guint i = 0; i < chart->series->len && whole; i++)
    for (guint k = 0; k < sf_chart_series (chart, i)->y->len && whole; k++)
      {
        double value = sf_chart_number (sf_chart_series (chart, i)->y, k);

        whole = value == floor (value);
      }
  if (axis->low == axis->high)
    return (Bins){ axis->low - fabs (axis->low) / BINS - 1e-9, fabs (axis->low) / BINS * 2 + 2e-9, FALSE, 1 };
  if (whole)
    return (Bins){ axis->low - 0.5, 1, FALSE, (guint) (axis->high - axis->low) + 1 };
  if (axis->log)
    bins.low = log (axis->low);
  bins.width = ((axis->log ? log (axis->high) : axis->high) - bins.low) / BINS;
  return bins;
}

static double
edge (const Bins *bins, guint i)
{
  double at = bins->low + i * bins->width;

  return bins->log ? exp (at) : at;
}

/* Counts the values of a series in each bin, without those that a logarithmic axis cannot show. Returns their number.
 */
static guint64
count_values (const Bins *bins, const SfChartSeries *series, guint64 *counts)
{
  for (guint k = 0; k < series->y->len; k++)
    {
      double value = sf_chart_number (series->y, k), place;

      if (bins->log && value <= 0)
        continue;
      place = ((bins->log ? log (value) : value) - bins->low) / bins->width;
      counts[(guint) CLAMP (place, 0, bins->n - 1)] += times (series, k);
    }
  return count_all (series);
}

static double
share_of (guint64 part, guint64 n)
{
  return 100.0 * (double) part / (double) MAX (n, 1);
}

/* Draws series `i` as panel number `at` from below. Its full height is a share of `most` percent. */
static void
draw_panel (SfChartPage *page, const Bins *bins, guint i, guint at, double most)
{
  const SfChartSeries *series = sf_chart_series (page->chart, i);
  g_autofree guint64 *counts = g_new0 (guint64, bins->n);
  guint64 n = count_values (bins, series, counts);
  guint block = sf_chart_page_begin_data (page);

  for (guint k = 0; k < bins->n; k++)
    {
      double left = edge (bins, k), right = edge (bins, k + 1), height = PANEL_BARS * share_of (counts[k], n) / most;

      if (counts[k] > 0)
        sf_chart_page_row (page, (double[]){ (left + right) / 2, at, left, right, at, at + height }, 6);
    }
  if (n == 0)
    sf_chart_page_row (page, (double[]){ NAN, NAN, NAN, NAN, NAN, NAN }, 6);
  sf_chart_page_end_data (page);
  sf_chart_page_plot (page,
                      "$g%u using 1:2:3:4:5:6 with boxxyerror fs solid 0.55 border lc rgb '%s' lc rgb '%s' lw 0.7",
                      block, sf_chart_color (i), sf_chart_color (i));
}

/* Returns the largest share of values in one bin, in percent. */
static double
largest_share (const SfChart *chart, const Bins *bins, guint n_panels)
{
  double most = 0;

  for (guint i = 0; i < n_panels; i++)
    {
      g_autofree guint64 *counts = g_new0 (guint64, bins->n);
      guint64 n = count_values (bins, sf_chart_series (chart, i), counts);

      for (guint k = 0; k < bins->n; k++)
        most = MAX (most, share_of (counts[k], n));
    }
  return most;
}

/* Rounds a share up to a number that is easy to read. */
static double
nice_share (double share)
{
  static const double nice[] = { 1, 2, 5, 10, 20, 25, 40, 50, 60, 80, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (nice); i++)
    if (share <= nice[i] * 1.0001)
      return nice[i];
  return 100;
}

/* Writes the title of `series` above the bars of panel number `at` from below. */
static void
set_panel_title (SfChartPage *page, const SfChartSeries *series, guint at)
{
  GString *script = page->page->script;
  g_autofree char *title = sf_chart_legend_title (page->chart, series);
  g_autofree char *text = title != NULL ? sf_text_cut (title, page->letters, FALSE, page->right - page->left) : NULL;

  if (text == NULL)
    return;
  g_string_append (script, "set label ");
  sf_gnuplot_string (script, text);
  g_string_append (script, " at graph 1, first ");
  sf_gnuplot_number (script, at + PANEL_TITLE, 3);
  g_string_append (script, " right front\n");
}

/* Writes the titles of all panels, and 0 and the largest share at their sides. */
static void
set_panels (SfChartPage *page, guint n_panels, double most)
{
  GString *script = page->page->script;
  g_autofree char *full = g_strdup_printf ("%g", most);
  g_autofree char *half = g_strdup_printf ("%g", most / 2);

  page->left = MAX (sf_text_width (full, page->letters, FALSE), sf_text_width (half, page->letters, FALSE))
               + SF_CHART_Y_ROOM * page->letters;
  g_string_append_printf (script, "set yrange [0:%u]\nset ytics (", n_panels);
  for (guint at = 0; at < n_panels; at++)
    {
      g_string_append_printf (script, "%s'0' %u, '%s' ", at > 0 ? ", " : "", at, half);
      sf_gnuplot_number (script, at + PANEL_BARS / 2, 2);
      g_string_append_printf (script, ", '%s' ", full);
      sf_gnuplot_number (script, at + PANEL_BARS, 2);
    }
  g_string_append (script, ")\nset lmargin at screen ");
  sf_gnuplot_number (script, page->left / page->page->width, 4);
  g_string_append (script, "\nset label ");
  sf_gnuplot_string (script, tr (page->chart->lang, "runs (%)"));
  g_string_append (script, " at screen ");
  sf_gnuplot_number (script, SF_CHART_Y_TITLE * page->letters / page->page->width, 4);
  g_string_append (script, ", graph 0.5 center rotate by 90 front\n");
  for (guint i = 0; i < n_panels; i++)
    set_panel_title (page, sf_chart_series (page->chart, i), n_panels - 1 - i);
}

SfPage *
sf_chart_histogram (const SfChart *chart)
{
  SfChartAxis x = { INFINITY, -INFINITY, chart->x_log && has_positive (chart), 10, NULL, chart->x_title };
  guint n_panels = MIN (chart->series->len, MAX_PANELS);
  g_autofree char *desc = g_strdup_printf (tr (chart->lang, "Histogram of %s. Panels: %u."), chart->x_title, n_panels);
  SfChartPage page;
  double most;
  Bins bins;

  sf_chart_page_begin (&page, chart, MAX (SF_CHART_HEIGHT, 130 + n_panels * PANEL_HEIGHT), desc);
  find_values (chart, &x);
  if (!sf_chart_axis_has_values (&x))
    return sf_chart_page_end_empty (&page);
  bins = find_bins (chart, &x);
  most = nice_share (largest_share (chart, &bins, n_panels));
  sf_chart_axis_take (&x, edge (&bins, 0));
  sf_chart_axis_take (&x, edge (&bins, bins.n));
  sf_chart_axis_finish (&x, FALSE);
  set_panels (&page, n_panels, most);
  sf_chart_page_axis (&page, 'x', &x);
  for (guint i = 0; i < n_panels; i++)
    draw_panel (&page, &bins, i, n_panels - 1 - i, most);
  sf_chart_page_left_out (&page, chart->series->len - n_panels);
  return sf_chart_page_end (&page);
}

/* --- cumulative distributions --- */

/* Writes the cumulative share at each value as data, thinned to what can be seen: a value is left out if its share is
 * no more than a step above the last written one. Returns the number written, not counting two rows for the ends of the
 * axis. */
static guint
add_shares (SfChartPage *page, const SfChartSeries *series, const SfChartAxis *x)
{
  guint64 n = count_all (series), sum = 0;
  double written = 0;
  guint n_written = 0;

  sf_chart_page_row (page, (double[]){ x->low, 0 }, 2);
  for (guint k = 0; k < series->y->len; k++)
    {
      double value = sf_chart_number (series->y, k), share;

      sum += times (series, k);
      share = share_of (sum, n);
      if (share - written <= 100.0 / STEPS && sum < n)
        continue;
      sf_chart_page_row (page, (double[]){ x->log && value <= 0 ? x->low : value, share }, 2);
      written = share;
      n_written++;
    }
  if (n > 0)
    sf_chart_page_row (page, (double[]){ x->high, 100 }, 2);
  return n_written;
}

static void
draw_distribution (SfChartPage *page, guint i, const SfChartAxis *x)
{
  const SfChartSeries *series = sf_chart_series (page->chart, i);
  guint block = sf_chart_page_begin_data (page), n = add_shares (page, series, x);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) mark = g_string_new (NULL);

  sf_chart_page_end_data (page);
  sf_chart_line_look (line, i);
  sf_chart_mark_look (mark, i);
  if (n > 0)
    {
      sf_chart_page_plot (page, "$g%u using 1:2 with steps %s", block, line->str);
      sf_chart_page_plot (page, "$g%u every %u::1::%u using 1:2 with points %s", block, (n + MARKS - 1) / MARKS, n,
                          mark->str);
    }
  sf_chart_page_legend (page, series, (int) i,
                        n > 0 ? SF_CHART_SAMPLE_LINE | SF_CHART_SAMPLE_MARK : SF_CHART_SAMPLE_NONE);
}

SfPage *
sf_chart_cdf (const SfChart *chart)
{
  SfChartAxis x = { INFINITY, -INFINITY, chart->x_log && has_positive (chart), 10, NULL, chart->x_title };
  SfChartAxis y = { 0, 102,  FALSE,
                    8, NULL, chart->y_title != NULL ? chart->y_title : tr (chart->lang, "runs up to this value (%)") };
  g_autofree char *desc = g_strdup_printf (tr (chart->lang, "Cumulative distribution of %s. Lines: %u."),
                                           chart->x_title, chart->series->len);
  guint n = MIN (chart->series->len, SF_CHART_LOOKS);
  SfChartPage page;

  sf_chart_page_begin (&page, chart, sf_chart_page_height (chart), desc);
  find_values (chart, &x);
  if (!sf_chart_axis_has_values (&x))
    return sf_chart_page_end_empty (&page);
  sf_chart_axis_finish (&x, FALSE);
  sf_chart_page_axis (&page, 'y', &y);
  sf_chart_page_axis (&page, 'x', &x);
  for (guint i = 0; i < n; i++)
    draw_distribution (&page, i, &x);
  sf_chart_page_left_out (&page, chart->series->len - n);
  return sf_chart_page_end (&page);
}
