/* SPDX-License-Identifier: MIT
 *
 * Writes the scripts of jobs, and submits jobs.
 */
#include "lab/cluster/shards.h"

#include "base/files.h"

#include <glib/gstdio.h>
#include <string.h>

#define JOB_NAME "synfin-sweep"

/* --- scripts --- */

static void
add_word (GString *script, const char *word)
{
  g_autofree char *quoted = g_shell_quote (word);

  g_string_append_printf (script, " %s", quoted);
}

/* Begins a script that replaces its shell by this program, so that its exit status is that of the job. */
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
write_script (const SfShards *shards, const char *name, GString *script, GError **error)
{
  g_autofree char *path = sf_shards_path (shards, name);
  gboolean written;

  g_string_append_c (script, '\n');
  written = sf_file_write (path, script->str, script->len, error);
  g_string_free (script, TRUE);
  return written;
}

static gboolean
write_shard_script (const SfShards *shards, GError **error)
{
  const SfClusterSweep *job = shards->job;
  GString *script = begin_script ("sweep");
  g_autofree char *stem = sf_shards_path (shards, "shard-");
  g_autofree char *copy = sf_shards_path (shards, SF_SCENARIO_COPY);

  for (guint i = 0; job->arguments[i] != NULL; i++)
    add_word (script, job->arguments[i]);
  g_string_append_printf (script, " --resume --jobs=%u --shard=\"$SLURM_ARRAY_TASK_ID/%u\" --db", job->n_threads,
                          shards->n);
  add_word (script, stem);
  g_string_append (script, "\"$SLURM_ARRAY_TASK_ID.sqlite\" --text");
  add_word (script, copy);
  g_string_append (script, " --");
  add_word (script, job->file);
  return write_script (shards, SF_SHARD_SCRIPT, script, error);
}

static gboolean
write_merge_script (const SfShards *shards, GError **error)
{
  GString *script = begin_script ("sweep-merge");
  g_autofree char *db = g_canonicalize_filename (shards->job->db, NULL);

  add_word (script, "-o");
  add_word (script, db);
  for (guint i = 0; i < shards->n; i++)
    {
      g_autofree char *path = sf_shards_file (shards, i);

      add_word (script, path);
    }
  return write_script (shards, SF_MERGE_SCRIPT, script, error);
}

static gboolean
write_scenario (const SfShards *shards, GError **error)
{
  g_autofree char *path = sf_shards_path (shards, SF_SCENARIO_COPY);
  gsize len;
  const char *text = sf_source_text (shards->job->sweep->source, &len);

  return sf_file_write (path, text, len, error);
}

gboolean
sf_shards_write_scripts (const SfShards *shards, GError **error)
{
  return write_scenario (shards, error) && write_shard_script (shards, error) && write_merge_script (shards, error);
}

/* --- jobs --- */

/* Returns file `name` of the folder as --output of sbatch takes it. sbatch replaces what follows a '%'. In a path with
 * a '\' it would replace nothing, and all elements would write the same file. */
static char *
output_name (const SfShards *shards, const char *name)
{
  g_auto (GStrv) parts = g_strsplit (shards->folder, "%", -1);
  g_autofree char *folder = g_strjoinv ("%%", parts);

  return strchr (folder, '\\') == NULL ? g_build_filename (folder, name, NULL) : g_strdup ("/dev/null");
}

static char *
submit (SfShards *shards, const char *script_name, const char *output, const char *array, const char *depends,
        guint n_cpus, GError **error)
{
  g_autofree char *script = sf_shards_path (shards, script_name);
  g_autofree char *to = output_name (shards, output);
  const SfSlurmJob job = { .script = script,
                           .name = JOB_NAME,
                           .output = to,
                           .array = array,
                           .depends = depends,
                           .n_cpus = n_cpus,
                           .options = shards->options };

  return sf_slurm_submit (&shards->slurm, &job, error);
}

/* The job begins when all arrays have ended, in whatever way. It finds out itself whether the shards are complete. */
gboolean
sf_shards_submit_merge (SfShards *shards, GError **error)
{
  g_autoptr (GPtrArray) arrays = sf_shards_arrays (shards);
  g_autoptr (GString) depends = g_string_new (NULL);

  if (shards->merge != NULL)
    sf_slurm_cancel (&shards->slurm, shards->merge);
  g_clear_pointer (&shards->merge, g_free);
  for (guint i = 0; i < arrays->len; i++)
    g_string_append_printf (depends, "%s:%s", i > 0 ? "" : "afterany", (const char *) g_ptr_array_index (arrays, i));
  shards->merge = submit (shards, SF_MERGE_SCRIPT, SF_MERGE_LOG, NULL, depends->str, 1, error);
  return shards->merge != NULL;
}

/* TRUE if the shard has to be submitted: it is not complete and has no element. */
static gboolean
is_left (const SfElement *element)
{
  return !element->done && element->array == NULL;
}

char *
sf_shards_list_left (const SfShards *shards)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < shards->n; i++)
    {
      guint first = i;

      if (!is_left (&shards->elements[i]))
        continue;
      while (i + 1 < shards->n && is_left (&shards->elements[i + 1]))
        i++;
      g_string_append_printf (list, i > first ? "%s%u-%u" : "%s%u", list->len > 0 ? "," : "", first + 1, i + 1);
    }
  return g_string_free (list, FALSE);
}

/* Puts all shards without an element into `array`. */
static void
assign (SfShards *shards, const char *array)
{
  for (guint i = 0; i < shards->n; i++)
    if (is_left (&shards->elements[i]))
      {
        shards->elements[i].array = g_strdup (array);
        shards->elements[i].tries++;
        shards->elements[i].gone = 0;
      }
}

/* Removes logs, so that output of one element is not taken for that of the next. */
static void
remove_logs (const SfShards *shards)
{
  for (guint i = 0; i < shards->n; i++)
    if (is_left (&shards->elements[i]))
      {
        g_autofree char *path = sf_shards_log (shards, i);

        g_unlink (path);
      }
}

gboolean
sf_shards_submit (SfShards *shards, GError **error)
{
  g_autofree char *list = sf_shards_list_left (shards);
  g_autofree char *limited = g_strconcat (list, shards->throttle, NULL);
  g_autofree char *array = NULL;

  remove_logs (shards);
  array = submit (shards, SF_SHARD_SCRIPT, "shard-%a.log", limited, NULL, shards->job->n_threads, error);
  if (array == NULL)
    return FALSE;
  assign (shards, array);
  return TRUE;
}
