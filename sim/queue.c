/* SPDX-License-Identifier: MIT
 *
 * The heap and the wheel of the event queue. What holds between calls:
 *
 *  - an event before `horizon` is in the heap, any other in the wheel; so the top of a heap that is not empty is the
 *    first event of all, and the wheel matters only when the heap is empty;
 *  - an event of the wheel lies on the level of the highest group of 6 bits in which its tick differs from that of the
 *    horizon (level 0 if there is none), in the slot that this group numbers. So all events of a level are earlier than
 *    those of higher levels, the slots of a level follow each other in time, and above level 0 the slot under the
 *    horizon is empty;
 *  - the head of an empty slot is 0.
 */
#include "sim/queue.h"

#include <string.h>

#define HEAP_FIRST_CAP 64
#define TICK ((SfTime) 1 << SF_WHEEL_TICK)

/* (at, order) as one number: two machine words compare without a branch. */
__extension__ typedef unsigned __int128 Key;

static inline Key
key_of (const SfHeapEntry *entry)
{
  return (Key) (guint64) entry->at << 64 | entry->order;
}

static inline SfEvent *
event_at (const SfQueue *queue, guint32 handle)
{
  return sf_pool_at (&queue->events, handle);
}

/* The heap. `place` is always a free place: an entry is written only once, at its final place. */

static inline void
heap_put (SfQueue *queue, guint32 place, const SfHeapEntry *entry)
{
  queue->heap[place] = *entry;
  event_at (queue, entry->event)->place = place;
}

static inline void
heap_rise (SfQueue *queue, guint32 place, const SfHeapEntry *entry)
{
  Key key = key_of (entry);

  while (place > 0)
    {
      guint32 parent = (place - 1) / 4;

      if (key_of (&queue->heap[parent]) < key)
        break;
      heap_put (queue, place, &queue->heap[parent]);
      place = parent;
    }
  heap_put (queue, place, entry);
}

/* Returns the place of the least child; the children begin at `first`, which exists. */
static inline guint32
heap_least_child (const SfQueue *queue, guint32 first)
{
  const SfHeapEntry *child = &queue->heap[first];
  guint32 n = queue->heap_len - first;
  guint32 best = 0;

  if (G_LIKELY (n >= 4))
    {
      guint32 left = key_of (&child[1]) < key_of (&child[0]);
      guint32 right = 2 + (key_of (&child[3]) < key_of (&child[2]));

      return first + (key_of (&child[right]) < key_of (&child[left]) ? right : left);
    }
  for (guint32 i = 1; i < n; i++)
    if (key_of (&child[i]) < key_of (&child[best]))
      best = i;
  return first + best;
}

static inline void
heap_sink (SfQueue *queue, guint32 place, const SfHeapEntry *entry)
{
  Key key = key_of (entry);

  for (;;)
    {
      guint32 first = 4 * place + 1;
      guint32 least;

      if (first >= queue->heap_len)
        break;
      least = heap_least_child (queue, first);
      if (key < key_of (&queue->heap[least]))
        break;
      heap_put (queue, place, &queue->heap[least]);
      place = least;
    }
  heap_put (queue, place, entry);
}

/* Puts `entry` into the free place `place`, then moves it up or down to where it belongs. */
static void
heap_settle (SfQueue *queue, guint32 place, const SfHeapEntry *entry)
{
  if (place > 0 && key_of (entry) < key_of (&queue->heap[(place - 1) / 4]))
    heap_rise (queue, place, entry);
  else
    heap_sink (queue, place, entry);
}

static G_GNUC_NO_INLINE void
heap_grow (SfQueue *queue)
{
  g_assert (queue->heap_cap < G_MAXUINT32 / 8);
  queue->heap_cap = queue->heap_cap ? 2 * queue->heap_cap : HEAP_FIRST_CAP;
  queue->heap = g_renew (SfHeapEntry, queue->heap, queue->heap_cap);
}

