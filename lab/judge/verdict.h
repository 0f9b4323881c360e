/* SPDX-License-Identifier: MIT
 *
 * What became of an expectation: whether it held, and the facts: what was expected and seen, and the records of the run
 * that show it. A verdict has no words; sf_verdict_text() makes them of it, in any language, any number of times, and
 * when the trace is long gone.
 */
#pragma once

#include "trace/trace.h"

typedef struct SfVerdict SfVerdict;

/* A kind of facts (lab/judge/facts.h), and how they are told. */
typedef struct
{
  const char *name; /* of verdicts that have no name of their own, in English; NULL: all have one */
  /* Appends what was expected, and what was seen, in `lang`: one or more lines, without the last newline. */
  void (*tell) (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen);
  void (*free) (gpointer facts);
} SfFactsKind;

/* A record that shows why a verdict is what it is. */
typedef struct
{
  guint record; /* of the run: line sf_trace_line (record) of trace.jsonl */
  guint copy;   /* its number in the excerpt */
} SfShown;

struct SfVerdict
{
  gboolean holds;
  SfWording *name;    /* of the expectation; NULL: its kind has one */
  SfWording *because; /* why it must be so; NULL: the scenario does not say */
  guint32 line;       /* of the scenario, 0: none */
  const SfFactsKind *kind;
  gpointer facts;
  SfTrace *excerpt; /* what the run calls its hosts, links and faults, and the records that are shown or told of */
  GArray *shown;    /* SfShown, in the order of the trace */
  guint n_hidden;   /* further records that show it too, left out because they are many */
};

/* Records that a verdict shows at most. */
#define SF_VERDICT_MAX_SHOWN 8

/* Returns a verdict on a run that `trace` tells. Refers to the wordings, which may be NULL. */
SfVerdict *sf_verdict_new (const SfTrace *trace, SfWording *name, SfWording *because, guint32 line);
void sf_verdict_free (SfVerdict *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfVerdict, sf_verdict_free)

/* Gives `facts`, which are of `kind`, to `verdict`. To be done once. */
void sf_verdict_take_facts (SfVerdict *verdict, const SfFactsKind *kind, gpointer facts);

/* Shows record `i` of `trace` in `verdict`. */
void sf_verdict_show (SfVerdict *verdict, const SfTrace *trace, guint i);

/* Puts what is shown into the order of the trace. */
void sf_verdict_sort (SfVerdict *verdict);

/* A verdict in words. */
typedef struct
{
  char *expected; /* one or more lines, without the last newline; so too `seen` */
  char *seen;
  GStrv shown; /* by number in SfVerdict.shown: the record in words, see trace/record_text.h */
} SfVerdictText;

/* Returns `verdict`, which has its facts, in words of `lang` (NULL: English). */
SfVerdictText *sf_verdict_text (const SfVerdict *verdict, const char *lang);
void sf_verdict_text_free (SfVerdictText *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfVerdictText, sf_verdict_text_free)

/* Returns what `verdict` is called in `lang`. */
const char *sf_verdict_name (const SfVerdict *verdict, const char *lang);
