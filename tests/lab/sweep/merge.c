/* SPDX-License-Identifier: MIT
 *
 * Joining shards: they must be all shards of one sweep, and the target must not be another file.
 */
#include "lab/sweep/store.h"

#include "tests/support/sweeps.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

static const char *
make_shard (const SfSweep *sweep, guint shard, guint n_shards, const char *name)
{
  const char *path = sweeps_path (name);

  g_unlink (path);
  sweeps_run (sweep, path, 1, shard, n_shards);
  return path;
}

/* Makes an empty file. */
static const char *
begin (const SfSweep *sweep, const char *name)
{
  const char *path = sweeps_path (name);

  g_unlink (path);
  sf_store_close (sweeps_open (sweep, path, 0, 1));
  return path;
}

static void
assert_not_joined (const char *const *shards, SfStoreError code, const char *part)
{
  const char *path = sweeps_path ("joined.sqlite");
  g_autoptr (GError) error = NULL;

  g_assert_false (sf_store_merge (path, shards, &error));
  sweeps_assert_error (&error, code, part);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_refused (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN), other = sweeps_load (SWEEPS_GRID "  replications: 11\n");
  const char *first = make_shard (sweep, 0, 3, "1.sqlite"), *second = make_shard (sweep, 1, 3, "2.sqlite"),
             *third = make_shard (sweep, 2, 3, "3.sqlite"), *stranger = make_shard (other, 2, 3, "4.sqlite"),
             *half = make_shard (sweep, 1, 2, "5.sqlite"), *begun = begin (sweep, "begun.sqlite");

  assert_not_joined ((const char *[]){ NULL }, SF_STORE_ERROR_SHARDS, "no shards");
  assert_not_joined ((const char *[]){ first, third, NULL }, SF_STORE_ERROR_SHARDS, "shard 2 of 3 is missing");
  assert_not_joined ((const char *[]){ first, second, first, NULL }, SF_STORE_ERROR_SHARDS, "are both shard 1");
  assert_not_joined ((const char *[]){ first, second, stranger, NULL }, SF_STORE_ERROR_SHARDS, "different sweeps");
  assert_not_joined ((const char *[]){ first, half, NULL }, SF_STORE_ERROR_SHARDS, "one of 3 shards");
  assert_not_joined ((const char *[]){ begun, NULL }, SF_STORE_ERROR_SHARDS, "not finished");
  assert_not_joined ((const char *[]){ first, second, sweeps_path ("nowhere"), NULL }, SF_STORE_ERROR_FAILED,
                     "nowhere");
  assert_not_joined ((const char *[]){ first, second, sweeps_path ("sweep.yaml"), NULL }, SF_STORE_ERROR_DAMAGED,
                     "does not hold results");
}

/* Shards of another version of the program, for which their scenario means something else. */
static void
test_version (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *path = make_shard (sweep, 0, 1, "old.sqlite");
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE sweep SET value = '0.9' WHERE key = 'version'", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (db);
  assert_not_joined ((const char *[]){ path, NULL }, SF_STORE_ERROR_OTHER_SWEEP,
                     "old.sqlite' is of version 0.9 of the program");
}

/* Joining again gives the same file; other files are not overwritten. */
static void
test_target (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *shards[] = { make_shard (sweep, 1, 2, "b.sqlite"), make_shard (sweep, 0, 2, "a.sqlite"), NULL };
  const char *path = sweeps_path ("target.sqlite"), *kept = sweeps_path ("kept.sqlite"),
             *begun = begin (sweep, "begun.sqlite");
  g_autoptr (GError) error = NULL;

  g_assert_true (sf_store_merge (path, shards, &error));
  g_rename (path, kept);
  g_assert_true (sf_store_merge (path, shards, &error));
  g_assert_true (sf_store_merge (path, shards, &error));
  g_assert_no_error (error);
  sweeps_assert_same (path, kept);
  g_assert_false (sf_store_merge (shards[1], shards, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_EXISTS, "is there already");
  g_assert_false (sf_store_merge (begun, shards, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_EXISTS, "is there already");
}

/* A program that was killed while joining has left temporary files. */
static void
test_left_over (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *shards[] = { make_shard (sweep, 0, 1, "all.sqlite"), NULL }, *path = sweeps_path ("left-over.sqlite");
  const char *left[] = { "left-over.sqlite.new", "left-over.sqlite.new-journal", "left-over.sqlite.joined",
                         "left-over.sqlite.joined-journal" };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    g_assert_true (g_file_set_contents (sweeps_path (left[i]), "half a file", -1, NULL));
  g_assert_true (sf_store_merge (path, shards, &error));
  g_assert_no_error (error);
  sweeps_assert_same (path, shards[0]);
  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    g_assert_false (g_file_test (sweeps_path (left[i]), G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/sweep_merge/refused", test_refused);
  g_test_add_func ("/sweep_merge/version", test_version);
  g_test_add_func ("/sweep_merge/target", test_target);
  g_test_add_func ("/sweep_merge/left over", test_left_over);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
