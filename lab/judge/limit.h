/* SPDX-License-Identifier: MIT
 *
 * A run that was stopped because it reached a limit. It always fails, whatever is expected.
 */
#pragma once

#include "lab/judge/facts.h"
#include "lab/language/scenario.h"

/* TRUE if a limit stopped the run of `trace`. */
gboolean sf_limit_is_reached (const SfTrace *trace);

/* Returns the verdict on such a run with `limits`: SfLimitFacts, and the last records. */
SfVerdict *sf_limit_verdict (const SfTrace *trace, const SfRunLimits *limits);
