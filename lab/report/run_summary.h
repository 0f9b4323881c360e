/* SPDX-License-Identifier: MIT
 *
 * summary.json: what a run was, how it ended, its verdicts, and the metrics of each host.
 */
#pragma once

#include "lab/report/outcome.h"

/* Appends the summary of `outcome`, which has its trace; `version` is that of the program. */
void sf_run_summary_write (GString *out, const SfOutcome *outcome, const char *version);
