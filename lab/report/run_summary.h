/* SPDX-License-Identifier: MIT
 *
 * summary.json: what run it was, how it ended, its verdicts, and the metrics of each host.
 */
#pragma once

#include "lab/report/outcome.h"

/* Appends the summary of `outcome`, which must have its trace. `version` is the version of the program. */
void sf_run_summary_write (GString *out, const SfOutcome *outcome, const char *version);
