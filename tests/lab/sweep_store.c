/* SPDX-License-Identifier: MIT
 *
 * The file of results: what is committed stays, what does not belong there is refused with a reason, and nothing that goes wrong
 * costs a row that was stored.
 */
#include "lab/sweep_store.h"

#include "tests/support/sweeps.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define TEN SWEEPS_GRID "  replications: 10\n"

/* --- helpers --- */

/* Opens results that are to be refused. */
static void
assert_refused (const SfSweep *sweep, const char *path, guint shard, guint n_shards, gboolean resume, SfStoreError code,
                const char *part)
{
  g_autoptr (GError) error = NULL;
  SfStore *store = sf_store_open (path, sweep, "1.0", shard, n_shards, resume, &error);

  g_assert_null (store);
  sweeps_assert_error (&error, code, part);
}

/* Adds runs `first` … `end` - 1 of `point`: handshake-time = replication, or none for odd ones; segments = 100 × point. */
static void
add_runs (SfStore *store, guint point, guint64 first, guint64 end)
{
  g_autoptr (GError) error = NULL;

  for (guint64 i = first; i < end; i++)
    {
      const gint64 values[] = { i % 2 == 0 ? (gint64) i : SF_NO_VALUE, 100 * (gint64) point };

      sf_store_add (store, point, i, values, &error);
      g_assert_no_error (error);
    }
}

static void
commit (SfStore *store)
{
  g_autoptr (GError) error = NULL;

  sf_store_commit (store, &error);
  g_assert_no_error (error);
}

static guint64
n_rows (SfStore *store)
{
  g_autoptr (GError) error = NULL;
  guint64 n = sf_store_n_rows (store, &error);

  g_assert_no_error (error);
  return n;
}

/* Makes a file with the runs of the first point, and half of the second. */
static const char *
make_file (const SfSweep *sweep, const char *name)
{
  const char *path = sweeps_path (name);
  g_autoptr (SfStore) store = NULL;

  g_unlink (path);
  store = sweeps_open (sweep, path, 0, 1);
  add_runs (store, 0, 0, 10);
  add_runs (store, 1, 0, 5);
  commit (store);
  return path;
}

/* Does `sql` to the file behind the back of the program. */
static void
change_file (const char *path, const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

/* --- rows --- */

static void
test_commit (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  const char *path = make_file (sweep, "commit.sqlite");
  SfStore *store = sweeps_open (sweep, path, 0, 1);

  g_assert_cmpuint (n_rows (store), ==, 15);
  add_runs (store, 1, 5, 7);
  g_assert_cmpuint (n_rows (store), ==, 17);
  sf_store_close (store);
  store = sweeps_open (sweep, path, 0, 1);
  g_assert_cmpuint (n_rows (store), ==, 15);
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

/* Values in ascending order, whatever the order of the runs, with how often each is there. */
static void
test_values (void)
{
  const gint64 more[][2] = { { 2, -5 }, { SF_NO_VALUE, 100 }, { G_MAXINT64, G_MININT64 + 1 }, { 0, 100 } };
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  g_autoptr (SfStore) store = sweeps_open (sweep, make_file (sweep, "values.sqlite"), 0, 1);

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
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  g_autoptr (SfStore) store = sweeps_open (sweep, make_file (sweep, "find.sqlite"), 0, 1);
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

/* A shard counts from 1 in the file, as on the command line. */
static void
test_shard (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  const char *path = sweeps_path ("shard.sqlite");
  g_autoptr (SfStore) store = sweeps_open (sweep, path, 1, 3);
  g_autoptr (GError) error = NULL;
  guint64 shard = 0, n_shards = 0;

  g_assert_true (sf_store_shard (store, &shard, &n_shards, &error));
  g_assert_cmpuint (shard, ==, 2);
  g_assert_cmpuint (n_shards, ==, 3);
}

/* The sweep comes out of the file as it went in. */
static void
test_restore (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN), again = NULL;
  const char *path = make_file (sweep, "restore.sqlite");
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SfStore) store = sf_store_open_existing (path, &again, diag, &error);
  g_autofree char *before = sf_sweep_digest (sweep, "1.0"), *after = NULL;

  g_assert_no_error (error);
  g_assert_nonnull (store);
  after = sf_sweep_digest (again, "1.0");
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (sf_sweep_n_points (again), ==, 6);
  g_assert_cmpuint (n_rows (store), ==, 15);
}

/* --- what is refused --- */

static void
test_existing (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);

  assert_refused (sweep, make_file (sweep, "existing.sqlite"), 0, 1, FALSE, SF_STORE_ERROR_EXISTS, "holds results already");
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
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  const char *path = make_file (sweep, "other.sqlite");

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (SfSweep) other = sweeps_load (others[i].section);

      assert_refused (other, path, 0, 1, TRUE, SF_STORE_ERROR_OTHER_SWEEP, others[i].part);
    }
  assert_refused (sweep, path, 1, 2, TRUE, SF_STORE_ERROR_OTHER_SWEEP, "the shard is '1' there, and '2' here");
}

