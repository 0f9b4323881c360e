/* SPDX-License-Identifier: MIT
 *
 * Makes traces by hand, for tests of code that reads traces: one short call per record. Nothing is checked, so a trace
 * may have what no TCP would do.
 *
 * A new trace has two hosts, client (192.0.2.1, ISS 1000) and server (198.51.100.1, ISS 5000), and a link "wire"
 * between them.
 */
#pragma once

#include "models/apps/program.h"
#include "trace/trace.h"

#define MAKER_CLIENT 0
#define MAKER_SERVER 1

typedef struct
{
  SfTrace *trace;
  SfTime t; /* the time of the next record */
  guint64 next_id;
  GArray *segments; /* SfSegment, number `id` at id - 1 */
  guint8 state[64]; /* SfState by serial */
} TraceMaker;

/* A segment to send, with the relative numbers of its connection. Zeros are defaults. */
typedef struct
{
  guint8 flags;
  guint32 seq, len, ack;
  guint16 wnd; /* 0: 65535 */
  guint8 marks, options;
  guint16 mss, urg;
  guint8 wscale;
  guint32 tsval, tsecr;
} MakerSegment;

void maker_init (TraceMaker *maker, const char *title);

/* Ends the trace at the current instant and returns it, indexed. Clears `maker`. */
SfTrace *maker_finish (TraceMaker *maker, SfEnd end);

/* Adds another host at `addr`. Returns its number. */
guint16 maker_host (TraceMaker *maker, const char *name, guint32 addr);

/* `host` gets a connection to the other host: from its own port (49152 + n) to port 80, or, with a parent, the other
 * way round. Returns its serial number. */
guint32 maker_connect (TraceMaker *maker, guint16 host, guint16 port);
guint32 maker_accept (TraceMaker *maker, guint32 listener, guint16 peer, guint16 port);
guint32 maker_listen (TraceMaker *maker, guint16 host, guint16 port);
void maker_gone (TraceMaker *maker, guint32 conn);

void maker_state (TraceMaker *maker, guint32 conn, SfState to, SfWhy why);

/* `conn` sends a segment. Returns the id of the segment. */
guint64 maker_send (TraceMaker *maker, guint32 conn, MakerSegment segment);

/* The receiver of segment `id`, which has no connection for it, answers with a RST. Returns the id of the RST. */
guint64 maker_refuse (TraceMaker *maker, guint64 id);

void maker_arrive (TraceMaker *maker, guint64 id);
/* … at connection `conn`. */
void maker_arrive_at (TraceMaker *maker, guint64 id, guint32 conn);
void maker_discard (TraceMaker *maker, guint64 id, SfDiscard reason);

/* Segment `id` has the fate `fate`. `rule` -1: none. `until` 0: none. */
void maker_fate (TraceMaker *maker, guint64 id, SfFate fate, gint32 rule, SfTime until);

/* A copy of segment `id` is made. Returns the id of the copy. */
guint64 maker_copy (TraceMaker *maker, guint64 id, gint32 rule);

/* A segment is forged as if `conn` had sent it. Returns its id. */
guint64 maker_forge (TraceMaker *maker, guint32 conn, MakerSegment segment);

void maker_timer (TraceMaker *maker, guint32 conn, SfTimer timer, SfTimerAction action, SfTime until, guint32 count);

/* A call returns. */
void maker_call (TraceMaker *maker, guint32 conn, SfOp op, gint64 amount, int error);
void maker_send_text (TraceMaker *maker, guint32 conn, const char *text, guint64 offset);
/* A SEND has to wait: `taken` bytes were taken, `waiting` were not. */
void maker_send_waits (TraceMaker *maker, guint32 conn, gint64 taken, guint64 waiting, guint64 offset);
void maker_deliver (TraceMaker *maker, guint32 conn, guint32 stream, guint64 offset, guint32 len);

/* The same for bytes that are not from the peer. */
void maker_deliver_foreign (TraceMaker *maker, guint32 conn, guint32 stream, guint64 offset, guint32 len);

/* The congestion variables change; a round-trip time is measured. */
void maker_cwnd (TraceMaker *maker, guint32 conn, guint32 cwnd, guint32 ssthresh);
void maker_rtt (TraceMaker *maker, guint32 conn, SfTime sample);

void maker_power (TraceMaker *maker, guint16 host, gboolean up);
void maker_link (TraceMaker *maker, gboolean up);