static inline void
heap_add (SfQueue *queue, guint32 handle, SfEvent *event)
{
  SfHeapEntry entry = { event->at, event->order, handle };

  if (G_UNLIKELY (queue->heap_len == queue->heap_cap))
    heap_grow (queue);
  event->where = 0;
  heap_rise (queue, queue->heap_len++, &entry);
}

static void
heap_remove (SfQueue *queue, guint32 place)
{
  SfHeapEntry last = queue->heap[--queue->heap_len];

  if (place < queue->heap_len)
    heap_settle (queue, place, &last);
}

/* The wheel. */

/* Returns the level on which an event at `at` lies, seen from `horizon`. */
static inline guint
wheel_level (SfTime at, SfTime horizon)
{
  guint64 differs = (guint64) (at ^ horizon) >> SF_WHEEL_TICK;

  return (63u - (guint) __builtin_clzll (differs | 1)) / SF_WHEEL_BITS;
}

static inline guint
wheel_slot (SfTime at, guint level)
{
  return (guint) (at >> (SF_WHEEL_TICK + SF_WHEEL_BITS * level)) & (SF_WHEEL_SLOTS - 1);
}

static void
wheel_add (SfQueue *queue, guint32 handle, SfEvent *event)
{
  guint level = wheel_level (event->at, queue->horizon);
  guint slot = wheel_slot (event->at, level);
  guint32 next = queue->slot[level][slot];

  event->where = (guint16) (1 + level * SF_WHEEL_SLOTS + slot);
  event->place = next;
  event->prev = 0;
  if (next != 0)
    event_at (queue, next)->prev = handle;
  queue->slot[level][slot] = handle;
  queue->occupied[level] |= (guint64) 1 << slot;
  queue->n_far++;
}

static void
wheel_remove (SfQueue *queue, const SfEvent *event)
{
  guint level = (event->where - 1u) / SF_WHEEL_SLOTS;
  guint slot = (event->where - 1u) % SF_WHEEL_SLOTS;

  if (event->place != 0)
    event_at (queue, event->place)->prev = event->prev;
  if (event->prev != 0)
    event_at (queue, event->prev)->place = event->place;
  else if ((queue->slot[level][slot] = event->place) == 0)
    queue->occupied[level] &= ~((guint64) 1 << slot);
  queue->n_far--;
}

static inline void
enter (SfQueue *queue, guint32 handle, SfEvent *event)
{
  if (event->at < queue->horizon)
    heap_add (queue, handle, event);
  else
    wheel_add (queue, handle, event);
}

/* Moves all events of a slot to where they belong under the current horizon. */
static void
wheel_spill (SfQueue *queue, guint level, guint slot)
{
  guint32 handle = queue->slot[level][slot];

  queue->slot[level][slot] = 0;
  queue->occupied[level] &= ~((guint64) 1 << slot);
  while (handle != 0)
    {
      SfEvent *event = event_at (queue, handle);
      guint32 next = event->place;

      if (next != 0)
        __builtin_prefetch (event_at (queue, next), 1); /* it lies anywhere in memory */
      queue->n_far--;
      enter (queue, handle, event);
      handle = next;
    }
}

/* Advances the horizon to `horizon`. All far events before it are in slot `slot` of `level`. */
static void
wheel_advance (SfQueue *queue, SfTime horizon, guint level, guint slot)
{
  guint top = wheel_level (queue->horizon, horizon);

  queue->horizon = horizon;
  wheel_spill (queue, level, slot);
  /* On the levels above, the horizon may just have come to a slot that is not empty. */
  for (guint i = top; i > 0; i--)
    if (queue->occupied[i] >> wheel_slot (horizon, i) & 1)
      wheel_spill (queue, i, wheel_slot (horizon, i));
}

void
sf_queue_pour (SfQueue *queue)
{
  while (queue->heap_len == 0)
    {
      guint level = 0, slot;
      const SfEvent *first;

      while (queue->occupied[level] == 0)
        level++;
      slot = (guint) __builtin_ctzll (queue->occupied[level]);
      first = event_at (queue, queue->slot[level][slot]);
      /* An event alone in its slot skips the levels between. */
      if (level == 0 || first->place == 0)
        wheel_advance (queue, sf_time_add (first->at & -TICK, TICK), level, slot);
      else
        {
          guint shift = SF_WHEEL_TICK + SF_WHEEL_BITS * level;

          wheel_advance (queue, first->at >> shift << shift, level, slot);
        }
    }
}

