/* SPDX-License-Identifier: MIT
 *
 * Why a rollback journal and no write-ahead log? New rows go to new pages at the end of the file. A rollback journal
 * keeps no copy of these, so everything is written only once. And it works on the network file systems of clusters,
 * where a write-ahead log does not.
 *
 * Since rows come in order, the order of pages in the file does not depend on when rows were committed.
 * sf_tables_seal() removes the remaining differences.
 */
#include "lab/sweep/store.h"

#include "base/files.h"
#include "base/gettext.h"
#include "lab/sweep/tables.h"

#include <string.h>

/* Columns of table `run` before those of the measures. */
#define FIRST_MEASURE 3

struct SfStore
{
  SfDatabase *db;
  guint n_points, n_measures;
  guint64 replications;
  guint64 checksum; /* of the rows in the file */
  gboolean complete;
  gboolean writing;     /* a transaction is open: no other program can write */
  sqlite3_stmt *insert; /* prepared when first used, like the next */
  sqlite3_stmt *rows;
  sqlite3_stmt **values; /* by measure */
};

/* clang-format would put blanks into the name. */
/* clang-format off */
G_DEFINE_QUARK (sf-store-error-quark, sf_store_error)
/* clang-format on */

/* --- opening --- */

static SfStore *
store_new (SfDatabase *db, guint n_points, guint n_measures, guint64 replications)
{
  SfStore *store = g_new0 (SfStore, 1);

  store->db = db;
  store->n_points = n_points;
  store->n_measures = n_measures;
  store->replications = replications;
  store->values = g_new0 (sqlite3_stmt *, n_measures);
  return store;
}

static SfStore *
store_for (SfDatabase *db, const SfSweep *sweep)
{
  return store_new (db, sf_sweep_n_points (sweep), sweep->measures->len, sweep->replications);
}

void
sf_store_close (SfStore *store)
{
  if (store == NULL)
    return;
  sqlite3_finalize (store->insert);
  sqlite3_finalize (store->rows);
  for (guint i = 0; i < store->n_measures; i++)
    sqlite3_finalize (store->values[i]);
  g_free (store->values);
  sf_database_close (store->db);
  g_free (store);
}

/* Reads the number of rows and the checksum, and whether the file is complete. */
static gboolean
read_state (SfStore *store, GError **error)
{
  g_autofree char *complete = sf_tables_get (store->db, "complete", error);

  if (complete == NULL)
    return FALSE;
  store->complete = strcmp (complete, "yes") == 0;
  return sf_tables_get_wide (store->db, "checksum", &store->checksum, error);
}

/* Sets SQLite up so that a power cut loses only what is not committed, and memory does not grow with the number of
 * runs. */
static gboolean
prepare_for_writing (SfDatabase *db, GError **error)
{
  return sf_database_do (db,
                         "PRAGMA page_size = 4096; PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA;"
                         "PRAGMA cache_size = -8192",
                         error);
}

static gboolean
refuse_existing (const char *path, GError **error)
{
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_EXISTS, _ ("'%s' holds results already"), path);
  return FALSE;
}

/* Checks that numbers of rows fit into 63 bits. */
static gboolean
check_size (const SfSweep *sweep, GError **error)
{
  if (sweep->replications <= (guint64) G_MAXINT64 / MAX (sf_sweep_n_points (sweep), 1) - 1)
    return TRUE;
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED, _ ("a sweep of so many runs cannot be stored"));
  return FALSE;
}

/* Begins a transaction. One is always open until the file is finished, so that other programs can read but not write.
 */
static gboolean
begin (SfStore *store, GError **error)
{
  store->writing = sf_database_do (store->db, "BEGIN IMMEDIATE", error);
  return store->writing;
}

/* Begins the first transaction. Does not wait for another writer, which would go on for long. */
static gboolean
begin_first (SfStore *store, GError **error)
{
  gboolean ok;

  sqlite3_busy_timeout (store->db->sqlite, 0);
  ok = begin (store, error);
  sqlite3_busy_timeout (store->db->sqlite, SF_DATABASE_PATIENCE);
  return ok;
}

