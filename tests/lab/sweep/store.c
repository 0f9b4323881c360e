/* SPDX-License-Identifier: MIT
 *
 * The file of results: committed rows stay, files with something else are refused with a reason, and the same rows give
 * the same bytes.
 */
#include "lab/sweep/store.h"

#include "tests/support/sweeps.h"

#include <glib/gstdio.h>
#include <string.h>

/* --- rows --- */

static void
test_commit (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *path = sweeps_make_file (sweep, "commit.sqlite");
  SfStore *store = sweeps_open (sweep, path, 0, 1);

  g_assert_cmpuint (sweeps_n_rows (store), ==, 15);
  sweeps_add_runs (store, 1, 5, 7);
  g_assert_cmpuint (sweeps_n_rows (store), ==, 17);
  sf_store_close (store);
  store = sweeps_open (sweep, path, 0, 1);
  g_assert_cmpuint (sweeps_n_rows (store), ==, 15);
  g_assert_false (sf_store_is_complete (store));
  sf_store_close (store);
}

static guint64
n_runs (SfStore *store, guint point)
{
  g_autoptr (GError) error = NULL;
  guint64 n, sum;

  g_assert_true (sf_store_check_point (store, point, &n, &sum, &error));
  g_assert_no_error (error);
  return n;
}

static void
write_value (gpointer user, gint64 value, guint64 n)
{
  if (value == SF_NO_VALUE)
    g_string_append_printf (user, "none: %" G_GUINT64_FORMAT "; ", n);
  else
    g_string_append_printf (user, "%" G_GINT64_FORMAT ": %" G_GUINT64_FORMAT "; ", value, n);
}

static void
assert_values (SfStore *store, guint point, guint measure, const char *expected)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (sf_store_foreach_value (store, point, measure, write_value, text, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (text->str, ==, expected);
}

/* Values come in ascending order, whatever the order of the runs, with the number of runs that have each. */
static void
test_values (void)
{
  const gint64 more[][2] = { { 2, -5 }, { SF_NO_VALUE, 100 }, { G_MAXINT64, G_MININT64 + 1 }, { 0, 100 } };
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  g_autoptr (SfStore) store = sweeps_open (sweep, sweeps_make_file (sweep, "values.sqlite"), 0, 1);

  g_assert_cmpuint (n_runs (store, 0), ==, 10);
  g_assert_cmpuint (n_runs (store, 1), ==, 5);
  g_assert_cmpuint (n_runs (store, 5), ==, 0);
  assert_values (store, 1, 0, "none: 2; 0: 1; 2: 1; 4: 1; ");
  assert_values (store, 1, 1, "100: 5; ");
  assert_values (store, 2, 0, "");
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    g_assert_true (sf_store_add (store, 1, 5 + i, more[i], NULL));
  assert_values (store, 1, 0, "none: 3; 0: 2; 2: 2; 4: 1; 9223372036854775807: 1; ");
  assert_values (store, 1, 1, "-9223372036854775807: 1; -5: 1; 100: 7; ");
}

static void
test_find (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  g_autoptr (SfStore) store = sweeps_open (sweep, sweeps_make_file (sweep, "find.sqlite"), 0, 1);
  g_autoptr (GError) error = NULL;
  guint64 replication;
  gint64 values[2];
  guint point;

  g_assert_true (sf_store_find (store, 1, &point, &replication, values, &error));
  g_assert_true (point == 0 && replication == 0 && values[0] == 0 && values[1] == 0);
  g_assert_true (sf_store_find (store, 13, &point, &replication, values, &error));
  g_assert_true (point == 1 && replication == 2 && values[0] == 2 && values[1] == 100);
  g_assert_false (sf_store_find (store, 16, &point, &replication, values, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_NO_ROW, "no row 16");
  g_assert_false (sf_store_find (store, G_MAXUINT64, &point, &replication, values, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_NO_ROW, "no row");
}

/* The file numbers shards from 1, as the command line does. */
static void
test_shard (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *path = sweeps_path ("shard.sqlite");
  g_autoptr (SfStore) store = sweeps_open (sweep, path, 1, 3);
  g_autoptr (GError) error = NULL;
  guint64 shard = 0, n_shards = 0;

  g_assert_true (sf_store_shard (store, &shard, &n_shards, &error));
  g_assert_cmpuint (shard, ==, 2);
  g_assert_cmpuint (n_shards, ==, 3);
}

/* The sweep rebuilt from a file is the stored one. */
static void
test_restore (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN), again = NULL;
  const char *path = sweeps_make_file (sweep, "restore.sqlite");
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SfStore) store = sf_store_open_existing (path, &again, diag, &error);
  g_autofree char *before = sf_sweep_digest (sweep, "1.0"), *after = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (store);
  after = sf_sweep_digest (again, "1.0");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (sf_sweep_n_points (again), ==, 6);
  g_assert_cmpuint (sweeps_n_rows (store), ==, 15);
}

/* --- what is refused --- */

static void
test_existing (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);

  sweeps_assert_refused (sweep, sweeps_make_file (sweep, "existing.sqlite"), 0, 1, FALSE, SF_STORE_ERROR_EXISTS,
                         "holds results already");
}

