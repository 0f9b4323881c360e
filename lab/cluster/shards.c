/* SPDX-License-Identifier: MIT
 *
 * The folder of a sweep: its files, its lock and its state.
 */
#include "lab/cluster/shards.h"

#include "base/files.h"
#include "base/gettext.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* Names in the folder. */
#define STATE_FILE "state"
#define LOCK_FILE "lock"
#define SHARD_PREFIX "shard-"

/* Groups and keys of the state file. */
#define GROUP_SWEEP "sweep"
#define GROUP_JOBS "jobs"
#define KEY_DIGEST "digest"
#define KEY_SHARDS "shards"
#define KEY_CLUSTER "cluster"
#define KEY_MERGE "merge"

G_DEFINE_QUARK (sf - shards - error - quark, sf_shards_error)

/* Sets `error`. Always returns FALSE. */
static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (SF_SHARDS_ERROR, SF_SHARDS_ERROR_REFUSED, format, args));
  va_end (args);
  return FALSE;
}

/* --- options for sbatch --- */

/* TRUE if `option` makes sbatch submit no jobs that can be followed. */
static gboolean
is_refused (const char *option)
{
  static const char *const words[] = { "--array", "--wait", "--wrap", "--test-only" };
  static const char *const letters[] = { "-a", "-W" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (option, words[i]) && strchr ("=", option[strlen (words[i])]) != NULL)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (g_str_has_prefix (option, letters[i]))
      return TRUE;
  return FALSE;
}

/* TRUE for --array=%N, which limits how many elements run at a time. */
static gboolean
is_throttle (const char *option)
{
  return g_regex_match_simple ("^--array=%[0-9]+$", option, 0, 0);
}

/* Moves --array=%N out of the options. FALSE with `error` if an option is refused. */
static gboolean
sort_options (SfShards *shards, GError **error)
{
  guint n = 0;

  for (guint i = 0; shards->options[i] != NULL; i++)
    if (is_refused (shards->options[i]) && !is_throttle (shards->options[i]))
      return refuse (
        error, _ ("--slurm: '%s' is not for a sweep; of arrays, --array=%%N may say how many elements run at a time"),
        shards->options[i]);
  for (guint i = 0; shards->options[i] != NULL; i++)
    {
      char *option = g_steal_pointer (&shards->options[i]);

      if (is_throttle (option))
        {
          g_free (shards->throttle);
          shards->throttle = g_strdup (strchr (option, '%'));
          g_free (option);
        }
      else
        shards->options[n++] = option;
    }
  return TRUE;
}

static gboolean
parse_options (SfShards *shards, GError **error)
{
  g_autoptr (GError) local = NULL;

  /* GLib treats a blank string as an error. */
  if (shards->job->sbatch[strspn (shards->job->sbatch, " \t\n")] == '\0')
    shards->options = g_new0 (char *, 1);
  else if (!g_shell_parse_argv (shards->job->sbatch, NULL, &shards->options, &local))
    return refuse (error, "--slurm: %s", local->message);
  return sort_options (shards, error);
}

/* --- the folder --- */

gboolean
sf_shards_init (SfShards *shards, const SfClusterSweep *job, GError **error)
{
  g_autofree char *name = g_strdup_printf ("%s.slurm", job->db);

  *shards = (SfShards){ .job = job,
                        .folder = g_canonicalize_filename (name, NULL),
                        .digest = sf_sweep_digest (job->sweep, job->version),
                        .lock = -1,
                        .throttle = g_strdup ("") };
  return parse_options (shards, error);
}

void
sf_shards_clear (SfShards *shards)
{
  for (guint i = 0; i < shards->n; i++)
    g_free (shards->elements[i].array);
  g_free (shards->elements);
  g_strfreev (shards->options);
  g_free (shards->throttle);
  g_free (shards->folder);
  g_free (shards->digest);
  g_free (shards->merge);
  g_free (shards->waits_for);
  sf_slurm_clear (&shards->slurm);
  if (shards->lock >= 0)
    close (shards->lock);
}

char *
sf_shards_path (const SfShards *shards, const char *name)
{
  return g_build_filename (shards->folder, name, NULL);
}

char *
sf_shards_file (const SfShards *shards, guint i)
{
  g_autofree char *name = g_strdup_printf (SHARD_PREFIX "%u.sqlite", i + 1);

  return sf_shards_path (shards, name);
}

char *
sf_shards_log (const SfShards *shards, guint i)
{
  g_autofree char *name = g_strdup_printf (SHARD_PREFIX "%u.log", i + 1);

  return sf_shards_path (shards, name);
}

/* TRUE if `name` is a file of a sweep. Others in the folder are not ours. */
static gboolean
is_ours (const char *name)
{
  static const char *const names[] = { STATE_FILE,      LOCK_FILE,        SF_SHARD_SCRIPT,
                                       SF_MERGE_SCRIPT, SF_SCENARIO_COPY, SF_MERGE_LOG };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      return TRUE;
  return g_str_has_prefix (name, SHARD_PREFIX);
}

void
sf_shards_remove (const SfShards *shards)
{
  g_autoptr (GDir) dir = g_dir_open (shards->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = sf_shards_path (shards, name);

      if (is_ours (name))
        g_unlink (path);
    }
  g_rmdir (shards->folder);
}

/* Locks the folder. FALSE with `error` if another call follows the same jobs: both would submit failed ones again.
 * Where files cannot be locked, this is not noticed. */
