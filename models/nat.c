/* SPDX-License-Identifier: MIT
 *
 * A mapping is found by its handle from outside: handle 1 has port FIRST_PORT, and so on. From inside it is found in
 * the list of its host.
 */
#include "models/nat.h"

#define FIRST_PORT 1024
#define N_PORTS (65536 - FIRST_PORT)

static SfMapping *
mapping_at (const SfNet *net, guint32 handle)
{
  return sf_pool_at (&net->mappings, handle);
}

/* Returns the translating router that `host` is behind, SF_NO_HOST if there is none. */
static guint16
nat_of (const SfNet *net, guint16 host)
{
  return host == SF_NO_HOST ? SF_NO_HOST : sf_plan_host (net->plan, host)->nat;
}

static guint16
outside_port (guint32 handle)
{
  return (guint16) (FIRST_PORT + handle - 1);
}

/* Returns the mapping of `addr` and `port` of `host`, 0 if there is none. */
static guint32
find (const SfNet *net, guint16 host, guint32 addr, guint16 port)
{
  guint32 handle = net->hosts[host].mappings;

  while (handle != 0 && (mapping_at (net, handle)->addr != addr || mapping_at (net, handle)->port != port))
    handle = mapping_at (net, handle)->next;
  return handle;
}

/* Returns the mapping of `addr` and `port` of `host`, and makes it if there is none; 0 if all ports are taken. */
static guint32
find_or_make (SfNet *net, guint16 host, guint32 addr, guint16 port)
{
  guint32 handle = find (net, host, addr, port);
  SfMapping *mapping;

  if (handle != 0 || net->mappings.used == N_PORTS)
    return handle;
  handle = sf_pool_take (&net->mappings);
  mapping = mapping_at (net, handle);
  mapping->addr = addr;
  mapping->port = port;
  mapping->nat = nat_of (net, host);
  mapping->next = net->hosts[host].mappings;
  net->hosts[host].mappings = handle;
  return handle;
}

/* Gives `seg` its source outside, that of mapping `handle`. */
static void
translate_source (const SfNet *net, guint32 handle, SfSegment *seg)
{
  seg->src = sf_plan_host (net->plan, mapping_at (net, handle)->nat)->addr;
  seg->sport = outside_port (handle);
}

/* Gives `seg`, whose destination is the address of `nat`, its destination inside; FALSE if its port has no mapping. */
static gboolean
translate_destination (const SfNet *net, guint16 nat, SfSegment *seg)
{
  guint32 handle = (guint32) seg->dport - FIRST_PORT + 1;

  if (seg->dst != sf_plan_host (net->plan, nat)->addr || seg->dport < FIRST_PORT || handle > net->mappings.used
      || mapping_at (net, handle)->nat != nat)
    return FALSE;
  seg->dst = mapping_at (net, handle)->addr;
  seg->dport = mapping_at (net, handle)->port;
  return TRUE;
}

gboolean
sf_nat_translate (SfNet *net, guint16 at, SfSegment *seg)
{
  gboolean leaves = nat_of (net, seg->from) == at, enters = nat_of (net, seg->to) == at;
  guint32 handle;

  if (leaves == enters)
    return TRUE;
  if (enters)
    return translate_destination (net, at, seg);
  handle = find_or_make (net, seg->from, seg->src, seg->sport);
  if (handle != 0)
    translate_source (net, handle, seg);
  return handle != 0;
}

void
sf_nat_view (const SfNet *net, guint16 host, SfSegment *seg)
{
  guint16 from = nat_of (net, seg->from), to = nat_of (net, host);
  guint32 handle;

  if (from == to)
    return;
  if (to != SF_NO_HOST)
    translate_destination (net, to, seg);
  if (from == SF_NO_HOST)
    return;
  handle = find (net, seg->from, seg->src, seg->sport);
  if (handle != 0)
    translate_source (net, handle, seg);
}
