/* SPDX-License-Identifier: MIT
 *
 * The work of one thread in a sweep: the runs of units of work.
 */
#pragma once

#include "lab/sweep/reorder_queue.h"
#include "lab/sweep/statistics.h"
#include "lab/sweep/sweep.h"

/* Consecutive replications of a point. How a sweep is cut into units does not depend on threads and shards. */
typedef struct
{
  guint point;
  guint64 first, end; /* replications to be run: first … end - 1 */
  SfMoments moments;  /* moments of those before `first`, if precision decides when to stop */
} SfUnitOfWork;

/* Loaded points, shared by the threads. */
typedef struct SfLoadedPoints SfLoadedPoints;

SfLoadedPoints *sf_loaded_points_new (const SfSweep *sweep);
void sf_loaded_points_free (SfLoadedPoints *points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfLoadedPoints, sf_loaded_points_free)

/* The state of one thread: a simulation and its trace, which every run uses again. */
typedef struct SfWorker SfWorker;

SfWorker *sf_worker_new (SfLoadedPoints *points);
void sf_worker_free (SfWorker *worker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfWorker, sf_worker_free)

/* Takes ownership of `batch` of `bytes` bytes. Returns FALSE to stop. */
typedef gboolean (*SfWorkerTake) (gpointer user, SfBatch *batch, gsize bytes);

/* Runs `unit` and gives its runs to `take`, batch by batch. Stores the number of runs that were not needed. FALSE with
 * `error` if the point cannot be loaded; FALSE without `error` if `take` stopped it. */
gboolean sf_worker_do (SfWorker *worker, const SfUnitOfWork *unit, SfWorkerTake take, gpointer user,
                       guint64 *ret_skipped, GError **error);
