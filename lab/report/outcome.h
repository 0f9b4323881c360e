/* SPDX-License-Identifier: MIT
 *
 * The outcome of a run: verdicts, warnings, and the trace while it is needed.
 */
#pragma once

#include "base/diagnostic.h"
#include "lab/judge/verdict.h"

/* The outcome of a run, or of a failed attempt to load one. */
typedef struct
{
  char *file;
  char *variant;       /* NULL: the scenario could not be loaded */
  char *title;         /* NULL: the scenario could not be loaded */
  SfDiagnostics *diag; /* the error, if it could not be loaded; warnings */
  GPtrArray *verdicts; /* SfVerdict; NULL: it could not be loaded */
  guint n_failed;
  SfTrace *trace; /* NULL: not kept, or the scenario could not be loaded */
} SfOutcome;

/* Returns the outcome of the run of `trace`, judged by `verdicts` (SfVerdict). Takes ownership of both. */
SfOutcome *sf_outcome_new (SfTrace *trace, GPtrArray *verdicts);

/* Returns the outcome of `file`, which could not be loaded. Takes ownership of `diag`. */
SfOutcome *sf_outcome_of_error (const char *file, SfDiagnostics *diag);

void sf_outcome_free (SfOutcome *outcome);

/* Frees the trace; the verdicts stay. */
void sf_outcome_forget_trace (SfOutcome *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfOutcome, sf_outcome_free)

/* FALSE if the scenario could not be loaded or an expectation failed. */
gboolean sf_outcome_holds (const SfOutcome *outcome);

/* Returns "FILE", or "FILE (VARIANT)" for a variant. */
char *sf_outcome_name (const SfOutcome *outcome);
