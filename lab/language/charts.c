/* SPDX-License-Identifier: MIT
 *
 * The names and shapes of the kinds of graph, from charts.inc.
 */
#include "lab/language/charts.h"

static const char *const names[] = {
#define SF_CHART_KIND(id, name, shape) name,
#include "lab/language/charts.inc"
#undef SF_CHART_KIND
  NULL
};

static const SfChartShape shapes[SF_N_SWEEP_CHARTS] = {
#define SF_CHART_KIND(id, name, shape) SF_CHART_##shape,
#include "lab/language/charts.inc"
#undef SF_CHART_KIND
};

const char *const *
sf_sweep_chart_names (void)
{
  return names;
}

SfChartShape
sf_sweep_chart_shape (SfSweepChart kind)
{
  return shapes[kind];
}
