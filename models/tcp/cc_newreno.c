/* SPDX-License-Identifier: MIT
 *
 * Slow start, congestion avoidance and the reactions to loss of RFC 5681; fast recovery itself (RFC 6582) is in
 * recovery.c.
 */
#include "models/tcp/cc.h"

static void
init (const SfCcView *view)
{
  view->cc->cwnd = sf_cc_initial_window (view->profile, view->mss);
  view->cc->ssthresh = G_MAXINT32; /* §3.1: arbitrarily high */
}

/* §3.1 (2): cwnd += min (N, SMSS), and nothing else is done with the ACK. Linux adds all that is acknowledged up to
 * ssthresh, and leaves the rest to congestion avoidance. Returns the bytes that are used up. */
static guint32
slow_start (const SfCcView *view, guint32 acked)
{
  SfCc *cc = view->cc;
  guint32 used = acked;

  if (view->profile->window_growth == SF_GROWTH_RFC5681)
    cc->cwnd += MIN (acked, view->mss);
  else
    {
      used = MIN (acked, cc->ssthresh - cc->cwnd);
      cc->cwnd += used;
    }
  return used;
}

static void
on_ack (const SfCcView *view, guint32 acked)
{
  SfCc *cc = view->cc;

  if (cc->cwnd < cc->ssthresh)
    {
      acked -= slow_start (view, acked);
      if (acked == 0)
        return;
    }
  /* §3.1: count the acknowledged bytes; when they reach cwnd, add one SMSS to it */
  cc->acked += acked;
  if (cc->acked >= cc->cwnd)
    {
      cc->acked -= cc->cwnd;
      cc->cwnd += view->mss;
    }
}

/* §3.1 (4): ssthresh = max (FlightSize / 2, 2*SMSS). */
static guint32
half_flight (const SfCcView *view)
{
  return MAX (view->flight / 2, 2 * view->mss);
}

static void
on_loss (const SfCcView *view)
{
  view->cc->cwnd = view->cc->ssthresh = half_flight (view);
  view->cc->acked = 0;
}

static void
on_timeout (const SfCcView *view, gboolean first)
{
  if (first) /* §3.1: ssthresh stays the same when the same segment times out again */
    view->cc->ssthresh = half_flight (view);
  view->cc->cwnd = view->mss; /* the loss window, LW */
  view->cc->acked = 0;
}

static void
on_idle (const SfCcView *view)
{
  /* §4.1: RW = min (IW, cwnd) */
  view->cc->cwnd = MIN (view->cc->cwnd, sf_cc_initial_window (view->profile, view->mss));
}

const SfCcAlgorithm sf_cc_newreno = {
  .init = init,
  .on_ack = on_ack,
  .on_loss = on_loss,
  .on_timeout = on_timeout,
  .on_idle = on_idle,
};
