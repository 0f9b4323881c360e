/* SPDX-License-Identifier: MIT
 *
 * The kinds of graph that a sweep may ask for: the rows of charts.inc.
 */
#pragma once

#include <glib.h>

typedef enum
{
#define SF_CHART_KIND(id, name, shape) SF_SWEEP_CHART_##id,
#include "lab/language/charts.inc"
#undef SF_CHART_KIND
  SF_N_SWEEP_CHARTS
} SfSweepChart;

/* What a graph shows. */
typedef enum
{
  SF_CHART_ON_X,      /* a measure over one axis */
  SF_CHART_ON_XY,     /* a measure over two axes */
  SF_CHART_OF_VALUES, /* the distribution of a measure */
  SF_N_CHART_SHAPES
} SfChartShape;

/* Returns the names of the kinds, NULL-terminated. */
const char *const *sf_sweep_chart_names (void);

SfChartShape sf_sweep_chart_shape (SfSweepChart kind);
