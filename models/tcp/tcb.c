/* SPDX-License-Identifier: MIT */
#include "models/tcp/tcb.h"

#include "models/apps/process.h"
#include "models/tcp/cc.h"
#include "models/tcp/demux.h"
#include "models/tcp/listener.h"
#include "models/tcp/options.h"
#include "models/tcp/receive_queue.h"
#include "models/tcp/recovery.h"
#include "models/tcp/recycle.h"
#include "models/tcp/rtt.h"
#include "models/tcp/time_wait.h"
#include "models/tcp/timers.h"

static void
report_born (const SfNet *net, const SfTcb *tcb)
{
  SfRecord record = { .host = tcb->host, .conn = tcb->serial };

  if (!sf_net_traced (net))
    return;
  record.born.laddr = tcb->laddr;
  record.born.lport = tcb->lport;
  record.born.raddr = tcb->raddr;
  record.born.rport = tcb->rport;
  if (tcb->listener != 0)
    record.born.parent = sf_listener (net, tcb->listener)->serial;
  sf_net_trace (net, SF_RECORD_CONN, &record);
}

static void
report_state (const SfNet *net, const SfTcb *tcb, SfState to)
{
  SfRecord record = { .host = tcb->host, .conn = tcb->serial };

  if (!sf_net_traced (net))
    return;
  record.state.from = tcb->state;
  record.state.to = to;
  record.state.why = net->why;
  record.state.timer = net->why_timer;
  record.state.segment = net->why == SF_WHY_SEGMENT ? net->cause : 0;
  sf_net_trace (net, SF_RECORD_STATE, &record);
}

static void
report_gone (const SfNet *net, const SfTcb *tcb)
{
  SfRecord record = { .host = tcb->host, .conn = tcb->serial };

  if (sf_net_traced (net))
    sf_net_trace (net, SF_RECORD_GONE, &record);
}

static gint64
option_or (const SfSocketOptions *options, SfSocketOption option, gint64 otherwise)
{
  return options != NULL && (options->set >> option) & 1 ? options->value[option] : otherwise;
}

static void
init_transfer (SfTransfer *transfer, const SfProfile *profile, const SfSocketOptions *options)
{
  transfer->mss = (guint32) profile->default_mss; /* RFC 9293 MUST-15, until the peer's SYN announces one */
  transfer->snd_buffer = (guint32) option_or (options, SF_SO_SNDBUF, profile->send_buffer);
  transfer->rcv_buffer = (guint32) option_or (options, SF_SO_RCVBUF, profile->receive_buffer);
  transfer->quick_acks = (guint16) profile->quick_acks;
  transfer->nodelay = !profile->nagle || option_or (options, SF_SO_NODELAY, 0) != 0;
  transfer->keepalive = option_or (options, SF_SO_KEEPALIVE, 0) != 0;
  transfer->keepalive_idle = option_or (options, SF_SO_KEEPIDLE, profile->keepalive_idle);
  transfer->keepalive_interval = option_or (options, SF_SO_KEEPINTVL, profile->keepalive_interval);
  transfer->keepalive_probes = (guint8) option_or (options, SF_SO_KEEPCNT, profile->keepalive_probes);
  transfer->user_timeout = option_or (options, SF_SO_USER_TIMEOUT, profile->user_timeout);
  sf_rtt_init (&transfer->rtt, profile);
}

guint32
sf_tcb_new (SfNet *net, const SfTcb *who, const SfSocketOptions *options)
{
  guint32 conn = sf_pool_take (&net->tcbs);
  SfTcb *tcb = sf_tcb (net, conn);
  SfHost *host = &net->hosts[who->host];

  *tcb = *who;
  tcb->serial = ++net->next_serial;
  tcb->state = tcb->flags & SF_TCB_PASSIVE ? SF_LISTEN : SF_CLOSED;
  tcb->answered_at = -1;
  tcb->nth = ++host->n_conns;
  for (guint i = 0; i < SF_N_TIMERS; i++)
    tcb->deadline[i] = SF_NEVER;
  tcb->transfer = sf_pool_take (&net->transfers);
  init_transfer (sf_transfer (net, tcb), sf_tcb_profile (net, tcb), options);
  tcb->own_wscale = sf_tcp_options_own_shift (sf_tcb_profile (net, tcb), sf_transfer (net, tcb)->rcv_buffer);
  sf_demux_add (net, conn);
  host->newest_conn = conn;
  report_born (net, tcb);
  return conn;
}

