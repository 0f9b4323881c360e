/* SPDX-License-Identifier: MIT
 *
 * What may be sent now is derived from the variables of the connection, here and nowhere else; input and user calls
 * change the variables, set SF_TCB_ACK_NOW where an acknowledgment is owed, and call sf_tcp_output().
 * Every segment that a host sends is built by one function of this file.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Returns a new segment of `conn`, whose TCB is `tcb`, with everything that all have. Where there is no connection
 * `conn` is 0, and of `tcb` the 4-tuple, the hosts, ISS, IRS and, for an ACK, RCV.NXT are set. */
guint32 sf_tcp_build (SfNet *net, guint32 conn, const SfTcb *tcb, SfSeq seq, guint flags);

/* Sends what the windows, Nagle and silly-window avoidance allow (RFC 9293 §3.8.6.2.1), a FIN if its turn has come, or
 * else the acknowledgment that is owed. */
void sf_tcp_output (SfNet *net, guint32 conn);

/* Sends SYN, or SYN-ACK in SYN-RECEIVED, at ISS; the timer runs from now. */
void sf_tcp_send_syn (SfNet *net, guint32 conn);

/* Sends an ACK at once: <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>. */
void sf_tcp_send_ack (SfNet *net, guint32 conn);

/* Sends the next `len` bytes that are not acknowledged, with the FIN if it stands behind them, to a window that does
 * not take them. */
void sf_tcp_send_window_probe (SfNet *net, guint32 conn, guint32 len);

/* Sends the first segment that is not acknowledged again, unless the profile forbids it: no more than was sent already
 * or the window allows. Returns the sequence number behind it. */
SfSeq sf_tcp_send_again (SfNet *net, guint32 conn);

/* Sends a keepalive probe: no data, <SEQ=SND.NXT-1> (RFC 9293 §3.8.4). */
void sf_tcp_send_probe (SfNet *net, guint32 conn);

/* Sends the RST of an abort: <SEQ=SND.NXT><CTL=RST> (§3.10.5). */
void sf_tcp_send_rst (SfNet *net, guint32 conn);

/* The application has read: tells the peer if that opens the window enough (§3.8.6.2.2). */
void sf_tcp_window_opened (SfNet *net, guint32 conn);

/* Makes sure that an acknowledgment follows: now, or soon (§3.8.6.3). */
void sf_tcp_owe_ack (SfNet *net, guint32 conn, gboolean now);

/* The window that a SYN announces, which is never scaled (RFC 7323 §2.2). */
guint32 sf_tcp_syn_window (const SfTransfer *transfer);
