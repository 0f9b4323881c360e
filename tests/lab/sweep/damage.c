/* SPDX-License-Identifier: MIT
 *
 * Damage to files of results is noticed, and a disk that is full or read-only costs no stored row.
 */
#include "lab/sweep/store.h"

#include "tests/support/sweeps.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- damage --- */

static void
test_garbage (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *path = sweeps_path ("garbage.sqlite");
  g_autofree char *noise = g_malloc (10000);
  g_autoptr (SfSweep) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();

  memset (noise, 'x', 10000);
  g_file_set_contents (path, noise, 10000, &error);
  g_assert_no_error (error);
  sweeps_assert_refused (sweep, path, 0, 1, FALSE, SF_STORE_ERROR_DAMAGED, "does not hold results");
  sweeps_assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_DAMAGED, "does not hold results");
  g_assert_null (sf_store_open_existing (path, &again, diag, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_DAMAGED, "does not hold results");
}

/* Another program's database is left alone. */
static void
test_foreign (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *path = sweeps_path ("foreign.sqlite");

  sweeps_change_file (path, "CREATE TABLE precious (id)");
  sweeps_assert_refused (sweep, path, 0, 1, FALSE, SF_STORE_ERROR_DAMAGED, "does not hold results");
  sweeps_assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_DAMAGED, "does not hold results");
}

/* The empty file of a program that was killed before it wrote anything. */
static void
test_empty (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN), again = NULL;
  const char *path = sweeps_path ("empty.sqlite");
  g_autoptr (GError) error = NULL;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfStore) store = NULL;

  g_file_set_contents (path, "", 0, &error);
  g_assert_no_error (error);
  g_assert_null (sf_store_open_existing (path, &again, diag, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_DAMAGED, "does not hold results");
  store = sf_store_open (path, sweep, "1.0", 0, 1, FALSE, &error);
  g_assert_no_error (error);
  g_assert_nonnull (store);
}

/* A file that is cut off at any length, or has any page overwritten, is refused, or holds only what was stored. */
static void
test_truncated (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *path = sweeps_make_file (sweep, "truncated.sqlite");
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  g_file_get_contents (path, &bytes, &len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (len, >, 4 * 4096);
  for (gsize cut = 4096; cut < len; cut += 4096)
    {
      g_file_set_contents (path, bytes, (gssize) cut - 1, &error);
      sweeps_assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_DAMAGED, "is damaged");
      g_file_set_contents (path, bytes, (gssize) cut, &error);
      sweeps_assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_DAMAGED, "is damaged");
    }
}

static void
test_overwritten (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *path = sweeps_make_file (sweep, "overwritten.sqlite");
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  g_file_get_contents (path, &bytes, &len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (len, >, 4 * 4096);
  for (gsize page = 0; page < len; page += 4096)
    {
      g_autofree char *damaged = g_memdup2 (bytes, len);
      g_autoptr (SfStore) store = NULL;

      memset (damaged + page, 0xA5, 4096);
      g_file_set_contents (path, damaged, (gssize) len, &error);
      store = sf_store_open (path, sweep, "1.0", 0, 1, TRUE, &error);
      g_assert_null (store);
      g_assert_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED);
      g_clear_error (&error);
    }
}

/* The pages are undamaged, but a row is missing or belongs elsewhere. */
static void
test_gap (void)
{
  static const char *const changes[] = {
    "DELETE FROM run WHERE row = 3",
    "DELETE FROM run WHERE row <= 10",
    "UPDATE run SET replication = 5 WHERE row = 15",
    "UPDATE run SET point = 2 WHERE row = 15",
    "INSERT INTO run VALUES (17, 1, 6, 1, 1)",
    "INSERT INTO run VALUES (61, 6, 0, 1, 1)",
    "INSERT INTO run VALUES (0, 0, -1, 1, 1)",
    "INSERT INTO run VALUES (-9, -1, 0, 1, 1)",
  };
  const SfSweepRunOptions options = { .n_threads = 1, .n_shards = 1 };
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      const char *path = sweeps_make_file (sweep, "gap.sqlite");
      g_autoptr (SfStore) store = NULL;
      g_autoptr (GError) error = NULL;

      sweeps_change_file (path, changes[i]);
      store = sweeps_open (sweep, path, 0, 1);
      if (sf_sweep_run (sweep, store, &options, &error))
        g_error ("'%s' was not seen", changes[i]);
      sweeps_assert_error (&error, SF_STORE_ERROR_DAMAGED, "is damaged");
    }
}

/* --- disks --- */

/* Runs in a process whose files may have at most 64 KiB: adds runs, committing every hundred, until that fails. Returns
 * the committed runs in hundreds; 255 after a wrong error. */
static int
fill_disk (const SfSweep *sweep, const char *path)
{
  const struct rlimit limit = { 65536, 65536 };
  const gint64 values[] = { G_MAXINT64, G_MAXINT64 };
  g_autoptr (GError) error = NULL;
  SfStore *store;
  int committed = 0;

  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &limit);
  store = sf_store_open (path, sweep, "1.0", 0, 1, FALSE, &error);
  for (guint64 i = 0; store != NULL && i < 1000000; i++)
    {
      if (!sf_store_add (store, 0, i, values, &error))
        break;
      if (i % 100 == 99)
        {
          if (!sf_store_commit (store, &error))
            break;
          committed++;
        }
    }
  if (!g_error_matches (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED)
      || strstr (error->message, "disk is full") == NULL)
    return 255;
  return committed;
}

