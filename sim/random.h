/* SPDX-License-Identifier: MIT
 *
 * Named, counter-based random streams. The n-th random number of a stream is a function (Philox 4×64, Random123) of
 * (seed, replication, name of the stream, n) and of nothing else. So adding a link does not change the random numbers
 * of another one, a clone draws the same numbers as its original, and a stream takes only two words of memory.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint64 stream; /* the name, hashed by sf_random_stream() */
  guint64 n;      /* random numbers drawn so far */
} SfRandom;

/* The seed of a run, common to all its streams. */
typedef struct
{
  guint64 seed;
  guint64 replication;
} SfSeed;

/* Distributions of a duration or a size; scenarios use the same names. */
typedef enum
{
  SF_DIST_CONSTANT,    /* a */
  SF_DIST_UNIFORM,     /* from a to b */
  SF_DIST_NORMAL,      /* mean a, standard deviation b */
  SF_DIST_EXPONENTIAL, /* mean a */
  SF_DIST_PARETO,      /* scale a, shape b (dimensionless) */
  SF_DIST_LOGNORMAL,   /* mean a > 0 and standard deviation b of the value itself */
} SfDistKind;

typedef struct
{
  SfDistKind kind;
  double a, b;
} SfDist;

/* Returns the stream called `what` of object `index`: ("link.loss", 3), say. This mapping never changes. */
guint64 sf_random_stream (const char *what, guint64 index);

/* Returns 64 random bits. */
guint64 sf_random_u64 (SfRandom *random, const SfSeed *seed);

/* Returns a uniform number in [0, 1). */
double sf_random_unit (SfRandom *random, const SfSeed *seed);

/* TRUE with probability `threshold` / 2^64, exactly; see sf_probability(). It always draws one random number, so the
 * threshold does not change the numbers that follow. A higher threshold keeps all hits of a lower one. */
gboolean sf_random_hit (SfRandom *random, const SfSeed *seed, guint64 threshold);

/* Returns the threshold of sf_random_hit() for a probability of 0 … 1; 1 gives G_MAXUINT64, which always hits. */
guint64 sf_probability (double p);

/* Returns a number from 0 to bound - 1, all equally likely; `bound` ≥ 1. */
guint64 sf_random_below (SfRandom *random, const SfSeed *seed, guint64 bound);

/* Returns a value of `dist` (a distribution of GSL, driven by this stream), not clamped. It draws as many random
 * numbers as it needs. */
double sf_random_draw (SfRandom *random, const SfSeed *seed, const SfDist *dist);
