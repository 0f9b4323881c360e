/* SPDX-License-Identifier: MIT */
#include "models/pools.h"

#include "models/apps/process.h"
#include "models/apps/process_options.h"
#include "models/nat.h"
#include "models/tcp/recycle.h"
#include "models/tcp/tcb.h"

/* The digest hashes items as 64-bit words. */
#define SF_POOL(member, Type) G_STATIC_ASSERT (sizeof (Type) % sizeof (guint64) == 0);
#include "models/pools.inc"
#undef SF_POOL

static const SfNetPool table[] = {
#define SF_POOL(member, Type) { #member, offsetof (SfNet, member), sizeof (Type) },
#include "models/pools.inc"
#undef SF_POOL
};

const SfNetPool *
sf_net_pools (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (table);
  return table;
}

void
sf_net_pools_init (SfNet *net)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    sf_pool_init (sf_net_pool (net, &table[i]), table[i].item_size);
}

void
sf_net_pools_clear (SfNet *net)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    sf_pool_clear (sf_net_pool (net, &table[i]));
}

void
sf_net_pools_reset (SfNet *net)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    sf_pool_reset (sf_net_pool (net, &table[i]));
}

void
sf_net_pools_copy (SfNet *copy, const SfNet *net)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    sf_pool_copy (sf_net_pool (copy, &table[i]), sf_net_pool (net, &table[i]));
}
