/* SPDX-License-Identifier: MIT
 *
 * What Slurm is asked, and how its output is parsed. Fake programs print what different versions and sites do, and what
 * none should.
 */
#include "lab/cluster/slurm.h"
#include "tests/support/programs.h"

#include <string.h>
#include <unistd.h>

/* --- submitting --- */

/* No options. */
static char *none[] = { NULL };

static const SfSlurmJob plain = { .script = "/s.sh", .name = "name", .output = "/out", .n_cpus = 1, .options = none };

static const struct
{
  const char *said;    /* output of sbatch */
  const char *id;      /* NULL: none */
  const char *cluster; /* NULL: not told */
} submitted[] = {
  { "12\n", "12", NULL },
  { "12", "12", NULL },
  { "  12  \n", "12", NULL },
  { "12;north\n", "12", "north" },
  /* A site adds its own lines. The last number is that of the job. */
  { "Welcome to the 3rd cluster\n2 jobs are yours\n12\n", "12", NULL },
  { "7\n12;north\nbye\n\n", "12", "north" },
  { "Submitted batch job 12\n", NULL, NULL },
  { "12_3\n", NULL, NULL },
  { "-12\n", NULL, NULL },
  { "", NULL, NULL },
};

static void
test_submitted (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (submitted); i++)
    {
      SfSlurm slurm = { NULL };
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;

      programs_say ("sbatch", submitted[i].said, 0);
      id = sf_slurm_submit (&slurm, &plain, &error);
      g_assert_cmpstr (id, ==, submitted[i].id);
      g_assert_cmpstr (slurm.cluster, ==, submitted[i].cluster);
      g_assert_cmpint (error != NULL, ==, submitted[i].id == NULL);
      sf_slurm_clear (&slurm);
    }
}

/* The arguments of sbatch, with and without everything that a job may have. The user's options come before those that
 * must be. */
static void
test_arguments (void)
{
  char *options[] = { (char *) "--partition=short", (char *) "-t 10", NULL };
  const SfSlurmJob array = {
    .script = "/a b.sh", .name = "sweep", .output = "/o-%a.log", .array = "1-4,7%2", .n_cpus = 8, .options = options
  };
  const SfSlurmJob single = {
    .script = "/m.sh", .name = "sweep", .output = "/m.log", .depends = "afterany:12:13", .n_cpus = 1, .options = none
  };
  SfSlurm slurm = { NULL };
  g_autofree char *calls = NULL;

  g_free (programs_calls ());
  programs_say ("sbatch", "12;north\n", 0);
  g_free (sf_slurm_submit (&slurm, &array, NULL));
  g_free (sf_slurm_submit (&slurm, &single, NULL));
  calls = programs_calls ();
  g_assert_cmpstr (calls, ==,
                   "sbatch --parsable --job-name=sweep --output=/o-%a.log --cpus-per-task=8 --partition=short -t 10 "
                   "--array=1-4,7%2 /a b.sh\n"
                   "sbatch --parsable --job-name=sweep --output=/m.log --cpus-per-task=1 --clusters=north "
                   "--dependency=afterany:12:13 /m.sh\n");
  sf_slurm_clear (&slurm);
}

/* The error is the output of the program, or its exit status. */
static void
test_refused (void)
{
  SfSlurm slurm = { NULL };
  g_autoptr (GError) failed = NULL, missing = NULL;
  g_autofree char *own = NULL;

  programs_say ("sbatch", "", 1);
  g_assert_null (sf_slurm_submit (&slurm, &plain, &failed));
  g_assert_cmpstr (failed->message, ==, "sbatch: sbatch: it failed");
  programs_remove ("sbatch");
  own = g_find_program_in_path ("sbatch"); /* that of the machine */
  if (own != NULL)
    return;
  g_assert_null (sf_slurm_submit (&slurm, &plain, &missing));
  g_assert_error (missing, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT);
  g_assert_nonnull (strstr (missing->message, "there is no 'sbatch'"));
}

/* --- the queue --- */

