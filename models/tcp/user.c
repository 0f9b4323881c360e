/* SPDX-License-Identifier: MIT
 *
 * The calls of applications: RFC 9293 §3.10.1 to §3.10.6, one function each.
 */
#include "models/tcp/demux.h"
#include "models/tcp/isn.h"
#include "models/tcp/listener.h"
#include "models/tcp/output.h"
#include "models/tcp/ports.h"
#include "models/tcp/receive_queue.h"
#include "models/tcp/timers.h"

#include <errno.h>

static gboolean
is_set (const SfSocketOptions *options, SfSocketOption option)
{
  return options != NULL && (options->set >> option) & 1;
}

/* Chooses the local address and port of an active OPEN: those that were bound, else the host's first address and a free
 * port. Returns 0 or an errno value. */
static int
choose_local (SfNet *net, SfTcb *who, const SfSocketOptions *options)
{
  const SfHostPlan *host = sf_plan_host (net->plan, who->host);

  who->laddr = host->addr;
  if (is_set (options, SF_SO_BIND_ADDR))
    who->laddr += (guint32) options->value[SF_SO_BIND_ADDR] % host->n_addrs;
  if (!is_set (options, SF_SO_BIND_PORT))
    return sf_ports_choose (net, who);
  who->lport = (guint16) options->value[SF_SO_BIND_PORT];
  return sf_demux_find (net, who->laddr, who->lport, who->raddr, who->rport) != 0 ? EADDRINUSE : 0;
}

/* Active OPEN: §3.10.1. */
guint32
sf_tcp_connect (SfNet *net, guint16 host, guint32 addr, guint16 port, const SfSocketOptions *options, guint32 owner,
                int *ret_error)
{
  SfTcb who = { .host = host, .raddr = addr, .rport = port, .owner = owner };
  guint32 conn;
  SfTcb *tcb;

  who.peer = sf_plan_host_of (net->plan, addr);
  *ret_error = sf_address_is_unicast (addr) ? choose_local (net, &who, options) : ENETUNREACH; /* MUST-46 */
  if (*ret_error != 0)
    return 0;
  conn = sf_tcb_new (net, &who, options);
  tcb = sf_tcb (net, conn);
  sf_tcb_begin_sending (net, tcb, sf_isn_choose (net, tcb));
  sf_transfer (net, tcb)->unacked_since = net->sim.now;
  sf_tcb_set_state (net, conn, SF_SYN_SENT);
  sf_tcp_send_syn (net, conn);
  sf_retransmit_start (net, conn);
  return conn;
}

/* Returns the pending error, and clears it: an application gets it once. */
static int
take_error (SfTcb *tcb)
{
  int error = tcb->error;

  tcb->error = 0;
  return error;
}

int
sf_tcp_connected (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  if (tcb->state == SF_SYN_SENT || tcb->state == SF_SYN_RECEIVED)
    return EAGAIN;
  return take_error (tcb);
}

/* Returns the errno value that SEND fails with; 0 if it is allowed. */
static int
send_error (SfTcb *tcb)
{
  if (tcb->error != 0)
    return take_error (tcb);
  switch ((SfState) tcb->state)
    {
    case SF_SYN_SENT:
    case SF_SYN_RECEIVED: /* "Queue the data for transmission after entering ESTABLISHED state" */
    case SF_ESTABLISHED:
    case SF_CLOSE_WAIT:
      return tcb->flags & SF_TCB_FIN_WANTED ? EPIPE : 0;
    case SF_LISTEN:
      return ENOTCONN;
    case SF_CLOSED:
    case SF_FIN_WAIT_1:
    case SF_FIN_WAIT_2:
    case SF_CLOSING:
    case SF_LAST_ACK:
    case SF_TIME_WAIT:
      break;
    }
  return EPIPE; /* "connection closing" */
}

/* SEND: §3.10.2. */
guint64
sf_tcp_send (SfNet *net, guint32 conn, guint64 len, gboolean urgent, guint64 *ret_offset, int *ret_error)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer;
  guint64 waiting, n;

  *ret_error = send_error (tcb);
  if (*ret_error != 0)
    return 0;
  transfer = sf_transfer (net, tcb);
  waiting = transfer->written - transfer->acked;
  n = MIN (len, transfer->snd_buffer > waiting ? transfer->snd_buffer - waiting : 0);
  transfer->wants_room = n < len;
  if (urgent) /* SND.UP, at the call: §3.10.2 */
    transfer->urgent_end = transfer->written + len;
  *ret_offset = transfer->written;
  if (n == 0)
    {
      *ret_error = len > 0 ? EAGAIN : 0;
      return 0;
    }
  transfer->written += n;
  sf_tcp_output (net, conn);
  return n;
}

