/* SPDX-License-Identifier: MIT
 *
 * Tables of expectations that are judged by a trace made by hand, and of expectations that must be refused.
 */
#pragma once

#include "lab/judge/expect.h"

typedef struct
{
  const char *check; /* YAML: one item of `expect` */
  gboolean holds;
  const char *expected, *seen;
  const char *trace; /* the lines of trace.jsonl in the verdict: "2 5 6"; NULL: not compared */
} JudgeRow;

/* Reads every row for `plan`, judges it by `trace`, and compares the verdict. */
void judge_rows (const JudgeRow *rows, guint n, const SfPlan *plan, const SfTrace *trace);

typedef struct
{
  const char *check;
  const char *message; /* part of the diagnostic */
} RefuseRow;

/* Reads every row and expects the diagnostic. */
void refuse_rows (const RefuseRow *rows, guint n, const SfPlan *plan);

/* Returns a plan with the hosts client and server of tests/support/trace_maker.h and nothing else. */
SfPlan *judge_plan (void);

/* Reads `list` (YAML) as expectations; aborts if it is wrong. */
SfExpect *judge_expect (const char *list, const SfPlan *plan);
