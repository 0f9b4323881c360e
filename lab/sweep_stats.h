/* SPDX-License-Identifier: MIT
 *
 * Statistics of the runs at a point, by GSL.
 */
#pragma once

#include "lab/sweep_store.h"

typedef struct
{
  guint64 n;       /* runs that have a value */
  guint64 missing; /* runs that have none */
  double mean, sd; /* sd: of the sample, NAN for fewer than two */
  double median, p5, p95; /* interpolated as gsl_stats_quantile_from_sorted_data() does */
  double low, high; /* 95 % confidence interval of the mean: Student's, or Wilson's for a fraction; NAN for fewer than two */
} SfStats;

/* Sums up `n` values (which it sorts). */
SfStats sf_stats (double *values, gsize n, gboolean fraction);

/* The same for measure `measure` at `point` of `store`. FALSE with `error`. */
gboolean sf_stats_of_point (SfStore *store, const SfSweep *sweep, guint point, guint measure, SfStats *ret_stats,
                            GError **error);
