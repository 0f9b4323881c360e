/* SPDX-License-Identifier: MIT
 *
 * What the network needs of TCP: its tables, the crash of a host, and the state of connections.
 */
#include "models/nat.h"
#include "models/tcp/demux.h"
#include "models/tcp/listener.h"
#include "models/tcp/recycle.h"
#include "models/tcp/timers.h"

#include <string.h>

void
sf_tcp_clear (SfNet *net)
{
  sf_demux_clear (net);
}

void
sf_tcp_reset (SfNet *net)
{
  sf_demux_reset (net);
  memset (net->listener_heads, 0, sizeof net->listener_heads);
}

void
sf_tcp_copy (SfNet *copy, const SfNet *net)
{
  sf_demux_copy (copy, net);
  memcpy (copy->listener_heads, net->listener_heads, sizeof net->listener_heads);
}

/* TRUE if `tcb` is a connection in another state than CLOSED; not a free place of the pool. */
static gboolean
is_alive (const SfTcb *tcb)
{
  return tcb->serial != 0 && tcb->state != SF_CLOSED;
}

void
sf_tcp_host_crashed (SfNet *net, guint16 host)
{
  net->why = SF_WHY_CRASH;
  for (guint32 conn = 1; conn <= net->tcbs.used; conn++)
    {
      SfTcb *tcb = sf_tcb (net, conn);

      if (tcb->serial == 0 || tcb->host != host)
        continue;
      if (is_alive (tcb))
        sf_tcb_set_state (net, conn, SF_CLOSED);
      if (tcb->serial != 0)
        sf_tcb_orphan (net, conn);
    }
  for (guint i = 0; i < SF_LISTENER_BUCKETS; i++)
    for (guint32 handle = net->listener_heads[i], next; handle != 0; handle = next)
      {
        next = sf_listener (net, handle)->next;
        if (sf_listener (net, handle)->host == host)
          sf_listener_delete (net, handle);
      }
  sf_recycle_forget (net, host);
  net->why = SF_WHY_CALL;
}

guint32
sf_tcp_receiving_conn (const SfNet *net, guint16 host, const SfSegment *seg)
{
  SfSegment seen;

  if (G_LIKELY (net->mappings.used == 0))
    return sf_demux_find (net, seg->dst, seg->dport, seg->src, seg->sport);
  seen = *seg;
  sf_nat_view (net, host, &seen);
  return sf_demux_find (net, seen.dst, seen.dport, seen.src, seen.sport);
}

guint32
sf_tcp_end_conn (const SfNet *net, guint16 host, const SfSegment *seg)
{
  gboolean sends = sf_plan_host_of (net->plan, seg->src) == host;

  return sends ? sf_demux_find (net, seg->src, seg->sport, seg->dst, seg->dport)
               : sf_tcp_receiving_conn (net, host, seg);
}

SfState
sf_tcp_end_state (const SfNet *net, guint16 host, const SfSegment *seg)
{
  guint32 conn = sf_tcp_end_conn (net, host, seg);
  gboolean sends = sf_plan_host_of (net->plan, seg->src) == host;

  if (conn != 0)
    return sf_tcb (net, conn)->state;
  return sf_listener_find (net, host, sends ? seg->sport : seg->dport) != 0 ? SF_LISTEN : SF_CLOSED;
}

SfState
sf_tcp_newest_state (const SfNet *net, guint16 host)
{
  guint32 conn = net->hosts[host].newest_conn;

  if (conn != 0)
    return sf_tcb (net, conn)->state;
  for (guint32 handle = 1; handle <= net->listeners.used; handle++)
    if (sf_listener (net, handle)->serial != 0 && sf_listener (net, handle)->host == host)
      return SF_LISTEN;
  return SF_CLOSED;
}
