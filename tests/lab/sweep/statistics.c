/* SPDX-License-Identifier: MIT
 *
 * Statistics, compared with values computed by hand: quantiles of the t distribution are from a table (4 degrees of
 * freedom: 2.776445105, 1: 12.706204736), Wilson's interval is from its formula with z = 1.959963985, z² = 3.841458821.
 */
#include "lab/sweep/statistics.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

#define CLOSE 1e-8

static void
assert_close (double seen, double expected)
{
  g_assert_cmpfloat_with_epsilon (seen, expected, CLOSE * MAX (fabs (expected), 1));
}

/* Returns the statistics of `n` values in ascending order, added one by one. */
static SfStats
sum_up (const gint64 *values, guint64 n, gboolean fraction)
{
  SfSums sums;

  sf_sums_begin (&sums, n);
  for (guint64 i = 0; i < n; i++)
    sf_sums_add (&sums, values[i], 1);
  return sf_sums_end (&sums, fraction);
}

/* Mean 3, squared distances 4 + 1 + 0 + 1 + 4 = 10, variance 10/4; half the interval 2.776445105 × √2.5 / √5 =
 * 2.776445105 × √0.5. A quantile q lies at place 4q, counted from 0: 0.2 and 3.8. */
static void
test_student (void)
{
  const gint64 values[] = { 1, 2, 3, 4, 5 };
  SfStats stats = sum_up (values, 5, FALSE);

  g_assert_cmpuint (stats.n, ==, 5);
  g_assert_cmpuint (stats.missing, ==, 0);
  assert_close (stats.mean, 3);
  assert_close (stats.sd, sqrt (2.5));
  assert_close (stats.median, 3);
  assert_close (stats.p5, 1.2);
  assert_close (stats.p95, 4.8);
  assert_close (stats.low, 3 - 1.963243161);
  assert_close (stats.high, 3 + 1.963243161);
}

/* Squared distances 25 + 25, variance 50; half: 12.706204736 × √50 / √2 = 12.706204736 × 5. */
static void
test_two (void)
{
  const gint64 values[] = { 10, 20 };
  SfStats stats = sum_up (values, 2, FALSE);

  assert_close (stats.mean, 15);
  assert_close (stats.sd, sqrt (50));
  assert_close (stats.median, 15);
  assert_close (stats.low, 15 - 63.53102368);
  assert_close (stats.high, 15 + 63.53102368);
}

static void
test_few (void)
{
  const gint64 value = 7;
  SfStats one = sum_up (&value, 1, FALSE), none = sum_up (&value, 0, FALSE), part = sum_up (&value, 0, TRUE);

  assert_close (one.mean, 7);
  assert_close (one.median, 7);
  assert_close (one.p5, 7);
  assert_close (one.p95, 7);
  g_assert_true (isnan (one.sd) && isnan (one.low) && isnan (one.high));
  g_assert_cmpuint (none.n, ==, 0);
  g_assert_true (isnan (none.mean) && isnan (none.median) && isnan (none.p5) && isnan (none.low));
  g_assert_true (isnan (part.mean) && isnan (part.low) && isnan (part.high));
}

/* A part p of n runs: the middle is (p + z²/2n) / (1 + z²/n). Of none and of all, one end is exact, and the other z²/(n
 * + z²) from there: 3.841458821/13.841458821. At one half, half the interval is z / 2√(n + z²). */
static void
test_wilson (void)
{
  const gint64 none[10] = { 0 }, all[10] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 },
               half[10] = { 0, 0, 0, 0, 0, 1, 1, 1, 1, 1 };
  SfStats stats = sum_up (none, 10, TRUE);

  g_assert_true (stats.mean == 0 && stats.low == 0);
  assert_close (stats.high, 0.2775327999);

  stats = sum_up (all, 10, TRUE);
  g_assert_true (stats.mean == 1 && stats.high == 1);
  assert_close (stats.low, 1 - 0.2775327999);

  stats = sum_up (half, 10, TRUE);
  assert_close (stats.mean, 0.5);
  assert_close (stats.low, 0.5 - 1.959963985 / (2 * sqrt (13.841458821)));
  assert_close (stats.high, 0.5 + 1.959963985 / (2 * sqrt (13.841458821)));
}

/* --- against GSL --- */

