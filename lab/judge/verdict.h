/* SPDX-License-Identifier: MIT
 *
 * What became of an expectation: whether it held, what was expected, what was seen, and the lines of the trace that
 * show it.
 */
#pragma once

#include "trace/trace.h"

/* A line of the trace that shows why a verdict is what it is. */
typedef struct
{
  guint record; /* line sf_trace_line (record) of trace.jsonl */
  char *text;   /* the record in words, see trace/record_text.h */
} SfShown;

typedef struct
{
  gboolean holds;
  SfWording *name;    /* of the expectation, in words */
  SfWording *because; /* why it must be so; NULL: the scenario does not say */
  char *expected;     /* one or more lines, without the last newline; so too `seen` */
  char *seen;
  GArray *shown;  /* SfShown, in the order of the trace */
  guint n_hidden; /* further lines that show it too, left out because they are many */
  guint32 line;   /* of the scenario, 0: none */
} SfVerdict;

/* Lines of the trace that a verdict shows at most. */
#define SF_VERDICT_MAX_SHOWN 8

/* Refers to the wordings; `because` may be NULL. */
SfVerdict *sf_verdict_new (SfWording *name, SfWording *because, guint32 line);
void sf_verdict_free (SfVerdict *verdict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfVerdict, sf_verdict_free)

/* Shows record `i` of `trace` in `verdict`. */
void sf_verdict_show (SfVerdict *verdict, const SfTrace *trace, guint i);

/* Puts what is shown into the order of the trace. */
void sf_verdict_sort (SfVerdict *verdict);

/* Takes the texts over; they may be NULL if nothing is to be said. */
void sf_verdict_say (SfVerdict *verdict, char *expected, char *seen);
