/* SPDX-License-Identifier: MIT
 *
 * TIME-WAIT (RFC 9293 §3.6, §3.10.7.4): entering it, starting it again, ending it, and a new SYN that finds it.
 */
#pragma once

#include "models/tcp/tcb.h"

/* How long TIME-WAIT lasts for `tcb`: as the profile says, but with `tw-recycle` and timestamps not more than 3.5 times
 * the smallest RTO. */
SfTime sf_time_wait_length (const SfNet *net, const SfTcb *tcb);

/* Enters TIME-WAIT, or, where the profile has none, sends the ACK that is owed and goes to CLOSED: FALSE then, the
 * connection is gone. */
gboolean sf_time_wait_enter (SfNet *net, guint32 conn);

/* A FIN of the peer has come again: acknowledges it and restarts 2MSL (§3.10.7.4, fifth), unless told otherwise. */
void sf_time_wait_repeated_fin (SfNet *net, guint32 conn, const SfSegment *seg);

/* A SYN opens the connection anew, and may turn out to be an old duplicate (RFC 9293 §3.6.1, MAY-2): the TIME-WAIT
 * `conn` makes room in the 4-tuple table, its 2MSL going on, … */
void sf_time_wait_set_aside (SfNet *net, guint32 conn);

/* … stands behind `child`, the connection in its place, as long as that is in SYN-RECEIVED, … */
void sf_time_wait_replace (SfNet *net, guint32 conn, guint32 child);

/* … and, when that has left SYN-RECEIVED for `state`, ends if the child is a connection now, or else takes its place
 * again. */
void sf_time_wait_settle (SfNet *net, guint32 conn, SfState state);

/* A SYN has come in TIME-WAIT: TRUE if it may open the connection anew (RFC 9293 MAY-2, RFC 1122 §4.2.2.13, RFC 6191
 * section 2). */
gboolean sf_time_wait_takes_syn (const SfNet *net, guint32 conn, const SfSegment *seg);

/* It may not: TRUE if it is dropped without an answer, as a SYN with a timestamp is by RFC 6191 section 2 (RFC 9293
 * §3.10.7.4, first: "the logic above is not applicable"). */
gboolean sf_time_wait_drops_syn (const SfNet *net, guint32 conn, const SfSegment *seg);
