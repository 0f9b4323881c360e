/* SPDX-License-Identifier: MIT
 *
 * Runs Slurm's programs, and parses what they print.
 */
#include "lab/cluster/slurm.h"

#include "base/gettext.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

/* Slurm's default, used if it does not tell. */
#define DEFAULT_MAX_ARRAY_SIZE 1001

#define DIGITS "0123456789"

/* --- calls of Slurm's programs --- */

/* Returns the environment without variables that would change the output: SQUEUE_STATES=RUNNING hides waiting jobs. */
static char **
clean_environment (void)
{
  static const char *const others[] = { "SBATCH_ARRAY_INX", "SBATCH_WAIT" };
  char **environment = g_get_environ ();
  g_auto (GStrv) names = g_listenv ();

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], "SQUEUE_") || g_str_has_prefix (names[i], "SACCT_"))
      environment = g_environ_unsetenv (environment, names[i]);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    environment = g_environ_unsetenv (environment, others[i]);
  /* Keeps Slurm from shortening lists of elements. */
  return g_environ_setenv (environment, "SLURM_BITSTR_LEN", "0", TRUE);
}

/* Begins the arguments of `program`. */
static GPtrArray *
begin (const SfSlurm *slurm, const char *program)
{
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (argv, g_strdup (program));
  if (slurm->cluster != NULL && strcmp (program, "sbatch") != 0)
    g_ptr_array_add (argv, g_strdup_printf ("--clusters=%s", slurm->cluster));
  return argv;
}

static void
add (GPtrArray *argv, char *argument)
{
  g_ptr_array_add (argv, argument);
}

static void
add_all (GPtrArray *argv, const char *const *arguments)
{
  for (guint i = 0; arguments[i] != NULL; i++)
    add (argv, g_strdup (arguments[i]));
}

/* Runs `argv`, after appending the NULL at its end, and frees it. Returns its standard output, NULL with `error`. */
static char *
ask (GPtrArray *argv, GError **error)
{
  g_autoptr (GPtrArray) arguments = argv;
  const char *program = g_ptr_array_index (arguments, 0);
  g_auto (GStrv) environment = clean_environment ();
  g_autofree char *out = NULL;
  g_autofree char *err = NULL;
  g_autoptr (GError) failed = NULL;
  int status;

  add (argv, NULL);
  if (!g_spawn_sync (NULL, (char **) arguments->pdata, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, &err,
                     &status, &failed))
    {
      if (g_error_matches (failed, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT))
        g_set_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT,
                     _ ("there is no '%s': is this machine of a cluster with Slurm?"), program);
      else
        g_propagate_error (error, g_steal_pointer (&failed));
      return NULL;
    }
  if (g_spawn_check_wait_status (status, &failed))
    return g_steal_pointer (&out);
  g_strchomp (err);
  g_set_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED, "%s: %s", program, *err != '\0' ? err : failed->message);
  return NULL;
}

void
sf_slurm_clear (SfSlurm *slurm)
{
  g_clear_pointer (&slurm->cluster, g_free);
}

/* --- submitting --- */

/* Returns the job number in the output of sbatch, "12" or "12;CLUSTER"; a site may have added its own lines. NULL if
 * there is none. */
static char *
take_id (SfSlurm *slurm, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = g_strv_length (lines); i-- > 0;)
    {
      const char *line = g_strstrip (lines[i]);
      gsize n = strspn (line, DIGITS);

      if (n == 0 || (line[n] != '\0' && line[n] != ';'))
        continue;
      if (line[n] == ';' && slurm->cluster == NULL)
        slurm->cluster = g_strdup (line + n + 1);
      return g_strndup (line, n);
    }
  return NULL;
}

char *
sf_slurm_submit (SfSlurm *slurm, const SfSlurmJob *job, GError **error)
{
  GPtrArray *argv = begin (slurm, "sbatch");
  g_autofree char *out = NULL;
  char *id;

  add (argv, g_strdup ("--parsable"));
  add (argv, g_strdup_printf ("--job-name=%s", job->name));
  add (argv, g_strdup_printf ("--output=%s", job->output));
  add (argv, g_strdup_printf ("--cpus-per-task=%u", job->n_cpus));
  add_all (argv, (const char *const *) job->options);
  if (slurm->cluster != NULL)
    add (argv, g_strdup_printf ("--clusters=%s", slurm->cluster));
  if (job->array != NULL)
    add (argv, g_strdup_printf ("--array=%s", job->array));
  if (job->depends != NULL)
    add (argv, g_strdup_printf ("--dependency=%s", job->depends));
  add (argv, g_strdup (job->script));
  out = ask (argv, error);
  if (out == NULL)
    return NULL;
  id = take_id (slurm, out);
  if (id == NULL)
    g_set_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED, _ ("sbatch says '%s', which has no number of a job"),
                 g_strstrip (out));
  return id;
}

