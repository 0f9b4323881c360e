/* SPDX-License-Identifier: MIT
 *
 * A pool of items of one size, named by handles.
 *
 * A handle is a 32-bit index, never 0, so that 0 can say "none" and a pool can be copied to another
 * place in memory without a pointer to correct. Chunks double in size, so that an item never moves
 * while it lives: a pointer from sf_pool_at() is good until the item is given back.
 *
 * The order of handles depends only on the order of takes and gives, so that runs repeat exactly.
 */
#pragma once

#include <glib.h>

/* A structure between these two may have no bytes without a name: items are copied, hashed and compared as memory. */
#define SF_NO_PADDING_BEGIN _Pragma ("GCC diagnostic push") _Pragma ("GCC diagnostic error \"-Wpadded\"")
#define SF_NO_PADDING_END _Pragma ("GCC diagnostic pop")

/* The first chunk holds 1 << SF_POOL_FIRST items, each further one twice the one before. */
#define SF_POOL_FIRST 5
#define SF_POOL_CHUNKS (32 - SF_POOL_FIRST)

typedef struct
{
  guint8 *chunk[SF_POOL_CHUNKS];
  guint32 item_size; /* bytes, a multiple of 8 */
  guint32 used;      /* items ever taken: handles 1 … used exist */
  guint32 live;      /* items taken and not given back */
  guint32 free_head; /* handle of the item given back last, 0 for none */
} SfPool;

/* Makes `pool` an empty pool of items of `item_size` bytes (rounded up to a multiple of 8). */
void sf_pool_init (SfPool *pool, gsize item_size);

/* Frees the memory of `pool`, which may be zero-filled and never initialized. */
void sf_pool_clear (SfPool *pool);

/* Gives every item back but keeps the memory; the next takes give the handles of a new pool. */
void sf_pool_reset (SfPool *pool);

/* Makes `copy` hold the same items under the same handles as `pool`; both were initialized with
 * the same item size. Memory that `copy` already has is used again. */
void sf_pool_copy (SfPool *copy, const SfPool *pool);

/* Returns the handle of a zero-filled item. */
guint32 sf_pool_take (SfPool *pool);

/* Returns the bytes of memory that `pool` has taken from the system. */
gsize sf_pool_bytes (const SfPool *pool);

/* Returns item `handle`, which must be one that sf_pool_take() gave. */
static inline void *
sf_pool_at (const SfPool *pool, guint32 handle)
{
  guint32 place = handle - 1 + (1u << SF_POOL_FIRST);
  guint32 top = 31u - (guint32) __builtin_clz (place);
  return pool->chunk[top - SF_POOL_FIRST] + (gsize) (place ^ (1u << top)) * pool->item_size;
}

/* Takes an item that was never taken before: the path of sf_pool_take_unset() that may allocate. */
guint32 sf_pool_take_fresh (SfPool *pool);

/* sf_pool_take() for who writes every byte of the item anyway: the item holds rubbish. */
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

/* Gives item `handle` back; it must be live. Its first four bytes now link the free items. */
static inline void
sf_pool_give (SfPool *pool, guint32 handle)
{
  *(guint32 *) sf_pool_at (pool, handle) = pool->free_head;
  pool->free_head = handle;
  pool->live--;
}
