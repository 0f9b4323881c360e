/* SPDX-License-Identifier: MIT
 *
 * When to look at elements again, and when one that has left the queue counts as failed.
 *
 * An element that has left the queue has done its work if its shard is complete. If the shard is not complete, the
 * element failed, but that is not certain at once: shared file systems show files late, and the queue may show a job
 * late that Slurm starts again.
 */
#include "lab/cluster/shards.h"

#define FIRST_WAIT (G_USEC_PER_SEC / 2)
#define LONGEST_WAIT (10 * G_USEC_PER_SEC)

/* GRACE: how long after an element has left the queue it is first asked how it ended. PATIENCE: how long to wait for
 * results of an element that ended well, or whose end is not known. */
#define GRACE (2 * G_USEC_PER_SEC)
#define PATIENCE (60 * G_USEC_PER_SEC)

gint64
sf_shards_next_wait (gint64 wait)
{
  return wait == 0 ? FIRST_WAIT : MIN (wait * 5 / 4, LONGEST_WAIT);
}

gboolean
sf_element_is_missed (SfElement *element, gint64 now)
{
  if (element->gone == 0)
    element->gone = now;
  return now >= element->gone + GRACE;
}

gboolean
sf_element_has_failed (SfElement *element, const char *fate, gint64 now)
{
  if (fate == NULL || sf_slurm_fate_is (fate, "COMPLETED"))
    return now >= element->gone + PATIENCE;
  if (sf_slurm_has_ended (fate))
    return TRUE;
  element->gone = 0;
  return FALSE;
}
