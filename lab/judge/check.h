/* SPDX-License-Identifier: MIT
 *
 * Private to lab/judge/expect.c and the checks, check_*.c: one check and its kind.
 */
#pragma once

#include "lab/judge/facts.h"
#include "lab/language/node.h"

/* A kind of check: reads what stands after its key, and judges a trace. `load` returns what the others get as `data`,
 * NULL after a diagnostic; `holds` judges, in as little time as it can, since sweeps do it a million times; `explain`
 * gives the facts to a verdict that holds or not, and shows the records. */
typedef struct
{
  const char *key;
  gpointer (*load) (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag);
  gboolean (*holds) (gconstpointer data, const SfTrace *trace);
  void (*explain) (gconstpointer data, const SfTrace *trace, SfVerdict *verdict);
  GDestroyNotify free;
} SfCheckKind;

typedef struct
{
  const SfCheckKind *kind;
  gpointer data;
  SfWording *name;    /* as given, or what is written */
  SfWording *because; /* NULL: not said */
  guint32 line;
} SfCheck;

#define SF_CHECK(name) extern const SfCheckKind sf_check_##name;
#include "lab/judge/checks.inc"
#undef SF_CHECK

/* --- for the checks --- */

/* Reads `host_key` (required) and `conn` (`conn` of `*ret_end` unchanged if absent) of `map`. */
gboolean sf_check_load_end (const SfNode *map, const char *host_key, const SfPlan *plan, SfDiagnostics *diag,
                            SfEndRef *ret_end);

/* Appends "client", "client's connection 2". */
void sf_check_end_text (GString *out, const SfTrace *trace, SfEndRef end, const char *lang);

/* Returns "1 segment", "3 segments". */
char *sf_check_amount (guint n, const char *lang);
