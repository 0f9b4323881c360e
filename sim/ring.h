/* SPDX-License-Identifier: MIT
 *
 * A ring of items of one size: first in, first out, in one piece of memory that grows when it is full.
 *
 * Items are numbered in their order, 0 for the first. A pointer to an item is valid until the next item is added.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint8 *items;
  guint32 item_size; /* bytes */
  guint32 cap;       /* places in `items`: 0 or a power of two */
  guint32 first;     /* place of the first item */
  guint32 len;       /* items */
} SfRing;

/* Makes `ring` an empty ring of items of `item_size` bytes. */
void sf_ring_init (SfRing *ring, gsize item_size);

/* Frees the memory of `ring`. */
void sf_ring_clear (SfRing *ring);

/* Empties `ring` but keeps its memory. */
void sf_ring_reset (SfRing *ring);

/* Makes `copy` hold the same items as `ring`; both were initialized with the same item size. Reuses the memory of
 * `copy`. */
void sf_ring_copy (SfRing *copy, const SfRing *ring);

/* Makes room in `ring`, which is full: the slow path of sf_ring_add(), which allocates. */
void sf_ring_grow (SfRing *ring);

/* Returns item `i` < len. */
static inline void *
sf_ring_at (const SfRing *ring, guint32 i)
{
  return ring->items + (gsize) ((ring->first + i) & (ring->cap - 1)) * ring->item_size;
}

/* Adds an item behind the last one and returns it, uninitialized. */
static inline void *
sf_ring_add (SfRing *ring)
{
  if (G_UNLIKELY (ring->len == ring->cap))
    sf_ring_grow (ring);
  return sf_ring_at (ring, ring->len++);
}

/* Removes the items of `ring` behind its first `len`. */
static inline void
sf_ring_truncate (SfRing *ring, guint32 len)
{
  g_assert (len <= ring->len);
  ring->len = len;
}

/* Removes the first item; there must be one. */
static inline void
sf_ring_drop_first (SfRing *ring)
{
  ring->first = (ring->first + 1) & (ring->cap - 1);
  ring->len--;
}
