/* SPDX-License-Identifier: MIT */
#include "sim/pool.h"

#include <string.h>

/* Items start on cache lines when their size allows it. */
#define CHUNK_ALIGNMENT 64

static inline gsize
chunk_items (guint i)
{
  return (gsize) 1 << (SF_POOL_FIRST + i);
}

/* Returns how many of the first `used` items lie in chunk `i`. */
static gsize
chunk_used (const SfPool *pool, guint i)
{
  gsize before = chunk_items (i) - chunk_items (0);

  return pool->used <= before ? 0 : MIN (pool->used - before, chunk_items (i));
}

static void
add_chunk (SfPool *pool, guint i)
{
  pool->chunk[i] = g_aligned_alloc (chunk_items (i), pool->item_size, CHUNK_ALIGNMENT);
}

void
sf_pool_init (SfPool *pool, gsize item_size)
{
  memset (pool, 0, sizeof *pool);
  g_assert (item_size > 0 && item_size <= G_MAXUINT32 - 7);
  pool->item_size = (guint32) ((item_size + 7) & ~(gsize) 7);
}

void
sf_pool_clear (SfPool *pool)
{
  for (guint i = 0; i < SF_POOL_CHUNKS; i++)
    g_aligned_free (pool->chunk[i]);
  memset (pool, 0, sizeof *pool);
}

void
sf_pool_reset (SfPool *pool)
{
  pool->used = pool->live = pool->free_head = 0;
}

void
sf_pool_copy (SfPool *copy, const SfPool *pool)
{
  g_assert (copy->item_size == pool->item_size);
  for (guint i = 0; i < SF_POOL_CHUNKS; i++)
    {
      gsize n = chunk_used (pool, i);

      if (n == 0)
        break;
      if (copy->chunk[i] == NULL)
        add_chunk (copy, i);
      memcpy (copy->chunk[i], pool->chunk[i], n * pool->item_size);
    }
  copy->used = pool->used;
  copy->live = pool->live;
  copy->free_head = pool->free_head;
}

guint32
sf_pool_take_fresh (SfPool *pool)
{
  guint32 place = pool->used + (1u << SF_POOL_FIRST);
  guint i;

  if (G_UNLIKELY (place == 0))
    g_error ("a pool holds no more than 2^32 - %u items", 1u << SF_POOL_FIRST);
  i = 31u - SF_POOL_FIRST - (guint) __builtin_clz (place);
  if (G_UNLIKELY (pool->chunk[i] == NULL))
    add_chunk (pool, i);
  pool->live++;
  return ++pool->used;
}

guint32
sf_pool_take (SfPool *pool)
{
  guint32 handle = sf_pool_take_unset (pool);

  memset (sf_pool_at (pool, handle), 0, pool->item_size);
  return handle;
}

gsize
sf_pool_bytes (const SfPool *pool)
{
  gsize bytes = 0;

  for (guint i = 0; i < SF_POOL_CHUNKS; i++)
    if (pool->chunk[i] != NULL)
      bytes += chunk_items (i) * pool->item_size;
  return bytes;
}
