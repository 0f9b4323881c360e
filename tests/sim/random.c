/* SPDX-License-Identifier: MIT
 *
 * Random streams: their fixed values, and their statistics. The seeds are fixed, so a bound of a few standard errors
 * holds always or never.
 */
#include "sim/random.h"

#include <Random123/philox.h>
#include <math.h>

#define N 200000

static const SfSeed seed = { 42, 7 };

/* The known answers published with Random123 (kat_vectors, philox4x64 with 10 rounds). */
static void
test_known_answers (void)
{
  philox4x64_ctr_t counter = { { 0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89 } };
  philox4x64_key_t key = { { 0x452821e638d01377, 0xbe5466cf34e90c6c } };
  philox4x64_ctr_t result = philox4x64 (counter, key);
  SfRandom zero = { 0, 0 };
  SfSeed zero_seed = { 0, 0 };

  g_assert_cmphex (result.v[0], ==, 0xa528f45403e61d95);
  g_assert_cmphex (result.v[1], ==, 0x38c72dbd566e9788);
  g_assert_cmphex (result.v[2], ==, 0xa5a1610e72fd18b5);
  g_assert_cmphex (result.v[3], ==, 0x57bd43b5e52b7fe6);
  g_assert_cmphex (sf_random_u64 (&zero, &zero_seed), ==, 0x16554d9eca36314c);
  g_assert_cmpuint (zero.n, ==, 1);
}

/* These values must never change: otherwise every run with random events has another outcome. */
static void
test_fixed_values (void)
{
  SfRandom random = { sf_random_stream ("link.loss", 3), 0 };

  g_assert_cmphex (sf_random_stream ("", 0), ==, 0x813f0174a2367c13);
  g_assert_cmphex (random.stream, ==, 0xbebf0857f03c7cd0);
  g_assert_cmphex (sf_random_u64 (&random, &seed), ==, 0xe08ef9f82017d3de);
  g_assert_cmphex (sf_random_u64 (&random, &seed), ==, 0xc83656e26213f6f2);
}

/* The n-th number is a function of stream, seed and n. */
static void
test_nth_number (void)
{
  SfRandom random = { 5, 0 };
  guint64 numbers[100];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    numbers[i] = sf_random_u64 (&random, &seed);
  g_assert_cmpuint (random.n, ==, G_N_ELEMENTS (numbers));
  for (guint i = G_N_ELEMENTS (numbers); i-- > 0;)
    {
      SfRandom at = { 5, i };

      g_assert_cmphex (sf_random_u64 (&at, &seed), ==, numbers[i]);
    }
}

/* Any difference in name, index, seed or replication makes another stream. */
static void
test_streams_differ (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  const char *names[] = { "link.loss", "link.jitter", "host.isn", "a", "b", "ab", "" };
  guint n = 0;

  for (guint name = 0; name < G_N_ELEMENTS (names); name++)
    for (guint64 index = 0; index < 50; index++)
      for (guint64 s = 0; s < 9; s++)
        {
          SfRandom random = { sf_random_stream (names[name], index), 0 };
          SfSeed its_seed = { s / 3, s % 3 };
          guint64 number = sf_random_u64 (&random, &its_seed);

          g_hash_table_add (seen, g_memdup2 (&number, sizeof number));
          n++;
        }
  g_assert_cmpuint (g_hash_table_size (seen), ==, n);
}

/* Two neighboring streams are uncorrelated, and so are successive numbers of a stream. */
static void
test_independence (void)
{
  SfRandom a = { sf_random_stream ("link.loss", 0), 0 };
  SfRandom b = { sf_random_stream ("link.loss", 1), 0 };
  double with_other = 0, with_next = 0, last = 0;

  for (guint i = 0; i < N; i++)
    {
      double x = sf_random_unit (&a, &seed) - 0.5;

      with_other += x * (sf_random_unit (&b, &seed) - 0.5);
      with_next += x * last;
      last = x;
    }
  /* The product of two such numbers has variance 1/144. */
  g_assert_cmpfloat (fabs (with_other), <, 4 * sqrt (N / 144.0));
  g_assert_cmpfloat (fabs (with_next), <, 4 * sqrt (N / 144.0));
}

static void
test_unit (void)
{
  SfRandom random = { 1, 0 };
  guint bucket[10] = { 0 };
  double sum = 0;

  for (guint i = 0; i < N; i++)
    {
      double x = sf_random_unit (&random, &seed);

      g_assert_cmpfloat (x, >=, 0);
      g_assert_cmpfloat (x, <, 1);
      bucket[(guint) (x * 10)]++;
      sum += x;
    }
  g_assert_cmpfloat (fabs (sum / N - 0.5), <, 4 * sqrt (1 / 12.0 / N));
  for (guint i = 0; i < G_N_ELEMENTS (bucket); i++)
    g_assert_cmpfloat (fabs (bucket[i] - N / 10.0), <, 4 * sqrt (N * 0.09));
}

static void
test_probability (void)
{
  g_assert_cmpuint (sf_probability (0), ==, 0);
  g_assert_cmpuint (sf_probability (-1), ==, 0);
  g_assert_cmpuint (sf_probability (NAN), ==, 0);
  g_assert_cmpuint (sf_probability (1), ==, G_MAXUINT64);
  g_assert_cmpuint (sf_probability (2), ==, G_MAXUINT64);
  g_assert_cmpuint (sf_probability (0.5), ==, (guint64) 1 << 63);
  g_assert_cmpuint (sf_probability (0x1p-64), ==, 1);
  g_assert_cmpuint (sf_probability (nextafter (1, 0)), ==, G_MAXUINT64 - 2047);
}

