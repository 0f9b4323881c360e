/* SPDX-License-Identifier: MIT */
#include "models/tcp/input.h"

#include "models/tcp/demux.h"
#include "models/tcp/listener.h"
#include "models/tcp/options.h"
#include "models/tcp/output.h"
#include "models/tcp/receive_queue.h"
#include "models/tcp/reset.h"
#include "models/tcp/time_wait.h"
#include "models/tcp/timers.h"

#include <errno.h>

gboolean
sf_input_discard (const SfArrival *arrival, SfDiscard reason)
{
  sf_discard (arrival->net, arrival->tcb->host, arrival->tcb->serial, arrival->seg, reason);
  return FALSE;
}

/* --- first: the sequence number --- */

static gboolean
is_acceptable (const SfArrival *arrival)
{
  const SfTcb *tcb = arrival->tcb;
  guint32 wnd = sf_tcb_rcv_wnd (tcb), space = sf_segment_space (arrival->seg);
  SfSeq seq = arrival->seg->seq;

  /* Table 6 */
  if (space == 0)
    return wnd == 0 ? sf_seq_eq (seq, tcb->rcv_nxt) : sf_seq_in (seq, tcb->rcv_nxt, wnd);
  if (wnd == 0)
    return FALSE;
  return sf_seq_in (seq, tcb->rcv_nxt, wnd) || sf_seq_in (sf_seq_add (seq, space - 1), tcb->rcv_nxt, wnd);
}

/* "If the RCV.WND is zero, no segments will be acceptable, but special allowance should be made to accept valid ACKs,
 * URGs, and RSTs". The caller removes the text and processes the rest of the segment. */
static gboolean
is_probe_of_zero_window (const SfArrival *arrival)
{
  return sf_tcb_rcv_wnd (arrival->tcb) == 0 && sf_seq_eq (arrival->seg->seq, arrival->tcb->rcv_nxt)
         && !(arrival->seg->flags & SF_SYN);
}

/* TRUE for the SYN-ACK of a simultaneous open. It begins at IRS, before the window, but its ACK must be processed
 * (§3.5, figure 7). Appendix A.2 names this problem, and leaves the solution to the implementer. */
static gboolean
is_simultaneous_syn_ack (const SfArrival *arrival)
{
  const SfTcb *tcb = arrival->tcb;

  return tcb->state == SF_SYN_RECEIVED && !(tcb->flags & SF_TCB_PASSIVE)
         && (arrival->seg->flags & (SF_SYN | SF_ACK | SF_RST)) == (SF_SYN | SF_ACK)
         && sf_seq_eq (arrival->seg->seq, tcb->irs) && sf_seq_eq (arrival->seg->ack, tcb->snd_max);
}

/* TRUE for the SYN that opened the connection, when it arrives again. */
static gboolean
is_repeated_syn (const SfArrival *arrival)
{
  return (arrival->seg->flags & (SF_SYN | SF_ACK | SF_RST)) == SF_SYN
         && sf_seq_eq (arrival->seg->seq, arrival->tcb->irs);
}

/* Answers a repeated SYN with the SYN-ACK again, if the profile does so. FALSE if nothing was sent. */
static gboolean
repeat_syn_ack (const SfArrival *arrival)
{
  const SfTcb *tcb = arrival->tcb;
  const SfProfile *profile = sf_tcb_profile (arrival->net, tcb);
  gboolean embryonic = tcb->state == SF_SYN_RECEIVED && profile->syn_ack_on_repeated_syn;
  gboolean two_way = tcb->state == SF_ESTABLISHED && tcb->flags & SF_TCB_PASSIVE
                     && profile->handshake == SF_HANDSHAKE_TWO_WAY;

  if (!is_repeated_syn (arrival) || !(embryonic || two_way))
    return FALSE;
  sf_tcp_send_syn (arrival->net, arrival->conn);
  if (embryonic)
    sf_timer_arm (arrival->net, arrival->conn, SF_TIMER_RETRANSMIT, sf_transfer (arrival->net, tcb)->rtt.rto);
  return TRUE;
}

