/* SPDX-License-Identifier: MIT
 *
 * The pools of a world as a table, for code that treats all of them alike; the rows are in pools.inc.
 */
#pragma once

#include "models/net.h"

typedef struct
{
  const char *name; /* of the member of SfNet */
  gsize at;         /* offset of the SfPool in SfNet */
  gsize item_size;
} SfNetPool;

/* Returns the table of all pools and its length. */
const SfNetPool *sf_net_pools (guint *ret_n);

/* Returns the pool of row `row` in `net`. */
static inline SfPool *
sf_net_pool (const SfNet *net, const SfNetPool *row)
{
  return (SfPool *) (gpointer) ((guint8 *) net + row->at);
}

/* Prepare the pools of a new world; free them; give all their items back; copy them, as sf_net_copy() does. */
void sf_net_pools_init (SfNet *net);
void sf_net_pools_clear (SfNet *net);
void sf_net_pools_reset (SfNet *net);
void sf_net_pools_copy (SfNet *copy, const SfNet *net);
