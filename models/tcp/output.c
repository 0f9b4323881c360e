/* SPDX-License-Identifier: MIT */
#include "models/tcp/output.h"

#include "models/tcp/cc.h"
#include "models/tcp/options.h"
#include "models/tcp/timers.h"

#define MAX_WINDOW 65535u

/* --- the window --- */

guint32
sf_tcp_syn_window (const SfTransfer *transfer)
{
  return MIN (transfer->rcv_buffer, MAX_WINDOW);
}

/* Returns Rcv.Wind.Shift, the shift of the windows that are announced (RFC 7323 §2.3). */
static guint32
own_shift (const SfTcb *tcb)
{
  return tcb->flags & SF_TCB_WSCALE ? tcb->own_wscale : 0;
}

/* Returns RCV.WND as the peer knows it: rounded down to a multiple of the window scale. */
static guint32
known_window (const SfTcb *tcb)
{
  return sf_tcb_rcv_wnd (tcb) >> own_shift (tcb) << own_shift (tcb);
}

/* Returns the window to announce: the room in the buffer. The right edge moves only by steps that are large enough (RFC
 * 9293 §3.8.6.2.2), and never to the left (§3.8.6). */
static guint32
receive_window (const SfNet *net, const SfTcb *tcb)
{
  guint32 promised = sf_tcb_rcv_wnd (tcb), buffer, room, step;
  const SfTransfer *transfer;

  if (tcb->transfer == 0)
    return promised;
  transfer = sf_transfer (net, tcb);
  buffer = MAX (transfer->rcv_buffer,
                1u << own_shift (tcb)); /* an option may have made the buffer smaller than a unit of the scale */
  room = buffer > transfer->unread ? buffer - transfer->unread : 0;
  step = sf_tcb_profile (net, tcb)->sws_avoidance ? MIN (buffer / 2, transfer->mss) : 1;
  return room >= promised && room - known_window (tcb) >= step ? room : promised;
}

/* Writes the window into `seg`, and moves the right edge to it. */
static void
announce_window (const SfNet *net, SfTcb *tcb, SfSegment *seg)
{
  guint32 shift = own_shift (tcb);
  guint32 wnd = MIN (receive_window (net, tcb) >> shift, MAX_WINDOW);
  SfSeq edge = sf_seq_add (tcb->rcv_nxt, wnd << shift);

  seg->wnd = (guint16) wnd;
  if (sf_seq_lt (tcb->rcv_edge, edge))
    tcb->rcv_edge = edge;
}

/* --- building a segment --- */

guint32
sf_tcp_build (SfNet *net, guint32 conn, const SfTcb *tcb, SfSeq seq, guint flags)
{
  guint32 handle = sf_pool_take (&net->segments);
  SfSegment *seg = sf_net_segment (net, handle);

  seg->src = tcb->laddr;
  seg->dst = tcb->raddr;
  seg->sport = tcb->lport;
  seg->dport = tcb->rport;
  seg->from = tcb->host;
  seg->to = tcb->peer;
  seg->conn = tcb->serial;
  seg->conn_nth = tcb->nth;
  seg->from_conn = conn;
  if (tcb->transfer != 0)
    seg->to_conn = sf_transfer (net, tcb)->peer_conn;
  seg->seq = seq;
  seg->seq_base = tcb->iss;
  seg->ack_base = tcb->irs;
  seg->flags = (guint16) flags;
  if (flags & SF_ACK)
    seg->ack = tcb->rcv_nxt;
  return handle;
}

/* Completes `seg`, which carries an acknowledgment: announces the window, and clears a pending ACK. */
static void
acknowledge (SfNet *net, SfTcb *tcb, SfSegment *seg)
{
  gboolean owed = tcb->flags & SF_TCB_ACK_NOW || sf_timer_is_armed (tcb, SF_TIMER_DELAYED_ACK);

  announce_window (net, tcb, seg);
  tcb->last_ack_sent = tcb->rcv_nxt;
  tcb->flags &= (guint16) ~SF_TCB_ACK_NOW;
  sf_timer_stop (tcb, SF_TIMER_DELAYED_ACK);
  if (owed && tcb->transfer != 0 && sf_transfer (net, tcb)->quick_acks > 0)
    sf_transfer (net, tcb)->quick_acks--;
}