void
sf_tcb_wake (SfNet *net, const SfTcb *tcb)
{
  if (tcb->owner != 0)
    sf_process_wake (net, tcb->owner);
}

void
sf_tcb_release_transfer (SfNet *net, SfTcb *tcb)
{
  SfTransfer *transfer;

  if (tcb->transfer == 0)
    return;
  transfer = sf_transfer (net, tcb);
  if (transfer->unread > 0 && !(tcb->flags & SF_TCB_ORPHAN)
      && (tcb->error == 0 || sf_tcb_profile (net, tcb)->unread_after_reset))
    return;
  sf_receive_queue_flush (net, transfer);
  sf_pool_give (&net->transfers, tcb->transfer);
  tcb->transfer = 0;
}

/* Counts one embryonic connection less for its listener, when `tcb` leaves SYN-RECEIVED. */
static void
leave_embryo (SfNet *net, const SfTcb *tcb)
{
  if (tcb->listener != 0)
    sf_listener (net, tcb->listener)->n_embryonic--;
}

static void
free_tcb (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  tcb->serial = 0; /* for run_due() of timers.c */
  sf_pool_give (&net->tcbs, conn);
}

/* Removes the connection from the 4-tuple table, if it is in it. */
static void
leave_table (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  if (!(tcb->flags & SF_TCB_SET_ASIDE))
    sf_demux_remove (net, conn);
  else if (tcb->twin != 0)
    sf_tcb (net, tcb->twin)->twin = 0;
}

/* TRUE if accept() will give out the connection, or tell of it, though it is closed. */
static gboolean
stays_in_queue (const SfNet *net, const SfTcb *tcb)
{
  return tcb->flags & SF_TCB_QUEUED && !(tcb->flags & SF_TCB_ORPHAN)
         && sf_tcb_profile (net, tcb)->dead_in_queue != SF_DEAD_REMOVED;
}

/* Deletes the TCB (§3.10: "delete TCB"). The record stays while the application has its socket open. */
static void
delete_tcb (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  sf_timer_stop_all (net, tcb);
  tcb->flags &= (guint16) ~SF_TCB_ACK_NOW;
  if (tcb->listener != 0 && !stays_in_queue (net, tcb))
    tcb->flags |= SF_TCB_ORPHAN; /* no application has accepted it, so none will read from it */
  leave_table (net, conn);
  report_gone (net, tcb);
  sf_tcb_release_transfer (net, tcb);
  if (net->hosts[tcb->host].newest_conn == conn)
    net->hosts[tcb->host].newest_conn = 0;
  if (tcb->flags & SF_TCB_QUEUED && tcb->flags & SF_TCB_ORPHAN)
    sf_listener_dequeue (net, conn);
  if (tcb->flags & SF_TCB_ORPHAN)
    free_tcb (net, conn);
  else
    sf_tcb_wake (net, tcb);
}

/* §3.10.7.4, eighth: "start the time-wait timer, turn off the other timers". */
static void
start_time_wait (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  for (guint i = 0; i < SF_N_TIMERS; i++)
    sf_timer_stop (tcb, (SfTimer) i);
  sf_tcb_release_transfer (net, tcb);
  sf_recycle_remember (net, tcb);
  sf_timer_arm (net, conn, SF_TIMER_2MSL, sf_time_wait_length (net, tcb));
  sf_timer_report (net, tcb, SF_TIMER_2MSL, SF_TIMER_STARTED, 0, tcb->deadline[SF_TIMER_2MSL]);
}

