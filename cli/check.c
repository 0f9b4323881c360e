/* SPDX-License-Identifier: MIT
 *
 * synfin check: runs scenarios as tests, as many at a time as asked for, and reports them in the order of their names.
 */
#include "cli/command.h"
#include "cli/shared/lessons_folder.h"

#include "base/files.h"
#include "base/gettext.h"
#include "cli/shared/language.h"
#include "lab/report/report.h"
#include "lab/sweep/sweep.h"

#include <stdio.h>
#include <string.h>

#define SUFFIX ".yaml"

/* A test: a run still to be done, or an outcome. */
typedef struct
{
  SfRun *run;
  SfOutcome *outcome;
} Test;

static void
clear_test (gpointer data)
{
  Test *test = data;

  sf_run_free (test->run);
  sf_outcome_free (test->outcome);
}

static const SfReport *
find_report (const char *name)
{
  for (const SfReport *report = sf_reports (); report->name != NULL; report++)
    if (strcmp (report->name, name) == 0)
      return report;
  return NULL;
}

/* Adds a test for each run of `file`; reports call the file `name`. Adds a failed test if it cannot be loaded. */
static void
load_file (const char *file, const char *name, SfRunOptions options, GArray *tests)
{
  SfDiagnostics *diag = sf_diagnostics_new ();
  g_autoptr (GPtrArray) runs = NULL;

  options.name = name;
  runs = sf_runs_load (file, &options, diag);
  if (runs != NULL && !sf_sweep_check (((const SfRun *) g_ptr_array_index (runs, 0))->scenario, diag))
    g_clear_pointer (&runs, g_ptr_array_unref);
  sf_print_diagnostics (diag);
  if (runs == NULL)
    {
      Test test = { NULL, sf_outcome_of_error (name, diag) };

      g_array_append_val (tests, test);
      return;
    }
  for (guint i = 0; i < runs->len; i++)
    {
      Test test = { g_ptr_array_index (runs, i), NULL };

      g_array_append_val (tests, test);
    }
  g_ptr_array_set_free_func (runs, NULL);
  sf_diagnostics_free (diag);
}

/* Adds the tests of `argument`: a file, a directory, or the name of a lesson. FALSE after a message. */
static gboolean
load_argument (const char *command, const char *argument, const SfRunOptions *options, GArray *tests)
{
  g_autofree char *path = sf_scenario_find (argument);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;

  if (path == NULL)
    return FALSE;
  if (strcmp (path, argument) != 0)
    {
      load_file (path, argument, *options, tests);
      return TRUE;
    }
  files = sf_files_find (path, SUFFIX, &error);
  if (files == NULL || files->len == 0)
    {
      if (files == NULL)
        sf_usage_error (command, "%s", error->message);
      else
        sf_usage_error (command, _ ("no scenario (*%s) in '%s'"), SUFFIX, path);
      return FALSE;
    }
  for (guint i = 0; i < files->len; i++)
    load_file (g_ptr_array_index (files, i), g_ptr_array_index (files, i), *options, tests);
  return TRUE;
}

/* Adds the tests of all `arguments`: files, directories and lessons. */
static gboolean
load_all (const char *command, char **arguments, const SfRunOptions *options, GArray *tests)
{
  for (guint i = 0; arguments[i] != NULL; i++)
    if (!load_argument (command, arguments[i], options, tests))
      return FALSE;
  return TRUE;
}

static void
do_test (gpointer data, gpointer user G_GNUC_UNUSED)
{
  Test *test = data;

  test->outcome = sf_run_do (test->run);
  sf_outcome_forget_trace (test->outcome);
}

static void
do_all (GArray *tests, guint jobs)
{
  GThreadPool *pool = g_thread_pool_new (do_test, NULL, (int) jobs, FALSE, NULL);

  for (guint i = 0; i < tests->len; i++)
    {
      Test *test = &g_array_index (tests, Test, i);

      if (test->outcome == NULL)
        g_thread_pool_push (pool, test, NULL);
    }
  g_thread_pool_free (pool, FALSE, TRUE);
}

/* Prints the report, and warnings to standard error. In the exit status a scenario that cannot be loaded outweighs a
 * failed test. */
static SfExit
report_all (const GArray *tests, const SfReport *report, const SfTextStyle *style)
{
  g_autoptr (GPtrArray) outcomes = g_ptr_array_new ();
  g_autoptr (GString) out = g_string_new (NULL);
  SfTally tally;

  for (guint i = 0; i < tests->len; i++)
    {
      SfOutcome *outcome = g_array_index (tests, Test, i).outcome;

      g_ptr_array_add (outcomes, outcome);
      if (outcome->verdicts != NULL)
        sf_print_diagnostics (outcome->diag);
    }
  report->write (out, outcomes, SYNFIN_VERSION, style);
  tally = sf_tally (outcomes);
  return sf_output_all (out, tally.n_errors > 0 ? SF_EXIT_INPUT : tally.n_failed > 0 ? SF_EXIT_FAILED : SF_EXIT_OK);
}

typedef struct
{
  SfArgument format, seed, color;
  int jobs;
} Options;

static const SfOptionValues formats = { .choices = (const char *const[]){ "human", "tap", "junit", "json", NULL },
                                        .complaint = N_ ("unknown format '%s': human, tap, junit or json") };

static const SfOption rows[] = {
  { "format", 'f', SF_OPTION_CHOICE, offsetof (Options, format), N_ ("human (default), tap, junit or json"), "FORMAT",
    &formats },
  { "jobs", 'j', SF_OPTION_INT, offsetof (Options, jobs), N_ ("So many runs at a time (default: one per processor)"),
    "N", NULL },
  SF_SEED_ROW (Options, seed),
  SF_COLOR_ROW (Options),
  SF_OPTION_END,
};

static SfExit
check (const char *command, char **paths, gconstpointer user)
{
  const Options *options = user;
  g_autoptr (GArray) tests = g_array_new (FALSE, FALSE, sizeof (Test));
  const SfReport *report = find_report (formats.choices[options->format.value]);
  SfRunOptions run_options = { 0 };
  SfTextStyle style = { .width = sf_output_text_width (), .color = sf_output_color ((SfColor) options->color.value) };

  g_array_set_clear_func (tests, clear_test);
  if (paths[0] == NULL)
    return sf_usage_error (command, _ ("which scenarios? Name files or directories"));
  if (options->jobs < 1)
    return sf_usage_error (command, _ ("--jobs is a number from 1 on"));
  /* Only the report for people is translated. */
  if (report->write != sf_report_human)
    sf_language_speak (SF_DEFAULT_LANG);
  style.lang = sf_language_spoken ();
  sf_option_set_seed (&options->seed, &run_options);
  if (!load_all (command, paths, &run_options, tests))
    return SF_EXIT_INPUT;

  do_all (tests, (guint) options->jobs);
  return report_all (tests, report, &style);
}

static const SfUsage usage = {
  .options = rows,
  .arguments = "FILE|DIR...",
  .description = N_ ("Runs scenarios as tests: each variant is one. Directories are searched for *.yaml."),
};

SfExit
sf_command_check (int argc, char **argv)
{
  Options options = { .jobs = (int) g_get_num_processors () };

  return sf_options_run (argc, argv, &usage, &options, check);
}
