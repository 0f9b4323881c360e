/* SPDX-License-Identifier: MIT
 *
 * What came of a run: its verdicts, warnings, and the trace itself as long as somebody needs it.
 */
#pragma once

#include "base/diagnostic.h"
#include "lab/judge/verdict.h"

/* Also of the attempt to load one. */
typedef struct
{
  char *file;
  char *variant;       /* NULL: it could not be loaded */
  char *title;         /* NULL: the same */
  SfDiagnostics *diag; /* the error if it could not be loaded; warnings */
  GPtrArray *verdicts; /* SfVerdict; NULL: it could not be loaded */
  guint n_failed;
  SfTrace *trace; /* NULL if nobody wanted to keep it, or it could not be loaded */
} SfOutcome;

/* Returns the outcome of the run that `trace` tells, judged by `verdicts` (SfVerdict); takes both over. */
SfOutcome *sf_outcome_new (SfTrace *trace, GPtrArray *verdicts);

/* Returns the outcome of `file`, which could not be loaded; takes `diag` over. */
SfOutcome *sf_outcome_of_error (const char *file, SfDiagnostics *diag);

void sf_outcome_free (SfOutcome *outcome);

/* Gives the records back; the verdicts stay. */
void sf_outcome_forget_trace (SfOutcome *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfOutcome, sf_outcome_free)

/* FALSE if it could not be loaded or an expectation failed. */
gboolean sf_outcome_holds (const SfOutcome *outcome);

/* Returns "FILE", or "FILE (VARIANT)" for a variant. */
char *sf_outcome_name (const SfOutcome *outcome);