static void
send_plain (SfNet *net, guint32 conn, SfSeq seq, guint flags)
{
  SfTcb *tcb = sf_tcb (net, conn);
  guint32 handle = sf_tcp_build (net, conn, tcb, seq, flags);
  SfSegment *seg = sf_net_segment (net, handle);

  sf_tcp_options_put (net, tcb, seg);
  acknowledge (net, tcb, seg);
  sf_net_send (net, tcb->host, handle);
}

/* Returns the sequence number of a segment without text. It is SND.MAX, except when the peer's window is closed: then
 * the peer accepts only its RCV.NXT (§3.10.7.4, first), and SND.MAX is beyond it because it counts the probe. */
static SfSeq
empty_seq (const SfTcb *tcb)
{
  return G_UNLIKELY (tcb->snd_wnd == 0 && sf_timer_is_armed (tcb, SF_TIMER_PERSIST)) ? tcb->snd_nxt : tcb->snd_max;
}

void
sf_tcp_send_ack (SfNet *net, guint32 conn)
{
  send_plain (net, conn, empty_seq (sf_tcb (net, conn)), SF_ACK);
}

void
sf_tcp_send_probe (SfNet *net, guint32 conn)
{
  send_plain (net, conn, sf_seq_sub (sf_tcb (net, conn)->snd_nxt, 1), SF_ACK);
}

void
sf_tcp_send_rst (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  gboolean with_ack = sf_tcb_profile (net, tcb)->rst_with_ack != 0;
  guint32 handle = sf_tcp_build (net, conn, tcb, empty_seq (tcb), with_ack ? SF_RST | SF_ACK : SF_RST);
  SfSegment *seg = sf_net_segment (net, handle);

  sf_tcp_options_put (net, tcb, seg); /* RFC 7323 §3.2: "SHOULD be sent in an <RST> segment" */
  if (with_ack)
    announce_window (net, tcb, seg);
  sf_net_send (net, tcb->host, handle);
}

void
sf_tcp_send_syn (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer = sf_transfer (net, tcb);
  gboolean answers = tcb->state != SF_SYN_SENT;
  guint32 handle = sf_tcp_build (net, conn, tcb, tcb->iss, answers ? SF_SYN | SF_ACK : SF_SYN);
  SfSegment *seg = sf_net_segment (net, handle);

  sf_tcp_options_put_on_syn (net, tcb, seg);
  seg->wnd = (guint16) sf_tcp_syn_window (transfer);
  if (answers)
    tcb->last_ack_sent = tcb->rcv_nxt;
  if (sf_seq_eq (tcb->snd_max, tcb->iss)) /* the first time */
    {
      tcb->snd_nxt = tcb->snd_max = sf_seq_add (tcb->iss, 1);
      transfer->rtt.timed_at = net->sim.now;
      transfer->rtt.timed_seq = tcb->iss;
    }
  else
    {
      seg->marks |= SF_SEG_RETRANSMIT;
      tcb->flags |= SF_TCB_SYN_RETRANSMITTED;
      transfer->rtt.timed_at = -1; /* Karn: RFC 6298 section 3 */
    }
  sf_net_send (net, tcb->host, handle);
}

/* --- data --- */

/* Returns the offset in the stream of the unacknowledged byte at `seq`. */
static guint64
offset_of (const SfTcb *tcb, const SfTransfer *transfer, SfSeq seq)
{
  SfSeq first = tcb->snd_una;

  if (transfer->acked == 0 && sf_seq_eq (first, tcb->iss)) /* the SYN is still unacknowledged */
    first = sf_seq_add (first, 1);
  return transfer->acked + sf_seq_distance (first, seq);
}

