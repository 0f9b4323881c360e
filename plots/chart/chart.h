/* SPDX-License-Identifier: MIT
 *
 * Graphs of experiments, of plain numbers: lines with error bars, families of lines, heat maps, histograms, cumulative
 * distributions. It knows nothing of sweeps; whoever has numbers fills this.
 */
#pragma once

#include "plots/page/gnuplot.h"

/* So many lines of a chart look different; more are not drawn, and the page says how many. */
#define SF_CHART_LOOKS 8

typedef enum
{
  SF_CHART_LINES,   /* y with an interval over x, a line per series */
  SF_CHART_HEATMAP, /* z over x and y: series are rows, their `at` is the y, their `y` the z; of points of a row at one
                     * x, which stand one behind the other, the mean is shown */
  SF_CHART_HISTOGRAM, /* of `y`, a panel per series */
  SF_CHART_CDF,       /* of `y`, a line per series */
} SfChartKind;

typedef struct
{
  char *title;        /* in the legend; NULL: it is not there */
  double at;          /* heat map: the y of the row */
  gboolean theory;    /* what was computed and not measured: a thin dashed line without marks */
  gboolean loose;     /* its points have nothing to do with each other: marks without a line */
  GArray *x, *y;      /* double; histogram, CDF: only y, the values. NAN: no value here */
  GArray *low, *high; /* double, as long as y or empty: ends of the interval. NAN: none here */
  GArray *times;      /* guint64; histogram, CDF: as long as y, how often each value is there */
} SfChartSeries;

typedef struct
{
  SfChartKind kind;
  char *title, *subtitle;            /* the second says how many runs a point has; NULL: none */
  char *x_title, *y_title, *z_title; /* with units */
  double z_low,
    z_high; /* heat map: what the lightest and the darkest color stand for; both 0: its own least and largest value */
  gboolean x_log, y_log;     /* unless there is nothing above 0 */
  GPtrArray *series;         /* SfChartSeries */
  char **x_names, **y_names; /* names in the place of the numbers 0, 1, 2 …; NULL: numbers */
  const GPtrArray
    *group; /* lines: SfChart, whose axes are all the same, so that one sees what is more; NULL: it is alone */
} SfChart;

/* Returns an empty chart. */
SfChart *sf_chart_new (SfChartKind kind);
void sf_chart_free (SfChart *chart);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfChart, sf_chart_free)

/* Adds a series without points; `title` is copied. */
SfChartSeries *sf_chart_add_series (SfChart *chart, const char *title);

/* Appends a point; without an interval `low` and `high` are NAN. */
void sf_chart_add_point (SfChartSeries *series, double x, double y, double low, double high);

/* Adds a value that is there `n` times, for histograms and distributions. They come in ascending order; what they need
 * of memory grows with the number of different ones only. */
void sf_chart_add_value (SfChartSeries *series, double value, guint64 n);

/* Returns the chart as a page. */
SfPage *sf_chart (const SfChart *chart);
