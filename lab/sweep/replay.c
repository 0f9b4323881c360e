/* SPDX-License-Identifier: MIT */
#include "lab/sweep/replay.h"

#include "base/gettext.h"
#include "lab/report/simulation.h"

#include <string.h>

char *
sf_replay_split (const char *text, guint64 *ret_row)
{
  const char *colon = strrchr (text, ':');

  if (colon != NULL && colon > text && g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXINT64, ret_row, NULL))
    return g_strndup (text, (gsize) (colon - text));
  return NULL;
}

SfRun *
sf_replay_load_row (SfStore *store, const SfSweep *sweep, guint64 row, guint *ret_point, gint64 *values,
                    SfDiagnostics *diag, GError **error)
{
  guint64 replication;
  SfRun *run;

  if (!sf_store_find (store, row, ret_point, &replication, values, error))
    return NULL;
  run = sf_sweep_load_point (sweep, *ret_point, diag);
  if (run != NULL)
    run->replication = replication;
  return run;
}

gboolean
sf_replay_gives (const SfSweep *sweep, const SfRun *run, const gint64 *values)
{
  g_autoptr (SfSimulation) simulation = sf_simulation_new (run->scenario);
  g_autofree gint64 *seen = g_new0 (gint64, sweep->measures->len);

  sf_sweep_measure (sweep, run, sf_simulation_run (simulation, run->replication), seen);
  return memcmp (seen, values, sweep->measures->len * sizeof *seen) == 0;
}

char *
sf_replay_text (const SfSweep *sweep, guint point, guint64 replication)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, replication);

  for (guint i = 0; i < sweep->axes->len; i++)
    {
      const SfSweepAxis *axis = sf_sweep_axis (sweep, i);

      g_string_append_printf (text, "%s = %s, ", axis->path,
                              (const char *) g_ptr_array_index (axis->texts, sf_sweep_value (sweep, point, i)));
    }
  g_string_append_printf (text, _ ("replication %s"), number);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