static void
test_other_version (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  const char *path = make_file (sweep, "version.sqlite");
  g_autoptr (GError) error = NULL;

  g_assert_null (sf_store_open (path, sweep, "1.1", 0, 1, TRUE, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_OTHER_SWEEP, "the version of the program is '1.0' there, and '1.1' here");
}

/* Two programs at a time would do everything twice; one may look on. */
static void
test_in_use (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN), again = NULL;
  const char *path = make_file (sweep, "in-use.sqlite");
  g_autoptr (SfStore) first = sweeps_open (sweep, path, 0, 1), reader = NULL;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GError) error = NULL;

  assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_FAILED, "another program is writing");
  add_runs (first, 1, 5, 10);
  assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_FAILED, "another program is writing");
  reader = sf_store_open_existing (path, &again, diag, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows (reader), ==, 15);
  commit (first);
  g_assert_cmpuint (n_rows (reader), ==, 20);
}

/* --- the same bytes --- */

/* Finishes the file, which has all `n` rows. */
static void
finish_with (const SfSweep *sweep, const char *path, guint64 n)
{
  g_autoptr (SfStore) store = sweeps_open (sweep, path, 0, 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (n_rows (store), ==, n);
  g_assert_true (sf_store_finish (store, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_rows (store), ==, n);
}

/* Adds the runs from `first` to `end`, counted over all points, of `sweep`, a commit after every `n`, and closes the file. */
static void
add_pieces (const SfSweep *sweep, const char *path, guint64 first, guint64 end, guint64 n)
{
  g_autoptr (SfStore) store = sweeps_open (sweep, path, 0, 1);

  for (guint64 i = first; i < end; i++)
    {
      add_runs (store, (guint) (i / sweep->replications), i % sweep->replications, i % sweep->replications + 1);
      if (i % n == n - 1)
        commit (store);
    }
  commit (store);
}

/* However many commits there were and however often the file was opened again, pages lie in it in the same way: 120 000 rows make a
 * tree of three levels, larger than what is kept in memory. */
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
  finish_with (sweep, whole, 120000);
  finish_with (sweep, pieces, 120000);
  sweeps_assert_same (whole, pieces);
}

/* A program that was killed after the last commit has not given the file its finished form; opening it again does. */
static void
test_not_sealed (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  const char *whole = sweeps_path ("sealed.sqlite"), *path = sweeps_path ("not-sealed.sqlite");
  g_autofree char *bytes = NULL;
  gsize len;

  sweeps_run (sweep, whole, 1, 0, 1);
  g_assert_true (g_file_get_contents (whole, &bytes, &len, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) len, NULL));
  change_file (path, "UPDATE sweep SET value = value WHERE key = 'complete'");
  sf_store_close (sweeps_open (sweep, path, 0, 1));
  sweeps_assert_same (whole, path);
}

/* --- damage --- */