/* Resumes an incomplete file. Writes something, to find out at once whether that is possible. */
static gboolean
take_over (SfStore *store, const SfSweep *sweep, const char *version, guint shard, guint n_shards, GError **error)
{
  if (!sf_tables_compare (store->db, sweep, version, shard, n_shards, error)
      || !sf_tables_check_pages (store->db, error) || !read_state (store, error))
    return FALSE;
  if (store->complete)
    return sf_tables_seal (store->db, error);
  return begin_first (store, error) && sf_store_commit (store, error);
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
  if (!prepare_for_writing (db, error))
    return NULL;
  store = store_for (g_steal_pointer (&db), sweep);
  if (empty)
    ok = begin_first (store, error) && sf_tables_make (store->db, sweep, version, shard, n_shards, error);
  else
    ok = take_over (store, sweep, version, shard, n_shards, error);
  return ok ? g_steal_pointer (&store) : NULL;
}

/* Rebuilds the sweep of the file. NULL after a diagnostic or with `error`. */
static SfSweep *
restore_sweep (SfDatabase *db, SfDiagnostics *diag, GError **error)
{
  g_autofree char *file = sf_tables_get (db, "file", error);
  g_autofree char *text = file != NULL ? sf_tables_get (db, "scenario", error) : NULL;
  g_autofree char *command_line = text != NULL ? sf_tables_get (db, "said", error) : NULL;
  g_autofree char *version = command_line != NULL ? sf_tables_get (db, "version", error) : NULL;
  g_autofree char *digest = version != NULL ? sf_tables_get (db, "digest", error) : NULL;
  g_autofree char *here = NULL;
  g_autoptr (SfSweep) sweep = NULL;

  if (digest == NULL)
    return NULL;
  sweep = sf_sweep_restore (file, text, strlen (text), command_line, diag);
  if (sweep == NULL)
    {
      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER_SWEEP,
                   _ ("'%s' is of version %s of the program, and this one cannot read its scenario"), db->path,
                   version);
      return NULL;
    }
  here = sf_sweep_digest (sweep, version);
  if (strcmp (here, digest) == 0)
    return g_steal_pointer (&sweep);
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_OTHER_SWEEP,
               _ ("'%s' is of version %s of the program, which read its scenario otherwise, or has been changed"),
               db->path, version);
  return NULL;
}

/* Locks a complete file for reading once, instead of for every query. Nobody writes to it any more. */
static gboolean
hold (SfStore *store, GError **error)
{
  return !store->complete || sf_database_do (store->db, "BEGIN", error);
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
      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED, _ ("'%s' does not hold results of a sweep"), path);
      return NULL;
    }
  sweep = restore_sweep (db, diag, error);
  if (sweep == NULL)
    return NULL;
  store = store_for (g_steal_pointer (&db), sweep);
  if (!read_state (store, error) || !hold (store, error))
    return NULL;
  *ret_sweep = g_steal_pointer (&sweep);
  return g_steal_pointer (&store);
}

char *
sf_store_version (SfStore *store, GError **error)
{
  return sf_tables_get (store->db, "version", error);
}

gboolean
sf_store_shard (SfStore *store, guint64 *ret_shard, guint64 *ret_n_shards, GError **error)
{
  return sf_tables_get_number (store->db, "shard", ret_shard, error)
         && sf_tables_get_number (store->db, "shards", ret_n_shards, error);
}

SfStore *
sf_store_open_again (const SfStore *store, GError **error)
{
  g_autoptr (SfDatabase) db = sf_database_open (store->db->path, error);
  g_autoptr (SfStore) again = NULL;

  if (db == NULL)
    return NULL;
  again = store_new (g_steal_pointer (&db), store->n_points, store->n_measures, store->replications);
  again->checksum = store->checksum;
  again->complete = store->complete;
  return hold (again, error) ? g_steal_pointer (&again) : NULL;
}

