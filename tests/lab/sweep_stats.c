/* SPDX-License-Identifier: MIT
 *
 * Statistics against values that were worked out by hand: quantiles of the t distribution from a table (4 degrees of freedom: 2.776445105,
 * 1: 12.706204736), Wilson's interval from its formula with z = 1.959963985, z² = 3.841458821.
 */
#include "lab/sweep_stats.h"

#include <math.h>

#define CLOSE 1e-8

static void
assert_close (double seen, double expected)
{
  g_assert_cmpfloat_with_epsilon (seen, expected, CLOSE * MAX (fabs (expected), 1));
}

/* Mean 3, squared distances 4 + 1 + 0 + 1 + 4 = 10, variance 10/4; half the interval 2.776445105 × √2.5 / √5 = 2.776445105 × √0.5. A
 * quantile q lies at place 4q, counted from 0: 0.2 and 3.8. */
static void
test_student (void)
{
  double values[] = { 4, 1, 5, 2, 3 };
  SfStats stats = sf_stats (values, 5, FALSE);

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
  double values[] = { 20, 10 };
  SfStats stats = sf_stats (values, 2, FALSE);

  assert_close (stats.mean, 15);
  assert_close (stats.sd, sqrt (50));
  assert_close (stats.median, 15);
  assert_close (stats.low, 15 - 63.53102368);
  assert_close (stats.high, 15 + 63.53102368);
}

static void
test_few (void)
{
  double value = 7;
  SfStats one = sf_stats (&value, 1, FALSE), none = sf_stats (&value, 0, FALSE), part = sf_stats (&value, 0, TRUE);

  assert_close (one.mean, 7);
  assert_close (one.median, 7);
  assert_close (one.p5, 7);
  assert_close (one.p95, 7);
  g_assert_true (isnan (one.sd) && isnan (one.low) && isnan (one.high));
  g_assert_cmpuint (none.n, ==, 0);
  g_assert_true (isnan (none.mean) && isnan (none.median) && isnan (none.p5) && isnan (none.low));
  g_assert_true (isnan (part.mean) && isnan (part.low) && isnan (part.high));
}

/* A part p of n runs: the middle is (p + z²/2n) / (1 + z²/n). Of none and of all, one end is exact, and the other z²/(n + z²) from
 * there: 3.841458821/13.841458821. At one half, half the interval is z / 2√(n + z²). */
static void
test_wilson (void)
{
  double none[10] = { 0 }, all[10], half[10];
  SfStats stats = sf_stats (none, 10, TRUE);

  g_assert_true (stats.mean == 0 && stats.low == 0);
  assert_close (stats.high, 0.2775327999);

  for (guint i = 0; i < 10; i++)
    {
      all[i] = 1;
      half[i] = i % 2;
    }
  stats = sf_stats (all, 10, TRUE);
  g_assert_true (stats.mean == 1 && stats.high == 1);
  assert_close (stats.low, 1 - 0.2775327999);

  stats = sf_stats (half, 10, TRUE);
  assert_close (stats.mean, 0.5);
  assert_close (stats.low, 0.5 - 1.959963985 / (2 * sqrt (13.841458821)));
  assert_close (stats.high, 0.5 + 1.959963985 / (2 * sqrt (13.841458821)));
}

/* Nanoseconds of an hour, which differ in the last digits only. */
static void
test_moments (void)
{
  SfMoments moments = { 0 };

  for (gint64 i = 1; i <= 5; i++)
    sf_moments_add (&moments, G_GINT64_CONSTANT (3600000000000) + i);
  g_assert_cmpuint (moments.n, ==, 5);
  assert_close (moments.mean - 3600000000000.0, 3);
  assert_close (moments.squares, 10);
}

/* 1 … 5: half the interval is 1.963243161, which is 65.44 % of the mean 3. */
static void
test_precise (void)
{
  SfMoments moments = { 0 }, same = { 0 }, negative = { 0 };

  sf_moments_add (&same, 0);
  g_assert_false (sf_moments_precise (&same, FALSE, 1));
  sf_moments_add (&same, 0);
  g_assert_true (sf_moments_precise (&same, FALSE, 0.01));
  for (gint64 i = 1; i <= 5; i++)
    {
      sf_moments_add (&moments, i);
      sf_moments_add (&negative, -i);
    }
  g_assert_true (sf_moments_precise (&moments, FALSE, 0.655));
  g_assert_false (sf_moments_precise (&moments, FALSE, 0.654));
  g_assert_true (sf_moments_precise (&negative, FALSE, 0.655));
  g_assert_false (sf_moments_precise (&negative, FALSE, 0.654));
}

/* Half of 100 runs: z / 2√103.841458821 = 0.096168, of 1 and not of the mean. */
static void
test_precise_fraction (void)
{
  SfMoments moments = { 0 };

  for (gint64 i = 0; i < 100; i++)
    sf_moments_add (&moments, i % 2);
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
  g_test_add_func ("/sweep_stats/moments", test_moments);
  g_test_add_func ("/sweep_stats/precise", test_precise);
  g_test_add_func ("/sweep_stats/precise/fraction", test_precise_fraction);
  return g_test_run ();
}