static const struct
{
  const char *line, *id; /* line of squeue; its job, NULL: none */
  guint element;
  const char *state, *reason, *command;
  gboolean held;
} queued[] = {
  { "12|3|RUNNING|None|/a/shard.sh", "12_3", 3, "RUNNING", "None", "/a/shard.sh", FALSE },
  { "13|N/A|PENDING|Dependency|/a/merge.sh", "13", 0, "PENDING", "Dependency", "/a/merge.sh", FALSE },
  { " 14 | 1 | PENDING | Priority | /a b.sh ", "14_1", 1, "PENDING", "Priority", "/a b.sh", FALSE },
  /* Only the last field may contain the separator. */
  { "15|2|PENDING|Resources|/a|b.sh", "15_2", 2, "PENDING", "Resources", "/a|b.sh", FALSE },
  { "16|1|PENDING|JobHeldUser|", "16_1", 1, "PENDING", "JobHeldUser", "", TRUE },
  { "17|1|PENDING|launch failed requeued held|/s", "17_1", 1, "PENDING", "launch failed requeued held", "/s", TRUE },
  { "18|1|SPECIAL_EXIT|None|/s", "18_1", 1, "SPECIAL_EXIT", "None", "/s", TRUE },
  { "19|1|REQUEUE_HOLD|None|/s", "19_1", 1, "REQUEUE_HOLD", "None", "/s", TRUE },
  { "CLUSTER: north", NULL, 0, NULL, NULL, NULL, FALSE },
  { "20|1|RUNNING|None", NULL, 0, NULL, NULL, NULL, FALSE },
  { "|1|RUNNING|None|/s", NULL, 0, NULL, NULL, NULL, FALSE },
  { "", NULL, 0, NULL, NULL, NULL, FALSE },
};

static void
test_queue (void)
{
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (SfSlurmQueue) queue = NULL;
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (queued); i++)
    g_string_append_printf (said, "%s\n", queued[i].line);
  programs_say ("squeue", said->str, 0);
  queue = sf_slurm_queue (&(SfSlurm){ NULL }, NULL);
  g_assert_nonnull (queue);
  for (guint i = 0; i < G_N_ELEMENTS (queued); i++)
    {
      const SfSlurmEntry *entry = queued[i].id != NULL ? sf_slurm_find (queue, queued[i].id) : NULL;

      if (queued[i].id == NULL)
        continue;
      g_assert_nonnull (entry);
      g_assert_true (entry == g_ptr_array_index (queue->entries, n++));
      g_assert_cmpuint (entry->element, ==, queued[i].element);
      g_assert_cmpstr (entry->state, ==, queued[i].state);
      g_assert_cmpstr (entry->reason, ==, queued[i].reason);
      g_assert_cmpstr (entry->command, ==, queued[i].command);
      g_assert_cmpint (sf_slurm_is_held (entry), ==, queued[i].held);
    }
  g_assert_cmpuint (queue->entries->len, ==, n);
  g_assert_null (sf_slurm_find (queue, "12"));
  g_assert_null (sf_slurm_find (queue, "12_4"));
}

/* The user and the cluster are named. */
static void
test_queue_arguments (void)
{
  g_autofree char *user = g_strdup_printf ("--user=%u", (unsigned) getuid ());
  g_autofree char *calls = NULL;
  g_autoptr (GError) error = NULL;

  g_free (programs_calls ());
  programs_say ("squeue", "", 0);
  sf_slurm_queue_free (sf_slurm_queue (&(SfSlurm){ (char *) "north" }, NULL));
  calls = programs_calls ();
  g_assert_nonnull (strstr (calls, " --clusters=north "));
  g_assert_nonnull (strstr (calls, user));
  programs_say ("squeue", "12|1|RUNNING|None|/s\n", 1);
  g_assert_null (sf_slurm_queue (&(SfSlurm){ NULL }, &error));
  g_assert_cmpstr (error->message, ==, "squeue: squeue: it failed");
}

/* Variables that are options of Slurm's programs, and whether they are passed on. */
static const struct
{
  const char *name;
  gboolean passed;
} variables[] = {
  { "SQUEUE_STATES", FALSE }, { "SQUEUE_FORMAT", FALSE },   { "SACCT_FORMAT", FALSE },  { "SBATCH_ARRAY_INX", FALSE },
  { "SBATCH_WAIT", FALSE },   { "SBATCH_PARTITION", TRUE }, { "SLURM_CLUSTERS", TRUE },
};

