/* SPDX-License-Identifier: MIT
 *
 * The tables of a file of results (lab/sweep/store.h): made for a sweep, and compared with one.
 */
#pragma once

#include "lab/sweep/database.h"
#include "lab/sweep/sweep.h"

/* What says that a file of SQLite is one of ours ("sfsw"), and the form of its tables. */
#define SF_TABLES_APPLICATION 0x73667377
#define SF_TABLES_FORM 2
#define SF_TABLES_FORM_TEXT "2"

/* Makes the tables for the results of shard `shard` of `n_shards` of `sweep`, without runs. */
gboolean sf_tables_make (SfDatabase *db, const SfSweep *sweep, const char *version, guint shard, guint n_shards,
                         GError **error);

/* Appends `name` as SQL names a column. */
void sf_tables_append_name (GString *sql, const char *name);

/* TRUE with `*ret_empty` if the file is new and has no tables; FALSE with `error` if they are not of a sweep, or of a
 * form that is not known. */
gboolean sf_tables_check (SfDatabase *db, gboolean *ret_empty, GError **error);

/* TRUE if SQLite finds the pages of the file sound. */
gboolean sf_tables_check_pages (SfDatabase *db, GError **error);

/* FALSE with `error`, which says what differs, if the results are not of this shard of this sweep. */
gboolean sf_tables_compare (SfDatabase *db, const SfSweep *sweep, const char *version, guint shard, guint n_shards,
                            GError **error);

/* Returns what table `sweep` says of `key`, NULL with `error`. */
char *sf_tables_get (SfDatabase *db, const char *key, GError **error);
gboolean sf_tables_get_number (SfDatabase *db, const char *key, guint64 *ret_number, GError **error);

/* Puts `value` into its place. */
gboolean sf_tables_set (SfDatabase *db, const char *key, const char *value, GError **error);

/* The same for a number that always takes the same room, so that it lies in the file in the same way however often it
 * is changed. */
gboolean sf_tables_get_wide (SfDatabase *db, const char *key, guint64 *ret_number, GError **error);
gboolean sf_tables_set_wide (SfDatabase *db, const char *key, guint64 number, GError **error);

/* Gives `db`, in which nothing is uncommitted, its finished form: the same bytes for the same rows added in order, in
 * however many pieces. It does nothing where it has been done, and costs nothing but the form where it has not. */
gboolean sf_tables_seal (SfDatabase *db, GError **error);
