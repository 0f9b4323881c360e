/* SPDX-License-Identifier: MIT
 *
 * A sweep as users run it, from the scenario file to the finished file of results: the scenario of bench_runs.c over a
 * lossy link, with two measures, on one thread and on two. Once with many runs at each of ten points, once with one run
 * at each of many points.
 */
#include "bench/bench.h"
#include "lab/sweep/threads.h"

#include <glib/gstdio.h>
#include <stdio.h>

/* The number of rounds, one thread and two in turn; the shortest counts. Machines are noisy, and two threads are
 * disturbed more. */
#define ROUNDS 7

static const char scenario[] =
  "synfin: 1\n"
  "title: short runs\n"
  "hosts: {client: {}, server: {}}\n"
  "links:\n"
  "  - {between: [client, server], delay: 50ms, rate: 10Mbit/s}\n"
  "script:\n"
  "  client: [{connect: \"server:80\"}, {send: 100 B}, {receive: 1000 B}, close]\n"
  "  server: [{listen: 80}, accept, {receive: 100 B}, {send: 1000 B}, {receive: eof}, close]\n"
  "sweep:\n"
  "  vary: {links.0.loss: {from: 0%, to: 9%, step: 1%}}\n"
  "  measure: [handshake-time, segments]\n";

/* Loads the sweep from a file in `folder`. */
static SfSweep *
load (const char *folder, const SfSweepOptions *options)
{
  g_autofree char *path = g_build_filename (folder, "sweep.yaml", NULL);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfSweep *sweep = NULL;

  if (g_file_set_contents (path, scenario, -1, NULL))
    sweep = sf_sweep_load (path, options, diag);
  g_unlink (path);
  return sweep;
}

static guint64
n_runs (const SfSweep *sweep)
{
  return sf_sweep_n_points (sweep) * sweep->replications;
}

/* Tries and runs `sweep` on `n_threads` threads into a new file `path`. Returns its results, NULL with `error`. */
static SfStore *
run (const SfSweep *sweep, const char *path, guint n_threads, GError **error)
{
  const SfSweepRunOptions options = { .n_threads = n_threads, .n_shards = 1 };
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfStore) store = sf_store_open (path, sweep, "bench", 0, 1, FALSE, error);

  if (store == NULL || !sf_sweep_try (sweep, n_threads, 0, 1, diag) || !sf_sweep_run (sweep, store, &options, error))
    return NULL;
  return g_steal_pointer (&store);
}

/* Measures one sweep. `*seconds` becomes the time of the shortest so far. */
static gboolean
measure (const SfSweep *sweep, const char *folder, guint n_threads, double *seconds)
{
  g_autofree char *path = g_build_filename (folder, "sweep.sqlite", NULL);
  g_autoptr (SfStore) store = NULL;
  g_autoptr (GError) error = NULL;
  BenchMeter meter;
  gboolean sound;

  bench_meter_init (&meter);
  bench_go (&meter);
  store = run (sweep, path, n_threads, &error);
  bench_halt (&meter);
  sound = store != NULL && sf_store_n_rows (store, &error) == n_runs (sweep);
  g_unlink (path);
  *seconds = *seconds > 0 ? MIN (*seconds, meter.seconds) : meter.seconds;
  bench_meter_clear (&meter);
  if (!sound)
    fprintf (stderr, "bench: sweep: %s\n", error != NULL ? error->message : "runs are missing");
  return sound;
}

/* Prints a result. `alone` is the time of one thread, 0 if this is that result. */
static void
print (const char *name, const SfSweep *sweep, guint n_threads, double seconds, double alone)
{
  guint64 n = n_runs (sweep);
  BenchLine line = { .name = name, .parameters = { { "threads", n_threads }, { "n", (double) n } }, .unit = "runs/s" };
  BenchMeter meter;

  line.result = (double) n / seconds;
  line.also[0] = (BenchNumber){ "runs_s_thread", line.result / n_threads };
  if (alone > 0)
    line.also[1] = (BenchNumber){ "times_one_thread", alone / seconds };
  bench_meter_init (&meter);
  meter.seconds = seconds;
  bench_print (&line, &meter);
  bench_meter_clear (&meter);
}

/* Measures the sweep of `options` in `rounds` rounds. */
static gboolean
measure_both (const char *name, const char *folder, const SfSweepOptions *options, guint rounds)
{
  g_autoptr (SfSweep) sweep = load (folder, options);
  double one = 0, two = 0;
  gboolean sound = sweep != NULL;

  if (sweep == NULL)
    fprintf (stderr, "bench: sweep: the scenario cannot be loaded\n");
  for (guint i = 0; i < rounds && sound; i++)
    sound = measure (sweep, folder, 1, &one) && measure (sweep, folder, 2, &two);
  if (sound)
    {
      print (name, sweep, 1, one, 0);
      print (name, sweep, 2, two, one);
    }
  return sound;
}

gboolean
bench_sweep (gboolean quick)
{
  const char *varies[] = { "links.0.loss=1%",
                           quick ? "links.0.delay=1ms:50ms:2000steps" : "links.0.delay=1ms:50ms:100000steps", NULL };
  const SfSweepOptions many_runs = { .replications = quick ? 20 : 10000 };
  const SfSweepOptions many_points = { .replications = 1, .varies = varies };
  guint rounds = quick ? 1 : ROUNDS;
  g_autofree char *folder = g_dir_make_tmp ("bench-XXXXXX", NULL);
  gboolean sound = folder != NULL && measure_both ("sweep", folder, &many_runs, rounds)
                   && measure_both ("sweep-points", folder, &many_points, rounds);

  if (folder != NULL)
    g_rmdir (folder);
  return sound;
}
