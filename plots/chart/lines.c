/* SPDX-License-Identifier: MIT
 *
 * Lines with intervals: error bars, or a band if there are many points. If x values are names there are no lines, only
 * points side by side.
 */
#include "plots/chart/page.h"

#include "base/gettext.h"

/* A series with more points than this has a band instead of error bars, and not every point has a mark. */
#define MANY_POINTS 40
#define MARKS 16

/* All points at one name span this part of the distance between names. */
#define SPREAD 0.5

static guint
group_size (const SfChart *chart)
{
  return chart->group != NULL ? chart->group->len : 1;
}

/* Returns chart `i` of the group of `chart`, which share its axes. */
static const SfChart *
group_chart (const SfChart *chart, guint i)
{
  return chart->group != NULL ? g_ptr_array_index (chart->group, i) : chart;
}

static void
take_series (const SfChartSeries *series, SfChartAxis *x, SfChartAxis *y)
{
  for (guint k = 0; k < series->y->len; k++)
    {
      if (isfinite (sf_chart_number (series->y, k)))
        sf_chart_axis_take (x, sf_chart_number (series->x, k));
      sf_chart_axis_take (y, sf_chart_number (series->y, k));
      sf_chart_axis_take (y, sf_chart_number (series->low, k));
      sf_chart_axis_take (y, sf_chart_number (series->high, k));
    }
}

static void
find_axes (const SfChart *chart, SfChartAxis *x, SfChartAxis *y)
{
  for (guint i = 0; i < group_size (chart); i++)
    for (guint k = 0; k < group_chart (chart, i)->series->len; k++)
      take_series (sf_chart_series (group_chart (chart, i), k), x, y);
}

/* TRUE if one of `numbers` is above 0. */
static gboolean
has_positive (const GArray *numbers)
{
  for (guint k = 0; k < numbers->len; k++)
    if (sf_chart_number (numbers, k) > 0)
      return TRUE;
  return FALSE;
}

