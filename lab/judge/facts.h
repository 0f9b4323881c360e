/* SPDX-License-Identifier: MIT
 *
 * The facts of verdicts: per check, what it compared. Arrays that were expected belong to the check as well; all that
 * was seen is a copy. Hosts are numbers of the trace; a fact that was not asked for is not there.
 */
#pragma once

#include "lab/judge/comparison.h"
#include "lab/judge/metrics.h"
#include "lab/judge/verdict.h"

/* Which connection of which host; `conn` 0 where it says nothing. */
typedef struct
{
  guint16 host;
  guint32 conn;
} SfEndRef;

/* `states`: SfStatesFacts has one of these per end. */
typedef struct
{
  SfEndRef end;
  GArray *expected; /* SfState */
  GArray *seen;     /* SfSpan, see lab/judge/history.h */
} SfPathFacts;

typedef struct
{
  GArray *paths; /* SfPathFacts */
} SfStatesFacts;

/* `state`: what is asked. */
typedef enum
{
  SF_WHEN_AT,     /* it is in the state at an instant */
  SF_WHEN_BY,     /* it enters it by an instant */
  SF_WHEN_NEVER,  /* it never does */
  SF_WHEN_AT_END, /* it is in the state at the end of the run */
  SF_WHEN_TIMES,  /* it enters it, leaves it, or both, at these instants */
} SfWhen;

typedef struct
{
  SfEndRef end;
  SfState state; /* expected */
  SfWhen when;
  SfTime time;                    /* AT, BY */
  SfState seen;                   /* AT, AT_END: the state that it was in */
  GArray *entered, *left;         /* TIMES: SfTime, expected; NULL: not asked */
  GArray *was_entered, *was_left; /* all but AT, AT_END: SfTime, seen; NULL: not asked */
  GArray *history;                /* SfSpan: all states that it was in */
} SfStateFacts;

/* `segments` */
typedef struct
{
  gboolean has_count;
  SfComparison count;
  const char *fate; /* "dropped"; NULL: whatever */
  GArray *at;       /* SfTime, expected; NULL: not asked */
  GArray *seen;     /* SfTime: when those that were found were sent */
} SfSegmentsFacts;

/* `order`: up to the first segment that is missing. */
typedef struct
{
  guint n, n_found;
  char *missing;  /* as written; NULL: none is */
  char *after;    /* the one before it, NULL: it is the first */
  SfTime earlier; /* when such a segment was sent before that one; SF_NEVER: it was not */
} SfOrderFacts;

/* `exactly`: up to the first difference. */
typedef struct
{
  guint n_expected, n_seen;
  guint differs;  /* number of the first that is different, from 1; 0: none is */
  char *expected; /* that one, as written; NULL: there is none */
  guint seen;     /* its record in the excerpt; SF_NO_RECORD: there is none */
  gboolean timed; /* its time is asked for */
} SfExactlyFacts;

/* `delivered` */
typedef struct
{
  gboolean has_bytes, has_foreign, whole;
  SfComparison bytes, foreign;              /* B */
  char *text;                               /* NULL: not asked */
  gboolean connected;                       /* there is such a connection; if not, nothing was seen */
  gint64 seen_bytes, seen_foreign, written; /* B; the last one by the peer */
  gboolean in_order; /* the bytes of the peer came from the first on, without a gap or a repetition */
  char *seen_text;   /* NULL: not asked */
} SfDeliveredFacts;

/* A call that failed. */
typedef struct
{
  guint16 host;
  SfOp call;
  int error; /* errno */
  SfTime t;
} SfCallError;

/* `error` */
typedef struct
{
  guint16 host;
  const char *call; /* of sf_call_names(), NULL: any */
  int error;        /* errno */
  gboolean has_at;
  SfTime at;
  GArray *seen; /* SfCallError: all of that host */
} SfErrorFacts;

/* `errors` */
typedef struct
{
  guint16 host; /* SF_NO_HOST: all */
  SfComparison count;
  GArray *seen; /* SfCallError: all of that host */
} SfErrorsFacts;

/* `metric` */
typedef struct
{
  const SfMetric *metric;
  SfScope scope;
  SfComparison value;
  gboolean has_seen; /* no: there is no such number in this run */
  gint64 seen;       /* in the unit of the metric */
} SfMetricFacts;

/* `ends` */
typedef struct
{
  gboolean has_how, has_at;
  SfEnd how, seen_how;
  SfTime at, seen_at; /* of the last event */
} SfEndsFacts;

/* A run that was stopped since it reached a limit: no check, but a verdict in front of the others. */
typedef struct
{
  SfUnit unit;  /* of the limit: SF_UNIT_TIME, SF_UNIT_COUNT of events */
  gint64 limit; /* ns, or events */
  SfTime t;     /* when it was stopped */
  guint64 n_events;
} SfLimitFacts;