static void
test_hit (void)
{
  const double p[] = { 0, 1e-4, 0.015, 0.5, 0.99, 1 };

  for (guint i = 0; i < G_N_ELEMENTS (p); i++)
    {
      SfRandom random = { sf_random_stream ("hit", 0), 0 };
      guint hits = 0;

      for (guint j = 0; j < N; j++)
        hits += sf_random_hit (&random, &seed, sf_probability (p[i])) ? 1 : 0;
      /* Probabilities 0 and 1 are exact, and they take a number, too. */
      g_assert_cmpfloat (fabs (hits - p[i] * N), <=, 4 * sqrt (N * p[i] * (1 - p[i])));
      g_assert_cmpuint (random.n, ==, N);
    }
}

/* With a higher probability every hit stays a hit. */
static void
test_hit_is_monotonic (void)
{
  SfRandom low = { 9, 0 }, high = { 9, 0 };
  guint n_hits = 0;

  for (guint i = 0; i < 10000; i++)
    {
      gboolean hit = sf_random_hit (&low, &seed, sf_probability (0.1));

      g_assert_true (sf_random_hit (&high, &seed, sf_probability (0.2)) || !hit);
      n_hits += hit;
    }
  g_assert_cmpuint (n_hits, >, 900);
}

static void
test_below (void)
{
  const guint64 bounds[] = { 1, 2, 6, 1000, ((guint64) 1 << 63) + 1, G_MAXUINT64 };
  SfRandom random = { 3, 0 };
  guint face[6] = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    for (guint j = 0; j < 1000; j++)
      g_assert_cmpuint (sf_random_below (&random, &seed, bounds[i]), <, bounds[i]);
  for (guint i = 0; i < N; i++)
    face[sf_random_below (&random, &seed, 6)]++;
  for (guint i = 0; i < G_N_ELEMENTS (face); i++)
    g_assert_cmpfloat (fabs (face[i] - N / 6.0), <, 4 * sqrt (N * 5 / 36.0));
}

/* Draws N times and compares mean and standard deviation. `tolerance` is relative, for the deviation. */
static void
assert_statistics (SfDist dist, double mean, double deviation, double tolerance)
{
  SfRandom random = { sf_random_stream ("draw", dist.kind), 0 };
  double sum = 0, squares = 0;

  for (guint i = 0; i < N; i++)
    {
      double x = sf_random_draw (&random, &seed, &dist) - mean;

      sum += x;
      squares += x * x;
    }
  g_assert_cmpfloat (fabs (sum / N), <=, 4 * deviation / sqrt (N));
  g_assert_cmpfloat (fabs (sqrt (squares / N) - deviation), <=, tolerance * deviation);
}

static void
test_distributions (void)
{
  assert_statistics ((SfDist){ SF_DIST_CONSTANT, 50, 0 }, 50, 0, 0);
  assert_statistics ((SfDist){ SF_DIST_UNIFORM, 10, 30 }, 20, 20 / sqrt (12), 0.01);
  assert_statistics ((SfDist){ SF_DIST_NORMAL, 100, 15 }, 100, 15, 0.01);
  assert_statistics ((SfDist){ SF_DIST_NORMAL, 100, 0 }, 100, 0, 0);
  assert_statistics ((SfDist){ SF_DIST_EXPONENTIAL, 5, 0 }, 5, 5, 0.02);
  assert_statistics ((SfDist){ SF_DIST_PARETO, 2, 6 }, 2 * 6 / 5.0, sqrt (4 * 6 / (25.0 * 4)), 0.05);
  assert_statistics ((SfDist){ SF_DIST_LOGNORMAL, 20, 10 }, 20, 10, 0.03);
}

static void
test_bounds_of_distributions (void)
{
  const SfDist uniform = { SF_DIST_UNIFORM, 10, 30 };
  const SfDist exponential = { SF_DIST_EXPONENTIAL, 5, 0 };
  const SfDist pareto = { SF_DIST_PARETO, 2, 1.2 };
  SfRandom random = { 8, 0 };

  for (guint i = 0; i < 10000; i++)
    {
      double x = sf_random_draw (&random, &seed, &uniform);

      g_assert_cmpfloat (x, >=, 10);
      g_assert_cmpfloat (x, <=, 30);
      g_assert_cmpfloat (sf_random_draw (&random, &seed, &exponential), >=, 0);
      g_assert_cmpfloat (sf_random_draw (&random, &seed, &pareto), >=, 2);
    }
}

/* A draw depends on its stream alone. */
static void
test_draw_repeats (void)
{
  const SfDist normal = { SF_DIST_NORMAL, 0, 1 };
  SfRandom a = { 4, 100 }, b = { 4, 100 }, other = { 5, 0 };

  for (guint i = 0; i < 1000; i++)
    {
      double x = sf_random_draw (&a, &seed, &normal);

      sf_random_draw (&other, &seed, &normal);
      g_assert_true (x == sf_random_draw (&b, &seed, &normal));
      g_assert_cmpuint (a.n, ==, b.n);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random/known-answers", test_known_answers);
  g_test_add_func ("/random/fixed-values", test_fixed_values);
  g_test_add_func ("/random/nth-number", test_nth_number);
  g_test_add_func ("/random/streams-differ", test_streams_differ);
  g_test_add_func ("/random/independence", test_independence);
  g_test_add_func ("/random/unit", test_unit);
  g_test_add_func ("/random/probability", test_probability);
  g_test_add_func ("/random/hit", test_hit);
  g_test_add_func ("/random/hit-is-monotonic", test_hit_is_monotonic);
  g_test_add_func ("/random/below", test_below);
  g_test_add_func ("/random/distributions", test_distributions);
  g_test_add_func ("/random/bounds-of-distributions", test_bounds_of_distributions);
  g_test_add_func ("/random/draw-repeats", test_draw_repeats);
  return g_test_run ();
}
