/* SPDX-License-Identifier: MIT
 *
 * Running a scenario: the standard run and its variants, each loaded, simulated, and held against its expectations.
 *
 * Everything is loaded before anything runs, so that wrong input is noticed before there is any output. A SfRun is
 * read-only once loaded: several may be simulated at once, on different threads.
 */
#pragma once

#include "lab/expect.h"
#include "lab/scenario.h"

/* One run that can be done. */
typedef struct
{
  SfScenario *scenario;
  SfExpect *expect;
} SfRun;

typedef struct
{
  const char *variant;    /* only this one; NULL: all */
  const SfOverride *sets; /* on top of what the scenario and the variant say */
  guint n_sets;
  gboolean has_seed;
  guint64 seed;
} SfRunOptions;

/* What came of a run, or of the attempt to load one. */
typedef struct
{
  char *file;
  char *variant;         /* NULL: it could not be loaded */
  char *title;           /* NULL: the same */
  SfDiagnostics *diag;   /* the error if it could not be loaded; warnings */
  GPtrArray *verdicts;   /* SfVerdict; NULL: it could not be loaded */
  guint n_failed;
  SfStory *story;        /* NULL if nobody wanted to keep it, or it could not be loaded */
} SfOutcome;

/* Loads the runs of the scenario file `path`, the standard one first: SfRun. NULL after a diagnostic. */
GPtrArray *sf_runs_load (const char *path, const SfRunOptions *options, SfDiagnostics *diag);

void sf_run_free (SfRun *run);

/* Simulates `run` to its end and judges it. Reaching a limit is a failed verdict, in front of the others; a fault that
 * never acted is a warning. */
SfOutcome *sf_run_do (const SfRun *run);

/* Returns the outcome of `file`, which could not be loaded; takes `diag` over. */
SfOutcome *sf_outcome_of_error (const char *file, SfDiagnostics *diag);

void sf_outcome_free (SfOutcome *outcome);

/* Gives the records back; the verdicts stay. */
void sf_outcome_forget_story (SfOutcome *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfOutcome, sf_outcome_free)

/* FALSE if it could not be loaded or an expectation failed. */
gboolean sf_outcome_holds (const SfOutcome *outcome);

/* Returns "FILE", or "FILE (VARIANT)" for a variant. */
char *sf_outcome_name (const SfOutcome *outcome);
