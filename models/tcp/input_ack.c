/* SPDX-License-Identifier: MIT
 *
 * The fifth step of RFC 9293 §3.10.7.4: the ACK field.
 */
#include "models/tcp/cc.h"
#include "models/tcp/input.h"
#include "models/tcp/listener.h"
#include "models/tcp/options.h"
#include "models/tcp/output.h"
#include "models/tcp/recovery.h"
#include "models/tcp/reset.h"
#include "models/tcp/rtt.h"
#include "models/tcp/time_wait.h"
#include "models/tcp/timers.h"

/* SEG.WND in bytes: scaled unless the segment is a SYN (RFC 7323 §2.2). */
static guint32
window_of (const SfTcb *tcb, const SfSegment *seg)
{
  gboolean scaled = tcb->flags & SF_TCB_WSCALE && !(seg->flags & SF_SYN);

  return scaled ? (guint32) seg->wnd << tcb->peer_wscale : seg->wnd;
}

void
sf_input_take_window (SfTcb *tcb, const SfSegment *seg)
{
  tcb->snd_wnd = window_of (tcb, seg);
  tcb->snd_wnd_max = MAX (tcb->snd_wnd_max, tcb->snd_wnd);
  tcb->snd_wl1 = seg->seq;
  tcb->snd_wl2 = seg->flags & SF_ACK ? seg->ack : tcb->snd_una;
}

static void
report_rtt (const SfNet *net, const SfTcb *tcb, const SfRtt *rtt, SfTime sample)
{
  SfRecord record = { .host = tcb->host, .conn = tcb->serial };

  if (!sf_net_traced (net))
    return;
  record.rtt.sample = sample;
  record.rtt.srtt = rtt->srtt;
  record.rtt.rttvar = rtt->rttvar;
  record.rtt.rto = rtt->rto;
  sf_net_trace (net, SF_RECORD_RTT, &record);
}

void
sf_input_sample_rtt (SfNet *net, SfTcb *tcb, const SfSegment *seg)
{
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  SfRtt *rtt = &sf_transfer (net, tcb)->rtt;
  SfTime sample;

  if (rtt->timed_at >= 0 && sf_seq_lt (rtt->timed_seq, tcb->snd_una))
    {
      sample = net->sim.now - rtt->timed_at;
      rtt->timed_at = -1;
    }
  else if (tcb->retries > 0 && tcb->flags & SF_TCB_TS && seg->options & SF_OPT_TS && seg->tsecr != 0)
    /* RFC 7323 §4: even after a retransmission, a timestamp tells which of the segments is acknowledged */
    sample = (gint32) (sf_tcp_options_clock (net, tcb->host) - seg->tsecr) * profile->timestamp_tick;
  else
    return;
  sample = MAX (sample, 0); /* a TSecr may be forged */
  sf_rtt_sample (rtt, profile, sample);
  report_rtt (net, tcb, rtt, sample);
}

/* --- SYN-RECEIVED --- */

/* TRUE if the accept queue has room for the connection. Otherwise drops the segment, and resets the connection if the
 * profile does so. */
static gboolean
accept_queue_has_room (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;

  if (tcb->listener == 0 || !sf_listener_is_full (arrival->net, sf_listener (arrival->net, tcb->listener)))
    return TRUE;
  sf_input_discard (arrival, SF_DISCARD_BACKLOG);
  if (sf_tcb_profile (arrival->net, tcb)->accept_overflow == SF_OVERFLOW_RESET)
    {
      sf_reset_reply (arrival->net, tcb->host, arrival->seg); /* §3.5.2: <SEQ=SEG.ACK><CTL=RST> */
      sf_tcb_set_state (arrival->net, arrival->conn, SF_LISTEN);
    }
  return FALSE;
}

/* "If SND.UNA < SEG.ACK =< SND.NXT, then enter ESTABLISHED state and continue processing". */
static gboolean
leave_syn_received (SfArrival *arrival)
{
  SfNet *net = arrival->net;
  SfTcb *tcb = arrival->tcb;

  if (!sf_seq_lt (tcb->snd_una, arrival->seg->ack) || !sf_seq_le (arrival->seg->ack, tcb->snd_max))
    {
      sf_input_discard (arrival, SF_DISCARD_ACK);
      sf_reset_answer (net, tcb->host, arrival->seg);
      return FALSE;
    }
  if (!accept_queue_has_room (arrival))
    return FALSE;
  tcb->snd_una = sf_seq_add (tcb->iss, 1);
  sf_input_sample_rtt (net, tcb, arrival->seg);
  sf_input_take_window (tcb, arrival->seg);
  sf_timer_stop (tcb, SF_TIMER_RETRANSMIT);
  sf_tcb_set_state (net, arrival->conn, SF_ESTABLISHED);
  sf_tcb_established (net, arrival->conn);
  if (tcb->flags & SF_TCB_FIN_WANTED) /* the CLOSE that was queued (§3.10.4) */
    sf_tcb_set_state (net, arrival->conn, SF_FIN_WAIT_1);
  return TRUE;
}

