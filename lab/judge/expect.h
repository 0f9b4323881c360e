/* SPDX-License-Identifier: MIT
 *
 * Expectations: the `expect` list of a scenario, read once and then held against the trace of a run.
 *
 * How to add a check: a section of its keys in lab/language/keys.inc, a SfCheckKind in one of the lab/check_*.c, a row
 * in the table of lab/judge/expect.c, a paragraph in docs/scenario.md and a test that sees it hold and fail.
 */
#pragma once

#include "lab/judge/check.h"
#include "lab/judge/verdict.h"

typedef struct
{
  GArray *checks; /* SfCheck */
} SfExpect;

/* Reads `list` (NULL: nothing is expected), whose host names are those of `plan`. NULL after a diagnostic. */
SfExpect *sf_expect_load (const SfNode *list, const SfPlan *plan, SfDiagnostics *diag);
void sf_expect_free (SfExpect *expect);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfExpect, sf_expect_free)

/* Tells whether check `i` holds, without saying why: for many runs. `trace` as below. */
gboolean sf_expect_holds (const SfExpect *expect, guint i, const SfTrace *trace);

/* Returns a SfVerdict per check, in order. `trace` is one of a run of the plan that the expectations were read for, and
 * indexed. */
GPtrArray *sf_expect_evaluate (const SfExpect *expect, const SfTrace *trace);
