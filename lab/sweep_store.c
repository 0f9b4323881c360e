/* SPDX-License-Identifier: MIT
 *
 * Why a rollback journal and no write-ahead log: new rows go to new pages at the end of the file, of which a rollback journal
 * keeps no copy, so that everything is written once; and it also works on the network file systems of clusters, where a
 * write-ahead log does not.
 *
 * Since rows come in order, pages lie in the file as they would had it been written in one piece, whatever was committed when; the
 * rest is sf_tables_seal().
 */
#include "lab/sweep_store.h"

#include "lab/files.h"
#include "lab/sweep_tables.h"
#include "models/gettext.h"

#include <string.h>

/* Columns of table `run` before those of the measures. */
#define FIRST_MEASURE 3

struct SfStore
{
  SfDatabase *db;
  guint n_points, n_measures;
  guint64 replications;
  gboolean complete;
  gboolean writing;      /* a transaction is open: nobody else can write */
  sqlite3_stmt *insert;  /* NULL until the first run is added */
};

G_DEFINE_QUARK (sf-store-error-quark, sf_store_error)

/* --- opening --- */

static SfStore *
store_new (SfDatabase *db, const SfSweep *sweep)
{
  SfStore *store = g_new0 (SfStore, 1);

  store->db = db;
  store->n_points = sf_sweep_n_points (sweep);
  store->n_measures = sweep->measures->len;
  store->replications = sweep->replications;
  return store;
}

void
sf_store_close (SfStore *store)
{
  if (store == NULL)
    return;
  sqlite3_finalize (store->insert);
  sf_database_close (store->db);
  g_free (store);
}

/* Reads whether everything is there. */
static gboolean
read_complete (SfStore *store, GError **error)
{
  g_autofree char *complete = sf_tables_get (store->db, "complete", error);

  if (complete == NULL)
    return FALSE;
  store->complete = strcmp (complete, "yes") == 0;
  return TRUE;
}

/* A power cut is to cost no more than what is not committed, and memory not to grow with the number of runs. */
static gboolean
prepare_for_writing (SfDatabase *db, GError **error)
{
  return sf_database_do (db, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA; PRAGMA cache_size = -8192", error);
}

/* What is there is to be gone on with. */
static gboolean
resume_tables (SfDatabase *db, const SfSweep *sweep, const char *version, guint shard, guint n_shards, GError **error)
{
  return sf_tables_compare (db, sweep, version, shard, n_shards, error) && sf_tables_check_pages (db, error);
}

static gboolean
refuse_existing (const char *path, GError **error)
{
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_EXISTS, _("'%s' holds results already"), path);
  return FALSE;
}

/* A row has a number of 63 bits. */
static gboolean
check_size (const SfSweep *sweep, GError **error)
{
  if (sweep->replications <= (guint64) G_MAXINT64 / MAX (sf_sweep_n_points (sweep), 1) - 1)
    return TRUE;
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED, _("a sweep of so many runs cannot be stored"));
  return FALSE;
}

/* Begins a transaction. One is always open until the file is finished, so that nobody else can write; others can read. */
static gboolean
begin (SfStore *store, GError **error)
{
  store->writing = sf_database_do (store->db, "BEGIN IMMEDIATE", error);
  return store->writing;
}

/* Begins the first one. Whoever is writing goes on with that for long, so there is no point in waiting; and it writes something, to find
 * out at once whether one can. */
static gboolean
begin_writing (SfStore *store, GError **error)
{
  gboolean ok;

  sqlite3_busy_timeout (store->db->sqlite, 0);
  ok = begin (store, error) && sf_database_do (store->db, "PRAGMA user_version = " SF_TABLES_FORM_TEXT, error)
       && sf_store_commit (store, error);
  sqlite3_busy_timeout (store->db->sqlite, SF_DATABASE_PATIENCE);
  return ok;
}