static void
test_environment (void)
{
  g_autofree char *seen = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    g_setenv (variables[i].name, "x", TRUE);
  programs_say ("squeue", "", 0);
  sf_slurm_queue_free (sf_slurm_queue (&(SfSlurm){ NULL }, NULL));
  seen = programs_environment ();
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *line = g_strdup_printf ("%s=x\n", variables[i].name);

      g_test_message ("%s", variables[i].name);
      g_assert_cmpint (strstr (seen, line) != NULL, ==, variables[i].passed);
      g_unsetenv (variables[i].name);
    }
}

/* --- how jobs have ended --- */

static const struct
{
  const char *fate;
  gboolean ended, cluster_fault;
} fates[] = {
  { "COMPLETED, exit code 0:0", TRUE, FALSE },
  { "FAILED, exit code 7:0", TRUE, FALSE },
  { "CANCELLED by 0, exit code 0:15", TRUE, FALSE },
  { "TIMEOUT, exit code 0:0", TRUE, FALSE },
  { "OUT_OF_MEMORY, exit code 0:9", TRUE, FALSE },
  { "DEADLINE", TRUE, FALSE },
  { "NODE_FAIL, exit code 1:0", TRUE, TRUE },
  { "BOOT_FAIL", TRUE, TRUE },
  { "PREEMPTED", TRUE, TRUE },
  { "REVOKED", TRUE, TRUE },
  { "LAUNCH_FAILED", TRUE, FALSE },
  { "RUNNING", FALSE, FALSE },
  { "PENDING", FALSE, FALSE },
  { "COMPLETING", FALSE, FALSE },
  { "REQUEUED", FALSE, FALSE },
  { "SUSPENDED", FALSE, FALSE },
  { "", FALSE, FALSE },
};

static void
test_fates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (fates); i++)
    if (sf_slurm_has_ended (fates[i].fate) != fates[i].ended
        || sf_slurm_is_cluster_fault (fates[i].fate) != fates[i].cluster_fault)
      g_error ("'%s'", fates[i].fate);
}

/* The elements of array 12, according to the controller and to accounting. */
static const struct
{
  const char *name;
  const char *scontrol, *sacct; /* output; NULL: it fails */
  const char *expected;         /* "ELEMENT FATE|…" for the elements 1 to 9; "": none is known */
} told[] = {
  { "controller",
    "JobId=15 ArrayJobId=12 ArrayTaskId=3 JobName=s JobState=FAILED Reason=NonZero ExitCode=7:0 Requeue=1\n"
    "JobId=12 ArrayJobId=12 ArrayTaskId=4 JobName=s JobState=COMPLETED Reason=None ExitCode=0:0\n",
    NULL, "3 FAILED, exit code 7:0|4 COMPLETED, exit code 0:0" },
  /* Elements that ended before Slurm split the array. */
  { "ranges", "JobId=12 ArrayJobId=12 ArrayTaskId=1-2,4,6-8:2%3 JobState=CANCELLED ExitCode=0:0\n", NULL,
    "1 CANCELLED, exit code 0:0|2 CANCELLED, exit code 0:0|4 CANCELLED, exit code 0:0|6 CANCELLED, exit code 0:0|8 "
    "CANCELLED, exit code 0:0" },
  { "accounts", NULL, "12_3|FAILED|7:0\n12_4|TIMEOUT|0:0\n", "3 FAILED, exit code 7:0|4 TIMEOUT, exit code 0:0" },
  { "accounts-of-many", NULL, "12_[1-2,5]|CANCELLED by 0|0:0\n",
    "1 CANCELLED by 0, exit code 0:0|2 CANCELLED by 0, exit code 0:0|5 CANCELLED by 0, exit code 0:0" },
  /* Accounting may show an ended job as running for ever. */
  { "runs-for-ever", NULL, "12_3|RUNNING|0:0\n12_4|PENDING|0:0\n", "" },
  /* The controller comes first. */
  { "both", "JobId=15 ArrayJobId=12 ArrayTaskId=3 JobState=RUNNING ExitCode=0:0\n",
    "12_3|FAILED|1:0\n12_4|FAILED|2:0\n", "3 RUNNING, exit code 0:0|4 FAILED, exit code 2:0" },
  { "no-array", "JobId=12 JobName=s JobState=FAILED ExitCode=7:0\n", "12|FAILED|7:0\n", "" },
  { "no-state", "JobId=15 ArrayJobId=12 ArrayTaskId=3 ExitCode=7:0\n", "12_3|FAILED\n|||\n", "" },
  { "nonsense", "slurm_load_jobs error: Invalid job id specified\n", "_\n12_|FAILED|7:0\n12_x|FAILED|7:0\n", "" },
  { "backwards", "JobId=12 ArrayJobId=12 ArrayTaskId=5-2 JobState=FAILED ExitCode=1:0\n", NULL, "" },
  { "nobody", NULL, NULL, "" },
};

