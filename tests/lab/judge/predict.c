/* SPDX-License-Identifier: MIT
 *
 * Questions: the right answers in a trace made by hand, and the guesses that count as right.
 */
#include "lab/judge/predict.h"

#include "tests/support/judge.h"
#include "tests/support/lost_syn.h"
#include "tests/support/mistakes.h"

#include <string.h>

/* Loads `list` (YAML). NULL with `*ret_message` if it is wrong. */
static SfPredict *
read_questions (const char *list, const SfPlan *plan, char **ret_message)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSource) source = sf_source_new ("predict", list, strlen (list));
  g_autoptr (SfDocument) doc = sf_document_parse (source, diag);
  SfPredict *predict = doc != NULL ? sf_predict_load (sf_document_root (doc), plan, diag) : NULL;

  *ret_message = predict == NULL ? sf_diagnostic_format (sf_diagnostics_error (diag)) : NULL;
  return predict;
}

/* --- right answers --- */

/* tests/support/lost_syn.h tells what happens. */
static const struct
{
  const char *asks;
  const char *answer;
} answers[] = {
  { "state: {host: client, at: 0s}", "SYN-SENT" },
  { "state: {host: client, at: 1.099s}", "SYN-SENT" },
  { "state: {host: client, at: 1.1s}", "ESTABLISHED" },
  { "state: {host: server, at: 500ms}", "LISTEN" }, /* its first connection begins with the listener */
  { "state: {host: server, conn: 2, at: 1s}", "LISTEN" },
  { "state: {host: server, at: 1.05s}", "SYN-RECEIVED" },
  { "state: {host: server, at: 1h}", "CLOSED" },
  { "final: client", "CLOSED" },
  { "final: {host: server, conn: 2}", "LISTEN" },
  { "segments: {from: client, flags: S}", "2" },
  { "segments: {fate: dropped}", "2" },
  { "segments: {from: client, len: data}", "1" }, /* the network made the copy */
  { "segments: {flags: R}", "0" },
  { "next: {after: 0s}", "client > server: S" },
  { "next: {after: 1s}", "server > client: S." },
  { "next: {after: 1s, from: client}", "client > server: ." },
  { "next: {after: 1.1s}", "client > server: F." },
  { "next: {after: 2s}", "none" },
  { "error: {host: client}", "ETIMEDOUT" },
  { "error: {host: client, call: receive}", "ETIMEDOUT" },
  { "error: {host: client, call: connect}", "none" },
  { "error: {host: server}", "none" },
};

static void
test_answers (void)
{
  g_autoptr (SfPlan) plan = judge_plan ();
  g_autoptr (SfTrace) trace = lost_syn_trace ();

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *list = g_strdup_printf ("[{ask: What?, %s}]", answers[i].asks);
      g_autofree char *message = NULL;
      g_autoptr (SfPredict) predict = read_questions (list, plan, &message);
      g_autoptr (GString) text = g_string_new (NULL);
      SfAnswer answer;

      g_assert_cmpstr (message, ==, NULL);
      answer = sf_question_answer (sf_predict_question (predict, 0), trace);
      sf_answer_text (text, &answer, trace);
      g_test_message ("%s", answers[i].asks);
      g_assert_cmpstr (text->str, ==, answers[i].answer);
    }
}

/* --- guesses --- */

static const struct
{
  const char *asks;
  const char *right; /* alternatives, separated by '|' */
  const char *wrong;
} guesses[] = {
  { "state: {host: server, at: 1.05s}",
    "SYN-RECEIVED|syn-received|SYN_RCVD|Syn Received|SYN_RECV|SYNRCVD|syn-rcvd| SYN-RECEIVED \n",
    "SYN-SENT|ESTABLISHED" },
  { "state: {host: client, at: 1.1s}", "ESTABLISHED|estab|Established", "ESTABLISHED2|CLOSE-WAIT" },
  { "state: {host: client, at: 2s}", "FIN-WAIT-1|FIN_WAIT1|finwait1|FIN_WAIT_1", "FIN-WAIT-2|FIN-WAIT" },
  { "final: client", "CLOSED|closed|CLOSE", "CLOSING|CLOSE-WAIT" },
  { "segments: {from: client, flags: S}", "2|2 segments| 2", "1|none|-2|two" },
  { "segments: {flags: R}", "0|none|None", "1" },
  { "next: {after: 1s}",
    "server > client: S.|server > client: SYN-ACK|Server > Client: syn,ack|server->client SYNACK|server → client: SYN "
    "ACK|"
    "server > client: S. 0:0(0) ack 1|1.05 server > client: S.|1.05s #1 server > client: SYN-ACK ack 1|"
    "server => client: SYN+ACK 0:0(0) ACK 1|server > client: SA",
    "server > client: S|client > server: S.|none|server > client: S. 0:0(0) ack 2|1.1 server > client: S.|"
    "server > client: S. <mss 9>|S." },
  { "next: {after: 1s, from: server}", "S.|SYN-ACK|syn ack|server > client: S.|SYN-ACK ack 1", "SYN|ACK|nothing|R." },
  { "next: {after: 1s, from: client}", "ACK|.|ACK 1:1(0)|ack ack 1", "SYN|F.|client > server: P." },
  { "next: {after: 2s}", "none|No segment|nothing|没有", "client > server: F." },
  { "error: {host: client}", "ETIMEDOUT|etimedout", "ECONNRESET|none" },
  { "error: {host: server}", "none|no error", "ETIMEDOUT|EFOO|0" },
};

