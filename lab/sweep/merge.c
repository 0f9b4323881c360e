/* SPDX-License-Identifier: MIT
 *
 * Joins the shards of a sweep into one file. First all rows are collected in a temporary file, which sorts them. Then
 * the result is written as an undivided sweep would have written it.
 */
#include "base/files.h"
#include "base/gettext.h"
#include "lab/sweep/store.h"
#include "lab/sweep/tables.h"

#include <glib/gstdio.h>
#include <string.h>

/* --- are these the shards of one sweep? --- */

typedef struct
{
  char *digest;
  guint64 shard, n_shards; /* `shard` is numbered from 1 */
} ShardInfo;

static gboolean refuse (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
refuse (GError **error, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, SF_STORE_ERROR, SF_STORE_ERROR_SHARDS, message);
  return FALSE;
}

/* Reads which shard `path` is, and checks that it is complete. */
static gboolean
read_shard (const char *path, ShardInfo *info, GError **error)
{
  g_autoptr (SfDatabase) db = sf_database_open (path, error);
  g_autofree char *complete = NULL;
  gboolean empty;

  if (db == NULL || !sf_tables_check (db, &empty, error))
    return FALSE;
  complete = empty ? g_strdup ("no") : sf_tables_get (db, "complete", error);
  if (complete == NULL)
    return FALSE;
  if (strcmp (complete, "yes") != 0)
    return refuse (error, _ ("shard '%s' is not finished"), path);
  info->digest = sf_tables_get (db, "digest", error);
  return info->digest != NULL && sf_tables_get_number (db, "shard", &info->shard, error)
         && sf_tables_get_number (db, "shards", &info->n_shards, error) && sf_tables_check_pages (db, error);
}

static gboolean
check_shard (const char *const *paths, const ShardInfo *infos, guint i, GError **error)
{
  if (strcmp (infos[i].digest, infos[0].digest) != 0)
    return refuse (error, _ ("'%s' and '%s' are of different sweeps"), paths[0], paths[i]);
  if (infos[i].n_shards != infos[0].n_shards)
    return refuse (error, _ ("'%s' is one of %u shards, and '%s' one of %u"), paths[0], (guint) infos[0].n_shards,
                   paths[i], (guint) infos[i].n_shards);
  for (guint k = 0; k < i; k++)
    if (infos[k].shard == infos[i].shard)
      return refuse (error, _ ("'%s' and '%s' are both shard %u"), paths[k], paths[i], (guint) infos[i].shard);
  if (infos[i].shard < 1 || infos[i].shard > infos[i].n_shards)
    return refuse (error, _ ("'%s' is no shard that there can be"), paths[i]);
  return TRUE;
}

/* TRUE if no shard is missing. */
static gboolean
check_all_there (const ShardInfo *infos, guint n, GError **error)
{
  for (guint64 shard = 1; shard <= infos[0].n_shards; shard++)
    {
      gboolean found = FALSE;

      for (guint i = 0; i < n; i++)
        found |= infos[i].shard == shard;
      if (!found)
        return refuse (error, _ ("shard %u of %u is missing"), (guint) shard, (guint) infos[0].n_shards);
    }
  return TRUE;
}

/* TRUE if `path` does not exist, or holds results of the same sweep: then joining may be repeated. */
static gboolean
check_target (const char *path, const char *digest, GError **error)
{
  ShardInfo info = { 0 };
  gboolean same;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  same = read_shard (path, &info, NULL) && info.n_shards == 1 && strcmp (info.digest, digest) == 0;
  g_free (info.digest);
  if (!same)
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_EXISTS, _ ("'%s' is there already, and is something else"),
                 path);
  return same;
}

static gboolean
pass_over (gpointer user G_GNUC_UNUSED, guint64 row G_GNUC_UNUSED, guint point G_GNUC_UNUSED,
           guint64 replication G_GNUC_UNUSED, const gint64 *values G_GNUC_UNUSED)
{
  return TRUE;
}

/* TRUE if this program loads the same sweep from the scenario as the one that ran the shard, and the rows are
 * undamaged. */
