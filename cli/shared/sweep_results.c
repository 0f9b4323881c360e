/* SPDX-License-Identifier: MIT
 *
 * Opens the results of sweeps, and writes the files of a report.
 */
#include "cli/shared/sweep_results.h"

#include "base/files.h"
#include "base/gettext.h"
#include "base/stream.h"
#include "cli/shared/output.h"
#include "results/charts.h"
#include "results/export.h"
#include "results/table.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The beginning of every database of SQLite, including the NUL. */
#define SQLITE_BEGINS "SQLite format 3"

SfExit
sf_sweep_error (const GError *error)
{
  gboolean input = error->domain == SF_STORE_ERROR && error->code != SF_STORE_ERROR_FAILED;

  fprintf (stderr, "synfin: %s\n", error->message);
  return input ? SF_EXIT_INPUT : SF_EXIT_FAULT;
}

gboolean
sf_sweep_is_store (const char *path)
{
  return sf_file_begins (path, SQLITE_BEGINS, sizeof SQLITE_BEGINS);
}

gboolean
sf_sweep_is_there (const char *path)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  fprintf (stderr, _ ("synfin: there is no '%s'\n"), path);
  return FALSE;
}

SfStore *
sf_sweep_open (const char *path, SfSweep **ret_sweep, SfExit *ret_exit)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  SfStore *store;

  *ret_exit = SF_EXIT_INPUT;
  if (!sf_sweep_is_there (path))
    return NULL;
  store = sf_store_open_existing (path, ret_sweep, diag, &error);
  sf_print_diagnostics (diag);
  if (error != NULL)
    *ret_exit = sf_sweep_error (error);
  return store;
}

/* Makes the folder of file `path` (NULL: no file), and checks that the file can be written. */
static gboolean
prepare_file (const char *path, GError **error)
{
  g_autofree char *dir = path != NULL ? g_path_get_dirname (path) : NULL;

  return path == NULL || (sf_directory_make (dir, error) && sf_stream_check (path, error));
}

static gboolean
prepare_directory (const char *path, GError **error)
{
  if (path == NULL)
    return TRUE;
  if (!sf_directory_make (path, error))
    return FALSE;
  if (g_access (path, W_OK | X_OK) == 0)
    return TRUE;
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (errno), _ ("cannot write '%s': %s"), path,
               g_strerror (errno));
  return FALSE;
}

gboolean
sf_sweep_prepare_report (const SfSweepReport *report)
{
  g_autoptr (GError) error = NULL;

  if (prepare_file (report->csv, &error) && prepare_file (report->jsonl, &error) && prepare_file (report->stats, &error)
      && prepare_directory (report->out, &error))
    return TRUE;
  sf_fatal_error ("%s", error->message);
  return FALSE;
}

static gboolean
is_stdout (const char *path)
{
  return g_strcmp0 (path, "-") == 0;
}

/* Draws the graphs. Without gnuplot there are none. */
static gboolean
draw (SfStore *store, const SfPointStats *point_stats, const SfSweep *sweep, const SfSweepReport *report,
      GError **error)
{
  g_autoptr (GError) local = NULL;

  if (report->out == NULL
      || sf_sweep_draw (store, point_stats, sweep, report->out, report->pictures, report->file_lang, &local))
    return TRUE;
  if (!g_error_matches (local, SF_GNUPLOT_ERROR, SF_GNUPLOT_ERROR_MISSING))
    return g_propagate_error (error, g_steal_pointer (&local)), FALSE;
  fprintf (stderr, _ ("synfin: warning: no pictures: %s\n"), local->message);
  return TRUE;
}

/* Replaces the characters of the table that a terminal without UTF-8 cannot show. */
static void
use_ascii (GString *out)
{
  g_string_replace (out, "±", "+-", 0);
  g_string_replace (out, "…", "-", 0);
  g_string_replace (out, "–", "-", 0);
}

/* Writes what is made from statistics; also the table, unless something else goes to standard output. */
static SfExit
report_point_stats (SfStore *store, const SfSweep *sweep, guint n_threads, const SfSweepReport *report, gboolean table)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (SfPointStats) point_stats = sf_point_stats_new (store, sweep, n_threads, &error);

  if (point_stats == NULL
      || (report->stats != NULL && !sf_sweep_export_stats (point_stats, sweep, report->stats, &error))
      || !draw (store, point_stats, sweep, report, &error))
    return sf_sweep_error (error);
  if (!table)
    return SF_EXIT_OK;
  sf_sweep_table (out, point_stats, sweep, &report->style);
  if (sf_output_needs_ascii ())
    use_ascii (out);
  return sf_output_all (out, SF_EXIT_OK);
}

SfExit
sf_sweep_report (SfStore *store, const SfSweep *sweep, guint n_threads, const SfSweepReport *report)
{
  gboolean table = !is_stdout (report->csv) && !is_stdout (report->jsonl) && !is_stdout (report->stats);
  g_autoptr (GError) error = NULL;

  if (!sf_sweep_prepare_report (report))
    return SF_EXIT_FAULT;
  if ((report->csv != NULL && !sf_sweep_export_runs (store, sweep, report->csv, FALSE, &error))
      || (report->jsonl != NULL && !sf_sweep_export_runs (store, sweep, report->jsonl, TRUE, &error)))
    return sf_sweep_error (error);
  if (!table && report->stats == NULL && report->out == NULL)
    return SF_EXIT_OK;
  return report_point_stats (store, sweep, n_threads, report, table);
}