static void
report_delivery (const SfNet *net, const SfTcb *tcb, const SfTransfer *transfer, const SfExtent *run)
{
  SfRecord record = { .host = tcb->host, .conn = tcb->serial };

  if (!sf_net_traced (net))
    return;
  record.deliver.stream = run->stream;
  record.deliver.offset = run->offset;
  record.deliver.len = run->len;
  record.deliver.foreign = run->stream == 0 || run->stream != tcb->peer_stream; /* no stream, or another one */
  record.deliver.at = transfer->read;
  sf_net_trace (net, SF_RECORD_DELIVER, &record);
}

/* Returns the errno value of a RECEIVE without data; 0 at the end of the stream. */
static int
receive_error (const SfNet *net, SfTcb *tcb)
{
  const SfProfile *profile = sf_tcb_profile (net, tcb);

  if (tcb->flags & SF_TCB_FIN_RECEIVED && profile->fin_outlives_reset)
    return 0;
  if (tcb->error != 0)
    return take_error (tcb);
  if (tcb->flags & SF_TCB_FIN_RECEIVED
      || (tcb->flags & SF_TCB_OPENED && tcb->state == SF_CLOSED && profile->unread_after_reset))
    return 0;
  return tcb->state == SF_CLOSED ? ENOTCONN : EAGAIN;
}

/* Returns the number of bytes to read up to the urgent pointer; 0: no urgent data. MUST-33. */
static guint64
urgent_left (const SfNet *net, const SfTcb *tcb)
{
  const SfTransfer *transfer;
  SfSeq consumed;

  if (tcb->transfer == 0 || !(tcb->flags & SF_TCB_URGENT_TOLD))
    return 0;
  transfer = sf_transfer (net, tcb);
  consumed = sf_seq_add (tcb->irs, 1 + (guint32) transfer->read);
  return sf_seq_lt (consumed, transfer->rcv_up) ? sf_seq_distance (consumed, transfer->rcv_up) : 0;
}

/* FALSE if an error comes before what is unread. */
static gboolean
may_read (const SfNet *net, const SfTcb *tcb)
{
  return tcb->error == 0 || sf_tcb_profile (net, tcb)->unread_after_reset;
}

/* RECEIVE: §3.10.3. */
guint64
sf_tcp_receive (SfNet *net, guint32 conn, guint64 max, int *ret_error)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer = tcb->transfer != 0 ? sf_transfer (net, tcb) : NULL;
  guint64 n = 0;
  SfExtent run;

  *ret_error = 0;
  while (transfer != NULL && may_read (net, tcb) && sf_receive_queue_take (net, transfer, max - n, &run))
    {
      report_delivery (net, tcb, transfer, &run);
      transfer->read += run.len;
      n += run.len;
    }
  if (urgent_left (net, tcb) == 0)
    tcb->flags &= (guint16) ~SF_TCB_URGENT_TOLD; /* "normal mode" (§3.8.5) */
  if (n == 0)
    *ret_error = receive_error (net, tcb);
  else if (sf_state_is_synchronized (tcb->state) && tcb->state != SF_TIME_WAIT)
    sf_tcp_window_opened (net, conn);
  else
    sf_tcb_release_transfer (net, tcb);
  return n;
}

/* Closes the sending half: the FIN is sent after all data. */
static void
close_sending (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  switch ((SfState) tcb->state)
    {
    case SF_SYN_RECEIVED:
      tcb->flags |= SF_TCB_FIN_WANTED;
      if (sf_transfer (net, tcb)->written > 0) /* "otherwise, queue for processing after entering ESTABLISHED state" */
        break;
      sf_tcb_set_state (net, conn, SF_FIN_WAIT_1);
      sf_tcp_output (net, conn);
      break;
    case SF_ESTABLISHED: /* "In any case, enter FIN-WAIT-1 state" */
      tcb->flags |= SF_TCB_FIN_WANTED;
      sf_tcb_set_state (net, conn, SF_FIN_WAIT_1);
      sf_tcp_output (net, conn);
      break;
    case SF_CLOSE_WAIT: /* LAST-ACK when the FIN is sent */
      tcb->flags |= SF_TCB_FIN_WANTED;
      sf_tcp_output (net, conn);
      break;
    case SF_SYN_SENT:
      sf_tcb_set_state (net, conn, SF_CLOSED);
      break;
    case SF_CLOSED:
    case SF_LISTEN:
    case SF_FIN_WAIT_1:
    case SF_FIN_WAIT_2:
    case SF_CLOSING:
    case SF_LAST_ACK:
    case SF_TIME_WAIT:
      break;
    }
}

int
sf_tcp_shutdown (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  if (tcb->error != 0)
    return take_error (tcb);
  if (!sf_state_is_synchronized (tcb->state))
    return ENOTCONN;
  if (!(tcb->flags & SF_TCB_FIN_WANTED))
    close_sending (net, conn);
  return 0;
}

