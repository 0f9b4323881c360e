/* SPDX-License-Identifier: MIT
 *
 * The kinds of questions, and the list of questions: loaded, and answered.
 */
#include "lab/judge/predict.h"

#include "base/gettext.h"
#include "lab/judge/history.h"
#include "models/names.h"

#include <string.h>

/* Functions to load the value of the key, and to find the answer. */
struct SfQuestionKind
{
  const char *key;
  SfAnswerKind answer_kind;
  gboolean (*load) (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfQuestion *question);
  SfAnswer (*answer) (const SfQuestion *question, const SfTrace *trace);
};

/* --- state, final --- */

static gboolean
load_end (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfQuestion *question)
{
  return sf_node_host (sf_node_get (node, "host"), plan, FALSE, diag, &question->host)
         && sf_node_count32 (sf_node_get (node, "conn"), 1, G_MAXUINT32, diag, &question->conn);
}

static gboolean
load_state (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfQuestion *question)
{
  return sf_node_check_keys (node, SF_KEYS_PREDICT_STATE, diag) && load_end (node, plan, diag, question)
         && sf_node_time (sf_node_get (node, "at"), 0, SF_NEVER - 1, diag, &question->at);
}

static SfAnswer
answer_state (const SfQuestion *question, const SfTrace *trace)
{
  g_autoptr (GArray) history = sf_history_of_end (trace, question->host, question->conn);

  return (SfAnswer){ .kind = SF_ANSWER_STATE, .state = sf_history_state_at (history, question->at) };
}

/* Loads `final`: HOST, or {host: …, conn: …}. */
static gboolean
load_final (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfQuestion *question)
{
  question->at = SF_NEVER - 1;
  if (node->kind == SF_NODE_SCALAR)
    return sf_node_host (node, plan, FALSE, diag, &question->host);
  return sf_node_check_keys (node, SF_KEYS_PREDICT_FINAL, diag) && load_end (node, plan, diag, question);
}

/* --- segments --- */

static gboolean
load_segments (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfQuestion *question)
{
  return sf_node_check_keys (node, SF_KEYS_PREDICT_SEGMENTS, diag)
         && sf_selection_load (node, plan, diag, &question->selection);
}

static SfAnswer
answer_segments (const SfQuestion *question, const SfTrace *trace)
{
  g_autoptr (GArray) found = sf_selection_find (&question->selection, trace);

  return (SfAnswer){ .kind = SF_ANSWER_COUNT, .count = found->len };
}

/* --- next --- */

static gboolean
load_next (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfQuestion *question)
{
  return sf_node_check_keys (node, SF_KEYS_PREDICT_NEXT, diag)
         && sf_node_time (sf_node_get (node, "after"), 0, SF_NEVER - 1, diag, &question->at)
         && sf_node_host (sf_node_get (node, "from"), plan, FALSE, diag, &question->host);
}

static SfAnswer
answer_next (const SfQuestion *question, const SfTrace *trace)
{
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->head.kind == SF_RECORD_SEND && record->head.t > question->at
          && (question->host == SF_NO_HOST || record->send.from == question->host))
        return (SfAnswer){ .kind = SF_ANSWER_SEGMENT, .segment = record->send };
    }
  return (SfAnswer){ .kind = SF_ANSWER_SEGMENT, .none = TRUE };
}

/* --- error --- */

static gboolean
load_error (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfQuestion *question)
{
  const SfNode *call = sf_node_get (node, "call");
  guint which = 0;

  if (!sf_node_check_keys (node, SF_KEYS_PREDICT_ERROR, diag)
      || !sf_node_host (sf_node_get (node, "host"), plan, FALSE, diag, &question->host)
      || !sf_node_choice (call, _ ("call"), sf_call_names (), diag, &which))
    return FALSE;
  question->call = call != NULL ? sf_call_names ()[which] : NULL;
  return TRUE;
}

static SfAnswer
answer_error (const SfQuestion *question, const SfTrace *trace)
{
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->head.kind == SF_RECORD_CALL && record->call.error != 0 && record->host == question->host
          && (question->call == NULL || strcmp (question->call, sf_op_name (record->call.op)) == 0))
        return (SfAnswer){ .kind = SF_ANSWER_ERROR, .error = record->call.error };
    }
  return (SfAnswer){ .kind = SF_ANSWER_ERROR, .none = TRUE };
}

/* --- reading --- */

static const SfQuestionKind kinds[] = {
  { "state", SF_ANSWER_STATE, load_state, answer_state },
  { "final", SF_ANSWER_STATE, load_final, answer_state },
  { "segments", SF_ANSWER_COUNT, load_segments, answer_segments },
  { "next", SF_ANSWER_SEGMENT, load_next, answer_next },
  { "error", SF_ANSWER_ERROR, load_error, answer_error },
};

/* Finds the kind of question `node`. It must have exactly one key that names a kind. */
static const SfQuestionKind *
find_kind (const SfNode *node, SfDiagnostics *diag)
{
  const SfQuestionKind *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const SfNode *value = sf_node_get (node, kinds[i].key);

      if (value == NULL)
        continue;
      if (found != NULL)
        {
          sf_node_error (value, diag, _ ("'%s' and '%s' in one question: write two"), found->key, kinds[i].key);
          return NULL;
        }
      found = &kinds[i];
    }
  if (found == NULL)
    sf_node_error (node, diag, _ ("a question needs what it asks for: state, final, segments, next or error"));
  return found;
}

static gboolean
load_question (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfQuestion *question)
{
  question->host = SF_NO_HOST;
  question->conn = 1;
  question->line = node->place.line;
  if (!sf_node_check_keys (node, SF_KEYS_PREDICT, diag))
    return FALSE;
  question->kind = find_kind (node, diag);
  return question->kind != NULL && sf_node_wording (sf_node_get (node, "ask"), diag, &question->ask)
         && sf_node_wording (sf_node_get (node, "because"), diag, &question->because)
         && question->kind->load (sf_node_get (node, question->kind->key), plan, diag, question);
}

static void
clear_question (gpointer data)
{
  SfQuestion *question = data;

  sf_wording_unref (question->ask);
  sf_wording_unref (question->because);
}

SfPredict *
sf_predict_load (const SfNode *list, const SfPlan *plan, SfDiagnostics *diag)
{
  g_autoptr (SfPredict) predict = g_new0 (SfPredict, 1);

  predict->questions = g_array_new (FALSE, TRUE, sizeof (SfQuestion));
  g_array_set_clear_func (predict->questions, clear_question);
  if (list == NULL || sf_node_is_empty (list))
    return g_steal_pointer (&predict);
  if (!sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of questions"), diag))
    return NULL;
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      g_array_set_size (predict->questions, i + 1);
      if (!load_question (sf_node_item (list, i), plan, diag, &g_array_index (predict->questions, SfQuestion, i)))
        return NULL;
    }
  return g_steal_pointer (&predict);
}

void
sf_predict_free (SfPredict *predict)
{
  if (predict == NULL)
    return;
  g_array_unref (predict->questions);
  g_free (predict);
}

/* --- answers --- */

SfAnswerKind
sf_question_answer_kind (const SfQuestion *question)
{
  return question->kind->answer_kind;
}

SfAnswer
sf_question_answer (const SfQuestion *question, const SfTrace *trace)
{
  return question->kind->answer (question, trace);
}

gboolean
sf_question_guess (const SfQuestion *question, const char *text, const SfPlan *plan, const SfPlace *place,
                   SfDiagnostics *diag, SfGuess *ret_guess)
{
  return sf_guess_parse (text, question->kind->answer_kind, plan, question->host, place, diag, ret_guess);
}
