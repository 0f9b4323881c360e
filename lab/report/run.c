/* SPDX-License-Identifier: MIT
 *
 * Loading runs, and judging them.
 */
#include "lab/report/run.h"

#include "base/gettext.h"
#include "base/source_file.h"
#include "lab/judge/limit.h"
#include "lab/report/simulation.h"

#include <string.h>

/* --- loading --- */

void
sf_run_free (SfRun *run)
{
  if (run == NULL)
    return;
  sf_expect_free (run->expect);
  sf_predict_free (run->predict);
  sf_scenario_free (run->scenario);
  g_free (run);
}

static void
free_run (gpointer data)
{
  sf_run_free (data);
}

SfRun *
sf_run_load (SfDocument *written, const char *variant, const SfOverride *sets, guint n_sets, SfDiagnostics *diag)
{
  SfRun *run = g_new0 (SfRun, 1);

  run->scenario = sf_scenario_over (written, variant, sets, n_sets, diag);
  if (run->scenario != NULL)
    run->expect = sf_expect_load (run->scenario->expect, run->scenario->plan, diag);
  if (run->expect != NULL)
    run->predict = sf_predict_load (run->scenario->predict, run->scenario->plan, diag);
  if (run->predict == NULL)
    {
      sf_run_free (run);
      return NULL;
    }
  return run;
}

/* Adds the run of `variant`. */
static gboolean
add_run (SfDocument *written, const char *variant, const SfRunOptions *options, SfDiagnostics *diag, GPtrArray *runs)
{
  SfRun *run = sf_run_load (written, variant, options->sets, options->n_sets, diag);

  if (run == NULL)
    return FALSE;
  if (options->has_seed)
    run->scenario->run.seed = options->seed;
  g_ptr_array_add (runs, run);
  return TRUE;
}

GPtrArray *
sf_runs_load (const char *path, const SfRunOptions *options, SfDiagnostics *diag)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new_with_free_func (free_run);
  /* The source is read once: it may be a pipe, and all runs must have the same text. */
  g_autoptr (SfSource) source = sf_source_read (path, options->name != NULL ? options->name : path, diag);
  g_autoptr (SfDocument) written = source != NULL ? sf_document_parse (source, diag) : NULL;
  const SfScenario *first;

  if (written == NULL || !add_run (written, options->variant, options, diag, runs))
    return NULL;
  first = ((const SfRun *) g_ptr_array_index (runs, 0))->scenario;
  for (guint i = 0; options->variant == NULL && i < first->variants->len; i++)
    if (!add_run (written, ((const SfVariantInfo *) g_ptr_array_index (first->variants, i))->name, options, diag, runs))
      return NULL;
  return g_steal_pointer (&runs);
}

/* --- judging --- */

/* Returns an array: for each fault rule, whether it acted. */
static gboolean *
find_acted (const SfTrace *trace)
{
  gboolean *acted = g_new0 (gboolean, trace->faults->len);

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->head.kind == SF_RECORD_FATE && record->fate.rule >= 0)
        acted[record->fate.rule] = TRUE;
    }
  return acted;
}

/* Returns the place of the first word in line `line`, after the dash of a list. */
static SfPlace
place_of_line (const SfSource *source, guint line)
{
  g_autofree char *text = sf_source_line (source, line);

  return (SfPlace){ source, line, text != NULL ? (guint) strspn (text, " -") + 1 : 0 };
}

/* TRUE if the fault acts by chance, and so need not act. */
static gboolean
may_idle (const SfScenario *scenario, guint rule)
{
  const GArray *rules = scenario->plan->faults;

  return rule < rules->len && g_array_index (rules, SfFaultRule, rule).has_chance;
}

static void
warn_of_idle_faults (const SfScenario *scenario, const SfTrace *trace, SfDiagnostics *diag)
{
  g_autofree gboolean *acted = find_acted (trace);

  for (guint i = 0; i < trace->faults->len; i++)
    {
      SfPlace place;

      if (acted[i] || may_idle (scenario, i))
        continue;
      place = place_of_line (scenario->source, g_array_index (trace->faults, SfTraceFault, i).line);
      if (strcmp (scenario->variant, SF_STANDARD) == 0)
        sf_warning (diag, &place, _ ("this fault never found its segment"));
      else
        sf_warning (diag, &place, _ ("this fault never found its segment in variant '%s'"), scenario->variant);
    }
}

SfOutcome *
sf_run_do (const SfRun *run)
{
  SfTrace *trace = sf_simulate (run->scenario, run->replication);
  GPtrArray *verdicts = sf_expect_evaluate (run->expect, trace);
  SfOutcome *outcome;

  if (sf_limit_is_reached (trace))
    g_ptr_array_insert (verdicts, 0, sf_limit_verdict (trace, &run->scenario->run));
  outcome = sf_outcome_new (trace, verdicts);
  warn_of_idle_faults (run->scenario, trace, outcome->diag);
  return outcome;
}
