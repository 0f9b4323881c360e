/* SPDX-License-Identifier: MIT
 *
 * The verdict on an expectation: whether it holds, the facts (what was expected and seen), and the records of the run
 * that show it. A verdict has no words: sf_verdict_text() makes them, in any language, any number of times, also when
 * the trace is gone.
 */
#pragma once

#include "trace/trace.h"

typedef struct SfVerdict SfVerdict;

/* A kind of facts (lab/judge/facts.h), and how to put them into words. */
typedef struct
{
  const char *name; /* English name of verdicts that have none of their own; NULL: all have one */
  /* Appends the expected and the seen, in `lang`: one or more lines, without the last newline. */
  void (*tell) (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen);
  void (*free) (gpointer facts);
} SfFactsKind;

/* A record that shows the reason of a verdict. */
typedef struct
{
  guint record; /* its number in the run: line sf_trace_line (record) of trace.jsonl */
  guint copy;   /* its number in the excerpt */
} SfShown;

struct SfVerdict
{
  gboolean holds;
  SfWording *name;    /* name of the expectation; NULL: its kind has one */
  SfWording *because; /* the reason of the expectation; NULL: the scenario gives none */
  guint32 line;       /* line of the scenario, 0: none */
  const SfFactsKind *kind;
  gpointer facts;
  SfTrace *excerpt; /* the names of hosts, links and faults of the run, and the records that are shown or mentioned */
  GArray *shown;    /* SfShown, in the order of the trace */
  guint n_hidden;   /* number of further records that also show it, but are left out */
};

/* Maximum number of records that a verdict shows. */
#define SF_VERDICT_MAX_SHOWN 8

/* Returns a verdict on the run of `trace`. Refers to the wordings, which may be NULL. */
SfVerdict *sf_verdict_new (const SfTrace *trace, SfWording *name, SfWording *because, guint32 line);
void sf_verdict_free (SfVerdict *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfVerdict, sf_verdict_free)

/* Gives `facts` of `kind` to `verdict`, which takes ownership. Call it once. */
void sf_verdict_take_facts (SfVerdict *verdict, const SfFactsKind *kind, gpointer facts);

/* Shows record `i` of `trace` in `verdict`. */
void sf_verdict_show (SfVerdict *verdict, const SfTrace *trace, guint i);

/* Sorts the shown records into the order of the trace. */
void sf_verdict_sort (SfVerdict *verdict);

/* A verdict in words, in one language. */
typedef struct
{
  char *expected; /* one or more lines, without the last newline; `seen` likewise */
  char *seen;
  GStrv shown; /* in the order of SfVerdict.shown: the record in words, see trace/record_text.h */
} SfVerdictText;

/* Returns the words of `verdict` in `lang` (NULL: English). The verdict must have its facts. */
SfVerdictText *sf_verdict_text (const SfVerdict *verdict, const char *lang);
void sf_verdict_text_free (SfVerdictText *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfVerdictText, sf_verdict_text_free)

/* Returns the name of `verdict` in `lang`. */
const char *sf_verdict_name (const SfVerdict *verdict, const char *lang);