/* Returns the statistics of `n` values in ascending order, equal ones added together. */
static SfStats
sum_up_together (const double *values, guint n)
{
  SfSums sums;

  sf_sums_begin (&sums, n);
  for (guint first = 0, end; first < n; first = end)
    {
      for (end = first + 1; end < n && values[end] == values[first]; end++)
        ;
      sf_sums_add (&sums, (gint64) values[first], end - first);
    }
  return sf_sums_end (&sums, FALSE);
}

/* Mean, standard deviation and quantiles of random values, with many or few equal ones, are those that GSL computes
 * from an array. */
static void
test_as_gsl (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint round = 0; round < 500; round++)
    {
      guint n = (guint) g_rand_int_range (rand, 2, 300);
      gint32 different = g_rand_int_range (rand, 1, 400);
      g_autofree double *values = g_new (double, n);
      SfStats stats;

      for (guint i = 0; i < n; i++)
        values[i] = 1e9 + 1e6 * g_rand_int_range (rand, -different, different);
      gsl_sort (values, 1, n);
      stats = sum_up_together (values, n);
      g_assert_cmpuint (stats.n, ==, n);
      assert_close (stats.mean / 1e9, gsl_stats_mean (values, 1, n) / 1e9);
      assert_close (stats.sd / 1e6, gsl_stats_sd (values, 1, n) / 1e6);
      g_assert_cmpfloat (stats.median, ==, gsl_stats_quantile_from_sorted_data (values, 1, n, 0.5));
      g_assert_cmpfloat (stats.p5, ==, gsl_stats_quantile_from_sorted_data (values, 1, n, 0.05));
      g_assert_cmpfloat (stats.p95, ==, gsl_stats_quantile_from_sorted_data (values, 1, n, 0.95));
    }
}

/* --- moments --- */

/* Times of an hour in nanoseconds, which differ in the last digits only. */
static void
test_moments (void)
{
  SfMoments moments = { 0 };

  for (gint64 i = 1; i <= 5; i++)
    sf_moments_add (&moments, G_GINT64_CONSTANT (3600000000000) + i, 1);
  g_assert_cmpuint (moments.n, ==, 5);
  assert_close (moments.mean - 3600000000000.0, 3);
  assert_close (moments.squares, 10);
}

/* A million equal values have a deviation of exactly 0. */
static void
test_same (void)
{
  SfMoments moments = { 0 };

  sf_moments_add (&moments, 123456789, 999983);
  g_assert_true (moments.mean == 123456789 && moments.squares == 0);
  sf_moments_add (&moments, 123456789, 17);
  g_assert_true (moments.n == 1000000 && moments.mean == 123456789 && moments.squares == 0);
}

/* 1 … 5: half the interval is 1.963243161, which is 65.44 % of the mean 3. */
static void
test_precise (void)
{
  SfMoments moments = { 0 }, same = { 0 }, negative = { 0 };

  sf_moments_add (&same, 0, 1);
  g_assert_false (sf_moments_precise (&same, FALSE, 1));
  sf_moments_add (&same, 0, 1);
  g_assert_true (sf_moments_precise (&same, FALSE, 0.01));
  for (gint64 i = 1; i <= 5; i++)
    {
      sf_moments_add (&moments, i, 1);
      sf_moments_add (&negative, -i, 1);
    }
  g_assert_true (sf_moments_precise (&moments, FALSE, 0.655));
  g_assert_false (sf_moments_precise (&moments, FALSE, 0.654));
  g_assert_true (sf_moments_precise (&negative, FALSE, 0.655));
  g_assert_false (sf_moments_precise (&negative, FALSE, 0.654));
}

/* Half of 100 runs: z / 2√103.841458821 = 0.096168, absolute and not relative to the mean. */
static void
test_precise_fraction (void)
{
  SfMoments moments = { 0 };

  for (gint64 i = 0; i < 100; i++)
    sf_moments_add (&moments, i % 2, 1);
  g_assert_true (sf_moments_precise (&moments, TRUE, 0.0962));
  g_assert_false (sf_moments_precise (&moments, TRUE, 0.0961));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sweep_stats/Student", test_student);
  g_test_add_func ("/sweep_stats/two", test_two);
  g_test_add_func ("/sweep_stats/fewer", test_few);
  g_test_add_func ("/sweep_stats/Wilson", test_wilson);
  g_test_add_func ("/sweep_stats/as GSL", test_as_gsl);
  g_test_add_func ("/sweep_stats/moments", test_moments);
  g_test_add_func ("/sweep_stats/same", test_same);
  g_test_add_func ("/sweep_stats/precise", test_precise);
  g_test_add_func ("/sweep_stats/precise/fraction", test_precise_fraction);
  return g_test_run ();
}