SfStore *
sf_store_open (const char *path, const SfSweep *sweep, const char *version, guint shard, guint n_shards,
               gboolean resume, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (SfDatabase) db = NULL;
  g_autoptr (SfStore) store = NULL;
  gboolean empty, ok;

  if (!check_size (sweep, error) || !sf_directory_make (folder, error))
    return NULL;
  db = sf_database_make (path, error);
  if (db == NULL || !sf_tables_check (db, &empty, error))
    return NULL;
  if (!empty && !resume)
    {
      refuse_existing (path, error);
      return NULL;
    }
  ok = prepare_for_writing (db, error)
       && (empty ? sf_tables_make (db, sweep, version, shard, n_shards, error)
                 : resume_tables (db, sweep, version, shard, n_shards, error));
  if (!ok)
    return NULL;
  store = store_new (g_steal_pointer (&db), sweep);
  if (!read_complete (store, error) || (!store->complete && !begin_writing (store, error)))
    return NULL;
  return g_steal_pointer (&store);
}

/* Makes the sweep that the file is of again. */
static SfSweep *
restore_sweep (SfDatabase *db, SfDiagnostics *diag, GError **error)
{
  g_autofree char *file = sf_tables_get (db, "file", error);
  g_autofree char *text = file != NULL ? sf_tables_get (db, "scenario", error) : NULL;
  g_autofree char *said = text != NULL ? sf_tables_get (db, "said", error) : NULL;
  g_autofree char *version = said != NULL ? sf_tables_get (db, "version", error) : NULL;
  g_autofree char *digest = version != NULL ? sf_tables_get (db, "digest", error) : NULL;
  g_autofree char *here = NULL;
  g_autoptr (SfSweep) sweep = NULL;

  if (digest == NULL)
    return NULL;
  sweep = sf_sweep_restore (file, text, strlen (text), said, diag);
  if (sweep == NULL)
    {
      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER_SWEEP,
                   _("'%s' is of version %s of the program, and this one cannot read its scenario"), db->path, version);
      return NULL;
    }
  here = sf_sweep_digest (sweep, version);
  if (strcmp (here, digest) == 0)
    return g_steal_pointer (&sweep);
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER_SWEEP,
               _("'%s' is of version %s of the program, which read its scenario otherwise"), db->path, version);
  return NULL;
}

SfStore *
sf_store_open_existing (const char *path, SfSweep **ret_sweep, SfDiagnostics *diag, GError **error)
{
  g_autoptr (SfDatabase) db = sf_database_open (path, error);
  g_autoptr (SfSweep) sweep = NULL;
  g_autoptr (SfStore) store = NULL;
  gboolean empty;

  if (db == NULL || !sf_tables_check (db, &empty, error))
    return NULL;
  if (empty)
    {
      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED, _("'%s' does not hold results of a sweep"), path);
      return NULL;
    }
  sweep = restore_sweep (db, diag, error);
  if (sweep == NULL)
    return NULL;
  store = store_new (g_steal_pointer (&db), sweep);
  if (!read_complete (store, error))
    return NULL;
  *ret_sweep = g_steal_pointer (&sweep);
  return g_steal_pointer (&store);
}

char *
sf_store_version (SfStore *store, GError **error)
{
  return sf_tables_get (store->db, "version", error);
}

SfStore *
sf_store_open_again (const SfStore *store, GError **error)
{
  g_autoptr (SfDatabase) db = sf_database_open (store->db->path, error);
  SfStore *again;

  if (db == NULL)
    return NULL;
  again = g_new0 (SfStore, 1);
  again->db = g_steal_pointer (&db);
  again->n_points = store->n_points;
  again->n_measures = store->n_measures;
  again->replications = store->replications;
  again->complete = store->complete;
  return again;
}

/* --- writing --- */

static gboolean
prepare_insert (SfStore *store, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("INSERT INTO run VALUES (?, ?, ?");

  for (guint i = 0; i < store->n_measures; i++)
    g_string_append (sql, ", ?");
  g_string_append (sql, ")");
  store->insert = sf_database_prepare (store->db, sql->str, error);
  return store->insert != NULL;
}

