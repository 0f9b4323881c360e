/* SPDX-License-Identifier: MIT */
#include "lab/sweep/worker.h"

#include "lab/report/simulation.h"
#include "lab/sweep/store.h"

#include <string.h>

/* Precision is checked after every batch of this many replications of a point; … */
#define DECIDE_EVERY 100

/* … without precision, batches are larger. */
#define BATCH 250

/* A batch ends early after this many events, some milliseconds of work, so that long runs do not wait. */
#define BATCH_EVENTS 20000

/* --- loaded points --- */

typedef struct
{
  guint point;
  guint users;
  gboolean loading;
  SfRun *run;    /* NULL: it cannot be loaded, … */
  GError *error; /* … for this reason */
} Point;

struct SfLoadedPoints
{
  const SfSweep *sweep;
  GMutex lock;
  GCond loaded;
  GPtrArray *used; /* Point: those in use by a thread, hence few */
};

SfLoadedPoints *
sf_loaded_points_new (const SfSweep *sweep)
{
  SfLoadedPoints *points = g_new0 (SfLoadedPoints, 1);

  points->sweep = sweep;
  g_mutex_init (&points->lock);
  g_cond_init (&points->loaded);
  points->used = g_ptr_array_new ();
  return points;
}

void
sf_loaded_points_free (SfLoadedPoints *points)
{
  if (points == NULL)
    return;
  g_mutex_clear (&points->lock);
  g_cond_clear (&points->loaded);
  g_ptr_array_unref (points->used);
  g_free (points);
}

static Point *
find_point (const SfLoadedPoints *points, guint number)
{
  for (guint i = 0; i < points->used->len; i++)
    {
      Point *point = g_ptr_array_index (points->used, i);

      if (point->point == number)
        return point;
    }
  return NULL;
}

static void
load_point (const SfSweep *sweep, Point *point)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autofree char *text = NULL;

  point->run = sf_sweep_load_point (sweep, point->point, diag);
  if (point->run != NULL)
    return;
  text = sf_diagnostic_format (sf_diagnostics_error (diag));
  point->error = g_error_new_literal (SF_STORE_ERROR, SF_STORE_ERROR_SCENARIO, g_strchomp (text));
}

/* Returns point `number`. The first thread that needs it loads it; others wait. */
static Point *
use_point (SfLoadedPoints *points, guint number)
{
  Point *point;

  g_mutex_lock (&points->lock);
  point = find_point (points, number);
  if (point == NULL)
    {
      point = g_new0 (Point, 1);
      point->point = number;
      point->loading = TRUE;
      g_ptr_array_add (points->used, point);
      g_mutex_unlock (&points->lock);
      load_point (points->sweep, point);
      g_mutex_lock (&points->lock);
      point->loading = FALSE;
      g_cond_broadcast (&points->loaded);
    }
  point->users++;
  while (point->loading)
    g_cond_wait (&points->loaded, &points->lock);
  g_mutex_unlock (&points->lock);
  return point;
}

static void
leave_point (SfLoadedPoints *points, Point *point)
{
  gboolean last;

  g_mutex_lock (&points->lock);
  point->users--;
  last = point->users == 0;
  if (last)
    g_ptr_array_remove_fast (points->used, point);
  g_mutex_unlock (&points->lock);
  if (!last)
    return;
  sf_run_free (point->run);
  g_clear_error (&point->error);
  g_free (point);
}

/* --- a thread --- */

struct SfWorker
{
  SfLoadedPoints *points;
  Point *point;             /* NULL: none yet */
  SfSimulation *simulation; /* of the point, NULL if it cannot be loaded */
};

SfWorker *
sf_worker_new (SfLoadedPoints *points)
{
  SfWorker *worker = g_new0 (SfWorker, 1);

  worker->points = points;
  return worker;
}

static void
drop_point (SfWorker *worker)
{
  g_clear_pointer (&worker->simulation, sf_simulation_free);
  if (worker->point != NULL)
    leave_point (worker->points, g_steal_pointer (&worker->point));
}

