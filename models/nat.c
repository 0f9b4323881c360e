/* SPDX-License-Identifier: MIT
 *
 * The mappings of a router are a list, the newest first. One that has been idle for too long counts as gone; it is
 * removed when the list is searched for a place for a new one.
 */
#include "models/nat.h"

#define N_PORTS (65536 - SF_NAT_FIRST_PORT)

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

/* --- life of a mapping --- */

static gboolean
has_seen (const SfMapping *mapping, guint8 what)
{
  return (mapping->seen & what) == what;
}

static gboolean
is_closed (const SfMapping *mapping)
{
  return has_seen (mapping, SF_NAT_FIN_OUT | SF_NAT_FIN_IN) || has_seen (mapping, SF_NAT_RST);
}

/* RFC 5382 section 5, REQ-5: a connection is established once both SYNs have passed; while it opens and while it
 * closes it is transitory. */
static gboolean
is_idle (const SfNet *net, guint16 nat, const SfMapping *mapping)
{
  const SfNatPlan *plan = &sf_plan_host (net->plan, nat)->mapping;
  gboolean established = has_seen (mapping, SF_NAT_SYN_OUT | SF_NAT_SYN_IN) && !is_closed (mapping);

  return net->sim.now - mapping->used_at >= (established ? plan->established : plan->transitory);
}

/* Notes that a segment with `flags` passes through `mapping`, to the outside if `leaves`. */
static void
use (const SfNet *net, SfMapping *mapping, guint flags, gboolean leaves)
{
  if (flags & SF_SYN && is_closed (mapping))
    mapping->seen = 0;
  if (flags & SF_SYN)
    mapping->seen |= leaves ? SF_NAT_SYN_OUT : SF_NAT_SYN_IN;
  if (flags & SF_FIN)
    mapping->seen |= leaves ? SF_NAT_FIN_OUT : SF_NAT_FIN_IN;
  if (flags & SF_RST)
    mapping->seen |= SF_NAT_RST;
  mapping->used_at = net->sim.now;
}

void
sf_nat_forget (SfNet *net, guint16 nat, gboolean all)
{
  guint32 *place = &net->hosts[nat].mappings;

  while (*place != 0)
    {
      guint32 handle = *place;
      SfMapping *mapping = mapping_at (net, handle);

      if (all || is_idle (net, nat, mapping))
        {
          *place = mapping->next;
          sf_pool_give (&net->mappings, handle);
        }
      else
        place = &mapping->next;
    }
}

/* --- look-up --- */

/* Returns the mapping of `addr` and `port` behind `nat`, 0 if there is none. */
static guint32
find_inside (const SfNet *net, guint16 nat, guint32 addr, guint16 port)
{
  guint32 handle = net->hosts[nat].mappings;

  while (handle != 0
         && (mapping_at (net, handle)->addr != addr || mapping_at (net, handle)->port != port
             || is_idle (net, nat, mapping_at (net, handle))))
    handle = mapping_at (net, handle)->next;
  return handle;
}

/* Returns the mapping of `nat` with port `outside`, 0 if there is none. */
static guint32
find_outside (const SfNet *net, guint16 nat, guint16 outside)
{
  guint32 handle = net->hosts[nat].mappings;

  while (handle != 0 && (mapping_at (net, handle)->outside != outside || is_idle (net, nat, mapping_at (net, handle))))
    handle = mapping_at (net, handle)->next;
  return handle;
}

/* Returns the next port of `nat` that no mapping has, 0 if all are taken. */
static guint16
next_free_port (SfNet *net, guint16 nat)
{
  SfHost *router = &net->hosts[nat];

  for (guint i = 0; i < N_PORTS; i++)
    {
      guint16 port = router->next_port;

      router->next_port = port == G_MAXUINT16 ? SF_NAT_FIRST_PORT : (guint16) (port + 1);
      if (find_outside (net, nat, port) == 0)
        return port;
    }
  return 0;
}

