/* SPDX-License-Identifier: MIT
 *
 * TCP as applications and the network see it: RFC 9293 §3.9.1 (user/TCP interface) in the shape of sockets.
 *
 * A handle stands for a connection or listener. A call never blocks: where a blocking socket would wait, it returns
 * EAGAIN, and the owner (a process, see models/apps/process.h) is woken when it should try again. Errors are errno
 * values, 0 is success. When a connection has failed (ECONNRESET, ETIMEDOUT, ECONNREFUSED), the next call returns the
 * error, once.
 */
#pragma once

#include "models/apps/program.h"
#include "models/net.h"

/* The result of STATUS (§3.9.1.5). */
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
  int error;              /* pending error, 0: none */
} SfTcpStatus;

/* Passive OPEN (§3.10.1): listens on `port` of all addresses of `host`. Returns the listener, or 0 and
 * `*ret_error` = EADDRINUSE, EINVAL. `owner` is the process to wake when a connection can be accepted. */
guint32 sf_tcp_listen (SfNet *net, guint16 host, guint16 port, guint32 backlog, const SfSocketOptions *options,
                       guint32 owner, int *ret_error);

/* Takes the first established connection of `listener`; 0 and EAGAIN if there is none. */
guint32 sf_tcp_accept (SfNet *net, guint32 listener, guint32 owner, int *ret_error);

/* Stops listening: resets the connections of the accept queue, and drops embryonic ones. */
void sf_tcp_stop_listening (SfNet *net, guint32 listener);

/* Active OPEN (§3.10.1): sends a SYN to `addr`:`port` from a free local port. Returns the connection in SYN-SENT, or 0
 * and `*ret_error` = EADDRNOTAVAIL (no port is free), EADDRINUSE (the port asked for is taken), ENETUNREACH. */
guint32 sf_tcp_connect (SfNet *net, guint16 host, guint32 addr, guint16 port, const SfSocketOptions *options,
                        guint32 owner, int *ret_error);

/* Returns 0 if the handshake has been completed, EAGAIN if not yet, or the error that ended it. */
int sf_tcp_connected (SfNet *net, guint32 conn);

/* SEND (§3.10.2): takes up to `len` bytes into the send buffer; returns how many, and `*ret_error` = EAGAIN if none
 * fits now, EPIPE after shutdown or close of the connection, ENOTCONN, or the pending error. `urgent`: the last byte is
 * urgent. `*ret_offset` is the offset of the first byte in the stream; with EAGAIN, the offset that it will have. */
guint64 sf_tcp_send (SfNet *net, guint32 conn, guint64 len, gboolean urgent, guint64 *ret_offset, int *ret_error);

/* RECEIVE (§3.10.3): reads up to `max` bytes; returns how many. With 0 bytes `*ret_error` is EAGAIN, an error, or 0 at
 * the end of the stream (the peer's FIN). What is read is reported as SF_RECORD_DELIVER. */
guint64 sf_tcp_receive (SfNet *net, guint32 conn, guint64 max, int *ret_error);

/* CLOSE (§3.10.4) of the sending half only: SHUT_WR. */
int sf_tcp_shutdown (SfNet *net, guint32 conn);

/* CLOSE (§3.10.4) of both halves: the application closes its socket, and must not use the handle afterwards. */
void sf_tcp_close (SfNet *net, guint32 conn);

/* ABORT (§3.10.5): sends a RST and deletes the connection. The application must not use the handle afterwards. */
void sf_tcp_abort (SfNet *net, guint32 conn);

/* Sets an option of an open connection. */
void sf_tcp_set_option (SfNet *net, guint32 conn, SfSocketOption option, gint64 value);

/* STATUS (§3.10.6). */
void sf_tcp_status (const SfNet *net, guint32 conn, SfTcpStatus *ret_status);

/* Sets the process to wake for `conn`, 0: none. */
void sf_tcp_set_owner (SfNet *net, guint32 conn, guint32 owner);

/* --- toward the network --- */

/* SEGMENT ARRIVES (§3.10.7): processes `seg` at `host`. The caller still owns the segment, and frees it afterwards. */
void sf_tcp_input (SfNet *net, guint16 host, const SfSegment *seg);

/* Processes the event SF_EVENT_TCP_TIMER: a timer of connection `conn` may be due. */
void sf_tcp_timer_event (SfSim *sim, guint32 conn);

/* Deletes every connection and listener of `host`, which has crashed, without sending a segment. */
void sf_tcp_host_crashed (SfNet *net, guint16 host);

/* Returns the state of the end at `host` of the connection of `seg`, which `host` has sent or will receive. SF_LISTEN
 * if there is only a listener, SF_CLOSED if there is none either. */
SfState sf_tcp_end_state (const SfNet *net, guint16 host, const SfSegment *seg);

/* Returns the connection that `seg`, which arrives at `host`, is for, 0: none. `seg` may have other addresses and ports
 * there than where it is now. */
guint32 sf_tcp_receiving_conn (const SfNet *net, guint16 host, const SfSegment *seg);

/* Returns the end at `host` of the connection of `seg`, as above; 0 if there is none. */
guint32 sf_tcp_end_conn (const SfNet *net, guint16 host, const SfSegment *seg);

/* Returns the state of the newest connection of `host`, if that is not deleted. Else SF_LISTEN if `host` has a
 * listener, SF_CLOSED if it has none. */
SfState sf_tcp_newest_state (const SfNet *net, guint16 host);

/* Free the tables of connections and listeners; empty them; copy them, for sf_net_copy(). */
void sf_tcp_clear (SfNet *net);
void sf_tcp_reset (SfNet *net);
void sf_tcp_copy (SfNet *copy, const SfNet *net);
