/* SPDX-License-Identifier: MIT */
#include "models/tcp/invariants.h"

#include "models/tcp/demux.h"
#include "models/tcp/timers.h"

#define MAX_WINDOW_SCALED (65535u << 14)

#define COMPLAIN_UNLESS(condition) \
  if (!(condition))                \
  return #condition

static const char *
check_sending (const SfNet *net, const SfTcb *tcb)
{
  const SfTransfer *transfer = sf_transfer (net, tcb);
  guint32 space = sf_seq_distance (tcb->snd_una, tcb->snd_max);
  gboolean syn_acked = !sf_seq_eq (tcb->snd_una, tcb->iss) || tcb->flags & SF_TCB_OPENED;

  COMPLAIN_UNLESS (sf_seq_distance (tcb->snd_una, tcb->snd_nxt) <= space);
  COMPLAIN_UNLESS (space <= (guint64) MAX_WINDOW_SCALED + 2);
  COMPLAIN_UNLESS (!(tcb->flags & SF_TCB_FIN_SENT) || tcb->flags & SF_TCB_FIN_WANTED);
  COMPLAIN_UNLESS (transfer->acked <= transfer->written + (tcb->flags & SF_TCB_FIN_SENT ? 1 : 0));
  COMPLAIN_UNLESS (!syn_acked || tcb->snd_una.v == tcb->iss.v + 1 + (guint32) transfer->acked);
  COMPLAIN_UNLESS (transfer->mss > 0);
  COMPLAIN_UNLESS (!(tcb->flags & SF_TCB_OPENED) || transfer->cc.cwnd >= transfer->mss);
  return NULL;
}

/* Checks progress: while anything waits to be sent or acknowledged, a timer runs for it. */
static const char *
check_progress (const SfNet *net, const SfTcb *tcb)
{
  const SfTransfer *transfer = sf_transfer (net, tcb);
  gboolean in_flight = !sf_seq_eq (tcb->snd_una, tcb->snd_max);
  gboolean persists = sf_timer_is_armed (tcb, SF_TIMER_PERSIST);
  gboolean unsent = transfer->written > transfer->acked
                    || (tcb->flags & (SF_TCB_FIN_WANTED | SF_TCB_FIN_SENT)) == SF_TCB_FIN_WANTED;

  COMPLAIN_UNLESS (!(tcb->flags & SF_TCB_ACK_NOW));
  COMPLAIN_UNLESS (!in_flight || persists || sf_timer_is_armed (tcb, SF_TIMER_RETRANSMIT));
  if (tcb->state >= SF_ESTABLISHED && tcb->state < SF_TIME_WAIT && sf_tcb_profile (net, tcb)->persist)
    COMPLAIN_UNLESS (!unsent || in_flight || persists);
  return NULL;
}

static const char *
check_receiving (const SfNet *net, const SfTcb *tcb)
{
  const SfTransfer *transfer = sf_transfer (net, tcb);
  guint32 unread = 0, held = 0, at = 0;

  for (guint32 handle = transfer->queue_head; handle != 0;)
    {
      const SfExtent *run = sf_pool_at (&net->extents, handle);

      COMPLAIN_UNLESS (run->len > 0);
      unread += run->len;
      COMPLAIN_UNLESS (run->next != 0 || transfer->queue_tail == handle);
      handle = run->next;
    }
  COMPLAIN_UNLESS (unread == transfer->unread);
  for (guint32 handle = transfer->reassembly; handle != 0;)
    {
      const SfExtent *run = sf_pool_at (&net->extents, handle);
      guint32 distance = sf_seq_distance (tcb->rcv_nxt, run->seq);

      COMPLAIN_UNLESS (run->len > 0 && distance >= at && distance > 0); /* in order, disjoint, beyond RCV.NXT */
      at = distance + run->len;
      held += run->len;
      handle = run->next;
    }
  COMPLAIN_UNLESS (held == transfer->reassembly_bytes);
  COMPLAIN_UNLESS (at <= sf_tcb_rcv_wnd (tcb));
  return NULL;
}

