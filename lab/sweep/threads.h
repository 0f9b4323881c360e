/* SPDX-License-Identifier: MIT
 *
 * Running a sweep on several threads. The work is cut into units (some replications of a point, or a whole point when
 * precision decides how many), the same for any number of threads and shards; unit u belongs to shard u mod n. Results
 * go to the store in order, so they do not depend on which thread was quicker.
 */
#pragma once

#include "lab/sweep/store.h"

typedef struct
{
  guint n_threads;       /* 0: one per processor */
  guint shard, n_shards; /* 0, 1: everything */
  /* Called about ten times a second from the calling thread, NULL: never: how many runs this shard has done, those of
   * earlier calls included, and of how many at most. It returns FALSE to stop: then what is done is stored, and
   * sf_sweep_run() fails with SF_STORE_ERROR_STOPPED. */
  gboolean (*progress) (gpointer user, guint64 done, guint64 total);
  gpointer user;
  gint64 commit_every; /* microseconds; a run is stored for good at most that long after it was done. 0: a second, or
                        * less where commits are quick */
} SfSweepRunOptions;

/* Runs all that `store` does not have yet of `sweep`, and finishes it. FALSE with `error`; what was stored stays and
 * can be resumed. */
gboolean sf_sweep_run (const SfSweep *sweep, SfStore *store, const SfSweepRunOptions *options, GError **error);