/* TRUE for the peer's FIN when it arrives again: its sequence number is RCV.NXT - 1. A FIN with another number is not
 * of this connection. */
static gboolean
is_repeated_fin (const SfArrival *arrival)
{
  const SfSegment *seg = arrival->seg;

  return seg->flags & SF_FIN && sf_seq_eq (sf_seq_add (seg->seq, sf_segment_space (seg)), arrival->tcb->rcv_nxt);
}

/* Drops the segment. "If an incoming segment is not acceptable, an acknowledgment should be sent in reply (unless the
 * RST bit is set)". Always FALSE. */
static gboolean
refuse (SfArrival *arrival, SfDiscard reason)
{
  const SfTcb *tcb = arrival->tcb;
  guint flags = arrival->seg->flags;

  sf_input_discard (arrival, reason);
  if (flags & SF_RST)
    return FALSE;
  if (repeat_syn_ack (arrival))
    return FALSE;
  if (tcb->state == SF_TIME_WAIT && is_repeated_fin (arrival))
    sf_time_wait_repeated_fin (arrival->net, arrival->conn, arrival->seg);
  else
    sf_challenge_refused (arrival->net, arrival->conn, arrival->seg);
  return FALSE;
}

void
sf_input_trim (SfArrival *arrival)
{
  const SfTcb *tcb = arrival->tcb;
  guint32 before, room;

  if (arrival->flags & SF_SYN)
    arrival->seq = sf_seq_add (arrival->seq, 1);
  if (sf_seq_lt (arrival->seq, tcb->rcv_nxt))
    {
      before = MIN (sf_seq_distance (arrival->seq, tcb->rcv_nxt), arrival->len);
      arrival->seq = sf_seq_add (arrival->seq, before);
      arrival->offset += before;
      arrival->len -= before;
    }
  room = sf_seq_distance (arrival->seq, tcb->rcv_edge);
  if (arrival->len >= room && arrival->len + (arrival->flags & SF_FIN ? 1 : 0) > room)
    {
      arrival->len = MIN (arrival->len, room);
      arrival->flags &= ~(guint) SF_FIN;
    }
}

/* Counterfactual: delivers text that was received before to the application again, and acknowledges it. FALSE if the
 * profile does not do so, or there is nothing to deliver. */
static gboolean
take_again (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;
  const SfSegment *seg = arrival->seg;

  if (sf_tcb_profile (arrival->net, tcb)->discard_duplicates || seg->len == 0 || !sf_state_can_receive (tcb->state)
      || tcb->flags & SF_TCB_ORPHAN || tcb->transfer == 0)
    return FALSE;
  sf_receive_queue_repeat (arrival->net, sf_transfer (arrival->net, tcb), seg->stream, seg->offset, seg->len);
  sf_tcb_wake (arrival->net, tcb);
  sf_tcp_send_ack (arrival->net, arrival->conn);
  return TRUE;
}

/* Drops a segment that lies outside the window: before it, as an old duplicate, or behind it. Always FALSE.
 *
 * While it probes a zero window, an end takes the acknowledgment and the window of an old segment without text: its
 * peer may probe too. The ACKs of both then have a sequence number without the octet of the probe, so they look old. */
static gboolean
refuse_unacceptable (SfArrival *arrival)
{
  SfSeq end = sf_seq_add (arrival->seg->seq, sf_segment_space (arrival->seg));

  if (!sf_seq_le (end, arrival->tcb->rcv_nxt))
    return refuse (arrival, SF_DISCARD_SEQUENCE);
  if (take_again (arrival))
    return FALSE;
  if (sf_segment_space (arrival->seg) > 0 || !sf_timer_is_armed (arrival->tcb, SF_TIMER_PERSIST))
    return refuse (arrival, SF_DISCARD_OLD_DUPLICATE);
  if (sf_input_take_old_ack (arrival))
    {
      refuse (arrival, SF_DISCARD_OLD_DUPLICATE);
      sf_tcp_output (arrival->net, arrival->conn);
    }
  return FALSE;
}

