/* SPDX-License-Identifier: MIT
 *
 * A sweep on a cluster: its shards are the elements of a Slurm job array, and a job that depends on them joins them.
 * Until all is joined in DB, the folder DB.slurm keeps the scripts, the shards, the output of the elements, and what
 * was submitted.
 */
#pragma once

#include "cli/shared/sweep_progress.h"
#include "cli/shared/sweep_results.h"
#include "lab/cluster/shards.h"

/* Does the sweep. When it returns SF_EXIT_OK, DB is complete; another status after a message. */
SfExit sf_sweep_slurm (const SfClusterSweep *job, SfSweepProgress *progress);
