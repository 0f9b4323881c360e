/* SPDX-License-Identifier: MIT
 *
 * The facts of verdicts: what each check compared. Arrays of expected values are shared with the check; everything that
 * was seen is a copy. Hosts are numbers in the trace. A fact that the check does not ask for is absent.
 */
#pragma once

#include "lab/judge/comparison.h"
#include "lab/judge/metrics.h"
#include "lab/judge/verdict.h"

/* A connection of a host; `conn` is 0 if the check names none. */
typedef struct
{
  guint16 host;
  guint32 conn;
} SfEndRef;

/* `states`: SfStatesFacts has one of these for each end. */
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

/* `state`: the forms of the check. */
typedef enum
{
  SF_WHEN_AT,     /* in the state at an instant */
  SF_WHEN_BY,     /* entered by an instant */
  SF_WHEN_NEVER,  /* never entered */
  SF_WHEN_AT_END, /* in the state at the end of the run */
  SF_WHEN_TIMES,  /* entered, left, or both, at exact instants */
} SfWhen;

typedef struct
{
  SfEndRef end;
  SfState state; /* the expected state */
  SfWhen when;
  SfTime time;                    /* AT, BY */
  SfState seen;                   /* AT, AT_END: the state that was seen */
  GArray *entered, *left;         /* TIMES: SfTime, expected; NULL: not checked */
  GArray *was_entered, *was_left; /* all but AT, AT_END: SfTime, seen; NULL: not checked */
  GArray *history;                /* SfSpan: all states of the end */
} SfStateFacts;

/* `segments` */
typedef struct
{
  gboolean has_count;
  SfComparison count;
  const char *fate; /* "dropped"; NULL: any */
  GArray *at;       /* SfTime, expected; NULL: not checked */
  GArray *seen;     /* SfTime: when the segments that were found were sent */
} SfSegmentsFacts;

/* `order`: up to the first missing segment. */
typedef struct
{
  guint n, n_found;
  char *missing;  /* the missing segment, as written; NULL: none is missing */
  char *after;    /* the segment before it in the list; NULL: it is the first */
  SfTime earlier; /* when the missing segment was sent before that one; SF_NEVER: it was not */
} SfOrderFacts;

/* `exactly`: up to the first difference. */
typedef struct
{
  guint n_expected, n_seen;
  guint differs;  /* number (from 1) of the first segment that differs; 0: none */
  char *expected; /* that segment, as written; NULL: no more were expected */
  guint seen;     /* the record in the excerpt that was seen; SF_NO_RECORD: none */
  gboolean timed; /* its time is checked */
} SfExactlyFacts;

/* `delivered` */
typedef struct
{
  gboolean has_bytes, has_foreign, whole;
  SfComparison bytes, foreign;              /* B */
  char *text;                               /* expected; NULL: not checked */
  gboolean connected;                       /* the connection exists; if not, nothing was seen */
  gint64 seen_bytes, seen_foreign, written; /* B; `written` by the peer */
  gboolean in_order; /* the bytes of the peer came from the first on, without gaps or repetitions */
  char *seen_text;   /* NULL: not checked */
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
  GArray *seen; /* SfCallError: all errors at that host */
} SfErrorFacts;

/* `errors` */
typedef struct
{
  guint16 host; /* SF_NO_HOST: all hosts */
  SfComparison count;
  GArray *seen; /* SfCallError: all errors at that host */
} SfErrorsFacts;

/* `metric` */
typedef struct
{
  const SfMetric *metric;
  SfScope scope;
  SfComparison value;
  gboolean has_seen; /* FALSE: the run has no such number */
  gint64 seen;       /* in the unit of the metric */
} SfMetricFacts;

/* `ends` */
typedef struct
{
  gboolean has_how, has_at;
  SfEnd how, seen_how;
  SfTime at, seen_at; /* times of the last event */
} SfEndsFacts;

/* A run that was stopped because it reached a limit: not a check, but a verdict before all others. */
typedef struct
{
  SfUnit unit;  /* unit of the limit: SF_UNIT_TIME, or SF_UNIT_COUNT of events */
  gint64 limit; /* ns, or a number of events */
  SfTime t;     /* when it was stopped */
  guint64 n_events;
  char *exchange[2]; /* the two segments that two ends answer each other with, without end; NULL: no such exchange */
} SfLimitFacts;
