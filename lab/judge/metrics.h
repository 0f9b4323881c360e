/* SPDX-License-Identifier: MIT
 *
 * Metrics: numbers that sum a run up, read from its trace. Each is a row of a table. A row describes how to compute its
 * metric in one of the ways of SfMetric, or names a function.
 */
#pragma once

#include "lab/judge/comparison.h"
#include "trace/trace.h"

/* The records that a metric is about. */
typedef struct
{
  guint16 host; /* SF_NO_HOST: all hosts */
  guint32 conn; /* the n-th connection of `host`, 0: all */
} SfScope;

/* Returns what one record adds to a sum. */
typedef gint64 (*SfWeigh) (const SfRecord *record);

/* Measures a time of a connection. FALSE if it has none. */
typedef gboolean (*SfMeasureConn) (const SfTrace *trace, const SfTraceConn *conn, SfTime *ret_time);

/* What is computed from the number of connections in a state, which changes during the run. */
typedef enum
{
  SF_POPULATION_NONE,
  SF_POPULATION_MOST, /* the maximum */
  SF_POPULATION_MEAN, /* the mean over time; none if the run took no time */
} SfPopulation;

/* A row of the table. It has one of four ways to compute the metric. */
typedef struct
{
  const char *name; /* as scenarios write it: "handshake-time" */
  SfUnit unit;
  const char *doc;
  /* The sum of `weigh` over all records of a kind. */
  SfRecordKind records;
  SfWeigh weigh;
  /* The number of connections in `state`. */
  SfPopulation population;
  SfState state;
  /* The maximum of `measure` over the connections. */
  SfMeasureConn measure;
  /* A function. FALSE if the run has no such number. */
  gboolean (*value) (const SfTrace *trace, SfScope scope, gint64 *ret_value);
} SfMetric;

/* Computes `metric` in `scope` for the run of `trace`, which is indexed. FALSE if the run has no such number (the time
 * of a handshake that was never completed). */
gboolean sf_metric_value (const SfMetric *metric, const SfTrace *trace, SfScope scope, gint64 *ret_value);

/* Returns the table. Stores its length. */
const SfMetric *sf_metrics (guint *ret_n);

/* Returns the names of the metrics, NULL-terminated, in the order of the table. */
const char *const *sf_metric_names (void);
