/* SPDX-License-Identifier: MIT
 *
 * Jobs of Slurm, through its own programs. Whether a job has done its work is not asked here: who wants to know looks
 * at what it was to make, since not every cluster keeps accounts.
 *
 * Asked is what all versions from 20.11 on answer in the same words, one field after another; what else they print is
 * passed over.
 */
#pragma once

#include <glib.h>

/* Which Slurm is spoken to. Begins as { NULL }. */
typedef struct
{
  char *cluster; /* that took the first job, where sbatch says so; NULL: the one of this machine */
} SfSlurm;

typedef struct
{
  const char *script; /* path */
  const char *name;
  const char *output;  /* file that gets what it prints, as sbatch takes it: "%a" is the number of the element */
  const char *array;   /* "1-8", "3,5"; NULL: a single job */
  const char *depends; /* "afterany:12", NULL: on nothing */
  guint n_cpus;
  char **options; /* more for sbatch */
} SfSlurmJob;

/* A job, or an element of an array, that waits, runs or ends. */
typedef struct
{
  char *array;   /* number of the array, or of the job */
  guint element; /* 0 if there is no array: elements are counted from 1 here */
  char *state;   /* "PENDING", "RUNNING", … */
  char *reason;  /* why it waits: "Priority", "JobHeldUser", … */
  char *command; /* path of its script */
} SfSlurmEntry;

/* Jobs in the order in which Slurm lists them, and by "12" or "12_3". */
typedef struct
{
  GPtrArray *entries; /* SfSlurmEntry */
  GHashTable *by_id;  /* char * to SfSlurmEntry */
} SfSlurmQueue;

void sf_slurm_clear (SfSlurm *slurm);

/* Submits `job`. Returns its number, NULL with `error`; even then it may have been submitted, if the controller was
 * slow to answer. */
char *sf_slurm_submit (SfSlurm *slurm, const SfSlurmJob *job, GError **error);

/* Returns the user's jobs that wait, run or end; NULL with `error` if the controller does not answer. */
SfSlurmQueue *sf_slurm_queue (const SfSlurm *slurm, GError **error);
void sf_slurm_queue_free (SfSlurmQueue *queue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSlurmQueue, sf_slurm_queue_free)

/* Returns job `id`, "12" or "12_3", NULL if it is not there. */
const SfSlurmEntry *sf_slurm_find (const SfSlurmQueue *queue, const char *id);

/* Returns how the elements of array `array` are or have ended, as far as Slurm still knows: char * "12_3" to char *
 * "FAILED, exit code 7:0". */
GHashTable *sf_slurm_fates (const SfSlurm *slurm, const char *array);

/* TRUE if `fate` begins with `state`. */
gboolean sf_slurm_fate_is (const char *fate, const char *state);

/* TRUE if a job with `fate` is over, and Slurm itself does not begin it again. */
gboolean sf_slurm_has_ended (const char *fate);

/* TRUE if a job with `fate` failed by a fault of the cluster and not of what it did. */
gboolean sf_slurm_is_cluster_fault (const char *fate);

/* TRUE if `entry` waits until somebody lets it go: somebody holds it, or Slurm itself does, since it could not be
 * begun. */
gboolean sf_slurm_is_held (const SfSlurmEntry *entry);

/* Takes job `id` from the queue, or ends it. */
void sf_slurm_cancel (const SfSlurm *slurm, const char *id);

/* Returns the greatest number that an element of an array may have. */
guint sf_slurm_max_element (const SfSlurm *slurm);