static const char *
check_timers (const SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  SfTime first = SF_NEVER;

  for (guint i = 0; i < SF_N_TIMERS; i++)
    first = MIN (first, tcb->deadline[i]);
  COMPLAIN_UNLESS (first == SF_NEVER || tcb->event != 0);
  if (tcb->event != 0)
    {
      const SfEvent *event = sf_queue_event (&net->sim.queue, tcb->event);

      COMPLAIN_UNLESS (event->kind == SF_EVENT_TCP_TIMER && event->target == conn);
      COMPLAIN_UNLESS (event->at <= first);
    }
  COMPLAIN_UNLESS (tcb->state != SF_TIME_WAIT || sf_timer_is_armed (tcb, SF_TIMER_2MSL));
  return NULL;
}

/* Checks a connection in CLOSED whose socket is still open. */
static const char *
check_closed (const SfTcb *tcb)
{
  COMPLAIN_UNLESS (tcb->event == 0);
  COMPLAIN_UNLESS (!(tcb->flags & (SF_TCB_ORPHAN | SF_TCB_ACK_NOW)));
  COMPLAIN_UNLESS ((tcb->listener != 0) == ((tcb->flags & SF_TCB_QUEUED) != 0));
  return NULL;
}

const char *
sf_tcb_complaint (const SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  const char *complaint;

  if (tcb->state == SF_CLOSED)
    return check_closed (tcb);
  COMPLAIN_UNLESS (tcb->state != SF_LISTEN);
  COMPLAIN_UNLESS (!(tcb->flags & SF_TCB_SET_ASIDE) || (tcb->state == SF_TIME_WAIT && tcb->twin != 0));
  COMPLAIN_UNLESS (tcb->twin == 0 || sf_tcb (net, tcb->twin)->twin == conn);
  COMPLAIN_UNLESS (sf_demux_find (net, tcb->laddr, tcb->lport, tcb->raddr, tcb->rport)
                   == (tcb->flags & SF_TCB_SET_ASIDE ? tcb->twin : conn));
  COMPLAIN_UNLESS (tcb->state == SF_SYN_SENT || sf_tcb_rcv_wnd (tcb) <= MAX_WINDOW_SCALED);
  COMPLAIN_UNLESS (!(tcb->flags & SF_TCB_FIN_RECEIVED) || tcb->state >= SF_CLOSE_WAIT
                   || tcb->state == SF_FIN_WAIT_2 /* a mutant */);
  COMPLAIN_UNLESS (tcb->transfer != 0 || tcb->state == SF_TIME_WAIT);
  complaint = check_timers (net, conn);
  if (complaint != NULL || tcb->transfer == 0 || tcb->state == SF_TIME_WAIT)
    return complaint;
  complaint = check_sending (net, tcb);
  if (complaint == NULL)
    complaint = check_progress (net, tcb);
  return complaint != NULL ? complaint : check_receiving (net, tcb);
}

static const char *
check_listener (const SfNet *net, guint32 handle)
{
  const SfListener *listener = sf_pool_at (&net->listeners, handle);
  guint32 embryonic = 0, queued = 0, last = 0;

  for (guint32 conn = 1; conn <= net->tcbs.used; conn++)
    {
      const SfTcb *tcb = sf_tcb (net, conn);

      embryonic += tcb->serial != 0 && tcb->listener == handle && tcb->state == SF_SYN_RECEIVED;
    }
  for (guint32 conn = listener->head; conn != 0; conn = sf_tcb (net, conn)->next)
    {
      COMPLAIN_UNLESS (sf_tcb (net, conn)->listener == handle && sf_tcb (net, conn)->flags & SF_TCB_QUEUED);
      queued++;
      last = conn;
    }
  COMPLAIN_UNLESS (embryonic == listener->n_embryonic);
  COMPLAIN_UNLESS (queued == listener->n_queued && last == listener->tail);
  return NULL;
}

const char *
sf_tcp_complaint (const SfNet *net)
{
  const char *complaint = NULL;
  guint32 live = 0;

  for (guint32 conn = 1; conn <= net->tcbs.used && complaint == NULL; conn++)
    if (sf_tcb (net, conn)->serial != 0)
      {
        complaint = sf_tcb_complaint (net, conn);
        live++;
      }
  for (guint32 handle = 1; handle <= net->listeners.used && complaint == NULL; handle++)
    if (((const SfListener *) sf_pool_at (&net->listeners, handle))->serial != 0)
      complaint = check_listener (net, handle);
  if (complaint == NULL)
    COMPLAIN_UNLESS (live == net->tcbs.live);
  return complaint;
}
