/* SPDX-License-Identifier: MIT */
#include "models/host.h"

#include "models/apps/process.h"
#include "models/link.h"
#include "models/nat.h"
#include "models/tcp/tcp.h"

/* What a host does with packets, by protocol (SfProtocol). */
static const struct
{
  void (*input) (SfNet *net, guint16 host, const SfSegment *seg);            /* handles one that arrives */
  guint32 (*conn_of) (const SfNet *net, guint16 host, const SfSegment *seg); /* returns its connection, 0: none */
  void (*crashed) (SfNet *net, guint16 host);                                /* removes all state of the host */
} protocols[] = {
  [SF_PROTOCOL_TCP] = { sf_tcp_input, sf_tcp_receiving_conn, sf_tcp_host_crashed },
};

G_STATIC_ASSERT (G_N_ELEMENTS (protocols) == SF_N_PROTOCOLS);

static guint16
first_port (const SfPlan *plan, guint index)
{
  const SfHostPlan *host = sf_plan_host (plan, index);

  return host->translates ? SF_NAT_FIRST_PORT : (guint16) host->profile.ephemeral_first;
}

void
sf_host_init (SfHost *host, guint index, const SfPlan *plan)
{
  host->isn.stream = sf_random_stream ("host.isn", index);
  host->port.stream = sf_random_stream ("host.port", index);
  host->next_port = first_port (plan, index);
}

void
sf_host_reset (SfHost *host, guint index, const SfPlan *plan)
{
  host->down = FALSE;
  host->next_port = first_port (plan, index);
  host->isn.n = host->port.n = 0;
  host->booted = host->challenge_since = 0;
  host->challenges = 0;
  host->n_conns = host->newest_conn = 0;
  host->mappings = host->stamps = 0;
}

static void
lose (SfNet *net, guint16 at, guint32 handle, SfFate fate, guint16 link)
{
  if (sf_net_traced (net))
    sf_net_trace_fate (net, sf_net_segment (net, handle),
                       &(SfRecord){
                         .host = at,
                         .fate = { .fate = fate, .link = link, .rule = -1 },
                       });
  sf_pool_give (&net->segments, handle);
}

static void
send_to_itself (SfNet *net, guint32 handle)
{
  SfSegment *seg = sf_net_segment (net, handle);

  seg->via = SF_NO_DIRECTION;
  seg->arrives_at = net->sim.now;
  sf_sim_after (&net->sim, 0, SF_EVENT_SEGMENT_ARRIVAL, handle);
}

void
sf_host_forward (SfNet *net, guint16 at, guint32 handle)
{
  const SfPlan *plan = net->plan;
  guint16 to = sf_net_segment (net, handle)->to;
  guint hop = 0;

  if (G_UNLIKELY (to == at))
    {
      send_to_itself (net, handle);
      return;
    }
  if (G_LIKELY (to != SF_NO_HOST))
    hop = plan->route[(gsize) at * plan->hosts->len + to];
  if (G_LIKELY (hop != 0))
    sf_link_send (net, hop - 1, handle);
  else
    lose (net, at, handle, SF_FATE_NO_ROUTE, SF_NO_LINK);
}

/* Records that `seg` arrives at `host`, with the connection there that it belongs to. */
static void
trace_arrival (const SfNet *net, guint16 host, const SfSegment *seg)
{
  guint32 conn = protocols[seg->protocol].conn_of (net, host, seg);
  SfTcpStatus status = { 0 };

  if (conn != 0)
    sf_tcp_status (net, conn, &status);
  sf_net_trace (net, SF_RECORD_ARRIVE, &(SfRecord){ .host = host, .conn = status.serial, .arrive = *seg });
}

static void
deliver (SfNet *net, guint16 host, guint32 handle)
{
  const SfSegment *seg = sf_net_segment (net, handle);

  if (sf_net_traced (net))
    trace_arrival (net, host, seg);
  net->cause = seg->id;
  protocols[seg->protocol].input (net, host, seg);
  net->cause = 0;
  sf_pool_give (&net->segments, handle);
}

/* Forwards segment `handle` at node `at`, which is not its destination. It is not inlined, to keep sf_host_arrive()
 * small. */
static G_GNUC_NO_INLINE void
forward_through (SfNet *net, guint16 at, guint32 handle)
{
  SfSegment *seg = sf_net_segment (net, handle);

  if (G_UNLIKELY (sf_plan_host (net->plan, at)->translates) && !sf_nat_translate (net, at, seg))
    lose (net, at, handle, SF_FATE_NO_ROUTE, SF_NO_LINK);
  else
    sf_host_forward (net, at, handle);
}

void
sf_host_arrive (SfNet *net, guint16 at, guint32 handle)
{
  const SfSegment *seg = sf_net_segment (net, handle);

  if (G_UNLIKELY (net->hosts[at].down))
    lose (net, at, handle, SF_FATE_HOST_DOWN,
          seg->via == SF_NO_DIRECTION ? SF_NO_LINK : net->plan->direction_params[seg->via].link);
  else if (seg->to == at)
    deliver (net, at, handle);
  else
    forward_through (net, at, handle);
}

void
sf_host_segment_event (SfSim *sim, guint32 handle)
{
  SfNet *net = (SfNet *) sim;
  const SfSegment *seg = sf_net_segment (net, handle);

  sf_host_arrive (net, seg->via == SF_NO_DIRECTION ? seg->to : net->plan->direction_params[seg->via].far, handle);
}

static void
set_power (SfNet *net, guint16 index, gboolean up)
{
  net->hosts[index].down = !up;
  if (sf_net_traced (net))
    sf_net_trace (net, SF_RECORD_HOST, &(SfRecord){ .host = index, .power = { .up = up } });
}

void
sf_host_crash (SfNet *net, guint16 index)
{
  if (net->hosts[index].down)
    return;
  set_power (net, index, FALSE);
  for (guint dir = 0; dir < 2 * net->plan->links->len; dir++)
    if (net->plan->direction_params[dir ^ 1].far == index)
      sf_link_cut (net, dir, SF_FATE_HOST_DOWN);
  for (guint i = 0; i < SF_N_PROTOCOLS; i++)
    protocols[i].crashed (net, index);
  sf_process_host_crashed (net, index);
  sf_nat_forget (net, index, TRUE);
}

void
sf_host_reboot (SfNet *net, guint16 index)
{
  SfHost *host = &net->hosts[index];

  if (!host->down)
    return;
  set_power (net, index, TRUE);
  host->booted = net->sim.now;
  host->next_port = first_port (net->plan, index);
  host->challenge_since = 0;
  host->challenges = 0;
  sf_process_host_rebooted (net, index);
}
