/* SPDX-License-Identifier: MIT
 *
 * The results of a sweep in one SQLite file: the definition of the sweep, and a row per run. Rows are written in the
 * order of (point, replication). So an interrupted file holds a prefix, and the sweep can be resumed. What was
 * committed survives a killed program. The shards of a sweep can be joined into one file (sf_store_merge()).
 *
 *   sweep (key TEXT PRIMARY KEY, value TEXT)     digest, version, file, scenario (its text), variant, sets, seed, …
 *   axis (id, path, title, unit), value (axis, id, text, number), measure (id, name, title, unit, kind)
 *     numbers in ns, B, bit/s or without unit; titles in English
 *   point (id, one column per axis: the place of its value)
 *   run (row INTEGER PRIMARY KEY, point, replication, one column per measure: INTEGER, or NULL)
 *
 * `row` is point * replications + replication + 1, in every shard.
 */
#pragma once

#include "lab/sweep/sweep.h"

typedef struct SfStore SfStore;

#define SF_STORE_ERROR (sf_store_error_quark ())
typedef enum
{
  SF_STORE_ERROR_OTHER_SWEEP, /* the file holds another sweep */
  SF_STORE_ERROR_EXISTS,      /* it holds results, and `resume` was not given */
  SF_STORE_ERROR_DAMAGED,     /* it is no file of results, or it is damaged */
  SF_STORE_ERROR_FAILED,      /* it cannot be written: disk full, … */
  SF_STORE_ERROR_NO_ROW,      /* the row does not exist */
  SF_STORE_ERROR_SHARDS,      /* the shards do not make up one sweep */
  SF_STORE_ERROR_SCENARIO,    /* a point cannot be loaded; the message is the diagnostic, in several lines */
  SF_STORE_ERROR_STOPPED,     /* the progress callback stopped the sweep */
} SfStoreError;
GQuark sf_store_error_quark (void);

/* Opens `path` for the results of shard `shard` of `n_shards` (0 of 1: everything) of `sweep`; makes the file if it
 * does not exist. With `resume` it may hold part of the results of the same shard. NULL with `error`. */
SfStore *sf_store_open (const char *path, const SfSweep *sweep, const char *version, guint shard, guint n_shards,
                        gboolean resume, GError **error);

/* Opens the results in `path` for reading. `*ret_sweep` becomes the sweep, rebuilt from the stored text of its
 * scenario. NULL with `error`, or with the error in `diag`. */
SfStore *sf_store_open_existing (const char *path, SfSweep **ret_sweep, SfDiagnostics *diag, GError **error);
void sf_store_close (SfStore *store);

/* Opens the file of `store` again, for reading in another thread. NULL with `error`. */
SfStore *sf_store_open_again (const SfStore *store, GError **error);

/* Returns the version of the program that made the file, to be freed; NULL with `error`. */
char *sf_store_version (SfStore *store, GError **error);

/* Stores the number of the file's shard, from 1, and the number of shards; 1 of 1: everything. FALSE with `error`. */
gboolean sf_store_shard (SfStore *store, guint64 *ret_shard, guint64 *ret_n_shards, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfStore, sf_store_close)

/* Appends a run. Runs must be added in order. */
gboolean sf_store_add (SfStore *store, guint point, guint64 replication, const gint64 *values, GError **error);

/* Commits what was added, so that a power cut loses none of it. Call it regularly. */
gboolean sf_store_commit (SfStore *store, GError **error);

/* Marks the file as complete and gives it its final form: the same bytes for the same results. Call it when all runs
 * are there. */
gboolean sf_store_finish (SfStore *store, GError **error);
gboolean sf_store_is_complete (const SfStore *store);

/* Returns the number of runs; 0 with `error` if it cannot be read. */
guint64 sf_store_n_rows (SfStore *store, GError **error);

/* Stores the number of runs of `point`, and their part of the checksum of the file. FALSE with `error` if they cannot
 * be read or are damaged. */
gboolean sf_store_check_point (SfStore *store, guint point, guint64 *ret_n, guint64 *ret_sum, GError **error);

/* TRUE if `sum`, the sum of the parts of all points, is the checksum of the file. FALSE with `error` otherwise. */
gboolean sf_store_check_sum (SfStore *store, guint64 sum, GError **error);

/* Calls `take` for every different value of measure `measure` at `point`, in ascending order, with the number of runs
 * that have it. The first value is SF_NO_VALUE if runs have none. Memory does not grow with the number of runs. FALSE
 * with `error`. */
typedef void (*SfStoreTakeValue) (gpointer user, gint64 value, guint64 n);
gboolean sf_store_foreach_value (SfStore *store, guint point, guint measure, SfStoreTakeValue take, gpointer user,
                                 GError **error);

/* Call `take` for every row, or for those of `point`, in order. `take` returns FALSE to stop, and must not read from
 * `store`. After all rows the checksum of the file is verified. */
typedef gboolean (*SfStoreTake) (gpointer user, guint64 row, guint point, guint64 replication, const gint64 *values);
gboolean sf_store_foreach (SfStore *store, SfStoreTake take, gpointer user, GError **error);
gboolean sf_store_foreach_at (SfStore *store, guint point, SfStoreTake take, gpointer user, GError **error);

/* Sets `error` to say that the file is damaged, for callers that notice it by its contents. Always returns FALSE. */
gboolean sf_store_damaged (SfStore *store, GError **error);

/* Stores the point, the replication and the values (one per measure) of row `row`. FALSE with `error` if it does not
 * exist. */
gboolean sf_store_find (SfStore *store, guint64 row, guint *ret_point, guint64 *ret_replication, gint64 *ret_values,
                        GError **error);

/* Joins the complete shards `shards` (NULL-terminated) into `path`. If `path` exists, it must hold results of the same
 * sweep. FALSE with `error`, also if the shards are of different sweeps, or if one is missing or given twice. */
gboolean sf_store_merge (const char *path, const char *const *shards, GError **error);
