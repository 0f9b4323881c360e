/* SPDX-License-Identifier: MIT
 *
 * The shards of a sweep on a cluster, and the folder DB.slurm. The folder keeps the shards, the scripts, the output of
 * the elements, and what was submitted: everything that a later call needs to go on.
 *
 *   shards.c  the folder
 *   submit.c  scripts and jobs
 *   adopt.c   which jobs of the queue are ours; which failed ones to try again
 *   watch.c   when to look at elements; which have failed
 *   size.c    how many shards to make
 */
#pragma once

#include "lab/cluster/slurm.h"
#include "lab/sweep/store.h"

#define SF_SHARD_SCRIPT "shard.sh"
#define SF_MERGE_SCRIPT "merge.sh"
#define SF_MERGE_LOG "merge.log"
#define SF_SCENARIO_COPY "scenario.yaml" /* a copy, since the original may be edited meanwhile */

#define SF_MOST_SHARDS 1000000

/* Seconds of work for an element: starting one takes seconds. */
#define SF_SLURM_SECONDS 10

/* The request cannot be done: wrong options for sbatch, or a folder of another sweep. All other errors are faults of
 * the machine or the cluster. */
#define SF_SHARDS_ERROR (sf_shards_error_quark ())
typedef enum
{
  SF_SHARDS_ERROR_REFUSED,
} SfShardsError;
GQuark sf_shards_error_quark (void);

/* A sweep to be done on a cluster. */
typedef struct
{
  const SfSweep *sweep;
  const char *file; /* path of the scenario, as the user gave it */
  char **arguments; /* options for the elements: what to sweep */
  const char *db;
  const char *version; /* version of the program */
  const char *sbatch;  /* options for sbatch, "": none */
  guint n_shards;      /* 0: choose, so that each takes about SF_SLURM_SECONDS */
  guint n_threads;     /* threads of an element */
  gboolean resume;     /* go on with the sweep in the folder */
} SfClusterSweep;

/* A shard, and the element of a job array that works at it. */
typedef struct
{
  char *array;   /* number of its job array; NULL: none */
  guint tries;   /* number of submissions by this call, without those that the cluster made fail */
  gint64 gone;   /* monotonic time in us when it was first missing in the queue; 0: it is not */
  gboolean done; /* the shard is complete */
  gboolean running;
} SfElement;

typedef struct
{
  const SfClusterSweep *job;
  char *folder, *digest;
  int lock; /* descriptor of the lock file, -1: none */
  SfSlurm slurm;
  char **options; /* options for sbatch */
  char *throttle; /* "%4": at most 4 at a time; "": no limit */
  SfElement *elements;
  guint n;
  char *merge;        /* the job that joins the shards; NULL: none */
  char *waits_for;    /* why elements wait, according to Slurm; NULL: not known */
  gboolean held_told; /* the user knows that a job is held */
} SfShards;

/* Initializes `shards`. FALSE with `error` if the options for sbatch are wrong. Clear it in any case. */
gboolean sf_shards_init (SfShards *shards, const SfClusterSweep *job, GError **error);
void sf_shards_clear (SfShards *shards);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SfShards, sf_shards_clear)

/* Creates the folder unless it exists, locks it, and loads the state of an earlier call, if any; then `n` is not 0.
 * FALSE with `error`. */
gboolean sf_shards_open (SfShards *shards, GError **error);
void sf_shards_set_n (SfShards *shards, guint n);

/* Saves what was submitted. */
gboolean sf_shards_save (const SfShards *shards, GError **error);

/* Removes all files of the sweep from the folder, and the folder. */
void sf_shards_remove (const SfShards *shards);

char *sf_shards_path (const SfShards *shards, const char *name);
char *sf_shards_file (const SfShards *shards, guint i); /* file with the results of shard `i` */
char *sf_shards_log (const SfShards *shards, guint i);  /* file with the output of its element */

/* Returns the last line that the element of shard `i` printed, safe for a terminal; "" if there is none. */
char *sf_shards_last_words (const SfShards *shards, guint i);

/* Checks whether shard `i` is complete, and remembers the result. */
gboolean sf_shards_look (SfShards *shards, guint i);
gboolean sf_shards_all_done (const SfShards *shards);

/* Returns the numbers of the arrays with incomplete shards, in the order of the shards: char *, which belong to
 * `shards`. */
GPtrArray *sf_shards_arrays (const SfShards *shards);

/* Returns the name of the element of shard `i`: "12_3". */
char *sf_shards_element (const SfShards *shards, guint i);

/* TRUE if the results at `path` are complete. */
gboolean sf_results_are_complete (const char *path);

/* --- submit.c --- */

/* Writes the scripts of the jobs. FALSE with `error`. */
gboolean sf_shards_write_scripts (const SfShards *shards, GError **error);

/* Returns the shards without an element, as --array of sbatch takes them: "1-4,7"; "" if there are none. */
char *sf_shards_list_left (const SfShards *shards);

/* Submits all shards without an element as one array. FALSE with `error`; then nothing has changed. */
gboolean sf_shards_submit (SfShards *shards, GError **error);

/* Submits the job that joins the shards, in place of an earlier one. FALSE with `error`: then there is no such job, and
 * the shards have to be joined here in the end. */
gboolean sf_shards_submit_merge (SfShards *shards, GError **error);

/* --- adopt.c --- */

/* Takes over elements in `queue` whose array is not known. That happens if the program was killed after sbatch, or
 * sbatch did not wait for the answer. They are recognized by their script. */
void sf_shards_adopt_lost (SfShards *shards, const SfSlurmQueue *queue);

/* Takes over the jobs of this sweep in `queue`, whoever submitted them. Elements that are not in the queue lose their
 * array. FALSE if there are no such jobs. */
gboolean sf_shards_adopt (SfShards *shards, const SfSlurmQueue *queue);

/* TRUE if `element`, which failed with `fate` (NULL: not known), should be submitted again: unless it failed too often,
 * or somebody ended it on purpose. Failures by the cluster do not count. */
gboolean sf_element_try_again (SfElement *element, const char *fate);

/* --- watch.c; all times are in us, and instants are monotonic --- */

/* Returns how long to wait after a wait of `wait`, 0: the first. Each is longer than the one before, up to a limit. */
gint64 sf_shards_next_wait (gint64 wait);

/* Notes that `element` is not in the queue at `now`. TRUE if it has been missing so long that Slurm is to be asked for
 * its fate. */
gboolean sf_element_is_missed (SfElement *element, gint64 now);

/* TRUE if `element`, which is missed and whose shard is not complete, has failed: by its `fate` (NULL: not known), or
 * because its results have not come for a minute. One that has not ended is no longer missed. */
gboolean sf_element_has_failed (SfElement *element, const char *fate, gint64 now);

/* --- size.c --- */

/* Returns the number of shards to make, at most `most`. Times some runs to find it. */
guint sf_shards_estimate (const SfClusterSweep *job, guint most);
