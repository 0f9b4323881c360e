/* SPDX-License-Identifier: MIT */
#include "cli/sweep_slurm.h"

#include "cli/slurm.h"
#include "lab/files.h"
#include "lab/simulation.h"
#include "lab/sweep_run.h"
#include "models/gettext.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* An element that has ended is taken to have failed if its shard is not complete so many looks later: a shared file system may show it late. */
#define GRACE 4
#define MAX_TRIES 3
#define FIRST_WAIT (G_USEC_PER_SEC / 2)
#define LONGEST_WAIT (10 * G_USEC_PER_SEC)
/* Looks at a queue that does not answer before that is told. */
#define QUIET_FAILURES 5

/* How long runs are timed to find out how many shards to make. */
#define TIMING (G_USEC_PER_SEC / 2)
#define TIMED_RUNS 20 /* of a point */
#define STRIDE 7919   /* from a point to the next: a prime, so that all come in turn */

/* What the file of the folder that says what was submitted is called, and its groups. */
#define STATE_FILE "state"
#define GROUP_SWEEP "sweep"
#define GROUP_JOBS "jobs"

/* One shard. */
typedef struct
{
  char *job;      /* number of the array that it was last submitted in; NULL: not yet */
  guint tries;    /* how often it was submitted */
  guint unseen;   /* looks since it left the queue */
  gboolean done;  /* the shard is complete */
  gboolean running;
} Element;

typedef struct
{
  const SfSweepSlurm *job;
  char *folder, *digest;
  char **options;     /* for sbatch */
  Element *elements;
  guint n;
  GPtrArray *arrays;  /* char *: all arrays that were submitted */
  char *merge;        /* the job that joins the shards; NULL: none */
} Cluster;

/* --- the folder --- */

static char *
path_in (const Cluster *cluster, const char *name)
{
  return g_build_filename (cluster->folder, name, NULL);
}

static char *
shard_path (const Cluster *cluster, guint i)
{
  g_autofree char *name = g_strdup_printf ("shard-%u.sqlite", i + 1);

  return path_in (cluster, name);
}

/* Writes down what was submitted, so that another call can go on with it. */
static gboolean
save_state (const Cluster *cluster, GError **error)
{
  g_autoptr (GKeyFile) state = g_key_file_new ();
  g_autofree char *path = path_in (cluster, STATE_FILE);

  g_key_file_set_string (state, GROUP_SWEEP, "digest", cluster->digest);
  g_key_file_set_integer (state, GROUP_SWEEP, "shards", (int) cluster->n);
  for (guint i = 0; i < cluster->n; i++)
    if (cluster->elements[i].job != NULL)
      {
        g_autofree char *key = g_strdup_printf ("%u", i + 1);

        g_key_file_set_string (state, GROUP_JOBS, key, cluster->elements[i].job);
      }
  if (cluster->merge != NULL)
    g_key_file_set_string (state, GROUP_JOBS, "merge", cluster->merge);
  return g_key_file_save_to_file (state, path, error);
}

static void
set_shards (Cluster *cluster, guint n)
{
  cluster->n = n;
  cluster->elements = g_new0 (Element, n);
}

static gboolean
is_known (const Cluster *cluster, const char *array)
{
  return g_ptr_array_find_with_equal_func (cluster->arrays, array, g_str_equal, NULL);
}

static void
take_state (Cluster *cluster, GKeyFile *state)
{
  set_shards (cluster, (guint) MAX (g_key_file_get_integer (state, GROUP_SWEEP, "shards", NULL), 1));
  cluster->merge = g_key_file_get_string (state, GROUP_JOBS, "merge", NULL);
  for (guint i = 0; i < cluster->n; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i + 1);
      char *array = g_key_file_get_string (state, GROUP_JOBS, key, NULL);

      cluster->elements[i].job = array;
      if (array != NULL && !is_known (cluster, array))
        g_ptr_array_add (cluster->arrays, g_strdup (array));
    }
}

