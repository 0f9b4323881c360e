/* SPDX-License-Identifier: MIT
 *
 * Which jobs of the queue belong to a sweep, and which failed elements to try again.
 */
#include "lab/cluster/shards.h"
#include "tests/support/programs.h"

#include <string.h>

#define N 3
#define FOLDER "/f/db.slurm"

/* --- adopting --- */

static const struct
{
  const char *name;
  const char *known;    /* arrays of the three shards, and the job that joins them; '-': none */
  const char *queue;    /* output of squeue; @ stands for the folder */
  const char *expected; /* like `known` */
  gboolean there;       /* the queue has jobs of the sweep */
} rows[] = {
  { "all-there", "12 12 12 13",
    "12|1|RUNNING|None|@/shard.sh\n12|2|PENDING|None|@/shard.sh\n12|3|RUNNING|None|@/shard.sh\n"
    "13|N/A|PENDING|Dependency|@/merge.sh\n",
    "12 12 12 13", TRUE },
  { "one-gone", "12 12 12 13", "12|1|RUNNING|None|@/shard.sh\n12|3|RUNNING|None|@/shard.sh\n", "12 - 12 -", TRUE },
  { "all-gone", "12 12 12 13", "", "- - - -", FALSE },
  /* Jobs whose number was lost are recognized by their script. */
  { "lost", "- - - -",
    "12|1|RUNNING|None|@/shard.sh\n12|2|RUNNING|None|@/shard.sh\n13|N/A|PENDING|Dependency|@/merge.sh\n", "12 12 - 13",
    TRUE },
  { "only-merge", "- - - -", "13|N/A|PENDING|Dependency|@/merge.sh\n", "- - - 13", TRUE },
  { "other-sweep", "- - - -",
    "12|1|RUNNING|None|/g/shard.sh\n13|N/A|RUNNING|None|/g/merge.sh\n14|1|RUNNING|None|@/merge.sh\n"
    "15|N/A|RUNNING|None|@/shard.sh\n",
    "- - - -", FALSE },
  { "too-many", "- - - -", "12|4|RUNNING|None|@/shard.sh\n", "- - - -", FALSE },
  { "two-arrays", "12 - - -",
    "12|1|RUNNING|None|@/shard.sh\n14|1|RUNNING|None|@/shard.sh\n14|2|RUNNING|None|@/shard.sh\n", "12 14 - -", TRUE },
};

static char *
name_at (char **names, guint i)
{
  return strcmp (names[i], "-") != 0 ? g_strdup (names[i]) : NULL;
}

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_auto (SfShards) shards = { .folder = g_strdup (FOLDER), .lock = -1 };
  g_auto (GStrv) known = g_strsplit (rows[i].known, " ", -1);
  g_auto (GStrv) parts = g_strsplit (rows[i].queue, "@", -1);
  g_autofree char *said = g_strjoinv (FOLDER, parts), *seen = NULL;
  g_autoptr (SfSlurmQueue) queue = NULL;

  sf_shards_set_n (&shards, N);
  for (guint k = 0; k < N; k++)
    shards.elements[k].array = name_at (known, k);
  shards.merge = name_at (known, N);
  programs_say ("squeue", said, 0);
  queue = sf_slurm_queue (&shards.slurm, NULL);
  g_assert_cmpint (sf_shards_adopt (&shards, queue), ==, rows[i].there);
  seen = g_strjoin (" ", shards.elements[0].array != NULL ? shards.elements[0].array : "-",
                    shards.elements[1].array != NULL ? shards.elements[1].array : "-",
                    shards.elements[2].array != NULL ? shards.elements[2].array : "-",
                    shards.merge != NULL ? shards.merge : "-", NULL);
  g_assert_cmpstr (seen, ==, rows[i].expected);
}

/* The search for lost jobs does not change known ones, though they are gone. */
static void
test_lost_only (void)
{
  g_auto (SfShards) shards = { .folder = g_strdup (FOLDER), .lock = -1 };
  g_autoptr (SfSlurmQueue) queue = NULL;

  sf_shards_set_n (&shards, N);
  shards.elements[0].array = g_strdup ("12");
  programs_say ("squeue", "14|1|RUNNING|None|" FOLDER "/shard.sh\n14|2|RUNNING|None|" FOLDER "/shard.sh\n", 0);
  queue = sf_slurm_queue (&shards.slurm, NULL);
  sf_shards_adopt_lost (&shards, queue);
  g_assert_cmpstr (shards.elements[0].array, ==, "12");
  g_assert_cmpstr (shards.elements[1].array, ==, "14");
}

/* --- another try --- */

/* Three tries; failures by the cluster do not count (docs/clusters.md). */
static const struct
{
  guint tries;
  const char *fate; /* NULL: not known */
  gboolean again;
  guint left; /* number of tries that count */
} fates[] = {
  { 1, "FAILED, exit code 7:0", TRUE, 1 },
  { 2, "TIMEOUT, exit code 0:0", TRUE, 2 },
  { 3, "FAILED, exit code 7:0", FALSE, 3 },
  { 1, NULL, TRUE, 1 },
  { 3, NULL, FALSE, 3 },
  { 1, "CANCELLED by 0, exit code 0:15", FALSE, 1 },
  { 3, "NODE_FAIL, exit code 1:0", TRUE, 2 },
  { 3, "PREEMPTED", TRUE, 2 },
  { 0, "NODE_FAIL", TRUE, 0 },
};

static void
test_try_again (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fates); i++)
    {
      SfElement element = { .tries = fates[i].tries };

      g_assert_cmpint (sf_element_try_again (&element, fates[i].fate), ==, fates[i].again);
      g_assert_cmpuint (element.tries, ==, fates[i].left);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  programs_begin ();
  g_test_add_func ("/lab/cluster/adopt/lost-only", test_lost_only);
  g_test_add_func ("/lab/cluster/adopt/try-again", test_try_again);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/lab/cluster/adopt/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  status = g_test_run ();
  programs_end ();
  return status;
}
