/* SPDX-License-Identifier: MIT
 *
 * Running a scenario: the standard run and its variants are loaded, simulated, and judged by their expectations.
 *
 * Everything is loaded before anything runs, so that wrong input is reported before there is any output. An SfRun is
 * read-only once loaded: threads may simulate several at once.
 */
#pragma once

#include "lab/judge/expect.h"
#include "lab/judge/predict.h"
#include "lab/language/scenario.h"
#include "lab/report/outcome.h"

/* One run, ready to be done. */
typedef struct
{
  SfScenario *scenario;
  SfExpect *expect;
  SfPredict *predict;
  guint64 replication; /* of the seed; 0 unless the run belongs to a sweep */
} SfRun;

typedef struct
{
  const char *name;       /* name of the file in messages; NULL: its path */
  const char *variant;    /* load only this one; NULL: all */
  const SfOverride *sets; /* override what the scenario and the variant set */
  guint n_sets;
  gboolean has_seed;
  guint64 seed;
} SfRunOptions;

/* Loads the runs of the scenario file `path`, the standard one first: an array of SfRun. NULL after a diagnostic. */
GPtrArray *sf_runs_load (const char *path, const SfRunOptions *options, SfDiagnostics *diag);

/* Loads one run of the scenario `written`, which is without overrides: `variant` of it (NULL: the standard one) with
 * `sets` on top. NULL after a diagnostic. */
SfRun *sf_run_load (SfDocument *written, const char *variant, const SfOverride *sets, guint n_sets,
                    SfDiagnostics *diag);

void sf_run_free (SfRun *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfRun, sf_run_free)

/* Simulates `run` to its end and judges it. If it reached a limit, a failed verdict comes first. A fault that never
 * acted gives a warning. */
SfOutcome *sf_run_do (const SfRun *run);