gboolean
sf_input_check_sequence (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;
  SfNet *net = arrival->net;

  if (sf_tcp_options_is_missing (net, tcb, arrival->seg)) /* RFC 7323 §3.2: "SHOULD silently drop the segment" */
    return sf_input_discard (arrival, SF_DISCARD_NO_TIMESTAMP);
  if (sf_tcp_options_is_stale (net, tcb, arrival->seg)) /* RFC 7323 §5.3, R1 */
    return refuse (arrival, SF_DISCARD_PAWS);
  if (is_acceptable (arrival))
    sf_input_trim (arrival);
  else if (is_probe_of_zero_window (arrival))
    {
      sf_input_discard (arrival, SF_DISCARD_WINDOW);
      arrival->len = 0;
      arrival->flags &= ~(guint) SF_FIN;
      if (!(arrival->flags & SF_RST))
        tcb->flags |= SF_TCB_ACK_NOW;
    }
  else if (is_simultaneous_syn_ack (arrival))
    {
      sf_input_trim (arrival);
      arrival->flags &= ~(guint) SF_SYN;
      if (sf_tcb_profile (net, tcb)->ack_simultaneous_syn_ack)
        tcb->flags |= SF_TCB_ACK_NOW;
    }
  else
    return refuse_unacceptable (arrival);
  sf_tcp_options_remember (net, tcb, arrival->seg);
  if (tcb->transfer != 0)
    {
      SfTransfer *transfer = sf_transfer (net, tcb);

      transfer->heard_at = net->sim.now;
      transfer->keepalive_sent = 0;
    }
  return TRUE;
}

/* --- second: the RST bit --- */

/* Processes a valid RST, by state. */
static void
reset_connection (SfArrival *arrival)
{
  SfNet *net = arrival->net;
  guint32 conn = arrival->conn;

  switch ((SfState) arrival->tcb->state)
    {
    case SF_SYN_RECEIVED:
      if (arrival->tcb->flags & SF_TCB_PASSIVE)
        sf_tcb_set_state (net, conn, SF_LISTEN); /* "The user need not be informed" */
      else
        sf_tcb_fail (net, conn, ECONNREFUSED);
      break;
    case SF_ESTABLISHED:
    case SF_FIN_WAIT_1:
    case SF_FIN_WAIT_2:
      sf_tcb_fail (net, conn, ECONNRESET);
      break;
    case SF_CLOSE_WAIT:
      sf_tcb_fail (net, conn, sf_tcb_profile (net, arrival->tcb)->fin_outlives_reset ? EPIPE : ECONNRESET);
      break;
    case SF_CLOSING:
    case SF_LAST_ACK:
    case SF_TIME_WAIT:
      sf_tcb_fail (net, conn, 0);
      break;
    case SF_CLOSED:
    case SF_LISTEN:
    case SF_SYN_SENT:
      g_assert_not_reached ();
    }
}

gboolean
sf_input_check_rst (SfArrival *arrival)
{
  const SfProfile *profile = sf_tcb_profile (arrival->net, arrival->tcb);

  if (!(arrival->flags & SF_RST))
    return TRUE;
  if (arrival->tcb->state == SF_SYN_RECEIVED && arrival->tcb->flags & SF_TCB_PASSIVE && arrival->flags & SF_ACK
      && !profile->rst_ack_in_syn_received)
    return sf_input_discard (arrival, SF_DISCARD_RST);
  if (arrival->tcb->state == SF_TIME_WAIT && profile->rfc1337)
    return sf_input_discard (arrival,
                             SF_DISCARD_STATE); /* only the state forbids it: its sequence number may be valid */
  if (profile->challenge_ack && !sf_seq_eq (arrival->seg->seq, arrival->tcb->rcv_nxt)) /* RFC 5961 §3.2, case 3 */
    {
      sf_input_discard (arrival, SF_DISCARD_RST);
      sf_challenge_ack (arrival->net, arrival->conn);
      return FALSE;
    }
  reset_connection (arrival);
  return FALSE;
}

