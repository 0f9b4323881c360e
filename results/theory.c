/* SPDX-License-Identifier: MIT
 *
 * The theory of a graph of a sweep: its formula as lines or points of a chart.
 */
#include "results/chart_data.h"

#include "base/gettext.h"
#include "lab/sweep/formula.h"

#include <math.h>
#include <string.h>

/* Points of a computed line. */
#define THEORY_POINTS 300

/* Returns the value of parameter `axis` as formulas have it, from its place `at` on the chart's axis. */
static double
theory_argument (const SfChartData *data, guint axis, double at)
{
  const SfSweepAxis *a = sf_sweep_axis (data->sweep, axis);

  if (sf_chart_data_is_rate (data, axis))
    return 1 / at;
  if (strcmp (a->scale_name, "MSL") == 0)
    return at;
  return a->unit == SF_UNIT_TIME ? at * a->scale / SF_SEC : at * a->scale;
}

/* Adds the value of the formula at the place `x` of the chart's axis. `y`: see SF_THEORY_NAMES. */
static void
add_theory_point (const SfChartData *data, SfChartSeries *series, double x, double y)
{
  static const char *const names[] = SF_THEORY_NAMES;
  double one = data->measure->unit == SF_UNIT_TIME ? SF_SEC : data->measure->unit == SF_UNIT_MEAN ? 1e6 : 1, value;
  double arguments[] = { theory_argument (data, data->plot->x, x), y };
  g_autofree char *complaint = NULL;

  if (sf_formula (data->plot->theory, names, arguments, &value, &complaint))
    sf_chart_add_point (series, x, value * one / data->unit, NAN, NAN);
}

/* Adds a line of theory from `low` to `high` on the chart's axis. */
static void
add_theory_line (const SfChartData *data, SfChart *chart, double low, double high, double y, const char *title)
{
  SfChartSeries *series = sf_chart_add_series (chart, title);
  gboolean log = chart->x_log && low > 0;

  series->theory = TRUE;
  for (guint i = 0; i <= THEORY_POINTS; i++)
    {
      double part = (double) i / THEORY_POINTS;

      add_theory_point (data, series, log ? low * pow (high / low, part) : low + (high - low) * part, y);
    }
}

/* Returns the second numeric axis, or the number of axes if there is none. */
static guint
second_axis (const SfChartData *data)
{
  for (guint i = 0; i < data->sweep->axes->len; i++)
    if (i != data->plot->x && sf_sweep_axis (data->sweep, i)->numeric)
      return i;
  return data->sweep->axes->len;
}

/* TRUE if the formula contains y. */
static gboolean
theory_has_y (const SfChartData *data)
{
  static const char *const names[] = { "x", NULL };
  g_autofree char *complaint = NULL;
  double value;

  return !sf_formula (data->plot->theory, names, (double[]){ 1 }, &value, &complaint);
}

/* Returns y of the formula at `point`. */
static double
theory_y (const SfChartData *data, guint point)
{
  guint second = second_axis (data);

  return theory_argument (data, second, sf_chart_data_place (data, point, second));
}

/* Adds a point of theory for each point of the lines. For points of a list or sample, which have any x and y. */
static void
add_theory_points (const SfChartData *data, SfChart *chart, const GArray *places, const SfChartDataLine *lines,
                   guint n_lines, const char *title)
{
  SfChartSeries *series = sf_chart_add_series (chart, title);

  series->theory = series->loose = TRUE;
  for (guint i = 0; i < n_lines; i++)
    for (guint k = 0; k < lines[i].n; k++)
      {
        const SfChartDataPlace *place = &g_array_index (places, SfChartDataPlace, lines[i].first + k);

        add_theory_point (data, series, place->x, theory_y (data, place->point));
      }
}

void
sf_chart_data_add_theory (const SfChartData *data, SfChart *chart, const GArray *places, const SfChartDataLine *lines,
                          guint n_lines)
{
  const char *title = data->plot->theory_title != NULL ? sf_wording_in (data->plot->theory_title, data->lang)
                                                       : tr (data->lang, "theory");
  double low = g_array_index (places, SfChartDataPlace, 0).x, high = low;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_double_hash, g_double_equal, g_free, NULL);
  gboolean has_y = second_axis (data) < data->sweep->axes->len && theory_has_y (data);

  for (guint i = 0; i < places->len; i++)
    {
      low = fmin (low, g_array_index (places, SfChartDataPlace, i).x);
      high = fmax (high, g_array_index (places, SfChartDataPlace, i).x);
    }
  if (has_y && sf_chart_data_is_loose (data))
    add_theory_points (data, chart, places, lines, n_lines, title);
  else if (!has_y)
    add_theory_line (data, chart, low, high, NAN, title);
  else
    for (guint i = 0; i < n_lines; i++)
      {
        double y = theory_y (data, g_array_index (places, SfChartDataPlace, lines[i].first).point);

        if (g_hash_table_add (seen, g_memdup2 (&y, sizeof y)))
          add_theory_line (data, chart, low, high, y, g_hash_table_size (seen) == 1 ? title : NULL);
      }
}