static void
test_other_sweep (void)
{
  static const struct
  {
    const char *section;
    const char *part;
  } others[] = {
    { SWEEPS_GRID "  replications: 11\n", "the number of replications is '10' there, and '11' here" },
    { "  vary: {links.0.loss: [0%, 20%]}\n  measure: [handshake-time, segments]\n  replications: 10\n",
      "what varies is not the same" },
    { SWEEPS_GRID "  replications: 10\n  precision: {of: segments, to: 5%}\n", "the precision is '' there" },
    { SWEEPS_GRID "  replications: 10\n  # the same otherwise\n", "the scenario is not the same" },
  };
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *path = sweeps_make_file (sweep, "other.sqlite");

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (SfSweep) other = sweeps_load (others[i].section);

      sweeps_assert_refused (other, path, 0, 1, TRUE, SF_STORE_ERROR_OTHER_SWEEP, others[i].part);
    }
  sweeps_assert_refused (sweep, path, 1, 2, TRUE, SF_STORE_ERROR_OTHER_SWEEP, "the shard is '1' there, and '2' here");
}

static void
test_other_version (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *path = sweeps_make_file (sweep, "version.sqlite");
  g_autoptr (GError) error = NULL;

  g_assert_null (sf_store_open (path, sweep, "1.1", 0, 1, TRUE, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_OTHER_SWEEP, "the version of the program is '1.0' there, and '1.1' here");
}

/* Two programs must not write at a time; but one may read. */
static void
test_in_use (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN), again = NULL;
  const char *path = sweeps_make_file (sweep, "in-use.sqlite");
  g_autoptr (SfStore) first = sweeps_open (sweep, path, 0, 1), reader = NULL;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GError) error = NULL;

  sweeps_assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_FAILED, "another program is writing");
  sweeps_add_runs (first, 1, 5, 10);
  sweeps_assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_FAILED, "another program is writing");
  reader = sf_store_open_existing (path, &again, diag, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sweeps_n_rows (reader), ==, 15);
  sweeps_commit (first);
  g_assert_cmpuint (sweeps_n_rows (reader), ==, 20);
}

/* --- the same bytes --- */

/* Adds the runs `first` to `end` - 1 of `sweep`, numbered over all points, commits after every `n`, and closes the
 * file. */
static void
add_pieces (const SfSweep *sweep, const char *path, guint64 first, guint64 end, guint64 n)
{
  g_autoptr (SfStore) store = sweeps_open (sweep, path, 0, 1);

  for (guint64 i = first; i < end; i++)
    {
      sweeps_add_runs (store, (guint) (i / sweep->replications), i % sweep->replications, i % sweep->replications + 1);
      if (i % n == n - 1)
        sweeps_commit (store);
    }
  sweeps_commit (store);
}

/* The order of pages does not depend on the number of commits, and not on reopening the file. 120 000 rows make a tree
 * of three levels, larger than SQLite's cache. */
static void
test_pieces (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_GRID "  replications: 20000\n");
  const char *whole = sweeps_path ("whole.sqlite"), *pieces = sweeps_path ("pieces.sqlite");
  const guint64 ends[] = { 1, 2, 300, 301, 40000, 77777, 120000 };
  guint64 n = 0;

  add_pieces (sweep, whole, 0, 120000, 120000);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      add_pieces (sweep, pieces, n, ends[i], 977 + 100 * i);
      n = ends[i];
    }
  sweeps_finish (sweep, whole, 120000);
  sweeps_finish (sweep, pieces, 120000);
  sweeps_assert_same (whole, pieces);
}

/* A program that was killed after the last commit has not sealed the file. Opening it again does. */
static void
test_not_sealed (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *whole = sweeps_path ("sealed.sqlite"), *path = sweeps_path ("not-sealed.sqlite");
  g_autofree char *bytes = NULL;
  gsize len;

  sweeps_run (sweep, whole, 1, 0, 1);
  g_assert_true (g_file_get_contents (whole, &bytes, &len, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) len, NULL));
  sweeps_change_file (path, "UPDATE sweep SET value = value WHERE key = 'complete'");
  sf_store_close (sweeps_open (sweep, path, 0, 1));
  sweeps_assert_same (whole, path);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/sweep_store/commit", test_commit);
  g_test_add_func ("/sweep_store/values", test_values);
  g_test_add_func ("/sweep_store/find", test_find);
  g_test_add_func ("/sweep_store/shard", test_shard);
  g_test_add_func ("/sweep_store/restore", test_restore);
  g_test_add_func ("/sweep_store/refused/existing", test_existing);
  g_test_add_func ("/sweep_store/refused/other sweep", test_other_sweep);
  g_test_add_func ("/sweep_store/refused/other version", test_other_version);
  g_test_add_func ("/sweep_store/refused/in use", test_in_use);
  g_test_add_func ("/sweep_store/pieces", test_pieces);
  g_test_add_func ("/sweep_store/not sealed", test_not_sealed);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