gboolean
sf_store_add (SfStore *store, guint point, guint64 replication, const gint64 *values, GError **error)
{
  if ((store->insert == NULL && !prepare_insert (store, error)) || (!store->writing && !begin (store, error)))
    return FALSE;
  sqlite3_bind_int64 (store->insert, 1, (gint64) (point * store->replications + replication + 1));
  sqlite3_bind_int64 (store->insert, 2, point);
  sqlite3_bind_int64 (store->insert, 3, (gint64) replication);
  for (guint i = 0; i < store->n_measures; i++)
    {
      int place = FIRST_MEASURE + 1 + (int) i;

      if (values[i] == SF_NO_VALUE)
        sqlite3_bind_null (store->insert, place);
      else
        sqlite3_bind_int64 (store->insert, place, values[i]);
    }
  if (sf_database_step (store->db, store->insert, error) == SQLITE_DONE)
    {
      sqlite3_reset (store->insert);
      return TRUE;
    }
  sqlite3_reset (store->insert);
  return FALSE;
}

/* Ends the transaction, if one is open. */
static gboolean
end (SfStore *store, GError **error)
{
  if (!store->writing)
    return TRUE;
  store->writing = FALSE;
  /* A full disk may have ended the transaction. */
  if (sqlite3_get_autocommit (store->db->sqlite))
    return TRUE;
  if (sf_database_do (store->db, "COMMIT", error))
    return TRUE;
  sqlite3_exec (store->db->sqlite, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

gboolean
sf_store_commit (SfStore *store, GError **error)
{
  return end (store, error) && begin (store, error);
}

gboolean
sf_store_finish (SfStore *store, GError **error)
{
  if (!store->complete)
    store->complete = end (store, error) && sf_tables_seal (store->db, error);
  return store->complete;
}

gboolean
sf_store_is_complete (const SfStore *store)
{
  return store->complete;
}

/* --- reading --- */

gboolean
sf_store_damaged (SfStore *store, GError **error)
{
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED, _("'%s' is damaged"), store->db->path);
  return FALSE;
}

/* Returns the first and the last row that `point` may have. */
static gint64
first_row (const SfStore *store, guint point)
{
  return (gint64) (point * store->replications + 1);
}

static gint64
last_row (const SfStore *store, guint point)
{
  return (gint64) ((point + 1) * store->replications);
}

guint64
sf_store_n_rows (SfStore *store, GError **error)
{
  gint64 n;

  return sf_database_number (store->db, "SELECT count (*) FROM run", &n, error) ? (guint64) n : 0;
}

static void
read_values (sqlite3_stmt *statement, guint n_measures, gint64 *ret_values)
{
  for (guint i = 0; i < n_measures; i++)
    {
      int column = FIRST_MEASURE + (int) i;
      gboolean none = sqlite3_column_type (statement, column) == SQLITE_NULL;

      ret_values[i] = none ? SF_NO_VALUE : sqlite3_column_int64 (statement, column);
    }
}

/* TRUE if row `row` is one that there can be, and holds the run that belongs there. */
static gboolean
is_at_place (const SfStore *store, sqlite3_stmt *statement, guint64 row)
{
  guint64 point = (row - 1) / store->replications, replication = (row - 1) % store->replications;

  return row >= 1 && point < store->n_points && sqlite3_column_int64 (statement, 1) == (gint64) point
         && sqlite3_column_int64 (statement, 2) == (gint64) replication;
}

/* Calls `take` for the rows from `first` to `last`. */
static gboolean
foreach_between (SfStore *store, gint64 first, gint64 last, SfStoreTake take, gpointer user, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = sf_database_prepare (store->db, "SELECT * FROM run WHERE row BETWEEN ? AND ? ORDER BY row", error);
  g_autofree gint64 *values = g_new (gint64, store->n_measures + 1);
  int result;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, first);
  sqlite3_bind_int64 (statement, 2, last);
  while ((result = sf_database_step (store->db, statement, error)) == SQLITE_ROW)
    {
      guint64 row = (guint64) sqlite3_column_int64 (statement, 0);

      if (!is_at_place (store, statement, row))
        return sf_store_damaged (store, error);
      read_values (statement, store->n_measures, values);
      if (!take (user, row, (guint) ((row - 1) / store->replications), (row - 1) % store->replications, values))
        return TRUE;
    }
  return result == SQLITE_DONE;
}

