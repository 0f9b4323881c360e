/* SPDX-License-Identifier: MIT
 *
 * Loads or simulates the traces that `synfin plot` draws.
 */
#include "cli/shared/plot_traces.h"
#include "cli/shared/lessons_folder.h"

#include "base/files.h"
#include "base/gettext.h"
#include "cli/shared/output.h"
#include "cli/shared/replay.h"
#include "trace/jsonl.h"

#include <stdio.h>
#include <string.h>

/* The beginning of every trace. */
#define TRACE_BEGINS "{\"synfin_trace\""

/* TRUE if the file at `path` begins like a trace. FALSE for a file that cannot be read, which the loader of scenarios
 * reports, and for a pipe, which can be read only once. */
static gboolean
is_trace (const char *path)
{
  return g_file_test (path, G_FILE_TEST_IS_REGULAR) && sf_file_begins (path, TRACE_BEGINS, sizeof TRACE_BEGINS - 1);
}

static gboolean
load_trace (const char *command, const char *path, const SfPlotTraceOptions *options, SfTrace **ret_trace,
            SfExit *ret_exit)
{
  g_autoptr (GMappedFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (options->variant != NULL || options->seed.text != NULL || options->sets != NULL)
    {
      *ret_exit = sf_usage_error (command, _ ("'%s' is a trace: --variant, --set and --seed are for scenarios"), path);
      return FALSE;
    }
  file = g_mapped_file_new (path, FALSE, &error);
  if (file != NULL)
    *ret_trace = sf_trace_read (g_mapped_file_get_contents (file), g_mapped_file_get_length (file), path, &error);
  if (error == NULL)
    return TRUE;
  fprintf (stderr, "%s\n", error->message);
  *ret_exit = SF_EXIT_INPUT;
  return FALSE;
}

/* Loads the run `variant` of the scenario at `path`. NULL after a message. */
static SfRun *
load_run (const char *path, const char *name, const char *variant, const SfPlotTraceOptions *options)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GArray) sets = NULL;
  g_autoptr (GPtrArray) runs = NULL;
  SfRunOptions run_options = { .variant = variant, .name = name };

  sf_option_set_seed (&options->seed, &run_options);
  sets = sf_sets_parse (options->sets);
  if (sets == NULL)
    return NULL;
  run_options.sets = (const SfOverride *) (gpointer) sets->data;
  run_options.n_sets = sets->len;
  runs = sf_runs_load (path, &run_options, diag);
  sf_print_diagnostics (diag);
  return runs != NULL ? g_ptr_array_steal_index (runs, 0) : NULL;
}

/* Simulates `run` and frees it. Returns the trace. */
static SfTrace *
simulate (SfRun *run)
{
  g_autoptr (SfOutcome) outcome = sf_run_do (run);

  sf_print_diagnostics (outcome->diag);
  sf_run_free (run);
  return g_steal_pointer (&outcome->trace);
}

static gboolean
load_replay (const char *command, const SfPlotTraceOptions *options, SfTrace **ret_trace, SfExit *ret_exit)
{
  SfRun *run;

  if (options->variant != NULL || options->seed.text != NULL || options->sets != NULL)
    {
      *ret_exit =
        sf_usage_error (command,
                        _ ("--replay has its own variant, values and seed: not with --variant, --set and --seed"));
      return FALSE;
    }
  run = sf_replay_load (command, options->replay, NULL, ret_exit);
  if (run != NULL)
    *ret_trace = simulate (run);
  return run != NULL;
}

gboolean
sf_plot_trace_load (const char *command, const char *argument, const SfPlotTraceOptions *options, SfTrace **ret_trace,
                    SfExit *ret_exit)
{
  g_autofree char *path = NULL;
  SfRun *run;

  if (argument == NULL)
    return load_replay (command, options, ret_trace, ret_exit);
  *ret_exit = SF_EXIT_INPUT;
  path = sf_scenario_find (argument);
  if (path == NULL)
    return FALSE;
  if (is_trace (path))
    return load_trace (command, path, options, ret_trace, ret_exit);
  run = load_run (path, argument, options->variant != NULL ? options->variant : SF_STANDARD, options);
  if (run == NULL)
    return FALSE;
  *ret_trace = simulate (run);
  return TRUE;
}

/* Returns the name of the first variant of `run`. NULL after a message. */
static char *
first_variant (const char *command, const SfRun *run)
{
  const GPtrArray *variants = run->scenario->variants;

  if (variants->len > 0)
    return g_strdup (((const SfVariantInfo *) g_ptr_array_index (variants, 0))->name);
  sf_usage_error (command, _ ("'%s' has no variants to compare with; give a second file"), run->scenario->name);
  return NULL;
}

/* Stores the traces of two runs of one scenario. */
static gboolean
load_variants (const char *command, const char *argument, const char *path, const SfPlotTraceOptions *options,
               const char *against, SfTrace **ret_left, SfTrace **ret_right)
{
  SfRun *left = load_run (path, argument, options->variant != NULL ? options->variant : SF_STANDARD, options),
        *right = NULL;
  g_autofree char *variant = NULL;

  if (left != NULL)
    variant = against != NULL ? g_strdup (against) : first_variant (command, left);
  if (variant != NULL)
    right = load_run (path, argument, variant, options);
  if (right == NULL)
    {
      sf_run_free (left);
      return FALSE;
    }
  *ret_left = simulate (left);
  *ret_right = simulate (right);
  return TRUE;
}

gboolean
sf_plot_traces_load (const char *command, char **arguments, const SfPlotTraceOptions *options, const char *against,
                     SfTrace **ret_left, SfTrace **ret_right, SfExit *ret_exit)
{
  g_autofree char *path = NULL;

  if (arguments[1] != NULL && against != NULL)
    {
      *ret_exit = sf_usage_error (command, _ ("either a second file or --against"));
      return FALSE;
    }
  if (arguments[1] != NULL)
    return sf_plot_trace_load (command, arguments[0], options, ret_left, ret_exit)
           && sf_plot_trace_load (command, arguments[1], options, ret_right, ret_exit);
  *ret_exit = SF_EXIT_INPUT;
  path = sf_scenario_find (arguments[0]);
  if (path == NULL)
    return FALSE;
  if (is_trace (path))
    {
      *ret_exit = sf_usage_error (command, _ ("'%s' is a trace, which holds one run: give a second file"), path);
      return FALSE;
    }
  return load_variants (command, arguments[0], path, options, against, ret_left, ret_right);
}
