/* SPDX-License-Identifier: MIT
 *
 * Running a scenario: the standard run and its variants, each loaded, simulated, and held against its expectations.
 *
 * Everything is loaded before anything runs, so that wrong input is noticed before there is any output. A SfRun is
 * read-only once loaded: several may be simulated at once, on different threads.
 */
#pragma once

#include "lab/judge/expect.h"
#include "lab/judge/predict.h"
#include "lab/language/scenario.h"
#include "lab/report/outcome.h"

/* One run that can be done. */
typedef struct
{
  SfScenario *scenario;
  SfExpect *expect;
  SfPredict *predict;
  guint64 replication; /* of the seed; 0 unless it is of a sweep */
} SfRun;

typedef struct
{
  const char *name;       /* what the file is called; NULL: its path */
  const char *variant;    /* only this one; NULL: all */
  const SfOverride *sets; /* on top of what the scenario and the variant say */
  guint n_sets;
  gboolean has_seed;
  guint64 seed;
} SfRunOptions;

/* Loads the runs of the scenario file `path`, the standard one first: SfRun. NULL after a diagnostic. */
GPtrArray *sf_runs_load (const char *path, const SfRunOptions *options, SfDiagnostics *diag);

/* Loads one run of the scenario `written`, in which nothing has been set: `variant` of it (NULL: the standard one) with
 * `sets` on top. NULL after a diagnostic. */
SfRun *sf_run_load (SfDocument *written, const char *variant, const SfOverride *sets, guint n_sets,
                    SfDiagnostics *diag);

void sf_run_free (SfRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfRun, sf_run_free)

/* Simulates `run` to its end and judges it. Reaching a limit is a failed verdict, in front of the others; a fault that
 * never acted is a warning. */
SfOutcome *sf_run_do (const SfRun *run);