void
sf_slurm_cancel (const SfSlurm *slurm, const char *id)
{
  GPtrArray *argv = begin (slurm, "scancel");

  add (argv, g_strdup (id));
  g_free (ask (argv, NULL));
}

/* --- the queue --- */

static void
free_entry (gpointer data)
{
  SfSlurmEntry *entry = data;

  g_free (entry->array);
  g_free (entry->state);
  g_free (entry->reason);
  g_free (entry->command);
  g_free (entry);
}

/* Returns "12_3", or "12" for element 0. */
static char *
id_of (const char *array, guint element)
{
  return element > 0 ? g_strdup_printf ("%s_%u", array, element) : g_strdup (array);
}

/* Adds a line of squeue: "12|3|RUNNING|None|/path" or "13|N/A|PENDING|Priority|/path". */
static void
add_entry (SfSlurmQueue *queue, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "|", 5);
  SfSlurmEntry *entry;

  if (g_strv_length (parts) != 5)
    return;
  for (guint i = 0; i < 5; i++)
    g_strstrip (parts[i]);
  if (!g_ascii_isdigit (parts[0][0]))
    return;
  entry = g_new (SfSlurmEntry, 1);
  *entry = (SfSlurmEntry){ .array = g_strdup (parts[0]),
                           .element = (guint) g_ascii_strtoull (parts[1], NULL, 10),
                           .state = g_strdup (parts[2]),
                           .reason = g_strdup (parts[3]),
                           .command = g_strdup (parts[4]) };
  g_ptr_array_add (queue->entries, entry);
  g_hash_table_insert (queue->by_id, id_of (entry->array, entry->element), entry);
}

SfSlurmQueue *
sf_slurm_queue (const SfSlurm *slurm, GError **error)
{
  GPtrArray *argv = begin (slurm, "squeue");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  SfSlurmQueue *queue;

  /* --all: otherwise jobs in hidden partitions are missing. */
  add_all (argv, (const char *const[]){ "--noheader", "--all", "--array", "--format=%F|%K|%T|%r|%o", NULL });
  add (argv, g_strdup_printf ("--user=%u", (unsigned) getuid ()));
  text = ask (argv, error);
  if (text == NULL)
    return NULL;
  queue = g_new (SfSlurmQueue, 1);
  queue->entries = g_ptr_array_new_with_free_func (free_entry);
  queue->by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    add_entry (queue, lines[i]);
  return queue;
}

void
sf_slurm_queue_free (SfSlurmQueue *queue)
{
  if (queue == NULL)
    return;
  g_hash_table_unref (queue->by_id);
  g_ptr_array_unref (queue->entries);
  g_free (queue);
}

const SfSlurmEntry *
sf_slurm_find (const SfSlurmQueue *queue, const char *id)
{
  return g_hash_table_lookup (queue->by_id, id);
}

/* --- how jobs have ended --- */

gboolean
sf_slurm_fate_is (const char *fate, const char *state)
{
  return g_str_has_prefix (fate, state);
}

/* TRUE if `fate` begins with one of `states` (NULL-terminated). */
static gboolean
is_one_of (const char *fate, const char *const *states)
{
  for (; *states != NULL; states++)
    if (sf_slurm_fate_is (fate, *states))
      return TRUE;
  return FALSE;
}

