/* SPDX-License-Identifier: MIT
 *
 * Metrics: numbers that sum a run up, read from its trace. A table; to add one, write its function and its row.
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

typedef struct
{
  const char *name; /* as in a scenario: "handshake-time" */
  SfUnit unit;
  const char *doc;
  /* FALSE if there is no such number (the time of a handshake that never ended). */
  gboolean (*value) (const SfTrace *trace, SfScope scope, gint64 *ret_value);
} SfMetric;

/* Returns the table and its length. */
const SfMetric *sf_metrics (guint *ret_n);

/* Returns the names, NULL-terminated, in the order of the table. */
const char *const *sf_metric_names (void);
