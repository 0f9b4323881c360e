/* SPDX-License-Identifier: MIT */
#include "lab/sweep/threads.h"

#include "base/gettext.h"
#include "lab/sweep/worker.h"

/* Replications in a unit of work, unless precision decides how many there are. */
#define UNIT 250

/* Slots per thread, enough for the work during a commit; and bytes that may wait in all of them. */
#define SLOTS 64
#define MOST_BYTES (32 * 1024 * 1024)

/* Beyond this number, units are not counted one by one. */
#define MOST_COUNTED 1000000

/* Limits of the time between commits, in microseconds. Within them, commits take a twentieth of the time. */
#define COMMIT_SOONEST (G_USEC_PER_SEC / 10)
#define COMMIT_LATEST G_USEC_PER_SEC
#define COMMIT_PART 20
#define PROGRESS_EVERY (G_USEC_PER_SEC / 10)

/* --- units --- */

/* The work that is left of a sweep. Its first unit may have been begun in an earlier call. */
typedef struct
{
  const SfSweep *sweep;
  guint shard, n_shards;
  guint64 per_point; /* units per point */
  guint64 size;      /* replications in a unit; the last unit of a point may have fewer */
  guint64 begun;     /* the first unit that is not done, numbered in the whole sweep */
  guint64 n;         /* number of units to be done */
  guint64 done;      /* replications of the first unit that are done */
  SfMoments moments; /* moments of these replications */
  gboolean sound;    /* the stored rows are those that should be there */
} Work;

static SfUnitOfWork
unit_at (const Work *work, guint64 i)
{
  guint64 number = work->begun + i * work->n_shards;
  SfUnitOfWork unit = { .point = (guint) (number / work->per_point) };

  unit.first = number % work->per_point * work->size;
  unit.end = MIN (unit.first + work->size, work->sweep->replications);
  if (i == 0)
    {
      unit.first += work->done;
      unit.moments = work->moments;
    }
  return unit;
}

/* Returns the greatest number of runs to be done; an estimate if there are very many units. */
static guint64
count_runs (const Work *work)
{
  guint64 n = 0;

  if (work->n > MOST_COUNTED)
    return work->n * work->size;
  for (guint64 i = 0; i < work->n; i++)
    {
      SfUnitOfWork unit = unit_at (work, i);

      n += unit.end - unit.first;
    }
  return n;
}

/* --- what is stored already --- */

/* TRUE if replication `replication` of `point` is the next row that should be stored. */
static gboolean
is_next (const Work *work, guint point, guint64 replication)
{
  SfUnitOfWork unit = unit_at (work, 0);

  return unit.first < unit.end && unit.point == point && unit.first == replication;
}

/* TRUE if the unit may end here: after its last replication, or when precision is reached. */
static gboolean
may_end (const Work *work)
{
  SfUnitOfWork unit = unit_at (work, 0);

  return unit.first == unit.end || (work->sweep->precise_measure >= 0 && work->done > 0);
}

static void
begin_next_unit (Work *work)
{
  work->begun += work->n_shards;
  work->done = 0;
  work->moments = (SfMoments){ 0 };
}

/* An SfStoreTake: steps over a stored run, and checks that it is the one that running would give next. */
static gboolean
step_over (gpointer user, guint64 row G_GNUC_UNUSED, guint point, guint64 replication, const gint64 *values)
{
  Work *work = user;

  if (!is_next (work, point, replication) && may_end (work))
    begin_next_unit (work);
  work->sound = is_next (work, point, replication);
  work->done++;
  if (work->sweep->precise_measure >= 0 && values[work->sweep->precise_measure] != SF_NO_VALUE)
    sf_moments_add (&work->moments, values[work->sweep->precise_measure], 1);
  return work->sound;
}

/* Finds the work that is left: the rest of the unit of the last stored run, if any, and the units after it. */
static gboolean
find_work (Work *work, SfStore *store, GError **error)
{
  const SfSweep *sweep = work->sweep;
  guint64 all;

  work->size = sweep->precise_measure < 0 ? MIN (UNIT, sweep->replications) : sweep->replications;
  work->per_point = (sweep->replications + work->size - 1) / work->size;
  work->begun = work->shard;
  work->sound = TRUE;
  if (!sf_store_foreach (store, step_over, work, error))
    return FALSE;
  if (!work->sound)
    return sf_store_damaged (store, error);
  all = sf_sweep_n_points (sweep) * work->per_point;
  work->n = work->begun < all ? (all - work->begun + work->n_shards - 1) / work->n_shards : 0;
  return TRUE;
}

/* --- storing --- */

typedef struct
{
  SfStore *store;
  const SfSweep *sweep;
  const SfSweepRunOptions *options;
  guint64 done, total;
  gint64 commit_every;
  gint64 committed, reported; /* times of the last commit and the last progress report */
  GError *error;              /* NULL: none */
} Writer;

static gboolean
writer_commit (Writer *writer, gint64 now)
{
  if (!sf_store_commit (writer->store, &writer->error))
    return FALSE;
  writer->committed = g_get_monotonic_time ();
  if (writer->options->commit_every == 0)
    writer->commit_every = CLAMP (COMMIT_PART * (writer->committed - now), COMMIT_SOONEST, COMMIT_LATEST);
  return TRUE;
}

/* Commits and reports progress when it is time to. FALSE to stop. */
static gboolean
writer_tick (Writer *writer)
{
  gint64 now = g_get_monotonic_time ();

  if (now - writer->committed >= writer->commit_every && !writer_commit (writer, now))
    return FALSE;
  if (writer->options->progress == NULL || now - writer->reported < PROGRESS_EVERY)
    return TRUE;
  writer->reported = now;
  if (writer->options->progress (writer->options->user, writer->done, writer->total))
    return TRUE;
  g_set_error_literal (&writer->error, SF_STORE_ERROR, SF_STORE_ERROR_STOPPED, _ ("the sweep was stopped"));
  return FALSE;
}

