/* SPDX-License-Identifier: MIT
 *
 * A check and its kind. Private to expect.c and the checks, check_*.c.
 */
#pragma once

#include "lab/judge/facts.h"
#include "lab/language/node.h"

/* A kind of check. `load` reads the value of its key; returns the data for the other functions, NULL after a
 * diagnostic. `holds` judges a trace; it has to be fast, since sweeps call it a million times. `explain` gives facts to
 * a verdict, which may hold or not, and shows records in it. */
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
  SfWording *name;    /* as given; else made of the check */
  SfWording *because; /* NULL: none given */
  guint32 line;
} SfCheck;

#define SF_CHECK(name) extern const SfCheckKind sf_check_##name;
#include "lab/judge/checks.inc"
#undef SF_CHECK

/* --- for the checks --- */

/* Reads the keys `host_key` (required) and `conn` of `map`. If `conn` is absent, that of `*ret_end` stays. */
gboolean sf_check_load_end (const SfNode *map, const char *host_key, const SfPlan *plan, SfDiagnostics *diag,
                            SfEndRef *ret_end);

/* Appends "client", "client's connection 2". */
void sf_check_end_text (GString *out, const SfTrace *trace, SfEndRef end, const char *lang);

/* Returns "1 segment" or "3 segments", translated. */
char *sf_check_amount (guint n, const char *lang);