/* --- checksum --- */

/* Returns the part of a row in the checksum. The checksum is a sum, so that rows may come in any order. It detects
 * corruption, not tampering. */
static guint64
check_of (guint64 row, const gint64 *values, guint n)
{
  guint64 check = row;

  for (guint i = 0; i < n; i++)
    {
      check = (check ^ (guint64) values[i]) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
      check ^= check >> 32;
    }
  return check;
}

/* A file that another program is writing is not checked: it may have more rows by now than when it was opened. */
gboolean
sf_store_check_sum (SfStore *store, guint64 sum, GError **error)
{
  return (!store->complete && !store->writing) || sum == store->checksum || sf_store_damaged (store, error);
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
  guint64 row = point * store->replications + replication + 1;

  if ((store->insert == NULL && !prepare_insert (store, error)) || (!store->writing && !begin (store, error)))
    return FALSE;
  sqlite3_bind_int64 (store->insert, 1, (gint64) row);
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
      store->checksum += check_of (row, values, store->n_measures);
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
  if (sf_tables_set_wide (store->db, "checksum", store->checksum, error) && sf_database_do (store->db, "COMMIT", error))
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
  if (store->complete)
    return TRUE;
  if ((!store->writing && !begin (store, error)) || !sf_tables_set (store->db, "complete", "yes", error)
      || !end (store, error))
    return FALSE;
  store->complete = TRUE;
  return sf_tables_seal (store->db, error);
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
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED, _ ("'%s' is damaged"), store->db->path);
  return FALSE;
}

/* Return the first and the last row that `point` may have. */
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

/* Reads the values of a row. FALSE if one is neither an integer nor NULL. */
static gboolean
read_values (sqlite3_stmt *statement, guint n_measures, gint64 *ret_values)
{
  for (guint i = 0; i < n_measures; i++)
    {
      int column = FIRST_MEASURE + (int) i, type = sqlite3_column_type (statement, column);

      ret_values[i] = type == SQLITE_NULL ? SF_NO_VALUE : sqlite3_column_int64 (statement, column);
      if (type != SQLITE_NULL && type != SQLITE_INTEGER)
        return FALSE;
    }
  return TRUE;
}

/* TRUE if row number `row` can exist and holds the run that belongs there. */
static gboolean
is_at_place (const SfStore *store, sqlite3_stmt *statement, guint64 row)
{
  guint64 point = (row - 1) / store->replications, replication = (row - 1) % store->replications;

  return row >= 1 && point < store->n_points && sqlite3_column_int64 (statement, 1) == (gint64) point
         && sqlite3_column_int64 (statement, 2) == (gint64) replication;
}

/* Calls `take` for the rows of `statement`. Stores their checksum in `*ret_sum`, if `take` took all. */
static gboolean
take_rows (SfStore *store, sqlite3_stmt *statement, SfStoreTake take, gpointer user, guint64 *ret_sum, GError **error)
{
  g_autofree gint64 *values = g_new (gint64, store->n_measures + 1);
  guint64 sum = 0;
  int result;

  while ((result = sf_database_step (store->db, statement, error)) == SQLITE_ROW)
    {
      guint64 row = (guint64) sqlite3_column_int64 (statement, 0);

      if (!is_at_place (store, statement, row) || !read_values (statement, store->n_measures, values))
        return sf_store_damaged (store, error);
      if (!take (user, row, (guint) ((row - 1) / store->replications), (row - 1) % store->replications, values))
        return TRUE;
      sum += check_of (row, values, store->n_measures);
    }
  if (result == SQLITE_DONE && ret_sum != NULL)
    *ret_sum = sum;
  return result == SQLITE_DONE;
}

