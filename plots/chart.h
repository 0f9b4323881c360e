/* SPDX-License-Identifier: MIT
 *
 * Graphs of experiments, of plain numbers: lines with error bars, families of lines, heat maps, histograms, cumulative distributions.
 * It knows nothing of sweeps; whoever has numbers fills this.
 */
#pragma once

#include "plots/gnuplot.h"

typedef enum
{
  SF_CHART_LINES,     /* y with an interval over x, a line per series */
  SF_CHART_HEATMAP,   /* z over x and y: series are rows, their `at` is y */
  SF_CHART_HISTOGRAM, /* of `y`, a colour and pattern per series */
  SF_CHART_CDF,       /* of `y`, a line per series */
} SfChartKind;

typedef struct
{
  char *title;
  double at;             /* heat map: the y of the row */
  GArray *x, *y;         /* double; histogram, CDF: only y, the values */
  GArray *low, *high;    /* double, as long as y: ends of the interval; NULL: none. NAN: none here */
} SfChartSeries;

typedef struct
{
  SfChartKind kind;
  char *title, *subtitle; /* the second says how many runs a point has */
  char *x_title, *y_title, *z_title; /* with units */
  gboolean x_log, y_log;
  GPtrArray *series;      /* SfChartSeries */
  char *theory, *theory_title; /* an expression of gnuplot in x, NULL: none */
  char **x_names, **y_names;   /* names in the place of numbers, NULL: numbers */
} SfChart;

SfChart *sf_chart_new (SfChartKind kind);
void sf_chart_free (SfChart *chart);
SfChartSeries *sf_chart_add_series (SfChart *chart, const char *title);

/* Returns the chart as a page. */
SfPage *sf_chart (const SfChart *chart);
