/* SPDX-License-Identifier: MIT
 *
 * Runs a row of the results of a sweep again.
 */
#pragma once

#include "lab/sweep/store.h"

/* Splits "DB:ROW" ("out/sweep.sqlite:17"); rows are numbered from 1. Returns the name of the database, NULL if `text`
 * has another form. */
char *sf_replay_split (const char *text, guint64 *ret_row);

/* Loads the run of row `row`: the stored scenario with the values of its point, and its replication. Stores the point,
 * and the values of the row (one per measure) in `values`. NULL with `error`, or with the error in `diag`. */
SfRun *sf_replay_load_row (SfStore *store, const SfSweep *sweep, guint64 row, guint *ret_point, gint64 *values,
                           SfDiagnostics *diag, GError **error);

/* Simulates `run`. TRUE if its measures are `values`, those of its row. */
gboolean sf_replay_gives (const SfSweep *sweep, const SfRun *run, const gint64 *values);

/* Returns which run that is, for people: "links.0.loss = 3%, replication 7". */
char *sf_replay_text (const SfSweep *sweep, guint point, guint64 replication);