/* CLOSE: §3.10.4. */
void
sf_tcp_close (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  gboolean unread = tcb->transfer != 0 && sf_transfer (net, tcb)->unread > 0;
  gboolean closing = tcb->flags & SF_TCB_FIN_WANTED;

  if (unread && tcb->state != SF_CLOSED && tcb->state != SF_TIME_WAIT && profile->reset_on_unread_close)
    {
      if (tcb->state == SF_CLOSING || tcb->state == SF_LAST_ACK) /* in these states, ABORT sends nothing */
        sf_tcp_send_rst (net, conn);
      sf_tcp_abort (net, conn); /* RFC 9293 SHLD-3: data would be lost, so the peer is told */
      return;
    }
  if (tcb->state == SF_TIME_WAIT && sf_profile_has (profile, SF_MUTANT_CLOSE_CUTS_TIME_WAIT))
    sf_tcb_set_state (net, conn, SF_CLOSED);
  sf_tcb_orphan (net, conn);
  if (!closing && tcb->serial != 0)
    close_sending (net, conn);
}

/* ABORT: §3.10.5. */
void
sf_tcp_abort (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfState state = tcb->state;

  if (state == SF_SYN_RECEIVED || state == SF_ESTABLISHED || state == SF_FIN_WAIT_1 || state == SF_FIN_WAIT_2
      || state == SF_CLOSE_WAIT)
    sf_tcp_send_rst (net, conn);
  if (state != SF_CLOSED)
    sf_tcb_set_state (net, conn, SF_CLOSED);
  sf_tcb_orphan (net, conn);
}

void
sf_tcp_set_owner (SfNet *net, guint32 conn, guint32 owner)
{
  sf_tcb (net, conn)->owner = owner;
}

void
sf_tcp_set_option (SfNet *net, guint32 conn, SfSocketOption option, gint64 value)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer;

  if (tcb->transfer == 0)
    return;
  transfer = sf_transfer (net, tcb);
  switch (option)
    {
    case SF_SO_NODELAY:
      transfer->nodelay = value != 0;
      sf_tcp_output (net, conn);
      break;
    case SF_SO_KEEPALIVE:
      transfer->keepalive = value != 0;
      if (value != 0 && sf_state_is_synchronized (tcb->state))
        sf_timer_arm (net, conn, SF_TIMER_KEEPALIVE, transfer->keepalive_idle);
      break;
    case SF_SO_KEEPIDLE:
      transfer->keepalive_idle = value;
      if (transfer->keepalive && sf_state_is_synchronized (tcb->state))
        sf_timer_arm (net, conn, SF_TIMER_KEEPALIVE, value);
      break;
    case SF_SO_KEEPINTVL:
      transfer->keepalive_interval = value;
      break;
    case SF_SO_KEEPCNT:
      transfer->keepalive_probes = (guint8) value;
      break;
    case SF_SO_SNDBUF:
      transfer->snd_buffer = (guint32) value;
      break;
    case SF_SO_RCVBUF:
      transfer->rcv_buffer = (guint32) value;
      break;
    case SF_SO_USER_TIMEOUT:
      transfer->user_timeout = value;
      break;
    case SF_SO_REUSEADDR:
    case SF_SO_LINGER0:
    case SF_SO_BIND_PORT:
    case SF_SO_BIND_ADDR:
    case SF_N_SOCKET_OPTIONS:
      break; /* these take effect before the connection is opened, or in close() */
    }
}

/* STATUS: §3.10.6. */
void
sf_tcp_status (const SfNet *net, guint32 conn, SfTcpStatus *ret_status)
{
  const SfTcb *tcb = sf_tcb (net, conn);

  *ret_status = (SfTcpStatus){
    .serial = tcb->serial,
    .state = tcb->state,
    .host = tcb->host,
    .laddr = tcb->laddr,
    .raddr = tcb->raddr,
    .lport = tcb->lport,
    .rport = tcb->rport,
    .iss = tcb->iss,
    .irs = tcb->irs,
    .snd_una = tcb->snd_una,
    .snd_nxt = tcb->snd_nxt,
    .rcv_nxt = tcb->rcv_nxt,
    .snd_wnd = tcb->snd_wnd,
    .rcv_wnd = sf_tcb_rcv_wnd (tcb),
    .flight = sf_seq_distance (tcb->snd_una, tcb->snd_max),
    .error = tcb->error,
  };
  if (tcb->transfer != 0)
    {
      const SfTransfer *transfer = sf_transfer (net, tcb);

      ret_status->cwnd = transfer->cc.cwnd;
      ret_status->ssthresh = transfer->cc.ssthresh;
      ret_status->srtt = transfer->rtt.srtt;
      ret_status->rttvar = transfer->rtt.rttvar;
      ret_status->rto = transfer->rtt.rto;
      ret_status->unsent = transfer->written - MIN (transfer->acked, transfer->written);
      ret_status->unread = transfer->unread;
      ret_status->urgent = urgent_left (net, tcb);
    }
}
