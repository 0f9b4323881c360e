/* SPDX-License-Identifier: MIT
 *
 * The world: one simulation of hosts, links, connections and applications, as one value.
 *
 * Everything that changes is in pools and arrays of the world, and is named by handles. Everything that does not change
 * is in the plan, which many worlds share. So sf_net_copy() can copy a simulation while it runs, and a plan is run
 * again by copying a new world.
 */
#pragma once

#include "models/plan.h"
#include "models/record.h"
#include "sim/kernel.h"

typedef struct SfNet SfNet;

/* The kinds of events: rows of the handler table in models/net.c. They stand in the order in which events of one
 * instant run, by class: faults and changes of links, arrivals, timers, applications. A class has SF_QUEUE_CLASS
 * numbers. */
typedef enum
{
  SF_EVENT_TIMED_FAULT = 0 * SF_QUEUE_CLASS, /* target: index of the plan */
  SF_EVENT_SEGMENT_RELEASE,                  /* target: a segment that a fault held back leaves its host */

  SF_EVENT_LINK_ARRIVAL = 1 * SF_QUEUE_CLASS, /* target: direction of a link: its first segment arrives */
  SF_EVENT_SEGMENT_ARRIVAL, /* target: a segment with an arrival event of its own (jitter, reordering, to itself) */

  SF_EVENT_TCP_TIMER = 2 * SF_QUEUE_CLASS, /* target: connection */

  SF_EVENT_PROCESS_START = 3 * SF_QUEUE_CLASS, /* target: process; its start, or the end of its WAIT or AT */
  SF_EVENT_PROCESS_WAKE,                       /* target: process; deferred by sf_process_wake() */
  SF_N_EVENT_KINDS
} SfEventKind;

/* A segment on a link that keeps the order. */
typedef struct
{
  SfTime arrives_at;
  SfTime departs_at; /* when its last bit leaves the transmitter */
  guint32 segment;
} SfInFlight;

/* A segment with an arrival event of its own that waits for the transmitter, is in it, or has left it recently. */
typedef struct
{
  SfTime departs_at;
  guint32 event;
} SfDeparting;

/* A segment that waits, or has waited, for the transmitter. */
typedef struct
{
  SfTime begins; /* when its transmission begins; from then on it does not count */
  guint32 bytes;
} SfWaiting;

/* The state of one direction of a link (models/link.c). */
typedef struct
{
  SfRing in_flight; /* SfInFlight, first to arrive first; only the first has an event */
  guint32 arrival;  /* that event, 0: nothing is in flight */
  SfRing departing; /* SfDeparting, first to depart first; those that have departed are removed later */
  SfRing queue;     /* SfWaiting: drop-tail, used only if it is limited; those that have begun are removed later */
  guint64 queued_bytes;
  SfTime busy_until;   /* when the transmitter is free */
  SfTime last_arrival; /* for jitter that keeps the order */
  gboolean down;
  gboolean bad; /* Gilbert–Elliott: in the bad state */
  SfRandom loss, jitter, duplicate, reorder, corrupt;
} SfLinkDirection;

/* The state of a host (models/host.c). */
typedef struct
{
  gboolean down;
  guint16 next_port; /* sequential ephemeral ports */
  SfRandom isn, port;
  SfTime booted;          /* origin of its clocks */
  SfTime challenge_since; /* RFC 5961 §7: start of the current window … */
  guint32 challenges;     /* … and challenge ACKs sent in it */
  guint32 n_conns;        /* connections opened and accepted so far */
  guint32 newest_conn;    /* handle of the connection made last, 0: none or gone */
  guint32 mappings;       /* first of those of a translating router (models/nat.c), 0: none */
  guint32 stamps;         /* first of the remembered timestamps of its peers (models/tcp/recycle.c), 0: none */
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
  guint8 why, why_timer; /* the cause of what happens now, SfWhy and SfTimer; set by models/tcp, for records */
};

/* Returns a new world at time 0 for `plan` (finished, must outlive it), with its processes and timed faults queued. */
SfNet *sf_net_new (const SfPlan *plan, SfSeed seed);
void sf_net_free (SfNet *net);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfNet, sf_net_free)

/* Sets the listener for trace records (SfRecord); NULL: none. */
void sf_net_listen (SfNet *net, SfRecordSink sink, gpointer user);

/* Makes `copy`, a world of the same plan, equal to `net`, reusing its memory. It keeps its own listener. */
void sf_net_copy (SfNet *copy, const SfNet *net);

/* Returns a new world equal to `net`, without a listener. */
SfNet *sf_net_clone (const SfNet *net);

/* Makes `net` equal to a new world with `seed`, at time 0, reusing its memory. */
void sf_net_reset (SfNet *net, SfSeed seed);

/* Runs until `until`, until nothing is left to do, or for `max_events` events. */
SfStop sf_net_run (SfNet *net, SfTime until, guint64 max_events);

/* Returns a digest of the whole state of the world; equal for a world and its clone. */
guint64 sf_net_hash (const SfNet *net);

/* --- for models only --- */

/* Sends `segment` from host `from`: gives it an id, records it, tries the faults, and puts it on the first link. It is
 * a handle of net->segments, and belongs to the network from here on. */
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

/* Sets time and kind of `record`, and passes it to the listener; call it only if sf_net_traced(). */
void sf_net_trace (const SfNet *net, SfRecordKind kind, SfRecord *record);

/* The same for a fate of `seg`: the caller sets fate, place and rule in `record`. */
void sf_net_trace_fate (const SfNet *net, const SfSegment *seg, SfRecord *record);

/* Makes `copy`, byte for byte equal to the original, a segment of its own: sets its id, its time and its marks. */
void sf_net_make_copy (SfNet *net, SfSegment *copy);
