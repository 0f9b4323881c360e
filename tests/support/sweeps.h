/* SPDX-License-Identifier: MIT
 *
 * Small sweeps, and files of results in a temporary folder.
 */
#pragma once

#include "lab/sweep/threads.h"

/* A handshake, a byte, and a close, over a lossy link with 5 ms one way. */
#define SWEEPS_SCENARIO                                        \
  "synfin: 1\n"                                                \
  "title: a test\n"                                            \
  "hosts: {client: {}, server: {}}\n"                          \
  "links:\n"                                                   \
  "  - {between: [client, server], delay: 5ms, loss: 10%}\n"   \
  "script:\n"                                                  \
  "  client: [{connect: \"server:80\"}, {send: 1 B}, close]\n" \
  "  server: [{listen: 80}, accept, {receive: eof}, close]\n"

/* Six points of loss and delay. Two measures; that of the handshake does not exist in every run. */
#define SWEEPS_GRID                    \
  "  vary:\n"                          \
  "    links.0.loss: [0%, 20%, 60%]\n" \
  "    links.0.delay: [5ms, 50ms]\n"   \
  "  measure: [handshake-time, segments]\n"

/* A scenario with variants and expectations, in seven lines, without loss; 50 ms one way. */
#define SWEEPS_LESSON                                                                                               \
  "synfin: 1\n"                                                                                                     \
  "title: t\n"                                                                                                      \
  "hosts: {client: , server: }\n"                                                                                   \
  "links: [{between: [client, server], delay: 50ms}]\n"                                                             \
  "script: {server: [listen: 80, accept, receive: eof, close], client: [connect: server:80, send: 100 B, close]}\n" \
  "expect: [{name: read, delivered: {to: server, bytes: 100}}, {errors: none}]\n"                                   \
  "variants: {slow: {set: {links.0.delay: 1s}}, other: {expect: [{name: only here, errors: none}]}}\n"

/* The name of these scenarios in diagnostics. */
#define SWEEPS_FILE "test.yaml"

/* Make the folder, and remove it. Call them first and last in main(). */
void sweeps_begin (void);
void sweeps_end (void);

/* Returns the path of file `name` in the folder. It is valid until sweeps_end(). */
const char *sweeps_path (const char *name);

/* Returns the sweep of the scenario `text`; NULL after a diagnostic. */
SfSweep *sweeps_parse (const char *text, const SfSweepOptions *options, SfDiagnostics *diag);

/* The same for a scenario that must be right. */
SfSweep *sweeps_make (const char *text, const SfSweepOptions *options);

/* Returns the sweep of SWEEPS_SCENARIO with `section`, the keys of `sweep` (SWEEPS_GRID "  replications: 10\n"). */
SfSweep *sweeps_load (const char *section);

/* Opens the results of `sweep` in file `path`, new or not. */
SfStore *sweeps_open (const SfSweep *sweep, const char *path, guint shard, guint n_shards);

/* Runs on `n_threads` threads what is not yet in file `path`. */
void sweeps_run (const SfSweep *sweep, const char *path, guint n_threads, guint shard, guint n_shards);

/* Asserts that both files have the same bytes. */
void sweeps_assert_same (const char *a, const char *b);

/* Asserts that `error` is this one and that its message contains `part`, and clears it. */
void sweeps_assert_error (GError **error, SfStoreError code, const char *part);

/* SWEEPS_GRID, ten runs at each point. */
#define SWEEPS_TEN SWEEPS_GRID "  replications: 10\n"

/* Asserts that opening the results fails with this error. */
void sweeps_assert_refused (const SfSweep *sweep, const char *path, guint shard, guint n_shards, gboolean resume,
                            SfStoreError code, const char *part);

/* Adds runs `first` … `end` - 1 of `point`: handshake-time = replication, or none for odd ones; segments = 100 ×
 * point. */
void sweeps_add_runs (SfStore *store, guint point, guint64 first, guint64 end);

/* Commits, which must succeed. */
void sweeps_commit (SfStore *store);

/* Returns the number of rows. */
guint64 sweeps_n_rows (SfStore *store);

/* Makes a file with the runs of the first point and half of those of the second. */
const char *sweeps_make_file (const SfSweep *sweep, const char *name);

/* Executes `sql` on the file, past the program. */
void sweeps_change_file (const char *path, const char *sql);

/* Finishes the file, which must have all `n` rows. */
void sweeps_finish (const SfSweep *sweep, const char *path, guint64 n);

/* Returns complete results of `sweep` in file `name` with `values`: of all measures of the first run of the first
 * point, then of its next run, … */
SfStore *sweeps_fill (const SfSweep *sweep, const char *name, const gint64 *values);

/* Removes file `name`. */
void sweeps_remove (const char *name);