gboolean
sf_slurm_has_ended (const char *fate)
{
  static const char *const ends[] = { "BOOT_FAIL", "CANCELLED",     "COMPLETED", "DEADLINE", "FAILED",  "LAUNCH_FAILED",
                                      "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "REVOKED",  "TIMEOUT", NULL };

  return is_one_of (fate, ends);
}

gboolean
sf_slurm_is_cluster_fault (const char *fate)
{
  static const char *const faults[] = { "NODE_FAIL", "BOOT_FAIL", "PREEMPTED", "REVOKED", NULL };

  return is_one_of (fate, faults);
}

gboolean
sf_slurm_is_held (const SfSlurmEntry *entry)
{
  return strstr (entry->reason, "held") != NULL || strstr (entry->reason, "Held") != NULL
         || strcmp (entry->state, "SPECIAL_EXIT") == 0 || strcmp (entry->state, "REQUEUE_HOLD") == 0;
}

/* Returns the word after `key`, which begins with a space, in `text`; NULL if there is none. */
static char *
word_behind (const char *text, const char *key)
{
  const char *found = strstr (text, key);

  return found != NULL ? g_strndup (found + strlen (key), strcspn (found + strlen (key), " \n")) : NULL;
}

/* Adds the fate of the elements `list` of `array`: "3", or "1-4,7,11-15:2%3" for elements that ended before Slurm split
 * the array. Keeps fates that are known already. */
static void
add_fates (GHashTable *fates, const char *array, const char *list, const char *state, const char *code)
{
  while (g_ascii_isdigit (*list))
    {
      char *end;
      guint64 from = g_ascii_strtoull (list, &end, 10);
      guint64 to = *end == '-' ? g_ascii_strtoull (end + 1, &end, 10) : from;
      guint64 step = *end == ':' ? g_ascii_strtoull (end + 1, &end, 10) : 1;

      for (guint64 i = from; i <= to && i <= G_MAXINT32; i += MAX (step, 1))
        {
          char *id = id_of (array, (guint) i);

          if (g_hash_table_contains (fates, id))
            g_free (id);
          else
            g_hash_table_insert (fates, id, g_strdup_printf ("%s, exit code %s", state, code));
        }
      list = *end == ',' ? end + 1 : "";
    }
}

/* Adds a line of scontrol: "JobId=15 ArrayJobId=12 ArrayTaskId=3 … JobState=FAILED … ExitCode=7:0 …". */
static void
add_record (GHashTable *fates, const char *array, const char *line)
{
  g_autofree char *list = word_behind (line, " ArrayTaskId=");
  g_autofree char *state = word_behind (line, " JobState=");
  g_autofree char *code = word_behind (line, " ExitCode=");

  if (list != NULL && state != NULL && code != NULL)
    add_fates (fates, array, list, state, code);
}

/* Adds a line of sacct: "12_3|FAILED|7:0" or "12_[1-4]|CANCELED by 0|0:0". Accounting may show an ended job as running
 * for ever. */
static void
add_account (GHashTable *fates, const char *array, const char *line)
{
  g_auto (GStrv) parts = g_strsplit (line, "|", 4);
  const char *list;

  if (g_strv_length (parts) < 3 || !sf_slurm_has_ended (parts[1]))
    return;
  list = strchr (parts[0], '_');
  if (list != NULL)
    add_fates (fates, array, list[1] == '[' ? list + 2 : list + 1, parts[1], parts[2]);
}

/* The controller forgets a job some minutes after its end. Accounting, where a cluster has it, does not. */
GHashTable *
sf_slurm_fates (const SfSlurm *slurm, const char *array)
{
  GHashTable *fates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GPtrArray *scontrol = begin (slurm, "scontrol"), *sacct = begin (slurm, "sacct");
  g_autofree char *records = NULL;
  g_autofree char *accounts = NULL;
  g_auto (GStrv) lines = NULL;
  g_auto (GStrv) more = NULL;

  add_all (scontrol, (const char *const[]){ "--all", "--oneliner", "show", "job", array, NULL });
  records = ask (scontrol, NULL);
  lines = g_strsplit (records != NULL ? records : "", "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    add_record (fates, array, lines[i]);
  add_all (sacct, (const char *const[]){ "--noheader", "--parsable2", "--allocations", "--format=JobID,State,ExitCode",
                                         "--jobs", array, NULL });
  accounts = ask (sacct, NULL);
  more = g_strsplit (accounts != NULL ? accounts : "", "\n", -1);
  for (guint i = 0; more[i] != NULL; i++)
    add_account (fates, array, more[i]);
  return fates;
}

/* --- the cluster --- */

guint
sf_slurm_max_element (const SfSlurm *slurm)
{
  GPtrArray *argv = begin (slurm, "scontrol");
  g_autofree char *config = NULL;
  const char *line;
  guint64 size = DEFAULT_MAX_ARRAY_SIZE;

  add_all (argv, (const char *const[]){ "show", "config", NULL });
  config = ask (argv, NULL);
  line = config != NULL ? strstr (config, "MaxArraySize") : NULL;
  if (line != NULL && strchr (line, '=') != NULL)
    size = g_ascii_strtoull (strchr (line, '=') + 1, NULL, 10);
  return (guint) CLAMP (size, 2, G_MAXINT32) - 1;
}
