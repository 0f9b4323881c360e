/* SPDX-License-Identifier: MIT */
#include "cli/replay.h"

#include "cli/sweep.h"
#include "models/gettext.h"

#include <string.h>

/* Splits "DB:ROW"; returns the name of the database, NULL after a message. */
static char *
split (const char *command, const char *text, guint64 *ret_row)
{
  const char *colon = strrchr (text, ':');

  if (colon != NULL && colon > text && g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXINT64, ret_row, NULL))
    return g_strndup (text, (gsize) (colon - text));
  sf_usage_error (command, _("--replay is the database of a sweep and the number of a row, as out/sweep.sqlite:17, not '%s'"), text);
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
  g_string_append_printf (words, _("replication %s"), number);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

SfRun *
sf_replay_load (const char *command, const char *text, char **ret_words, SfExit *ret_exit)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) sweep = NULL;
  g_autoptr (SfStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  guint64 row, replication;
  guint point;
  SfRun *run;

  *ret_exit = SF_EXIT_INPUT;
  path = split (command, text, &row);
  if (path == NULL)
    return NULL;
  store = sf_sweep_open (path, &sweep, ret_exit);
  if (store == NULL)
    return NULL;
  if (!sf_store_find (store, row, &point, &replication, &error))
    {
      *ret_exit = sf_sweep_error (error);
      return NULL;
    }
  run = sf_sweep_load_point (sweep, point, diag);
  sf_print_diagnostics (diag);
  if (run == NULL)
    return NULL;
  run->replication = replication;
  if (ret_words != NULL)
    *ret_words = words_for (sweep, point, replication);
  return run;
}
