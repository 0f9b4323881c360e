/* SPDX-License-Identifier: MIT */
#include "lab/sweep_stats.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

/* Both intervals leave out 2.5 % at either end. */
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
  /* At 0 and 1 the ends are exact, whatever the roots round to. */
  return (SfInterval){ part > 0 ? middle - half : 0, part < 1 ? middle + half : 1 };
}

SfStats
sf_stats (double *values, gsize n, gboolean fraction)
{
  SfStats stats = { .n = n, .mean = NAN, .sd = NAN, .median = NAN, .p5 = NAN, .p95 = NAN };
  SfInterval interval;

  if (n > 0)
    {
      gsl_sort (values, 1, n);
      stats.mean = gsl_stats_mean (values, 1, n);
      stats.median = gsl_stats_quantile_from_sorted_data (values, 1, n, 0.5);
      stats.p5 = gsl_stats_quantile_from_sorted_data (values, 1, n, 0.05);
      stats.p95 = gsl_stats_quantile_from_sorted_data (values, 1, n, 0.95);
    }
  if (n > 1)
    stats.sd = gsl_stats_sd_m (values, 1, n, stats.mean);
  interval = fraction ? sf_wilson (n, stats.mean) : sf_student (n, stats.mean, stats.sd);
  stats.low = interval.low;
  stats.high = interval.high;
  return stats;
}

gboolean
sf_stats_of_point (SfStore *store, const SfSweep *sweep, guint point, guint measure, SfStats *ret_stats, GError **error)
{
  guint64 missing = 0;
  g_autoptr (GArray) values = sf_store_values (store, point, measure, &missing, error);
  g_autofree double *numbers = NULL;

  if (values == NULL)
    return FALSE;
  numbers = g_new (double, MAX (values->len, 1));
  for (guint i = 0; i < values->len; i++)
    numbers[i] = (double) g_array_index (values, gint64, i);
  *ret_stats = sf_stats (numbers, values->len, sf_sweep_measure_at (sweep, measure)->fraction);
  ret_stats->missing = missing;
  return TRUE;
}

/* --- while the runs are going on --- */

void
sf_moments_add (SfMoments *moments, gint64 value)
{
  double off = (double) value - moments->mean;

  moments->n++;
  moments->mean += off / (double) moments->n;
  moments->squares += off * ((double) value - moments->mean);
}

gboolean
sf_moments_precise (const SfMoments *moments, gboolean fraction, double precision)
{
  SfInterval interval;

  if (moments->n < 2)
    return FALSE;
  if (fraction)
    interval = sf_wilson (moments->n, moments->mean);
  else
    interval = sf_student (moments->n, moments->mean, sqrt (moments->squares / (double) (moments->n - 1)));
  return (interval.high - interval.low) / 2 <= precision * (fraction ? 1 : fabs (moments->mean));
}