/* --- fourth: the SYN bit --- */

/* A SYN or a SYN-ACK in the window of a SYN-RECEIVED that came from LISTEN. */
static void
refuse_syn_of_embryo (const SfArrival *arrival)
{
  SfNet *net = arrival->net;
  const SfTcb *tcb = arrival->tcb;
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  gboolean is_syn_ack = (arrival->seg->flags & SF_ACK) != 0;

  switch ((SfEmbryoAnswer) (is_syn_ack ? profile->syn_ack_in_syn_received : profile->syn_in_syn_received))
    {
    case SF_EMBRYO_RESET:
      sf_reset_reply (net, tcb->host, arrival->seg);
      sf_tcb_set_state (net, arrival->conn, SF_LISTEN);
      break;
    case SF_EMBRYO_LISTEN:
      sf_tcb_set_state (net, arrival->conn, SF_LISTEN);
      break;
    case SF_EMBRYO_REPEAT:
      sf_tcp_send_syn (net, arrival->conn);
      break;
    case SF_EMBRYO_IGNORE:
      break;
    }
}

/* Answers `arrival` as a segment of no connection, and forgets the connection, whose application gets `error`. */
static void
forget (const SfArrival *arrival, int error)
{
  sf_reset_reply (arrival->net, arrival->tcb->host, arrival->seg);
  sf_tcb_fail (arrival->net, arrival->conn, error);
}

/* A SYN in the window of a connection that is synchronized. */
static void
refuse_syn (const SfArrival *arrival)
{
  SfNet *net = arrival->net;
  const SfTcb *tcb = arrival->tcb;
  const SfProfile *profile = sf_tcb_profile (net, tcb);

  if (tcb->state == SF_FIN_WAIT_2 && tcb->flags & SF_TCB_ORPHAN && profile->syn_resets_fin_wait_2)
    forget (arrival, 0);
  else if (profile->syn_in_synchronized == SF_SYN_STRANGER)
    forget (arrival, ECONNRESET);
  else if (profile->syn_in_synchronized == SF_SYN_CHALLENGE && profile->challenge_ack)
    sf_challenge_ack (net, arrival->conn); /* RFC 5961 §4.2 */
  else
    {
      sf_tcp_send_rst (net, arrival->conn); /* RFC 793: "If the SYN is in the window it is an error" */
      sf_tcb_fail (net, arrival->conn, ECONNRESET);
    }
}

gboolean
sf_input_check_syn (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;

  if (!(arrival->flags & SF_SYN))
    return TRUE;
  if (tcb->state == SF_SYN_RECEIVED && sf_seq_lt (arrival->seg->seq, tcb->rcv_nxt))
    return TRUE; /* "If the SYN is not in the window, this step would not be reached": the first step has removed it,
                    and kept the text behind it */
  sf_input_discard (arrival, SF_DISCARD_SYN);
  if (tcb->state == SF_SYN_RECEIVED && tcb->flags & SF_TCB_PASSIVE)
    refuse_syn_of_embryo (arrival);
  else
    refuse_syn (arrival);
  return FALSE;
}

/* --- all steps --- */

/* Processes a SYN that arrives in TIME-WAIT while there is a listener. If it may open the connection again, it is
 * treated as in LISTEN: a new TCB takes the place of the old one, or the SYN is dropped because a queue is full. If it
 * may not, the profile may have it dropped. FALSE if none of these applies; then the usual steps follow. */
