/* SPDX-License-Identifier: MIT
 *
 * The results of a sweep in one SQLite file: what is swept, and a row per run. Rows are written in order of (point,
 * replication), so an interrupted file holds a prefix, and the rest can follow; what is committed stays, whatever is
 * killed. Several shards of one sweep make one file (sf_store_merge()).
 *
 *   sweep (key TEXT PRIMARY KEY, value TEXT)     digest, version, file, scenario (its text), variant, sets, seed, …
 *   axis (id, path, title, unit), value (axis, id, text, number), measure (id, name, title, unit, kind)
 *     numbers in ns, B, bit/s or without unit; titles in English
 *   point (id, one column per axis: the place of its value)
 *   run (row INTEGER PRIMARY KEY, point, replication, one column per measure: INTEGER, or NULL)
 *
 * `row` is point * replications + replication + 1, whatever shard it came from.
 */
#pragma once

#include "lab/sweep/sweep.h"

typedef struct SfStore SfStore;

#define SF_STORE_ERROR (sf_store_error_quark ())
typedef enum
{
  SF_STORE_ERROR_OTHER_SWEEP, /* the file holds another sweep */
  SF_STORE_ERROR_EXISTS,      /* it holds results already, and nobody said to resume */
  SF_STORE_ERROR_DAMAGED,     /* it is no such file, or broken */
  SF_STORE_ERROR_FAILED,      /* it cannot be written: disk full, … */
  SF_STORE_ERROR_NO_ROW,      /* there is no such row */
  SF_STORE_ERROR_SHARDS,      /* these shards do not make one sweep */
  SF_STORE_ERROR_SCENARIO,    /* a point cannot be loaded; the message is the diagnostic, of several lines */
  SF_STORE_ERROR_STOPPED,     /* whoever ran the sweep wanted it to stop */
} SfStoreError;
GQuark sf_store_error_quark (void);

/* Opens `path` for the results of `sweep` (shard `shard` of `n_shards`; 0 of 1: all of it); makes it unless it is
 * there. With `resume` it may hold part of the same sweep and shard. NULL with `error`. */
SfStore *sf_store_open (const char *path, const SfSweep *sweep, const char *version, guint shard, guint n_shards,
                        gboolean resume, GError **error);

/* Opens what is there, for reading. The sweep that it holds is rebuilt into `*ret_sweep` (its scenario from the stored
 * text). */
SfStore *sf_store_open_existing (const char *path, SfSweep **ret_sweep, SfDiagnostics *diag, GError **error);
void sf_store_close (SfStore *store);

/* Opens the file of `store` once more, for reading in another thread. NULL with `error`. */
SfStore *sf_store_open_again (const SfStore *store, GError **error);

/* Returns the version of the program that made it, to be freed; NULL with `error`. */
char *sf_store_version (SfStore *store, GError **error);

/* Gets which shard of how many the file holds, both from 1 on; 1 of 1: all of the sweep. FALSE with `error`. */
gboolean sf_store_shard (SfStore *store, guint64 *ret_shard, guint64 *ret_n_shards, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfStore, sf_store_close)

/* Appends a run. Rows come in order. */
gboolean sf_store_add (SfStore *store, guint point, guint64 replication, const gint64 *values, GError **error);

/* Makes what was added last: after it a power cut loses nothing of that. To be called now and then. */
gboolean sf_store_commit (SfStore *store, GError **error);

/* All is there: marks the file as complete and gives it its final form, the same bytes for the same results. */
gboolean sf_store_finish (SfStore *store, GError **error);
gboolean sf_store_is_complete (const SfStore *store);

/* Returns how many runs are there; 0 with `error` if that cannot be read. */
guint64 sf_store_n_rows (SfStore *store, GError **error);

/* Counts the runs of `point`, and returns their part of the checksum of the file. FALSE with `error`: they cannot be
 * read, or are damaged. */
gboolean sf_store_check_point (SfStore *store, guint point, guint64 *ret_n, guint64 *ret_sum, GError **error);

/* FALSE with `error` if `sum`, the sum of the parts of all points, is not the checksum of the file. */
gboolean sf_store_check_sum (SfStore *store, guint64 sum, GError **error);

/* Calls `take` for every value that measure `measure` has at `point`, in ascending order, with the number of runs that
 * have it; first of all with SF_NO_VALUE, if runs have none. What it needs of memory does not grow with their number.
 * FALSE with `error`. */
typedef void (*SfStoreTakeValue) (gpointer user, gint64 value, guint64 n);
gboolean sf_store_foreach_value (SfStore *store, guint point, guint measure, SfStoreTakeValue take, gpointer user,
                                 GError **error);

/* Call `take` for every row, or for those of `point`, in order; it returns FALSE to stop, and must not read from
 * `store` itself. After all rows the checksum of the file is compared. */
typedef gboolean (*SfStoreTake) (gpointer user, guint64 row, guint point, guint64 replication, const gint64 *values);
gboolean sf_store_foreach (SfStore *store, SfStoreTake take, gpointer user, GError **error);
gboolean sf_store_foreach_at (SfStore *store, guint point, SfStoreTake take, gpointer user, GError **error);

/* Says in `error` that the file is damaged: for those who see it by what it holds. Returns FALSE always. */
gboolean sf_store_damaged (SfStore *store, GError **error);

/* Finds the run of `row`, and its values, as many as there are measures. FALSE with `error` if there is none. */
gboolean sf_store_find (SfStore *store, guint64 row, guint *ret_point, guint64 *ret_replication, gint64 *ret_values,
                        GError **error);

/* Joins the complete shards `shards` (NULL-terminated) into `path`, which may be there only if it holds the same
 * already; refuses shards of different sweeps, and sets with one missing or twice. */
gboolean sf_store_merge (const char *path, const char *const *shards, GError **error);
