/* SPDX-License-Identifier: MIT
 *
 * Statistics of the runs at a point. Intervals are computed with GSL. Values are summed up and not kept, so memory does
 * not grow with their number.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint64 n;              /* runs with a value */
  guint64 missing;        /* runs without one */
  double mean, sd;        /* sd: sample standard deviation, NAN for fewer than two runs */
  double median, p5, p95; /* interpolated between neighbors, as gsl_stats_quantile_from_sorted_data() does */
  double low, high; /* 95 % confidence interval of the mean: Student's t, or Wilson's for a fraction; NAN for fewer than
                       two runs */
} SfStats;

typedef struct
{
  double low, high;
} SfInterval;

/* Return 95 % confidence intervals, NAN for `n` below two. sf_student(): of the mean of `n` values with mean `mean` and
 * standard deviation `sd`. sf_wilson(): of a probability that was observed as `part` (0 to 1) of `n` runs, without
 * continuity correction. */
SfInterval sf_student (guint64 n, double mean, double sd);
SfInterval sf_wilson (guint64 n, double part);

/* Mean and variance of a stream of values (Welford's recurrence, with West's weights for values that occur several
 * times). All 0 at first. The same values in the same order give the same bits. */
typedef struct
{
  guint64 n;
  double mean;
  double squares; /* sum of squared deviations from the mean */
} SfMoments;

/* Adds `value`, `n` times. */
void sf_moments_add (SfMoments *moments, gint64 value, guint64 n);

/* TRUE if half the 95 % interval is at most `precision` times the mean; for a fraction, at most `precision`. */
gboolean sf_moments_precise (const SfMoments *moments, gboolean fraction, double precision);

/* A quantile, interpolated between two neighbors of the values in ascending order. */
typedef struct
{
  guint64 place;       /* index of the lower neighbor, from 0 */
  double part;         /* weight of the upper neighbor, 0 to below 1 */
  double lower, upper; /* the neighbors; NAN until they have come */
} SfQuantile;

/* Statistics of values that come in ascending order. */
typedef struct
{
  SfMoments moments;
  SfQuantile median, p5, p95;
} SfSums;

/* Begins the statistics of `n` values. */
void sf_sums_begin (SfSums *sums, guint64 n);

/* Adds `value`, not smaller than those before, `n` times. */
void sf_sums_add (SfSums *sums, gint64 value, guint64 n);

/* Returns the statistics. All values that sf_sums_begin() announced must have come. `missing` is 0. */
SfStats sf_sums_end (const SfSums *sums, gboolean fraction);
