/* SPDX-License-Identifier: MIT */
#include "lab/sweep/reorder_queue.h"

#define PATIENCE (G_USEC_PER_SEC / 10)

/* The storing thread is not woken for fewer batches: each time it takes a core and its caches from a running thread. */
#define ENOUGH 16

typedef struct
{
  SfBatch *batch;
  gsize bytes;
} Waiting;

typedef struct
{
  GArray *waiting; /* Waiting */
  guint first;     /* index of the first that is still here */
  gboolean ended;
  guint64 skipped;
  GError *error;
} Slot;

struct SfReorderQueue
{
  GMutex lock;
  GCond filled; /* wakes the storing thread */
  GCond room;   /* wakes running threads */
  guint64 n_units;
  guint64 taken;   /* units below this have been taken */
  guint64 current; /* the unit whose results are next */
  guint n_slots;
  Slot *slots;     /* unit u has slot u mod n_slots */
  guint n_waiting; /* batches */
  gsize bytes, most_bytes;
  gboolean stopped;
};

SfReorderQueue *
sf_reorder_queue_new (guint64 n_units, guint n_slots, gsize most_bytes)
{
  SfReorderQueue *queue = g_new0 (SfReorderQueue, 1);

  g_mutex_init (&queue->lock);
  g_cond_init (&queue->filled);
  g_cond_init (&queue->room);
  queue->n_units = n_units;
  queue->n_slots = n_slots;
  queue->most_bytes = most_bytes;
  queue->slots = g_new0 (Slot, n_slots);
  for (guint i = 0; i < n_slots; i++)
    queue->slots[i].waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));
  return queue;
}

static Slot *
slot_of (SfReorderQueue *queue, guint64 unit)
{
  return &queue->slots[unit % queue->n_slots];
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
    slot_clear (&queue->slots[i]);
  g_free (queue->slots);
  g_mutex_clear (&queue->lock);
  g_cond_clear (&queue->filled);
  g_cond_clear (&queue->room);
  g_free (queue);
}

/* --- for running threads --- */

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

/* TRUE if a running thread waits for room, or will wait before ENOUGH batches are there. */
static gboolean
is_short (const SfReorderQueue *queue)
{
  return queue->bytes > queue->most_bytes || queue->taken == queue->n_units
         || queue->taken == queue->current + queue->n_slots;
}

/* Wakes the storing thread if there is enough for it to do. */
static void
wake (SfReorderQueue *queue)
{
  const Slot *slot = slot_of (queue, queue->current);

  if ((slot->first < slot->waiting->len || slot->ended) && (queue->n_waiting >= ENOUGH || is_short (queue)))
    g_cond_signal (&queue->filled);
}

/* TRUE if the thread that runs `unit` has to wait because the queue is full. The thread of the current unit waits only
 * until its own batches are taken out. */
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

/* --- for the storing thread --- */

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

/* Makes `slot`, whose unit is done, ready for another unit. */
static void
slot_reset (SfReorderQueue *queue, Slot *slot, SfReorderItem *item)
{
  item->skipped = slot->skipped;
  item->error = g_steal_pointer (&slot->error);
  slot_empty (slot);
  slot->ended = FALSE;
  queue->current++;
  g_cond_broadcast (&queue->room);
}

static SfReorderEvent
next_locked (SfReorderQueue *queue, SfReorderItem *item)
{
  Slot *slot = slot_of (queue, queue->current);
  gint64 until = g_get_monotonic_time () + PATIENCE;

  if (queue->current == queue->n_units)
    return SF_REORDER_OVER;
  while (slot->first == slot->waiting->len && !slot->ended)
    if (!g_cond_wait_until (&queue->filled, &queue->lock, until))
      return SF_REORDER_WAITING;
  if (slot->first < slot->waiting->len)
    {
      item->batch = slot_shift (queue, slot);
      return SF_REORDER_BATCH;
    }
  slot_reset (queue, slot, item);
  return item->error != NULL ? SF_REORDER_FAILED : SF_REORDER_DONE;
}

SfReorderEvent
sf_reorder_queue_next (SfReorderQueue *queue, SfReorderItem *ret_item)
{
  SfReorderEvent event;

  *ret_item = (SfReorderItem){ 0 };
  g_mutex_lock (&queue->lock);
  event = next_locked (queue, ret_item);
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
