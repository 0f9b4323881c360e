/* SPDX-License-Identifier: MIT */
#include "cli/slurm/follow.h"

#include "base/gettext.h"

#include <stdio.h>
#include <string.h>

/* A controller may not answer, or refuse jobs. The number of such failures in a row before they are reported, and
 * before no more jobs are submitted. */
#define QUIET_FAILURES 5
#define MAX_REFUSALS 60

/* Number of failures that are reported one by one in a look at all elements. */
#define TOLD_FAILURES 5

/* --- failures --- */

/* The findings of a look at all elements. */
typedef struct
{
  GHashTable *fates; /* char * number of an array to the fates of its elements, for the arrays that were asked for */
  guint failed;
  gboolean hopeless; /* a shard failed too often */
} Look;

/* Returns the fate of the element for shard `i`, NULL if it is not known. */
static const char *
ask_fate (const SfShards *shards, guint i, Look *look)
{
  const char *array = shards->elements[i].array;
  g_autofree char *id = sf_shards_element (shards, i);
  GHashTable *fates = g_hash_table_lookup (look->fates, array);

  if (fates == NULL)
    {
      fates = sf_slurm_fates (&shards->slurm, array);
      g_hash_table_insert (look->fates, g_strdup (array), fates);
    }
  return g_hash_table_lookup (fates, id);
}

static void
tell_failure (const SfShards *shards, guint i, const char *fate, gboolean again)
{
  g_autofree char *id = sf_shards_element (shards, i);
  g_autofree char *words = sf_shards_last_words (shards, i);

  fprintf (stderr, _ ("synfin: shard %u of %u failed (job %s: %s)%s%s%s\n"), i + 1, shards->n, id,
           fate != NULL ? fate : _ ("how is not known"), *words != '\0' ? ": " : "", words,
           again ? _ ("; submitting it again") : "");
}

/* Takes a failed element out of its array. It is submitted again if that makes sense. */
static void
fail (SfShards *shards, guint i, const char *fate, Look *look)
{
  SfElement *element = &shards->elements[i];
  gboolean again = sf_element_try_again (element, fate);

  look->hopeless = look->hopeless || !again;
  if (look->failed++ < TOLD_FAILURES)
    tell_failure (shards, i, fate, again);
  g_clear_pointer (&element->array, g_free);
  element->running = FALSE;
}

/* --- looking at elements --- */

/* Looks at an element that is not in the queue. */
static void
look_at_gone (SfShards *shards, guint i, Look *look)
{
  SfElement *element = &shards->elements[i];
  gint64 now = g_get_monotonic_time ();
  const char *fate;

  element->running = FALSE;
  if (sf_shards_look (shards, i) || !sf_element_is_missed (element, now))
    return;
  fate = ask_fate (shards, i, look);
  if (sf_element_has_failed (element, fate, now))
    fail (shards, i, fate, look);
}

/* Warns of a job that is held: it waits until somebody releases it. */
static void
look_at_waiting (SfShards *shards, const char *id, const SfSlurmEntry *entry)
{
  gboolean held = sf_slurm_is_held (entry);

  if (strcmp (entry->reason, "None") != 0 && *entry->reason != '\0' && (held || shards->waits_for == NULL))
    {
      g_free (shards->waits_for);
      shards->waits_for = sf_printable (entry->reason, FALSE);
    }
  if (!held || shards->held_told)
    return;
  shards->held_told = TRUE;
  fprintf (stderr, _ ("synfin: warning: job %s is held (%s); 'scontrol release %s' lets it go\n"), id, entry->reason,
           entry->array);
}

static void
look_at_queued (SfShards *shards, guint i, const char *id, const SfSlurmEntry *entry)
{
  SfElement *element = &shards->elements[i];

  element->gone = 0;
  element->running = strcmp (entry->state, "RUNNING") == 0 || strcmp (entry->state, "COMPLETING") == 0;
  if (!element->running)
    look_at_waiting (shards, id, entry);
}

/* Updates the elements from `queue`. */
static void
look_at_all (SfShards *shards, const SfSlurmQueue *queue, Look *look)
{
  g_clear_pointer (&shards->waits_for, g_free);
  for (guint i = 0; i < shards->n; i++)
    {
      g_autofree char *id = NULL;
      const SfSlurmEntry *entry;

      if (shards->elements[i].done || shards->elements[i].array == NULL)
        continue;
      id = sf_shards_element (shards, i);
      entry = sf_slurm_find (queue, id);
      if (entry != NULL)
        look_at_queued (shards, i, id, entry);
      else
        look_at_gone (shards, i, look);
    }
  if (look->failed > TOLD_FAILURES)
    fprintf (stderr, _ ("synfin: %u more shards failed\n"), look->failed - TOLD_FAILURES);
}

/* --- messages --- */

/* Returns the ids of the jobs that still exist, each after a space. */
static char *
list_jobs (const SfShards *shards)
{
  g_autoptr (GPtrArray) arrays = sf_shards_arrays (shards);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < arrays->len; i++)
    g_string_append_printf (ids, " %s", (const char *) g_ptr_array_index (arrays, i));
  if (shards->merge != NULL)
    g_string_append_printf (ids, " %s", shards->merge);
  return g_string_free (ids, FALSE);
}

