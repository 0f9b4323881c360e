/* SPDX-License-Identifier: MIT
 *
 * TIME-WAIT (RFC 9293 §3.6, §3.10.7.4): entering it, starting it again, ending it, and a new SYN that finds it.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Enters TIME-WAIT, or, where the profile has none, sends the ACK that is owed and goes to CLOSED: FALSE then, the connection is gone. */
gboolean sf_time_wait_enter (SfNet *net, guint32 conn);

/* A FIN of the peer has come again: acknowledges it and restarts 2MSL (§3.10.7.4, fifth), unless told otherwise. */
void sf_time_wait_repeated_fin (SfNet *net, guint32 conn, const SfSegment *seg);

/* A SYN has come in TIME-WAIT: TRUE if it may open the connection anew (RFC 9293 MAY-2, RFC 1122 §4.2.2.13, RFC 6191 section 2). */
gboolean sf_time_wait_takes_syn (const SfNet *net, guint32 conn, const SfSegment *seg);
