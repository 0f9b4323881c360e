/* SPDX-License-Identifier: MIT
 *
 * The finished file depends on nothing but the sweep: it has the same bytes for any number of threads and shards, and
 * after any number of stops, kills and resumptions.
 */
#include "lab/sweep/threads.h"

#include "lab/report/simulation.h"
#include "lab/sweep/point_stats.h"
#include "tests/support/sweeps.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* 600 replications are three units per point; the last is short. */
#define PLAIN SWEEPS_GRID "  replications: 600\n"

/* Every point needs another number of replications. */
#define PRECISE SWEEPS_GRID "  replications: 1000\n  precision: {of: segments, to: 2%}\n"

static const char *const sections[] = { PLAIN, PRECISE };

/* The files of one thread without interruption, by section. */
static const char *references[G_N_ELEMENTS (sections)];

static void
make_references (void)
{
  const char *const names[] = { "plain.sqlite", "precise.sqlite" };

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autoptr (SfSweep) sweep = sweeps_load (sections[i]);

      references[i] = sweeps_path (names[i]);
      sweeps_run (sweep, references[i], 1, 0, 1);
    }
}

/* --- what is stored --- */

typedef struct
{
  const SfSweep *sweep;
  guint64 n;
  SfRun *run; /* of the point */
  guint point;
} Repeat;

/* An SfStoreTake: asserts that a row is what its point and replication give on their own. */
static gboolean
repeat_row (gpointer user, guint64 row, guint point, guint64 replication, const gint64 *values)
{
  Repeat *repeat = user;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfTrace) trace = NULL;
  gint64 here[2];

  g_assert_cmpuint (row, ==, point * repeat->sweep->replications + replication + 1);
  if (repeat->run == NULL || repeat->point != point)
    {
      sf_run_free (repeat->run);
      repeat->run = sf_sweep_load_point (repeat->sweep, point, diag);
      repeat->point = point;
    }
  trace = sf_simulate (repeat->run->scenario, replication);
  sf_sweep_measure (repeat->sweep, repeat->run, trace, here);
  g_assert_cmpint (here[0], ==, values[0]);
  g_assert_cmpint (here[1], ==, values[1]);
  repeat->n++;
  return TRUE;
}

