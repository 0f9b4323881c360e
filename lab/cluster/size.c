/* SPDX-License-Identifier: MIT
 *
 * Chooses the number of shards by timing some runs.
 */
#include "lab/cluster/shards.h"

#include "lab/report/simulation.h"

/* How long runs are timed, in us. */
#define TIMING (G_USEC_PER_SEC / 2)
#define TIMED_RUNS 20 /* runs of a point */
#define STRIDE 7919   /* from a point to the next: a prime, so that all points take turns */

/* Maximum number of elements. More would not help; they take longer instead. */
#define ENOUGH 1000

/* Runs `point` a few times, but not after `until`. Adds the number of runs to `*n` and their time in us to `*spent`.
 * FALSE if the point cannot be loaded. */
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

/* Returns the mean time of a run in us, estimated from points all over the sweep. 0 if a point cannot be loaded. */
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
