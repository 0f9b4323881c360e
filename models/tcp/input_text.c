/* SPDX-License-Identifier: MIT
 *
 * The last steps of RFC 9293 §3.10.7.4: the URG bit, the segment text, the FIN bit.
 */
#include "models/tcp/input.h"
#include "models/tcp/output.h"
#include "models/tcp/receive_queue.h"
#include "models/tcp/reset.h"
#include "models/tcp/time_wait.h"
#include "models/tcp/timers.h"

#include <errno.h>

/* --- sixth: the URG bit --- */

gboolean
sf_input_check_urg (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;
  SfTransfer *transfer;
  SfSeq up;

  if (!(arrival->flags & SF_URG) || !sf_state_can_receive (tcb->state) || tcb->transfer == 0)
    return TRUE;
  transfer = sf_transfer (arrival->net, tcb);
  up = sf_seq_add (arrival->seg->seq, arrival->seg->urg);
  if (sf_seq_lt (transfer->rcv_up, up) || !(tcb->flags & SF_TCB_URGENT_TOLD))
    transfer->rcv_up = up; /* RCV.UP <- max (RCV.UP, SEG.UP) */
  if (!(tcb->flags & SF_TCB_URGENT_TOLD) && sf_seq_lt (tcb->rcv_nxt, up))
    {
      tcb->flags |= SF_TCB_URGENT_TOLD;
      sf_tcb_wake (arrival->net, tcb);
    }
  return TRUE;
}

/* --- seventh: the segment text --- */

/* TRUE if received text must be acknowledged at once: RFC 9293 SHLD-19, and for the first segments of a connection if
 * the profile has quick ACKs. */
static gboolean
wants_ack_now (const SfTcb *tcb, const SfTransfer *transfer, const SfProfile *profile)
{
  guint32 unacknowledged = sf_seq_distance (tcb->last_ack_sent, tcb->rcv_nxt);

  return transfer->quick_acks > 0 || unacknowledged / transfer->mss >= profile->ack_every;
}

/* Receives text at RCV.NXT: it goes to the application, with held text that now follows without a gap. */
static void
take_in_order (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;
  SfTransfer *transfer = sf_transfer (arrival->net, tcb);
  gboolean fills_gap = transfer->reassembly != 0;

  if (G_UNLIKELY (tcb->peer_stream == 0)
      && !(tcb->flags & SF_TCB_PASSIVE)) /* the SYN-ACK had a cookie, so its sender had no connection yet */
    tcb->peer_stream = arrival->seg->stream;
  tcb->rcv_nxt = sf_seq_add (tcb->rcv_nxt, sf_receive_queue_add (arrival->net, transfer, tcb->rcv_nxt,
                                                                 arrival->seg->stream, arrival->offset, arrival->len));
  /* RFC 5681 §4.2: at once when a gap is filled, in whole or in part */
  sf_tcp_owe_ack (arrival->net, arrival->conn,
                  fills_gap || wants_ack_now (tcb, transfer, sf_tcb_profile (arrival->net, tcb)));
  if (G_UNLIKELY (tcb->flags & SF_TCB_ORPHAN)) /* no application will read it, and it must not close the window */
    sf_receive_queue_drop_unread (arrival->net, transfer);
  sf_tcb_wake (arrival->net, tcb);
}

/* Holds text beyond RCV.NXT (SHLD-31), and acknowledges at once with the number of the missing byte (RFC 5681 §4.2,
 * MAY-13). */
static void
hold_early (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;

  sf_receive_queue_hold (arrival->net, sf_transfer (arrival->net, tcb), tcb->rcv_nxt, arrival->seq,
                         arrival->seg->stream, arrival->offset, arrival->len);
  tcb->flags |= SF_TCB_ACK_NOW;
}

/* RFC 1122 §4.2.2.13: "if new data is received after CLOSE is called, its TCP SHOULD send a RST". Stacks differ in
 * which: that of an ABORT, that for a segment of no connection, or the first with the data acknowledged. */
static gboolean
refuse_after_close (SfArrival *arrival, SfLateData how)
{
  SfTcb *tcb = arrival->tcb;

  sf_input_discard (arrival, SF_DISCARD_AFTER_CLOSE);
  if (how == SF_LATE_COUNTING)
    tcb->rcv_nxt = sf_seq_add (arrival->seq, arrival->len);
  if (how == SF_LATE_REPLY)
    sf_reset_reply (arrival->net, tcb->host, arrival->seg);
  else
    sf_tcp_send_rst (arrival->net, arrival->conn);
  sf_tcb_fail (arrival->net, arrival->conn, ECONNRESET);
  return FALSE;
}

