/* SPDX-License-Identifier: MIT
 *
 * A trace: everything that a reader of one finished run needs, and no more: what was recorded, the names of hosts,
 * links and fault rules, and what the run was about. lab/ makes a trace from a run, plots/ draws it; neither knows the
 * other. A trace owns everything that it points to; it does not need the plan or the simulation any more.
 *
 * Records are named by their index, from 0. Record i is line i + 2 of trace.jsonl: line 1 is the header.
 */
#pragma once

#include "base/wording.h"
#include "models/content.h"
#include "models/plan.h"
#include "models/record.h"

typedef struct
{
  char *name;
  gboolean router;
  guint32
    addr; /* first IPv4 address, host byte order; 0: none. A router's is the one that it gives to the hosts behind it */
  guint32 n_addrs;
} SfTraceHost;

typedef struct
{
  char *name;
  guint16 a, b;
} SfTraceLink;

typedef struct
{
  char *text;   /* the rule in words: "drop from server S. nth 1" */
  guint32 line; /* of the scenario, 0: unknown */
} SfTraceFault;

/* How the run ended. */
typedef enum
{
  SF_END_IDLE,        /* nothing was left to do */
  SF_END_UNTIL,       /* the scenario ends it at this instant */
  SF_END_TIME_LIMIT,  /* it reached the limit of simulated time: a failure */
  SF_END_EVENT_LIMIT, /* it reached the limit of events: a failure */
} SfEnd;

/* Returns "idle", "until", "time-limit" or "event-limit". */
const char *sf_end_name (SfEnd end);

#define SF_NO_RECORD G_MAXUINT

/* A connection or listener, as sf_trace_index() finds it in the records. */
typedef struct
{
  guint32 serial; /* 0: no connection has this number */
  guint32 parent; /* serial of its listener, 0: opened actively */
  guint32 nth;    /* it is the n-th connection of its host, from 1; 0 for a listener */
  guint32 laddr, raddr;
  guint16 lport, rport;
  guint32 seen_addr; /* laddr as the other end sees it, which differs behind a router that translates addresses */
  guint16 seen_port;
  guint16 host;
  gboolean listener;
  gboolean has_iss, has_irs; /* FALSE: it never sent anything (with an ACK) */
  SfSeq iss, irs;
  guint born, gone;              /* records; `gone` is SF_NO_RECORD if it existed at the end of the run */
  guint first_change, n_changes; /* its slice of SfTrace.changes */
} SfTraceConn;

typedef struct
{
  char *file; /* the scenario file, NULL: none */
  SfWording *title;
  SfWording *asks; /* NULL: none, as with the next */
  SfWording *explain;
  SfWording *lesson; /* the title of the scenario if the variant has a title of its own; otherwise NULL */
  char *variant;     /* "standard" for the run without overrides */
  SfSeed seed;
  GArray *hosts;    /* SfTraceHost, routers included */
  GArray *links;    /* SfTraceLink */
  GArray *faults;   /* SfTraceFault, by number of the rule */
  GPtrArray *texts; /* char *: literal texts that applications send, by number */
  GArray *records;  /* SfRecord */
  GArray *conns;    /* SfTraceConn, connection `serial` at serial - 1; sf_trace_index() fills this and the next */
  GArray *changes;  /* guint: the STATE and GONE records, connection by connection, in order */
  SfEnd end;
  SfTime end_time; /* the instant that the scenario gives, otherwise that of the last record */
  guint64 n_events;
} SfTrace;

/* Returns a trace without hosts and records, all strings NULL. */
SfTrace *sf_trace_new (void);
void sf_trace_free (SfTrace *trace);

/* Returns a trace with the hosts, links and texts of `plan`, ready to record a run of it. */
SfTrace *sf_trace_of_plan (const SfPlan *plan);

/* Empties `trace`, ready to record another run of the same plan with seed `seed`. Memory is kept for reuse. */
void sf_trace_reset (SfTrace *trace, SfSeed seed);

/* An SfRecordSink that appends every record to `user`, an SfTrace. */
void sf_trace_sink (gpointer user, const SfRecordHead *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfTrace, sf_trace_free)

/* Returns a trace with the hosts, links and fault rules of `trace`, which it may outlive, and without records. */
SfTrace *sf_trace_excerpt_new (const SfTrace *trace);

/* Copies record `i` of `trace` into `excerpt`, and in front of it the record that shows the segment it is about, if it
 * names one by number only. Returns its number in `excerpt`. */
guint sf_trace_excerpt_add (SfTrace *excerpt, const SfTrace *trace, guint i);

/* Appends a host, link or fault rule; strings are copied. */
void sf_trace_add_host (SfTrace *trace, const char *name, gboolean router, guint32 addr, guint32 n_addrs);
void sf_trace_add_link (SfTrace *trace, const char *name, guint16 a, guint16 b);
void sf_trace_add_fault (SfTrace *trace, const char *text, guint32 line);

/* Makes the index of connections, `conns` and `changes`. Call it when all records are there. */
void sf_trace_index (SfTrace *trace);

/* Returns the name of host number `host`, "?" for SF_NO_HOST. */
const char *sf_trace_host_name (const SfTrace *trace, guint16 host);

/* Returns the name of link number `link`, "?" for SF_NO_LINK. */
const char *sf_trace_link_name (const SfTrace *trace, guint16 link);

/* Returns the number of the host called `name`, SF_NO_HOST if there is none. */
guint16 sf_trace_host_named (const SfTrace *trace, const char *name);

/* Returns the connection or listener `serial`, NULL if there is none. */
const SfTraceConn *sf_trace_conn (const SfTrace *trace, guint32 serial);

/* Returns the `nth` connection (from 1) of `host`, listeners not counted; NULL if it has fewer. */
const SfTraceConn *sf_trace_conn_nth (const SfTrace *trace, guint16 host, guint nth);

/* Returns the first listener of `host`, NULL if it has none. */
const SfTraceConn *sf_trace_listener (const SfTrace *trace, guint16 host);

/* Returns the literal texts that were sent (SfContentText), for sf_content_fill(). They point into `trace`. */
GArray *sf_trace_content (const SfTrace *trace);

static inline guint
sf_trace_n_hosts (const SfTrace *trace)
{
  return trace->hosts->len;
}

static inline guint
sf_trace_n_records (const SfTrace *trace)
{
  return trace->records->len;
}

/* Returns record number `i`. */
static inline const SfRecord *
sf_trace_record (const SfTrace *trace, guint i)
{
  return &g_array_index (trace->records, SfRecord, i);
}

/* Returns the segment in `record` (SEND, ARRIVE, COPIED, INJECTED), NULL for others. */
static inline const SfSegment *
sf_record_segment (const SfRecord *record)
{
  if (record->head.kind == SF_RECORD_SEND)
    return &record->send;
  if (record->head.kind == SF_RECORD_ARRIVE)
    return &record->arrive;
  if (record->head.kind == SF_RECORD_FATE
      && (record->fate.fate == SF_FATE_COPIED || record->fate.fate == SF_FATE_INJECTED))
    return &record->fate.copy;
  return NULL;
}

/* Returns the last record before record `i` that shows segment number `id`, SF_NO_RECORD if none does. */
guint sf_trace_segment_before (const SfTrace *trace, guint64 id, guint i);

/* Returns the line of trace.jsonl that holds record number `i`. */
static inline guint
sf_trace_line (guint i)
{
  return i + 2;
}