/* Completes the handshake in FIN-WAIT-1, after a CLOSE in SYN-RECEIVED (figure 5). The ACK is for the SYN, and perhaps
 * for the FIN behind it. */
static void
open_half_closed (SfArrival *arrival)
{
  SfNet *net = arrival->net;
  SfTcb *tcb = arrival->tcb;

  if (!sf_seq_lt (tcb->snd_una, arrival->seg->ack))
    return;
  tcb->snd_una = sf_seq_add (tcb->iss, 1);
  sf_input_sample_rtt (net, tcb, arrival->seg);
  sf_tcb_established (net, arrival->conn);
  if (sf_seq_eq (tcb->snd_una, tcb->snd_max))
    sf_timer_stop (tcb, SF_TIMER_RETRANSMIT);
  else
    sf_retransmit_start (net, arrival->conn);
}

/* --- ESTABLISHED and later --- */

/* RFC 5961 §5: (SND.UNA - MAX.SND.WND) =< SEG.ACK =< SND.NXT; without it, only SEG.ACK > SND.NXT is refused
 * (§3.10.7.4). */
static gboolean
is_acceptable_ack (const SfArrival *arrival)
{
  const SfTcb *tcb = arrival->tcb;
  SfSeq ack = arrival->seg->ack;

  if (sf_seq_lt (tcb->snd_max, ack))
    return FALSE;
  return !sf_tcb_profile (arrival->net, tcb)->challenge_ack
         || sf_seq_le (sf_seq_sub (tcb->snd_una, tcb->snd_wnd_max), ack);
}

static gboolean
fin_is_acknowledged (const SfTcb *tcb, SfSeq ack)
{
  return tcb->flags & SF_TCB_FIN_SENT && sf_seq_eq (ack, tcb->snd_max);
}

/* TRUE for a "duplicate acknowledgment": RFC 5681 section 2. An ACK that arrives while the window is closed is none,
 * because it answers a window probe (§3.8.6.1). */
static gboolean
is_duplicate (const SfArrival *arrival)
{
  const SfTcb *tcb = arrival->tcb;
  const SfSegment *seg = arrival->seg;

  return sf_seq_eq (seg->ack, tcb->snd_una) && seg->len == 0 && !(seg->flags & (SF_SYN | SF_FIN))
         && !sf_seq_eq (tcb->snd_una, tcb->snd_max) && tcb->snd_wnd > 0 && window_of (tcb, seg) == tcb->snd_wnd;
}

/* RFC 7661 §1: cwnd grows only if it is used. In slow start Linux lets it grow to twice what was in flight. */
static gboolean
is_cwnd_used (const SfTransfer *transfer, const SfProfile *profile, guint32 flight)
{
  if (profile->window_growth == SF_GROWTH_RFC5681)
    return flight + transfer->mss >= transfer->cc.cwnd;
  return transfer->cwnd_limited
         || (transfer->cc.cwnd < transfer->cc.ssthresh && transfer->cc.cwnd / 2 < transfer->max_flight);
}

/* Tells congestion control that `acked` new bytes were acknowledged; `flight` bytes were in flight before. */
static void
grow_window (SfNet *net, guint32 conn, guint32 acked, guint32 flight)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer = sf_transfer (net, tcb);
  SfCcView view = {
    .cc = &transfer->cc,
    .profile = sf_tcb_profile (net, tcb),
    .now = net->sim.now,
    .srtt = transfer->rtt.srtt,
    .mss = transfer->mss,
    .flight = flight,
  };

  if (sf_recovery_on_new_ack (net, conn, acked))
    return;
  if (is_cwnd_used (transfer, view.profile, flight))
    sf_cc_algorithm (view.profile)->on_ack (&view, acked);
}

/* Wakes the application that waits to send, as soon as a third of the send buffer is free. */
static void
offer_room (SfNet *net, const SfTcb *tcb, const SfTransfer *transfer)
{
  guint64 waiting = transfer->written - transfer->acked;

  if (transfer->wants_room && waiting <= transfer->snd_buffer / 3 * 2)
    sf_tcb_wake (net, tcb);
}

/* SND.UNA <- SEG.ACK, and what depends on it: round-trip time, retransmission timer, congestion control, buffer. */
static void
advance_una (SfArrival *arrival)
{
  SfNet *net = arrival->net;
  SfTcb *tcb = arrival->tcb;
  SfTransfer *transfer = sf_transfer (net, tcb);
  SfSeq ack = arrival->seg->ack;
  guint32 flight = sf_seq_distance (tcb->snd_una, tcb->snd_max), acked = sf_seq_distance (tcb->snd_una, ack);

  tcb->snd_una = ack;
  transfer->acked += acked;
  if (sf_seq_lt (tcb->snd_nxt, ack))
    tcb->snd_nxt = ack;
  sf_input_sample_rtt (net, tcb, arrival->seg);
  tcb->retries = 0; /* the RTO stays backed off until there is a sample (RFC 6298 section 5) */
  transfer->unacked_since = net->sim.now;
  if (G_UNLIKELY (sf_timer_is_armed (tcb, SF_TIMER_PERSIST)))
    sf_persist_progress (net, arrival->conn);
  if (sf_seq_eq (ack, tcb->snd_max)) /* RFC 6298 (5.2), (5.3) */
    sf_timer_stop (tcb, SF_TIMER_RETRANSMIT);
  else if (!sf_recovery_keeps_timer (tcb, &transfer->recovery))
    sf_retransmit_start (net, arrival->conn);
  sf_tail_loss_start (net, arrival->conn);
  grow_window (net, arrival->conn, acked, flight);
  offer_room (net, tcb, transfer);
}

