/* SPDX-License-Identifier: MIT */
#include "sim/kernel.h"

#include <string.h>

void
sf_sim_init (SfSim *sim, const SfHandler *handlers, SfSeed seed)
{
  memset (sim, 0, sizeof *sim);
  sim->handlers = handlers;
  sim->seed = seed;
  sf_queue_init (&sim->queue);
  sf_ring_init (&sim->deferred, sizeof (SfDeferred));
}

void
sf_sim_clear (SfSim *sim)
{
  sf_queue_clear (&sim->queue);
  sf_ring_clear (&sim->deferred);
  memset (sim, 0, sizeof *sim);
}

void
sf_sim_reset (SfSim *sim, SfSeed seed)
{
  sim->now = 0;
  sim->n_events = 0;
  sim->seed = seed;
  sf_queue_reset (&sim->queue);
  sf_ring_reset (&sim->deferred);
}

void
sf_sim_copy (SfSim *copy, const SfSim *sim)
{
  copy->now = sim->now;
  copy->n_events = sim->n_events;
  copy->seed = sim->seed;
  copy->handlers = sim->handlers;
  sf_queue_copy (&copy->queue, &sim->queue);
  sf_ring_copy (&copy->deferred, &sim->deferred);
}

void
sf_sim_defer (SfSim *sim, guint kind, guint32 target)
{
  *(SfDeferred *) sf_ring_add (&sim->deferred) = (SfDeferred){ .target = target, .kind = kind };
}

static void
run_first_deferred (SfSim *sim)
{
  SfDeferred work = *(const SfDeferred *) sf_ring_at (&sim->deferred, 0);

  sf_ring_drop_first (&sim->deferred);
  sim->handlers[work.kind](sim, work.target);
}

SfStop
sf_sim_run (SfSim *sim, SfTime until, guint64 max_events)
{
  guint64 limit = max_events > G_MAXUINT64 - sim->n_events ? G_MAXUINT64 : sim->n_events + max_events;

  while (sim->n_events < limit)
    {
      if (sim->deferred.len > 0)
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