static gboolean
lock_folder (SfShards *shards, GError **error)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autofree char *path = sf_shards_path (shards, LOCK_FILE);

  shards->lock = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (shards->lock < 0 || fcntl (shards->lock, F_SETLK, &lock) == 0 || (errno != EACCES && errno != EAGAIN))
    return TRUE;
  return refuse (error, _ ("somebody follows the jobs of %s already"), shards->folder);
}

/* --- what was submitted --- */

gboolean
sf_shards_save (const SfShards *shards, GError **error)
{
  g_autoptr (GKeyFile) state = g_key_file_new ();
  g_autofree char *path = sf_shards_path (shards, STATE_FILE);

  g_key_file_set_string (state, GROUP_SWEEP, KEY_DIGEST, shards->digest);
  g_key_file_set_integer (state, GROUP_SWEEP, KEY_SHARDS, (int) shards->n);
  if (shards->slurm.cluster != NULL)
    g_key_file_set_string (state, GROUP_SWEEP, KEY_CLUSTER, shards->slurm.cluster);
  for (guint i = 0; i < shards->n; i++)
    if (shards->elements[i].array != NULL)
      {
        g_autofree char *key = g_strdup_printf ("%u", i + 1);

        g_key_file_set_string (state, GROUP_JOBS, key, shards->elements[i].array);
      }
  if (shards->merge != NULL)
    g_key_file_set_string (state, GROUP_JOBS, KEY_MERGE, shards->merge);
  return g_key_file_save_to_file (state, path, error);
}

void
sf_shards_set_n (SfShards *shards, guint n)
{
  shards->n = n;
  shards->elements = g_new0 (SfElement, n);
}

static void
take_state (SfShards *shards, GKeyFile *state)
{
  int n = g_key_file_get_integer (state, GROUP_SWEEP, KEY_SHARDS, NULL);

  sf_shards_set_n (shards, (guint) CLAMP (n, 1, SF_MOST_SHARDS));
  shards->slurm.cluster = g_key_file_get_string (state, GROUP_SWEEP, KEY_CLUSTER, NULL);
  shards->merge = g_key_file_get_string (state, GROUP_JOBS, KEY_MERGE, NULL);
  for (guint i = 0; i < shards->n; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i + 1);

      shards->elements[i].array = g_key_file_get_string (state, GROUP_JOBS, key, NULL);
    }
}

/* Loads the state that an earlier call left. FALSE with `error` if it cannot be used. */
static gboolean
load_state (SfShards *shards, GError **error)
{
  g_autoptr (GKeyFile) state = g_key_file_new ();
  g_autoptr (GError) local = NULL;
  g_autofree char *path = sf_shards_path (shards, STATE_FILE);
  g_autofree char *digest = NULL;

  if (!g_key_file_load_from_file (state, path, G_KEY_FILE_NONE, &local))
    return g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT) || refuse (error, "%s: %s", path, local->message);
  if (!shards->job->resume)
    return refuse (error, _ ("%s holds shards of an earlier sweep: --resume goes on with them; else remove it"),
                   shards->folder);
  digest = g_key_file_get_string (state, GROUP_SWEEP, KEY_DIGEST, NULL);
  if (g_strcmp0 (digest, shards->digest) != 0)
    return refuse (error, _ ("%s holds shards of another sweep; remove it, or name another --db"), shards->folder);
  take_state (shards, state);
  if (shards->job->n_shards != 0 && shards->job->n_shards != shards->n)
    return refuse (error, _ ("%s was begun with %u shards, which cannot be changed"), shards->folder, shards->n);
  return TRUE;
}

gboolean
sf_shards_open (SfShards *shards, GError **error)
{
  return sf_directory_make (shards->folder, error) && lock_folder (shards, error) && load_state (shards, error);
}

/* --- shards --- */

gboolean
sf_results_are_complete (const char *path)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) sweep = NULL;
  g_autoptr (SfStore) store = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  store = sf_store_open_existing (path, &sweep, diag, NULL);
  return store != NULL && sf_store_is_complete (store);
}

char *
sf_shards_last_words (const SfShards *shards, guint i)
{
  g_autofree char *path = sf_shards_log (shards, i);
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return g_strdup ("");
  g_strchomp (text);
  line = strrchr (text, '\n');
  return sf_printable (line != NULL ? line + 1 : text, FALSE);
}

gboolean
sf_shards_look (SfShards *shards, guint i)
{
  g_autofree char *path = sf_shards_file (shards, i);

  shards->elements[i].done = sf_results_are_complete (path);
  return shards->elements[i].done;
}

gboolean
sf_shards_all_done (const SfShards *shards)
{
  for (guint i = 0; i < shards->n; i++)
    if (!shards->elements[i].done)
      return FALSE;
  return TRUE;
}

GPtrArray *
sf_shards_arrays (const SfShards *shards)
{
  GPtrArray *arrays = g_ptr_array_new ();

  for (guint i = 0; i < shards->n; i++)
    {
      char *array = shards->elements[i].array;

      if (!shards->elements[i].done && array != NULL
          && !g_ptr_array_find_with_equal_func (arrays, array, g_str_equal, NULL))
        g_ptr_array_add (arrays, array);
    }
  return arrays;
}

char *
sf_shards_element (const SfShards *shards, guint i)
{
  return g_strdup_printf ("%s_%u", shards->elements[i].array, i + 1);
}
