/* SPDX-License-Identifier: MIT */
#include "lab/sweep/database.h"

#include "base/gettext.h"
#include "lab/sweep/store.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Sets `error` for failure `number` (errno, 0: unknown) of the file system. */
static void
fail_of_system (SfDatabase *db, int number, GError **error)
{
  if (number == ENOSPC || number == EDQUOT || number == EFBIG)
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED, _ ("cannot write '%s': the disk is full"), db->path);
  else
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED, _ ("cannot read or write '%s': %s"), db->path,
                 number != 0 ? g_strerror (number) : sqlite3_errmsg (db->sqlite));
}

/* Returns the errno value of the last failure of the file system, 0 if unknown. */
static int
system_error (SfDatabase *db)
{
  int number = sqlite3_system_errno (db->sqlite);

  if (number == 0)
    sqlite3_file_control (db->sqlite, "main", SQLITE_FCNTL_LAST_ERRNO, &number);
  return number;
}

gboolean
sf_database_fail (SfDatabase *db, GError **error)
{
  switch (sqlite3_errcode (db->sqlite))
    {
    case SQLITE_NOTADB:
      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED, _ ("'%s' does not hold results of a sweep"),
                   db->path);
      break;
    case SQLITE_CORRUPT:
      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED, _ ("'%s' is damaged"), db->path);
      break;
    case SQLITE_FULL:
      fail_of_system (db, ENOSPC, error);
      break;
    case SQLITE_BUSY:
      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED, _ ("another program is writing to '%s'"), db->path);
      break;
    case SQLITE_READONLY:
      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED, _ ("cannot write '%s': it is read-only"), db->path);
      break;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      fail_of_system (db, system_error (db), error);
      break;
    default:
      g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED, "'%s': %s", db->path, sqlite3_errmsg (db->sqlite));
      break;
    }
  return FALSE;
}

/* Opens file `path`. Only one thread at a time uses it, so SQLite needs no locks. */
static SfDatabase *
open_with (const char *path, int flags, GError **error)
{
  g_autoptr (SfDatabase) db = g_new0 (SfDatabase, 1);

  db->path = g_strdup (path);
  if (sqlite3_open_v2 (path, &db->sqlite, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      sf_database_fail (db, error);
      return NULL;
    }
  sqlite3_busy_timeout (db->sqlite, SF_DATABASE_PATIENCE);
  return g_steal_pointer (&db);
}

SfDatabase *
sf_database_open (const char *path, GError **error)
{
  return open_with (path, SQLITE_OPEN_READWRITE, error);
}

/* Checks that the folder of `path` can be written. SQLite would only say that there is no such file. */
static gboolean
check_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_file_test (path, G_FILE_TEST_EXISTS) || g_access (folder, W_OK | X_OK) == 0)
    return TRUE;
  g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_FAILED, _ ("cannot write '%s': %s"), path, g_strerror (errno));
  return FALSE;
}

SfDatabase *
sf_database_make (const char *path, GError **error)
{
  if (!check_folder (path, error))
    return NULL;
  return open_with (path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, error);
}

void
sf_database_close (SfDatabase *db)
{
  if (db == NULL)
    return;
  sqlite3_close (db->sqlite);
  g_free (db->path);
  g_free (db);
}

gboolean
sf_database_do (SfDatabase *db, const char *sql, GError **error)
{
  return sqlite3_exec (db->sqlite, sql, NULL, NULL, NULL) == SQLITE_OK || sf_database_fail (db, error);
}

gboolean
sf_database_do_with (SfDatabase *db, const char *sql, const char *text, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sf_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_text (statement, 1, text, -1, SQLITE_STATIC);
  return sf_database_step (db, statement, error) == SQLITE_DONE;
}

sqlite3_stmt *
sf_database_prepare (SfDatabase *db, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db->sqlite, sql, -1, &statement, NULL) != SQLITE_OK)
    sf_database_fail (db, error);
  return statement;
}

int
sf_database_step (SfDatabase *db, sqlite3_stmt *statement, GError **error)
{
  int result = sqlite3_step (statement);

  if (result != SQLITE_ROW && result != SQLITE_DONE)
    sf_database_fail (db, error);
  return result;
}

gboolean
sf_database_number (SfDatabase *db, const char *sql, gint64 *ret_number, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = sf_database_prepare (db, sql, error);
  int result;

  if (statement == NULL)
    return FALSE;
  result = sf_database_step (db, statement, error);
  if (result == SQLITE_ROW)
    *ret_number = sqlite3_column_int64 (statement, 0);
  else if (result == SQLITE_DONE)
    g_set_error (error, SF_STORE_ERROR, SF_STORE_ERROR_DAMAGED, _ ("'%s' is damaged"), db->path);
  return result == SQLITE_ROW;
}