static gboolean
check_rows (const char *path, GError **error)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) sweep = NULL;
  g_autoptr (SfStore) store = sf_store_open_existing (path, &sweep, diag, error);

  return store != NULL && sf_store_foreach (store, pass_over, NULL, error);
}

static gboolean
check_shards (const char *path, const char *const *paths, guint n, GError **error)
{
  g_autofree ShardInfo *infos = g_new0 (ShardInfo, n + 1);
  gboolean ok = n > 0 || refuse (error, _ ("there are no shards to join"));

  for (guint i = 0; ok && i < n; i++)
    ok = read_shard (paths[i], &infos[i], error);
  for (guint i = 0; ok && i < n; i++)
    ok = check_shard (paths, infos, i, error);
  ok = ok && check_all_there (infos, n, error);
  for (guint i = 0; ok && i < n; i++)
    ok = check_rows (paths[i], error);
  ok = ok && check_target (path, infos[0].digest, error);
  for (guint i = 0; i < n; i++)
    g_free (infos[i].digest);
  return ok;
}

/* --- joining --- */

static gboolean
add_shard (SfDatabase *db, const char *path, GError **error)
{
  return sf_database_do_with (db, "ATTACH ? AS shard", path, error)
         && sf_database_do (db, "INSERT INTO run SELECT * FROM shard.run; DETACH shard", error);
}

/* Makes file `path` with the rows of all shards. It is temporary, so it need not survive a power cut. */
static gboolean
collect (const char *path, const char *const *shards, GError **error)
{
  g_autoptr (SfDatabase) first = sf_database_open (shards[0], error);
  g_autoptr (SfDatabase) db = NULL;

  if (first == NULL || !sf_database_do_with (first, "VACUUM INTO ?", path, error))
    return FALSE;
  db = sf_database_open (path, error);
  if (db == NULL || !sf_database_do (db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", error)
      || !sf_tables_set (db, "complete", "no", error))
    return FALSE;
  for (guint i = 1; shards[i] != NULL; i++)
    if (!add_shard (db, shards[i], error))
      return FALSE;
  return TRUE;
}

typedef struct
{
  SfStore *to;
  GError *error;
} Copying;

static gboolean
copy_run (gpointer user, guint64 row G_GNUC_UNUSED, guint point, guint64 replication, const gint64 *values)
{
  Copying *copying = user;

  return sf_store_add (copying->to, point, replication, values, &copying->error);
}

static gboolean
copy_runs (SfStore *from, SfStore *to, GError **error)
{
  Copying copying = { .to = to };

  if (!sf_store_foreach (from, copy_run, &copying, error))
    return FALSE;
  if (copying.error == NULL)
    return TRUE;
  g_propagate_error (error, copying.error);
  return FALSE;
}

/* Writes the finished file `path` with the rows of `from`. */
static gboolean
write_in_order (const char *from, const char *path, GError **error)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) sweep = NULL;
  g_autoptr (SfStore) collected = sf_store_open_existing (from, &sweep, diag, error), store = NULL;
  g_autofree char *version = collected != NULL ? sf_store_version (collected, error) : NULL;

  if (version == NULL)
    return FALSE;
  store = sf_store_open (path, sweep, version, 0, 1, FALSE, error);
  return store != NULL && copy_runs (collected, store, error) && sf_store_finish (store, error);
}

/* Removes the temporary file, also one that a killed program has left. */
static void
remove_aside (const char *path)
{
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  g_unlink (path);
  g_unlink (journal);
}

gboolean
sf_store_merge (const char *path, const char *const *shards, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *joined = g_strconcat (path, ".joined", NULL), *aside = g_strconcat (path, ".new", NULL);
  gboolean ok;

  if (!check_shards (path, shards, g_strv_length ((char **) shards), error) || !sf_directory_make (folder, error))
    return FALSE;
  remove_aside (joined);
  remove_aside (aside);
  ok = collect (joined, shards, error) && write_in_order (joined, aside, error) && sf_file_replace (path, aside, error);
  remove_aside (joined);
  if (!ok)
    remove_aside (aside);
  return ok;
}
