/* SPDX-License-Identifier: MIT
 *
 * The timers of a connection (SfTimer): five deadlines and one event in the queue, at the earliest of them or before.
 * Arming a timer for later, and stopping one, is a store; the event that comes too early finds nothing due and moves
 * on.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Arms `timer` for `delay` ns from now (in place of what it was set to). */
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

/* Stops all timers of `conn` and takes its event out of the queue. */
void sf_timer_stop_all (SfNet *net, SfTcb *tcb);

/* Reports what `timer` did: `count` and `until` as in SfRecord. */
void sf_timer_report (const SfNet *net, const SfTcb *tcb, SfTimer timer, SfTimerAction action, guint count,
                      SfTime until);

/* Counts an expiry, after a wait of `waited` ns, in the retransmissions of `conn` (or probes of its peer's window);
 * TRUE if it is to be given up: R2 of RFC 9293 §3.8.3. In retransmit.c. */
gboolean sf_retransmit_count (SfNet *net, guint32 conn, SfTime waited);

/* Starts the retransmission timer of `conn`: it expires after the RTO (RFC 6298 section 5), or as soon as the user
 * timeout is over (RFC 9293 §3.10.8). In retransmit.c. */
void sf_retransmit_start (SfNet *net, guint32 conn);

/* Starts the persist timer of `conn`: it expires after the RTO, backed off by the probes in a row (RFC 9293 §3.8.6.1),
 * or as soon as the user timeout is over. In persist.c. */
void sf_persist_start (SfNet *net, guint32 conn);

/* The octet of a probe was taken: the next probe waits as long as the first did (SHLD-29), if anything is left to send.
 * In persist.c. */
void sf_persist_progress (SfNet *net, guint32 conn);

/* TRUE if what `tcb` has to deliver has waited for the user timeout (RFC 9293 §3.10.8). In retransmit.c. */
gboolean sf_user_timeout_is_over (const SfNet *net, const SfTcb *tcb);

/* Returns how long a timer that wants to wait `wait` ns may wait: not beyond the user timeout. In retransmit.c. */
SfTime sf_user_timeout_limits (const SfNet *net, const SfTcb *tcb, SfTime wait);

/* What the expiry of each timer does; in the file of its concern. */
#define SF_TIMER(id, name, function, started, restarted, expired) void function (SfNet *net, guint32 conn);
#include "models/timers.inc"
#undef SF_TIMER