/* Makes a mapping of `addr` and `port` behind `nat`, and returns it; 0 if all ports are taken. */
static guint32
make (SfNet *net, guint16 nat, guint32 addr, guint16 port)
{
  guint16 outside;
  guint32 handle;

  sf_nat_forget (net, nat, FALSE);
  outside = next_free_port (net, nat);
  if (outside == 0)
    return 0;
  handle = sf_pool_take (&net->mappings);
  *mapping_at (net, handle) = (SfMapping){
    .addr = addr, .port = port, .outside = outside, .next = net->hosts[nat].mappings
  };
  net->hosts[nat].mappings = handle;
  return handle;
}

/* --- translation --- */

/* Gives `seg` its source outside, that of mapping `handle` of `nat`. */
static void
translate_source (const SfNet *net, guint16 nat, guint32 handle, SfSegment *seg)
{
  seg->src = sf_plan_host (net->plan, nat)->addr;
  seg->sport = mapping_at (net, handle)->outside;
}

/* Gives `seg`, whose destination is the address of `nat`, its destination inside, and returns the mapping; 0 if its
 * port has none. */
static guint32
translate_destination (const SfNet *net, guint16 nat, SfSegment *seg)
{
  guint32 handle = seg->dst == sf_plan_host (net->plan, nat)->addr ? find_outside (net, nat, seg->dport) : 0;

  if (handle != 0)
    {
      seg->dst = mapping_at (net, handle)->addr;
      seg->dport = mapping_at (net, handle)->port;
    }
  return handle;
}

/* Translates `seg`, which comes from inside. Only a SYN makes a mapping; FALSE if there is none. */
static gboolean
pass_out (SfNet *net, guint16 nat, SfSegment *seg)
{
  guint32 handle = find_inside (net, nat, seg->src, seg->sport);

  if (handle == 0 && seg->flags & SF_SYN)
    handle = make (net, nat, seg->src, seg->sport);
  if (handle == 0)
    return FALSE;
  use (net, mapping_at (net, handle), seg->flags, TRUE);
  translate_source (net, nat, handle, seg);
  return TRUE;
}

/* Translates `seg`, which comes from outside; FALSE if it has no mapping. */
static gboolean
pass_in (SfNet *net, guint16 nat, SfSegment *seg)
{
  guint32 handle = translate_destination (net, nat, seg);

  if (handle == 0)
    return FALSE;
  use (net, mapping_at (net, handle), seg->flags, FALSE);
  return TRUE;
}

/* Answers `seg`, for which `nat` has no mapping, with the RST that a host without the connection would send (RFC 9293
 * section 3.10.7.1). */
static void
send_rst (SfNet *net, guint16 nat, SfSegment seg)
{
  gboolean acked = (seg.flags & SF_ACK) != 0;
  guint32 handle;

  if (seg.flags & SF_RST)
    return;
  handle = sf_pool_take_unset (&net->segments);
  *sf_net_segment (net, handle) = (SfSegment){
    .src = seg.dst,
    .dst = seg.src,
    .sport = seg.dport,
    .dport = seg.sport,
    .to = seg.from,
    .seq = acked ? seg.ack : sf_seq (0),
    .ack = acked ? sf_seq (0) : sf_seq_add (seg.seq, sf_segment_space (&seg)),
    .seq_base = acked ? seg.ack_base : sf_seq (0),
    .ack_base = acked ? sf_seq (0) : seg.seq_base,
    .flags = acked ? SF_RST : SF_RST | SF_ACK,
    .via = SF_NO_DIRECTION,
    .protocol = SF_PROTOCOL_TCP,
  };
  sf_net_send (net, nat, handle);
}

gboolean
sf_nat_translate (SfNet *net, guint16 at, SfSegment *seg)
{
  gboolean leaves = nat_of (net, seg->from) == at, enters = nat_of (net, seg->to) == at;

  if (leaves == enters || seg->from == at)
    return TRUE;
  if (leaves ? pass_out (net, at, seg) : pass_in (net, at, seg))
    return TRUE;
  if (sf_plan_host (net->plan, at)->mapping.unmapped == SF_NAT_RESET)
    send_rst (net, at, *seg);
  return FALSE;
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
  handle = find_inside (net, from, seg->src, seg->sport);
  if (handle != 0)
    translate_source (net, from, handle, seg);
}