/* Stops probing, because the window has opened; sf_tcp_output() will send what it allows. Probes that were refused do
 * not count as lost, and the user timeout does not include the time for which the window was closed. */
static void
stop_probing (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;

  sf_timer_stop (tcb, SF_TIMER_PERSIST);
  tcb->snd_nxt = tcb->snd_una;
  tcb->retries = 0;
  sf_transfer (arrival->net, tcb)->unacked_since = arrival->net->sim.now;
}

/* "If (SND.WL1 < SEG.SEQ or (SND.WL1 = SEG.SEQ and SND.WL2 =< SEG.ACK))" */
static void
update_window (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;
  const SfSegment *seg = arrival->seg;

  if (!sf_seq_lt (tcb->snd_wl1, seg->seq)
      && !(sf_seq_eq (tcb->snd_wl1, seg->seq) && sf_seq_le (tcb->snd_wl2, seg->ack)))
    return;
  sf_input_take_window (tcb, seg);
  if (tcb->snd_wnd > 0 && sf_timer_is_armed (tcb, SF_TIMER_PERSIST))
    stop_probing (arrival);
}

static void
process_established (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;
  guint32 window = tcb->snd_wnd;
  gboolean is_new = sf_seq_lt (tcb->snd_una, arrival->seg->ack);

  if (tcb->state == SF_TIME_WAIT) /* all has been acknowledged, and nothing will be sent */
    return;
  if (is_new)
    advance_una (arrival);
  else if (is_duplicate (arrival))
    sf_recovery_on_duplicate_ack (arrival->net, arrival->conn);
  if (sf_seq_le (tcb->snd_una, arrival->seg->ack))
    update_window (arrival);
  if (is_new || tcb->snd_wnd != window)
    sf_recovery_report (arrival->net, arrival->conn);
}

/* Changes the state if our FIN is acknowledged. FALSE if processing of the segment ends here. */
static gboolean
process_fin_ack (SfArrival *arrival)
{
  SfNet *net = arrival->net;
  SfTcb *tcb = arrival->tcb;
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  gboolean acknowledged = fin_is_acknowledged (tcb, tcb->snd_una);

  switch ((SfState) tcb->state)
    {
    case SF_FIN_WAIT_1:
      if (acknowledged)
        sf_tcb_set_state (net, arrival->conn, SF_FIN_WAIT_2);
      return TRUE;
    case SF_CLOSING:
      if (!acknowledged)
        return TRUE; /* "otherwise, ignore the segment": nothing below concerns CLOSING */
      if (sf_profile_has (profile, SF_MUTANT_CLOSING_LOSES_FIN))
        {
          sf_tcb_set_state (net, arrival->conn, SF_FIN_WAIT_2);
          return TRUE;
        }
      return sf_time_wait_enter (net, arrival->conn);
    case SF_LAST_ACK:
      if (!acknowledged && !sf_profile_has (profile, SF_MUTANT_LAST_ACK_ANY_ACK))
        return TRUE;
      sf_tcb_set_state (net, arrival->conn, SF_CLOSED);
      return FALSE;
    case SF_CLOSED:
    case SF_LISTEN:
    case SF_SYN_SENT:
    case SF_SYN_RECEIVED:
    case SF_ESTABLISHED:
    case SF_FIN_WAIT_2:
    case SF_CLOSE_WAIT:
    case SF_TIME_WAIT:
      break;
    }
  return TRUE;
}

gboolean
sf_input_take_old_ack (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;

  if ((arrival->flags & (SF_ACK | SF_RST)) != SF_ACK || !is_acceptable_ack (arrival))
    return TRUE;
  if (sf_seq_lt (tcb->snd_una, arrival->seg->ack))
    advance_una (arrival);
  if (sf_seq_eq (tcb->snd_una, arrival->seg->ack))
    update_window (arrival);
  return process_fin_ack (arrival);
}

gboolean
sf_input_check_ack (SfArrival *arrival)
{
  if (!(arrival->flags & SF_ACK))
    return sf_input_discard (arrival, SF_DISCARD_NO_ACK);
  if (arrival->tcb->state == SF_SYN_RECEIVED && !leave_syn_received (arrival))
    return FALSE;
  if (!is_acceptable_ack (arrival))
    {
      sf_input_discard (arrival, SF_DISCARD_ACK);
      sf_challenge_ack (arrival->net, arrival->conn);
      return FALSE;
    }
  if (!(arrival->tcb->flags & SF_TCB_OPENED))
    open_half_closed (arrival);
  process_established (arrival);
  return process_fin_ack (arrival);
}
