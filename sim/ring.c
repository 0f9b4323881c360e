/* SPDX-License-Identifier: MIT */
#include "sim/ring.h"

#include <string.h>

#define FIRST_CAP 16

void
sf_ring_init (SfRing *ring, gsize item_size)
{
  g_assert (item_size > 0 && item_size <= G_MAXUINT32);
  *ring = (SfRing){ .item_size = (guint32) item_size };
}

void
sf_ring_clear (SfRing *ring)
{
  g_free (ring->items);
  *ring = (SfRing){ .item_size = ring->item_size };
}

void
sf_ring_reset (SfRing *ring)
{
  ring->first = ring->len = 0;
}

/* Copies the items of `ring` to `to`, from the first to the last. */
static void
unroll (guint8 *to, const SfRing *ring)
{
  gsize size = ring->item_size;
  guint32 before_end = MIN (ring->len, ring->cap - ring->first);

  if (ring->len == 0)
    return;
  memcpy (to, ring->items + ring->first * size, before_end * size);
  memcpy (to + before_end * size, ring->items, (ring->len - before_end) * size);
}

void
sf_ring_copy (SfRing *copy, const SfRing *ring)
{
  g_assert (copy->item_size == ring->item_size);
  if (copy->cap < ring->len)
    {
      g_free (copy->items);
      copy->items = g_malloc_n (ring->cap, ring->item_size);
      copy->cap = ring->cap;
    }
  unroll (copy->items, ring);
  copy->first = 0;
  copy->len = ring->len;
}

void
sf_ring_grow (SfRing *ring)
{
  guint32 cap = ring->cap > 0 ? 2 * ring->cap : FIRST_CAP;
  guint8 *items = g_malloc_n (cap, ring->item_size);

  unroll (items, ring);
  g_free (ring->items);
  ring->items = items;
  ring->cap = cap;
  ring->first = 0;
}
