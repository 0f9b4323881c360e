/* SPDX-License-Identifier: MIT
 *
 * The digest of a world. Pools are hashed as memory, freed items included: their content depends only on what has
 * happened so far. So the types of items must have no padding. Rings and the event queue are hashed by content: the
 * place in memory does not count.
 */
#include "models/pools.h"

#include <string.h>

#define SEED G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)
#define FACTOR G_GUINT64_CONSTANT (0xd6e8feb86659fd93)

/* Two multiplications in a row spread each bit of `word` over the digest. */
static inline guint64
mix (guint64 hash, guint64 word)
{
  hash = (hash ^ word) * FACTOR;
  hash ^= hash >> 32;
  hash *= FACTOR;
  return hash ^ hash >> 29;
}

static guint64
mix_words (guint64 hash, gconstpointer words, gsize n)
{
  const guint64 *word = words;

  for (gsize i = 0; i < n; i++)
    hash = mix (hash, word[i]);
  return hash;
}

static guint64
mix_pool (guint64 hash, const SfPool *pool)
{
  hash = mix (hash, (guint64) pool->used << 32 | pool->free_head);
  hash = mix (hash, pool->live);
  for (guint32 handle = 1; handle <= pool->used; handle++)
    hash = mix_words (hash, sf_pool_at (pool, handle), pool->item_size / sizeof (guint64));
  return hash;
}

static guint64
event_digest (const SfQueue *queue, guint32 handle)
{
  const SfEvent *event = sf_queue_event (queue, handle);
  guint64 hash = mix (SEED, (guint64) event->at);

  hash = mix (hash, event->order);
  return mix (hash, (guint64) event->kind << 32 | event->target);
}

/* Each event has its number in the order of events. So a sum is enough, and the shape of the queue does not count. */
static guint64
mix_queue (guint64 hash, const SfQueue *queue)
{
  guint64 sum = 0;

  for (guint32 i = 0; i < queue->heap_len; i++)
    sum += event_digest (queue, queue->heap[i].event);
  for (guint level = 0; level < SF_WHEEL_LEVELS; level++)
    for (guint64 occupied = queue->occupied[level]; occupied != 0; occupied &= occupied - 1)
      {
        guint slot = (guint) __builtin_ctzll (occupied);

        for (guint32 i = queue->slot[level][slot]; i != 0; i = sf_queue_event (queue, i)->place)
          sum += event_digest (queue, i);
      }
  hash = mix (hash, queue->next_order);
  return mix (hash, sum);
}

static guint64
mix_sim (guint64 hash, const SfSim *sim)
{
  hash = mix (hash, (guint64) sim->now);
  hash = mix (hash, sim->seed.seed);
  hash = mix (hash, sim->seed.replication);
  hash = mix_queue (hash, &sim->queue);
  for (guint32 i = 0; i < sim->deferred.len; i++)
    {
      const SfDeferred *work = sf_ring_at (&sim->deferred, i);

      hash = mix (hash, (guint64) work->kind << 32 | work->target);
    }
  return hash;
}

static guint64
mix_direction (guint64 hash, const SfLinkDirection *direction, SfTime now)
{
  hash = mix (hash,
              (guint64) direction->in_flight.len << 2 | (guint64) direction->down << 1 | (guint64) direction->bad);
  for (guint32 i = 0; i < direction->in_flight.len; i++)
    {
      const SfInFlight *segment = sf_ring_at (&direction->in_flight, i);

      hash = mix (mix (hash, (guint64) segment->arrives_at), segment->segment);
      hash = mix (hash, (guint64) segment->departs_at);
    }
  for (guint32 i = 0; i < direction->departing.len; i++)
    {
      const SfDeparting *departing = sf_ring_at (&direction->departing, i);

      if (departing->departs_at > now)
        hash = mix (hash, (guint64) departing->departs_at);
    }
  for (guint32 i = 0; i < direction->queue.len; i++)
    {
      const SfWaiting *waiting = sf_ring_at (&direction->queue, i);

      /* Segments whose transmission has begun do not count: they are removed later. */
      if (waiting->begins > now)
        hash = mix (mix (hash, (guint64) waiting->begins), waiting->bytes);
    }
  hash = mix (hash, (guint64) direction->busy_until);
  hash = mix (hash, (guint64) direction->last_arrival);
  hash = mix (hash, direction->loss.n);
  hash = mix (hash, direction->jitter.n);
  hash = mix (hash, direction->duplicate.n);
  hash = mix (hash, direction->reorder.n);
  return mix (hash, direction->corrupt.n);
}

static guint64
mix_host (guint64 hash, const SfHost *host)
{
  hash = mix (hash, (guint64) host->down << 16 | host->next_port);
  hash = mix (hash, host->isn.n);
  hash = mix (hash, host->port.n);
  hash = mix (hash, (guint64) host->booted);
  hash = mix (hash, (guint64) host->challenge_since);
  hash = mix (hash, (guint64) host->challenges << 32 | host->n_conns);
  hash = mix (hash, (guint64) host->mappings << 32 | host->stamps);
  return mix (hash, host->newest_conn);
}

guint64
sf_net_hash (const SfNet *net)
{
  const SfPlan *plan = net->plan;
  guint64 hash = mix_sim (SEED, &net->sim);
  guint n_pools;
  const SfNetPool *pools = sf_net_pools (&n_pools);

  for (guint i = 0; i < n_pools; i++)
    hash = mix_pool (hash, sf_net_pool (net, &pools[i]));
  for (guint dir = 0; dir < 2 * plan->links->len; dir++)
    hash = mix_direction (hash, &net->directions[dir], net->sim.now);
  for (guint i = 0; i < plan->hosts->len; i++)
    hash = mix_host (hash, &net->hosts[i]);
  for (guint i = 0; i < plan->faults->len; i++)
    hash = mix (hash, net->fault_matches[i]);
  hash = mix (hash, net->next_segment);
  hash = mix (hash, (guint64) net->next_serial << 32 | net->n_until);
  return mix (hash, net->cause);
}
