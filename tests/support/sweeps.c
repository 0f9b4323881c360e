/* SPDX-License-Identifier: MIT */
#include "tests/support/sweeps.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static char *folder;
static GPtrArray *paths;

void
sweeps_begin (void)
{
  g_autoptr (GError) error = NULL;

  folder = g_dir_make_tmp ("sweeps-XXXXXX", &error);
  g_assert_no_error (error);
  paths = g_ptr_array_new_with_free_func (g_free);
}

void
sweeps_end (void)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
  g_ptr_array_unref (paths);
}

const char *
sweeps_path (const char *name)
{
  char *path = g_build_filename (folder, name, NULL);

  g_ptr_array_add (paths, path);
  return path;
}

SfSweep *
sweeps_parse (const char *text, const SfSweepOptions *options, SfDiagnostics *diag)
{
  const char *path = sweeps_path ("sweep.yaml");
  SfSweepOptions named = *options;
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  named.run.name = SWEEPS_FILE;
  return sf_sweep_load (path, &named, diag);
}

SfSweep *
sweeps_make (const char *text, const SfSweepOptions *options)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfSweep *sweep = sweeps_parse (text, options, diag);

  if (sweep == NULL)
    g_error ("%s", sf_diagnostic_format (sf_diagnostics_error (diag)));
  return sweep;
}

SfSweep *
sweeps_load (const char *section)
{
  g_autofree char *text = g_strconcat (SWEEPS_SCENARIO "sweep:\n", section, NULL);

  return sweeps_make (text, &(SfSweepOptions){ 0 });
}

SfStore *
sweeps_open (const SfSweep *sweep, const char *path, guint shard, guint n_shards)
{
  g_autoptr (GError) error = NULL;
  SfStore *store = sf_store_open (path, sweep, "1.0", shard, n_shards, TRUE, &error);

  g_assert_no_error (error);
  return store;
}

void
sweeps_run (const SfSweep *sweep, const char *path, guint n_threads, guint shard, guint n_shards)
{
  const SfSweepRunOptions options = { .n_threads = n_threads, .shard = shard, .n_shards = n_shards };
  g_autoptr (SfStore) store = sweeps_open (sweep, path, shard, n_shards);
  g_autoptr (GError) error = NULL;

  sf_sweep_run (sweep, store, &options, &error);
  g_assert_no_error (error);
  g_assert_true (sf_store_is_complete (store));
}

void
sweeps_assert_same (const char *a, const char *b)
{
  g_autofree char *bytes_a = NULL, *bytes_b = NULL;
  gsize len_a, len_b;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (a, &bytes_a, &len_a, &error);
  g_assert_no_error (error);
  g_file_get_contents (b, &bytes_b, &len_b, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (bytes_a, len_a, bytes_b, len_b);
}

void
sweeps_assert_error (GError **error, SfStoreError code, const char *part)
{
  g_assert_error (*error, SF_STORE_ERROR, (int) code);
  if (strstr ((*error)->message, part) == NULL)
    g_error ("'%s' does not say '%s'", (*error)->message, part);
  g_clear_error (error);
}

void
sweeps_assert_refused (const SfSweep *sweep, const char *path, guint shard, guint n_shards, gboolean resume,
                       SfStoreError code, const char *part)
{
  g_autoptr (GError) error = NULL;
  SfStore *store = sf_store_open (path, sweep, "1.0", shard, n_shards, resume, &error);

  g_assert_null (store);
  sweeps_assert_error (&error, code, part);
}

void
sweeps_add_runs (SfStore *store, guint point, guint64 first, guint64 end)
{
  g_autoptr (GError) error = NULL;

  for (guint64 i = first; i < end; i++)
    {
      const gint64 values[] = { i % 2 == 0 ? (gint64) i : SF_NO_VALUE, 100 * (gint64) point };

      sf_store_add (store, point, i, values, &error);
      g_assert_no_error (error);
    }
}

void
sweeps_commit (SfStore *store)
{
  g_autoptr (GError) error = NULL;

  sf_store_commit (store, &error);
  g_assert_no_error (error);
}

guint64
sweeps_n_rows (SfStore *store)
{
  g_autoptr (GError) error = NULL;
  guint64 n = sf_store_n_rows (store, &error);

  g_assert_no_error (error);
  return n;
}

const char *
sweeps_make_file (const SfSweep *sweep, const char *name)
{
  const char *path = sweeps_path (name);
  g_autoptr (SfStore) store = NULL;

  g_unlink (path);
  store = sweeps_open (sweep, path, 0, 1);
  sweeps_add_runs (store, 0, 0, 10);
  sweeps_add_runs (store, 1, 0, 5);
  sweeps_commit (store);
  return path;
}

void
sweeps_change_file (const char *path, const char *sql)
{
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

void
sweeps_finish (const SfSweep *sweep, const char *path, guint64 n)
{
  g_autoptr (SfStore) store = sweeps_open (sweep, path, 0, 1);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (sweeps_n_rows (store), ==, n);
  g_assert_true (sf_store_finish (store, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sweeps_n_rows (store), ==, n);
}

SfStore *
sweeps_fill (const SfSweep *sweep, const char *name, const gint64 *values)
{
  SfStore *store = sweeps_open (sweep, sweeps_path (name), 0, 1);
  g_autoptr (GError) error = NULL;

  for (guint point = 0; point < sf_sweep_n_points (sweep); point++)
    for (guint64 i = 0; i < sweep->replications; i++, values += sweep->measures->len)
      {
        sf_store_add (store, point, i, values, &error);
        g_assert_no_error (error);
      }
  sf_store_finish (store, &error);
  g_assert_no_error (error);
  return store;
}

void
sweeps_remove (const char *name)
{
  g_assert_cmpint (g_remove (sweeps_path (name)), ==, 0);
}
