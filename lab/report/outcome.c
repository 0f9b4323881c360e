/* SPDX-License-Identifier: MIT
 *
 * The outcomes of runs, and their names.
 */
#include "lab/report/outcome.h"

#include <string.h>

/* The name of the run without overrides, which is not shown. */
#define STANDARD "standard"

static guint
count_failed (const GPtrArray *verdicts)
{
  guint n = 0;

  for (guint i = 0; i < verdicts->len; i++)
    n += !((const SfVerdict *) g_ptr_array_index (verdicts, i))->holds;
  return n;
}

SfOutcome *
sf_outcome_new (SfTrace *trace, GPtrArray *verdicts)
{
  SfOutcome *outcome = g_new0 (SfOutcome, 1);

  outcome->file = g_strdup (trace->file);
  outcome->variant = g_strdup (trace->variant);
  outcome->title = g_strdup (sf_wording_in (trace->title, NULL));
  outcome->diag = sf_diagnostics_new ();
  outcome->trace = trace;
  outcome->verdicts = verdicts;
  outcome->n_failed = count_failed (verdicts);
  return outcome;
}

SfOutcome *
sf_outcome_of_error (const char *file, SfDiagnostics *diag)
{
  SfOutcome *outcome = g_new0 (SfOutcome, 1);

  outcome->file = sf_printable (file, FALSE);
  outcome->diag = diag;
  return outcome;
}

void
sf_outcome_free (SfOutcome *outcome)
{
  if (outcome == NULL)
    return;
  g_free (outcome->file);
  g_free (outcome->variant);
  g_free (outcome->title);
  sf_diagnostics_free (outcome->diag);
  g_clear_pointer (&outcome->verdicts, g_ptr_array_unref);
  sf_trace_free (outcome->trace);
  g_free (outcome);
}

void
sf_outcome_forget_trace (SfOutcome *outcome)
{
  g_clear_pointer (&outcome->trace, sf_trace_free);
}

gboolean
sf_outcome_holds (const SfOutcome *outcome)
{
  return outcome->verdicts != NULL && outcome->n_failed == 0;
}

char *
sf_outcome_name (const SfOutcome *outcome)
{
  if (outcome->variant == NULL || strcmp (outcome->variant, STANDARD) == 0)
    return g_strdup (outcome->file);
  return g_strdup_printf ("%s (%s)", outcome->file, outcome->variant);
}