/* Text behind the peer's FIN: "this should not occur … ignore the segment text" (§3.10.7.4, seventh). */
static gboolean
text_behind_fin (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;
  const SfProfile *profile = sf_tcb_profile (arrival->net, tcb);

  if (!profile->text_behind_fin || tcb->state == SF_TIME_WAIT || !sf_seq_eq (arrival->seq, tcb->rcv_nxt))
    {
      sf_input_discard (arrival, SF_DISCARD_STATE);
      return TRUE;
    }
  if (tcb->flags & SF_TCB_ORPHAN)
    return refuse_after_close (arrival, (SfLateData) profile->data_after_close);
  sf_input_discard (arrival, SF_DISCARD_STATE);
  tcb->rcv_nxt = sf_seq_add (tcb->rcv_nxt, arrival->len);
  tcb->flags |= SF_TCB_ACK_NOW;
  return TRUE;
}

gboolean
sf_input_text (SfArrival *arrival)
{
  const SfTcb *tcb = arrival->tcb;
  SfLateData late;

  if (arrival->len == 0)
    return TRUE;
  if (!sf_state_can_receive (tcb->state))
    return text_behind_fin (arrival);
  late = (SfLateData) sf_tcb_profile (arrival->net, tcb)->data_after_close;
  if (tcb->flags & SF_TCB_ORPHAN && late != SF_LATE_TAKE)
    return refuse_after_close (arrival, late);
  if (sf_seq_eq (arrival->seq, tcb->rcv_nxt))
    take_in_order (arrival);
  else
    hold_early (arrival);
  return TRUE;
}

/* --- eighth: the FIN bit --- */

/* Processes the FIN after all text before it: "advance RCV.NXT over the FIN, and send an acknowledgment for the FIN".
 */
static gboolean
take_fin (SfArrival *arrival)
{
  SfNet *net = arrival->net;
  SfTcb *tcb = arrival->tcb;
  guint32 conn = arrival->conn;
  gboolean at_once = tcb->state != SF_ESTABLISHED || sf_tcb_profile (net, tcb)->ack_fin_at_once
                     || tcb->flags & SF_TCB_ACK_NOW;
  gboolean is_first = sf_seq_eq (tcb->rcv_nxt, sf_seq_add (tcb->irs, 1));

  tcb->rcv_nxt = sf_seq_add (tcb->rcv_nxt, 1);
  tcb->flags |= SF_TCB_FIN_RECEIVED;
  sf_receive_queue_drop_held (net, sf_transfer (net, tcb)); /* there can be no text behind a FIN */
  sf_tcp_owe_ack (net, conn, at_once);
  if (is_first && !at_once && sf_tcb_profile (net, tcb)->first_delayed_ack > 0)
    sf_timer_arm (net, conn, SF_TIMER_DELAYED_ACK, sf_tcb_profile (net, tcb)->first_delayed_ack);
  sf_tcb_wake (net, tcb);
  switch ((SfState) tcb->state)
    {
    case SF_ESTABLISHED:
      sf_tcb_set_state (net, conn, SF_CLOSE_WAIT);
      break;
    case SF_FIN_WAIT_1: /* our FIN is not acknowledged, or the state would be FIN-WAIT-2 */
      sf_tcb_set_state (net, conn, SF_CLOSING);
      break;
    case SF_FIN_WAIT_2:
      return sf_time_wait_enter (net, conn);
    case SF_CLOSED:
    case SF_LISTEN:
    case SF_SYN_SENT:
    case SF_SYN_RECEIVED:
    case SF_CLOSE_WAIT:
    case SF_CLOSING:
    case SF_LAST_ACK:
    case SF_TIME_WAIT:
      break;
    }
  return TRUE;
}

gboolean
sf_input_check_fin (SfArrival *arrival)
{
  SfTcb *tcb = arrival->tcb;
  SfTransfer *transfer;

  if (tcb->state == SF_CLOSE_WAIT && arrival->flags & SF_FIN && sf_tcb_profile (arrival->net, tcb)->text_behind_fin)
    {
      tcb->rcv_nxt = sf_seq_add (tcb->rcv_nxt, 1);
      tcb->flags |= SF_TCB_ACK_NOW;
    }
  if (!sf_state_can_receive (tcb->state) || tcb->transfer == 0)
    return TRUE;
  transfer = sf_transfer (arrival->net, tcb);
  if (arrival->flags & SF_FIN)
    {
      transfer->fin_early = TRUE;
      transfer->fin_seq = sf_seq_add (arrival->seq, arrival->len);
    }
  if (transfer->fin_early && sf_seq_lt (transfer->fin_seq, tcb->rcv_nxt))
    transfer->fin_early = FALSE; /* text arrived in its place, so it was not the end of the stream */
  if (!transfer->fin_early)
    return TRUE;
  if (sf_seq_eq (transfer->fin_seq, tcb->rcv_nxt))
    return take_fin (arrival);
  /* Text before it is missing (RFC 5681 §4.2). A segment behind it that has no FIN is not answered for that. */
  if (arrival->flags & SF_FIN)
    tcb->flags |= SF_TCB_ACK_NOW;
  return TRUE;
}
