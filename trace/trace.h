/* SPDX-License-Identifier: MIT
 *
 * A story: everything about one finished run that a reader of it needs, and no more: what was recorded, what the
 * hosts, links and fault rules are called, and what the run was about. lab/ makes one of a run, plots/ draws
 * one; neither knows the other. It owns all that it points to and does not need the plan or the world any more.
 *
 * Records are named by their index from 0. In trace.jsonl record i is line i + 2: line 1 is the header.
 */
#pragma once

#include "models/content.h"
#include "models/plan.h"
#include "models/record.h"
#include "base/wording.h"

typedef struct
{
  char *name;
  gboolean router;
  guint32 addr; /* first IPv4 address, host byte order; of a router the one that it gives to the hosts behind it, 0: none */
  guint32 n_addrs;
} SfStoryHost;

typedef struct
{
  char *name;
  guint16 a, b;
} SfStoryLink;

typedef struct
{
  char *text;   /* in words: "drop from server S. nth 1" */
  guint32 line; /* of the scenario, 0: unknown */
} SfStoryFault;

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

/* A connection or listener, summed up from the records by sf_story_index(). */
typedef struct
{
  guint32 serial;   /* 0: there is none with this number */
  guint32 parent;   /* serial of its listener, 0: opened actively */
  guint32 nth;      /* the n-th connection of its host, from 1; 0 for a listener */
  guint32 laddr, raddr;
  guint16 lport, rport;
  guint32 seen_addr; /* laddr and lport as the other end gets them: not the same behind a router that translates */
  guint16 seen_port;
  guint16 host;
  gboolean listener;
  gboolean has_iss, has_irs; /* no: it never sent anything (with an ACK) */
  SfSeq iss, irs;
  guint born, gone; /* records; `gone` is SF_NO_RECORD while it lives at the end of the run */
  guint first_change, n_changes; /* its part of SfStory.changes */
} SfStoryConn;

typedef struct
{
  char *file;      /* of the scenario, NULL: none */
  SfWording *title;
  SfWording *asks; /* NULL: nothing, as for the next */
  SfWording *explain;
  SfWording *lesson; /* of a variant with a title of its own: the title of the scenario; otherwise NULL */
  char *variant;   /* "standard" for the run without overrides */
  SfSeed seed;
  GArray *hosts;   /* SfStoryHost, routers included */
  GArray *links;   /* SfStoryLink */
  GArray *faults;  /* SfStoryFault, by number of the rule for segments */
  GPtrArray *texts; /* char *: what applications send literally, by number */
  GArray *records; /* SfRecord */
  GArray *conns;   /* SfStoryConn, connection `serial` at serial - 1; empty until sf_story_index(), as is the next */
  GArray *changes; /* guint: the STATE and GONE records of each connection, together and in order */
  SfEnd end;
  SfTime end_time; /* the instant until which the run was to last, or of the last record if it was not said */
  guint64 n_events;
} SfStory;

/* Returns a story without hosts and records, all strings NULL. */
SfStory *sf_story_new (void);
void sf_story_free (SfStory *story);

/* Returns the story of a run of `plan` that is yet to be recorded: its hosts, links and texts. */
SfStory *sf_story_of_plan (const SfPlan *plan);

/* Makes `story` the story of another run of the same plan, with seed `seed`, that is yet to be recorded; it keeps its memory. */
void sf_story_reset (SfStory *story, SfSeed seed);

/* A listener (SfTraceSink) that appends every record to the story `user`. */
void sf_story_sink (gpointer user, const SfRecordHead *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfStory, sf_story_free)

/* Appends a host, link or fault rule; strings are copied. */
void sf_story_add_host (SfStory *story, const char *name, gboolean router, guint32 addr, guint32 n_addrs);
void sf_story_add_link (SfStory *story, const char *name, guint16 a, guint16 b);
void sf_story_add_fault (SfStory *story, const char *text, guint32 line);

/* Sums up the connections; to be called when all records are there. */
void sf_story_index (SfStory *story);

/* Returns the name of host number `host`, "?" for SF_NO_HOST. */
const char *sf_story_host_name (const SfStory *story, guint16 host);

/* Returns the name of link number `link`, "?" for SF_NO_HOST. */
const char *sf_story_link_name (const SfStory *story, guint16 link);

/* Returns the number of the host called `name`, SF_NO_HOST if there is none. */
guint16 sf_story_host_named (const SfStory *story, const char *name);

/* Returns the connection or listener `serial`, NULL if there is none. */
const SfStoryConn *sf_story_conn (const SfStory *story, guint32 serial);

/* Returns the `nth` connection (from 1) of `host`, listeners not counted; NULL if there are not so many. */
const SfStoryConn *sf_story_conn_nth (const SfStory *story, guint16 host, guint nth);

/* Returns the first listener of `host`, NULL if it has none. */
const SfStoryConn *sf_story_listener (const SfStory *story, guint16 host);

/* Returns what is literal text among all that was sent, for sf_content_fill(): SfContentText, good while the story is.
 * */
GArray *sf_story_content (const SfStory *story);

static inline guint
sf_story_n_hosts (const SfStory *story)
{
  return story->hosts->len;
}

static inline guint
sf_story_n_records (const SfStory *story)
{
  return story->records->len;
}

/* Returns record number `i`. */
static inline const SfRecord *
sf_story_record (const SfStory *story, guint i)
{
  return &g_array_index (story->records, SfRecord, i);
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

/* The line of trace.jsonl that shows record number `i`. */
static inline guint
sf_trace_line (guint i)
{
  return i + 2;
}
