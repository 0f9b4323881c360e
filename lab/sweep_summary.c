/* SPDX-License-Identifier: MIT */
#include "lab/sweep_summary.h"

struct SfSummary
{
  guint n_points;
  SfStats *stats; /* of all points for the first measure, then for the second, … */
};

/* What threads share that sum up. */
typedef struct
{
  SfStore *store;
  const SfSweep *sweep;
  SfSummary *summary;
  GMutex lock;
  guint64 next, n; /* places in `stats` */
  GError *error;   /* of whoever had one first */
} Work;

void
sf_summary_free (SfSummary *summary)
{
  if (summary == NULL)
    return;
  g_free (summary->stats);
  g_free (summary);
}

/* Finds the next place. FALSE: there is none, or something went wrong. */
static gboolean
take_place (Work *work, guint64 *ret_place)
{
  gboolean found;

  g_mutex_lock (&work->lock);
  found = work->error == NULL && work->next < work->n;
  if (found)
    *ret_place = work->next++;
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

/* Sums up, reading from `store`, until all is done. */
static void
sum_up (Work *work, SfStore *store)
{
  guint n_points = work->summary->n_points;
  guint64 place;

  while (take_place (work, &place))
    {
      GError *error = NULL;

      if (!sf_stats_of_point (store, work->sweep, (guint) (place % n_points), (guint) (place / n_points),
                              &work->summary->stats[place], &error))
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

/* The calling thread is one of them. */
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

SfSummary *
sf_summary_new (SfStore *store, const SfSweep *sweep, guint n_threads, GError **error)
{
  g_autoptr (SfSummary) summary = g_new0 (SfSummary, 1);
  Work work = { .store = store, .sweep = sweep, .summary = summary };

  summary->n_points = sf_sweep_n_points (sweep);
  work.n = (guint64) summary->n_points * sweep->measures->len;
  summary->stats = g_new0 (SfStats, work.n);
  g_mutex_init (&work.lock);
  sum_up_together (&work, (guint) CLAMP (n_threads > 0 ? n_threads : g_get_num_processors (), 1, MAX (work.n, 1)));
  g_mutex_clear (&work.lock);
  if (work.error == NULL)
    return g_steal_pointer (&summary);
  g_propagate_error (error, work.error);
  return NULL;
}

const SfStats *
sf_summary_of (const SfSummary *summary, guint measure)
{
  return &summary->stats[(gsize) measure * summary->n_points];
}