/* An SfWorkerTake: stores the runs of `batch` and frees it. */
static gboolean
writer_take (gpointer user, SfBatch *batch, gsize bytes G_GNUC_UNUSED)
{
  Writer *writer = user;
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < batch->n; i++)
    {
      const gint64 *values = &batch->values[i * writer->sweep->measures->len];

      ok = sf_store_add (writer->store, batch->point, batch->first + i, values, &writer->error);
      writer->done += ok;
    }
  g_free (batch);
  return ok && writer_tick (writer);
}

/* --- one thread: the calling one --- */

static void
run_alone (const Work *work, SfLoadedPoints *points, Writer *writer)
{
  g_autoptr (SfWorker) worker = sf_worker_new (points);

  for (guint64 i = 0; i < work->n && writer->error == NULL; i++)
    {
      SfUnitOfWork unit = unit_at (work, i);
      GError *error = NULL;
      guint64 skipped;

      sf_worker_do (worker, &unit, writer_take, writer, &skipped, &error);
      if (error != NULL)
        writer->error = error;
      writer->total -= skipped;
    }
}

/* --- several threads, and the calling one for storing --- */

typedef struct
{
  const Work *work;
  SfLoadedPoints *points;
  SfReorderQueue *queue;
} Crew;

/* The destination of the runs of a thread. */
typedef struct
{
  SfReorderQueue *queue;
  guint64 unit;
} Outlet;

static gboolean
put_batch (gpointer user, SfBatch *batch, gsize bytes)
{
  Outlet *outlet = user;

  return sf_reorder_queue_put (outlet->queue, outlet->unit, batch, bytes);
}

static gpointer
run_thread (gpointer user)
{
  Crew *crew = user;
  g_autoptr (SfWorker) worker = sf_worker_new (crew->points);
  Outlet outlet = { .queue = crew->queue };

  while (sf_reorder_queue_take (crew->queue, &outlet.unit))
    {
      SfUnitOfWork unit = unit_at (crew->work, outlet.unit);
      GError *error = NULL;
      guint64 skipped;

      sf_worker_do (worker, &unit, put_batch, &outlet, &skipped, &error);
      sf_reorder_queue_end (crew->queue, outlet.unit, skipped, error);
    }
  return NULL;
}

/* Stores what the threads produce, until all is done or something fails. */
static void
store_all (SfReorderQueue *queue, Writer *writer)
{
  SfReorderItem item;
  gboolean goes_on = TRUE;

  while (goes_on)
    switch (sf_reorder_queue_next (queue, &item))
      {
      case SF_REORDER_BATCH:
        goes_on = writer_take (writer, item.batch, 0);
        break;
      case SF_REORDER_DONE:
        writer->total -= item.skipped;
        break;
      case SF_REORDER_FAILED:
        writer->error = item.error;
        goes_on = FALSE;
        break;
      case SF_REORDER_WAITING:
        goes_on = writer_tick (writer);
        break;
      case SF_REORDER_OVER:
        goes_on = FALSE;
        break;
      }
}

static void
run_together (const Work *work, SfLoadedPoints *points, Writer *writer, guint n_threads)
{
  g_autoptr (SfReorderQueue) queue = sf_reorder_queue_new (work->n, SLOTS * n_threads, MOST_BYTES);
  g_autofree GThread **threads = g_new (GThread *, n_threads);
  Crew crew = { work, points, queue };

  for (guint i = 0; i < n_threads; i++)
    threads[i] = g_thread_new ("runs", run_thread, &crew);
  store_all (queue, writer);
  sf_reorder_queue_stop (queue);
  for (guint i = 0; i < n_threads; i++)
    g_thread_join (threads[i]);
}

/* --- all of it --- */

static guint
choose_threads (const Work *work, guint n_threads)
{
  if (n_threads == 0)
    n_threads = g_get_num_processors ();
  return (guint) MIN (n_threads, work->n);
}

/* Ends the sweep after a failure. Commits what was stored, if that is possible. */
static gboolean
end_with (Writer *writer, GError **error)
{
  if (writer->error == NULL)
    return sf_store_finish (writer->store, error);
  sf_store_commit (writer->store, NULL);
  g_propagate_error (error, writer->error);
  return FALSE;
}

gboolean
sf_sweep_run (const SfSweep *sweep, SfStore *store, const SfSweepRunOptions *options, GError **error)
{
  g_autoptr (SfLoadedPoints) points = NULL;
  Work work = { .sweep = sweep, .shard = options->shard, .n_shards = MAX (options->n_shards, 1) };
  Writer writer = { .store = store, .sweep = sweep, .options = options };
  GError *local = NULL;
  guint n_threads;

  if (sf_store_is_complete (store))
    return TRUE;
  if (!find_work (&work, store, error))
    return FALSE;
  writer.done = sf_store_n_rows (store, &local);
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  writer.total = writer.done + count_runs (&work);
  writer.commit_every = options->commit_every > 0 ? options->commit_every : COMMIT_SOONEST;
  writer.committed = g_get_monotonic_time ();
  points = sf_loaded_points_new (sweep);
  n_threads = choose_threads (&work, options->n_threads);
  if (n_threads > 1)
    run_together (&work, points, &writer, n_threads);
  else
    run_alone (&work, points, &writer);
  return end_with (&writer, error);
}
