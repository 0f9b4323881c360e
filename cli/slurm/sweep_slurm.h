/* SPDX-License-Identifier: MIT
 *
 * A sweep on a cluster: its shards as the elements of a job array of Slurm, and a job that depends on them and joins
 * them. The folder DB.slurm keeps the scripts, the shards, what the elements printed, and what was submitted, until all
 * is joined in DB.
 */
#pragma once

#include "cli/shared/sweep_progress.h"
#include "cli/shared/sweep_results.h"
#include "lab/cluster/shards.h"

/* Does the sweep; when it returns SF_EXIT_OK, DB is complete. Otherwise after a message. */
SfExit sf_sweep_slurm (const SfClusterSweep *job, SfSweepProgress *progress);
