/* SPDX-License-Identifier: MIT
 *
 * A graph of a sweep in the making: where its points are on the axes, and which of them are one line. Private to
 * results/charts.c and results/theory.c.
 */
#pragma once

#include "lab/sweep/point_stats.h"
#include "plots/chart/chart.h"

/* A graph in the making. */
typedef struct
{
  SfStore *store;
  const SfSweep *sweep;
  const SfSweepPlot *plot;
  const SfMeasure *measure;
  const char *lang;
  const SfStats *stats;   /* of the measure, by point */
  double unit;            /* of its values, in their base unit … */
  const char *unit_name;  /* … and its name, "" for none */
  char **names;           /* of the parameters */
  const GPtrArray *words; /* of the parameters: char **, their different values unless they are numbers */
} SfChartData;

/* A point in the order of sf_chart_data_places(). */
typedef struct
{
  guint64 combination; /* of the parameters that divide points */
  double x;
  guint point;
} SfChartDataPlace;

/* Points of one combination: `n` of the places, from `first` on. */
typedef struct
{
  guint first, n;
} SfChartDataLine;

/* Returns the different values of each parameter: char **, empty for one with numbers. */
GPtrArray *sf_chart_data_words (const SfSweep *sweep);

/* TRUE if `axis` is shown as how many there are per second. */
gboolean sf_chart_data_is_rate (const SfChartData *data, guint axis);

/* TRUE if points that differ in parameter `axis` are not of one line or map. Of points that are no grid those with the
 * same words are: hardly any two have the same numbers. */
gboolean sf_chart_data_divides (const SfChartData *data, guint axis, guint but, guint but_too);

/* Returns where `point` is on the axis of a chart for parameter `axis`. */
double sf_chart_data_place (const SfChartData *data, guint point, guint axis);

/* Returns the points in the order of their combination of the parameters other than `x` and `but_too`, then of where
 * they are on axis `x`: SfChartDataPlace. */
GArray *sf_chart_data_places (const SfChartData *data, guint x, guint but_too);

/* TRUE if points of a line may differ in more than where they are on the x axis, and so are not to be joined. */
gboolean sf_chart_data_is_loose (const SfChartData *data);

/* Returns the lines of `places`: SfChartDataLine. */
GArray *sf_chart_data_lines (const GArray *places);

/* Returns as many of the lines as are drawn, evenly spread over all: SfChartDataLine. */
GArray *sf_chart_data_choose (const GArray *lines);

/* Adds theory for `lines` of `places`: a line, or one for every y that they have, or a point for each of theirs if they
 * are not joined. */
void sf_chart_data_add_theory (const SfChartData *data, SfChart *chart, const GArray *places,
                               const SfChartDataLine *lines, guint n_lines);