void
sf_worker_free (SfWorker *worker)
{
  if (worker == NULL)
    return;
  drop_point (worker);
  g_free (worker);
}

/* Makes the point of `unit` the current point of the thread. FALSE with `error` if it cannot be loaded. */
static gboolean
go_to (SfWorker *worker, const SfUnitOfWork *unit, GError **error)
{
  if (worker->point == NULL || worker->point->point != unit->point)
    {
      drop_point (worker);
      worker->point = use_point (worker->points, unit->point);
    }
  if (worker->point->run == NULL)
    {
      g_propagate_error (error, g_error_copy (worker->point->error));
      return FALSE;
    }
  if (worker->simulation == NULL)
    worker->simulation = sf_simulation_new (worker->point->run->scenario);
  return TRUE;
}

/* Returns the greatest number of runs in a batch. */
static guint
batch_size (const SfSweep *sweep)
{
  return sweep->precise_measure < 0 ? BATCH : DECIDE_EVERY;
}

static gsize
batch_bytes (const SfSweep *sweep)
{
  return sizeof (SfBatch) + batch_size (sweep) * sweep->measures->len * sizeof (gint64);
}

static SfBatch *
batch_new (const SfSweep *sweep, guint point, guint64 first)
{
  SfBatch *batch = g_malloc (batch_bytes (sweep));

  batch->point = point;
  batch->first = first;
  batch->n = 0;
  return batch;
}

/* Runs replications from `first` on, until the batch is full, `end` is reached, or it has taken long. */
static SfBatch *
run_batch (SfWorker *worker, guint64 first, guint64 end)
{
  const SfSweep *sweep = worker->points->sweep;
  const SfRun *run = worker->point->run;
  SfBatch *batch = batch_new (sweep, worker->point->point, first);
  guint64 n_events = 0;

  while (first + batch->n < end && n_events < BATCH_EVENTS)
    {
      const SfTrace *trace = sf_simulation_run (worker->simulation, first + batch->n);

      sf_sweep_measure (sweep, run, trace, &batch->values[batch->n * sweep->measures->len]);
      n_events += trace->n_events;
      batch->n++;
    }
  return batch;
}

static void
add_to_moments (const SfSweep *sweep, const SfBatch *batch, SfMoments *moments)
{
  for (guint i = 0; i < batch->n; i++)
    {
      gint64 value = batch->values[i * sweep->measures->len + (guint) sweep->precise_measure];

      if (value != SF_NO_VALUE)
        sf_moments_add (moments, value, 1);
    }
}

/* TRUE if `done` replications of a point are enough. It is checked after full batches only, so that the result does not
 * depend on threads. */
static gboolean
is_enough (const SfSweep *sweep, guint64 done, const SfMoments *moments)
{
  if (sweep->precise_measure < 0 || done == 0 || done % DECIDE_EVERY != 0)
    return FALSE;
  return sf_moments_precise (moments, sf_sweep_measure_at (sweep, (guint) sweep->precise_measure)->fraction,
                             sweep->precision);
}

gboolean
sf_worker_do (SfWorker *worker, const SfUnitOfWork *unit, SfWorkerTake take, gpointer user, guint64 *ret_skipped,
              GError **error)
{
  const SfSweep *sweep = worker->points->sweep;
  SfMoments moments = unit->moments;
  guint64 next = unit->first;

  *ret_skipped = 0;
  if (!go_to (worker, unit, error))
    return FALSE;
  while (next < unit->end && !is_enough (sweep, next, &moments))
    {
      guint64 border = (next / batch_size (sweep) + 1) * batch_size (sweep);
      SfBatch *batch = run_batch (worker, next, MIN (unit->end, border));

      next += batch->n;
      if (sweep->precise_measure >= 0)
        add_to_moments (sweep, batch, &moments);
      if (!take (user, batch, batch_bytes (sweep)))
        return FALSE;
    }
  *ret_skipped = unit->end - next;
  return TRUE;
}