/* Shows the progress. FALSE: stop. */
static gboolean
tell_progress (const SfShards *shards, SfSweepProgress *progress)
{
  guint done = 0, running = 0;
  g_autofree char *line = NULL;

  for (guint i = 0; i < shards->n; i++)
    {
      done += shards->elements[i].done;
      running += !shards->elements[i].done && shards->elements[i].running;
    }
  if (done == shards->n && shards->merge != NULL)
    line = g_strdup_printf (_ ("Slurm job %s joins the shards"), shards->merge);
  else
    line = g_strdup_printf (_ ("Slurm: %u of %u shards are done, %u run, %u wait%s%s%s"), done, shards->n, running,
                            shards->n - done - running, shards->waits_for != NULL ? " (" : "",
                            shards->waits_for != NULL ? shards->waits_for : "", shards->waits_for != NULL ? ")" : "");
  return sf_sweep_progress_say (progress, line);
}

/* Reports which jobs continue after the program ends. */
static SfExit
tell_stop (const SfShards *shards)
{
  g_autofree char *ids = list_jobs (shards);

  fprintf (stderr,
           _ ("\nsynfin: no longer following; the jobs go on. The same command with --resume follows them again, "
              "'scancel%s' ends them\n"),
           ids);
  return SF_EXIT_FAULT;
}

/* Gives up, because a shard cannot be done. */
static SfExit
give_up (SfShards *shards)
{
  g_autofree char *ids = NULL;

  if (shards->merge != NULL)
    sf_slurm_cancel (&shards->slurm, shards->merge);
  g_clear_pointer (&shards->merge, g_free);
  sf_shards_save (shards, NULL);
  ids = list_jobs (shards);
  if (*ids != '\0')
    fprintf (stderr, _ ("synfin: the elements that are still on go on; 'scancel%s' ends them\n"), ids);
  return sf_fatal_error (_ ("the other shards are kept in %s; the same command with --resume goes on with them"),
                         shards->folder);
}

/* --- submitting --- */

void
sf_shards_submit_join (SfShards *shards)
{
  g_autoptr (GError) error = NULL;

  if (!sf_shards_submit_merge (shards, &error))
    fprintf (stderr, _ ("synfin: warning: no job joins the shards, so they are joined here: %s\n"), error->message);
}

gboolean
sf_shards_submit_left (SfShards *shards, GError **error)
{
  g_autofree char *left = sf_shards_list_left (shards);

  if (*left == '\0')
    return TRUE;
  if (!sf_shards_submit (shards, error))
    return FALSE;
  sf_shards_submit_join (shards);
  return sf_shards_save (shards, error);
}

/* --- following --- */

/* Waits `*wait` us, and makes the next wait longer. FALSE: stop. */
static gboolean
pause_between (const SfShards *shards, SfSweepProgress *progress, gint64 *wait)
{
  gint64 until = g_get_monotonic_time () + *wait;

  *wait = sf_shards_next_wait (*wait);
  while (g_get_monotonic_time () < until)
    {
      if (!tell_progress (shards, progress))
        return FALSE;
      g_usleep (G_USEC_PER_SEC / 10);
    }
  return TRUE;
}

/* Submits failed shards again. This may be delayed: the controller may not answer, or take no more jobs of this user
 * for now. */
static SfExit
submit_failed (SfShards *shards, guint *refusals)
{
  g_autoptr (GError) error = NULL;

  if (sf_shards_submit_left (shards, &error))
    {
      *refusals = 0;
      return SF_EXIT_OK;
    }
  if (++*refusals == 1)
    fprintf (stderr, _ ("synfin: warning: %s; trying on\n"), error->message);
  return *refusals < MAX_REFUSALS ? SF_EXIT_OK : sf_fatal_error ("%s", error->message);
}

/* Looks at all elements, and submits failed ones again. After that the next look comes soon. */
static SfExit
take_turn (SfShards *shards, const SfSlurmQueue *queue, guint *refusals, gint64 *wait)
{
  g_autoptr (GHashTable)
    fates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_hash_table_unref);
  Look look = { .fates = fates };

  sf_shards_adopt_lost (shards, queue);
  look_at_all (shards, queue, &look);
  if (look.failed > 0)
    *wait = sf_shards_next_wait (0);
  return look.hopeless ? give_up (shards) : submit_failed (shards, refusals);
}

/* TRUE if there is nothing more to wait for. */
static gboolean
is_over (SfShards *shards, const SfSlurmQueue *queue)
{
  const SfSlurmEntry *entry;

  if (!sf_shards_all_done (shards))
    return FALSE;
  entry = shards->merge != NULL ? sf_slurm_find (queue, shards->merge) : NULL;
  if (entry != NULL && strcmp (entry->state, "PENDING") == 0)
    look_at_waiting (shards, shards->merge, entry);
  return entry == NULL;
}

SfExit
sf_shards_follow (SfShards *shards, SfSweepProgress *progress)
{
  gint64 wait = sf_shards_next_wait (0);
  guint failures = 0, refusals = 0;

  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SfSlurmQueue) queue = sf_slurm_queue (&shards->slurm, &error);
      SfExit status = SF_EXIT_OK;

      failures = queue != NULL ? 0 : failures + 1;
      if (failures == QUIET_FAILURES)
        fprintf (stderr, _ ("synfin: warning: %s; trying on\n"), error->message);
      if (queue != NULL)
        status = take_turn (shards, queue, &refusals, &wait);
      if (status != SF_EXIT_OK)
        return status;
      if (queue != NULL && is_over (shards, queue))
        return SF_EXIT_OK;
      if (!pause_between (shards, progress, &wait))
        return tell_stop (shards);
    }
}