/* TRUE if a value of the group is above 0, so that the axis can be logarithmic. */
static gboolean
can_be_log (const SfChart *chart, gboolean of_x)
{
  for (guint i = 0; i < group_size (chart); i++)
    for (guint k = 0; k < group_chart (chart, i)->series->len; k++)
      {
        const SfChartSeries *series = sf_chart_series (group_chart (chart, i), k);

        if (has_positive (of_x ? series->x : series->y))
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

/* Returns the number of series that were measured, not computed. */
static guint
count_measured (const SfChart *chart)
{
  guint n = 0;

  for (guint i = 0; i < chart->series->len; i++)
    n += !sf_chart_series (chart, i)->theory;
  return n;
}

/* Returns the number of points from `k` on that have the x of point `k`. */
static guint
count_same (const SfChartSeries *series, guint k)
{
  guint n = 1;

  while (k + n < series->x->len && sf_chart_number (series->x, k + n) == sf_chart_number (series->x, k))
    n++;
  return n;
}

/* TRUE if the axis can show a point of `series`. */
static gboolean
is_drawn (const SfChartSeries *series, const SfChartAxis *y_axis)
{
  for (guint k = 0; k < series->y->len; k++)
    if (isfinite (sf_chart_number (series->y, k)) && !y_axis->log)
      return TRUE;
  return y_axis->log && has_positive (series->y);
}

/* Writes x, y, low and high of every point as data; an interval that ends below a logarithmic axis is clipped there.
 * Points at one x are spread over `room`, around `shift`. Returns the block. */
static guint
add_data (SfChartPage *page, const SfChartSeries *series, const SfChartAxis *y_axis, double shift, double room)
{
  guint block = sf_chart_page_begin_data (page), first = 0, n = 0;

  for (guint k = 0; k < series->y->len; k++)
    {
      double y = sf_chart_number (series->y, k), low = sf_chart_number (series->low, k),
             high = sf_chart_number (series->high, k);
      double x = sf_chart_number (series->x, k);

      if (y_axis->log && y <= 0)
        y = (double) NAN;
      if (!isfinite (low) || !isfinite (high))
        low = high = y;
      if (k == first + n)
        {
          first = k;
          n = count_same (series, k);
        }
      x += n > 1 ? shift + room * ((double) (k - first) / (n - 1) - 0.5) : shift;
      sf_chart_page_row (page, (double[]){ x, y, MAX (low, y_axis->low), high }, 4);
    }
  sf_chart_page_end_data (page);
  return block;
}

static void
draw_theory (SfChartPage *page, const SfChartSeries *series, const SfChartAxis *y_axis)
{
  guint block = add_data (page, series, y_axis, 0, 0);

  if (series->loose)
    sf_chart_page_plot (page, "$g%u using 1:2 with points " SF_CHART_THEORY_MARK, block);
  else
    sf_chart_page_plot (page, "$g%u using 1:2 with lines " SF_CHART_THEORY, block);
  sf_chart_page_legend (page, series, -1, series->loose ? SF_CHART_SAMPLE_MARK : SF_CHART_SAMPLE_LINE);
}

static void
draw_intervals (SfChartPage *page, const SfChartSeries *series, guint block, guint nth, gboolean band)
{
  if (!has_intervals (series))
    return;
  if (band)
    sf_chart_page_plot (page, "$g%u using 1:3:4 with filledcurves fc rgb '%s' fs transparent solid 0.2 noborder", block,
                        sf_chart_color (nth));
  else
    sf_chart_page_plot (page, "$g%u using 1:2:3:4 with yerrorbars pt 0 lw 0.9 lc rgb '%s'", block,
                        sf_chart_color (nth));
}

/* Draws a measured series, number `nth` of `n`. */
static void
draw_measured (SfChartPage *page, const SfChartSeries *series, const SfChartAxis *y_axis, guint nth, guint n)
{
  gboolean names = page->chart->x_names != NULL, line = !names && !series->loose,
           many = line && series->y->len > MANY_POINTS;
  double shift = names && n > 1 ? SPREAD * ((double) nth / (n - 1) - 0.5) : 0;
  guint block = add_data (page, series, y_axis, shift, names ? SPREAD / n : 0);
  g_autoptr (GString) line_look = g_string_new (NULL);
  g_autoptr (GString) mark_look = g_string_new (NULL);

  sf_chart_line_look (line_look, nth);
  sf_chart_mark_look (mark_look, nth);
  draw_intervals (page, series, block, nth, many);
  if (line)
    sf_chart_page_plot (page, "$g%u using 1:2 with lines %s", block, line_look->str);
  sf_chart_page_plot (page, "$g%u every %u using 1:2 with points %s", block, many ? series->y->len / MARKS : 1,
                      mark_look->str);
  sf_chart_page_legend (page, series, (int) nth, SF_CHART_SAMPLE_MARK | (line ? SF_CHART_SAMPLE_LINE : 0));
}

/* Draws a series. One that the axes cannot show is only in the legend, without a sample. */
static void
draw_series (SfChartPage *page, const SfChartSeries *series, const SfChartAxis *y_axis, guint nth, guint n)
{
  if (is_drawn (series, y_axis))
    draw_measured (page, series, y_axis, nth, n);
  else
    sf_chart_page_legend (page, series, (int) nth, SF_CHART_SAMPLE_NONE);
}

static void
draw_all (SfChartPage *page, const SfChartAxis *y_axis)
{
  guint n = MIN (count_measured (page->chart), SF_CHART_LOOKS), nth = 0;

  for (guint i = 0; i < page->chart->series->len; i++)
    {
      const SfChartSeries *series = sf_chart_series (page->chart, i);

      if (series->theory)
        draw_theory (page, series, y_axis);
      else if (nth < n)
        draw_series (page, series, y_axis, nth++, n);
    }
}

/* Adds a note on points that a logarithmic axis cannot show. */
static void
say_not_positive (SfChartPage *page, const SfChartAxis *x, const SfChartAxis *y)
{
  g_autofree char *text = NULL;
  guint n = 0;

  for (guint i = 0; i < page->chart->series->len; i++)
    {
      const SfChartSeries *series = sf_chart_series (page->chart, i);

      for (guint k = 0; k < series->y->len && !series->theory; k++)
        n += isfinite (sf_chart_number (series->y, k))
             && ((x->log && sf_chart_number (series->x, k) <= 0) || (y->log && sf_chart_number (series->y, k) <= 0));
    }
  text = g_strdup_printf (trn (page->chart->lang, "%u point at 0 or below has no place on a logarithmic axis",
                               "%u points at 0 or below have no place on a logarithmic axis", n),
                          n);
  if (n > 0)
    sf_chart_page_note (page, text);
}

SfPage *
sf_chart_lines (const SfChart *chart)
{
  SfChartAxis x = { INFINITY, -INFINITY,      chart->x_log && chart->x_names == NULL && can_be_log (chart, TRUE),
                    10,       chart->x_names, chart->x_title };
  SfChartAxis y = { INFINITY, -INFINITY, chart->y_log && can_be_log (chart, FALSE), 8, NULL, chart->y_title };
  g_autofree char *desc = g_strdup_printf (tr (chart->lang, "%s over %s, with intervals. Lines: %u."), chart->y_title,
                                           chart->x_title, count_measured (chart));
  guint n = count_measured (chart);
  SfChartPage page;

  sf_chart_page_begin (&page, chart, sf_chart_page_height (chart), desc);
  find_axes (chart, &x, &y);
  if (!sf_chart_axis_has_values (&x) || !sf_chart_axis_has_values (&y))
    return sf_chart_page_end_empty (&page);
  sf_chart_axis_finish (&y, TRUE);
  sf_chart_axis_finish (&x, FALSE);
  sf_chart_page_axis (&page, 'y', &y);
  sf_chart_page_axis (&page, 'x', &x);
  draw_all (&page, &y);
  say_not_positive (&page, &x, &y);
  sf_chart_page_left_out (&page, n - MIN (n, SF_CHART_LOOKS));
  return sf_chart_page_end (&page);
}
