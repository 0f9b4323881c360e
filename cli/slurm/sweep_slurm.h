/* SPDX-License-Identifier: MIT
 *
 * A sweep on a cluster: its shards as the elements of a job array of Slurm, and a job that depends on them and joins
 * them. The folder DB.slurm keeps the scripts, the shards, what the elements printed, and what was submitted, until all
 * is joined in DB.
 */
#pragma once

#include "cli/shared/sweep_progress.h"
#include "cli/shared/sweep_results.h"

typedef struct
{
  const SfSweep *sweep;
  const char *file; /* the scenario, as it was given */
  char **arguments; /* options that say what is swept, for the elements */
  const char *db;
  const char *sbatch; /* options for sbatch, "": none */
  guint n_shards;     /* 0: as many as last about SF_SLURM_SECONDS each */
  guint n_threads;    /* of an element */
  gboolean resume;    /* go on with what is in the folder */
  SfSweepProgress *progress;
} SfSweepSlurm;

/* The work of an element: starting one takes seconds. */
#define SF_SLURM_SECONDS 10

/* Does the sweep; when it returns SF_EXIT_OK, DB is complete. Otherwise after a message. */
SfExit sf_sweep_slurm (const SfSweepSlurm *job);
