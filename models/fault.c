/* SPDX-License-Identifier: MIT */
#include "models/fault_apply.h"

#include "models/host.h"
#include "models/link.h"
#include "models/tcp/tcp.h"

static const SfFaultRule *
rule_at (const SfNet *net, guint index)
{
  return &g_array_index (net->plan->faults, SfFaultRule, index);
}

/* --- matching --- */

/* TRUE if `n` lies in [min, max]. The range may wrap around the end of the sequence space. */
static gboolean
in_range (guint32 n, guint32 min, guint32 max)
{
  return n - min <= max - min;
}

static gboolean
matches_address (const SfMatch *match, const SfSegment *seg)
{
  return (match->from == SF_NO_HOST || match->from == seg->from) && (match->to == SF_NO_HOST || match->to == seg->to)
         && (match->sport == 0 || match->sport == seg->sport) && (match->dport == 0 || match->dport == seg->dport)
         && (match->conn_nth == 0 || match->conn_nth == seg->conn_nth);
}

static gboolean
matches_header (const SfMatch *match, const SfSegment *seg)
{
  if ((seg->flags & match->flags_set) != match->flags_set || (seg->flags & match->flags_clear) != 0)
    return FALSE;
  if (match->has_len && (seg->len < match->len_min || seg->len > match->len_max))
    return FALSE;
  if (match->has_seq && !in_range (sf_seq_distance (seg->seq_base, seg->seq), match->seq_min, match->seq_max))
    return FALSE;
  /* Without the ACK bit the field has no meaning (RFC 9293, 3.1). */
  if (match->has_ack
      && (!(seg->flags & SF_ACK)
          || !in_range (sf_seq_distance (seg->ack_base, seg->ack), match->ack_min, match->ack_max)))
    return FALSE;
  return !match->has_retransmit || match->retransmit == ((seg->marks & SF_SEG_RETRANSMIT) != 0);
}

gboolean
sf_match_segment (const SfMatch *match, const SfSegment *seg)
{
  return matches_address (match, seg) && matches_header (match, seg) && seg->sent_at >= match->not_before
         && (match->not_after == 0 || seg->sent_at <= match->not_after);
}

/* TRUE if the end at the host of `when` is in its state. CLOSED: it has no connection, with or without a listener. */
static gboolean
matches_state (const SfNet *net, const SfMatch *match, const SfSegment *seg)
{
  if (match->state_host == SF_NO_HOST || match->state == SF_ANY_STATE)
    return TRUE;
  if (match->state == SF_CLOSED)
    return sf_tcp_end_conn (net, match->state_host, seg) == 0;
  return sf_tcp_end_state (net, match->state_host, seg) == match->state;
}

gboolean
sf_fault_matches (const SfNet *net, const SfMatch *match, const SfSegment *seg)
{
  return sf_match_segment (match, seg) && matches_state (net, match, seg);
}

gboolean
sf_match_turn (const SfMatch *match, guint32 n)
{
  return n >= match->nth_first && (match->nth_last == 0 || n <= match->nth_last);
}

/* How many random numbers one segment may use. */
#define DRAWS_PER_SEGMENT 1024

/* Returns the random numbers of `rule` for the segment that it has counted last. No state is kept: each segment that
 * matches has its own part of the stream. */
static SfRandom
random_of (const SfNet *net, const char *what, guint rule)
{
  return (SfRandom){ sf_random_stream (what, rule), (guint64) net->fault_matches[rule] * DRAWS_PER_SEGMENT };
}

/* TRUE if the probability of `rule` lets it act on the segment that it has counted last. */
static gboolean
happens (const SfNet *net, guint rule)
{
  SfRandom random;

  if (!rule_at (net, rule)->has_chance)
    return TRUE;
  random = random_of (net, "fault.chance", rule);
  return sf_random_hit (&random, &net->sim.seed, rule_at (net, rule)->chance);
}

/* Returns by how much the rule delays the segment that it has counted last. */
static SfTime
delay_of (const SfNet *net, guint rule)
{
  const SfFaultRule *fault = rule_at (net, rule);
  SfRandom random;
  double jitter;

  if (!fault->has_jitter)
    return fault->time;
  random = random_of (net, "fault.jitter", rule);
  jitter = sf_random_draw (&random, &net->sim.seed, &fault->jitter);
  return sf_time_add (fault->time, (SfTime) CLAMP (jitter, 0, 1e9 * SF_SEC));
}

