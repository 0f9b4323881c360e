/* SPDX-License-Identifier: MIT
 *
 * The timers of a connection (SfTimer): six deadlines, and one event in the queue, at the earliest of them or before.
 * Stopping a timer, or arming it for later, only stores its deadline. The event may then come too early; it finds no
 * timer due, and is scheduled again.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Arms `timer` to expire `delay` ns from now. An armed timer gets the new deadline. */
void sf_timer_arm (SfNet *net, guint32 conn, SfTimer timer, SfTime delay);

static inline void
sf_timer_stop (SfTcb *tcb, SfTimer timer)
{
  tcb->deadline[timer] = SF_NEVER;
}

static inline gboolean
sf_timer_is_armed (const SfTcb *tcb, SfTimer timer)
{
  return tcb->deadline[timer] != SF_NEVER;
}

/* Stops all timers of `tcb`, and removes its event from the queue. */
void sf_timer_stop_all (SfNet *net, SfTcb *tcb);

/* Reports that `timer` started, restarted or expired; `count` and `until` as in SfRecord. */
void sf_timer_report (const SfNet *net, const SfTcb *tcb, SfTimer timer, SfTimerAction action, guint count,
                      SfTime until);

/* Counts a retransmission of `conn`, or a probe of its peer's window, when a timer has expired after `waited` ns. TRUE
 * if R2 of RFC 9293 §3.8.3 is exceeded, so that the connection must be closed. In retransmit.c. */
gboolean sf_retransmit_count (SfNet *net, guint32 conn, SfTime waited);

/* Starts the retransmission timer of `conn`: it expires after the RTO (RFC 6298 section 5), or as soon as the user
 * timeout is over (RFC 9293 §3.10.8). In retransmit.c. */
void sf_retransmit_start (SfNet *net, guint32 conn);

/* Starts the timer of the tail loss probe of `conn`, if its profile has that and a probe may be sent; else stops it. In
 * tail_loss.c. */
void sf_tail_loss_start (SfNet *net, guint32 conn);

/* Starts the persist timer of `conn`: it expires after the RTO, doubled for each probe so far (RFC 9293 §3.8.6.1), or
 * as soon as the user timeout is over. In persist.c. */
void sf_persist_start (SfNet *net, guint32 conn);

/* Call this when the peer has acknowledged the octet of a probe. If anything is left to send, restarts the persist
 * timer without back-off, as for a first probe (SHLD-29); else stops it. In persist.c. */
void sf_persist_progress (SfNet *net, guint32 conn);

/* TRUE if data of `tcb` has been unacknowledged for the user timeout (RFC 9293 §3.10.8). In retransmit.c. */
gboolean sf_user_timeout_is_over (const SfNet *net, const SfTcb *tcb);

/* Returns `wait`, a time in ns, or the time until the end of the user timeout if that is shorter. In retransmit.c. */
SfTime sf_user_timeout_limits (const SfNet *net, const SfTcb *tcb, SfTime wait);

/* Process the expiry of each timer. Each function is in the file of its subject. */
#define SF_TIMER(id, name, function, started, restarted, expired) void function (SfNet *net, guint32 conn);
#include "models/timers.inc"
#undef SF_TIMER