/* Takes up what an earlier call has left. FALSE after a message if that must not be. */
static gboolean
load_state (Cluster *cluster)
{
  g_autoptr (GKeyFile) state = g_key_file_new ();
  g_autofree char *path = path_in (cluster, STATE_FILE);
  g_autofree char *digest = NULL;

  if (!g_key_file_load_from_file (state, path, G_KEY_FILE_NONE, NULL))
    return TRUE;
  if (!cluster->job->resume)
    return sf_usage_error ("sweep", _("%s holds shards of an earlier sweep: --resume goes on with them; else remove it"), cluster->folder),
           FALSE;
  digest = g_key_file_get_string (state, GROUP_SWEEP, "digest", NULL);
  if (g_strcmp0 (digest, cluster->digest) != 0)
    return sf_usage_error ("sweep", _("%s holds shards of another sweep; remove it, or name another --db"), cluster->folder), FALSE;
  take_state (cluster, state);
  if (cluster->job->n_shards != 0 && cluster->job->n_shards != cluster->n)
    return sf_usage_error ("sweep", _("%s was begun with %u shards, which cannot be changed"), cluster->folder, cluster->n), FALSE;
  return TRUE;
}

static void
remove_folder (const Cluster *cluster)
{
  g_autoptr (GDir) dir = g_dir_open (cluster->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = path_in (cluster, name);

      g_unlink (path);
    }
  g_rmdir (cluster->folder);
}

/* --- scripts --- */

static void
add_word (GString *script, const char *word)
{
  g_autofree char *quoted = g_shell_quote (word);

  g_string_append_printf (script, " %s", quoted);
}

/* Begins a script that becomes this program. Nothing comes behind: its exit status must be that of the job. */
static GString *
begin_script (const char *command)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  GString *script = g_string_new ("#!/bin/sh\nexec");

  add_word (script, program != NULL ? program : "synfin");
  add_word (script, command);
  return script;
}

static gboolean
write_script (const Cluster *cluster, const char *name, GString *script, GError **error)
{
  g_autofree char *path = path_in (cluster, name);
  gboolean written;

  g_string_append_c (script, '\n');
  written = sf_file_write (path, script->str, script->len, error);
  g_string_free (script, TRUE);
  return written;
}

static gboolean
write_shard_script (const Cluster *cluster, GError **error)
{
  const SfSweepSlurm *job = cluster->job;
  GString *script = begin_script ("sweep");
  g_autofree char *stem = path_in (cluster, "shard-");

  for (guint i = 0; job->arguments[i] != NULL; i++)
    add_word (script, job->arguments[i]);
  g_string_append_printf (script, " --resume --jobs=%u --shard=\"$SLURM_ARRAY_TASK_ID/%u\" --db", job->n_threads, cluster->n);
  add_word (script, stem);
  g_string_append (script, "\"$SLURM_ARRAY_TASK_ID.sqlite\"");
  add_word (script, job->file);
  return write_script (cluster, "shard.sh", script, error);
}

static gboolean
write_merge_script (const Cluster *cluster, GError **error)
{
  GString *script = begin_script ("sweep-merge");
  g_autofree char *db = g_canonicalize_filename (cluster->job->db, NULL);

  add_word (script, "-o");
  add_word (script, db);
  for (guint i = 0; i < cluster->n; i++)
    {
      g_autofree char *path = shard_path (cluster, i);

      add_word (script, path);
    }
  return write_script (cluster, "merge.sh", script, error);
}

/* --- submitting --- */

/* Returns `path` as --output of sbatch takes it, which replaces what follows a '%'. */
static char *
output_name (const Cluster *cluster, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (cluster->folder, "%", -1);
  g_autofree char *folder = g_strjoinv ("%%", parts);

  return g_build_filename (folder, name, NULL);
}

static char *
submit (const Cluster *cluster, const char *script_name, const char *output, const char *array, const char *depends, guint n_cpus,
        GError **error)
{
  g_autofree char *script = path_in (cluster, script_name);
  g_autofree char *to = output_name (cluster, output);
  const SfSlurmJob job = { .script = script, .name = "synfin-sweep", .output = to, .array = array, .depends = depends,
                           .n_cpus = n_cpus, .options = cluster->options };

  return sf_slurm_submit (&job, error);
}

/* The last array must end well; what failed of earlier ones is in it. */
static gboolean
submit_merge (Cluster *cluster, GError **error)
{
  g_autoptr (GString) depends = g_string_new (NULL);

  if (cluster->merge != NULL)
    sf_slurm_cancel (cluster->merge);
  g_clear_pointer (&cluster->merge, g_free);
  for (guint i = 0; i < cluster->arrays->len; i++)
    g_string_append_printf (depends, "%s%s:%s", i > 0 ? "," : "", i + 1 < cluster->arrays->len ? "afterany" : "afterok",
                            (const char *) g_ptr_array_index (cluster->arrays, i));
  cluster->merge = submit (cluster, "merge.sh", "merge.log", NULL, depends->str, 1, error);
  return cluster->merge != NULL;
}

