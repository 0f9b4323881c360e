/* SPDX-License-Identifier: MIT */
#include "sim/kernel.h"

#include <string.h>

#define DEFERRED_FIRST_CAP 16

void
sf_sim_init (SfSim *sim, const SfHandler *handlers, SfSeed seed)
{
  memset (sim, 0, sizeof *sim);
  sim->handlers = handlers;
  sim->seed = seed;
  sf_queue_init (&sim->queue);
}

void
sf_sim_clear (SfSim *sim)
{
  sf_queue_clear (&sim->queue);
  g_free (sim->deferred);
  memset (sim, 0, sizeof *sim);
}

void
sf_sim_reset (SfSim *sim, SfSeed seed)
{
  sim->now = 0;
  sim->n_events = 0;
  sim->seed = seed;
  sf_queue_reset (&sim->queue);
  sim->deferred_first = sim->deferred_len = 0;
}

/* Gives the ring `cap` places, a power of two; what it holds stays, now from place 0. */
static void
resize_ring (SfSim *sim, guint32 cap)
{
  SfDeferred *ring = g_new (SfDeferred, cap);

  for (guint32 i = 0; i < sim->deferred_len; i++)
    ring[i] = sim->deferred[(sim->deferred_first + i) & (sim->deferred_cap - 1)];
  g_free (sim->deferred);
  sim->deferred = ring;
  sim->deferred_cap = cap;
  sim->deferred_first = 0;
}

void
sf_sim_copy (SfSim *copy, const SfSim *sim)
{
  copy->now = sim->now;
  copy->n_events = sim->n_events;
  copy->seed = sim->seed;
  copy->handlers = sim->handlers;
  sf_queue_copy (&copy->queue, &sim->queue);

  copy->deferred_first = copy->deferred_len = 0;
  if (copy->deferred_cap < sim->deferred_len)
    resize_ring (copy, sim->deferred_cap);
  for (guint32 i = 0; i < sim->deferred_len; i++)
    copy->deferred[i] = sim->deferred[(sim->deferred_first + i) & (sim->deferred_cap - 1)];
  copy->deferred_len = sim->deferred_len;
}

void
sf_sim_defer (SfSim *sim, guint kind, guint32 target)
{
  guint32 place;

  if (G_UNLIKELY (sim->deferred_len == sim->deferred_cap))
    resize_ring (sim, sim->deferred_cap ? 2 * sim->deferred_cap : DEFERRED_FIRST_CAP);
  place = (sim->deferred_first + sim->deferred_len++) & (sim->deferred_cap - 1);
  sim->deferred[place] = (SfDeferred){ .target = target, .kind = kind };
}

static void
run_first_deferred (SfSim *sim)
{
  SfDeferred work = sim->deferred[sim->deferred_first];

  sim->deferred_first = (sim->deferred_first + 1) & (sim->deferred_cap - 1);
  sim->deferred_len--;
  sim->handlers[work.kind](sim, work.target);
}

SfStop
sf_sim_run (SfSim *sim, SfTime until, guint64 max_events)
{
  guint64 limit = max_events > G_MAXUINT64 - sim->n_events ? G_MAXUINT64 : sim->n_events + max_events;

  while (sim->n_events < limit)
    {
      if (sim->deferred_len > 0)
        run_first_deferred (sim);
      else
        {
          SfTime next = sf_queue_next (&sim->queue);
          SfEvent event;

          if (next == SF_NEVER)
            return SF_STOP_IDLE;
          if (next > until)
            {
              sim->now = MAX (sim->now, until);
              return SF_STOP_TIME;
            }
          sf_queue_pop (&sim->queue, &event);
          sim->now = next;
          sim->handlers[event.kind](sim, event.target);
        }
      sim->n_events++;
    }
  return SF_STOP_EVENTS;
}
