/* SPDX-License-Identifier: MIT */
#include "lab/sweep/statistics.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* The upper quantile of both intervals, which leave out 2.5 % at either end. */
#define UPPER 0.975

SfInterval
sf_student (guint64 n, double mean, double sd)
{
  double half;

  if (n < 2)
    return (SfInterval){ NAN, NAN };
  half = gsl_cdf_tdist_Pinv (UPPER, (double) (n - 1)) * sd / sqrt ((double) n);
  return (SfInterval){ mean - half, mean + half };
}

SfInterval
sf_wilson (guint64 n, double part)
{
  double z = gsl_cdf_ugaussian_Pinv (UPPER), count = (double) n, middle, half;

  if (n < 2)
    return (SfInterval){ NAN, NAN };
  middle = (part + z * z / (2 * count)) / (1 + z * z / count);
  half = z / (1 + z * z / count) * sqrt (part * (1 - part) / count + z * z / (4 * count * count));
  /* At 0 and 1 the ends are exact, in spite of rounding. */
  return (SfInterval){ part > 0 ? middle - half : 0, part < 1 ? middle + half : 1 };
}

/* --- moments --- */

void
sf_moments_add (SfMoments *moments, gint64 value, guint64 n)
{
  double off = (double) value - moments->mean;

  moments->n += n;
  moments->mean += off * ((double) n / (double) moments->n);
  moments->squares += (double) n * off * ((double) value - moments->mean);
}

/* Returns the sample standard deviation, NAN for fewer than two values. */
static double
deviation (const SfMoments *moments)
{
  return moments->n > 1 ? sqrt (moments->squares / (double) (moments->n - 1)) : NAN;
}

static SfInterval
interval_of (const SfMoments *moments, gboolean fraction)
{
  return fraction ? sf_wilson (moments->n, moments->mean) : sf_student (moments->n, moments->mean, deviation (moments));
}

gboolean
sf_moments_precise (const SfMoments *moments, gboolean fraction, double precision)
{
  SfInterval interval = interval_of (moments, fraction);

  return moments->n > 1 && (interval.high - interval.low) / 2 <= precision * (fraction ? 1 : fabs (moments->mean));
}

/* --- sums --- */

static SfQuantile
quantile_begin (double fraction, guint64 n)
{
  double place = n > 0 ? fraction * (double) (n - 1) : 0;

  return (SfQuantile){ .place = (guint64) place, .part = place - floor (place), .lower = NAN, .upper = NAN };
}

/* Takes `value`, which has the indices `first` to `end` - 1 in ascending order. */
static void
quantile_add (SfQuantile *quantile, double value, guint64 first, guint64 end)
{
  if (quantile->place >= first && quantile->place < end)
    quantile->lower = value;
  if (quantile->place + 1 >= first && quantile->place + 1 < end)
    quantile->upper = value;
}

static double
quantile_end (const SfQuantile *quantile)
{
  if (quantile->part == 0)
    return quantile->lower;
  return (1 - quantile->part) * quantile->lower + quantile->part * quantile->upper;
}

void
sf_sums_begin (SfSums *sums, guint64 n)
{
  *sums = (SfSums){ .median = quantile_begin (0.5, n),
                    .p5 = quantile_begin (0.05, n),
                    .p95 = quantile_begin (0.95, n) };
}

void
sf_sums_add (SfSums *sums, gint64 value, guint64 n)
{
  guint64 first = sums->moments.n, end = first + n;

  sf_moments_add (&sums->moments, value, n);
  quantile_add (&sums->median, (double) value, first, end);
  quantile_add (&sums->p5, (double) value, first, end);
  quantile_add (&sums->p95, (double) value, first, end);
}

SfStats
sf_sums_end (const SfSums *sums, gboolean fraction)
{
  SfInterval interval = interval_of (&sums->moments, fraction);

  return (SfStats){
    .n = sums->moments.n,
    .mean = sums->moments.n > 0 ? sums->moments.mean : NAN,
    .sd = deviation (&sums->moments),
    .median = quantile_end (&sums->median),
    .p5 = quantile_end (&sums->p5),
    .p95 = quantile_end (&sums->p95),
    .low = interval.low,
    .high = interval.high,
  };
}