static void
test_garbage (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  const char *path = sweeps_path ("garbage.sqlite");
  g_autofree char *noise = g_malloc (10000);
  g_autoptr (SfSweep) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();

  memset (noise, 'x', 10000);
  g_file_set_contents (path, noise, 10000, &error);
  g_assert_no_error (error);
  assert_refused (sweep, path, 0, 1, FALSE, SF_STORE_ERROR_DAMAGED, "does not hold results");
  assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_DAMAGED, "does not hold results");
  g_assert_null (sf_store_open_existing (path, &again, diag, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_DAMAGED, "does not hold results");
}

/* Another program's database is left alone. */
static void
test_foreign (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  const char *path = sweeps_path ("foreign.sqlite");

  change_file (path, "CREATE TABLE precious (id)");
  assert_refused (sweep, path, 0, 1, FALSE, SF_STORE_ERROR_DAMAGED, "does not hold results");
  assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_DAMAGED, "does not hold results");
}

/* What is left by a program that was killed before it could write anything. */
static void
test_empty (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN), again = NULL;
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

/* Cut off at any length, and with any page overwritten, the file is refused, or all that it holds is what was stored. */
static void
test_truncated (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  const char *path = make_file (sweep, "truncated.sqlite");
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  g_file_get_contents (path, &bytes, &len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (len, >, 4 * 4096);
  for (gsize cut = 4096; cut < len; cut += 4096)
    {
      g_file_set_contents (path, bytes, (gssize) cut - 1, &error);
      assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_DAMAGED, "is damaged");
      g_file_set_contents (path, bytes, (gssize) cut, &error);
      assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_DAMAGED, "is damaged");
    }
}

static void
test_overwritten (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  const char *path = make_file (sweep, "overwritten.sqlite");
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize len;

  g_file_get_contents (path, &bytes, &len, &error);
  g_assert_no_error (error);
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

/* The pages are sound, but a row is gone, or is another's. */
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
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      const char *path = make_file (sweep, "gap.sqlite");
      g_autoptr (SfStore) store = NULL;
      g_autoptr (GError) error = NULL;

      change_file (path, changes[i]);
      store = sweeps_open (sweep, path, 0, 1);
      if (sf_sweep_run (sweep, store, &options, &error))
        g_error ("'%s' was not seen", changes[i]);
      sweeps_assert_error (&error, SF_STORE_ERROR_DAMAGED, "is damaged");
    }
}

/* --- disks --- */

/* In a process whose files may have 64 KiB at most: adds runs, committing every hundred, until it fails. Returns how many are
 * committed, in hundreds; 255: it failed otherwise than it should. */
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
  if (!g_error_matches (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED) || strstr (error->message, "disk is full") == NULL)
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
  g_assert_cmpuint (n_rows (store), ==, 100 * WEXITSTATUS (status));
}

/* Makes a file of 6000 runs that is not finished, with commits after every `n`. */
static const char *
make_unfinished (const SfSweep *sweep, const char *name, guint64 n)
{
  const char *path = sweeps_path (name);
  g_autoptr (SfStore) store = sweeps_open (sweep, path, 0, 1);

  for (guint point = 0; point < 6; point++)
    for (guint64 i = 0; i < 1000; i += n)
      {
        add_runs (store, point, i, i + n);
        commit (store);
      }
  return path;
}

/* Finishes the file `path` where nothing can be written behind the first 512 bytes of a file. Returns TRUE if it fails as it should. */
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

/* The disk is full only when the file is marked as complete: every row is still there, and finishing it later gives the same bytes. */
static void
test_full_disk_at_end (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_GRID "  replications: 1000\n");
  const char *path = make_unfinished (sweep, "end.sqlite", 100), *whole = make_unfinished (sweep, "end-whole.sqlite", 1000);
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (fail_to_finish (sweep, path) ? 0 : 1);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  finish_with (sweep, path, 6000);
  finish_with (sweep, whole, 6000);
  sweeps_assert_same (path, whole);
}

static gboolean
pass_over (gpointer user G_GNUC_UNUSED, guint64 row G_GNUC_UNUSED, guint point G_GNUC_UNUSED, guint64 replication G_GNUC_UNUSED,
           const gint64 *values G_GNUC_UNUSED)
{
  return TRUE;
}