static void
test_rows (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (PLAIN);
  g_autoptr (SfStore) store = sweeps_open (sweep, references[0], 0, 1);
  g_autoptr (GError) error = NULL;
  Repeat repeat = { .sweep = sweep };

  g_assert_true (sf_store_is_complete (store));
  sf_store_foreach (store, repeat_row, &repeat, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (repeat.n, ==, 6 * 600);
  sf_run_free (repeat.run);
}

/* Without loss all runs of a point are equal: a handshake of one round trip. And all points have the same random
 * numbers. */
static void
test_values (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (PLAIN);
  g_autoptr (SfStore) store = sweeps_open (sweep, references[0], 0, 1);
  g_autoptr (SfPointStats) point_stats = sf_point_stats_new (store, sweep, 1, NULL);
  const SfStats *stats = sf_point_stats_of (point_stats, 0);

  g_assert_cmpuint (stats[0].n, ==, 600);
  g_assert_cmpfloat (stats[0].mean, ==, 10e6);
  g_assert_cmpfloat (stats[0].sd, ==, 0);
  g_assert_cmpfloat (stats[1].mean, ==, 100e6);
}

/* Six of ten segments are lost: in some of 600 runs the SYN or its answer eight times in a row. */
static void
test_missing (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (PLAIN);
  g_autoptr (SfStore) store = sweeps_open (sweep, references[0], 0, 1);
  g_autoptr (SfPointStats) point_stats = sf_point_stats_new (store, sweep, 1, NULL);
  const SfStats *stats = &sf_point_stats_of (point_stats, 0)[4];

  g_assert_cmpuint (stats->n + stats->missing, ==, 600);
  g_assert_cmpuint (stats->missing, >, 0);
}

/* --- precision --- */

static gboolean
add_value (gpointer user, guint64 row G_GNUC_UNUSED, guint point G_GNUC_UNUSED, guint64 replication,
           const gint64 *values)
{
  SfMoments *moments = user;

  /* There is a further row, so the runs before were not enough. */
  if (replication > 0 && replication % 100 == 0)
    g_assert_false (sf_moments_precise (moments, FALSE, 0.02));
  sf_moments_add (moments, values[1], 1);
  return TRUE;
}

/* A point stops at the first multiple of 100 replications that is enough. */
static void
test_precision (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (PRECISE);
  g_autoptr (SfStore) store = sweeps_open (sweep, references[1], 0, 1);
  g_autoptr (GError) error = NULL;
  guint64 fewest = G_MAXUINT64, most = 0;

  for (guint point = 0; point < 6; point++)
    {
      SfMoments moments = { 0 };
      guint64 n, sum;

      g_assert_true (sf_store_check_point (store, point, &n, &sum, &error));
      g_assert_cmpuint (n % 100, ==, 0);
      g_assert_true (sf_store_foreach_at (store, point, add_value, &moments, &error));
      g_assert_cmpuint (moments.n, ==, n);
      g_assert_true (n == 1000 || sf_moments_precise (&moments, FALSE, 0.02));
      fewest = MIN (fewest, n);
      most = MAX (most, n);
    }
  g_assert_cmpuint (fewest, ==, 100);
  g_assert_cmpuint (most, >, 100);
}

/* --- threads and shards --- */

static void
test_threads (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    for (guint n_threads = 2; n_threads <= 3; n_threads++)
      {
        g_autoptr (SfSweep) sweep = sweeps_load (sections[i]);
        const char *path = sweeps_path ("threads.sqlite");

        sweeps_run (sweep, path, n_threads, 0, 1);
        sweeps_assert_same (path, references[i]);
        unlink (path);
      }
}

/* Runs the shards, number n on n threads, and joins them, the last one first. */
static void
run_shards (const SfSweep *sweep, guint n_shards, const char *path)
{
  g_autoptr (GError) error = NULL;
  const char *shards[5] = { NULL };

  for (guint shard = 0; shard < n_shards; shard++)
    {
      g_autofree char *name = g_strdup_printf ("shard-%u.sqlite", shard);

      shards[n_shards - 1 - shard] = sweeps_path (name);
      sweeps_run (sweep, shards[n_shards - 1 - shard], shard + 1, shard, n_shards);
    }
  sf_store_merge (path, shards, &error);
  g_assert_no_error (error);
  for (guint shard = 0; shard < n_shards; shard++)
    unlink (shards[shard]);
}

static void
test_shards (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    for (guint n_shards = 1; n_shards <= 4; n_shards++)
      {
        g_autoptr (SfSweep) sweep = sweeps_load (sections[i]);
        const char *path = sweeps_path ("joined.sqlite");

        run_shards (sweep, n_shards, path);
        sweeps_assert_same (path, references[i]);
        unlink (path);
      }
}

/* More shards than units: most have no runs. */
static void
test_empty_shards (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load ("  replications: 10\n  measure: [segments]\n");
  const char *whole = sweeps_path ("whole.sqlite"), *joined = sweeps_path ("joined.sqlite");

  sweeps_run (sweep, whole, 2, 0, 1);
  run_shards (sweep, 3, joined);
  sweeps_assert_same (whole, joined);
  unlink (whole);
  unlink (joined);
}

/* --- interruptions --- */

typedef struct
{
  guint64 stop_at, last, total;
} Watch;

static gboolean
watch (gpointer user, guint64 done, guint64 total)
{
  Watch *seen = user;

  g_assert_cmpuint (done, >=, seen->last);
  g_assert_cmpuint (done, <=, total);
  seen->last = done;
  seen->total = total;
  return FALSE;
}

/* The caller stops the sweep again and again, at the first call of its callback. */
static void
test_stop (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autoptr (SfSweep) sweep = sweeps_load (sections[i]);
      const char *path = sweeps_path ("stopped.sqlite");
      Watch seen = { 0 };
      guint64 stored = 0;

      for (guint round = 0; round < 10; round++)
        {
          const SfSweepRunOptions options = {
            .n_threads = 1 + round % 2, .n_shards = 1, .progress = watch, .user = &seen
          };
          g_autoptr (SfStore) store = sweeps_open (sweep, path, 0, 1);
          g_autoptr (GError) error = NULL;

          seen.last = stored;
          if (sf_sweep_run (sweep, store, &options, &error))
            break;
          sweeps_assert_error (&error, SF_STORE_ERROR_STOPPED, "stopped");
          stored = sf_store_n_rows (store, &error);
          g_assert_cmpuint (stored, ==, seen.last);
        }
      g_assert_cmpuint (stored, >, 0);
      sweeps_run (sweep, path, 2, 0, 1);
      sweeps_assert_same (path, references[i]);
      unlink (path);
    }
}

