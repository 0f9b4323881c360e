/* SPDX-License-Identifier: MIT
 *
 * The shards of a sweep on a cluster, and the folder DB.slurm that they are in, with the scripts, what the elements
 * printed, and what was submitted: all that another call needs to go on.
 *
 *   shards.c  the folder
 *   submit.c  scripts and jobs
 *   adopt.c   which jobs of the queue are ours; which failed ones are worth another try
 *   size.c    how many shards
 */
#pragma once

#include "lab/cluster/slurm.h"
#include "lab/sweep/store.h"

#define SF_SHARD_SCRIPT "shard.sh"
#define SF_MERGE_SCRIPT "merge.sh"
#define SF_MERGE_LOG "merge.log"
#define SF_SCENARIO_COPY "scenario.yaml" /* what is swept, though somebody may work at the original meanwhile */

#define SF_MOST_SHARDS 1000000

/* The work of an element: starting one takes seconds. */
#define SF_SLURM_SECONDS 10

/* What was asked for cannot be done: options for sbatch, or a folder that is not of this sweep. All other errors are
 * faults of the machine or the cluster. */
#define SF_SHARDS_ERROR (sf_shards_error_quark ())
typedef enum
{
  SF_SHARDS_ERROR_REFUSED,
} SfShardsError;
GQuark sf_shards_error_quark (void);

/* A sweep that a cluster is to do. */
typedef struct
{
  const SfSweep *sweep;
  const char *file; /* the scenario, as it was given */
  char **arguments; /* options that say what is swept, for the elements */
  const char *db;
  const char *version; /* of the program */
  const char *sbatch;  /* options for sbatch, "": none */
  guint n_shards;      /* 0: as many as last about SF_SLURM_SECONDS each */
  guint n_threads;     /* of an element */
  gboolean resume;     /* go on with what is in the folder */
} SfClusterSweep;

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
  const SfClusterSweep *job;
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

/* Begins; FALSE with `error` if the options for sbatch do not make sense. To be cleared in any case. */
gboolean sf_shards_init (SfShards *shards, const SfClusterSweep *job, GError **error);
void sf_shards_clear (SfShards *shards);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SfShards, sf_shards_clear)

/* Makes the folder, unless it is there, and keeps other calls from it. Takes up what an earlier one has left: then n is
 * not 0. FALSE with `error`. */
gboolean sf_shards_open (SfShards *shards, GError **error);
void sf_shards_set_n (SfShards *shards, guint n);

/* Writes down what was submitted. */
gboolean sf_shards_save (const SfShards *shards, GError **error);

/* Removes the folder, with what is of the sweep in it. */
void sf_shards_remove (const SfShards *shards);

char *sf_shards_path (const SfShards *shards, const char *name);
char *sf_shards_file (const SfShards *shards, guint i); /* the results of shard `i` */
char *sf_shards_log (const SfShards *shards, guint i);  /* what its element printed */

/* Returns the last line that the element for shard `i` printed, fit for a terminal; "" if there is none. */
char *sf_shards_last_words (const SfShards *shards, guint i);

/* Looks whether shard `i` is complete, and remembers it. */
gboolean sf_shards_look (SfShards *shards, guint i);
gboolean sf_shards_all_done (const SfShards *shards);

/* Returns the arrays that elements are in whose shards are not complete, in order of these: char *, of `shards`. */
GPtrArray *sf_shards_arrays (const SfShards *shards);

/* Returns the name of the element for shard `i`: "12_3". */
char *sf_shards_element (const SfShards *shards, guint i);

/* TRUE if the results at `path` are all there. */
gboolean sf_results_are_complete (const char *path);

/* --- submit.c --- */

/* Writes what the jobs run. */
gboolean sf_shards_write_scripts (const SfShards *shards, GError **error);

/* Returns the shards that nobody works at as --array of sbatch takes them: "1-4,7"; "" if there are none. */
char *sf_shards_list_left (const SfShards *shards);

/* Submits all shards that nobody works at as one array. Nothing has changed if it returns FALSE with `error`. */
gboolean sf_shards_submit (SfShards *shards, GError **error);

/* Submits the job that joins all, in place of the one there was. FALSE with `error`: there is none now, and the shards
 * have to be joined here in the end. */
gboolean sf_shards_submit_merge (SfShards *shards, GError **error);

/* --- adopt.c --- */

/* Takes up elements of no array that are in `queue` all the same. Their number is lost if somebody killed the program
 * behind sbatch, or sbatch did not wait for the answer; but they are known by their script. */
void sf_shards_adopt_lost (SfShards *shards, const SfSlurmQueue *queue);

/* Takes up what is in `queue` of this sweep, whoever submitted it; what is not there is in no array any more. FALSE if
 * nothing is there. */
gboolean sf_shards_adopt (SfShards *shards, const SfSlurmQueue *queue);

/* TRUE if `element`, which has failed with `fate` (NULL: not known), is to be submitted again: not if it has failed too
 * often, or somebody ended it on purpose. A try that failed by a fault of the cluster does not count. */
gboolean sf_element_try_again (SfElement *element, const char *fate);

/* --- size.c --- */

/* Returns into how many shards to cut the sweep, at most `most`; it times some runs. */
guint sf_shards_estimate (const SfClusterSweep *job, guint most);
