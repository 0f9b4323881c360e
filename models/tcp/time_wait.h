/* SPDX-License-Identifier: MIT
 *
 * TIME-WAIT (RFC 9293 §3.6, §3.10.7.4): entering it, restarting it, ending it, and a new SYN that arrives in it.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Returns the length of TIME-WAIT for `tcb`. It is the profile's, but with `tw-recycle` and timestamps at most 3.5
 * times the smallest RTO. */
SfTime sf_time_wait_length (const SfNet *net, const SfTcb *tcb);

/* Enters TIME-WAIT. If the profile has none, sends the pending ACK, enters CLOSED and returns FALSE: the connection is
 * then deleted. */
gboolean sf_time_wait_enter (SfNet *net, guint32 conn);

/* Restarts the 2MSL timer of `conn`, unless a mutant forbids it. */
void sf_time_wait_restart (SfNet *net, guint32 conn);

/* Processes the peer's FIN when it arrives again as `seg`: acknowledges it and restarts the 2MSL timer (§3.10.7.4,
 * fifth), unless the profile or a mutant forbids it. */
void sf_time_wait_repeated_fin (SfNet *net, guint32 conn, const SfSegment *seg);

/* A SYN opens the connection again. It may be an old duplicate, though; then the old connection "returns to TIME-WAIT
 * state" (RFC 9293 §3.6.1, MAY-2). So it is kept until this is known. The next three functions are its steps.
 *
 * First, sets `conn`, in TIME-WAIT, aside: removes it from the 4-tuple table. Its 2MSL timer keeps running. */
void sf_time_wait_set_aside (SfNet *net, guint32 conn);

/* Second, makes `child` the connection in its place. Keeps `conn` while `child` is in SYN-RECEIVED. */
void sf_time_wait_replace (SfNet *net, guint32 conn, guint32 child);

/* Third, when `child` has changed from SYN-RECEIVED to `state`: deletes `conn` if `state` is synchronized, else puts it
 * back into the 4-tuple table. */
void sf_time_wait_settle (SfNet *net, guint32 conn, SfState state);

/* TRUE if `seg`, a SYN that arrives in TIME-WAIT, may open the connection again (RFC 9293 MAY-2, RFC 1122 §4.2.2.13,
 * RFC 6191 section 2). */
gboolean sf_time_wait_takes_syn (const SfNet *net, guint32 conn, const SfSegment *seg);

/* TRUE if such a SYN, when it may not open the connection, is dropped without an answer. RFC 6191 section 2 demands
 * this for a SYN with a timestamp (RFC 9293 §3.10.7.4, first: "the logic above is not applicable"). */
gboolean sf_time_wait_drops_syn (const SfNet *net, guint32 conn, const SfSegment *seg);
