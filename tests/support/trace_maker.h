/* SPDX-License-Identifier: MIT
 *
 * Traces by hand: records as a run would leave them, one short call each, for tests of what reads traces.
 * Nothing is checked: a test may tell what no TCP would do.
 *
 * Two hosts, client (192.0.2.1, ISS 1000) and server (198.51.100.1, ISS 5000), and a link "wire" between them are there
 * from the start.
 */
#pragma once

#include "models/apps/program.h"
#include "trace/trace.h"

#define MAKER_CLIENT 0
#define MAKER_SERVER 1

typedef struct
{
  SfTrace *trace;
  SfTime t; /* of the next record */
  guint64 next_id;
  GArray *segments; /* SfSegment, number `id` at id - 1 */
  guint8 state[64]; /* SfState by serial */
} StoryMaker;

/* A segment to send, in the relative numbers of its connection; what is zero is usual. */
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

void maker_init (StoryMaker *maker, const char *title);

/* Ends the trace at the present instant, and returns it, indexed; `maker` is cleared. */
SfTrace *maker_finish (StoryMaker *maker, SfEnd end);

/* Adds a third host at `addr`, and returns its number. */
guint16 maker_host (StoryMaker *maker, const char *name, guint32 addr);

/* A connection of `host` to the other host: from a port of its own (49152 + n) to port 80, or, with a parent, the other
 * way round. Returns its serial number. */
guint32 maker_connect (StoryMaker *maker, guint16 host, guint16 port);
guint32 maker_accept (StoryMaker *maker, guint32 listener, guint16 peer, guint16 port);
guint32 maker_listen (StoryMaker *maker, guint16 host, guint16 port);
void maker_gone (StoryMaker *maker, guint32 conn);

void maker_state (StoryMaker *maker, guint32 conn, SfState to, SfWhy why);

/* `conn` sends a segment; returns its number. */
guint64 maker_send (StoryMaker *maker, guint32 conn, MakerSegment segment);

/* Host `from` sends a RST that answers segment `id`. */
guint64 maker_refuse (StoryMaker *maker, guint64 id);

void maker_arrive (StoryMaker *maker, guint64 id);
void maker_discard (StoryMaker *maker, guint64 id, SfDiscard reason);

/* `rule` -1: none. `until` 0: not said. */
void maker_fate (StoryMaker *maker, guint64 id, SfFate fate, gint32 rule, SfTime until);

/* A copy of segment `id` comes into being; returns its number. */
guint64 maker_copy (StoryMaker *maker, guint64 id, gint32 rule);

/* The segment is forged as if `conn` had sent it; returns its number. */
guint64 maker_forge (StoryMaker *maker, guint32 conn, MakerSegment segment);

void maker_timer (StoryMaker *maker, guint32 conn, SfTimer timer, SfTimerAction action, SfTime until, guint32 count);

/* A call returns; `text` is what it sent literally, NULL: a pattern. */
void maker_call (StoryMaker *maker, guint32 conn, SfOp op, gint64 amount, int error);
void maker_send_text (StoryMaker *maker, guint32 conn, const char *text, guint64 offset);
/* A SEND has to wait: `taken` bytes have found room, `waiting` have not. */
void maker_send_waits (StoryMaker *maker, guint32 conn, gint64 taken, guint64 waiting, guint64 offset);
void maker_deliver (StoryMaker *maker, guint32 conn, guint32 stream, guint64 offset, guint32 len);

/* The same of bytes that are not the peer's. */
void maker_deliver_foreign (StoryMaker *maker, guint32 conn, guint32 stream, guint64 offset, guint32 len);

/* The congestion variables; a measured round-trip time. */
void maker_cwnd (StoryMaker *maker, guint32 conn, guint32 cwnd, guint32 ssthresh);
void maker_rtt (StoryMaker *maker, guint32 conn, SfTime sample);

void maker_power (StoryMaker *maker, guint16 host, gboolean up);
void maker_link (StoryMaker *maker, gboolean up);
