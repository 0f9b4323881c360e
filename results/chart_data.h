/* SPDX-License-Identifier: MIT
 *
 * The data of a chart of a sweep while it is made: places of points on the axes, and which points form a line. Private
 * to results/charts.c and results/theory.c.
 */
#pragma once

#include "lab/sweep/point_stats.h"
#include "plots/chart/chart.h"

/* A chart while it is made. */
typedef struct
{
  SfStore *store;
  const SfSweep *sweep;
  const SfSweepPlot *plot;
  const SfMeasure *measure;
  const char *lang;
  const SfStats *stats;   /* statistics of the measure, by point */
  double unit;            /* the unit in which its values are shown, in base units … */
  const char *unit_name;  /* … and its name, "" for none */
  char **names;           /* names of the parameters */
  const GPtrArray *words; /* by parameter: char **, its different values unless they are numbers */
} SfChartData;

/* A point in the order of sf_chart_data_places(). */
typedef struct
{
  guint64 combination; /* number of the combination of the parameters that separate lines */
  double x;
  guint point;
} SfChartDataPlace;

/* The points of one combination, which form a line: `n` places from `first` on. */
typedef struct
{
  guint first, n;
} SfChartDataLine;

/* Returns the different values of each parameter (char **); of a numeric one, none. */
GPtrArray *sf_chart_data_words (const SfSweep *sweep);

/* TRUE if `axis` is shown as a rate. */
gboolean sf_chart_data_is_rate (const SfChartData *data, guint axis);

/* TRUE if points with different values of `axis` belong to different lines or maps. In a list or sample only named
 * values separate lines: numbers are nearly all different there. `but` and `but_too` are the parameters of the axes,
 * which never separate. */
gboolean sf_chart_data_divides (const SfChartData *data, guint axis, guint but, guint but_too);

/* Returns the place of `point` on the chart's axis for parameter `axis`. */
double sf_chart_data_place (const SfChartData *data, guint point, guint axis);

/* Returns the points (SfChartDataPlace), sorted by the combination of the parameters other than `x` and `but_too`, then
 * by place on axis `x`. */
GArray *sf_chart_data_places (const SfChartData *data, guint x, guint but_too);

/* TRUE if points of a line may differ in more than their x, so that they must not be joined. */
gboolean sf_chart_data_is_loose (const SfChartData *data);

/* Returns the lines of `places` (SfChartDataLine). */
GArray *sf_chart_data_lines (const GArray *places);

/* Returns the lines that are drawn (SfChartDataLine), spread evenly over all `lines`. */
GArray *sf_chart_data_choose (const GArray *lines);

/* Adds theory for `lines` of `places` to `chart`: one line, or one for every y of these lines, or a point for each of
 * their points if these are not joined. */
void sf_chart_data_add_theory (const SfChartData *data, SfChart *chart, const GArray *places,
                               const SfChartDataLine *lines, guint n_lines);