static void
mark_urgent (const SfTransfer *transfer, guint64 offset, SfSegment *seg)
{
  if (transfer->urgent_end <= offset)
    return;
  seg->flags |= SF_URG;
  seg->urg = (guint16) MIN (transfer->urgent_end - offset, G_MAXUINT16);
}

/* Starts timing a round trip if `seg` has new data. A retransmission ends the timing (RFC 6298 section 3, Karn's
 * algorithm). */
static void
time_segment (const SfNet *net, SfTransfer *transfer, const SfSegment *seg)
{
  if (seg->marks & SF_SEG_RETRANSMIT)
    transfer->rtt.timed_at = -1;
  else if (transfer->rtt.timed_at < 0)
    {
      transfer->rtt.timed_at = net->sim.now;
      transfer->rtt.timed_seq = seg->seq;
    }
}

/* Ends quick ACKs, as Linux does, if the application answers within the delay of a delayed ACK: data that it sends will
 * carry the ACKs. */
static void
note_interaction (const SfNet *net, const SfTcb *tcb, SfTransfer *transfer)
{
  if (transfer->quick_acks > 0 && !sf_seq_eq (tcb->rcv_nxt, sf_seq_add (tcb->irs, 1))
      && net->sim.now - transfer->heard_at <= sf_tcb_profile (net, tcb)->delayed_ack)
    transfer->quick_acks = 0;
}

/* Sends `len` bytes from `seq` on, and the FIN behind them if `fin`. */
static void
send_text (SfNet *net, guint32 conn, SfSeq seq, guint32 len, gboolean fin)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer = sf_transfer (net, tcb);
  guint64 offset = offset_of (tcb, transfer, seq);
  guint32 handle = sf_tcp_build (net, conn, tcb, seq, SF_ACK);
  SfSegment *seg = sf_net_segment (net, handle);
  SfSeq end = sf_seq_add (seq, len + (fin ? 1 : 0));

  seg->stream = tcb->serial;
  seg->offset = offset;
  seg->len = len;
  if (len > 0 && offset + len == transfer->written) /* RFC 9293 MUST-60: the last byte that was written */
    seg->flags |= SF_PSH;
  if (fin)
    {
      seg->flags |= SF_FIN;
      tcb->flags |= SF_TCB_FIN_SENT;
    }
  mark_urgent (transfer, offset, seg);
  if (sf_seq_lt (seq, tcb->snd_max))
    seg->marks |= SF_SEG_RETRANSMIT;
  else
    transfer->last_seq = seq;
  if (fin && seg->marks & SF_SEG_RETRANSMIT && sf_profile_has (sf_tcb_profile (net, tcb), SF_MUTANT_FIN_SEQ_PLUS_ONE))
    seg->seq = sf_seq_add (seq, 1);
  time_segment (net, transfer, seg);
  note_interaction (net, tcb, transfer);
  sf_tcp_options_put (net, tcb, seg);
  acknowledge (net, tcb, seg);
  if (len > 0 && len < sf_tcp_options_room (transfer))
    transfer->snd_sml = end;
  transfer->last_sent = net->sim.now;
  tcb->snd_max = sf_seq_max (tcb->snd_max, end);
  if (fin && tcb->state == SF_CLOSE_WAIT) /* §3.10.4: "then send a FIN segment, enter LAST-ACK state" */
    sf_tcb_set_state (net, conn, SF_LAST_ACK);
  sf_net_send (net, tcb->host, handle);
}

/* TRUE if a FIN is to be sent at `offset` of the stream: all data is before it, and it was not sent yet or may be
 * retransmitted. */
static gboolean
fin_follows (const SfNet *net, const SfTcb *tcb, const SfTransfer *transfer, guint64 offset)
{
  const SfProfile *profile = sf_tcb_profile (net, tcb);

  if (!(tcb->flags & SF_TCB_FIN_WANTED) || offset != transfer->written)
    return FALSE;
  return !(tcb->flags & SF_TCB_FIN_SENT)
         || (profile->retransmit_fin && !sf_profile_has (profile, SF_MUTANT_FIN_NO_RETRANSMIT));
}

