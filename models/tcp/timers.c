/* SPDX-License-Identifier: MIT */
#include "models/tcp/timers.h"

typedef void (*Expired) (SfNet *net, guint32 conn);

static const Expired expired[SF_N_TIMERS] = {
#define SF_TIMER(id, name, function, started, restarted, expired) function,
#include "models/timers.inc"
#undef SF_TIMER
};

/* Schedules the event of `conn` at `at`, unless it is due earlier. */
static void
schedule (SfNet *net, guint32 conn, SfTcb *tcb, SfTime at)
{
  if (tcb->event == 0)
    tcb->event = sf_queue_add (&net->sim.queue, at, SF_EVENT_TCP_TIMER, conn);
  else if (at < sf_queue_event (&net->sim.queue, tcb->event)->at)
    sf_queue_move (&net->sim.queue, tcb->event, at);
}

void
sf_timer_arm (SfNet *net, guint32 conn, SfTimer timer, SfTime delay)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTime at = sf_time_add (net->sim.now, delay);

  tcb->deadline[timer] = at;
  if (at != SF_NEVER)
    schedule (net, conn, tcb, at);
}

void
sf_timer_stop_all (SfNet *net, SfTcb *tcb)
{
  for (guint i = 0; i < SF_N_TIMERS; i++)
    tcb->deadline[i] = SF_NEVER;
  if (tcb->event != 0)
    sf_queue_remove (&net->sim.queue, tcb->event);
  tcb->event = 0;
}

void
sf_timer_report (const SfNet *net, const SfTcb *tcb, SfTimer timer, SfTimerAction action, guint count, SfTime until)
{
  SfRecord record = { .host = tcb->host, .conn = tcb->serial };

  if (!sf_net_traced (net))
    return;
  record.timer.timer = timer;
  record.timer.action = action;
  record.timer.count = count;
  record.timer.until = until;
  sf_net_trace (net, SF_RECORD_TIMER, &record);
}

/* Returns the timer with the earliest deadline; of several, the first in the order of SfTimer. */
static SfTimer
first_timer (const SfTcb *tcb)
{
  SfTimer first = 0;

  for (guint i = 1; i < SF_N_TIMERS; i++)
    if (tcb->deadline[i] < tcb->deadline[first])
      first = (SfTimer) i;
  return first;
}

/* Processes all timers of `conn` that are due. FALSE if this has deleted the connection. Its serial shows that, since
 * its handle may be in use again. */
static gboolean
run_due (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  guint32 serial = tcb->serial;

  for (SfTimer timer = first_timer (tcb); tcb->deadline[timer] <= net->sim.now; timer = first_timer (tcb))
    {
      sf_timer_stop (tcb, timer);
      net->why = SF_WHY_TIMER;
      net->why_timer = timer;
      expired[timer](net, conn);
      net->why = SF_WHY_CALL;
      if (tcb->serial != serial)
        return FALSE;
    }
  return TRUE;
}

void
sf_tcp_timer_event (SfSim *sim, guint32 conn)
{
  SfNet *net = (SfNet *) sim;
  SfTcb *tcb = sf_tcb (net, conn);
  SfTime next;

  tcb->event = 0;
  if (!run_due (net, conn))
    return;
  next = tcb->deadline[first_timer (tcb)];
  if (next != SF_NEVER)
    schedule (net, conn, tcb, next);
}
