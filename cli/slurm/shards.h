/* SPDX-License-Identifier: MIT
 *
 * The shards of a sweep on a cluster, and the folder DB.slurm that they are in, with the scripts, what the elements
 * printed, and what was submitted: all that another call needs to go on. For cli/sweep_slurm*.c only.
 *
 *   sweep_slurm.c         from the beginning to the end
 *   sweep_slurm_shards.c  the folder
 *   sweep_slurm_submit.c  scripts and jobs
 *   sweep_slurm_follow.c  what becomes of the jobs; which are submitted again
 *   sweep_slurm_size.c    how many shards
 */
#pragma once

#include "cli/slurm/slurm.h"
#include "cli/slurm/sweep_slurm.h"

#define SF_SHARD_SCRIPT "shard.sh"
#define SF_MERGE_SCRIPT "merge.sh"
#define SF_MERGE_LOG "merge.log"
#define SF_SCENARIO_COPY "scenario.yaml" /* what is swept, though somebody may work at the original meanwhile */

#define SF_MOST_SHARDS 1000000

/* One shard, or the element of an array that works at it. */
typedef struct
{
  char *array;   /* number of the array that it is in; NULL: of none */
  guint tries;   /* how often it was submitted by this call, apart from what was not its fault */
  gint64 gone;   /* monotonic time in us at which it was first seen to have left the queue; 0: it has not */
  gboolean done; /* the shard is complete */
  gboolean running;
} SfElement;

typedef struct
{
  const SfSweepSlurm *job;
  char *folder, *digest;
  int lock; /* file that says that somebody follows; -1: none */
  SfSlurm slurm;
  char **options; /* for sbatch */
  char *throttle; /* "%4": not more at a time; "": no limit */
  SfElement *elements;
  guint n;
  char *merge;        /* the job that joins the shards; NULL: none */
  char *waits_for;    /* why elements wait, as far as Slurm says; NULL: not known */
  gboolean held_told; /* somebody was told that a job is held */
} SfShards;

/* Begins; FALSE after a message if the options for sbatch do not make sense. To be cleared in any case. */
gboolean sf_shards_init (SfShards *shards, const SfSweepSlurm *job);
void sf_shards_clear (SfShards *shards);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SfShards, sf_shards_clear)

/* Makes the folder, unless it is there, and keeps other calls from it. Takes up what an earlier one has left: then n is
 * not 0. FALSE after a message, with `*ret_exit` set. */
gboolean sf_shards_open (SfShards *shards, SfExit *ret_exit);
void sf_shards_set_n (SfShards *shards, guint n);

/* Writes down what was submitted. */
gboolean sf_shards_save (const SfShards *shards, GError **error);

/* Removes the folder, with what is of the sweep in it. */
void sf_shards_remove (const SfShards *shards);

char *sf_shards_path (const SfShards *shards, const char *name);
char *sf_shards_file (const SfShards *shards, guint i); /* the results of shard `i` */
char *sf_shards_log (const SfShards *shards, guint i);  /* what its element printed */

/* Looks whether shard `i` is complete, and remembers it. */
gboolean sf_shards_look (SfShards *shards, guint i);
gboolean sf_shards_all_done (const SfShards *shards);

/* Returns the arrays that elements are in whose shards are not complete, in order of these: char *, of `shards`. */
GPtrArray *sf_shards_arrays (const SfShards *shards);

/* Returns the name of the element for shard `i`: "12_3". */
char *sf_shards_element (const SfShards *shards, guint i);

/* TRUE if the results at `path` are all there. */
gboolean sf_results_are_complete (const char *path);

/* --- sweep_slurm_submit.c --- */

/* Writes what the jobs run. */
gboolean sf_shards_write_scripts (const SfShards *shards, GError **error);

/* Submits all shards that nobody works at as one array, and the job that joins all. Nothing has changed if it returns
 * FALSE with `error`. */
gboolean sf_shards_submit (SfShards *shards, GError **error);

/* Submits the job that joins all, in place of the one there was. Without one, the shards are joined here in the end. */
void sf_shards_submit_merge (SfShards *shards);

/* --- sweep_slurm_follow.c --- */

/* Takes up what is in `queue` of this sweep, whoever submitted it; what is not there is in no array any more. FALSE if
 * nothing is there. */
gboolean sf_shards_adopt (SfShards *shards, const SfSlurmQueue *queue);

/* Follows the jobs until all shards are complete and the job that joins them has ended. */
SfExit sf_shards_follow (SfShards *shards);

/* --- sweep_slurm_size.c --- */

/* Returns into how many shards to cut the sweep. */
guint sf_shards_estimate (const SfSweepSlurm *job, guint most);