void
sf_tcp_send_window_probe (SfNet *net, guint32 conn, guint32 len)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  const SfTransfer *transfer = sf_transfer (net, tcb);
  gboolean fin = fin_follows (net, tcb, transfer, transfer->acked + len);

  if (len > 0 || fin)
    send_text (net, conn, tcb->snd_una, len, fin);
}

SfSeq
sf_tcp_send_again (SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  const SfTransfer *transfer = sf_transfer (net, tcb);
  guint64 left = transfer->written - MIN (transfer->acked, transfer->written);
  guint32 limit = MAX (sf_seq_distance (tcb->snd_una, tcb->snd_max), tcb->snd_wnd);
  guint32 len = (guint32) MIN (left, MIN (sf_tcp_options_room (transfer), limit));
  gboolean fin = len == left && len < limit && fin_follows (net, tcb, transfer, transfer->written);

  if (left > 0 && !sf_tcb_profile (net, tcb)->retransmit_data)
    return tcb->snd_nxt;
  if (len > 0 || fin)
    send_text (net, conn, tcb->snd_una, len, fin);
  return sf_seq_add (tcb->snd_una, len + (len == left && tcb->flags & SF_TCB_FIN_SENT ? 1 : 0));
}

/* Sends text that was never sent, if there is any and the window has room for it. */
static gboolean
send_new_tail (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  const SfTransfer *transfer = sf_transfer (net, tcb);
  guint32 flight = sf_seq_distance (tcb->snd_una, tcb->snd_max);
  guint32 room = tcb->snd_wnd > flight ? tcb->snd_wnd - flight : 0;
  guint64 offset = offset_of (tcb, transfer, tcb->snd_max);
  guint32 len;

  if (offset >= transfer->written || !sf_seq_eq (tcb->snd_nxt, tcb->snd_max))
    return FALSE;
  len = (guint32) MIN (transfer->written - offset, MIN (room, sf_tcp_options_room (transfer)));
  if (len == 0)
    return FALSE;
  send_text (net, conn, tcb->snd_max, len, FALSE);
  tcb->snd_nxt = tcb->snd_max;
  return TRUE;
}

void
sf_tcp_send_tail (SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  const SfTransfer *transfer = sf_transfer (net, tcb);
  SfSeq first = sf_seq_max (tcb->snd_una, transfer->last_seq);
  guint32 space = sf_seq_distance (first, tcb->snd_max);
  gboolean fin = (tcb->flags & SF_TCB_FIN_SENT) != 0;
  guint32 len = space - (fin ? 1 : 0);

  if (!send_new_tail (net, conn) && (len == 0 || sf_tcb_profile (net, tcb)->retransmit_data))
    send_text (net, conn, first, len, fin && fin_follows (net, tcb, transfer, transfer->written));
}

/* --- what may be sent now --- */

typedef struct
{
  guint32 len;
  gboolean fin;
} Chunk;

/* Returns the number of bytes that congestion control allows in flight. Limited transmit (RFC 3042) adds a segment of
 * new data for each of the first two duplicate ACKs. */
static guint32
congestion_window (const SfTcb *tcb, const SfTransfer *transfer, const SfProfile *profile)
{
  guint32 cwnd = transfer->cc.cwnd;

  if (transfer->recovery.dupacks > 0 && transfer->recovery.dupacks < profile->dupack_threshold
      && profile->limited_transmit && !transfer->recovery.fast && sf_seq_eq (tcb->snd_nxt, tcb->snd_max))
    cwnd += MIN (transfer->recovery.dupacks, 2) * transfer->mss;
  return cwnd;
}

/* TRUE if Nagle's algorithm holds a small segment back (§3.7.4): while anything is unacknowledged; in Minshall's
 * variant, while a small segment is. */