gboolean
sf_store_foreach (SfStore *store, SfStoreTake take, gpointer user, GError **error)
{
  return foreach_between (store, G_MININT64, G_MAXINT64, take, user, error);
}

gboolean
sf_store_foreach_at (SfStore *store, guint point, SfStoreTake take, gpointer user, GError **error)
{
  return foreach_between (store, first_row (store, point), last_row (store, point), take, user, error);
}

/* A row is at its place if it holds the run that belongs there. */
gboolean
sf_store_count (SfStore *store, guint point, guint64 *ret_n, GError **error)
{
  g_autoptr (sqlite3_stmt) statement
      = sf_database_prepare (store->db,
                             "SELECT count (*), coalesce (sum (point <> ?1 OR replication <> row - ?2), 0) FROM run"
                             " WHERE row BETWEEN ?2 AND ?3",
                             error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, point);
  sqlite3_bind_int64 (statement, 2, first_row (store, point));
  sqlite3_bind_int64 (statement, 3, last_row (store, point));
  if (sf_database_step (store->db, statement, error) != SQLITE_ROW)
    return FALSE;
  *ret_n = (guint64) sqlite3_column_int64 (statement, 0);
  return sqlite3_column_int64 (statement, 1) == 0 || sf_store_damaged (store, error);
}

/* Returns a statement for the values of `measure`, which is named as the table names it. */
static sqlite3_stmt *
prepare_values (SfStore *store, guint measure, GError **error)
{
  g_autoptr (sqlite3_stmt) columns = sf_database_prepare (store->db, "SELECT * FROM run", error);
  g_autoptr (GString) sql = g_string_new ("SELECT ");

  if (columns == NULL)
    return NULL;
  sf_tables_append_name (sql, sqlite3_column_name (columns, FIRST_MEASURE + (int) measure));
  g_string_append (sql, ", count (*) FROM run WHERE row BETWEEN ? AND ? GROUP BY 1 ORDER BY 1");
  return sf_database_prepare (store->db, sql->str, error);
}

gboolean
sf_store_foreach_value (SfStore *store, guint point, guint measure, SfStoreTakeValue take, gpointer user, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = prepare_values (store, measure, error);
  int result;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, first_row (store, point));
  sqlite3_bind_int64 (statement, 2, last_row (store, point));
  while ((result = sf_database_step (store->db, statement, error)) == SQLITE_ROW)
    {
      gboolean none = sqlite3_column_type (statement, 0) == SQLITE_NULL;

      take (user, none ? SF_NO_VALUE : sqlite3_column_int64 (statement, 0), (guint64) sqlite3_column_int64 (statement, 1));
    }
  return result == SQLITE_DONE;
}

typedef struct
{
  gboolean found;
  guint point;
  guint64 replication;
} Place;

static gboolean
take_place (gpointer user, guint64 row G_GNUC_UNUSED, guint point, guint64 replication,
            const gint64 *values G_GNUC_UNUSED)
{
  *(Place *) user = (Place){ TRUE, point, replication };
  return FALSE;
}

gboolean
sf_store_find (SfStore *store, guint64 row, guint *ret_point, guint64 *ret_replication, GError **error)
{
  gint64 key = row <= G_MAXINT64 ? (gint64) row : 0;
  Place place = { 0 };

  if (!foreach_between (store, key, key, take_place, &place, error))
    return FALSE;
  if (!place.found)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, row);

      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_NO_ROW, _("'%s' has no row %s"), store->db->path, number);
      return FALSE;
    }
  *ret_point = place.point;
  *ret_replication = place.replication;
  return TRUE;
}
