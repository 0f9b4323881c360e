/* SPDX-License-Identifier: MIT
 *
 * Runs a sweep on several threads. The work is cut into units: some replications of a point, or a whole point if
 * precision decides how many it needs. Units are the same for any number of threads and shards; unit u belongs to shard
 * u mod n. Results go to the store in order, so they do not depend on the speed of threads.
 */
#pragma once

#include "lab/sweep/store.h"

typedef struct
{
  guint n_threads;       /* 0: one per processor */
  guint shard, n_shards; /* 0, 1: everything */
  /* Called about ten times a second from the calling thread, with the number of runs that this shard has done,
   * including earlier calls, and their greatest number. NULL: not called. If it returns FALSE, finished runs are stored
   * and sf_sweep_run() fails with SF_STORE_ERROR_STOPPED. */
  gboolean (*progress) (gpointer user, guint64 done, guint64 total);
  gpointer user;
  gint64 commit_every; /* in microseconds: a run is committed at most this long after it was done. 0: a second, or less
                          if commits are quick */
} SfSweepRunOptions;

/* Runs everything of `sweep` that `store` does not have yet, and finishes the file. FALSE with `error`; stored runs
 * remain, and the sweep can be resumed. */
gboolean sf_sweep_run (const SfSweep *sweep, SfStore *store, const SfSweepRunOptions *options, GError **error);
