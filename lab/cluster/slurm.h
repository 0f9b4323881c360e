/* SPDX-License-Identifier: MIT
 *
 * Jobs of Slurm, through its own programs. They do not tell reliably whether a job did its work, since not every
 * cluster has accounting: check the job's results instead.
 *
 * Only fields that all versions from 20.11 on print alike are asked for, one after another; other output is skipped.
 */
#pragma once

#include <glib.h>

/* The cluster that commands go to. Initialize it with { NULL }. */
typedef struct
{
  char *cluster; /* the one that took the first job, if sbatch tells; NULL: the cluster of this machine */
} SfSlurm;

typedef struct
{
  const char *script; /* path */
  const char *name;
  const char *output;  /* file for its output, as sbatch takes it: "%a" is the number of the element */
  const char *array;   /* "1-8", "3,5"; NULL: a single job */
  const char *depends; /* "afterany:12", NULL: no dependency */
  guint n_cpus;
  char **options; /* further options for sbatch */
} SfSlurmJob;

/* A job, or an element of an array, in the queue: it waits, runs or ends. */
typedef struct
{
  char *array;   /* number of the array, or of the job */
  guint element; /* counts from 1; 0: not an element of an array */
  char *state;   /* "PENDING", "RUNNING", … */
  char *reason;  /* why it waits: "Priority", "JobHeldUser", … */
  char *command; /* path of its script */
} SfSlurmEntry;

/* The jobs in Slurm's order, and a table of them. */
typedef struct
{
  GPtrArray *entries; /* SfSlurmEntry */
  GHashTable *by_id;  /* char * "12" or "12_3" to SfSlurmEntry */
} SfSlurmQueue;

void sf_slurm_clear (SfSlurm *slurm);

/* Submits `job`. Returns its number, NULL with `error`. Even then the job may exist, if the controller was slow to
 * answer. */
char *sf_slurm_submit (SfSlurm *slurm, const SfSlurmJob *job, GError **error);

/* Returns the user's jobs in the queue. NULL with `error` if the controller does not answer. */
SfSlurmQueue *sf_slurm_queue (const SfSlurm *slurm, GError **error);
void sf_slurm_queue_free (SfSlurmQueue *queue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSlurmQueue, sf_slurm_queue_free)

/* Returns job `id`, "12" or "12_3"; NULL if it is not in the queue. */
const SfSlurmEntry *sf_slurm_find (const SfSlurmQueue *queue, const char *id);

/* Returns the states of the elements of array `array`, also of ended ones if Slurm still knows them: a table of char *
 * "12_3" to char * "FAILED, exit code 7:0". */
GHashTable *sf_slurm_fates (const SfSlurm *slurm, const char *array);

/* TRUE if `fate` begins with `state`. */
gboolean sf_slurm_fate_is (const char *fate, const char *state);

/* TRUE if a job with `fate` has ended, and Slurm will not start it again by itself. */
gboolean sf_slurm_has_ended (const char *fate);

/* TRUE if a job with `fate` failed because of the cluster, not because of its own work. */
gboolean sf_slurm_is_cluster_fault (const char *fate);

/* TRUE if `entry` waits until somebody releases it: a person holds it, or Slurm does, since it could not be started. */
gboolean sf_slurm_is_held (const SfSlurmEntry *entry);

/* Cancels job `id`, whether it waits or runs. */
void sf_slurm_cancel (const SfSlurm *slurm, const char *id);

/* Returns the greatest number of an element of an array. */
guint sf_slurm_max_element (const SfSlurm *slurm);