static gboolean
nagle_waits (const SfTcb *tcb, const SfTransfer *transfer, const SfProfile *profile)
{
  if (profile->nagle_minshall)
    return sf_seq_lt (tcb->snd_una, transfer->snd_sml) && sf_seq_le (transfer->snd_sml, tcb->snd_nxt);
  return !sf_seq_eq (tcb->snd_nxt, tcb->snd_una);
}

/* TRUE if a segment may be sent now by RFC 9293 §3.8.6.2.1, rules (1) to (3). `idle` is the condition in brackets, by
 * the Nagle algorithm (§3.7.4). `left` is D; `len` is min (D, U), at most a full segment. */
static gboolean
is_worth_sending (const SfTcb *tcb, const SfTransfer *transfer, const SfProfile *profile, guint32 len, guint64 left,
                  gboolean fin)
{
  gboolean idle = transfer->nodelay || !nagle_waits (tcb, transfer, profile);

  if (len == sf_tcp_options_room (transfer) || sf_seq_lt (tcb->snd_nxt, tcb->snd_max))
    return TRUE;
  if (len == left && (idle || fin))
    return TRUE;
  if (!profile->sws_avoidance)
    return idle && len > 0;
  return idle && len > 0 && len >= tcb->snd_wnd_max / 2;
}

/* Finds what to send at SND.NXT; FALSE if nothing may be sent. `*ret_waits`: TRUE if data or FIN is left to send. */
static gboolean
next_chunk (const SfNet *net, const SfTcb *tcb, const SfTransfer *transfer, Chunk *ret_chunk, gboolean *ret_waits)
{
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  guint64 offset = offset_of (tcb, transfer, tcb->snd_nxt), left;
  guint32 flight = sf_seq_distance (tcb->snd_una, tcb->snd_nxt), cwnd, room, len;
  gboolean fin;

  *ret_waits = FALSE;
  if (offset > transfer->written) /* the FIN has been sent */
    return FALSE;
  left = transfer->written - offset;
  cwnd = congestion_window (tcb, transfer, profile);
  room = tcb->snd_wnd > flight ? tcb->snd_wnd - flight : 0;
  len = (guint32) MIN (left, MIN (MIN (room, cwnd > flight ? cwnd - flight : 0), sf_tcp_options_room (transfer)));
  fin = len == left && room > len && fin_follows (net, tcb, transfer, transfer->written);
  *ret_waits = left > 0 || (tcb->flags & SF_TCB_FIN_WANTED && !fin && !(tcb->flags & SF_TCB_FIN_SENT));
  if (len == 0 ? !fin : !is_worth_sending (tcb, transfer, profile, len, left, fin))
    return FALSE;
  *ret_chunk = (Chunk){ .len = len, .fin = fin };
  return TRUE;
}

/* Reduces cwnd if nothing was sent for longer than the RTO, because it is out of date then: RFC 5681 §4.1. */
static void
restart_after_idle (const SfNet *net, const SfTcb *tcb, SfTransfer *transfer)
{
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  SfCcView view = { .cc = &transfer->cc, .profile = profile, .now = net->sim.now, .mss = transfer->mss };

  if (profile->slow_start_after_idle && sf_seq_eq (tcb->snd_max, tcb->snd_una)
      && net->sim.now - transfer->last_sent > transfer->rtt.rto)
    sf_cc_algorithm (profile)->on_idle (&view);
}

/* Starts the retransmission timer, if it does not run yet, after data was sent (RFC 6298 (5.1)). Stops the persist
 * timer: no probe is needed while data is in flight. */
static void
guard_flight (SfNet *net, guint32 conn, SfTcb *tcb)
{
  sf_timer_stop (tcb, SF_TIMER_PERSIST);
  if (!sf_timer_is_armed (tcb, SF_TIMER_RETRANSMIT))
    sf_retransmit_start (net, conn);
}

