/* SPDX-License-Identifier: MIT
 *
 * A scenario: what docs/scenario.md describes, checked and compiled into a plan that can be run.
 *
 * A variant is the document with the variant's `set` applied, loaded anew as a whole, so that everything is checked
 * alike; `--set` is the same, applied after the variant's. Only expectations and questions are not read here: `expect`
 * and `predict` are the lists as trees, for lab/judge/expect.c and lab/judge/predict.c to read against this scenario's
 * plan; they live as long as the scenario, and so does `sweep`. Loading the standard run checks the form of all
 * variants, but not what they do: load each.
 */
#pragma once

#include "lab/language/node.h"

/* The version of the scenario language that is read: `synfin: 1`. The version of the program begins with it
 * (CONTRIBUTING.md). */
#define SF_LANGUAGE_VERSION 1

/* The run without overrides. */
#define SF_STANDARD "standard"

/* One `--set PATH=VALUE`; the value is YAML ("30s", "[a, b]"). */
typedef struct
{
  const char *path;
  const char *value;
  const SfPlace *places; /* where path and value are written, two; NULL: in `--set` */
} SfOverride;

typedef struct
{
  SfTime until;       /* a normal end, SF_NEVER: none */
  SfTime time_limit;  /* reaching it is a failure */
  guint64 max_events; /* the same */
  guint64 seed;
} SfRunLimits;

typedef struct
{
  char *name;
  SfWording *title; /* NULL where the variant says nothing of its own, also below */
  SfWording *asks;
  SfWording *explain;
  SfWording *because;
  GPtrArray *sets; /* char *: "hosts.client.tcp.rto-initial: 200ms", for people */
} SfVariantInfo;

typedef struct
{
  char *name;                          /* of the file, as given, but printable */
  char *variant;                       /* SF_STANDARD, or the name of the one that this is */
  SfWording *title;                    /* of the variant, if it has one */
  SfWording *lesson;                   /* of the scenario, if the variant has a title; otherwise NULL */
  SfWording *asks, *explain, *because; /* trimmed; NULL if absent; the variant's own before the document's */
  GPtrArray *rfc;                      /* char * */
  SfPlan *plan;                        /* finished */
  SfRunLimits run;
  GPtrArray *variants;          /* SfVariantInfo, in the order of the document, without the standard run */
  const SfNode *expect;         /* a list, or NULL: nothing expected. The variant's own, if it has one */
  const SfNode *predict;        /* the same, but of a variant only its own: questions are about one run */
  const SfNode *sweep;          /* the mapping as a tree, for lab/sweep/sweep.h; NULL: there is none */
  GPtrArray *fault_texts;       /* char *, per rule of plan->faults: as written, on one line */
  GPtrArray *timed_fault_texts; /* the same for plan->timed_faults */
  SfDocument *document;         /* owns `expect`, `predict` and `sweep` */
  SfSource *source;
} SfScenario;

/* Loads the scenario file `path`, which is called `name` in all that is said of it (NULL: as its path), as `variant`
 * (NULL or SF_STANDARD: without overrides) with the `n_sets` overrides of `sets`. Returns NULL after a diagnostic. */
SfScenario *sf_scenario_load (const char *path, const char *name, const char *variant, const SfOverride *sets,
                              guint n_sets, SfDiagnostics *diag);

/* The same from memory; `name` is what diagnostics call it. */
SfScenario *sf_scenario_parse (const char *text, gsize len, const char *name, const char *variant,
                               const SfOverride *sets, guint n_sets, SfDiagnostics *diag);

/* The same of a document in which nothing has been set yet, and nothing will be: all variants of a scenario can be made
 * of one, and the points of a sweep, on several threads. */
SfScenario *sf_scenario_over (SfDocument *written, const char *variant, const SfOverride *sets, guint n_sets,
                              SfDiagnostics *diag);

/* The standard run of `doc`, which it takes over; `source` is that of the steps and faults in it. */
SfScenario *sf_scenario_of_document (SfDocument *doc, SfSource *source, SfDiagnostics *diag);

void sf_scenario_free (SfScenario *scenario);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfScenario, sf_scenario_free)

/* Returns the names of all runs: SF_STANDARD, then the variants. Free it (not the names, which are the scenario's). */
const char **sf_scenario_variants (const SfScenario *scenario);

/* Returns line `line` of the file without indentation, for "at this step"; NULL for 0 or a line that is not there. */
char *sf_scenario_line (const SfScenario *scenario, guint line);

/* Splits "PATH=VALUE" at its first '='; the parts are `*ret_path` (to be freed) and a pointer into `option`. */
gboolean sf_override_split (const char *option, char **ret_path, const char **ret_value, SfDiagnostics *diag);
