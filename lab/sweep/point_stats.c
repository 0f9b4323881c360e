/* SPDX-License-Identifier: MIT */
#include "lab/sweep/point_stats.h"

struct SfPointStats
{
  guint n_points;
  SfStats *stats; /* by measure, then by point */
};

/* What the threads share. */
typedef struct
{
  SfStore *store;
  const SfSweep *sweep;
  SfPointStats *point_stats;
  GMutex lock;
  guint next;    /* the next point to be taken */
  guint64 sum;   /* the sum of the checksums of points */
  GError *error; /* the first error */
} Work;

void
sf_point_stats_free (SfPointStats *point_stats)
{
  if (point_stats == NULL)
    return;
  g_free (point_stats->stats);
  g_free (point_stats);
}

/* Takes the next point. FALSE if there is none, or after an error. */
static gboolean
take_point (Work *work, guint *ret_point)
{
  gboolean found;

  g_mutex_lock (&work->lock);
  found = work->error == NULL && work->next < work->point_stats->n_points;
  if (found)
    *ret_point = work->next++;
  g_mutex_unlock (&work->lock);
  return found;
}

static void
fail (Work *work, GError *error)
{
  g_mutex_lock (&work->lock);
  if (work->error == NULL)
    work->error = g_steal_pointer (&error);
  g_mutex_unlock (&work->lock);
  g_clear_error (&error);
}

/* The values of a point as they come: first the number of runs without a value. */
typedef struct
{
  SfSums sums;
  guint64 n_runs, missing;
} Summing;

static void
take_value (gpointer user, gint64 value, guint64 n)
{
  Summing *summing = user;

  if (value == SF_NO_VALUE)
    {
      summing->missing = n;
      sf_sums_begin (&summing->sums, summing->n_runs - n);
    }
  else
    sf_sums_add (&summing->sums, value, n);
}

/* Computes the statistics of measure `measure` at `point`, which has `n_runs` runs. */
static gboolean
sum_measure (const Work *work, SfStore *store, guint point, guint measure, guint64 n_runs, GError **error)
{
  SfStats *stats = &work->point_stats->stats[(gsize) measure * work->point_stats->n_points + point];
  Summing summing = { .n_runs = n_runs };

  sf_sums_begin (&summing.sums, n_runs);
  if (!sf_store_foreach_value (store, point, measure, take_value, &summing, error))
    return FALSE;
  *stats = sf_sums_end (&summing.sums, sf_sweep_measure_at (work->sweep, measure)->fraction);
  stats->missing = summing.missing;
  return TRUE;
}

static gboolean
sum_point (Work *work, SfStore *store, guint point, GError **error)
{
  guint64 n_runs, sum;

  if (!sf_store_check_point (store, point, &n_runs, &sum, error))
    return FALSE;
  g_mutex_lock (&work->lock);
  work->sum += sum;
  g_mutex_unlock (&work->lock);
  for (guint i = 0; i < work->sweep->measures->len; i++)
    if (!sum_measure (work, store, point, i, n_runs, error))
      return FALSE;
  return TRUE;
}

/* The work of a thread: takes points and computes their statistics, reading from `store`. */
static void
sum_up (Work *work, SfStore *store)
{
  guint point;

  while (take_point (work, &point))
    {
      GError *error = NULL;

      if (!sum_point (work, store, point, &error))
        fail (work, error);
    }
}

static gpointer
run_thread (gpointer user)
{
  Work *work = user;
  GError *error = NULL;
  g_autoptr (SfStore) store = sf_store_open_again (work->store, &error);

  if (store != NULL)
    sum_up (work, store);
  else
    fail (work, error);
  return NULL;
}

/* Does the work on `n_threads` threads, one of which is the calling one. */
static void
sum_up_together (Work *work, guint n_threads)
{
  g_autofree GThread **threads = g_new (GThread *, n_threads);

  for (guint i = 1; i < n_threads; i++)
    threads[i] = g_thread_new ("statistics", run_thread, work);
  sum_up (work, work->store);
  for (guint i = 1; i < n_threads; i++)
    g_thread_join (threads[i]);
}

SfPointStats *
sf_point_stats_new (SfStore *store, const SfSweep *sweep, guint n_threads, GError **error)
{
  g_autoptr (SfPointStats) point_stats = g_new0 (SfPointStats, 1);
  Work work = { .store = store, .sweep = sweep, .point_stats = point_stats };

  point_stats->n_points = sf_sweep_n_points (sweep);
  point_stats->stats = g_new0 (SfStats, (gsize) point_stats->n_points * sweep->measures->len);
  g_mutex_init (&work.lock);
  sum_up_together (&work,
                   CLAMP (n_threads > 0 ? n_threads : g_get_num_processors (), 1, MAX (point_stats->n_points, 1)));
  g_mutex_clear (&work.lock);
  if (work.error == NULL && sf_store_check_sum (store, work.sum, &work.error))
    return g_steal_pointer (&point_stats);
  g_propagate_error (error, work.error);
  return NULL;
}

const SfStats *
sf_point_stats_of (const SfPointStats *point_stats, guint measure)
{
  return &point_stats->stats[(gsize) measure * point_stats->n_points];
}