/* Starts the timeout of FIN-WAIT-2 that some stacks have, once the application has closed its socket. */
static void
start_fin_wait_2 (SfNet *net, guint32 conn)
{
  SfTime timeout = sf_tcb_profile (net, sf_tcb (net, conn))->fin_wait_2_timeout;

  if (timeout > 0 && sf_tcb (net, conn)->flags & SF_TCB_ORPHAN)
    sf_timer_arm (net, conn, SF_TIMER_2MSL, timeout);
}

void
sf_tcb_set_state (SfNet *net, guint32 conn, SfState state)
{
  SfTcb *tcb = sf_tcb (net, conn);
  guint16 host = tcb->host;
  guint32 set_aside = tcb->state == SF_SYN_RECEIVED ? tcb->twin : 0;

  g_assert (sf_state_may_follow (tcb->state, state));
  report_state (net, tcb, state);
  if (tcb->state == SF_SYN_RECEIVED)
    leave_embryo (net, tcb);
  tcb->state = state;
  switch (state)
    {
    case SF_SYN_RECEIVED:
      if (tcb->listener != 0)
        sf_listener (net, tcb->listener)->n_embryonic++;
      break;
    case SF_FIN_WAIT_2:
      start_fin_wait_2 (net, conn);
      break;
    case SF_TIME_WAIT:
      start_time_wait (net, conn);
      break;
    case SF_CLOSED:
    case SF_LISTEN: /* a passive open has failed; the listener is a record of its own, and stays */
      delete_tcb (net, conn);
      break;
    case SF_SYN_SENT:
    case SF_ESTABLISHED:
    case SF_FIN_WAIT_1:
    case SF_CLOSE_WAIT:
    case SF_CLOSING:
    case SF_LAST_ACK:
      break;
    }
  if (set_aside != 0)
    sf_time_wait_settle (net, set_aside, state);
  sf_process_state_changed (net, host);
}

void
sf_tcb_fail (SfNet *net, guint32 conn, int error)
{
  SfTcb *tcb = sf_tcb (net, conn);

  tcb->error = (guint8) error;
  sf_tcb_set_state (net, conn, SF_CLOSED);
}

void
sf_tcb_orphan (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  if (tcb->flags & SF_TCB_QUEUED)
    sf_listener_dequeue (net, conn);
  tcb->flags |= SF_TCB_ORPHAN;
  tcb->owner = 0;
  if (tcb->state == SF_CLOSED)
    {
      sf_tcb_release_transfer (net, tcb);
      free_tcb (net, conn);
    }
  else if (tcb->state == SF_TIME_WAIT)
    sf_tcb_release_transfer (net, tcb);
  else
    {
      sf_receive_queue_drop_unread (net, sf_transfer (net, tcb));
      if (tcb->state == SF_FIN_WAIT_2)
        start_fin_wait_2 (net, conn);
    }
}

void
sf_tcb_established (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer = sf_transfer (net, tcb);
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  SfCcView view = { .cc = &transfer->cc, .profile = profile, .now = net->sim.now, .mss = transfer->mss };

  tcb->flags |= SF_TCB_OPENED;
  if (tcb->flags & SF_TCB_SYN_RETRANSMITTED)
    sf_rtt_after_syn_loss (&transfer->rtt, profile);
  sf_cc_algorithm (profile)->init (&view);
  if (tcb->flags & SF_TCB_SYN_RETRANSMITTED && MAX (tcb->retries, 1) >= profile->syn_losses_for_small_window
      && profile->congestion_control != SF_CC_NONE)
    transfer->cc.cwnd = MIN (transfer->cc.cwnd, transfer->mss); /* RFC 5681 §3.1: IW is one segment after a lost SYN */
  tcb->retries = 0;
  transfer->last_sent = transfer->heard_at = net->sim.now;
  sf_recovery_report (net, conn);
  if (transfer->keepalive)
    sf_timer_arm (net, conn, SF_TIMER_KEEPALIVE, transfer->keepalive_idle);
  if (tcb->listener != 0)
    sf_listener_enqueue (net, conn);
  else
    sf_tcb_wake (net, tcb);
}