/* TRUE if the shard has to be submitted: it is not complete, and nobody works at it. */
static gboolean
is_left (const Element *element)
{
  return !element->done && element->job == NULL;
}

/* Returns those that are left as --array takes them: "1-4,7". */
static char *
list_left (const Cluster *cluster)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < cluster->n; i++)
    {
      guint first = i;

      if (!is_left (&cluster->elements[i]))
        continue;
      while (i + 1 < cluster->n && is_left (&cluster->elements[i + 1]))
        i++;
      g_string_append_printf (list, i > first ? "%s%u-%u" : "%s%u", list->len > 0 ? "," : "", first + 1, i + 1);
    }
  return g_string_free (list, FALSE);
}

/* Submits all shards that are left as one array, and the job that joins all. */
static gboolean
submit_left (Cluster *cluster, GError **error)
{
  g_autofree char *list = list_left (cluster);
  g_autofree char *array = NULL;

  if (*list == '\0')
    return TRUE;
  array = submit (cluster, "shard.sh", "shard-%a.log", list, NULL, cluster->job->n_threads, error);
  if (array == NULL)
    return FALSE;
  for (guint i = 0; i < cluster->n; i++)
    if (is_left (&cluster->elements[i]))
      {
        cluster->elements[i].job = g_strdup (array);
        cluster->elements[i].tries++;
        cluster->elements[i].unseen = 0;
      }
  g_ptr_array_add (cluster->arrays, g_steal_pointer (&array));
  return save_state (cluster, error) && submit_merge (cluster, error) && save_state (cluster, error);
}

/* --- following --- */

/* TRUE if the results at `path` are all there. */
static gboolean
is_complete (const char *path)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) sweep = NULL;
  g_autoptr (SfStore) store = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  store = sf_store_open_existing (path, &sweep, diag, NULL);
  return store != NULL && sf_store_is_complete (store);
}

static void
look_at_shard (const Cluster *cluster, guint i)
{
  g_autofree char *path = shard_path (cluster, i);

  cluster->elements[i].done = is_complete (path);
}

static char *
element_name (const Cluster *cluster, guint i)
{
  return g_strdup_printf ("%s_%u", cluster->elements[i].job, i + 1);
}

/* Returns the last line that the element printed; "" if there is none. */
static char *
last_words (const Cluster *cluster, guint i)
{
  g_autofree char *name = g_strdup_printf ("shard-%u.log", i + 1);
  g_autofree char *path = path_in (cluster, name);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdup ("");
  g_strchomp (text);
  line = strrchr (text, '\n');
  return sf_printable (line != NULL ? line + 1 : text, FALSE);
}

/* Says that an element has failed. FALSE if it is not to be tried again: it has failed too often, or somebody ended it on purpose. */
static gboolean
tell_failure (const Cluster *cluster, guint i)
{
  const Element *element = &cluster->elements[i];
  g_autofree char *name = element_name (cluster, i);
  g_autofree char *fate = sf_slurm_fate (name);
  g_autofree char *words = last_words (cluster, i);
  gboolean again = element->tries < MAX_TRIES && (fate == NULL || !g_str_has_prefix (fate, "CANCELLED"));

  fprintf (stderr, _("synfin: shard %u of %u failed (job %s: %s)%s%s%s\n"), i + 1, cluster->n, name, fate != NULL ? fate : _("how is not known"),
           *words != '\0' ? ": " : "", words, again ? _("; submitting it again") : "");
  return again;
}

/* Brings what is known of an element up to what the queue says. FALSE after a message if its work cannot be done. */
static gboolean
look_at_element (const Cluster *cluster, guint i, GHashTable *queue)
{
  Element *element = &cluster->elements[i];
  g_autofree char *name = NULL;
  const char *state;

  if (element->done || element->job == NULL)
    return TRUE;
  name = element_name (cluster, i);
  state = g_hash_table_lookup (queue, name);
  element->running = state != NULL && strcmp (state, "PENDING") != 0;
  if (state != NULL)
    return TRUE;
  look_at_shard (cluster, i);
  if (element->done || ++element->unseen < GRACE)
    return TRUE;
  if (!tell_failure (cluster, i))
    return FALSE;
  g_clear_pointer (&element->job, g_free);
  return TRUE;
}

