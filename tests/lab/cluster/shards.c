/* SPDX-License-Identifier: MIT
 *
 * The shards of a sweep on a cluster: options for sbatch, the folder and its state, and which jobs are submitted.
 */
#include "lab/cluster/shards.h"
#include "tests/support/programs.h"
#include "tests/support/sweeps.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define N 7

typedef struct
{
  SfSweep *sweep;
  char *arguments[3];
  SfClusterSweep job;
  SfShards shards;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (GError) error = NULL;

  programs_begin ();
  *fixture = (Fixture){ .sweep = sweeps_load (SWEEPS_TEN) };
  fixture->arguments[0] = (char *) "--seed=7";
  fixture->arguments[1] = (char *) "--set=title=it's";
  fixture->job = (SfClusterSweep){ .sweep = fixture->sweep,
                                   .file = "-a file.yaml",
                                   .arguments = fixture->arguments,
                                   .db = sweeps_path ("db.sqlite"),
                                   .version = "1.0",
                                   .sbatch = "",
                                   .n_threads = 2 };
  g_assert_true (sf_shards_init (&fixture->shards, &fixture->job, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  sf_shards_remove (&fixture->shards);
  g_assert_false (g_file_test (fixture->shards.folder, G_FILE_TEST_EXISTS));
  sf_shards_clear (&fixture->shards);
  sf_sweep_free (fixture->sweep);
  programs_end ();
}

/* Opens the folder and makes N shards. */
static void
open_new (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sf_shards_open (&fixture->shards, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->shards.n, ==, 0);
  sf_shards_set_n (&fixture->shards, N);
}

/* --- options for sbatch --- */

static const struct
{
  const char *sbatch;
  const char *options;  /* separated by '|'; NULL: refused */
  const char *throttle; /* limit of elements; if refused, the word that the message names */
} options[] = {
  { "", "", "" },
  { " \t", "", "" },
  { "--partition=short --time=10", "--partition=short|--time=10", "" },
  { "--comment='two words' -t10", "--comment=two words|-t10", "" },
  { "--array=%4", "", "%4" },
  { "--time=10 --array=%4 -N1 --array=%12", "--time=10|-N1", "%12" },
  { "--waiting=1 --arrays", "--waiting=1|--arrays", "" },
  { "--array=1-4", NULL, "'--array=1-4'" },
  { "--array=1-4%2", NULL, "'--array=1-4%2'" },
  { "--array=%", NULL, "'--array=%'" },
  { "--array", NULL, "'--array'" },
  { "-a1-4", NULL, "'-a1-4'" },
  { "-N1 -W", NULL, "'-W'" },
  { "--wait", NULL, "'--wait'" },
  { "--array=%4 --wrap=ls -N1", NULL, "'--wrap=ls'" },
  { "--test-only", NULL, "'--test-only'" },
  { "--comment='two", NULL, "--slurm: " },
};

static void
test_options (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      const SfClusterSweep job = { .sweep = fixture->sweep, .db = "x", .version = "1.0", .sbatch = options[i].sbatch };
      g_auto (SfShards) shards = { 0 };
      g_autoptr (GError) error = NULL;
      gboolean right = sf_shards_init (&shards, &job, &error);
      g_autofree char *joined = right ? g_strjoinv ("|", shards.options) : NULL;

      g_assert_cmpstr (joined, ==, options[i].options);
      if (right)
        g_assert_cmpstr (shards.throttle, ==, options[i].throttle);
      else
        {
          g_assert_error (error, SF_SHARDS_ERROR, SF_SHARDS_ERROR_REFUSED);
          g_assert_nonnull (strstr (error->message, options[i].throttle));
        }
    }
}

/* --- the folder --- */

/* Shards and elements count from 1 for people and for Slurm. */
static void
test_names (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *folder = g_strconcat (fixture->job.db, ".slurm", NULL);
  g_autofree char *expected_file = g_build_filename (folder, "shard-1.sqlite", NULL);
  g_autofree char *expected_log = g_build_filename (folder, "shard-3.log", NULL);
  g_autofree char *file = NULL, *log = NULL, *element = NULL;

  open_new (fixture);
  file = sf_shards_file (&fixture->shards, 0);
  log = sf_shards_log (&fixture->shards, 2);
  fixture->shards.elements[2].array = g_strdup ("12");
  element = sf_shards_element (&fixture->shards, 2);
  g_assert_cmpstr (fixture->shards.folder, ==, folder);
  g_assert_cmpstr (file, ==, expected_file);
  g_assert_cmpstr (log, ==, expected_log);
  g_assert_cmpstr (element, ==, "12_3");
}

static void
give (Fixture *fixture, guint i, const char *array)
{
  g_free (fixture->shards.elements[i].array);
  fixture->shards.elements[i].array = g_strdup (array);
}

/* What one call saves, the next one loads. */
static void
test_state (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  SfClusterSweep job = fixture->job;
  g_auto (SfShards) later = { 0 };
  g_autoptr (GError) error = NULL;

  open_new (fixture);
  give (fixture, 0, "12");
  give (fixture, 6, "15");
  fixture->shards.merge = g_strdup ("16");
  fixture->shards.slurm.cluster = g_strdup ("north");
  g_assert_true (sf_shards_save (&fixture->shards, &error));
  g_assert_no_error (error);
  job.resume = TRUE;
  g_assert_true (sf_shards_init (&later, &job, NULL));
  g_assert_true (sf_shards_open (&later, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (later.n, ==, N);
  g_assert_cmpstr (later.elements[0].array, ==, "12");
  g_assert_null (later.elements[1].array);
  g_assert_cmpstr (later.elements[6].array, ==, "15");
  g_assert_cmpstr (later.merge, ==, "16");
  g_assert_cmpstr (later.slurm.cluster, ==, "north");
}

/* Another call with `job` is refused, with a message that contains `part`. */
static void
assert_refused (const SfClusterSweep *job, const char *part)
{
  g_auto (SfShards) shards = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (sf_shards_init (&shards, job, NULL));
  g_assert_false (sf_shards_open (&shards, &error));
  g_assert_error (error, SF_SHARDS_ERROR, SF_SHARDS_ERROR_REFUSED);
  if (strstr (error->message, part) == NULL)
    g_error ("'%s' does not say '%s'", error->message, part);
}

static void
test_refused (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  SfClusterSweep job = fixture->job;
  g_autofree char *state = NULL;

  open_new (fixture);
  g_assert_true (sf_shards_save (&fixture->shards, NULL));
  assert_refused (&job, "--resume goes on with them");
  job.resume = TRUE;
  job.n_shards = N + 1;
  assert_refused (&job, "begun with 7 shards");
  job.n_shards = 0;
  job.version = "1.1";
  assert_refused (&job, "shards of another sweep");
  state = sf_shards_path (&fixture->shards, "state");
  g_assert_true (g_file_set_contents (state, "nonsense", -1, NULL));
  assert_refused (&job, state);
}

/* A folder that cannot be made is a fault of the machine. */
static void
test_no_folder (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  SfClusterSweep job = fixture->job;
  g_auto (SfShards) shards = { 0 };
  g_autoptr (GError) error = NULL;

  job.db = "/dev/null/db.sqlite";
  g_assert_true (sf_shards_init (&shards, &job, NULL));
  g_assert_false (sf_shards_open (&shards, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain != SF_SHARDS_ERROR);
}

/* Locks belong to processes: another process is refused. */
static void
test_lock (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  pid_t child;
  int status;

  open_new (fixture);
  child = fork ();
  if (child == 0)
    {
      SfShards shards = { 0 };
      g_autoptr (GError) error = NULL;

      _exit (sf_shards_init (&shards, &fixture->job, NULL) && !sf_shards_open (&shards, &error)
                 && strstr (error->message, "somebody follows the jobs of") != NULL
               ? 0
               : 1);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

/* Files that do not belong to the sweep stay, and then the folder does, too. */
static void
test_remove (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const ours[] = {
    "state", "lock", "shard.sh", "merge.sh", "merge.log", "shard-3.log", "shard-3.sqlite-journal", "scenario.yaml"
  };
  g_autofree char *other = NULL;

  open_new (fixture);
  other = sf_shards_path (&fixture->shards, "notes.txt");
  g_assert_true (g_file_set_contents (other, "mine", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    {
      g_autofree char *path = sf_shards_path (&fixture->shards, ours[i]);

      g_assert_true (g_file_set_contents (path, "", -1, NULL));
    }
  sf_shards_remove (&fixture->shards);
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    {
      g_autofree char *path = sf_shards_path (&fixture->shards, ours[i]);

      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  g_assert_true (g_file_test (other, G_FILE_TEST_EXISTS));
  g_unlink (other);
}

/* A shard is done when its results are complete: not before, and not if they are damaged. */
static void
test_look (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *first = NULL, *second = NULL;

  open_new (fixture);
  first = sf_shards_file (&fixture->shards, 0);
  second = sf_shards_file (&fixture->shards, 1);
  g_assert_false (sf_shards_look (&fixture->shards, 0));
  sf_store_close (sweeps_open (fixture->sweep, first, 0, N));
  g_assert_false (sf_shards_look (&fixture->shards, 0));
  sweeps_run (fixture->sweep, first, 1, 0, N);
  g_assert_true (sf_shards_look (&fixture->shards, 0));
  g_assert_true (g_file_set_contents (second, "no results", -1, NULL));
  g_assert_false (sf_shards_look (&fixture->shards, 1));
  g_assert_false (sf_shards_all_done (&fixture->shards));
  for (guint i = 0; i < N; i++)
    fixture->shards.elements[i].done = TRUE;
  g_assert_true (sf_shards_all_done (&fixture->shards));
}

static const struct
{
  const char *printed, *expected;
} words[] = {
  { NULL, "" },
  { "", "" },
  { "\n\n", "" },
  { "one line", "one line" },
  { "first\nsynfin: disk full\n\n", "synfin: disk full" },
  { "a\nslurmstepd: error: *** JOB 12 CANCELLED ***  \n", "slurmstepd: error: *** JOB 12 CANCELLED ***" },
};

static void
test_last_words (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autofree char *log = NULL, *color = NULL;

  open_new (fixture);
  log = sf_shards_log (&fixture->shards, 0);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *last = NULL;

      if (words[i].printed != NULL)
        g_assert_true (g_file_set_contents (log, words[i].printed, -1, NULL));
      last = sf_shards_last_words (&fixture->shards, 0);
      g_assert_cmpstr (last, ==, words[i].expected);
    }
  /* Control characters of terminals are removed. */
  g_assert_true (g_file_set_contents (log, "\033[2Jred", -1, NULL));
  color = sf_shards_last_words (&fixture->shards, 0);
  g_assert_null (strchr (color, '\033'));
  g_assert_nonnull (strstr (color, "red"));
}

/* --- which are submitted --- */

/* A letter per shard: '.' no element, 'd' done, 'q' in array 12, 'Q' in array 13. */
static const struct
{
  const char *shards, *left, *arrays;
} lefts[] = {
  { ".......", "1-7", "" },       { "ddddddd", "", "" },  { "qqqqqqq", "", "12" },  { ".d.d.d.", "1,3,5,7", "" },
  { "..dd..q", "1-2,5-6", "12" }, { "dddddd.", "7", "" }, { ".qqqqqq", "1", "12" }, { "QqQq...", "5-7", "13 12" },
};

static void
set_shards (Fixture *fixture, const char *letters)
{
  for (guint i = 0; i < N; i++)
    {
      give (fixture, i, letters[i] == 'q' ? "12" : letters[i] == 'Q' ? "13" : NULL);
      fixture->shards.elements[i].done = letters[i] == 'd';
    }
}

static void
test_left (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  open_new (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (lefts); i++)
    {
      g_autofree char *left = NULL, *joined = NULL;
      g_autoptr (GPtrArray) arrays = NULL;

      set_shards (fixture, lefts[i].shards);
      left = sf_shards_list_left (&fixture->shards);
      arrays = sf_shards_arrays (&fixture->shards);
      g_ptr_array_add (arrays, NULL);
      joined = g_strjoinv (" ", (char **) arrays->pdata);
      g_assert_cmpstr (left, ==, lefts[i].left);
      g_assert_cmpstr (joined, ==, lefts[i].arrays);
    }
}

/* Submits the shards that are left, with a limit; then the job that joins them, which depends on all arrays. */
static void
test_submit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  SfShards *shards = &fixture->shards;
  g_autoptr (GError) error = NULL;
  g_autofree char *calls = NULL, *expected = NULL, *log = NULL;

  open_new (fixture);
  set_shards (fixture, "qd.....");
  g_free (shards->throttle);
  shards->throttle = g_strdup ("%3");
  log = sf_shards_log (shards, 4);
  g_assert_true (g_file_set_contents (log, "of the time before", -1, NULL));
  programs_say ("sbatch", "20\n", 0);
  g_assert_true (sf_shards_submit (shards, &error));
  g_assert_no_error (error);
  programs_say ("sbatch", "21\n", 0);
  g_assert_true (sf_shards_submit_merge (shards, &error));
  g_assert_no_error (error);
  calls = programs_calls ();
  expected = g_strdup_printf (
    "sbatch --parsable --job-name=synfin-sweep --output=%s/shard-%%a.log --cpus-per-task=2 --array=3-7%%3 %s/shard.sh\n"
    "sbatch --parsable --job-name=synfin-sweep --output=%s/merge.log --cpus-per-task=1 --dependency=afterany:12:20 "
    "%s/merge.sh\n",
    shards->folder, shards->folder, shards->folder, shards->folder);
  g_assert_cmpstr (calls, ==, expected);
  g_assert_cmpstr (shards->elements[0].array, ==, "12");
  g_assert_null (shards->elements[1].array);
  g_assert_cmpstr (shards->elements[6].array, ==, "20");
  g_assert_cmpuint (shards->elements[0].tries, ==, 0);
  g_assert_cmpuint (shards->elements[6].tries, ==, 1);
  g_assert_cmpstr (shards->merge, ==, "21");
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
}

/* If submitting is refused, nothing has changed. Of two jobs that join, the first is canceled. */
static void
test_submit_refused (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  SfShards *shards = &fixture->shards;
  g_autoptr (GError) array = NULL, merge = NULL;
  g_autofree char *calls = NULL;

  open_new (fixture);
  set_shards (fixture, "qd.....");
  programs_say ("sbatch", "", 1);
  programs_say ("scancel", "", 0);
  g_assert_false (sf_shards_submit (shards, &array));
  g_assert_nonnull (array);
  g_assert_null (shards->elements[2].array);
  g_assert_cmpuint (shards->elements[2].tries, ==, 0);
  shards->merge = g_strdup ("19");
  g_free (programs_calls ());
  g_assert_false (sf_shards_submit_merge (shards, &merge));
  g_assert_nonnull (merge);
  g_assert_null (shards->merge);
  calls = programs_calls ();
  g_assert_true (g_str_has_prefix (calls, "scancel 19\nsbatch "));
}

static char *
read_file (const SfShards *shards, const char *name)
{
  g_autofree char *path = sf_shards_path (shards, name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

/* The scripts of jobs: words are quoted, the file is after "--", the scenario is the copy, and the shell is replaced by
 * the program, so that its exit status is that of the job. */
static void
test_scripts (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  const SfShards *shards = &fixture->shards;
  g_autofree char *shard = NULL, *merge = NULL, *scenario = NULL, *options_part = NULL, *end = NULL, *merge_end = NULL;
  gsize len;

  open_new (fixture);
  g_assert_true (sf_shards_write_scripts (shards, NULL));
  shard = read_file (shards, SF_SHARD_SCRIPT);
  merge = read_file (shards, SF_MERGE_SCRIPT);
  scenario = read_file (shards, SF_SCENARIO_COPY);
  options_part = g_strdup_printf (" 'sweep' '--seed=7' '--set=title=it'\\''s' --resume --jobs=2 "
                                  "--shard=\"$SLURM_ARRAY_TASK_ID/7\" --db '%s/shard-'\"$SLURM_ARRAY_TASK_ID.sqlite\" ",
                                  shards->folder);
  end = g_strdup_printf ("--text '%s/scenario.yaml' -- '-a file.yaml'\n", shards->folder);
  merge_end = g_strdup_printf (" '%s/shard-6.sqlite' '%s/shard-7.sqlite'\n", shards->folder, shards->folder);
  g_assert_true (g_str_has_prefix (shard, "#!/bin/sh\nexec '"));
  g_assert_nonnull (strstr (shard, options_part));
  g_assert_true (g_str_has_suffix (shard, end));
  g_assert_true (g_str_has_prefix (merge, "#!/bin/sh\nexec '"));
  g_assert_nonnull (strstr (merge, " 'sweep-merge' '-o' '"));
  g_assert_true (g_str_has_suffix (merge, merge_end));
  g_assert_cmpstr (scenario, ==, sf_source_text (fixture->sweep->source, &len));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/lab/cluster/shards/options", test_options },
    { "/lab/cluster/shards/names", test_names },
    { "/lab/cluster/shards/state", test_state },
    { "/lab/cluster/shards/refused", test_refused },
    { "/lab/cluster/shards/no-folder", test_no_folder },
    { "/lab/cluster/shards/lock", test_lock },
    { "/lab/cluster/shards/remove", test_remove },
    { "/lab/cluster/shards/look", test_look },
    { "/lab/cluster/shards/last-words", test_last_words },
    { "/lab/cluster/shards/left", test_left },
    { "/lab/cluster/shards/submit", test_submit },
    { "/lab/cluster/shards/submit-refused", test_submit_refused },
    { "/lab/cluster/shards/scripts", test_scripts },
  };
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