static gboolean
reopen_from_time_wait (SfArrival *arrival)
{
  SfNet *net = arrival->net;
  const SfTcb *tcb = arrival->tcb;
  SfSeq last = sf_seq_add (tcb->snd_max, 65536); /* MAY-2 (1): the ISS is larger than what was used */
  guint32 listener = sf_listener_find (net, tcb->host, tcb->lport);

  if ((arrival->seg->flags & (SF_SYN | SF_ACK | SF_RST)) != SF_SYN || listener == 0)
    return FALSE;
  if (!sf_time_wait_takes_syn (net, arrival->conn, arrival->seg))
    {
      if (!sf_time_wait_drops_syn (net, arrival->conn, arrival->seg))
        return FALSE;
      sf_input_discard (arrival, SF_DISCARD_PAWS);
      return TRUE;
    }
  if (!sf_listener_has_room (net, sf_listener (net, listener)))
    {
      sf_discard (net, tcb->host, sf_listener (net, listener)->serial, arrival->seg, SF_DISCARD_BACKLOG);
      return TRUE;
    }
  sf_time_wait_set_aside (net, arrival->conn);
  sf_time_wait_replace (net, arrival->conn, sf_input_open_passively (net, listener, arrival->seg, &last));
  return TRUE;
}

/* The steps of §3.10.7.4, in order. */
static void
run_steps (SfArrival *arrival)
{
  const SfTcb *tcb = arrival->tcb;
  guint32 serial = tcb->serial;

  if (tcb->state == SF_SYN_RECEIVED && tcb->flags & SF_TCB_PASSIVE && sf_input_answer_in_syn_received (arrival))
    return;
  if (tcb->state == SF_TIME_WAIT && (reopen_from_time_wait (arrival) || sf_input_answer_in_time_wait (arrival)))
    return;
  if (sf_input_check_sequence (arrival) && sf_input_check_rst (arrival) && sf_input_check_syn (arrival)
      && sf_input_check_ack (arrival) && sf_input_check_urg (arrival) && sf_input_text (arrival)
      && sf_input_check_fin (arrival))
    sf_tcp_output (arrival->net, arrival->conn);
  else if (tcb->serial == serial
           && tcb->flags & SF_TCB_ACK_NOW) /* a later step dropped the segment, but the first one requires an ACK */
    sf_tcp_send_ack (arrival->net, arrival->conn);
}

static void
input_connection (SfNet *net, guint32 conn, const SfSegment *seg)
{
  SfArrival arrival = {
    .net = net,
    .conn = conn,
    .tcb = sf_tcb (net, conn),
    .seg = seg,
    .seq = seg->seq,
    .offset = seg->offset,
    .len = seg->len,
    .flags = seg->flags,
  };

  if (arrival.tcb->state == SF_SYN_SENT)
    sf_input_syn_sent (&arrival);
  else
    run_steps (&arrival);
}

/* Drops a segment with a wrong checksum: §3.1, MUST-3. Counterfactual: the checksum is not verified, and the segment is
 * processed like any other. */
static void
input_corrupt (SfNet *net, guint16 host, const SfSegment *seg)
{
  SfSegment taken = *seg;

  if (sf_plan_host (net->plan, host)->profile.verify_checksum)
    {
      sf_discard (net, host, 0, seg, SF_DISCARD_CHECKSUM);
      return;
    }
  taken.marks &= (guint8) ~SF_SEG_CORRUPT;
  taken.stream = 0; /* no application has written this text */
  sf_tcp_input (net, host, &taken);
}

void
sf_tcp_input (SfNet *net, guint16 host, const SfSegment *seg)
{
  guint32 conn, listener;

  net->why = SF_WHY_SEGMENT;
  if (seg->marks & SF_SEG_CORRUPT)
    input_corrupt (net, host, seg);
  else if ((conn = sf_demux_receiver (net, seg)) != 0)
    input_connection (net, conn, seg);
  else if (!sf_address_is_unicast (seg->src)) /* MUST-63 */
    sf_discard (net, host, 0, seg, SF_DISCARD_NO_CONNECTION);
  else if ((listener = sf_listener_find (net, host, seg->dport)) != 0)
    sf_input_listen (net, host, listener, seg);
  else
    sf_input_closed (net, host, seg);
  net->why = SF_WHY_CALL;
}

/* SEGMENT ARRIVES in CLOSED: §3.10.7.1. */
void
sf_input_closed (SfNet *net, guint16 host, const SfSegment *seg)
{
  sf_discard (net, host, 0, seg, SF_DISCARD_NO_CONNECTION);
  sf_reset_answer (net, host, seg);
}
