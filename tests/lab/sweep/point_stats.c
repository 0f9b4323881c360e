/* SPDX-License-Identifier: MIT
 *
 * Statistics of all points: the same with any number of threads, and damage is noticed.
 */
#include "lab/sweep/point_stats.h"
#include "tests/support/sweeps.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static SfPointStats *
sum_up (SfStore *store, const SfSweep *sweep, guint n_threads)
{
  g_autoptr (GError) error = NULL;
  SfPointStats *point_stats = sf_point_stats_new (store, sweep, n_threads, &error);

  g_assert_no_error (error);
  g_assert_nonnull (point_stats);
  return point_stats;
}

/* The sum of the values of a point. */
typedef struct
{
  guint measure;
  guint64 n, missing;
  double sum;
} Sum;

static gboolean
add_run (gpointer user, guint64 row G_GNUC_UNUSED, guint point G_GNUC_UNUSED, guint64 replication G_GNUC_UNUSED,
         const gint64 *values)
{
  Sum *sum = user;

  if (values[sum->measure] == SF_NO_VALUE)
    sum->missing++;
  else
    {
      sum->n++;
      sum->sum += (double) values[sum->measure];
    }
  return TRUE;
}

/* Every point and measure is at its place, with any number of threads. */
static void
test_places (void)
{
  const guint n_threads[] = { 0, 1, 2, 5, 1000 };
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_GRID "  replications: 20\n");
  const char *path = sweeps_path ("places.sqlite");
  g_autoptr (SfStore) store = NULL;

  sweeps_run (sweep, path, 2, 0, 1);
  store = sweeps_open (sweep, path, 0, 1);
  for (guint t = 0; t < G_N_ELEMENTS (n_threads); t++)
    {
      g_autoptr (SfPointStats) point_stats = sum_up (store, sweep, n_threads[t]);

      for (guint point = 0; point < sf_sweep_n_points (sweep); point++)
        for (guint measure = 0; measure < sweep->measures->len; measure++)
          {
            const SfStats *stats = &sf_point_stats_of (point_stats, measure)[point];
            Sum sum = { .measure = measure };

            g_assert_true (sf_store_foreach_at (store, point, add_run, &sum, NULL));
            g_assert_cmpuint (stats->n, ==, sum.n);
            g_assert_cmpuint (stats->missing, ==, sum.missing);
            g_assert_cmpfloat_with_epsilon (stats->mean * (double) sum.n, sum.sum, 1e-9 * sum.sum);
          }
    }
}

/* With much loss some handshakes fail: 20 runs have a value or none. */
static void
test_missing (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_GRID "  replications: 20\n");
  const char *path = sweeps_path ("missing.sqlite");
  g_autoptr (SfStore) store = NULL;
  g_autoptr (SfPointStats) point_stats = NULL;
  guint64 missing = 0;

  sweeps_run (sweep, path, 1, 0, 1);
  store = sweeps_open (sweep, path, 0, 1);
  point_stats = sum_up (store, sweep, 2);
  for (guint point = 0; point < sf_sweep_n_points (sweep); point++)
    {
      const SfStats *times = &sf_point_stats_of (point_stats, 0)[point];

      g_assert_cmpuint (times->n + times->missing, ==, 20);
      missing += times->missing;
    }
  g_assert_cmpuint (sf_point_stats_of (point_stats, 0)[0].missing, ==, 0);
  g_assert_cmpuint (missing, >, 0);
}

/* A row at a wrong place is noticed. */
static void
test_damaged (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_GRID "  replications: 20\n");
  const char *path = sweeps_path ("damaged.sqlite");
  sqlite3 *db;

  sweeps_run (sweep, path, 1, 0, 1);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE run SET point = 3 WHERE row = 90", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
  for (guint n_threads = 1; n_threads <= 3; n_threads++)
    {
      g_autoptr (SfStore) store = sweeps_open (sweep, path, 0, 1);
      g_autoptr (GError) error = NULL;

      g_assert_null (sf_point_stats_new (store, sweep, n_threads, &error));
      sweeps_assert_error (&error, SF_STORE_ERROR_DAMAGED, "is damaged");
    }
}

/* The file disappears before the other threads open it. */
static void
test_gone (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_GRID "  replications: 20\n");
  const char *path = sweeps_path ("gone.sqlite");
  g_autoptr (SfStore) store = NULL;
  g_autoptr (GError) error = NULL;

  sweeps_run (sweep, path, 1, 0, 1);
  store = sweeps_open (sweep, path, 0, 1);
  g_unlink (path);
  g_assert_null (sf_store_open_again (store, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_FAILED, "gone.sqlite");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/sweep_summary/places", test_places);
  g_test_add_func ("/sweep_summary/missing", test_missing);
  g_test_add_func ("/sweep_summary/damaged", test_damaged);
  g_test_add_func ("/sweep_summary/gone", test_gone);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
