/* SPDX-License-Identifier: MIT */
#include "cli/slurm.h"

#include "models/gettext.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

/* That of Slurm when it does not say. */
#define DEFAULT_MAX_ARRAY_SIZE 1001

/* Runs `argv`; returns what it prints on standard output, NULL with `error`. */
static char *
ask (char **argv, GError **error)
{
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) failed = NULL;
  int status;

  if (!g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err, &status, &failed))
    {
      if (g_error_matches (failed, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT))
        g_set_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT, _("there is no '%s': is this machine of a cluster with Slurm?"), argv[0]);
      else
        g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  if (g_spawn_check_wait_status (status, &failed))
    return g_steal_pointer (&out);
  g_strchomp (err);
  g_set_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED, "%s: %s", argv[0], *err != '\0' ? err : failed->message);
  return NULL;
}

static void
add (GPtrArray *argv, char *argument)
{
  g_ptr_array_add (argv, argument);
}

char *
sf_slurm_submit (const SfSlurmJob *job, GError **error)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new_with_free_func (g_free);
  char *id;

  add (argv, g_strdup ("sbatch"));
  add (argv, g_strdup ("--parsable"));
  add (argv, g_strdup_printf ("--job-name=%s", job->name));
  add (argv, g_strdup_printf ("--output=%s", job->output));
  add (argv, g_strdup_printf ("--cpus-per-task=%u", job->n_cpus));
  for (guint i = 0; job->options[i] != NULL; i++)
    add (argv, g_strdup (job->options[i]));
  if (job->array != NULL)
    add (argv, g_strdup_printf ("--array=%s", job->array));
  if (job->depends != NULL)
    {
      add (argv, g_strdup_printf ("--dependency=%s", job->depends));
      add (argv, g_strdup ("--kill-on-invalid-dep=yes"));
    }
  add (argv, g_strdup (job->script));
  add (argv, NULL);
  id = ask ((char **) argv->pdata, error);
  if (id == NULL)
    return NULL;
  id[strspn (id, "0123456789")] = '\0'; /* "12;cluster" */
  return id;
}

/* Adds a line "12|3|RUNNING" or "13|N/A|PENDING" of squeue. */
static void
add_job (GHashTable *jobs, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "|", 3);

  if (g_strv_length (parts) != 3)
    return;
  g_strstrip (parts[1]);
  g_hash_table_insert (jobs,
                       g_ascii_isdigit (parts[1][0]) ? g_strdup_printf ("%s_%s", parts[0], parts[1]) : g_strdup (parts[0]),
                       g_strdup (parts[2]));
}

GHashTable *
sf_slurm_queue (GError **error)
{
  g_autofree char *user = g_strdup_printf ("--user=%u", (unsigned) getuid ());
  char *argv[] = { "squeue", "--noheader", "--array", user, "--format=%F|%K|%T", NULL };
  g_autofree char *text = ask (argv, error);
  g_auto (GStrv) lines = NULL;
  GHashTable *jobs;

  if (text == NULL)
    return NULL;
  jobs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    add_job (jobs, lines[i]);
  return jobs;
}

/* Returns the word behind `key` in `text`, NULL if it is not there. */
static char *
word_behind (const char *text, const char *key)
{
  const char *found = strstr (text, key);

  return found != NULL ? g_strndup (found + strlen (key), strcspn (found + strlen (key), " \n")) : NULL;
}

/* The controller forgets a job some minutes after its end; the accounts, where there are some, do not. */
char *
sf_slurm_fate (const char *id)
{
  char *scontrol[] = { "scontrol", "--oneliner", "show", "job", (char *) id, NULL };
  char *sacct[] = { "sacct", "--noheader", "--parsable2", "--allocations", "--format=State,ExitCode", "--jobs", (char *) id, NULL };
  g_autofree char *known = ask (scontrol, NULL);
  g_autofree char *state = known != NULL ? word_behind (known, "JobState=") : NULL;
  g_autofree char *code = known != NULL ? word_behind (known, "ExitCode=") : NULL;
  g_autofree char *accounts = NULL;
  g_auto (GStrv) parts = NULL;

  if (state != NULL && code != NULL)
    return g_strdup_printf ("%s, exit code %s", state, code);
  accounts = ask (sacct, NULL);
  parts = accounts != NULL ? g_strsplit_set (accounts, "|\n", 3) : NULL;
  return parts != NULL && g_strv_length (parts) >= 2 ? g_strdup_printf ("%s, exit code %s", parts[0], parts[1]) : NULL;
}

void
sf_slurm_cancel (const char *id)
{
  char *argv[] = { "scancel", (char *) id, NULL };

  g_free (ask (argv, NULL));
}

guint
sf_slurm_max_element (void)
{
  char *argv[] = { "scontrol", "show", "config", NULL };
  g_autofree char *config = ask (argv, NULL);
  const char *line = config != NULL ? strstr (config, "MaxArraySize") : NULL;
  guint64 size = DEFAULT_MAX_ARRAY_SIZE;

  if (line != NULL && strchr (line, '=') != NULL)
    size = g_ascii_strtoull (strchr (line, '=') + 1, NULL, 10);
  return (guint) CLAMP (size, 2, G_MAXINT32) - 1;
}
