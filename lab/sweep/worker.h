/* SPDX-License-Identifier: MIT
 *
 * A thread's part in a sweep: units of work, and the runs of one.
 */
#pragma once

#include "lab/sweep/reorder_queue.h"
#include "lab/sweep/statistics.h"
#include "lab/sweep/sweep.h"

/* Replications of a point. How a sweep is cut into units does not depend on threads and shards. */
typedef struct
{
  guint point;
  guint64 first, end; /* replications that are to be run: first … end - 1 */
  SfMoments moments;  /* of those before `first`, where precision decides when to stop */
} SfUnitOfWork;

/* Loaded points, shared by the threads. */
typedef struct SfLoadedPoints SfLoadedPoints;

SfLoadedPoints *sf_loaded_points_new (const SfSweep *sweep);
void sf_loaded_points_free (SfLoadedPoints *points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfLoadedPoints, sf_loaded_points_free)

/* What a thread has for itself: a world and a trace that go from run to run. */
typedef struct SfWorker SfWorker;

SfWorker *sf_worker_new (SfLoadedPoints *points);
void sf_worker_free (SfWorker *worker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfWorker, sf_worker_free)

/* Takes `batch` of `bytes` bytes over; returns FALSE to stop. */
typedef gboolean (*SfWorkerTake) (gpointer user, SfBatch *batch, gsize bytes);

/* Does `unit` and hands its runs to `take`, a batch at a time. `*ret_skipped` is how many runs were not needed. FALSE
 * with `error` if the point cannot be loaded, without if `take` stopped it. */
gboolean sf_worker_do (SfWorker *worker, const SfUnitOfWork *unit, SfWorkerTake take, gpointer user,
                       guint64 *ret_skipped, GError **error);
