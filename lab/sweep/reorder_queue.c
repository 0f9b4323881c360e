/* SPDX-License-Identifier: MIT */
#include "lab/sweep/reorder_queue.h"

#define PATIENCE (G_USEC_PER_SEC / 10)

/* The thread that stores is not woken for fewer batches: each time it takes a core, and its caches, from one that runs. */
#define ENOUGH 16

typedef struct
{
  SfBatch *batch;
  gsize bytes;
} Waiting;

typedef struct
{
  GArray *waiting; /* Waiting */
  guint first;     /* of them that is still here */
  gboolean ended;
  guint64 spared;
  GError *error;
} Lane;

struct SfLanes
{
  GMutex lock;
  GCond news; /* for the thread that stores */
  GCond room; /* for those that run */
  guint64 n_units;
  guint64 taken;   /* units that somebody has begun: those below this */
  guint64 current; /* the unit whose turn it is */
  guint n_lanes;
  Lane *lanes;     /* unit u has lane u mod n_lanes */
  guint n_waiting; /* batches */
  gsize bytes, most_bytes;
  gboolean stopped;
};

SfLanes *
sf_lanes_new (guint64 n_units, guint n_lanes, gsize most_bytes)
{
  SfLanes *lanes = g_new0 (SfLanes, 1);

  g_mutex_init (&lanes->lock);
  g_cond_init (&lanes->news);
  g_cond_init (&lanes->room);
  lanes->n_units = n_units;
  lanes->n_lanes = n_lanes;
  lanes->most_bytes = most_bytes;
  lanes->lanes = g_new0 (Lane, n_lanes);
  for (guint i = 0; i < n_lanes; i++)
    lanes->lanes[i].waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  return lanes;
}

static Lane *
lane_of (SfLanes *lanes, guint64 unit)
{
  return &lanes->lanes[unit % lanes->n_lanes];
}

static void
lane_clear (Lane *lane)
{
  for (guint i = lane->first; i < lane->waiting->len; i++)
    g_free (g_array_index (lane->waiting, Waiting, i).batch);
  g_clear_error (&lane->error);
  g_array_unref (lane->waiting);
}

void
sf_lanes_free (SfLanes *lanes)
{
  if (lanes == NULL)
    return;
  for (guint i = 0; i < lanes->n_lanes; i++)
    lane_clear (&lanes->lanes[i]);
  g_free (lanes->lanes);
  g_mutex_clear (&lanes->lock);
  g_cond_clear (&lanes->news);
  g_cond_clear (&lanes->room);
  g_free (lanes);
}

/* --- for the threads that run --- */

gboolean
sf_lanes_take (SfLanes *lanes, guint64 *ret_unit)
{
  gboolean found;

  g_mutex_lock (&lanes->lock);
  while (!lanes->stopped && lanes->taken < lanes->n_units && lanes->taken >= lanes->current + lanes->n_lanes)
    g_cond_wait (&lanes->room, &lanes->lock);
  found = !lanes->stopped && lanes->taken < lanes->n_units;
  if (found)
    *ret_unit = lanes->taken++;
  g_mutex_unlock (&lanes->lock);
  return found;
}

/* TRUE if a thread that runs waits for room, or will before there is enough. */
static gboolean
is_short (const SfLanes *lanes)
{
  return lanes->bytes > lanes->most_bytes || lanes->taken == lanes->n_units || lanes->taken == lanes->current + lanes->n_lanes;
}

/* Wakes the thread that stores if it has something to do, and that is worth it. */
static void
wake (SfLanes *lanes)
{
  const Lane *lane = lane_of (lanes, lanes->current);

  if ((lane->first < lane->waiting->len || lane->ended) && (lanes->n_waiting >= ENOUGH || is_short (lanes)))
    g_cond_signal (&lanes->news);
}

/* TRUE if whoever runs `unit` is to wait, since too much does; the one whose turn it is goes on when its own has been taken out. */
static gboolean
has_to_wait (SfLanes *lanes, guint64 unit)
{
  const Lane *lane = lane_of (lanes, unit);

  return !lanes->stopped && lanes->bytes > lanes->most_bytes
         && (unit != lanes->current || lane->first < lane->waiting->len);
}

gboolean
sf_lanes_put (SfLanes *lanes, guint64 unit, SfBatch *batch, gsize bytes)
{
  Waiting waiting = { batch, bytes };
  gboolean goes_on;

  g_mutex_lock (&lanes->lock);
  g_array_append_val (lane_of (lanes, unit)->waiting, waiting);
  lanes->bytes += bytes;
  lanes->n_waiting++;
  wake (lanes);
  while (has_to_wait (lanes, unit))
    g_cond_wait (&lanes->room, &lanes->lock);
  goes_on = !lanes->stopped;
  g_mutex_unlock (&lanes->lock);
  return goes_on;
}

void
sf_lanes_end (SfLanes *lanes, guint64 unit, guint64 spared, GError *error)
{
  Lane *lane = lane_of (lanes, unit);

  g_mutex_lock (&lanes->lock);
  lane->ended = TRUE;
  lane->spared = spared;
  lane->error = error;
  wake (lanes);
  g_mutex_unlock (&lanes->lock);
}

/* --- for the thread that stores --- */

static void
lane_empty (Lane *lane)
{
  g_array_set_size (lane->waiting, 0);
  lane->first = 0;
}

/* Takes the next batch out of `lane`. */
static SfBatch *
lane_shift (SfLanes *lanes, Lane *lane)
{
  Waiting waiting = g_array_index (lane->waiting, Waiting, lane->first);

  lane->first++;
  if (lane->first == lane->waiting->len)
    lane_empty (lane);
  lanes->bytes -= waiting.bytes;
  lanes->n_waiting--;
  g_cond_broadcast (&lanes->room);
  return waiting.batch;
}

/* Makes `lane`, whose unit is done, ready for another. */
static void
lane_reset (SfLanes *lanes, Lane *lane, SfLanesNews *news)
{
  news->spared = lane->spared;
  news->error = g_steal_pointer (&lane->error);
  lane_empty (lane);
  lane->ended = FALSE;
  lanes->current++;
  g_cond_broadcast (&lanes->room);
}

static SfLanesEvent
next_locked (SfLanes *lanes, SfLanesNews *news)
{
  Lane *lane = lane_of (lanes, lanes->current);
  gint64 until = g_get_monotonic_time () + PATIENCE;

  if (lanes->current == lanes->n_units)
    return SF_LANES_OVER;
  while (lane->first == lane->waiting->len && !lane->ended)
    if (!g_cond_wait_until (&lanes->news, &lanes->lock, until))
      return SF_LANES_WAITING;
  if (lane->first < lane->waiting->len)
    {
      news->batch = lane_shift (lanes, lane);
      return SF_LANES_BATCH;
    }
  lane_reset (lanes, lane, news);
  return news->error != NULL ? SF_LANES_FAILED : SF_LANES_DONE;
}

SfLanesEvent
sf_lanes_next (SfLanes *lanes, SfLanesNews *ret_news)
{
  SfLanesEvent event;

  *ret_news = (SfLanesNews){ 0 };
  g_mutex_lock (&lanes->lock);
  event = next_locked (lanes, ret_news);
  g_mutex_unlock (&lanes->lock);
  return event;
}

void
sf_lanes_stop (SfLanes *lanes)
{
  g_mutex_lock (&lanes->lock);
  lanes->stopped = TRUE;
  g_cond_broadcast (&lanes->room);
  g_mutex_unlock (&lanes->lock);
}
