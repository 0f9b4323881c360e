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

typedef struct
{
  double low, high;
} SfInterval;

/* Return the 95 % confidence interval of the mean of `n` values with mean `mean` and standard deviation `sd` (Student), and
 * of a probability that was `part` of 1 in `n` runs (Wilson, without correction for continuity); NAN for fewer than two. */
SfInterval sf_student (guint64 n, double mean, double sd);
SfInterval sf_wilson (guint64 n, double part);

/* Sums up `n` values (which it sorts). */
SfStats sf_stats (double *values, gsize n, gboolean fraction);

/* The same for measure `measure` at `point` of `store`. FALSE with `error`. */
gboolean sf_stats_of_point (SfStore *store, const SfSweep *sweep, guint point, guint measure, SfStats *ret_stats,
                            GError **error);

/* Mean and variance of values that come one by one (Welford's recurrence); all 0 at first. The same values in the same order give the
 * same bits. */
typedef struct
{
  guint64 n;
  double mean;
  double squares; /* sum of the squared distances from the mean */
} SfMoments;

void sf_moments_add (SfMoments *moments, gint64 value);

/* TRUE if half the 95 % interval is no wider than `precision` parts of the mean, or of 1 for a fraction. */
gboolean sf_moments_precise (const SfMoments *moments, gboolean fraction, double precision);