/* What was changed within a sound page is noticed by whoever reads all rows, in a complete file and in one that is to be gone on with. */
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
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    for (guint complete = 0; complete < 2; complete++)
      {
        const char *path = make_file (sweep, "changed.sqlite");
        g_autoptr (SfStore) store = NULL;
        g_autoptr (GError) error = NULL;

        if (complete)
          sweeps_run (sweep, path, 1, 0, 1);
        store = sweeps_open (sweep, path, 0, 1);
        g_assert_true (sf_store_foreach (store, pass_over, NULL, &error));
        sf_store_close (g_steal_pointer (&store));
        change_file (path, changes[i]);
        store = sweeps_open (sweep, path, 0, 1);
        g_test_message ("%s, complete: %u", changes[i], complete);
        g_assert_false (sf_store_foreach (store, pass_over, NULL, &error));
        sweeps_assert_error (&error, SF_STORE_ERROR_DAMAGED, "is damaged");
      }
}

/* A folder in which nobody may write, root excepted, who therefore becomes somebody else. */
static void
test_read_only (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  const char *path = sweeps_path ("read-only.sqlite");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (SfSweep) again = NULL;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfStore *store;
  pid_t child;
  int status;

  make_file (sweep, "read-only.sqlite");
  g_chmod (folder, 0555);
  g_chmod (path, 0444);
  child = fork ();
  if (child == 0)
    {
      if (geteuid () == 0 && setuid (65534) != 0)
        _exit (2);
      assert_refused (sweep, path, 0, 1, TRUE, SF_STORE_ERROR_FAILED, path);
      assert_refused (sweep, sweeps_path ("new.sqlite"), 0, 1, TRUE, SF_STORE_ERROR_FAILED, "new.sqlite");
      store = sf_store_open_existing (path, &again, diag, NULL);
      if (store == NULL || n_rows (store) != 15)
        _exit (3);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_chmod (folder, 0755);
  g_chmod (path, 0644);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  sf_store_close (sweeps_open (sweep, path, 0, 1));
}

/* Where there is no folder one is made; where a file stands in the way, none. */
static void
test_folder (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (TEN);
  g_autofree char *below_file = g_build_filename (make_file (sweep, "file.sqlite"), "x.sqlite", NULL);
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
  g_test_add_func ("/sweep_store/commit", test_commit);
  g_test_add_func ("/sweep_store/values", test_values);
  g_test_add_func ("/sweep_store/find", test_find);
  g_test_add_func ("/sweep_store/shard", test_shard);
  g_test_add_func ("/sweep_store/restore", test_restore);
  g_test_add_func ("/sweep_store/refused/existing", test_existing);
  g_test_add_func ("/sweep_store/refused/other sweep", test_other_sweep);
  g_test_add_func ("/sweep_store/refused/other version", test_other_version);
  g_test_add_func ("/sweep_store/refused/in use", test_in_use);
  g_test_add_func ("/sweep_store/damaged/garbage", test_garbage);
  g_test_add_func ("/sweep_store/damaged/another database", test_foreign);
  g_test_add_func ("/sweep_store/damaged/empty", test_empty);
  g_test_add_func ("/sweep_store/damaged/truncated", test_truncated);
  g_test_add_func ("/sweep_store/damaged/overwritten", test_overwritten);
  g_test_add_func ("/sweep_store/damaged/gap", test_gap);
  g_test_add_func ("/sweep_store/damaged/changed", test_changed);
  g_test_add_func ("/sweep_store/pieces", test_pieces);
  g_test_add_func ("/sweep_store/not sealed", test_not_sealed);
  g_test_add_func ("/sweep_store/disk/full", test_full_disk);
  g_test_add_func ("/sweep_store/disk/full at the end", test_full_disk_at_end);
  g_test_add_func ("/sweep_store/disk/read-only", test_read_only);
  g_test_add_func ("/sweep_store/disk/folder", test_folder);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