/* Shows how far it is; FALSE if it is to stop. */
static gboolean
tell_progress (const Cluster *cluster)
{
  guint done = 0, running = 0;
  g_autofree char *line = NULL;

  for (guint i = 0; i < cluster->n; i++)
    {
      done += cluster->elements[i].done;
      running += !cluster->elements[i].done && cluster->elements[i].running;
    }
  if (done == cluster->n)
    line = g_strdup_printf (_("Slurm job %s joins the shards"), cluster->merge);
  else
    line = g_strdup_printf (_("Slurm: %u of %u shards are done, %u run, %u wait"), done, cluster->n, running, cluster->n - done - running);
  return sf_sweep_progress_say (cluster->job->progress, line);
}

static gboolean
all_done (const Cluster *cluster)
{
  for (guint i = 0; i < cluster->n; i++)
    if (!cluster->elements[i].done)
      return FALSE;
  return TRUE;
}

/* Waits `*wait` us, and longer the next time; FALSE if it is to stop. */
static gboolean
pause_between (const Cluster *cluster, gint64 *wait)
{
  gint64 until = g_get_monotonic_time () + *wait;

  *wait = MIN (*wait * 5 / 4, LONGEST_WAIT);
  while (g_get_monotonic_time () < until)
    {
      if (!tell_progress (cluster))
        return FALSE;
      g_usleep (G_USEC_PER_SEC / 10);
    }
  return TRUE;
}

/* Says which jobs go on without us. */
static SfExit
tell_stop (const Cluster *cluster)
{
  g_autoptr (GString) ids = g_string_new (NULL);

  for (guint i = 0; i < cluster->arrays->len; i++)
    g_string_append_printf (ids, " %s", (const char *) g_ptr_array_index (cluster->arrays, i));
  fprintf (stderr,
           _("\nsynfin: no longer following; the jobs go on. The same command with --resume follows them again, 'scancel%s %s' ends them\n"),
           ids->str, cluster->merge);
  return SF_EXIT_FAULT;
}

/* Looks at all elements, and submits those again that failed. */
static SfExit
look_at_all (Cluster *cluster, GHashTable *queue)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < cluster->n; i++)
    if (!look_at_element (cluster, i, queue))
      {
        g_clear_pointer (&cluster->elements[i].job, g_free);
        save_state (cluster, NULL);
        sf_slurm_cancel (cluster->merge);
        return sf_fault (_("the other shards are kept in %s; the same command with --resume goes on with them"), cluster->folder);
      }
  return submit_left (cluster, &error) ? SF_EXIT_OK : sf_fault ("%s", error->message);
}

/* Follows the jobs until all shards are complete and the job that joins them has ended. */
static SfExit
follow (Cluster *cluster)
{
  gint64 wait = FIRST_WAIT;
  guint failures = 0;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GHashTable) queue = sf_slurm_queue (&error);
      SfExit status = SF_EXIT_OK;

      failures = queue != NULL ? 0 : failures + 1;
      if (failures == QUIET_FAILURES)
        fprintf (stderr, _("synfin: warning: %s; trying on\n"), error->message);
      if (queue != NULL)
        status = look_at_all (cluster, queue);
      if (status != SF_EXIT_OK)
        return status;
      if (queue != NULL && all_done (cluster) && (cluster->merge == NULL || !g_hash_table_contains (queue, cluster->merge)))
        return SF_EXIT_OK;
      if (!pause_between (cluster, &wait))
        return tell_stop (cluster);
    }
}

/* The job that joins the shards may have failed, or never been: then they are joined here, which says what is wrong if it fails again. */
static SfExit
join (const Cluster *cluster)
{
  g_autoptr (GPtrArray) shards = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  if (!is_complete (cluster->job->db))
    {
      for (guint i = 0; i < cluster->n; i++)
        g_ptr_array_add (shards, shard_path (cluster, i));
      g_ptr_array_add (shards, NULL);
      if (!sf_store_merge (cluster->job->db, (const char *const *) shards->pdata, &error))
        return sf_sweep_error (error);
    }
  remove_folder (cluster);
  return SF_EXIT_OK;
}

/* --- how many shards --- */

/* Does some runs of `point`, but not after `until`; adds to `*n` how many, and to `*spent` how long they took in us. FALSE if there is no such
 * run. */
