/* SPDX-License-Identifier: MIT
 *
 * The tables of a file of results (lab/sweep/store.h): making them for a sweep, and comparing them with one.
 */
#pragma once

#include "lab/sweep/database.h"
#include "lab/sweep/sweep.h"

/* The application id of our SQLite files ("sfsw"), and the version of the format of their tables. */
#define SF_TABLES_APPLICATION 0x73667377
#define SF_TABLES_FORM 2
#define SF_TABLES_FORM_TEXT "2"

/* Makes the tables for shard `shard` of `n_shards` of `sweep`, without runs. FALSE with `error`. */
gboolean sf_tables_make (SfDatabase *db, const SfSweep *sweep, const char *version, guint shard, guint n_shards,
                         GError **error);

/* Appends `name` to `sql`, quoted as the name of a column. */
void sf_tables_append_name (GString *sql, const char *name);

/* Checks that the tables are those of a sweep in a known format. `*ret_empty` becomes TRUE if the file is new and has
 * no tables. FALSE with `error`. */
gboolean sf_tables_check (SfDatabase *db, gboolean *ret_empty, GError **error);

/* TRUE if SQLite finds no damage in the pages of the file. FALSE with `error`. */
gboolean sf_tables_check_pages (SfDatabase *db, GError **error);

/* TRUE if the results are of this shard of this sweep. FALSE with `error`, which says what differs. */
gboolean sf_tables_compare (SfDatabase *db, const SfSweep *sweep, const char *version, guint shard, guint n_shards,
                            GError **error);

/* Returns the value of `key` in table `sweep`, NULL with `error`. */
char *sf_tables_get (SfDatabase *db, const char *key, GError **error);
gboolean sf_tables_get_number (SfDatabase *db, const char *key, guint64 *ret_number, GError **error);

/* Sets the value of `key` in table `sweep`. */
gboolean sf_tables_set (SfDatabase *db, const char *key, const char *value, GError **error);

/* The same for a number of fixed width, so that changing it does not move anything in the file. */
gboolean sf_tables_get_wide (SfDatabase *db, const char *key, guint64 *ret_number, GError **error);
gboolean sf_tables_set_wide (SfDatabase *db, const char *key, guint64 number, GError **error);

/* Gives `db` its final form: the same bytes for the same rows added in order, whatever the number of commits. Nothing
 * may be uncommitted. Sealing again changes nothing. A file that is not sealed is as good, but its bytes depend on its
 * history. */
gboolean sf_tables_seal (SfDatabase *db, GError **error);
