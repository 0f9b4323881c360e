/* SPDX-License-Identifier: MIT
 *
 * Predictions: the questions of a scenario that are to be answered before its run is shown. The file has the questions
 * only; the answers are found in the trace of the run, so that they cannot be wrong.
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
  SfWording *because;    /* NULL: not said */
  guint16 host;          /* the host asked about; SF_NO_HOST: any */
  guint32 conn;          /* state, final: its n-th connection */
  SfTime at;             /* state: the instant; next: the one after which */
  const char *call;      /* error: of sf_call_names(), NULL: any */
  SfSelection selection; /* segments */
  guint32 line;
} SfQuestion;

typedef struct
{
  GArray *questions; /* SfQuestion */
} SfPredict;

/* Reads `list` (NULL: nothing is asked), whose host names are those of `plan`. NULL after a diagnostic. */
SfPredict *sf_predict_load (const SfNode *list, const SfPlan *plan, SfDiagnostics *diag);
void sf_predict_free (SfPredict *predict);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPredict, sf_predict_free)

static inline const SfQuestion *
sf_predict_question (const SfPredict *predict, guint i)
{
  return &g_array_index (predict->questions, SfQuestion, i);
}

/* Returns what kind of answer `question` wants. */
SfAnswerKind sf_question_answer_kind (const SfQuestion *question);

/* Returns the right answer. `trace` is one of a run of the plan that the question was read for, and indexed. */
SfAnswer sf_question_answer (const SfQuestion *question, const SfTrace *trace);

/* Reads what a person has answered to `question` about a run of `plan`, see sf_guess_parse(). */
gboolean sf_question_guess (const SfQuestion *question, const char *text, const SfPlan *plan, const SfPlace *place,
                            SfDiagnostics *diag, SfGuess *ret_guess);
