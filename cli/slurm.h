/* SPDX-License-Identifier: MIT
 *
 * Jobs of Slurm, through its own programs. Whether a job has done its work is not asked here: who wants to know looks at what it was to
 * make, since not every cluster keeps accounts.
 */
#pragma once

#include <glib.h>

typedef struct
{
  const char *script;  /* path */
  const char *name;
  const char *output;  /* file that gets what it prints, as sbatch takes it: "%a" is the number of the element */
  const char *array;   /* "1-8", "3,5"; NULL: a single job */
  const char *depends; /* "afterok:12", NULL: on nothing */
  guint n_cpus;
  char **options;      /* more for sbatch */
} SfSlurmJob;

/* Submits `job`. Returns its number, NULL with `error`. */
char *sf_slurm_submit (const SfSlurmJob *job, GError **error);

/* Returns the user's jobs that wait, run or end: char * "12" or "12_3" to "PENDING", "RUNNING", …; NULL with `error` if the controller
 * does not answer. */
GHashTable *sf_slurm_queue (GError **error);

/* Returns what Slurm still knows of the end of job `id` ("12", "12_3"): "FAILED, exit code 7:0"; NULL: nothing. */
char *sf_slurm_fate (const char *id);

/* Takes job `id` from the queue, or ends it. */
void sf_slurm_cancel (const char *id);

/* Returns the greatest number that an element of an array may have. */
guint sf_slurm_max_element (void);
