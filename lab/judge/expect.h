/* SPDX-License-Identifier: MIT
 *
 * Expectations: the `expect` list of a scenario, loaded once and then checked against the traces of runs.
 *
 * How to add a check: a section of its keys in lab/language/keys.inc, an SfCheckKind in a file lab/judge/check_*.c, a
 * row in lab/judge/checks.inc, a paragraph in docs/scenario.md, and a test in which it holds and fails.
 */
#pragma once

#include "lab/judge/check.h"
#include "lab/judge/verdict.h"

typedef struct
{
  GArray *checks; /* SfCheck */
} SfExpect;

/* Loads `list` (NULL: no expectations); its host names are those of `plan`. NULL after a diagnostic. */
SfExpect *sf_expect_load (const SfNode *list, const SfPlan *plan, SfDiagnostics *diag);
void sf_expect_free (SfExpect *expect);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfExpect, sf_expect_free)

/* TRUE if check `i` holds. Fast, for many runs: gives no reasons. `trace` as below. */
gboolean sf_expect_holds (const SfExpect *expect, guint i, const SfTrace *trace);

/* Returns an SfVerdict for each check, in order. `trace` must be indexed, and of a run of the plan for which the
 * expectations were loaded. */
GPtrArray *sf_expect_evaluate (const SfExpect *expect, const SfTrace *trace);
