/* SPDX-License-Identifier: MIT */
#include "lab/sweep/reorder_queue.h"

#define PATIENCE (G_USEC_PER_SEC / 10)

/* The thread that stores is not woken for fewer batches: each time it takes a core, and its caches, from one that
 * runs. */
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
  guint64 skipped;
  GError *error;
} Slot;

struct SfReorderQueue
{
  GMutex lock;
  GCond news; /* for the thread that stores */
  GCond room; /* for those that run */
  guint64 n_units;
  guint64 taken;   /* units that somebody has begun: those below this */
  guint64 current; /* the unit whose turn it is */
  guint n_slots;
  Slot *queue;     /* unit u has slot u mod n_slots */
  guint n_waiting; /* batches */
  gsize bytes, most_bytes;
  gboolean stopped;
};

SfReorderQueue *
sf_reorder_queue_new (guint64 n_units, guint n_slots, gsize most_bytes)
{
  SfReorderQueue *queue = g_new0 (SfReorderQueue, 1);

  g_mutex_init (&queue->lock);
  g_cond_init (&queue->news);
  g_cond_init (&queue->room);
  queue->n_units = n_units;
  queue->n_slots = n_slots;
  queue->most_bytes = most_bytes;
  queue->queue = g_new0 (Slot, n_slots);
  for (guint i = 0; i < n_slots; i++)
    queue->queue[i].waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  return queue;
}

static Slot *
slot_of (SfReorderQueue *queue, guint64 unit)
{
  return &queue->queue[unit % queue->n_slots];
}

static void
slot_clear (Slot *slot)
{
  for (guint i = slot->first; i < slot->waiting->len; i++)
    g_free (g_array_index (slot->waiting, Waiting, i).batch);
  g_clear_error (&slot->error);
  g_array_unref (slot->waiting);
}

void
sf_reorder_queue_free (SfReorderQueue *queue)
{
  if (queue == NULL)
    return;
  for (guint i = 0; i < queue->n_slots; i++)
    slot_clear (&queue->queue[i]);
  g_free (queue->queue);
  g_mutex_clear (&queue->lock);
  g_cond_clear (&queue->news);
  g_cond_clear (&queue->room);
  g_free (queue);
}

/* --- for the threads that run --- */

gboolean
sf_reorder_queue_take (SfReorderQueue *queue, guint64 *ret_unit)
{
  gboolean found;

  g_mutex_lock (&queue->lock);
  while (!queue->stopped && queue->taken < queue->n_units && queue->taken >= queue->current + queue->n_slots)
    g_cond_wait (&queue->room, &queue->lock);
  found = !queue->stopped && queue->taken < queue->n_units;
  if (found)
    *ret_unit = queue->taken++;
  g_mutex_unlock (&queue->lock);
  return found;
}

/* TRUE if a thread that runs waits for room, or will before there is enough. */
static gboolean
is_short (const SfReorderQueue *queue)
{
  return queue->bytes > queue->most_bytes || queue->taken == queue->n_units
         || queue->taken == queue->current + queue->n_slots;
}

/* Wakes the thread that stores if it has something to do, and that is worth it. */
static void
wake (SfReorderQueue *queue)
{
  const Slot *slot = slot_of (queue, queue->current);

  if ((slot->first < slot->waiting->len || slot->ended) && (queue->n_waiting >= ENOUGH || is_short (queue)))
    g_cond_signal (&queue->news);
}

/* TRUE if whoever runs `unit` is to wait, since too much does; the one whose turn it is goes on when its own has been
 * taken out. */
static gboolean
has_to_wait (SfReorderQueue *queue, guint64 unit)
{
  const Slot *slot = slot_of (queue, unit);

  return !queue->stopped && queue->bytes > queue->most_bytes
         && (unit != queue->current || slot->first < slot->waiting->len);
}

gboolean
sf_reorder_queue_put (SfReorderQueue *queue, guint64 unit, SfBatch *batch, gsize bytes)
{
  Waiting waiting = { batch, bytes };
  gboolean goes_on;

  g_mutex_lock (&queue->lock);
  g_array_append_val (slot_of (queue, unit)->waiting, waiting);
  queue->bytes += bytes;
  queue->n_waiting++;
  wake (queue);
  while (has_to_wait (queue, unit))
    g_cond_wait (&queue->room, &queue->lock);
  goes_on = !queue->stopped;
  g_mutex_unlock (&queue->lock);
  return goes_on;
}

void
sf_reorder_queue_end (SfReorderQueue *queue, guint64 unit, guint64 skipped, GError *error)
{
  Slot *slot = slot_of (queue, unit);

  g_mutex_lock (&queue->lock);
  slot->ended = TRUE;
  slot->skipped = skipped;
  slot->error = error;
  wake (queue);
  g_mutex_unlock (&queue->lock);
}

/* --- for the thread that stores --- */

static void
slot_empty (Slot *slot)
{
  g_array_set_size (slot->waiting, 0);
  slot->first = 0;
}

/* Takes the next batch out of `slot`. */
static SfBatch *
slot_shift (SfReorderQueue *queue, Slot *slot)
{
  Waiting waiting = g_array_index (slot->waiting, Waiting, slot->first);

  slot->first++;
  if (slot->first == slot->waiting->len)
    slot_empty (slot);
  queue->bytes -= waiting.bytes;
  queue->n_waiting--;
  g_cond_broadcast (&queue->room);
  return waiting.batch;
}

/* Makes `slot`, whose unit is done, ready for another. */
static void
slot_reset (SfReorderQueue *queue, Slot *slot, SfReorderItem *news)
{
  news->skipped = slot->skipped;
  news->error = g_steal_pointer (&slot->error);
  slot_empty (slot);
  slot->ended = FALSE;
  queue->current++;
  g_cond_broadcast (&queue->room);
}

static SfReorderEvent
next_locked (SfReorderQueue *queue, SfReorderItem *news)
{
  Slot *slot = slot_of (queue, queue->current);
  gint64 until = g_get_monotonic_time () + PATIENCE;

  if (queue->current == queue->n_units)
    return SF_REORDER_OVER;
  while (slot->first == slot->waiting->len && !slot->ended)
    if (!g_cond_wait_until (&queue->news, &queue->lock, until))
      return SF_REORDER_WAITING;
  if (slot->first < slot->waiting->len)
    {
      news->batch = slot_shift (queue, slot);
      return SF_REORDER_BATCH;
    }
  slot_reset (queue, slot, news);
  return news->error != NULL ? SF_REORDER_FAILED : SF_REORDER_DONE;
}

SfReorderEvent
sf_reorder_queue_next (SfReorderQueue *queue, SfReorderItem *ret_news)
{
  SfReorderEvent event;

  *ret_news = (SfReorderItem){ 0 };
  g_mutex_lock (&queue->lock);
  event = next_locked (queue, ret_news);
  g_mutex_unlock (&queue->lock);
  return event;
}

void
sf_reorder_queue_stop (SfReorderQueue *queue)
{
  g_mutex_lock (&queue->lock);
  queue->stopped = TRUE;
  g_cond_broadcast (&queue->room);
  g_mutex_unlock (&queue->lock);
}