/* Remembers how much of cwnd is used: Linux lets it grow only by that. */
static void
note_usage (const SfTcb *tcb, SfTransfer *transfer)
{
  guint32 flight = sf_seq_distance (tcb->snd_una, tcb->snd_nxt);
  gboolean limited = flight + transfer->mss > transfer->cc.cwnd;

  if (sf_seq_lt (tcb->snd_una, transfer->usage_seq) && !limited
      && (transfer->cwnd_limited || flight <= transfer->max_flight))
    return;
  transfer->cwnd_limited = limited;
  transfer->max_flight = flight;
  transfer->usage_seq = tcb->snd_nxt;
}

/* Sends data and FIN as far as allowed. TRUE if a segment was sent; it carried an ACK. */
static gboolean
send_chunks (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer = sf_transfer (net, tcb);
  gboolean sent = FALSE, waits;
  Chunk chunk;

  while (next_chunk (net, tcb, transfer, &chunk, &waits))
    {
      if (sf_seq_eq (tcb->snd_una, tcb->snd_max))
        transfer->unacked_since = net->sim.now;
      send_text (net, conn, tcb->snd_nxt, chunk.len, chunk.fin);
      tcb->snd_nxt = sf_seq_add (tcb->snd_nxt, chunk.len + (chunk.fin ? 1 : 0));
      guard_flight (net, conn, tcb);
      if (G_UNLIKELY (transfer->recovery.dupacks > 0)
          && sf_seq_distance (tcb->snd_una, tcb->snd_nxt) > transfer->cc.cwnd)
        transfer->recovery.limited += chunk.len;
      sent = TRUE;
    }
  if (sent)
    {
      note_usage (tcb, transfer);
      sf_tail_loss_start (net, conn);
    }
  /* Data waits and nothing is in flight, so no ACK will open the window: probe it (§3.8.6.1). */
  if (waits && sf_seq_eq (tcb->snd_una, tcb->snd_max) && !sf_timer_is_armed (tcb, SF_TIMER_PERSIST)
      && sf_tcb_profile (net, tcb)->persist)
    {
      transfer->persist_backoff = 0;
      transfer->unacked_since = net->sim.now;
      sf_persist_start (net, conn);
    }
  return sent;
}

void
sf_tcp_output (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  if (tcb->transfer != 0 && tcb->state >= SF_ESTABLISHED)
    {
      SfTransfer *transfer = sf_transfer (net, tcb);

      if (transfer->written > transfer->acked)
        restart_after_idle (net, tcb, transfer);
      if (send_chunks (net, conn))
        return;
    }
  if (tcb->flags & SF_TCB_ACK_NOW)
    sf_tcp_send_ack (net, conn);
}

/* --- acknowledgments --- */

void
sf_tcp_owe_ack (SfNet *net, guint32 conn, gboolean now)
{
  SfTcb *tcb = sf_tcb (net, conn);
  const SfProfile *profile = sf_tcb_profile (net, tcb);

  if (now || profile->delayed_ack == 0)
    tcb->flags |= SF_TCB_ACK_NOW;
  else if (!sf_timer_is_armed (tcb, SF_TIMER_DELAYED_ACK))
    sf_timer_arm (net, conn, SF_TIMER_DELAYED_ACK, profile->delayed_ack);
}

void
sf_delayed_ack_expired (SfNet *net, guint32 conn)
{
  sf_tcb (net, conn)->flags |= SF_TCB_ACK_NOW;
  sf_tcp_output (net, conn);
}

void
sf_tcp_window_opened (SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  const SfTransfer *transfer = sf_transfer (net, tcb);
  guint32 known = known_window (tcb), wnd = receive_window (net, tcb);

  /* Send a window update only if the sender may be waiting for it: the window it knows is less than half of the buffer
   * and less than two segments. */
  if (!sf_state_can_receive (tcb->state) || wnd >> own_shift (tcb) << own_shift (tcb) == known)
    return;
  if (known < MIN (transfer->rcv_buffer / 2, 2 * transfer->mss))
    sf_tcp_send_ack (net, conn);
}
