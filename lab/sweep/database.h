/* SPDX-License-Identifier: MIT
 *
 * Access to SQLite for the results of sweeps. Every failure is an error of SF_STORE_ERROR that names the file.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>

typedef struct
{
  sqlite3 *sqlite;
  char *path;
} SfDatabase;

/* How long to wait while another program commits, in milliseconds. */
#define SF_DATABASE_PATIENCE 10000

/* Opens file `path` for reading and, if permissions allow it, writing. NULL with `error`. */
SfDatabase *sf_database_open (const char *path, GError **error);

/* Opens file `path` for writing; makes it if it does not exist. NULL with `error`. */
SfDatabase *sf_database_make (const char *path, GError **error);

/* Closes the file. What was not committed is lost. All its statements must have been freed. */
void sf_database_close (SfDatabase *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfDatabase, sf_database_close)

static inline void
sf_statement_free (sqlite3_stmt *statement)
{
  sqlite3_finalize (statement);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sf_statement_free)

/* Executes the statements of `sql` and ignores their results. FALSE with `error`. */
gboolean sf_database_do (SfDatabase *db, const char *sql, GError **error);

/* The same with `text` as the only parameter. */
gboolean sf_database_do_with (SfDatabase *db, const char *sql, const char *text, GError **error);

/* Returns the prepared statement `sql`, to be freed; NULL with `error`. */
sqlite3_stmt *sf_database_prepare (SfDatabase *db, const char *sql, GError **error);

/* Takes one step of `statement`. Returns SQLITE_ROW, SQLITE_DONE, or another code with `error`. */
int sf_database_step (SfDatabase *db, sqlite3_stmt *statement, GError **error);

/* Stores the number that the query `sql` gives. FALSE with `error`. */
gboolean sf_database_number (SfDatabase *db, const char *sql, gint64 *ret_number, GError **error);

/* Sets `error` to SQLite's last error. Always returns FALSE. */
gboolean sf_database_fail (SfDatabase *db, GError **error);