static void
test_told (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data), n = 0;
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GHashTable) table = NULL;

  programs_say ("scontrol", told[i].scontrol != NULL ? told[i].scontrol : "", told[i].scontrol == NULL);
  programs_say ("sacct", told[i].sacct != NULL ? told[i].sacct : "", told[i].sacct == NULL);
  table = sf_slurm_fates (&(SfSlurm){ NULL }, "12");
  for (guint k = 1; k < 10; k++)
    {
      g_autofree char *id = g_strdup_printf ("12_%u", k);
      const char *fate = g_hash_table_lookup (table, id);

      if (fate != NULL)
        g_string_append_printf (seen, "%s%u %s", n++ > 0 ? "|" : "", k, fate);
    }
  g_assert_cmpstr (seen->str, ==, told[i].expected);
  g_assert_cmpuint (g_hash_table_size (table), ==, n);
}

/* A range beyond any array does not use up the memory. */
static void
test_endless (void)
{
  g_autoptr (GHashTable) table = NULL;

  programs_say ("scontrol",
                "JobId=12 ArrayJobId=12 ArrayTaskId=1-9:0,4000000000-5000000000 JobState=FAILED ExitCode=1:0\n", 0);
  programs_say ("sacct", "", 1);
  table = sf_slurm_fates (&(SfSlurm){ NULL }, "12");
  g_assert_cmpuint (g_hash_table_size (table), ==, 9);
}

/* --- the cluster --- */

static const struct
{
  const char *config; /* output of scontrol, NULL: it fails */
  guint most;
} limits[] = {
  { "AccountingStorageHost = x\nMaxArraySize            = 1001\nMaxJobCount = 10000\n", 1000 },
  { "MaxArraySize=64\n", 63 },
  { NULL, 1000 },
  { "MaxJobCount = 10000\n", 1000 },
  { "MaxArraySize = 0\n", 1 },
  { "MaxArraySize = 99999999999\n", G_MAXINT32 - 1 },
};

static void
test_limits (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      programs_say ("scontrol", limits[i].config != NULL ? limits[i].config : "", limits[i].config == NULL);
      g_assert_cmpuint (sf_slurm_max_element (&(SfSlurm){ NULL }), ==, limits[i].most);
    }
}

static void
test_cancel (void)
{
  g_autofree char *calls = NULL;

  g_free (programs_calls ());
  programs_say ("scancel", "", 0);
  sf_slurm_cancel (&(SfSlurm){ NULL }, "12");
  sf_slurm_cancel (&(SfSlurm){ (char *) "north" }, "13_2");
  calls = programs_calls ();
  g_assert_cmpstr (calls, ==, "scancel 12\nscancel --clusters=north 13_2\n");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  programs_begin ();
  g_test_add_func ("/lab/cluster/slurm/submitted", test_submitted);
  g_test_add_func ("/lab/cluster/slurm/arguments", test_arguments);
  g_test_add_func ("/lab/cluster/slurm/refused", test_refused);
  g_test_add_func ("/lab/cluster/slurm/queue", test_queue);
  g_test_add_func ("/lab/cluster/slurm/queue-arguments", test_queue_arguments);
  g_test_add_func ("/lab/cluster/slurm/environment", test_environment);
  g_test_add_func ("/lab/cluster/slurm/fates", test_fates);
  g_test_add_func ("/lab/cluster/slurm/endless", test_endless);
  g_test_add_func ("/lab/cluster/slurm/limits", test_limits);
  g_test_add_func ("/lab/cluster/slurm/cancel", test_cancel);
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    {
      g_autofree char *path = g_strconcat ("/lab/cluster/slurm/told/", told[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_told);
    }
  status = g_test_run ();
  programs_end ();
  return status;
}