/* Makes every rule count `seg`; returns the index of the rule that acts, -1 if none does. */
static gint32
find_rule (SfNet *net, const SfSegment *seg)
{
  gint32 found = -1;

  for (guint i = 0; i < net->plan->faults->len; i++)
    {
      const SfMatch *match = &rule_at (net, i)->match;

      if (sf_fault_matches (net, match, seg) && sf_match_turn (match, ++net->fault_matches[i]) && found < 0
          && happens (net, i))
        found = (gint32) i;
    }
  return found;
}

/* --- acting --- */

static void
trace_fate (const SfNet *net, const SfSegment *seg, gint32 rule, SfFate fate, SfTime until)
{
  if (sf_net_traced (net))
    sf_net_trace_fate (net, seg,
                       &(SfRecord){
                         .host = seg->from,
                         .fate = { .fate = fate, .link = SF_NO_LINK, .rule = rule, .until = until },
                       });
}

/* Schedules segment `handle` to leave at `at`, because of `rule`. */
static void
release_at (SfNet *net, guint32 handle, gint32 rule, SfTime at)
{
  sf_net_segment (net, handle)->rule = (guint16) rule;
  sf_queue_add (&net->sim.queue, MIN (at, SF_NEVER - 1), SF_EVENT_SEGMENT_RELEASE, handle);
}

/* Schedules the copies of `seg` that `rule` asks for, the first at `at`. Each gets its identity when it leaves. */
static void
prepare_copies (SfNet *net, const SfSegment *seg, gint32 rule, SfTime at)
{
  const SfFaultRule *fault = rule_at (net, (guint) rule);
  guint32 copies = MAX (fault->copies, 1);

  for (guint32 i = 0; i < copies; i++)
    {
      guint32 handle = sf_pool_take_unset (&net->segments);

      *sf_net_segment (net, handle) = *seg;
      release_at (net, handle, rule, at);
      at = sf_time_add (at, fault->spacing);
    }
}

static void
hold (SfNet *net, guint32 handle, gint32 rule, SfFate fate, SfTime until)
{
  trace_fate (net, sf_net_segment (net, handle), rule, fate, until);
  release_at (net, handle, rule, until);
}

/* Applies `rule` to segment `handle`; TRUE if the segment does not leave now. */
static gboolean
act (SfNet *net, guint32 handle, gint32 rule)
{
  const SfFaultRule *fault = rule_at (net, (guint) rule);
  SfSegment *seg = sf_net_segment (net, handle);
  SfTime now = net->sim.now;

  switch (fault->action)
    {
    case SF_FAULT_DROP:
      trace_fate (net, seg, rule, SF_FATE_DROPPED_BY_FAULT, 0);
      sf_pool_give (&net->segments, handle);
      return TRUE;
    case SF_FAULT_DELAY:
      hold (net, handle, rule, SF_FATE_DELAYED, sf_time_add (now, delay_of (net, (guint) rule)));
      return TRUE;
    case SF_FAULT_HOLD:
      if (fault->time <= now)
        return FALSE;
      hold (net, handle, rule, SF_FATE_HELD, fault->time);
      return TRUE;
    case SF_FAULT_DUPLICATE:
      prepare_copies (net, seg, rule, sf_time_add (now, fault->time));
      return FALSE;
    case SF_FAULT_REPLAY:
      prepare_copies (net, seg, rule, MAX (now, fault->time));
      return FALSE;
    case SF_FAULT_CORRUPT:
      seg->marks |= SF_SEG_CORRUPT;
      trace_fate (net, seg, rule, SF_FATE_CORRUPTED, 0);
      return FALSE;
    }
  g_assert_not_reached ();
}

gboolean
sf_fault_apply (SfNet *net, guint32 handle)
{
  gint32 rule = find_rule (net, sf_net_segment (net, handle));

  return rule >= 0 && act (net, handle, rule);
}

