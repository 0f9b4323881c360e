/* SPDX-License-Identifier: MIT
 *
 * SEGMENT ARRIVES in LISTEN: RFC 9293 §3.10.7.2, with the two queues of a listener and SYN cookies.
 */
#include "models/tcp/cookie.h"
#include "models/tcp/input.h"
#include "models/tcp/isn.h"
#include "models/tcp/listener.h"
#include "models/tcp/options.h"
#include "models/tcp/output.h"
#include "models/tcp/recycle.h"
#include "models/tcp/reset.h"
#include "models/tcp/timers.h"

void
sf_input_learn_syn (SfNet *net, SfTcb *tcb, const SfSegment *seg)
{
  tcb->irs = seg->seq;
  tcb->rcv_nxt = sf_seq_add (seg->seq, 1);
  tcb->rcv_edge = sf_seq_add (tcb->rcv_nxt, sf_tcp_syn_window (sf_transfer (net, tcb)));
  tcb->last_ack_sent = tcb->rcv_nxt;
  tcb->peer_stream = seg->conn;
  sf_transfer (net, tcb)->peer_conn = seg->from_conn;
  sf_tcp_options_take_syn (net, tcb, seg);
}

/* Returns a new connection of listener `handle`, in LISTEN, with the peer that sent `seg`. */
static guint32
make_child (SfNet *net, guint32 handle, const SfSegment *seg)
{
  const SfListener *listener = sf_listener (net, handle);
  SfTcb who = sf_tcb_facing (net, listener->host, seg);

  who.listener = handle;
  who.flags = SF_TCB_PASSIVE;
  return sf_tcb_new (net, &who, &listener->options);
}

/* Counterfactual: the SYN alone opens the connection, and the SYN-ACK needs no ACK. */
static void
establish_two_way (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  sf_tcb_set_state (net, conn, SF_ESTABLISHED);
  sf_tcp_send_syn (net, conn);
  tcb->snd_una = tcb->snd_nxt;
  sf_tcb_established (net, conn);
}

guint32
sf_input_open_passively (SfNet *net, guint32 listener, const SfSegment *seg, const SfSeq *after)
{
  guint32 conn = make_child (net, listener, seg);
  SfTcb *tcb = sf_tcb (net, conn);

  sf_input_learn_syn (net, tcb, seg);
  tcb->iss = sf_isn_choose (net, tcb);
  if (after != NULL && !sf_seq_lt (*after, tcb->iss) && sf_tcb_profile (net, tcb)->isn != SF_ISN_ZERO)
    tcb->iss = *after;
  sf_tcb_begin_sending (net, tcb, tcb->iss);
  sf_input_take_window (tcb, seg);
  if (sf_tcb_profile (net, tcb)->handshake == SF_HANDSHAKE_TWO_WAY)
    {
      establish_two_way (net, conn);
      return conn;
    }
  sf_tcb_set_state (net, conn, SF_SYN_RECEIVED);
  sf_tcp_send_syn (net, conn);
  sf_retransmit_start (net, conn);
  return conn;
}

/* Answers a SYN with a cookie, <SEQ=cookie><ACK=SEG.SEQ+1><CTL=SYN,ACK>, and keeps no state. */
static void
answer_with_cookie (SfNet *net, guint16 host, const SfSegment *syn)
{
  const SfProfile *profile = &sf_plan_host (net->plan, host)->profile;
  SfTcb temporary = sf_tcb_facing (net, host, syn);
  guint32 handle;
  SfSegment *seg;

  temporary.iss = sf_cookie_make (net, host, syn);
  temporary.irs = syn->seq;
  temporary.rcv_nxt = sf_seq_add (syn->seq, 1);
  handle = sf_tcp_build (net, 0, &temporary, temporary.iss, SF_SYN | SF_ACK);
  seg = sf_net_segment (net, handle);
  seg->wnd = (guint16) MIN (profile->receive_buffer, 65535);
  seg->options = SF_OPT_MSS;
  seg->mss = (guint16) (profile->mtu - 40);
  sf_net_send (net, host, handle);
}

