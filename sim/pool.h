/* SPDX-License-Identifier: MIT
 *
 * A pool of items of one size, named by handles.
 *
 * A handle is a 32-bit index, never 0; 0 means "none". Since handles are no pointers, a pool can be copied to another
 * place in memory as it is. Memory grows by chunks, each twice as large as the one before, so an item never moves: a
 * pointer from sf_pool_at() is valid until the item is given back.
 *
 * Handles depend only on the order in which items are taken and given back, so runs repeat exactly.
 */
#pragma once

#include <glib.h>

/* A structure between these two has no padding, or does not compile: items are copied, hashed and compared as
 * memory. */
#define SF_NO_PADDING_BEGIN _Pragma ("GCC diagnostic push") _Pragma ("GCC diagnostic error \"-Wpadded\"")
#define SF_NO_PADDING_END _Pragma ("GCC diagnostic pop")

/* The first chunk holds 1 << SF_POOL_FIRST items, each later one twice as many as the one before. */
#define SF_POOL_FIRST 5
#define SF_POOL_CHUNKS (32 - SF_POOL_FIRST)

typedef struct
{
  guint8 *chunk[SF_POOL_CHUNKS];
  guint32 item_size; /* bytes, a multiple of 8 */
  guint32 used;      /* handles 1 … used exist: the most items that were taken at one time */
  guint32 live;      /* items taken and not given back */
  guint32 free_head; /* handle of the item given back last, 0 for none */
} SfPool;

/* Makes `pool` an empty pool of items of `item_size` bytes (rounded up to a multiple of 8). */
void sf_pool_init (SfPool *pool, gsize item_size);

/* Frees the memory of `pool`. A zero-filled pool that was never initialized is fine, too. */
void sf_pool_clear (SfPool *pool);

/* Gives every item back but keeps the memory. Handles then begin at 1 again, as in a new pool. */
void sf_pool_reset (SfPool *pool);

/* Makes `copy` hold the same items under the same handles as `pool`; both were initialized with the same item size.
 * Reuses the memory of `copy`. */
void sf_pool_copy (SfPool *copy, const SfPool *pool);

/* Takes a zero-filled item; returns its handle. */
guint32 sf_pool_take (SfPool *pool);

/* Returns how much memory `pool` has allocated, in bytes. */
gsize sf_pool_bytes (const SfPool *pool);

/* Returns item `handle`, which must come from sf_pool_take() of this pool. */
static inline void *
sf_pool_at (const SfPool *pool, guint32 handle)
{
  guint32 place = handle - 1 + (1u << SF_POOL_FIRST);
  guint32 top = 31u - (guint32) __builtin_clz (place);
  return pool->chunk[top - SF_POOL_FIRST] + (gsize) (place ^ (1u << top)) * pool->item_size;
}

/* Takes an item that was never used before: the slow path of sf_pool_take_unset(), which may allocate. */
guint32 sf_pool_take_fresh (SfPool *pool);

/* Like sf_pool_take(), but the item is not cleared: for callers that write every byte of it anyway. */
static inline guint32
sf_pool_take_unset (SfPool *pool)
{
  guint32 handle = pool->free_head;

  if (G_UNLIKELY (handle == 0))
    return sf_pool_take_fresh (pool);
  pool->free_head = *(const guint32 *) sf_pool_at (pool, handle);
  pool->live++;
  return handle;
}

/* Gives item `handle` back; it must be live. Its first four bytes then link the free items. */
static inline void
sf_pool_give (SfPool *pool, guint32 handle)
{
  *(guint32 *) sf_pool_at (pool, handle) = pool->free_head;
  pool->free_head = handle;
  pool->live--;
}
