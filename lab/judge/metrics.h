/* SPDX-License-Identifier: MIT
 *
 * Metrics: numbers that sum a run up, read from its trace. A table: a number that is
 * found in one of the ways of SfMetric is a row; another is a function and a row.
 */
#pragma once

#include "lab/judge/comparison.h"
#include "trace/trace.h"

/* Whose metric. */
typedef struct
{
  guint16 host; /* SF_NO_HOST: of all hosts */
  guint32 conn; /* the n-th connection of it, 0: of all */
} SfScope;

/* What a record counts for. */
typedef gint64 (*SfWeigh) (const SfRecord *record);

/* A time of a connection; FALSE if it has none. */
typedef gboolean (*SfMeasureConn) (const SfTrace *trace, const SfTraceConn *conn, SfTime *ret_time);

/* What is asked of the number of connections in a state, as it changes over the run. */
typedef enum
{
  SF_POPULATION_NONE,
  SF_POPULATION_MOST, /* the greatest */
  SF_POPULATION_MEAN, /* the mean over the time; there is none if the run took no time */
} SfPopulation;

/* A row: one of four ways to find a number. */
typedef struct
{
  const char *name; /* as in a scenario: "handshake-time" */
  SfUnit unit;
  const char *doc;
  /* The sum of what all records of a kind count for. */
  SfRecordKind records;
  SfWeigh weigh;
  /* Connections in a state. */
  SfPopulation population;
  SfState state;
  /* The longest of a time of the connections. */
  SfMeasureConn measure;
  /* Or a function of its own; FALSE if there is no such number. */
  gboolean (*value) (const SfTrace *trace, SfScope scope, gint64 *ret_value);
} SfMetric;

/* Finds the number of `metric` that the run of `trace`, which is indexed, has in `scope`. FALSE if there is no such
 * number (the time of a handshake that never ended). */
gboolean sf_metric_value (const SfMetric *metric, const SfTrace *trace, SfScope scope, gint64 *ret_value);

/* Returns the table and its length. */
const SfMetric *sf_metrics (guint *ret_n);

/* Returns the names, NULL-terminated, in the order of the table. */
const char *const *sf_metric_names (void);
