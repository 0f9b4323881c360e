/* SPDX-License-Identifier: MIT
 *
 * The event queue: events in total order of (instant, class of their kind, order of insertion).
 *
 * Two structures share the work. Near events are in a 4-ary heap of a few cache lines. Far events lie unsorted in the
 * slots of a hierarchical timing wheel; when the clock comes to a slot, its events move to the heap. So adding and
 * removing far events is O(1), and a million waiting TIME-WAIT timers do not slow down near events. The order stays
 * exact, because events leave the queue only through the heap.
 *
 * An event is named by a handle and holds no pointer: `kind` is an index into the handler table of the simulation,
 * `target` the handle of the object that the event concerns.
 */
#pragma once

#include "sim/instant.h"
#include "sim/pool.h"

typedef struct
{
  SfTime at;
  guint64 order;  /* class and insertion number: breaks ties */
  guint32 target; /* what the event concerns; its meaning depends on `kind` */
  guint16 kind;   /* row of the handler table */
  guint16 where;  /* 0: in the heap; otherwise 1 + the wheel slot that holds it */
  guint32 place;  /* index in the heap, or the next event of the slot */
  guint32 prev;   /* the previous event of the slot, 0 for the first */
} SfEvent;

#define SF_QUEUE_CLASS 4 /* kinds in a row that make a class, see sf_queue_add() */

#define SF_WHEEL_BITS 6   /* 64 slots a level: one occupancy word */
#define SF_WHEEL_LEVELS 8 /* 2^(20 + 6 × 8) ns is more than SfTime can hold */
#define SF_WHEEL_TICK 20  /* a slot of the lowest level is 2^20 ns, about 1 ms */
#define SF_WHEEL_SLOTS (1u << SF_WHEEL_BITS)

/* An entry of the heap: a copy of the key, so that comparisons need not touch the event, and the handle. */
typedef struct
{
  SfTime at;
  guint64 order;
  guint32 event;
} SfHeapEntry;

typedef struct
{
  SfPool events;
  SfHeapEntry *heap;
  guint32 heap_len, heap_cap;
  guint32 n_far;  /* events in the wheel */
  SfTime horizon; /* events before this instant are in the heap, all others in the wheel;
                   * a multiple of the tick, or SF_NEVER after the last one */
  guint64 next_order;
  guint64 occupied[SF_WHEEL_LEVELS];
  guint32 slot[SF_WHEEL_LEVELS][SF_WHEEL_SLOTS];
} SfQueue;

void sf_queue_init (SfQueue *queue);
void sf_queue_clear (SfQueue *queue);

/* Empties `queue` but keeps its memory. */
void sf_queue_reset (SfQueue *queue);

/* Makes `copy` (initialized) hold the same events under the same handles as `queue`. */
void sf_queue_copy (SfQueue *copy, const SfQueue *queue);

/* Adds an event at the instant `at` (≥ 0, not SF_NEVER) and returns its handle. Of events at one instant those of the
 * lower class, `kind` / SF_QUEUE_CLASS, are first. */
guint32 sf_queue_add (SfQueue *queue, SfTime at, guint kind, guint32 target);

/* Moves event `handle` to the instant `at`. Among events of its class at that instant it counts as added now. */
void sf_queue_move (SfQueue *queue, guint32 handle, SfTime at);

/* Removes event `handle` from `queue`. */
void sf_queue_remove (SfQueue *queue, guint32 handle);

/* Removes the first event and stores it in `*ret_event`; FALSE if there is none, and nothing is stored. Its handle is
 * free again. */
gboolean sf_queue_pop (SfQueue *queue, SfEvent *ret_event);

/* Advances the horizon until the heap holds an event. The wheel must not be empty. */
void sf_queue_pour (SfQueue *queue);

/* Returns the instant of the first event, SF_NEVER if there is none. */
static inline SfTime
sf_queue_next (SfQueue *queue)
{
  if (G_UNLIKELY (queue->heap_len == 0))
    {
      if (queue->n_far == 0)
        return SF_NEVER;
      sf_queue_pour (queue);
    }
  return queue->heap[0].at;
}

/* Returns event `handle`, read-only; mostly used for its instant. */
static inline const SfEvent *
sf_queue_event (const SfQueue *queue, guint32 handle)
{
  return sf_pool_at (&queue->events, handle);
}

static inline guint32
sf_queue_length (const SfQueue *queue)
{
  return queue->heap_len + queue->n_far;
}
