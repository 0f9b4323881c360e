/* SPDX-License-Identifier: MIT
 *
 * A run that was stopped since it reached a limit: always a failure, whatever is expected.
 */
#pragma once

#include "lab/judge/facts.h"
#include "lab/language/scenario.h"

/* TRUE if the run of `trace` was stopped by a limit. */
gboolean sf_limit_is_reached (const SfTrace *trace);

/* Returns the verdict on such a run, which had `limits`: SfLimitFacts, and what it was still doing. */
SfVerdict *sf_limit_verdict (const SfTrace *trace, const SfRunLimits *limits);
