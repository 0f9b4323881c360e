/* SPDX-License-Identifier: MIT
 *
 * A scenario (docs/scenario.md), checked and compiled into a plan that can be run.
 *
 * A variant is the document after the variant's `set`, loaded again as a whole, so that everything is checked. `--set`
 * works in the same way, after the variant's `set`. Loading the standard run checks only the form of the variants; to
 * check what they do, load each.
 *
 * `expect`, `predict` and `sweep` are only trees: lab/judge/expect.c, lab/judge/predict.c and lab/sweep/sweep.h read
 * them, with the plan of the scenario. They live as long as the scenario.
 */
#pragma once

#include "lab/language/node.h"

/* The version of the scenario language: `synfin: 1`. The version number of the program begins with it
 * (CONTRIBUTING.md). */
#define SF_LANGUAGE_VERSION 1

/* The run without overrides. */
#define SF_STANDARD "standard"

/* One `--set PATH=VALUE`; the value is YAML ("30s", "[a, b]"). */
typedef struct
{
  const char *path;
  const char *value;
  const SfPlace *places; /* the two places where path and value are written; NULL: in `--set` */
} SfOverride;

typedef struct
{
  SfTime until;       /* a run ends normally here; SF_NEVER: no such end */
  SfTime time_limit;  /* reaching it is a failure */
  guint64 max_events; /* reaching it is a failure, too */
  guint64 seed;
} SfRunLimits;

typedef struct
{
  char *name;
  SfWording *title; /* NULL if the variant has none of its own; also the next three */
  SfWording *asks;
  SfWording *explain;
  SfWording *because;
  GPtrArray *sets; /* char *: "hosts.client.tcp.rto-initial: 200ms", for people */
} SfVariantInfo;

typedef struct
{
  char *name;                          /* the file name as given, made printable */
  char *variant;                       /* SF_STANDARD, or the name of this variant */
  SfWording *title;                    /* the variant's own, else the scenario's */
  SfWording *lesson;                   /* the scenario's title if the variant has its own; otherwise NULL */
  SfWording *asks, *explain, *because; /* trimmed; the variant's own, else the document's; NULL: neither */
  GPtrArray *rfc;                      /* char * */
  SfPlan *plan;                        /* finished */
  SfRunLimits run;
  GPtrArray *variants;          /* SfVariantInfo, in the order of the document, without the standard run */
  const SfNode *expect;         /* a list; NULL: nothing expected. The variant's own, else the document's */
  const SfNode *predict;        /* a list; NULL: none. Of a variant only its own, because questions are about one run */
  const SfNode *sweep;          /* a mapping, for lab/sweep/sweep.h; NULL: none */
  GPtrArray *fault_texts;       /* char *: each rule of plan->faults as written, on one line */
  GPtrArray *timed_fault_texts; /* the same for plan->timed_faults */
  SfDocument *document;         /* owns `expect`, `predict` and `sweep` */
  SfSource *source;
} SfScenario;

/* Loads scenario file `path` as `variant` (NULL or SF_STANDARD: none), then with the `n_sets` overrides of `sets`.
 * Diagnostics and reports call the file `name` (NULL: `path`). NULL after a diagnostic. */
SfScenario *sf_scenario_load (const char *path, const char *name, const char *variant, const SfOverride *sets,
                              guint n_sets, SfDiagnostics *diag);

/* The same from memory. Diagnostics call it `name`. */
SfScenario *sf_scenario_parse (const char *text, gsize len, const char *name, const char *variant,
                               const SfOverride *sets, guint n_sets, SfDiagnostics *diag);

/* The same of a document in which nothing is set, now or later. So one document can serve all variants of a scenario,
 * or all points of a sweep, also on several threads. */
SfScenario *sf_scenario_over (SfDocument *written, const char *variant, const SfOverride *sets, guint n_sets,
                              SfDiagnostics *diag);

/* Returns the standard run of `doc`, and takes `doc` over. `source` has the lines of its steps and faults. */
SfScenario *sf_scenario_of_document (SfDocument *doc, SfSource *source, SfDiagnostics *diag);

void sf_scenario_free (SfScenario *scenario);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfScenario, sf_scenario_free)

/* Returns the names of all runs: SF_STANDARD, then the variants, NULL-terminated. Free the array only; the names belong
 * to `scenario`. */
const char **sf_scenario_variants (const SfScenario *scenario);

/* Returns line `line` of the file without its indentation, to be freed; NULL if `line` is 0 or there is no such line.
 * */
char *sf_scenario_line (const SfScenario *scenario, guint line);

/* Splits "PATH=VALUE" at its first '='. `*ret_path` is to be freed; `*ret_value` points into `option`. FALSE after a
 * diagnostic. */
gboolean sf_override_split (const char *option, char **ret_path, const char **ret_value, SfDiagnostics *diag);
