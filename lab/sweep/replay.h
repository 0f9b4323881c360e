/* SPDX-License-Identifier: MIT
 *
 * A run of a sweep once more: from a row of its results.
 */
#pragma once

#include "lab/sweep/store.h"

/* Splits "DB:ROW", as "out/sweep.sqlite:17"; rows are counted from 1. Returns the name of the database, NULL if `text`
 * is no such thing. */
char *sf_replay_split (const char *text, guint64 *ret_row);

/* Loads the run of row `row`: the scenario as it was swept, with the values of its point and its replication. Stores
 * the point, and what the row says in `values`, as many as there are measures. NULL with `error`, or with the error in
 * `diag`. */
SfRun *sf_replay_load_row (SfStore *store, const SfSweep *sweep, guint64 row, guint *ret_point, gint64 *values,
                           SfDiagnostics *diag, GError **error);

/* Simulates `run`; TRUE if that gives `values`, what its row says. */
gboolean sf_replay_gives (const SfSweep *sweep, const SfRun *run, const gint64 *values);

/* Says to people which run that is: "links.0.loss = 3%, replication 7". */
char *sf_replay_text (const SfSweep *sweep, guint point, guint64 replication);
