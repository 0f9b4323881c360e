/* SPDX-License-Identifier: MIT
 *
 * Reports of outcomes: for people, and for tools that read test results. Each scenario × variant is a test; its
 * expectations are parts of the test. Reports do not depend on the machine, the clock or the order of the runs.
 */
#pragma once

#include "base/text_style.h"
#include "lab/report/outcome.h"

typedef struct
{
  const char *name; /* "tap" */
  /* Appends the report on all `outcomes` (SfOutcome). `version` is the version of the program. */
  void (*write) (GString *out, const GPtrArray *outcomes, const char *version, const SfTextStyle *style);
} SfReport;

/* Returns the formats: human, tap, junit, json. An entry without a name ends the list. */
const SfReport *sf_reports (void);

/* The formats, one per file. */
void sf_report_human (GString *out, const GPtrArray *outcomes, const char *version, const SfTextStyle *style);
void sf_report_tap (GString *out, const GPtrArray *outcomes, const char *version, const SfTextStyle *style);
void sf_report_junit (GString *out, const GPtrArray *outcomes, const char *version, const SfTextStyle *style);
void sf_report_json (GString *out, const GPtrArray *outcomes, const char *version, const SfTextStyle *style);

/* Appends a verdict, with its details if it failed. */
void sf_report_verdict (GString *out, const SfVerdict *verdict, const SfTextStyle *style);

/* Appends each verdict of `outcome`, with details if it failed, and a line such as "4 of 5 expectations hold". */
void sf_report_verdicts (GString *out, const SfOutcome *outcome, const SfTextStyle *style);

/* Counts over a set of outcomes. */
typedef struct
{
  guint n, n_passed, n_failed, n_errors; /* numbers of tests; `n_errors` could not be loaded */
  guint n_verdicts, n_verdicts_failed;
} SfTally;

SfTally sf_tally (const GPtrArray *outcomes);
