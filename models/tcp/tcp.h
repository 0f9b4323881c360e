/* SPDX-License-Identifier: MIT
 *
 * TCP as applications and the network see it: RFC 9293 §3.9.1 (user/TCP interface) in the shape of sockets.
 *
 * Connections and listeners are named by handles. A call never waits: where a blocking socket would sleep it returns
 * EAGAIN, and the owner (a process, see models/apps/process.h) is woken when it is worth trying again. Errors are errno
 * values, 0 is success. An error that arrived for the connection (ECONNRESET, ETIMEDOUT, ECONNREFUSED) is given once,
 * by the next call.
 */
#pragma once

#include "models/apps/program.h"
#include "models/net.h"

/* What STATUS tells (§3.9.1.5). */
typedef struct
{
  guint32 serial;
  SfState state;
  guint16 host;
  guint32 laddr, raddr;
  guint16 lport, rport;
  SfSeq iss, irs, snd_una, snd_nxt, rcv_nxt;
  guint32 snd_wnd, rcv_wnd, cwnd, ssthresh, flight;
  SfTime srtt, rttvar, rto;
  guint64 unsent, unread; /* bytes */
  guint64 urgent;         /* bytes to be read up to the end of urgent data (§3.8.5), 0: none */
  int error;              /* pending, 0: none */
} SfTcpStatus;

/* passive OPEN (§3.10.1): listens on `port` of all addresses of `host`. Returns the listener, or 0 and
 * `*ret_error` = EADDRINUSE, EINVAL. `owner` is the process to wake when there is something to accept. */
guint32 sf_tcp_listen (SfNet *net, guint16 host, guint16 port, guint32 backlog, const SfSocketOptions *options,
                       guint32 owner, int *ret_error);

/* Takes the first established connection of `listener`; 0 and EAGAIN if there is none. */
guint32 sf_tcp_accept (SfNet *net, guint32 listener, guint32 owner, int *ret_error);

/* Stops listening: connections that nobody has accepted are reset, embryonic ones dropped. */
void sf_tcp_stop_listening (SfNet *net, guint32 listener);

/* active OPEN (§3.10.1): sends a SYN to `addr`:`port` from a free local port. Returns the connection in SYN-SENT, or 0
 * and `*ret_error` = EADDRNOTAVAIL (no port is free), EADDRINUSE (the port asked for is taken), ENETUNREACH. */
guint32 sf_tcp_connect (SfNet *net, guint16 host, guint32 addr, guint16 port, const SfSocketOptions *options,
                        guint32 owner, int *ret_error);

/* Whether the handshake is over: 0, EAGAIN while it is not, or the error that ended it. */
int sf_tcp_connected (SfNet *net, guint32 conn);

/* SEND (§3.10.2): takes up to `len` bytes into the send buffer; returns how many, and `*ret_error` = EAGAIN if none
 * fits now, EPIPE after shutdown or close of the connection, ENOTCONN, or the pending error. `urgent`: the last byte is
 * urgent. `ret_offset` gets the place of the first byte in the stream; with EAGAIN the place that it will have. */
guint64 sf_tcp_send (SfNet *net, guint32 conn, guint64 len, gboolean urgent, guint64 *ret_offset, int *ret_error);

/* RECEIVE (§3.10.3): reads up to `max` bytes; returns how many. With 0 bytes `*ret_error` is EAGAIN, an error, or 0 at
 * the end of the stream (the peer's FIN). What is read is reported as SF_RECORD_DELIVER. */
guint64 sf_tcp_receive (SfNet *net, guint32 conn, guint64 max, int *ret_error);

/* CLOSE (§3.10.4) of the sending half only: SHUT_WR. */
int sf_tcp_shutdown (SfNet *net, guint32 conn);

/* CLOSE (§3.10.4): the application gives the connection up for good; the handle is dead afterwards. */
void sf_tcp_close (SfNet *net, guint32 conn);

/* ABORT (§3.10.5): RST to the peer, all gone; the handle is dead afterwards. */
void sf_tcp_abort (SfNet *net, guint32 conn);

/* Sets an option of an open connection. */
void sf_tcp_set_option (SfNet *net, guint32 conn, SfSocketOption option, gint64 value);

/* STATUS (§3.10.6). */
void sf_tcp_status (const SfNet *net, guint32 conn, SfTcpStatus *ret_status);

/* Sets the process to wake for `conn`, 0: none. */
void sf_tcp_set_owner (SfNet *net, guint32 conn, guint32 owner);

/* --- toward the network --- */

/* SEGMENT ARRIVES (§3.10.7): processes `seg` at `host`. The caller keeps the segment and gives it back afterwards. */
void sf_tcp_input (SfNet *net, guint16 host, const SfSegment *seg);

/* A timer of connection `conn` may be due (SF_EVENT_TCP_TIMER). */
void sf_tcp_timer_event (SfSim *sim, guint32 conn);

/* The host crashes: every connection and listener of it vanishes without a segment. */
void sf_tcp_host_crashed (SfNet *net, guint16 host);

/* Returns the state of the end at `host` of the 4-tuple of `seg` (which that host sent or is to receive):
 * SF_LISTEN if only a listener would take it, SF_CLOSED if nothing. */
SfState sf_tcp_end_state (const SfNet *net, guint16 host, const SfSegment *seg);

/* Returns the connection at `host` that belongs to the 4-tuple of `seg`, 0 if none. */
guint32 sf_tcp_end_conn (const SfNet *net, guint16 host, const SfSegment *seg);

/* Returns the state of the newest connection of `host` (or of its newest listener if it has had none), SF_CLOSED if
 * that is gone. */
SfState sf_tcp_newest_state (const SfNet *net, guint16 host);

/* Frees the tables of connections and listeners; empties them; copies them (as sf_net_copy()). */
void sf_tcp_clear (SfNet *net);
void sf_tcp_reset (SfNet *net);
void sf_tcp_copy (SfNet *copy, const SfNet *net);
