/* SPDX-License-Identifier: MIT
 *
 * Graphs of experiments: lines with error bars, families of lines, heat maps, histograms, cumulative distributions. A
 * chart consists of plain numbers and knows nothing of sweeps.
 */
#pragma once

#include "plots/page/gnuplot.h"

/* The number of lines that a chart can draw in different styles. More are not drawn, and the page says how many. */
#define SF_CHART_LOOKS 8

typedef enum
{
#define SF_CHART(id, name, function) SF_CHART_##id,
#include "plots/chart/kinds.inc"
#undef SF_CHART
  SF_N_CHARTS
} SfChartKind;

typedef struct
{
  char *title;        /* in the legend; NULL: not in the legend */
  double at;          /* heat map: y of the row */
  gboolean theory;    /* computed and not measured: a thin dashed line without marks */
  gboolean loose;     /* its points are unrelated: marks without a line */
  GArray *x, *y;      /* double; histogram, CDF: only y, the values. NAN: no value */
  GArray *low, *high; /* double, as long as y or empty: ends of the interval. NAN: no interval */
  GArray *times;      /* guint64; histogram, CDF: as long as y, how often each value occurs */
} SfChartSeries;

typedef struct
{
  SfChartKind kind;
  const char *lang;                  /* of all words that are not given; NULL: English */
  char *title, *subtitle;            /* the subtitle says how many runs a point has; NULL: none */
  char *x_title, *y_title, *z_title; /* with units */
  double z_low,
    z_high; /* heat map: values of the lightest and the darkest color; both 0: its own smallest and largest value */
  gboolean x_log, y_log;     /* ignored if no value is above 0 */
  GPtrArray *series;         /* SfChartSeries */
  char **x_names, **y_names; /* names instead of the numbers 0, 1, 2 …; NULL: numbers */
  const GPtrArray *group;    /* lines: charts (SfChart) on the same axes, so that pages can be compared; NULL: none */
} SfChart;

/* Returns the kind called `name`, SF_N_CHARTS if there is none. */
SfChartKind sf_chart_kind_find (const char *name);

/* Returns an empty chart. */
SfChart *sf_chart_new (SfChartKind kind);
void sf_chart_free (SfChart *chart);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfChart, sf_chart_free)

/* Adds a series without points; `title` is copied. */
SfChartSeries *sf_chart_add_series (SfChart *chart, const char *title);

/* Appends a point; without an interval `low` and `high` are NAN. */
void sf_chart_add_point (SfChartSeries *series, double x, double y, double low, double high);

/* Adds a value that occurs `n` times, for histograms and distributions. Values must be added in ascending order. Memory
 * grows with the number of different values only. */
void sf_chart_add_value (SfChartSeries *series, double value, guint64 n);

/* Returns the chart as a page. */
SfPage *sf_chart (const SfChart *chart);
