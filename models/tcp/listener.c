/* SPDX-License-Identifier: MIT */
#include "models/tcp/listener.h"

#include "models/apps/process.h"
#include "models/tcp/output.h"

#include <errno.h>

static guint32 *
bucket (SfNet *net, guint16 host, guint16 port)
{
  return &net->listener_heads[(host * 37u + port) % SF_LISTENER_BUCKETS];
}

guint32
sf_listener_find (const SfNet *net, guint16 host, guint16 port)
{
  guint32 handle = net->listener_heads[(host * 37u + port) % SF_LISTENER_BUCKETS];

  while (handle != 0 && (sf_listener (net, handle)->host != host || sf_listener (net, handle)->port != port))
    handle = sf_listener (net, handle)->next;
  return handle;
}

void
sf_listener_enqueue (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfListener *listener = sf_listener (net, tcb->listener);

  tcb->flags |= SF_TCB_QUEUED;
  tcb->next = 0;
  if (listener->tail != 0)
    sf_tcb (net, listener->tail)->next = conn;
  else
    listener->head = conn;
  listener->tail = conn;
  listener->n_queued++;
  if (listener->owner != 0)
    sf_process_wake (net, listener->owner);
}

void
sf_listener_dequeue (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfListener *listener = sf_listener (net, tcb->listener);
  guint32 before = 0;

  for (guint32 at = listener->head; at != conn; at = sf_tcb (net, at)->next)
    before = at;
  if (before != 0)
    sf_tcb (net, before)->next = tcb->next;
  else
    listener->head = tcb->next;
  if (listener->tail == conn)
    listener->tail = before;
  listener->n_queued--;
  tcb->flags &= (guint16) ~SF_TCB_QUEUED;
}

/* Reports that the listener changed between CLOSED and LISTEN. */
static void
report_state (SfNet *net, const SfListener *listener, SfState from, SfState to)
{
  SfRecord record = { .host = listener->host, .conn = listener->serial };

  if (sf_net_traced (net))
    {
      record.state.from = from;
      record.state.to = to;
      record.state.why = net->why;
      sf_net_trace (net, SF_RECORD_STATE, &record);
    }
  sf_process_state_changed (net, listener->host);
}

void
sf_listener_delete (SfNet *net, guint32 handle)
{
  SfListener *listener = sf_listener (net, handle);
  guint32 *link = bucket (net, listener->host, listener->port);
  SfRecord record = { .host = listener->host, .conn = listener->serial };

  while (*link != handle)
    link = &sf_listener (net, *link)->next;
  *link = listener->next;
  report_state (net, listener, SF_LISTEN, SF_CLOSED);
  if (sf_net_traced (net))
    sf_net_trace (net, SF_RECORD_GONE, &record);
  listener->serial = 0; /* marks the place as free */
  sf_pool_give (&net->listeners, handle);
}

/* Returns the error of bind(): 0, EADDRINUSE, or EINVAL for port 0. No other listener may have the port. Without
 * SO_REUSEADDR no connection of the host may have it either, not even in TIME-WAIT. */
static int
may_bind (const SfNet *net, guint16 host, guint16 port, const SfSocketOptions *options)
{
  gboolean reuse = options != NULL && (options->set >> SF_SO_REUSEADDR) & 1 && options->value[SF_SO_REUSEADDR];

  if (port == 0)
    return EINVAL;
  if (sf_listener_find (net, host, port) != 0)
    return EADDRINUSE;
  for (guint32 conn = 1; !reuse && conn <= net->tcbs.used; conn++)
    {
      const SfTcb *tcb = sf_tcb (net, conn);

      if (tcb->serial != 0 && tcb->state != SF_CLOSED && tcb->host == host && tcb->lport == port)
        return EADDRINUSE;
    }
  return 0;
}

/* Passive OPEN: RFC 9293 §3.10.1. */
guint32
sf_tcp_listen (SfNet *net, guint16 host, guint16 port, guint32 backlog, const SfSocketOptions *options, guint32 owner,
               int *ret_error)
{
  guint32 handle;
  SfListener *listener;
  SfRecord record = { .host = host };

  *ret_error = may_bind (net, host, port, options);
  if (*ret_error != 0)
    return 0;
  handle = sf_pool_take (&net->listeners);
  listener = sf_listener (net, handle);
  listener->host = host;
  listener->port = port;
  listener->serial = ++net->next_serial;
  listener->owner = owner;
  listener->backlog = backlog;
  if (options != NULL)
    listener->options = *options;
  listener->next = *bucket (net, host, port);
  *bucket (net, host, port) = handle;
  if (sf_net_traced (net))
    {
      record.conn = listener->serial;
      record.born.laddr = sf_plan_host (net->plan, host)->addr;
      record.born.lport = port;
      sf_net_trace (net, SF_RECORD_CONN, &record);
    }
  report_state (net, listener, SF_CLOSED, SF_LISTEN);
  return handle;
}

guint32
sf_tcp_accept (SfNet *net, guint32 handle, guint32 owner, int *ret_error)
{
  SfListener *listener = sf_listener (net, handle);
  guint32 conn = listener->head;
  SfTcb *tcb;

  *ret_error = conn == 0 ? EAGAIN : 0;
  if (conn == 0)
    return 0;
  tcb = sf_tcb (net, conn);
  sf_listener_dequeue (net, conn);
  tcb->listener = 0;
  tcb->owner = owner;
  if (tcb->state != SF_CLOSED || sf_tcb_profile (net, tcb)->dead_in_queue != SF_DEAD_ABORTED)
    return conn;
  sf_tcb_orphan (net, conn);
  *ret_error = ECONNABORTED;
  return 0;
}

/* Ends the connections of a listener that closes: those in the accept queue are reset, embryonic ones dropped. */
static void
drop_children (SfNet *net, guint32 handle)
{
  for (guint32 conn = 1; conn <= net->tcbs.used; conn++)
    {
      SfTcb *tcb = sf_tcb (net, conn);

      if (tcb->serial == 0 || tcb->listener != handle)
        continue;
      if (tcb->flags & SF_TCB_QUEUED)
        sf_listener_dequeue (net, conn);
      if (tcb->state == SF_CLOSED)
        {
          sf_tcb_orphan (net, conn);
          continue;
        }
      if (sf_state_is_synchronized (tcb->state))
        sf_tcp_send_rst (net, conn);
      tcb->flags |= SF_TCB_ORPHAN;
      sf_tcb_set_state (net, conn, SF_CLOSED);
    }
}

void
sf_tcp_stop_listening (SfNet *net, guint32 handle)
{
  drop_children (net, handle);
  sf_listener_delete (net, handle);
}