static gboolean
time_point (const SfSweep *sweep, guint point, gint64 until, guint *n, gint64 *spent)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfRun *run = sf_sweep_load_point (sweep, point, diag);
  gint64 began = g_get_monotonic_time (), now = began;

  if (run == NULL)
    return FALSE;
  for (guint i = 0; i < TIMED_RUNS && (i == 0 || now < until); i++, (*n)++)
    {
      sf_story_free (sf_simulate (run->scenario, i));
      now = g_get_monotonic_time ();
    }
  *spent += now - began;
  sf_run_free (run);
  return TRUE;
}

/* Returns how long a run takes, in us, as far as some runs of points from all over the sweep tell. */
static double
time_runs (const SfSweep *sweep)
{
  guint n_points = sf_sweep_n_points (sweep), n = 0;
  gint64 until = g_get_monotonic_time () + TIMING, spent = 0;

  for (guint64 i = 0; i == 0 || g_get_monotonic_time () < until; i++)
    if (!time_point (sweep, (guint) (i * STRIDE % n_points), until, &n, &spent))
      return 0;
  return (double) spent / n;
}

static guint
estimate_shards (const SfSweepSlurm *job)
{
  double runs = (double) sf_sweep_n_points (job->sweep) * (double) job->sweep->replications;
  double seconds = time_runs (job->sweep) * runs / G_USEC_PER_SEC / job->n_threads;

  return (guint) CLAMP (seconds / SF_SLURM_SECONDS, 1, sf_slurm_max_element ());
}

/* --- all of it --- */

static SfExit
begin (Cluster *cluster)
{
  g_autoptr (GError) error = NULL;

  if (!load_state (cluster))
    return SF_EXIT_INPUT;
  if (cluster->n == 0)
    set_shards (cluster, cluster->job->n_shards != 0 ? cluster->job->n_shards : estimate_shards (cluster->job));
  for (guint i = 0; i < cluster->n; i++)
    look_at_shard (cluster, i);
  if (!sf_directory_make (cluster->folder, &error) || !write_shard_script (cluster, &error) || !write_merge_script (cluster, &error)
      || !submit_left (cluster, &error))
    return sf_fault ("%s", error->message);
  return SF_EXIT_OK;
}

/* Looks at what stands in the place of the database. FALSE with `*ret_exit` set if the sweep is over: it is complete, or, after a message, it
 * must not be touched. */
static gboolean
check_db (const SfSweepSlurm *job, SfExit *ret_exit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfStore) store = NULL;

  if (!g_file_test (job->db, G_FILE_TEST_EXISTS))
    return TRUE;
  *ret_exit = SF_EXIT_INPUT;
  if (!job->resume)
    return sf_usage_error ("sweep", _("%s is there already; remove it, or name another --db"), job->db), FALSE;
  store = sf_store_open (job->db, job->sweep, SYNFIN_VERSION, 0, 1, TRUE, &error);
  if (store == NULL)
    *ret_exit = sf_sweep_error (error);
  else if (sf_store_is_complete (store))
    *ret_exit = SF_EXIT_OK;
  else
    sf_usage_error ("sweep", _("%s was begun on one machine: --resume without --slurm does the rest"), job->db);
  return FALSE;
}

static void
clear_cluster (Cluster *cluster)
{
  for (guint i = 0; i < cluster->n; i++)
    g_free (cluster->elements[i].job);
  g_free (cluster->elements);
  g_ptr_array_unref (cluster->arrays);
  g_strfreev (cluster->options);
  g_free (cluster->folder);
  g_free (cluster->digest);
  g_free (cluster->merge);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cluster, clear_cluster)

SfExit
sf_sweep_slurm (const SfSweepSlurm *job)
{
  g_auto (Cluster) cluster = { .job = job, .arrays = g_ptr_array_new_with_free_func (g_free) };
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%s.slurm", job->db);
  SfExit status;

  cluster.folder = g_canonicalize_filename (name, NULL);
  cluster.digest = sf_sweep_digest (job->sweep, SYNFIN_VERSION);
  if (*job->sbatch == '\0')
    cluster.options = g_new0 (char *, 1);
  else if (!g_shell_parse_argv (job->sbatch, NULL, &cluster.options, &error))
    return sf_usage_error ("sweep", "--slurm: %s", error->message);
  if (!check_db (job, &status))
    return status;
  status = begin (&cluster);
  if (status == SF_EXIT_OK)
    status = follow (&cluster);
  return status == SF_EXIT_OK ? join (&cluster) : status;
}
