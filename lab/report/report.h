/* SPDX-License-Identifier: MIT
 *
 * Outcomes as text: for people, and for the tools that read test results. Each scenario × variant is a test, each
 * expectation a part of it. Nothing in a report depends on the machine, the clock or the order in which the runs were
 * done.
 */
#pragma once

#include "base/text_style.h"
#include "lab/report/outcome.h"

typedef struct
{
  const char *name; /* "tap" */
  /* Appends the report of all `outcomes` (SfOutcome); `version` is that of the program. */
  void (*write) (GString *out, const GPtrArray *outcomes, const char *version, const SfTextStyle *style);
} SfReport;

/* Returns the formats: human, tap, junit, json; the last has no name. */
const SfReport *sf_reports (void);

/* The reports, one per file. */
void sf_report_human (GString *out, const GPtrArray *outcomes, const char *version, const SfTextStyle *style);
void sf_report_tap (GString *out, const GPtrArray *outcomes, const char *version, const SfTextStyle *style);
void sf_report_junit (GString *out, const GPtrArray *outcomes, const char *version, const SfTextStyle *style);
void sf_report_json (GString *out, const GPtrArray *outcomes, const char *version, const SfTextStyle *style);

/* Appends a verdict, with its details if it failed. */
void sf_report_verdict (GString *out, const SfVerdict *verdict, const SfTextStyle *style);

/* Appends each verdict of `outcome`, with its details where it failed, and a line such as "4 of 5 expectations hold".
 * */
void sf_report_verdicts (GString *out, const SfOutcome *outcome, const SfTextStyle *style);

/* Counts of a set of outcomes. */
typedef struct
{
  guint n, n_passed, n_failed, n_errors; /* tests; errors could not be loaded */
  guint n_verdicts, n_verdicts_failed;
} SfTally;

SfTally sf_tally (const GPtrArray *outcomes);
