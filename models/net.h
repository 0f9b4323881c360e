/* SPDX-License-Identifier: MIT
 *
 * The world: one simulation of hosts, links, connections and applications, as one value.
 *
 * All that changes lives in pools and arrays that belong to the world and is named by handles; all that does not
 * change is in the plan, which many worlds share. Therefore sf_net_copy() makes a running simulation of its own,
 * and running one plan again is copying a fresh world.
 */
#pragma once

#include "models/plan.h"
#include "models/record.h"
#include "sim/kernel.h"

typedef struct SfNet SfNet;

/* Rows of the handler table (models/net.c). */
typedef enum
{
  SF_EVENT_LINK_ARRIVAL,    /* target: direction of a link: its first segment arrives */
  SF_EVENT_SEGMENT_ARRIVAL, /* target: a segment that travels on its own (jitter, reordering) arrives at the end of its
                               link */
  SF_EVENT_SEGMENT_RELEASE, /* target: a segment that a fault held back leaves its host */
  SF_EVENT_TCP_TIMER,       /* target: connection */
  SF_EVENT_PROCESS_START,   /* target: process; its start, or the end of its WAIT or AT */
  SF_EVENT_PROCESS_WAKE,    /* target: process; deferred by sf_process_wake() */
  SF_EVENT_TIMED_FAULT,     /* target: index of the plan */
  SF_N_EVENT_KINDS
} SfEventKind;

/* A segment on its way along a link that keeps the order. */
typedef struct
{
  SfTime arrives_at;
  guint32 segment;
} SfInFlight;

/* A segment that waits, or waited, for the transmitter. */
typedef struct
{
  SfTime begins; /* its transmission: from then on it is in the queue no more */
  guint32 bytes;
} SfWaiting;

/* One direction of a link at work (models/link.c). */
typedef struct
{
  SfRing in_flight; /* SfInFlight, first to arrive first; only the first has an event */
  SfRing queue;     /* SfWaiting: drop-tail, kept only where it is limited; those that have begun go at the next look */
  guint64 queued_bytes;
  SfTime busy_until;   /* when the transmitter is free */
  SfTime last_arrival; /* for jitter that keeps the order */
  gboolean down;
  gboolean bad; /* Gilbert–Elliott: in the bad state */
  SfRandom loss, jitter, duplicate, reorder, corrupt;
} SfLinkDirection;

/* A host at work (models/host.c). */
typedef struct
{
  gboolean down;
  guint16 next_port; /* sequential ephemeral ports */
  SfRandom isn, port;
  SfTime booted;          /* origin of its clocks */
  SfTime challenge_since; /* RFC 5961 §7: start of the current window … */
  guint32 challenges;     /* … and challenge ACKs sent in it */
  guint32 n_conns;        /* connections opened and accepted so far */
  guint32 newest_conn;    /* handle of the connection that came last, 0: none or gone */
  guint32 mappings;       /* first of its pairs of address and port that a router translates (models/nat.c), 0: none */
  guint32 stamps;         /* first of what it remembers of its peers' timestamps (models/tcp/recycle.c), 0: nothing */
} SfHost;

#define SF_LISTENER_BUCKETS 64

struct SfNet
{
  SfSim sim; /* first: handlers get the world by casting */
  const SfPlan *plan;
#define SF_POOL(member, Type) SfPool member;
#include "models/pools.inc"
#undef SF_POOL
  guint32 n_until;             /* processes that wait in an UNTIL */
  SfLinkDirection *directions; /* 2 × links */
  SfHost *hosts;
  guint32 *demux; /* 4-tuple table: handles of connections (models/tcp/demux.c) */
  guint32 demux_size, demux_used;
  guint32 listener_heads[SF_LISTENER_BUCKETS]; /* by host and port (models/tcp/listener.c) */
  guint32 *fault_matches;                      /* per rule: how many segments have matched */
  guint64 next_segment;                        /* id of the segment sent last */
  guint32 next_serial;                         /* serial of the connection made last */
  guint64 cause;                               /* id of the segment that is being processed, 0: none; for records */
  guint8 why, why_timer; /* what makes things happen now: SfWhy and SfTimer; kept by models/tcp, for records */
};

/* Returns a new world at time 0 for `plan` (finished, must outlive it), with its processes and timed faults queued. */
SfNet *sf_net_new (const SfPlan *plan, SfSeed seed);
void sf_net_free (SfNet *net);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfNet, sf_net_free)

/* Sets the listener for trace records (SfRecord); NULL: none. */
void sf_net_listen (SfNet *net, SfRecordSink sink, gpointer user);

/* Makes `copy` (a world of the same plan) the same simulation at the same instant, reusing its memory.
 * The copy keeps its own listener. */
void sf_net_copy (SfNet *copy, const SfNet *net);

/* Returns a world of its own that is at the same point as `net`; it has no listener. */
SfNet *sf_net_clone (const SfNet *net);

/* Back to time 0 with another seed: the same as a new world, without the allocations. */
void sf_net_reset (SfNet *net, SfSeed seed);

/* Runs until `until`, until nothing is left to do, or for `max_events` events. */
SfStop sf_net_run (SfNet *net, SfTime until, guint64 max_events);

/* A digest of everything that the world is; equal for a world and its clone. */
guint64 sf_net_hash (const SfNet *net);

/* --- for models only --- */

/* Sends a segment of host `from` on its way: gives it an id, tells the listener, tries the faults, and puts it on the
 * first link. `seg` comes from net->segments and belongs to the network from here on. */
void sf_net_send (SfNet *net, guint16 from, guint32 segment);

static inline SfSegment *
sf_net_segment (const SfNet *net, guint32 handle)
{
  return sf_pool_at (&net->segments, handle);
}

static inline gboolean
sf_net_traced (const SfNet *net)
{
  return G_UNLIKELY (net->sim.sink != NULL);
}

/* Completes `record` (time) and hands it to the listener; call it only if sf_net_traced(). */
void sf_net_trace (const SfNet *net, SfRecordKind kind, SfRecord *record);

/* The same for what befalls `seg`: `record` says which fate, where, by which rule. */
void sf_net_trace_fate (const SfNet *net, const SfSegment *seg, SfRecord *record);

/* Makes `copy`, which so far is byte for byte another segment, a copy of it that comes into being now. */
void sf_net_make_copy (SfNet *net, SfSegment *copy);