/* The same for the rows from `first` to `last`. `take` must not read from `store`. */
static gboolean
foreach_between (SfStore *store, gint64 first, gint64 last, SfStoreTake take, gpointer user, guint64 *ret_sum,
                 GError **error)
{
  gboolean ok;

  if (store->rows == NULL)
    store->rows = sf_database_prepare (store->db, "SELECT * FROM run WHERE row BETWEEN ? AND ? ORDER BY row", error);
  if (store->rows == NULL)
    return FALSE;
  sqlite3_bind_int64 (store->rows, 1, first);
  sqlite3_bind_int64 (store->rows, 2, last);
  ok = take_rows (store, store->rows, take, user, ret_sum, error);
  sqlite3_reset (store->rows);
  return ok;
}

gboolean
sf_store_foreach (SfStore *store, SfStoreTake take, gpointer user, GError **error)
{
  guint64 sum = store->checksum;

  return foreach_between (store, G_MININT64, G_MAXINT64, take, user, &sum, error)
         && sf_store_check_sum (store, sum, error);
}

gboolean
sf_store_foreach_at (SfStore *store, guint point, SfStoreTake take, gpointer user, GError **error)
{
  return foreach_between (store, first_row (store, point), last_row (store, point), take, user, NULL, error);
}

static gboolean
count_run (gpointer user, guint64 row G_GNUC_UNUSED, guint point G_GNUC_UNUSED, guint64 replication G_GNUC_UNUSED,
           const gint64 *values G_GNUC_UNUSED)
{
  ++*(guint64 *) user;
  return TRUE;
}

gboolean
sf_store_check_point (SfStore *store, guint point, guint64 *ret_n, guint64 *ret_sum, GError **error)
{
  *ret_n = 0;
  return foreach_between (store, first_row (store, point), last_row (store, point), count_run, ret_n, ret_sum, error);
}

/* Returns a statement for the values of measure number `measure`. */
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

static gboolean
take_values (SfStore *store, sqlite3_stmt *statement, SfStoreTakeValue take, gpointer user, GError **error)
{
  int result;

  while ((result = sf_database_step (store->db, statement, error)) == SQLITE_ROW)
    {
      gboolean none = sqlite3_column_type (statement, 0) == SQLITE_NULL;

      take (user, none ? SF_NO_VALUE : sqlite3_column_int64 (statement, 0),
            (guint64) sqlite3_column_int64 (statement, 1));
    }
  return result == SQLITE_DONE;
}

gboolean
sf_store_foreach_value (SfStore *store, guint point, guint measure, SfStoreTakeValue take, gpointer user,
                        GError **error)
{
  sqlite3_stmt **statement = &store->values[measure];
  gboolean ok;

  if (*statement == NULL)
    *statement = prepare_values (store, measure, error);
  if (*statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (*statement, 1, first_row (store, point));
  sqlite3_bind_int64 (*statement, 2, last_row (store, point));
  ok = take_values (store, *statement, take, user, error);
  sqlite3_reset (*statement);
  return ok;
}

typedef struct
{
  gboolean found;
  guint point;
  guint64 replication;
  guint n_measures;
  gint64 *values;
} Place;

static gboolean
take_place (gpointer user, guint64 row G_GNUC_UNUSED, guint point, guint64 replication, const gint64 *values)
{
  Place *place = user;

  place->found = TRUE;
  place->point = point;
  place->replication = replication;
  memcpy (place->values, values, place->n_measures * sizeof *values);
  return FALSE;
}

gboolean
sf_store_find (SfStore *store, guint64 row, guint *ret_point, guint64 *ret_replication, gint64 *ret_values,
               GError **error)
{
  gint64 key = row <= G_MAXINT64 ? (gint64) row : 0;
  Place place = { .n_measures = store->n_measures, .values = ret_values };

  if (!foreach_between (store, key, key, take_place, &place, NULL, error))
    return FALSE;
  if (!place.found)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, row);

      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_NO_ROW, _ ("'%s' has no row %s"), store->db->path, number);
      return FALSE;
    }
  *ret_point = place.point;
  *ret_replication = place.replication;
  return TRUE;
}