static void
test_full_disk (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load ("  measure: [handshake-time, segments]\n  replications: 1000000\n");
  const char *path = sweeps_path ("full.sqlite");
  g_autoptr (SfStore) store = NULL;
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (fill_disk (sweep, path));
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), >, 0);
  g_assert_cmpint (WEXITSTATUS (status), <, 255);
  store = sweeps_open (sweep, path, 0, 1);
  g_assert_cmpuint (sweeps_n_rows (store), ==, 100 * WEXITSTATUS (status));
}

/* Makes an unfinished file of 6000 runs, with a commit after every `n`. */
static const char *
make_unfinished (const SfSweep *sweep, const char *name, guint64 n)
{
  const char *path = sweeps_path (name);
  g_autoptr (SfStore) store = sweeps_open (sweep, path, 0, 1);

  for (guint point = 0; point < 6; point++)
    for (guint64 i = 0; i < 1000; i += n)
      {
        sweeps_add_runs (store, point, i, i + n);
        sweeps_commit (store);
      }
  return path;
}

/* Finishes file `path` while files can have only 512 bytes. TRUE if it fails as it should. */
static gboolean
fail_to_finish (const SfSweep *sweep, const char *path)
{
  const struct rlimit limit = { 512, 512 };
  g_autoptr (SfStore) store = sweeps_open (sweep, path, 0, 1);
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &limit);
  return !sf_store_finish (store, &error) && g_error_matches (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED)
         && !sf_store_is_complete (store);
}

/* The disk becomes full when the file is marked as complete: every row is still there, and finishing it later gives the
 * same bytes. */
static void
test_full_disk_at_end (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_GRID "  replications: 1000\n");
  const char *path = make_unfinished (sweep, "end.sqlite", 100),
             *whole = make_unfinished (sweep, "end-whole.sqlite", 1000);
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (fail_to_finish (sweep, path) ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  sweeps_finish (sweep, path, 6000);
  sweeps_finish (sweep, whole, 6000);
  sweeps_assert_same (path, whole);
}

static gboolean
pass_over (gpointer user G_GNUC_UNUSED, guint64 row G_GNUC_UNUSED, guint point G_GNUC_UNUSED,
           guint64 replication G_GNUC_UNUSED, const gint64 *values G_GNUC_UNUSED)
{
  return TRUE;
}

/* A value changed within an undamaged page is noticed when all rows are read, both in a complete file and when one is
 * resumed. */
static void
test_changed (void)
{
  static const char *const changes[] = {
    "UPDATE run SET segments = segments + 1 WHERE row = 12",
    "UPDATE run SET segments = NULL WHERE row = 12",
    "UPDATE run SET segments = 'abc' WHERE row = 1",
    "UPDATE run SET \"handshake-time\" = segments, segments = \"handshake-time\" WHERE row = 3",
    "DELETE FROM run WHERE row = 15",
    "UPDATE sweep SET value = '0000000000000000' WHERE key = 'checksum'",
  };
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    for (guint complete = 0; complete < 2; complete++)
      {
        const char *path = sweeps_make_file (sweep, "changed.sqlite");
        g_autoptr (SfStore) store = NULL;
        g_autoptr (GError) error = NULL;

        if (complete)
          sweeps_run (sweep, path, 1, 0, 1);
        store = sweeps_open (sweep, path, 0, 1);
        g_assert_true (sf_store_foreach (store, pass_over, NULL, &error));
        sf_store_close (g_steal_pointer (&store));
        sweeps_change_file (path, changes[i]);
        store = sweeps_open (sweep, path, 0, 1);
        g_test_message ("%s, complete: %u", changes[i], complete);
        g_assert_false (sf_store_foreach (store, pass_over, NULL, &error));
        sweeps_assert_error (&error, SF_STORE_ERROR_DAMAGED, "is damaged");
      }
}

/* A folder without permission to write. It does not stop root, so the test becomes another user first. */
static void
test_read_only (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  const char *path = sweeps_path ("read-only.sqlite");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (SfSweep) again = NULL;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfStore *store;
  pid_t child;
  int status;

  sweeps_make_file (sweep, "read-only.sqlite");
  g_chmod (folder, 0555);
  g_chmod (path, 0444);
  child = fork ();
  if (child == 0)
    {
      if (geteuid () == 0 && setuid (65534) != 0)
        _exit (2);
      sweeps_assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_FAILED, path);
      sweeps_assert_refused (sweep, sweeps_path ("new.sqlite"), 0, 1, TRUE, SF_STORE_ERROR_FAILED, "new.sqlite");
      store = sf_store_open_existing (path, &again, diag, NULL);
      if (store == NULL || sweeps_n_rows (store) != 15)
        _exit (3);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_chmod (folder, 0755);
  g_chmod (path, 0644);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  sf_store_close (sweeps_open (sweep, path, 0, 1));
}

/* A missing folder is made, unless a file is in its place. */
static void
test_folder (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_TEN);
  g_autofree char *below_file = g_build_filename (sweeps_make_file (sweep, "file.sqlite"), "x.sqlite", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (sf_store_open (below_file, sweep, "1.0", 0, 1, FALSE, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/sweep_damage/damaged/garbage", test_garbage);
  g_test_add_func ("/sweep_damage/damaged/another database", test_foreign);
  g_test_add_func ("/sweep_damage/damaged/empty", test_empty);
  g_test_add_func ("/sweep_damage/damaged/truncated", test_truncated);
  g_test_add_func ("/sweep_damage/damaged/overwritten", test_overwritten);
  g_test_add_func ("/sweep_damage/damaged/gap", test_gap);
  g_test_add_func ("/sweep_damage/damaged/changed", test_changed);
  g_test_add_func ("/sweep_damage/disk/full", test_full_disk);
  g_test_add_func ("/sweep_damage/disk/full at the end", test_full_disk_at_end);
  g_test_add_func ("/sweep_damage/disk/read-only", test_read_only);
  g_test_add_func ("/sweep_damage/disk/folder", test_folder);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
