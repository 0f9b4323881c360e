/* SPDX-License-Identifier: MIT
 *
 * Takes over jobs in the queue, and decides which failed ones to try again.
 */
#include "lab/cluster/shards.h"

#include <string.h>

#define MAX_TRIES 3

/* TRUE if `entry` is a job of `script`. Its command is the path of the script, if Slurm tells it. */
static gboolean
is_command (const SfShards *shards, const SfSlurmEntry *entry, const char *script)
{
  g_autofree char *path = sf_shards_path (shards, script);

  return strcmp (entry->command, path) == 0;
}

static gboolean
is_queued (const SfShards *shards, guint i, const SfSlurmQueue *queue)
{
  g_autofree char *id = shards->elements[i].array != NULL ? sf_shards_element (shards, i) : NULL;

  return id != NULL && sf_slurm_find (queue, id) != NULL;
}

void
sf_shards_adopt_lost (SfShards *shards, const SfSlurmQueue *queue)
{
  for (guint k = 0; k < queue->entries->len; k++)
    {
      const SfSlurmEntry *entry = g_ptr_array_index (queue->entries, k);
      guint i = entry->element;

      if (i > 0 && i <= shards->n && shards->elements[i - 1].array == NULL
          && is_command (shards, entry, SF_SHARD_SCRIPT))
        shards->elements[i - 1].array = g_strdup (entry->array);
      else if (i == 0 && shards->merge == NULL && is_command (shards, entry, SF_MERGE_SCRIPT))
        shards->merge = g_strdup (entry->array);
    }
}

gboolean
sf_shards_adopt (SfShards *shards, const SfSlurmQueue *queue)
{
  g_autoptr (GPtrArray) arrays = NULL;

  for (guint i = 0; i < shards->n; i++)
    if (!is_queued (shards, i, queue))
      g_clear_pointer (&shards->elements[i].array, g_free);
  if (shards->merge != NULL && sf_slurm_find (queue, shards->merge) == NULL)
    g_clear_pointer (&shards->merge, g_free);
  sf_shards_adopt_lost (shards, queue);
  arrays = sf_shards_arrays (shards);
  return arrays->len > 0 || shards->merge != NULL;
}

gboolean
sf_element_try_again (SfElement *element, const char *fate)
{
  if (fate != NULL && sf_slurm_is_cluster_fault (fate) && element->tries > 0)
    element->tries--;
  return element->tries < MAX_TRIES && (fate == NULL || !sf_slurm_fate_is (fate, "CANCELLED"));
}