/* The same with a shard, whose units are not consecutive. */
static void
test_stop_shard (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (PLAIN);
  const char *stopped = sweeps_path ("stopped.sqlite"), *whole = sweeps_path ("whole.sqlite");

  for (guint round = 0; round < 5; round++)
    {
      Watch seen = { 0 };
      const SfSweepRunOptions options = { .n_threads = 1, .shard = 1, .n_shards = 2, .progress = watch, .user = &seen };
      g_autoptr (SfStore) store = sweeps_open (sweep, stopped, 1, 2);
      g_autoptr (GError) error = NULL;

      g_assert_false (sf_sweep_run (sweep, store, &options, &error));
      sweeps_assert_error (&error, SF_STORE_ERROR_STOPPED, "stopped");
      g_assert_cmpuint (seen.total, ==, 6 * 300);
    }
  sweeps_run (sweep, stopped, 1, 1, 2);
  sweeps_run (sweep, whole, 1, 1, 2);
  sweeps_assert_same (stopped, whole);
  unlink (stopped);
  unlink (whole);
}

/* Writes a byte to the pipe `user`. */
static gboolean
tell (gpointer user, guint64 done G_GNUC_UNUSED, guint64 total G_GNUC_UNUSED)
{
  return write (GPOINTER_TO_INT (user), ".", 1) == 1;
}

/* Runs the sweep in a child process, which commits all the time and reports that through the pipe `to`. */
static pid_t
begin_child (const SfSweep *sweep, const char *path, guint n_threads, int to)
{
  const SfSweepRunOptions options = {
    .n_threads = n_threads, .n_shards = 1, .progress = tell, .user = GINT_TO_POINTER (to), .commit_every = 1
  };
  pid_t child = fork ();
  SfStore *store;

  g_assert_cmpint (child, >=, 0);
  if (child > 0)
    return child;
  store = sf_store_open (path, sweep, "1.0", 0, 1, TRUE, NULL);
  _exit (store != NULL && sf_sweep_run (sweep, store, &options, NULL) ? 0 : 1);
}

/* Runs the sweep in a process that is killed some time after its first runs are stored. TRUE: it was not done yet. */
static gboolean
run_and_kill (const SfSweep *sweep, const char *path, guint round)
{
  int ends[2], status;
  pid_t child;
  char byte;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = begin_child (sweep, path, 1 + round % 3, ends[1]);
  close (ends[1]);
  g_assert_cmpint (read (ends[0], &byte, 1), >=, 0); /* 0: it has ended */
  for (guint i = 0; i < 100 * round; i++)
    g_thread_yield ();
  kill (child, SIGKILL);
  close (ends[0]);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) || WEXITSTATUS (status) == 0);
  return WIFSIGNALED (status);
}

static void
test_killed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      g_autoptr (SfSweep) sweep = sweeps_load (sections[i]);
      const char *path = sweeps_path ("killed.sqlite");
      guint n_killed = 0;

      for (guint round = 0; round < 12; round++)
        n_killed += run_and_kill (sweep, path, round);
      g_assert_cmpuint (n_killed, >, 0);
      sweeps_run (sweep, path, 2, 0, 1);
      sweeps_assert_same (path, references[i]);
      unlink (path);
    }
}

/* A finished sweep is not run again. */
static void
test_again (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (PLAIN);
  const SfSweepRunOptions options = { .n_shards = 1, .progress = watch };
  g_autoptr (SfStore) store = sweeps_open (sweep, references[0], 0, 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (sf_sweep_run (sweep, store, &options, &error));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  make_references ();
  g_test_add_func ("/sweep_run/rows", test_rows);
  g_test_add_func ("/sweep_run/values", test_values);
  g_test_add_func ("/sweep_run/missing values", test_missing);
  g_test_add_func ("/sweep_run/precision", test_precision);
  g_test_add_func ("/sweep_run/threads", test_threads);
  g_test_add_func ("/sweep_run/shards", test_shards);
  g_test_add_func ("/sweep_run/shards/empty", test_empty_shards);
  g_test_add_func ("/sweep_run/stopped", test_stop);
  g_test_add_func ("/sweep_run/stopped/shard", test_stop_shard);
  g_test_add_func ("/sweep_run/killed", test_killed);
  g_test_add_func ("/sweep_run/again", test_again);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
