/* SPDX-License-Identifier: MIT */
#include "sim/random.h"

#include <Random123/philox.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>

/* 64-bit FNV-1a over the bytes of `what`, then over those of `index`, lowest first, then the finalizer of splitmix64,
 * since FNV mixes the last bytes badly. Never change it: another hash changes every run that uses random numbers. */
guint64
sf_random_stream (const char *what, guint64 index)
{
  const guint64 prime = G_GUINT64_CONSTANT (0x100000001b3);
  guint64 h = G_GUINT64_CONSTANT (0xcbf29ce484222325);

  for (const char *c = what; *c != '\0'; c++)
    h = (h ^ (guint8) *c) * prime;
  for (guint i = 0; i < 8; i++)
    h = (h ^ (guint8) (index >> (8 * i))) * prime;
  h = (h ^ h >> 30) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  h = (h ^ h >> 27) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return h ^ h >> 31;
}

guint64
sf_random_u64 (SfRandom *random, const SfSeed *seed)
{
  philox4x64_ctr_t counter = { { random->stream, random->n++, 0, 0 } };
  philox4x64_key_t key = { { seed->seed, seed->replication } };

  return philox4x64 (counter, key).v[0];
}

double
sf_random_unit (SfRandom *random, const SfSeed *seed)
{
  return (double) (sf_random_u64 (random, seed) >> 11) * 0x1p-53;
}

gboolean
sf_random_hit (SfRandom *random, const SfSeed *seed, guint64 threshold)
{
  if (threshold == 0 || threshold == G_MAXUINT64)
    {
      /* The answer is certain, but one number is drawn all the same: later numbers must not depend on the threshold. */
      random->n++;
      return threshold != 0;
    }
  return sf_random_u64 (random, seed) < threshold;
}

guint64
sf_probability (double p)
{
  if (!(p > 0))
    return 0;
  return p >= 1 ? G_MAXUINT64 : (guint64) ldexp (p, 64);
}

/* D. Lemire, "Fast Random Integer Generation in an Interval" (2019): the high word of u × bound is uniform if u is
 * drawn again while the low word is below 2^64 mod bound. */
guint64
sf_random_below (SfRandom *random, const SfSeed *seed, guint64 bound)
{
  __extension__ unsigned __int128 product;
  guint64 reject;

  g_assert (bound > 0);
  reject = -bound % bound;
  do
    {
      product = sf_random_u64 (random, seed);
      product *= bound;
    }
  while ((guint64) product < reject);
  return (guint64) (product >> 64);
}

/* A stream as a random number generator of GSL. */

typedef struct
{
  SfRandom *random;
  const SfSeed *seed;
} GslState;

static unsigned long
gsl_get (void *data)
{
  const GslState *state = data;

  return sf_random_u64 (state->random, state->seed);
}

static double
gsl_get_double (void *data)
{
  const GslState *state = data;

  return sf_random_unit (state->random, state->seed);
}

/* Does nothing: a stream is seeded by its name. */
static void
gsl_set (void *data, unsigned long seed)
{
  (void) data;
  (void) seed;
}

static const gsl_rng_type gsl_dice = {
  .name = "synfin dice",
  .max = G_MAXUINT64,
  .min = 0,
  .size = sizeof (GslState),
  .set = gsl_set,
  .get = gsl_get,
  .get_double = gsl_get_double,
};

/* GSL takes the mean and the standard deviation of the logarithm. */
static double
draw_lognormal (const gsl_rng *rng, double mean, double deviation)
{
  double ratio = deviation / mean;
  double sigma2 = log1p (ratio * ratio);

  return gsl_ran_lognormal (rng, log (mean) - sigma2 / 2, sqrt (sigma2));
}

double
sf_random_draw (SfRandom *random, const SfSeed *seed, const SfDist *dist)
{
  GslState state = { random, seed };
  const gsl_rng rng = { &gsl_dice, &state };

  switch (dist->kind)
    {
    case SF_DIST_CONSTANT:
      return dist->a;
    case SF_DIST_UNIFORM:
      return gsl_ran_flat (&rng, dist->a, dist->b);
    case SF_DIST_NORMAL:
      return dist->a + gsl_ran_gaussian (&rng, dist->b);
    case SF_DIST_EXPONENTIAL:
      return gsl_ran_exponential (&rng, dist->a);
    case SF_DIST_PARETO:
      return gsl_ran_pareto (&rng, dist->b, dist->a);
    case SF_DIST_LOGNORMAL:
      return draw_lognormal (&rng, dist->a, dist->b);
    }
  g_assert_not_reached ();
}
