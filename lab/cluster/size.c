/* SPDX-License-Identifier: MIT */
#include "lab/cluster/shards.h"

#include "lab/report/simulation.h"

/* How long runs are timed to find out how many shards to make. */
#define TIMING (G_USEC_PER_SEC / 2)
#define TIMED_RUNS 20 /* of a point */
#define STRIDE 7919   /* from a point to the next: a prime, so that all come in turn */

/* A queue of more elements helps nobody: they take longer instead. */
#define ENOUGH 1000

/* Does some runs of `point`, but not after `until`; adds to `*n` how many, and to `*spent` how long they took in us.
 * FALSE if there is no such run. */
static gboolean
time_point (const SfSweep *sweep, guint point, gint64 until, guint *n, gint64 *spent)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfRun *run = sf_sweep_load_point (sweep, point, diag);
  gint64 began = g_get_monotonic_time (), now = began;

  if (run == NULL)
    return FALSE;
  for (guint i = 0; i < TIMED_RUNS && (i == 0 || now < until); i++, (*n)++)
    {
      sf_trace_free (sf_simulate (run->scenario, i));
      now = g_get_monotonic_time ();
    }
  *spent += now - began;
  sf_run_free (run);
  return TRUE;
}

/* Returns how long a run takes, in us, as far as some runs of points from all over the sweep tell. */
static double
time_runs (const SfSweep *sweep)
{
  guint n_points = sf_sweep_n_points (sweep), n = 0;
  gint64 until = g_get_monotonic_time () + TIMING, spent = 0;

  for (guint64 i = 0; i == 0 || g_get_monotonic_time () < until; i++)
    if (!time_point (sweep, (guint) (i * STRIDE % n_points), until, &n, &spent))
      return 0;
  return (double) spent / n;
}

guint
sf_shards_estimate (const SfClusterSweep *job, guint most)
{
  double runs = (double) sf_sweep_n_points (job->sweep) * (double) job->sweep->replications;
  double seconds = time_runs (job->sweep) * runs / G_USEC_PER_SEC / job->n_threads;

  return (guint) CLAMP (seconds / SF_SLURM_SECONDS, 1, MIN (most, ENOUGH));
}
