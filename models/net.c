/* SPDX-License-Identifier: MIT */
#include "models/net.h"

#include "models/apps/process.h"
#include "models/fault_apply.h"
#include "models/host.h"
#include "models/link.h"
#include "models/pools.h"
#include "models/tcp/tcp.h"

#include <string.h>

static const SfHandler handlers[SF_N_EVENT_KINDS] = {
  [SF_EVENT_LINK_ARRIVAL] = sf_link_arrival_event,     [SF_EVENT_SEGMENT_ARRIVAL] = sf_host_segment_event,
  [SF_EVENT_SEGMENT_RELEASE] = sf_fault_release_event, [SF_EVENT_TCP_TIMER] = sf_tcp_timer_event,
  [SF_EVENT_PROCESS_START] = sf_process_start_event,   [SF_EVENT_PROCESS_WAKE] = sf_process_wake_event,
  [SF_EVENT_TIMED_FAULT] = sf_fault_timed_event,
};

static guint
n_directions (const SfPlan *plan)
{
  return 2 * plan->links->len;
}

/* Returns a world without events: the caller starts it or copies another one into it. */
static SfNet *
new_empty (const SfPlan *plan, SfSeed seed)
{
  SfNet *net = g_new0 (SfNet, 1);

  g_assert (plan->route != NULL);
  sf_sim_init (&net->sim, handlers, seed);
  net->plan = plan;
  sf_net_pools_init (net);
  net->directions = g_new0 (SfLinkDirection, n_directions (plan));
  for (guint dir = 0; dir < n_directions (plan); dir++)
    sf_link_init (&net->directions[dir], dir, plan);
  net->hosts = g_new0 (SfHost, plan->hosts->len);
  for (guint i = 0; i < plan->hosts->len; i++)
    sf_host_init (&net->hosts[i], i, plan);
  net->fault_matches = g_new0 (guint32, plan->faults->len);
  return net;
}

/* Queues the events of the plan. Faults come before applications that act at the same instant. */
static void
start (SfNet *net)
{
  sf_fault_start_all (net);
  sf_process_start_all (net);
}

SfNet *
sf_net_new (const SfPlan *plan, SfSeed seed)
{
  SfNet *net = new_empty (plan, seed);

  start (net);
  return net;
}

void
sf_net_free (SfNet *net)
{
  sf_tcp_clear (net);
  for (guint dir = 0; dir < n_directions (net->plan); dir++)
    sf_link_clear (&net->directions[dir]);
  g_free (net->directions);
  g_free (net->hosts);
  g_free (net->fault_matches);
  sf_net_pools_clear (net);
  sf_sim_clear (&net->sim);
  g_free (net);
}

void
sf_net_listen (SfNet *net, SfRecordSink sink, gpointer user)
{
  net->sim.sink = sink;
  net->sim.sink_user = user;
}

static void
copy_counters (SfNet *copy, const SfNet *net)
{
  copy->n_until = net->n_until;
  copy->next_segment = net->next_segment;
  copy->next_serial = net->next_serial;
  copy->cause = net->cause;
  copy->why = net->why;
  copy->why_timer = net->why_timer;
}

void
sf_net_copy (SfNet *copy, const SfNet *net)
{
  const SfPlan *plan = net->plan;

  g_assert (copy->plan == plan);
  sf_sim_copy (&copy->sim, &net->sim);
  sf_net_pools_copy (copy, net);
  for (guint dir = 0; dir < n_directions (plan); dir++)
    sf_link_copy (&copy->directions[dir], &net->directions[dir]);
  memcpy (copy->hosts, net->hosts, plan->hosts->len * sizeof *net->hosts);
  if (plan->faults->len > 0)
    memcpy (copy->fault_matches, net->fault_matches, plan->faults->len * sizeof *net->fault_matches);
  copy_counters (copy, net);
  sf_tcp_copy (copy, net);
}

SfNet *
sf_net_clone (const SfNet *net)
{
  SfNet *clone = new_empty (net->plan, net->sim.seed);

  sf_net_copy (clone, net);
  return clone;
}

void
sf_net_reset (SfNet *net, SfSeed seed)
{
  const SfPlan *plan = net->plan;

  sf_sim_reset (&net->sim, seed);
  sf_net_pools_reset (net);
  for (guint dir = 0; dir < n_directions (plan); dir++)
    sf_link_reset (&net->directions[dir], dir, plan);
  for (guint i = 0; i < plan->hosts->len; i++)
    sf_host_reset (&net->hosts[i], i, plan);
  for (guint i = 0; i < plan->faults->len; i++)
    net->fault_matches[i] = 0;
  net->n_until = 0;
  net->next_segment = 0;
  net->next_serial = 0;
  net->cause = 0;
  net->why = net->why_timer = 0;
  sf_tcp_reset (net);
  start (net);
}

SfStop
sf_net_run (SfNet *net, SfTime until, guint64 max_events)
{
  return sf_sim_run (&net->sim, until, max_events);
}

static void
trace_send (const SfNet *net, guint16 from, const SfSegment *seg)
{
  sf_net_trace (net, SF_RECORD_SEND, &(SfRecord){ .host = from, .conn = seg->conn, .send = *seg });
}

void
sf_net_send (SfNet *net, guint16 from, guint32 segment)
{
  SfSegment *seg = sf_net_segment (net, segment);

  seg->id = ++net->next_segment;
  seg->sent_at = net->sim.now;
  seg->from = from;
  if (sf_net_traced (net))
    trace_send (net, from, seg);
  if (G_UNLIKELY (net->plan->faults->len > 0) && sf_fault_apply (net, segment))
    return;
  sf_host_forward (net, from, segment);
}

void
sf_net_trace (const SfNet *net, SfRecordKind kind, SfRecord *record)
{
  record->head.t = net->sim.now;
  record->head.kind = (guint16) kind;
  net->sim.sink (net->sim.sink_user, &record->head);
}

void
sf_net_trace_fate (const SfNet *net, const SfSegment *seg, SfRecord *record)
{
  record->conn = seg->conn;
  record->fate.id = seg->id;
  sf_net_trace (net, SF_RECORD_FATE, record);
}

void
sf_net_make_copy (SfNet *net, SfSegment *copy)
{
  copy->copy_of = copy->id;
  copy->id = ++net->next_segment;
  copy->sent_at = net->sim.now;
  copy->marks |= SF_SEG_COPY;
}
