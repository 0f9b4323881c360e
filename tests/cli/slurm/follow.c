/* SPDX-License-Identifier: MIT
 *
 * Following the jobs of a sweep: one look at them, what is said of it, and what is submitted again. Fake programs stand
 * for Slurm.
 */
#include "cli/slurm/follow.h"

#include "tests/support/capture.h"
#include "tests/support/programs.h"
#include "tests/support/sweeps.h"

#include <string.h>
#include <unistd.h>

#define N 3
#define FAILED "JobId=15 ArrayJobId=12 ArrayTaskId=1 JobState=FAILED ExitCode=7:0\n"
#define OTHERS "12|2|RUNNING|None|/s\n12|3|PENDING|Resources|/s\n"

typedef struct
{
  SfSweep *sweep;
  char *arguments[1];
  SfClusterSweep job;
  SfShards shards;
} Fixture;

/* Submits three shards as array 12, and job 13, which joins them. */
static void
set_up (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  programs_begin ();
  *fixture = (Fixture){ .sweep = sweeps_load (SWEEPS_TEN) };
  fixture->job = (SfClusterSweep){ .sweep = fixture->sweep,
                                   .file = "file.yaml",
                                   .arguments = fixture->arguments,
                                   .db = sweeps_path ("db.sqlite"),
                                   .version = "1.0",
                                   .sbatch = "",
                                   .n_threads = 1 };
  g_assert_true (sf_shards_init (&fixture->shards, &fixture->job, &error));
  g_assert_true (sf_shards_open (&fixture->shards, &error));
  g_assert_no_error (error);
  sf_shards_set_n (&fixture->shards, N);
  for (guint i = 0; i < N; i++)
    fixture->shards.elements[i].array = g_strdup ("12");
  fixture->shards.merge = g_strdup ("13");
}

static void
tear_down (Fixture *fixture)
{
  sf_shards_remove (&fixture->shards);
  sf_shards_clear (&fixture->shards);
  sf_sweep_free (fixture->sweep);
  programs_end ();
}

static const struct
{
  const char *name;
  gboolean done;        /* all shards are complete */
  guint tries;          /* of the first shard */
  gint64 missing;       /* seconds since its element has left the queue */
  const char *queue;    /* output of squeue */
  const char *scontrol; /* output of scontrol */
  int sbatch;           /* exit status of sbatch */
  gboolean stops;       /* a signal stops it after the first look */
  SfExit status;
  const char *says;  /* a part of the messages, "": there is none */
  const char *calls; /* the programs that are called, in order */
} rows[] = {
  { "all-done", TRUE, 1, 0, "", "", 0, FALSE, SF_EXIT_OK, "", "squeue" },
  { "joining", TRUE, 1, 0, "13|N/A|RUNNING|None|/m\n", "", 0, TRUE, SF_EXIT_FAULT, "'scancel 13' ends them", "squeue" },
  { "held", TRUE, 1, 0, "13|N/A|PENDING|JobHeldUser|/m\n", "", 0, TRUE, SF_EXIT_FAULT,
    "job 13 is held (JobHeldUser); 'scontrol release 13' lets it go", "squeue" },
  { "running", FALSE, 1, 0, "12|1|RUNNING|None|/s\n" OTHERS, "", 0, TRUE, SF_EXIT_FAULT,
    "the jobs go on. The same command with --resume follows them again, 'scancel 12 13' ends them", "squeue" },
  { "just-gone", FALSE, 1, 1, OTHERS, FAILED, 0, TRUE, SF_EXIT_FAULT, "no longer following", "squeue" },
  { "failed", FALSE, 1, 3, OTHERS, FAILED, 0, TRUE, SF_EXIT_FAULT,
    "shard 1 of 3 failed (job 12_1: FAILED, exit code 7:0); submitting it again",
    "squeue scontrol sacct sbatch scancel sbatch" },
  { "refused", FALSE, 1, 3, OTHERS, FAILED, 1, TRUE, SF_EXIT_FAULT, "sbatch: it failed; trying on",
    "squeue scontrol sacct sbatch" },
  { "hopeless", FALSE, 3, 3, OTHERS, FAILED, 0, FALSE, SF_EXIT_FAULT,
    "the elements that are still on go on; 'scancel 12' ends them", "squeue scontrol sacct scancel" },
};