static gboolean
is_right (const SfQuestion *question, const char *text, const SfPlan *plan, const SfTrace *trace)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfAnswer answer = sf_question_answer (question, trace);
  SfGuess guess;

  if (sf_question_guess (question, text, plan, NULL, diag, &guess))
    return sf_guess_is_right (&guess, &answer);
  g_assert_nonnull (sf_diagnostics_error (diag));
  return FALSE;
}

static void
test_guesses (void)
{
  g_autoptr (SfPlan) plan = judge_plan ();
  g_autoptr (SfTrace) trace = lost_syn_trace ();

  for (guint i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      g_autofree char *list = g_strdup_printf ("[{ask: What?, %s}]", guesses[i].asks);
      g_autofree char *message = NULL;
      g_autoptr (SfPredict) predict = read_questions (list, plan, &message);
      g_auto (GStrv) right = g_strsplit (guesses[i].right, "|", -1);
      g_auto (GStrv) wrong = g_strsplit (guesses[i].wrong, "|", -1);

      for (char **text = right; *text != NULL; text++)
        if (!is_right (sf_predict_question (predict, 0), *text, plan, trace))
          g_error ("%s: '%s' is not taken for right", guesses[i].asks, *text);
      for (char **text = wrong; *text != NULL; text++)
        if (is_right (sf_predict_question (predict, 0), *text, plan, trace))
          g_error ("%s: '%s' is taken for right", guesses[i].asks, *text);
    }
}

/* Guesses that are no answer, and the messages about them. */
static const struct
{
  const char *asks, *text, *message;
} refused[] = {
  { "final: client", "", "no answer; expected a state such as SYN-RECEIVED" },
  { "final: client", "ESTABLSHED", "unknown state 'ESTABLSHED'; did you mean 'ESTABLISHED'?" },
  { "final: client", "time-wat", "did you mean 'TIME-WAIT'?" },
  { "segments: {}", "many", "'many' is no number" },
  { "segments: {}", "99999999999", "'99999999999' is no number" },
  { "next: {after: 0s}", "ACK", "'ACK' does not say who sends to whom: expected FROM > TO: FLAGS" },
  { "next: {after: 0s}", "clint > server: S", "unknown host 'clint'; did you mean 'client'?" },
  { "next: {after: 0s}", "client > server: X", "expected flags such as S, S., ., P., F. or R in a segment, found 'X'" },
  { "next: {after: 0s}", "client > server: S 1", "expected sequence numbers as FIRST:LAST(LENGTH)" },
  { "error: {host: client}", "timeout", "'timeout' is no error: expected a name such as ECONNREFUSED, or none" },
};

static void
test_refused (void)
{
  g_autoptr (SfPlan) plan = judge_plan ();

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *list = g_strdup_printf ("[{ask: What?, %s}]", refused[i].asks);
      g_autofree char *message = NULL;
      g_autoptr (SfPredict) predict = read_questions (list, plan, &message);
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      SfGuess guess;

      g_assert_false (sf_question_guess (sf_predict_question (predict, 0), refused[i].text, plan, NULL, diag, &guess));
      if (strstr (sf_diagnostics_error (diag)->message, refused[i].message) == NULL)
        g_error ("'%s': %s", refused[i].text, sf_diagnostics_error (diag)->message);
    }
}

/* --- mistakes in questions --- */

static const struct
{
  const char *list, *message;
} mistakes[] = {
  { "[{final: client}]", "predict:1:2: error: 'ask' is missing" },
  { "[{ask: a}]", "predict:1:2: error: a question needs what it asks for: state, final, segments, next or error" },
  { "[{ask: a, final: client, next: {after: 0s}}]", "'final' and 'next' in one question: write two" },
  { "[{ask: a, fnal: client}]", "predict:1:11: error: unknown key 'fnal' in question; did you mean 'final'?" },
  { "[{ask: {zh: a}, final: client}]", "the text in English ('en') is missing" },
  { "[{ask: a, final: clent}]", "predict:1:18: error: unknown host 'clent'; did you mean 'client'?" },
  { "[{ask: a, state: {host: client}}]", "'at' is missing" },
  { "[{ask: a, state: {host: client, at: 3}}]", "'3' has no unit" },
  { "[{ask: a, segments: {count: 2}}]", "unknown key 'count' in segments" },
  { "[{ask: a, segments: {fate: lost}}]", "unknown fate 'lost'" },
  { "[{ask: a, next: {from: client}}]", "'after' is missing" },
  { "[{ask: a, error: {host: client, call: conect}}]", "unknown call 'conect'; did you mean 'connect'?" },
  { "{ask: a}", "expected a list of questions, found a mapping" },
};

static void
test_mistakes (void)
{
  g_autoptr (SfPlan) plan = judge_plan ();

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autofree char *message = NULL;
      g_autoptr (SfPredict) predict = read_questions (mistakes[i].list, plan, &message);

      g_assert_null (predict);
      if (strstr (message, mistakes[i].message) == NULL)
        g_error ("%s: %s", mistakes[i].list, message);
    }
}

static int
print_mistakes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    mistakes_print_section ("predict: ", mistakes[i].list);
  return 0;
}

int
main (int argc, char **argv)
{
  if (mistakes_are_wanted (argc, argv))
    return print_mistakes ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/predict/answers", test_answers);
  g_test_add_func ("/predict/guesses", test_guesses);
  g_test_add_func ("/predict/refused", test_refused);
  g_test_add_func ("/predict/mistakes", test_mistakes);
  return g_test_run ();
}
