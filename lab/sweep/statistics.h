/* SPDX-License-Identifier: MIT
 *
 * Statistics of the runs at a point: intervals by GSL, and sums of values that are not kept, so that memory does not
 * grow with their number.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint64 n;              /* runs that have a value */
  guint64 missing;        /* runs that have none */
  double mean, sd;        /* sd: of the sample, NAN for fewer than two */
  double median, p5, p95; /* interpolated between neighbors, as gsl_stats_quantile_from_sorted_data() does */
  double low,
    high; /* 95 % confidence interval of the mean: Student's, or Wilson's for a fraction; NAN for fewer than two */
} SfStats;

typedef struct
{
  double low, high;
} SfInterval;

/* Return the 95 % confidence interval of the mean of `n` values with mean `mean` and standard deviation `sd` (Student),
 * and of a probability that was `part` of 1 in `n` runs (Wilson, without correction for continuity); NAN for fewer than
 * two. */
SfInterval sf_student (guint64 n, double mean, double sd);
SfInterval sf_wilson (guint64 n, double part);

/* Mean and variance of values that come one by one, or some that are the same at once (Welford's recurrence, as West
 * gave it for weights); all 0 at first. The same values in the same order give the same bits. */
typedef struct
{
  guint64 n;
  double mean;
  double squares; /* sum of the squared distances from the mean */
} SfMoments;

/* Adds `value`, `n` times. */
void sf_moments_add (SfMoments *moments, gint64 value, guint64 n);

/* TRUE if half the 95 % interval is no wider than `precision` parts of the mean, or of 1 for a fraction. */
gboolean sf_moments_precise (const SfMoments *moments, gboolean fraction, double precision);

/* A quantile: between two of the values in ascending order, counted from 0. */
typedef struct
{
  guint64 place;       /* of the lower one */
  double part;         /* how far it is on the way to the upper one, below 1 */
  double lower, upper; /* NAN until they have come */
} SfQuantile;

/* Sums up values that come in ascending order. */
typedef struct
{
  SfMoments moments;
  SfQuantile median, p5, p95;
} SfSums;

/* Begins a sum of `n` values. */
void sf_sums_begin (SfSums *sums, guint64 n);

/* Adds `value`, which is not smaller than those before, `n` times. */
void sf_sums_add (SfSums *sums, gint64 value, guint64 n);

/* Returns what has come, which must be as much as was said; `missing` is left 0. */
SfStats sf_sums_end (const SfSums *sums, gboolean fraction);