/* Returns the first words of the lines of `calls`, separated by spaces. */
static char *
names_of (const char *calls)
{
  g_auto (GStrv) lines = g_strsplit (calls, "\n", -1);
  GString *names = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_string_append_printf (names, "%s%.*s", names->len > 0 ? " " : "", (int) strcspn (lines[i], " "), lines[i]);
  return g_string_free (names, FALSE);
}

/* Follows, and stops at once if `stops`. Returns what is said. */
static char *
follow (SfShards *shards, gboolean stops, SfExit *ret_status)
{
  SfSweepProgress progress;
  Capture capture;

  sf_sweep_progress_begin (&progress);
  if (stops)
    raise (SIGTERM);
  capture_begin (&capture, STDERR_FILENO);
  *ret_status = sf_shards_follow (shards, &progress);
  sf_sweep_progress_end (&progress);
  return capture_end (&capture);
}

static void
test_look (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *said = NULL, *calls = NULL, *names = NULL;
  SfExit status;
  Fixture fixture;

  set_up (&fixture);
  for (guint k = 0; k < N; k++)
    fixture.shards.elements[k].done = rows[i].done;
  fixture.shards.elements[0].tries = rows[i].tries;
  if (rows[i].missing > 0)
    fixture.shards.elements[0].gone = g_get_monotonic_time () - rows[i].missing * G_USEC_PER_SEC;
  if (rows[i].done && *rows[i].queue == '\0')
    g_clear_pointer (&fixture.shards.merge, g_free);
  programs_say ("squeue", rows[i].queue, 0);
  programs_say ("scontrol", rows[i].scontrol, 0);
  programs_say ("sbatch", rows[i].sbatch == 0 ? "20\n" : "", rows[i].sbatch);
  programs_say ("scancel", "", 0);
  programs_say ("sacct", "", 1);
  said = follow (&fixture.shards, rows[i].stops, &status);
  calls = programs_calls ();
  names = names_of (calls);
  g_test_message ("%s", said);
  g_assert_cmpint (status, ==, rows[i].status);
  g_assert_cmpstr (names, ==, rows[i].calls);
  if (*rows[i].says == '\0')
    g_assert_cmpstr (said, ==, "");
  else
    assert_says (said, rows[i].says);
  tear_down (&fixture);
}

static gpointer
stop_later (gpointer data G_GNUC_UNUSED)
{
  g_usleep (24 * G_USEC_PER_SEC / 10);
  kill (getpid (), SIGTERM);
  return NULL;
}

/* The waits between looks grow: at 0, 0.5, 1.125 and 1.9 s, and then not before 2.8 s; at 0.5 s each, there were five
 * looks in 2.4 s. */
static void
test_waits (void)
{
  g_autofree char *calls = NULL, *names = NULL;
  SfSweepProgress progress;
  Capture capture;
  GThread *thread;
  Fixture fixture;

  set_up (&fixture);
  programs_say ("squeue", "12|1|RUNNING|None|/s\n" OTHERS, 0);
  sf_sweep_progress_begin (&progress);
  thread = g_thread_new ("stop", stop_later, NULL);
  capture_begin (&capture, STDERR_FILENO);
  g_assert_cmpint (sf_shards_follow (&fixture.shards, &progress), ==, SF_EXIT_FAULT);
  sf_sweep_progress_end (&progress);
  g_free (capture_end (&capture));
  g_thread_join (thread);
  calls = programs_calls ();
  names = names_of (calls);
  g_assert_true (g_str_has_prefix (names, "squeue"));
  g_assert_cmpuint (strlen (names), <=, strlen ("squeue squeue squeue squeue"));
  tear_down (&fixture);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/slurm/follow/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_look);
    }
  g_test_add_func ("/cli/slurm/follow/waits", test_waits);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
