/* SPDX-License-Identifier: MIT
 *
 * The course of a sweep on a cluster: begin or go on, follow, join.
 */
#include "cli/slurm/sweep_slurm.h"

#include "base/gettext.h"
#include "cli/slurm/follow.h"

#include <stdio.h>

/* Reports `error`. Returns the exit status. */
static SfExit
report (const GError *error)
{
  return error->domain == SF_SHARDS_ERROR ? sf_usage_error ("sweep", "%s", error->message)
                                          : sf_fatal_error ("%s", error->message);
}

/* --- beginning --- */

/* Chooses the number of shards. FALSE after a message if the cluster does not allow as many as asked for. */
static gboolean
choose_n (SfShards *shards)
{
  guint most = sf_slurm_max_element (&shards->slurm);

  if (shards->job->n_shards > most)
    return sf_usage_error (
             "sweep",
             _ ("--shards is %u, but an array of this cluster has at most %u elements (its MaxArraySize is %u)"),
             shards->job->n_shards, most, most + 1),
           FALSE;
  sf_shards_set_n (shards, shards->job->n_shards != 0 ? shards->job->n_shards : sf_shards_estimate (shards->job, most));
  return TRUE;
}

/* Submits a new sweep. FALSE after a message; then the folder is removed, unless jobs may have been submitted. */
static gboolean
submit_first (SfShards *shards)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfSlurmQueue) queue = NULL;

  if (sf_shards_save (shards, &error) && sf_shards_write_scripts (shards, &error)
      && sf_shards_submit_left (shards, &error))
    return TRUE;
  sf_fatal_error ("%s", error->message);
  queue = sf_slurm_queue (&shards->slurm, NULL);
  if (queue != NULL && !sf_shards_adopt (shards, queue))
    sf_shards_remove (shards);
  else
    fprintf (stderr,
             _ ("synfin: what may have been submitted all the same is found by the same command with --resume\n"));
  return FALSE;
}

/* Continues a sweep. Jobs in the queue stay; other shards that are not complete are submitted. The queue is read before
 * the shards: an element that is not in it has ended, so its shard will not change any more. FALSE after a message. */
static gboolean
submit_rest (SfShards *shards)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SfSlurmQueue) queue = sf_slurm_queue (&shards->slurm, &error);

  if (queue == NULL)
    return sf_fatal_error ("%s", error->message), FALSE;
  sf_shards_adopt (shards, queue);
  for (guint i = 0; i < shards->n; i++)
    sf_shards_look (shards, i);
  if (!sf_shards_write_scripts (shards, &error) || !sf_shards_submit_left (shards, &error))
    return sf_fatal_error ("%s", error->message), FALSE;
  if (shards->merge == NULL && !sf_shards_all_done (shards))
    sf_shards_submit_join (shards);
  if (!sf_shards_save (shards, &error))
    return sf_fatal_error ("%s", error->message), FALSE;
  return TRUE;
}

static SfExit
begin (SfShards *shards)
{
  g_autoptr (GError) error = NULL;

  if (!sf_shards_open (shards, &error))
    return report (error);
  if (shards->n > 0)
    return submit_rest (shards) ? SF_EXIT_OK : SF_EXIT_FAULT;
  if (!choose_n (shards))
    {
      sf_shards_remove (shards);
      return SF_EXIT_INPUT;
    }
  return submit_first (shards) ? SF_EXIT_OK : SF_EXIT_FAULT;
}

/* --- joining --- */

/* Joins the shards here if the job that does so failed or never existed. If joining fails again, the error is
 * reported. */
static SfExit
join (const SfShards *shards)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  if (!sf_results_are_complete (shards->job->db))
    {
      for (guint i = 0; i < shards->n; i++)
        g_ptr_array_add (files, sf_shards_file (shards, i));
      g_ptr_array_add (files, NULL);
      if (!sf_store_merge (shards->job->db, (const char *const *) files->pdata, &error))
        return sf_sweep_error (error);
    }
  sf_shards_remove (shards);
  return SF_EXIT_OK;
}

/* --- the whole sweep --- */

/* Checks what exists in the place of the database. FALSE with `*ret_exit` set if there is nothing to do: the sweep is
 * complete, or, after a message, the file must not be touched. */
static gboolean
check_db (const SfShards *shards, SfExit *ret_exit)
{
  const SfClusterSweep *job = shards->job;
  g_autoptr (GError) error = NULL;
  g_autoptr (SfStore) store = NULL;

  if (!g_file_test (job->db, G_FILE_TEST_EXISTS))
    return TRUE;
  *ret_exit = SF_EXIT_INPUT;
  if (!job->resume)
    return sf_usage_error ("sweep", _ ("%s is there already; remove it, or name another --db"), job->db), FALSE;
  store = sf_store_open (job->db, job->sweep, job->version, 0, 1, TRUE, &error);
  if (store == NULL)
    *ret_exit = sf_sweep_error (error);
  else if (sf_store_is_complete (store))
    {
      /* The jobs had joined the shards while nobody followed. */
      sf_shards_remove (shards);
      *ret_exit = SF_EXIT_OK;
    }
  else
    sf_usage_error ("sweep", _ ("%s was begun on one machine: --resume without --slurm does the rest"), job->db);
  return FALSE;
}

SfExit
sf_sweep_slurm (const SfClusterSweep *job, SfSweepProgress *progress)
{
  g_auto (SfShards) shards = { 0 };
  g_autoptr (GError) error = NULL;
  SfExit status;

  if (!sf_shards_init (&shards, job, &error))
    return report (error);
  if (!check_db (&shards, &status))
    return status;
  status = begin (&shards);
  if (status == SF_EXIT_OK)
    status = sf_shards_follow (&shards, progress);
  return status == SF_EXIT_OK ? join (&shards) : status;
}
