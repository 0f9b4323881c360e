/* SPDX-License-Identifier: MIT */
#include "results/chart_data.h"

#include "lab/sweep/formula.h"
#include "base/gettext.h"

#include <math.h>
#include <string.h>

/* Points of a line that was computed. */
#define THEORY_POINTS 300

/* Returns the number of a value of parameter `axis` that formulas know, from where it is on the axis of a chart. */
static double
theory_argument (const SfDrawing *drawing, guint axis, double at)
{
  const SfSweepAxis *a = sf_sweep_axis (drawing->sweep, axis);

  if (sf_drawing_is_rate (drawing, axis))
    return 1 / at;
  if (strcmp (a->scale_name, "MSL") == 0)
    return at;
  return a->unit == SF_UNIT_TIME ? at * a->scale / SF_SEC : at * a->scale;
}

/* Adds what the formula says at `x` on the axis of the chart; `y`: see SF_THEORY_NAMES. */
static void
add_theory_point (const SfDrawing *drawing, SfChartSeries *series, double x, double y)
{
  static const char *const names[] = SF_THEORY_NAMES;
  double one = drawing->measure->unit == SF_UNIT_TIME ? SF_SEC : drawing->measure->unit == SF_UNIT_MEAN ? 1e6 : 1, value;
  double arguments[] = { theory_argument (drawing, drawing->plot->x, x), y };
  g_autofree char *complaint = NULL;

  if (sf_formula (drawing->plot->theory, names, arguments, &value, &complaint))
    sf_chart_add_point (series, x, value * one / drawing->unit, NAN, NAN);
}

/* Adds a line from `low` to `high` on the axis of the chart. */
static void
add_theory_line (const SfDrawing *drawing, SfChart *chart, double low, double high, double y, const char *title)
{
  SfChartSeries *series = sf_chart_add_series (chart, title);
  gboolean log = chart->x_log && low > 0;

  series->theory = TRUE;
  for (guint i = 0; i <= THEORY_POINTS; i++)
    {
      double part = (double) i / THEORY_POINTS;

      add_theory_point (drawing, series, log ? low * pow (high / low, part) : low + (high - low) * part, y);
    }
}

/* Returns the second axis with numbers, or the number of axes if there is none. */
static guint
second_axis (const SfDrawing *drawing)
{
  for (guint i = 0; i < drawing->sweep->axes->len; i++)
    if (i != drawing->plot->x && sf_sweep_axis (drawing->sweep, i)->numeric)
      return i;
  return drawing->sweep->axes->len;
}

/* TRUE if the formula asks for y. */
static gboolean
theory_has_y (const SfDrawing *drawing)
{
  static const char *const names[] = { "x", NULL };
  g_autofree char *complaint = NULL;
  double value;

  return !sf_formula (drawing->plot->theory, names, (double[]){ 1 }, &value, &complaint);
}

/* Returns the number of y that the formula knows at `point`. */
static double
theory_y (const SfDrawing *drawing, guint point)
{
  guint second = second_axis (drawing);

  return theory_argument (drawing, second, sf_drawing_place (drawing, point, second));
}

/* Adds a point of theory to each of the lines, whose points have any x and y. */
static void
add_theory_points (const SfDrawing *drawing, SfChart *chart, const GArray *places, const SfDrawnLine *lines, guint n_lines, const char *title)
{
  SfChartSeries *series = sf_chart_add_series (chart, title);

  series->theory = series->loose = TRUE;
  for (guint i = 0; i < n_lines; i++)
    for (guint k = 0; k < lines[i].n; k++)
      {
        const SfDrawnPlace *place = &g_array_index (places, SfDrawnPlace, lines[i].first + k);

        add_theory_point (drawing, series, place->x, theory_y (drawing, place->point));
      }
}

void
sf_drawing_add_theory (const SfDrawing *drawing, SfChart *chart, const GArray *places, const SfDrawnLine *lines, guint n_lines)
{
  const char *title = drawing->plot->theory_title != NULL ? sf_wording_in (drawing->plot->theory_title, drawing->lang) : _("theory");
  double low = g_array_index (places, SfDrawnPlace, 0).x, high = low;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_double_hash, g_double_equal, g_free, NULL);
  gboolean has_y = second_axis (drawing) < drawing->sweep->axes->len && theory_has_y (drawing);

  for (guint i = 0; i < places->len; i++)
    {
      low = fmin (low, g_array_index (places, SfDrawnPlace, i).x);
      high = fmax (high, g_array_index (places, SfDrawnPlace, i).x);
    }
  if (has_y && sf_drawing_is_loose (drawing))
    add_theory_points (drawing, chart, places, lines, n_lines, title);
  else if (!has_y)
    add_theory_line (drawing, chart, low, high, NAN, title);
  else
    for (guint i = 0; i < n_lines; i++)
      {
        double y = theory_y (drawing, g_array_index (places, SfDrawnPlace, lines[i].first).point);

        if (g_hash_table_add (seen, g_memdup2 (&y, sizeof y)))
          add_theory_line (drawing, chart, low, high, y, g_hash_table_size (seen) == 1 ? title : NULL);
      }
}
