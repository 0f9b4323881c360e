/* SPDX-License-Identifier: MIT
 *
 * Sending segments. Only this file decides what may be sent now, from the variables of the connection. Input and user
 * calls change the variables, set SF_TCB_ACK_NOW if an acknowledgment must be sent, and call sf_tcp_output(). One
 * function, sf_tcp_build(), builds every segment that TCP sends.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Returns a new segment of `conn`, whose TCB is `tcb`, with the fields that every segment has. Without a connection
 * `conn` is 0; `tcb` then needs only the 4-tuple, the hosts, ISS, IRS and, for an ACK, RCV.NXT. */
guint32 sf_tcp_build (SfNet *net, guint32 conn, const SfTcb *tcb, SfSeq seq, guint flags);

/* Sends all data that the windows, the Nagle algorithm and silly window avoidance allow (RFC 9293 §3.8.6.2.1), and the
 * FIN behind the last of it. If nothing was sent, sends the ACK that SF_TCB_ACK_NOW asks for. */
void sf_tcp_output (SfNet *net, guint32 conn);

/* Sends a SYN in SYN-SENT, else a SYN-ACK, with sequence number ISS. The caller starts the retransmission timer. */
void sf_tcp_send_syn (SfNet *net, guint32 conn);

/* Sends an ACK at once: <SEQ=SND.NXT><ACK=RCV.NXT><CTL=ACK>. */
void sf_tcp_send_ack (SfNet *net, guint32 conn);

/* Sends a window probe: the first `len` unacknowledged bytes, and the FIN if it follows them. The window need not allow
 * them. */
void sf_tcp_send_window_probe (SfNet *net, guint32 conn, guint32 len);

/* Sends a tail loss probe: text that was never sent, as much as a segment and the window hold, else the last segment
 * again (RFC 8985 section 7.3). */
void sf_tcp_send_tail (SfNet *net, guint32 conn);

/* Retransmits the first unacknowledged segment, unless the profile forbids it. It has no more than was sent before or
 * the window allows. Returns the sequence number behind it. */
SfSeq sf_tcp_send_again (SfNet *net, guint32 conn);

/* Sends a keepalive probe: no data, <SEQ=SND.NXT-1> (RFC 9293 §3.8.4). */
void sf_tcp_send_probe (SfNet *net, guint32 conn);

/* Sends the RST of an abort: <SEQ=SND.NXT><CTL=RST> (§3.10.5). */
void sf_tcp_send_rst (SfNet *net, guint32 conn);

/* Call this after the application has read. Sends a window update if the window has opened enough (§3.8.6.2.2). */
void sf_tcp_window_opened (SfNet *net, guint32 conn);

/* Makes an acknowledgment pending: at once if `now`, else after the delay of the profile (§3.8.6.3). */
void sf_tcp_owe_ack (SfNet *net, guint32 conn, gboolean now);

/* Returns the window that a SYN announces, which is never scaled (RFC 7323 §2.2). */
guint32 sf_tcp_syn_window (const SfTransfer *transfer);