/* Makes `seg`, a scheduled copy that leaves now, a segment of its own. */
static void
make_copy (SfNet *net, SfSegment *seg)
{
  SfSegment original = *seg;

  sf_net_make_copy (net, seg);
  if (sf_net_traced (net))
    sf_net_trace_fate (net, &original,
                       &(SfRecord){
                         .host = seg->from,
                         .fate = { .fate = SF_FATE_COPIED, .link = SF_NO_LINK, .rule = seg->rule, .copy = *seg },
                       });
}

void
sf_fault_release_event (SfSim *sim, guint32 handle)
{
  SfNet *net = (SfNet *) sim;
  SfSegment *seg = sf_net_segment (net, handle);
  SfFaultAction action = rule_at (net, seg->rule)->action;

  if (action == SF_FAULT_DUPLICATE || action == SF_FAULT_REPLAY)
    make_copy (net, seg);
  else if (action == SF_FAULT_HOLD)
    trace_fate (net, seg, seg->rule, SF_FATE_RELEASED, 0);
  sf_host_forward (net, seg->from, handle);
}

/* --- faults at instants --- */

void
sf_fault_start_all (SfNet *net)
{
  for (guint i = 0; i < net->plan->timed_faults->len; i++)
    sf_queue_add (&net->sim.queue, g_array_index (net->plan->timed_faults, SfTimedFault, i).at, SF_EVENT_TIMED_FAULT,
                  i);
}

/* The initial sequence numbers that one end of a 4-tuple knows. */
typedef struct
{
  gboolean knows_own, knows_peer;
  SfSeq own, peer;
} IssView;

static IssView
view_of (const SfNet *net, guint16 host, const SfSegment *seg)
{
  guint32 conn = host == SF_NO_HOST ? 0 : sf_tcp_end_conn (net, host, seg);
  SfTcpStatus status;

  if (conn == 0)
    return (IssView){ 0 };
  sf_tcp_status (net, conn, &status);
  return (IssView){
    .knows_own = TRUE,
    .own = status.iss,
    .knows_peer = status.state != SF_SYN_SENT,
    .peer = status.irs,
  };
}

/* Sets the numbers that SEQ and ACK of `seg` are relative to: the ISS of each end, from that end if it knows it, else
 * from its peer; 0 if neither knows it. */
static void
set_bases (const SfNet *net, SfSegment *seg)
{
  IssView sender = view_of (net, seg->from, seg);
  IssView receiver = view_of (net, seg->to, seg);

  seg->seq_base = sender.knows_own ? sender.own : receiver.knows_peer ? receiver.peer : sf_seq (0);
  seg->ack_base = receiver.knows_own ? receiver.own : sender.knows_peer ? sender.peer : sf_seq (0);
}

/* Makes a segment that no TCP has sent leave its host. */
static void
inject (SfNet *net, const SfTimedFault *fault)
{
  guint32 handle = sf_pool_take_unset (&net->segments);
  SfSegment *seg = sf_net_segment (net, handle);

  *seg = fault->segment;
  seg->id = ++net->next_segment;
  seg->sent_at = net->sim.now;
  seg->marks |= SF_SEG_INJECTED;
  set_bases (net, seg);
  if (fault->relative)
    {
      seg->seq = sf_seq_add (seg->seq_base, fault->segment.seq.v);
      seg->ack = sf_seq_add (seg->ack_base, fault->segment.ack.v);
    }
  if (sf_net_traced (net))
    sf_net_trace_fate (net, seg,
                       &(SfRecord){
                         .host = seg->from,
                         .fate = { .fate = SF_FATE_INJECTED, .link = SF_NO_LINK, .rule = -1, .copy = *seg },
                       });
  sf_host_forward (net, seg->from, handle);
}

void
sf_fault_timed_event (SfSim *sim, guint32 index)
{
  SfNet *net = (SfNet *) sim;
  const SfTimedFault *fault = &g_array_index (net->plan->timed_faults, SfTimedFault, index);

  switch (fault->kind)
    {
    case SF_TIMED_LINK_DOWN:
      sf_link_set_down (net, fault->index, TRUE);
      break;
    case SF_TIMED_LINK_UP:
      sf_link_set_down (net, fault->index, FALSE);
      break;
    case SF_TIMED_CRASH:
      sf_host_crash (net, fault->index);
      break;
    case SF_TIMED_REBOOT:
      sf_host_reboot (net, fault->index);
      break;
    case SF_TIMED_INJECT:
      inject (net, fault);
      break;
    }
}
