/* SPDX-License-Identifier: MIT
 *
 * Loads a run of a sweep from its database.
 */
#include "cli/shared/replay.h"

#include "base/gettext.h"
#include "cli/shared/output.h"
#include "cli/shared/sweep_results.h"
#include "lab/sweep/replay.h"

#include <stdio.h>

/* Splits "DB:ROW". Returns the name of the database, NULL after a message. */
static char *
split (const char *command, const char *text, guint64 *ret_row)
{
  char *path = sf_replay_split (text, ret_row);

  if (path == NULL)
    sf_usage_error (command,
                    _ ("--replay is the database of a sweep and the number of a row, as out/sweep.sqlite:17, not '%s'"),
                    text);
  return path;
}

/* Loads the run of row `row`, see sf_replay_load_row(). NULL after a message. */
static SfRun *
load_row (SfStore *store, const SfSweep *sweep, guint64 row, guint *ret_point, gint64 *values, SfExit *ret_exit)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  SfRun *run = sf_replay_load_row (store, sweep, row, ret_point, values, diag, &error);

  sf_print_diagnostics (diag);
  if (error != NULL)
    *ret_exit = sf_sweep_error (error);
  return run;
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
  if (!sf_replay_gives (sweep, run, values))
    {
      fprintf (stderr, _ ("synfin: the run of '%s' does not give what is stored there: the file is damaged\n"), text);
      return NULL;
    }
  if (ret_words != NULL)
    *ret_words = sf_replay_text (sweep, point, run->replication);
  return g_steal_pointer (&run);
}
