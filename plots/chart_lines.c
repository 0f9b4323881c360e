/* SPDX-License-Identifier: MIT
 *
 * Lines with intervals: bars at every point, or, where they would stand too close, a band. At names there are no lines, only
 * points, beside each other.
 */
#include "plots/chart_page.h"

#include "models/gettext.h"

/* With more points than this the intervals of a series are a band, and not every point has a mark. */
#define MANY_POINTS 40
#define MARKS 16

/* Points of several series at one name stand so far apart, over the distance of names, all together. */
#define SPREAD 0.5

static void
find_axes (const SfChart *chart, SfChartAxis *x, SfChartAxis *y)
{
  for (guint i = 0; i < chart->series->len; i++)
    {
      const SfChartSeries *series = sf_chart_series (chart, i);

      for (guint k = 0; k < series->y->len; k++)
        {
          if (isfinite (sf_chart_number (series->y, k)))
            sf_chart_axis_take (x, sf_chart_number (series->x, k));
          sf_chart_axis_take (y, sf_chart_number (series->y, k));
          sf_chart_axis_take (y, sf_chart_number (series->low, k));
          sf_chart_axis_take (y, sf_chart_number (series->high, k));
        }
    }
}

/* TRUE if something is above 0, so that the axis can be logarithmic. */
static gboolean
has_positive (const SfChart *chart, gboolean of_x)
{
  for (guint i = 0; i < chart->series->len; i++)
    {
      const GArray *numbers = of_x ? sf_chart_series (chart, i)->x : sf_chart_series (chart, i)->y;

      for (guint k = 0; k < numbers->len; k++)
        if (sf_chart_number (numbers, k) > 0)
          return TRUE;
    }
  return FALSE;
}

static gboolean
has_intervals (const SfChartSeries *series)
{
  for (guint k = 0; k < series->low->len; k++)
    if (isfinite (sf_chart_number (series->low, k)) && isfinite (sf_chart_number (series->high, k)))
      return TRUE;
  return FALSE;
}

/* How many series were measured. */
static guint
count_measured (const SfChart *chart)
{
  guint n = 0;

  for (guint i = 0; i < chart->series->len; i++)
    n += !sf_chart_series (chart, i)->theory;
  return n;
}

/* x, y, low, high of every point; the ends of an interval below a logarithmic axis are its end. */
static guint
add_data (SfChartPage *page, const SfChartSeries *series, const SfChartAxis *y_axis, double shift)
{
  guint block = sf_chart_page_begin_data (page);

  for (guint k = 0; k < series->y->len; k++)
    {
      double y = sf_chart_number (series->y, k), low = sf_chart_number (series->low, k), high = sf_chart_number (series->high, k);

      if (y_axis->log && y <= 0)
        y = (double) NAN;
      if (!isfinite (low) || !isfinite (high))
        low = high = y;
      sf_chart_page_row (page, (double[]){ sf_chart_number (series->x, k) + shift, y, MAX (low, y_axis->low), high }, 4);
    }
  sf_chart_page_end_data (page);
  return block;
}

static void
draw_theory (SfChartPage *page, const SfChartSeries *series, const SfChartAxis *y_axis)
{
  guint block = add_data (page, series, y_axis, 0);

  sf_chart_page_plot (page, "$g%u using 1:2 with lines " SF_CHART_THEORY, block);
  if (series->title != NULL)
    sf_chart_page_legend (page, series->title, -1, FALSE, FALSE, TRUE);
}

static void
draw_intervals (SfChartPage *page, const SfChartSeries *series, guint block, guint nth)
{
  if (!has_intervals (series))
    return;
  if (series->y->len > MANY_POINTS)
    sf_chart_page_plot (page, "$g%u using 1:3:4 with filledcurves fc rgb '%s' fs transparent solid 0.2 noborder", block,
                        sf_chart_colour (nth));
  else
    sf_chart_page_plot (page, "$g%u using 1:2:3:4 with yerrorbars pt 0 lw 0.9 lc rgb '%s'", block, sf_chart_colour (nth));
}

static void
draw_series (SfChartPage *page, const SfChartSeries *series, const SfChartAxis *y_axis, guint nth, guint n)
{
  gboolean names = page->chart->x_names != NULL;
  double shift = names && n > 1 ? SPREAD * ((double) nth / (n - 1) - 0.5) : 0;
  guint block = add_data (page, series, y_axis, shift);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) mark = g_string_new (NULL);

  sf_chart_line_look (line, nth);
  sf_chart_mark_look (mark, nth);
  draw_intervals (page, series, block, nth);
  if (!names)
    sf_chart_page_plot (page, "$g%u using 1:2 with lines %s", block, line->str);
  sf_chart_page_plot (page, "$g%u every %u using 1:2 with points %s", block,
                      series->y->len > MANY_POINTS ? series->y->len / MARKS : 1, mark->str);
  if (series->title != NULL)
    sf_chart_page_legend (page, series->title, (int) nth, !names, TRUE, FALSE);
}

static void
draw_all (SfChartPage *page, const SfChartAxis *y_axis)
{
  guint n = count_measured (page->chart), nth = 0;

  for (guint i = 0; i < page->chart->series->len; i++)
    {
      const SfChartSeries *series = sf_chart_series (page->chart, i);

      if (series->theory)
        draw_theory (page, series, y_axis);
      else
        draw_series (page, series, y_axis, nth++, n);
    }
}

SfPage *
sf_chart_lines (const SfChart *chart)
{
  SfChartAxis x = { INFINITY, -INFINITY, chart->x_log && chart->x_names == NULL && has_positive (chart, TRUE), 10, chart->x_names, chart->x_title };
  SfChartAxis y = { INFINITY, -INFINITY, chart->y_log && has_positive (chart, FALSE), 8, NULL, chart->y_title };
  g_autofree char *desc = g_strdup_printf (_("%s over %s, with intervals. Lines: %u."), chart->y_title, chart->x_title,
                                           count_measured (chart));
  SfChartPage page;

  sf_chart_page_begin (&page, chart, 432, desc);
  find_axes (chart, &x, &y);
  if (!sf_chart_axis_has_values (&x) || !sf_chart_axis_has_values (&y))
    return sf_chart_page_end_empty (&page);
  sf_chart_axis_finish (&y, TRUE);
  sf_chart_axis_finish (&x, FALSE);
  sf_chart_page_axis (&page, 'y', &y);
  sf_chart_page_axis (&page, 'x', &x);
  draw_all (&page, &y);
  return sf_chart_page_end (&page);
}