static void
input_syn (SfNet *net, guint16 host, guint32 handle, const SfSegment *seg)
{
  const SfProfile *profile = &sf_plan_host (net->plan, host)->profile;
  const SfListener *listener = sf_listener (net, handle);
  gboolean has_room = sf_listener_has_room (net, listener);

  if (!profile->syn_when_queue_full && sf_listener_is_full (net, listener))
    sf_discard (net, host, listener->serial, seg, SF_DISCARD_BACKLOG);
  else if (profile->syn_cookies == SF_COOKIES_ALWAYS || (!has_room && profile->syn_cookies == SF_COOKIES_WHEN_FULL))
    answer_with_cookie (net, host, seg);
  else if (!has_room)
    sf_discard (net, host, listener->serial, seg, SF_DISCARD_BACKLOG);
  else if (sf_recycle_refuses (net, host, seg))
    sf_discard (net, host, listener->serial, seg, SF_DISCARD_PAWS);
  else
    sf_input_open_passively (net, handle, seg, NULL);
}

/* Opens the connection for an ACK with a valid cookie: from LISTEN directly to ESTABLISHED. Then processes the segment
 * again, in the new connection. */
static void
open_by_cookie (SfNet *net, guint16 host, guint32 listener, const SfSegment *seg, guint16 mss)
{
  SfSegment syn = *seg;
  guint32 conn;
  SfTcb *tcb;

  syn.seq = sf_seq_sub (seg->seq, 1); /* the peer's SYN, as far as it can be derived from the ACK */
  syn.options = SF_OPT_MSS;
  syn.mss = mss;
  conn = make_child (net, listener, seg);
  tcb = sf_tcb (net, conn);
  sf_input_learn_syn (net, tcb, &syn);
  sf_tcb_begin_sending (net, tcb, sf_seq_sub (seg->ack, 1));
  tcb->snd_una = tcb->snd_nxt = tcb->snd_max = seg->ack;
  sf_input_take_window (tcb, seg);
  sf_tcb_set_state (net, conn, SF_ESTABLISHED);
  sf_tcb_established (net, conn);
  sf_tcp_input (net, host, seg);
}

/* Processes an ACK with a valid cookie. It is the last ACK of a handshake; a full accept queue treats it like any other
 * such ACK. */
static void
take_cookie (SfNet *net, guint16 host, guint32 handle, const SfSegment *seg, guint16 mss)
{
  const SfListener *listener = sf_listener (net, handle);

  if (!sf_listener_is_full (net, listener))
    {
      open_by_cookie (net, host, handle, seg, mss);
      return;
    }
  sf_discard (net, host, listener->serial, seg, SF_DISCARD_BACKLOG);
  if (sf_plan_host (net->plan, host)->profile.accept_overflow == SF_OVERFLOW_RESET)
    sf_reset_answer (net, host, seg);
}

void
sf_input_listen (SfNet *net, guint16 host, guint32 handle, const SfSegment *seg)
{
  const SfListener *listener = sf_listener (net, handle);
  gboolean cookies = sf_plan_host (net->plan, host)->profile.syn_cookies != SF_COOKIES_NEVER;
  guint16 mss;

  if (seg->flags & SF_RST) /* first */
    sf_discard (net, host, listener->serial, seg, SF_DISCARD_LISTEN);
  else if (seg->flags & SF_ACK) /* second */
    {
      if (cookies && !(seg->flags & SF_SYN) && sf_cookie_check (net, host, seg, &mss))
        {
          take_cookie (net, host, handle, seg, mss);
          return;
        }
      sf_discard (net, host, listener->serial, seg, SF_DISCARD_LISTEN);
      sf_reset_answer (net, host, seg);
    }
  else if (seg->flags & SF_SYN) /* third */
    input_syn (net, host, handle, seg);
  else /* fourth */
    sf_discard (net, host, listener->serial, seg, SF_DISCARD_LISTEN);
}
