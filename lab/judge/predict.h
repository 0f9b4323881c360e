/* SPDX-License-Identifier: MIT
 *
 * Predictions: the questions of a scenario, to be answered before the run is shown. The file has only questions; the
 * right answers are read from the trace of the run, so that they cannot be wrong.
 *
 * How to add a kind of question: a section of its keys in lab/language/keys.inc, a row in the table of
 * lab/judge/predict.c, a paragraph in docs/scenario.md.
 */
#pragma once

#include "lab/judge/answer.h"
#include "lab/judge/selection.h"
#include "lab/language/node.h"

typedef struct SfQuestionKind SfQuestionKind;

typedef struct
{
  const SfQuestionKind *kind;
  SfWording *ask;
  SfWording *because;    /* NULL: none given */
  guint16 host;          /* the host that the question is about; SF_NO_HOST: any */
  guint32 conn;          /* state, final: the n-th connection of the host */
  SfTime at;             /* state: the instant; next: the instant after which */
  const char *call;      /* error: of sf_call_names(), NULL: any */
  SfSelection selection; /* segments */
  guint32 line;
} SfQuestion;

typedef struct
{
  GArray *questions; /* SfQuestion */
} SfPredict;

/* Loads `list` (NULL: no questions); its host names are those of `plan`. NULL after a diagnostic. */
SfPredict *sf_predict_load (const SfNode *list, const SfPlan *plan, SfDiagnostics *diag);
void sf_predict_free (SfPredict *predict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPredict, sf_predict_free)

static inline const SfQuestion *
sf_predict_question (const SfPredict *predict, guint i)
{
  return &g_array_index (predict->questions, SfQuestion, i);
}

/* Returns the kind of answer that `question` wants. */
SfAnswerKind sf_question_answer_kind (const SfQuestion *question);

/* Returns the right answer. `trace` must be indexed, and of a run of the plan for which the question was loaded. */
SfAnswer sf_question_answer (const SfQuestion *question, const SfTrace *trace);

/* Parses a person's answer to `question` about a run of `plan`, see sf_guess_parse(). */
gboolean sf_question_guess (const SfQuestion *question, const char *text, const SfPlan *plan, const SfPlace *place,
                            SfDiagnostics *diag, SfGuess *ret_guess);
