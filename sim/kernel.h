/* SPDX-License-Identifier: MIT
 *
 * The kernel: a clock, a queue of events, and a loop that takes the first event and calls its handler.
 *
 * A model embeds SfSim as the first member of its world, so a handler gets its world by casting. There are no globals:
 * thousands of simulations can live in one process. Events name a handler by its row in a constant table, and a target
 * by its handle. They hold no pointers, so the copy of a world is a running simulation of its own.
 *
 * Order: events at one instant run in the order of their classes (sf_queue_add()), and within a class in the order in
 * which they were added. A handler may also defer work until right
 * after this event, before the next one (sf_sim_defer()). So an application that a segment wakes runs only when the
 * segment is fully processed. Deferred work runs first in, first out.
 */
#pragma once

#include "sim/instant.h"
#include "sim/queue.h"
#include "sim/random.h"
#include "sim/record_head.h"
#include "sim/ring.h"

typedef struct SfSim SfSim;
typedef void (*SfHandler) (SfSim *sim, guint32 target);

/* Why a run stopped. */
typedef enum
{
  SF_STOP_IDLE,   /* no event is left */
  SF_STOP_TIME,   /* the clock has reached `until`; later events wait */
  SF_STOP_EVENTS, /* the limit on events is used up */
} SfStop;

typedef struct
{
  guint32 target;
  guint32 kind;
} SfDeferred;

struct SfSim
{
  SfTime now;
  guint64 n_events; /* handler calls so far, deferred ones included; a handler that does the work of several calls adds
                       the rest */
  SfSeed seed;
  const SfHandler *handlers; /* indexed by SfEvent.kind */
  SfQueue queue;
  SfRing deferred;   /* SfDeferred */
  SfRecordSink sink; /* NULL when nobody listens */
  gpointer sink_user;
};

/* Prepares `sim` at time 0 with the handler table `handlers`, which must outlive it. */
void sf_sim_init (SfSim *sim, const SfHandler *handlers, SfSeed seed);
void sf_sim_clear (SfSim *sim);

/* Sets the clock back to 0 and removes all events. Keeps memory and the listener. */
void sf_sim_reset (SfSim *sim, SfSeed seed);

/* Makes `copy` (initialized) the same simulation at the same instant. It keeps its own listener. */
void sf_sim_copy (SfSim *copy, const SfSim *sim);

/* Runs until no event is left, the next event lies after `until`, or this call has handled `max_events` events. An
 * event exactly at `until` runs. The clock ends at `until` if the next event lies after it, otherwise at the last event
 * handled. */
SfStop sf_sim_run (SfSim *sim, SfTime until, guint64 max_events);

/* Calls handler `kind` with `target` right after the current event. */
void sf_sim_defer (SfSim *sim, guint kind, guint32 target);

/* Adds an event `delay` ≥ 0 ns from now; returns its handle. */
static inline guint32
sf_sim_after (SfSim *sim, SfTime delay, guint kind, guint32 target)
{
  return sf_queue_add (&sim->queue, sf_time_add (sim->now, delay), kind, target);
}
