/* SPDX-License-Identifier: MIT */
#include "cli/shared/replay.h"

#include "base/gettext.h"
#include "cli/shared/output.h"
#include "cli/shared/sweep_results.h"
#include "lab/report/simulation.h"

#include <stdio.h>
#include <string.h>

/* Splits "DB:ROW"; returns the name of the database, NULL after a message. */
static char *
split (const char *command, const char *text, guint64 *ret_row)
{
  const char *colon = strrchr (text, ':');

  if (colon != NULL && colon > text && g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXINT64, ret_row, NULL))
    return g_strndup (text, (gsize) (colon - text));
  sf_usage_error (command,
                  _ ("--replay is the database of a sweep and the number of a row, as out/sweep.sqlite:17, not '%s'"),
                  text);
  return NULL;
}

static char *
words_for (const SfSweep *sweep, guint point, guint64 replication)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, replication);

  for (guint i = 0; i < sweep->axes->len; i++)
    {
      const SfSweepAxis *axis = sf_sweep_axis (sweep, i);

      g_string_append_printf (words, "%s = %s, ", axis->path,
                              (const char *) g_ptr_array_index (axis->texts, sf_sweep_value (sweep, point, i)));
    }
  g_string_append_printf (words, _ ("replication %s"), number);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* Loads the run of row `row`; `values`, as many as there are measures, is what it says. NULL after a message. */
static SfRun *
load_row (SfStore *store, const SfSweep *sweep, guint64 row, guint *ret_point, gint64 *values, SfExit *ret_exit)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  guint64 replication;
  SfRun *run;

  if (!sf_store_find (store, row, ret_point, &replication, values, &error))
    {
      *ret_exit = sf_sweep_error (error);
      return NULL;
    }
  run = sf_sweep_load_point (sweep, *ret_point, diag);
  sf_print_diagnostics (diag);
  if (run != NULL)
    run->replication = replication;
  return run;
}

/* TRUE if `run` gives these values. */
static gboolean
gives (const SfSweep *sweep, const SfRun *run, const gint64 *values)
{
  g_autoptr (SfSimulation) simulation = sf_simulation_new (run->scenario);
  g_autofree gint64 *seen = g_new0 (gint64, sweep->measures->len);

  sf_sweep_measure (sweep, run, sf_simulation_run (simulation, run->replication), seen);
  return memcmp (seen, values, sweep->measures->len * sizeof *seen) == 0;
}

SfRun *
sf_replay_load (const char *command, const char *text, char **ret_words, SfExit *ret_exit)
{
  g_autoptr (SfSweep) sweep = NULL;
  g_autoptr (SfStore) store = NULL;
  g_autoptr (SfRun) run = NULL;
  g_autofree char *path = NULL;
  g_autofree gint64 *values = NULL;
  guint64 row;
  guint point;

  *ret_exit = SF_EXIT_INPUT;
  path = split (command, text, &row);
  if (path == NULL)
    return NULL;
  store = sf_sweep_open (path, &sweep, ret_exit);
  if (store == NULL)
    return NULL;
  values = g_new0 (gint64, sweep->measures->len);
  run = load_row (store, sweep, row, &point, values, ret_exit);
  if (run == NULL)
    return NULL;
  if (!gives (sweep, run, values))
    {
      fprintf (stderr, _ ("synfin: the run of '%s' does not give what is stored there: the file is damaged\n"), text);
      return NULL;
    }
  if (ret_words != NULL)
    *ret_words = words_for (sweep, point, run->replication);
  return g_steal_pointer (&run);
}
