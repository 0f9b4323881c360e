/* SPDX-License-Identifier: MIT
 *
 * A trace: everything about one finished run that a reader of it needs, and no more: what was recorded, what the
 * hosts, links and fault rules are called, and what the run was about. lab/ makes one of a run, plots/ draws
 * one; neither knows the other. It owns all that it points to and does not need the plan or the world any more.
 *
 * Records are named by their index from 0. In trace.jsonl record i is line i + 2: line 1 is the header.
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
    addr; /* first IPv4 address, host byte order; of a router the one that it gives to the hosts behind it, 0: none */
  guint32 n_addrs;
} SfTraceHost;

typedef struct
{
  char *name;
  guint16 a, b;
} SfTraceLink;

typedef struct
{
  char *text;   /* in words: "drop from server S. nth 1" */
  guint32 line; /* of the scenario, 0: unknown */
} SfTraceFault;

/* How the run came to its end. */
typedef enum
{
  SF_END_IDLE,        /* nothing was left to do */
  SF_END_UNTIL,       /* the instant came at which the scenario ends it */
  SF_END_TIME_LIMIT,  /* it reached the limit of simulated time: a failure */
  SF_END_EVENT_LIMIT, /* it reached the limit of events: a failure */
} SfEnd;

/* "idle", "until", "time-limit", "event-limit". */
const char *sf_end_name (SfEnd end);

#define SF_NO_RECORD G_MAXUINT

/* A connection or listener, summed up from the records by sf_trace_index(). */
typedef struct
{
  guint32 serial; /* 0: there is none with this number */
  guint32 parent; /* serial of its listener, 0: opened actively */
  guint32 nth;    /* the n-th connection of its host, from 1; 0 for a listener */
  guint32 laddr, raddr;
  guint16 lport, rport;
  guint32 seen_addr; /* laddr and lport as the other end gets them: not the same behind a router that translates */
  guint16 seen_port;
  guint16 host;
  gboolean listener;
  gboolean has_iss, has_irs; /* no: it never sent anything (with an ACK) */
  SfSeq iss, irs;
  guint born, gone;              /* records; `gone` is SF_NO_RECORD while it lives at the end of the run */
  guint first_change, n_changes; /* its part of SfTrace.changes */
} SfTraceConn;

typedef struct
{
  char *file; /* of the scenario, NULL: none */
  SfWording *title;
  SfWording *asks; /* NULL: nothing, as for the next */
  SfWording *explain;
  SfWording *lesson; /* of a variant with a title of its own: the title of the scenario; otherwise NULL */
  char *variant;     /* "standard" for the run without overrides */
  SfSeed seed;
  GArray *hosts;    /* SfTraceHost, routers included */
  GArray *links;    /* SfTraceLink */
  GArray *faults;   /* SfTraceFault, by number of the rule for segments */
  GPtrArray *texts; /* char *: what applications send literally, by number */
  GArray *records;  /* SfRecord */
  GArray *conns;    /* SfTraceConn, connection `serial` at serial - 1; empty until sf_trace_index(), as is the next */
  GArray *changes;  /* guint: the STATE and GONE records of each connection, together and in order */
  SfEnd end;
  SfTime end_time; /* the instant until which the run was to last, or of the last record if it was not said */
  guint64 n_events;
} SfTrace;

/* Returns a trace without hosts and records, all strings NULL. */
SfTrace *sf_trace_new (void);
void sf_trace_free (SfTrace *trace);

/* Returns the trace of a run of `plan` that is yet to be recorded: its hosts, links and texts. */
SfTrace *sf_trace_of_plan (const SfPlan *plan);

/* Makes `trace` the trace of another run of the same plan, with seed `seed`, that is yet to be recorded; it keeps its
 * memory. */
void sf_trace_reset (SfTrace *trace, SfSeed seed);

/* A listener (SfRecordSink) that appends every record to the trace `user`. */
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

/* Sums up the connections; to be called when all records are there. */
void sf_trace_index (SfTrace *trace);

/* Returns the name of host number `host`, "?" for SF_NO_HOST. */
const char *sf_trace_host_name (const SfTrace *trace, guint16 host);

/* Returns the name of link number `link`, "?" for SF_NO_LINK. */
const char *sf_trace_link_name (const SfTrace *trace, guint16 link);

/* Returns the number of the host called `name`, SF_NO_HOST if there is none. */
guint16 sf_trace_host_named (const SfTrace *trace, const char *name);

/* Returns the connection or listener `serial`, NULL if there is none. */
const SfTraceConn *sf_trace_conn (const SfTrace *trace, guint32 serial);

/* Returns the `nth` connection (from 1) of `host`, listeners not counted; NULL if there are not so many. */
const SfTraceConn *sf_trace_conn_nth (const SfTrace *trace, guint16 host, guint nth);

/* Returns the first listener of `host`, NULL if it has none. */
const SfTraceConn *sf_trace_listener (const SfTrace *trace, guint16 host);

/* Returns what is literal text among all that was sent, for sf_content_fill(): SfContentText, good while the trace is.
 * */
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

/* Returns the segment that `record` shows (SEND, ARRIVE, COPIED, INJECTED), NULL for others. */
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

/* The line of trace.jsonl that shows record number `i`. */
static inline guint
sf_trace_line (guint i)
{
  return i + 2;
}