/* Public functions. */

void
sf_queue_init (SfQueue *queue)
{
  memset (queue, 0, sizeof *queue);
  sf_pool_init (&queue->events, sizeof (SfEvent));
}

void
sf_queue_clear (SfQueue *queue)
{
  sf_pool_clear (&queue->events);
  g_free (queue->heap);
  memset (queue, 0, sizeof *queue);
}

void
sf_queue_reset (SfQueue *queue)
{
  sf_pool_reset (&queue->events);
  queue->heap_len = queue->n_far = 0;
  queue->horizon = 0;
  queue->next_order = 0;
  memset (queue->occupied, 0, sizeof queue->occupied);
  memset (queue->slot, 0, sizeof queue->slot);
}

void
sf_queue_copy (SfQueue *copy, const SfQueue *queue)
{
  sf_pool_copy (&copy->events, &queue->events);
  if (copy->heap_cap < queue->heap_len)
    {
      copy->heap_cap = queue->heap_cap;
      copy->heap = g_renew (SfHeapEntry, copy->heap, copy->heap_cap);
    }
  copy->heap_len = queue->heap_len;
  if (queue->heap_len > 0)
    memcpy (copy->heap, queue->heap, queue->heap_len * sizeof *queue->heap);
  copy->n_far = queue->n_far;
  copy->horizon = queue->horizon;
  copy->next_order = queue->next_order;
  memcpy (copy->occupied, queue->occupied, sizeof queue->occupied);
  memcpy (copy->slot, queue->slot, sizeof queue->slot);
}

/* Returns the order of an event of `kind` that is added now: its class, then the number of insertion. */
static inline guint64
next_order (SfQueue *queue, guint kind)
{
  return (guint64) (kind / SF_QUEUE_CLASS) << 56 | queue->next_order++;
}

guint32
sf_queue_add (SfQueue *queue, SfTime at, guint kind, guint32 target)
{
  guint32 handle = sf_pool_take_unset (&queue->events);
  SfEvent *event = event_at (queue, handle);

  g_assert (at >= 0 && at < SF_NEVER);
  event->at = at;
  event->order = next_order (queue, kind);
  event->target = target;
  event->kind = (guint16) kind;
  event->prev = 0;
  enter (queue, handle, event);
  return handle;
}

void
sf_queue_move (SfQueue *queue, guint32 handle, SfTime at)
{
  SfEvent *event = event_at (queue, handle);

  g_assert (at >= 0 && at < SF_NEVER);
  if (event->where == 0 && at < queue->horizon)
    {
      SfHeapEntry entry = { at, next_order (queue, event->kind), handle };

      event->at = at;
      event->order = entry.order;
      heap_settle (queue, event->place, &entry);
      return;
    }
  if (event->where == 0)
    heap_remove (queue, event->place);
  else
    wheel_remove (queue, event);
  event->at = at;
  event->order = next_order (queue, event->kind);
  enter (queue, handle, event);
}

void
sf_queue_remove (SfQueue *queue, guint32 handle)
{
  const SfEvent *event = event_at (queue, handle);

  if (event->where == 0)
    heap_remove (queue, event->place);
  else
    wheel_remove (queue, event);
  sf_pool_give (&queue->events, handle);
}

gboolean
sf_queue_pop (SfQueue *queue, SfEvent *ret_event)
{
  guint32 handle;
  SfHeapEntry last;

  if (sf_queue_next (queue) == SF_NEVER)
    return FALSE;
  handle = queue->heap[0].event;
  *ret_event = *event_at (queue, handle);
  sf_pool_give (&queue->events, handle);
  last = queue->heap[--queue->heap_len];
  if (queue->heap_len > 0)
    heap_sink (queue, 0, &last);
  return TRUE;
}
