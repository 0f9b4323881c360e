/* SPDX-License-Identifier: MIT
 *
 * SQLite as the results of sweeps need it: whatever goes wrong is an error of SF_STORE_ERROR that names the file.
 */
#pragma once

#include <glib.h>
#include <sqlite3.h>

typedef struct
{
  sqlite3 *sqlite;
  char *path;
} SfDatabase;

/* As long as another program may take to commit what it writes, in milliseconds. */
#define SF_DATABASE_PATIENCE 10000

/* Opens file `path` for reading and, where its permissions let us, writing. NULL with `error`. */
SfDatabase *sf_database_open (const char *path, GError **error);

/* The same for writing; makes it unless it is there. */
SfDatabase *sf_database_make (const char *path, GError **error);

/* Closes it; what is not committed is gone. Nothing may be prepared for it any more. */
void sf_database_close (SfDatabase *db);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfDatabase, sf_database_close)

static inline void
sf_statement_free (sqlite3_stmt *statement)
{
  sqlite3_finalize (statement);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sf_statement_free)

/* Does the statements of `sql`, whose results are of no interest. */
gboolean sf_database_do (SfDatabase *db, const char *sql, GError **error);

/* The same with the one parameter `text`. */
gboolean sf_database_do_with (SfDatabase *db, const char *sql, const char *text, GError **error);

/* Returns the statement `sql`, NULL with `error`. Free it. */
sqlite3_stmt *sf_database_prepare (SfDatabase *db, const char *sql, GError **error);

/* Takes one step: SQLITE_ROW, SQLITE_DONE, or another code with `error`. */
int sf_database_step (SfDatabase *db, sqlite3_stmt *statement, GError **error);

/* Gets the number that the query `sql` results in. */
gboolean sf_database_number (SfDatabase *db, const char *sql, gint64 *ret_number, GError **error);

/* Sets `error` to what SQLite last complained of. Returns FALSE always. */
gboolean sf_database_fail (SfDatabase *db, GError **error);
