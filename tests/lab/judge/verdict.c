/* SPDX-License-Identifier: MIT
 *
 * Verdicts: the facts of every kind as values, and the words of one verdict in two languages, after its trace was
 * freed. The trace is that of tests/support/lost_syn.h.
 */
#include "lab/judge/history.h"
#include "lab/judge/limit.h"

#include "tests/support/catalogs.h"
#include "tests/support/judge.h"
#include "tests/support/lost_syn.h"

#include <errno.h>
#include <string.h>

#define CLIENT 0
#define SERVER 1

/* Returns the verdict on expectation `check`. Its check and trace are freed. */
static SfVerdict *
judge_one (const char *check)
{
  g_autoptr (SfPlan) plan = judge_plan ();
  g_autoptr (SfTrace) trace = lost_syn_trace ();
  g_autofree char *list = g_strdup_printf ("- %s\n", check);
  g_autoptr (SfExpect) expect = judge_expect (list, plan);
  g_autoptr (GPtrArray) verdicts = sf_expect_evaluate (expect, trace);

  g_assert_cmpuint (verdicts->len, ==, 1);
  return g_ptr_array_steal_index (verdicts, 0);
}

static void
check_times (const GArray *times, const SfTime *expected, guint n)
{
  g_assert_nonnull (times);
  g_assert_cmpuint (times->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (g_array_index (times, SfTime, i), ==, expected[i]);
}

#define CHECK_TIMES(times, ...) \
  check_times (times, (const SfTime[]){ __VA_ARGS__ }, G_N_ELEMENTS (((const SfTime[]){ __VA_ARGS__ })))

/* --- facts --- */

static void
test_states (void)
{
  g_autoptr (SfVerdict) verdict = judge_one ("states: {client: [CLOSED], server: [LISTEN, SYN-RECEIVED]}");
  const SfStatesFacts *facts = verdict->facts;
  const SfPathFacts *client = &g_array_index (facts->paths, SfPathFacts, 0);
  const SfPathFacts *server = &g_array_index (facts->paths, SfPathFacts, 1);

  g_assert_false (verdict->holds);
  g_assert_cmpuint (facts->paths->len, ==, 2);
  g_assert_cmpuint (client->end.host, ==, CLIENT);
  g_assert_cmpuint (client->expected->len, ==, 1);
  g_assert_cmpuint (client->seen->len, ==, 5);
  g_assert_cmpuint (server->end.host, ==, SERVER);
  g_assert_cmpuint (server->end.conn, ==, 1);
  g_assert_cmpuint (g_array_index (server->expected, SfState, 1), ==, SF_SYN_RECEIVED);
  g_assert_cmpuint (sf_history_span (server->seen, 2)->state, ==, SF_ESTABLISHED);
  g_assert_cmpint (sf_history_span (server->seen, 2)->from, ==, 1150 * SF_MSEC);
}

static void
test_state (void)
{
  g_autoptr (SfVerdict) at = judge_one ("state: {host: client, is: SYN-SENT, at: 1.1s}");
  g_autoptr (SfVerdict) by = judge_one ("state: {host: client, is: ESTABLISHED, by: 1s}");
  g_autoptr (SfVerdict) times = judge_one ("state: {host: client, is: FIN-WAIT-1, entered: [2s, 4s], left: 3s}");
  const SfStateFacts *facts = at->facts;

  g_assert_cmpuint (facts->end.host, ==, CLIENT);
  g_assert_cmpuint (facts->when, ==, SF_WHEN_AT);
  g_assert_cmpint (facts->time, ==, 1100 * SF_MSEC);
  g_assert_cmpuint (facts->state, ==, SF_SYN_SENT);
  g_assert_cmpuint (facts->seen, ==, SF_ESTABLISHED);

  facts = by->facts;
  g_assert_cmpuint (facts->when, ==, SF_WHEN_BY);
  CHECK_TIMES (facts->was_entered, 1100 * SF_MSEC);
  g_assert_cmpuint (facts->history->len, ==, 5);

  facts = times->facts;
  g_assert_cmpuint (facts->when, ==, SF_WHEN_TIMES);
  CHECK_TIMES (facts->entered, 2 * SF_SEC, 4 * SF_SEC);
  CHECK_TIMES (facts->was_entered, 2 * SF_SEC);
  CHECK_TIMES (facts->left, 3 * SF_SEC);
  CHECK_TIMES (facts->was_left, 3 * SF_SEC);
}

static void
test_segments (void)
{
  g_autoptr (SfVerdict) counted = judge_one ("segments: {from: client, flags: S, count: '>= 3'}");
  g_autoptr (SfVerdict) timed = judge_one ("segments: {from: client, flags: S, fate: dropped, at: [0s, 3s]}");
  const SfSegmentsFacts *facts = counted->facts;

  g_assert_true (facts->has_count);
  g_assert_cmpuint (facts->count.kind, ==, SF_COMPARE_GE);
  g_assert_cmpint (facts->count.a, ==, 3);
  g_assert_null (facts->at);
  g_assert_null (facts->fate);
  CHECK_TIMES (facts->seen, 0, SF_SEC);
  g_assert_cmpuint (counted->shown->len, ==, 2);
  g_assert_cmpuint (sf_trace_line (g_array_index (counted->shown, SfShown, 1).record), ==, 8);

  facts = timed->facts;
  g_assert_false (facts->has_count);
  g_assert_cmpstr (facts->fate, ==, "dropped");
  CHECK_TIMES (facts->at, 0, 3 * SF_SEC);
  CHECK_TIMES (facts->seen, 0);
}

static void
test_order (void)
{
  g_autoptr (SfVerdict) missing = judge_one ("order: ['server > client: S.', 'client > server: S']");
  g_autoptr (SfVerdict) found = judge_one ("order: ['client > server: S', 'server > client: S.']");
  const SfOrderFacts *facts = missing->facts;

  g_assert_cmpuint (facts->n, ==, 2);
  g_assert_cmpuint (facts->n_found, ==, 1);
  g_assert_cmpstr (facts->missing, ==, "client > server: S");
  g_assert_cmpstr (facts->after, ==, "server > client: S.");
  g_assert_cmpint (facts->earlier, ==, 0);

  facts = found->facts;
  g_assert_cmpuint (facts->n_found, ==, 2);
  g_assert_null (facts->missing);
}

static void
test_exactly (void)
{
  g_autoptr (SfVerdict) verdict = judge_one ("exactly: ['client > server: S', 'server > client: S.']");
  const SfExactlyFacts *facts = verdict->facts;
  const SfRecord *seen = sf_trace_record (verdict->excerpt, facts->seen);

  g_assert_cmpuint (facts->n_expected, ==, 2);
  g_assert_cmpuint (facts->n_seen, ==, 6);
  g_assert_cmpuint (facts->differs, ==, 2);
  g_assert_cmpstr (facts->expected, ==, "server > client: S.");
  g_assert_cmpuint (seen->head.kind, ==, SF_RECORD_SEND);
  g_assert_cmpint (seen->head.t, ==, SF_SEC);
}

static void
test_delivered (void)
{
  g_autoptr (SfVerdict) some = judge_one ("delivered: {to: server, bytes: '> 10 B', whole: yes, text: hello}");
  g_autoptr (SfVerdict) none = judge_one ("delivered: {to: server, conn: 2, foreign: 0}");
  const SfDeliveredFacts *facts = some->facts;

  g_assert_true (facts->connected && facts->has_bytes && facts->whole && facts->in_order);
  g_assert_false (facts->has_foreign);
  g_assert_cmpuint (facts->bytes.kind, ==, SF_COMPARE_GT);
  g_assert_cmpint (facts->seen_bytes, ==, 10);
  g_assert_cmpint (facts->seen_foreign, ==, 0);
  g_assert_cmpint (facts->written, ==, 10);
  g_assert_cmpstr (facts->text, ==, "hello");
  g_assert_cmpstr (facts->seen_text, ==, "0123456789");

  facts = none->facts;
  g_assert_false (facts->connected || facts->has_bytes || facts->whole);
  g_assert_null (facts->text);
}

static void
test_errors (void)
{
  g_autoptr (SfVerdict) one = judge_one ("error: {host: client, call: connect, is: ECONNRESET, at: 3s}");
  g_autoptr (SfVerdict) all = judge_one ("errors: none");
  const SfErrorFacts *facts = one->facts;
  const SfErrorsFacts *of_all = all->facts;
  const SfCallError *seen = &g_array_index (of_all->seen, SfCallError, 0);

  g_assert_cmpuint (facts->host, ==, CLIENT);
  g_assert_cmpstr (facts->call, ==, "connect");
  g_assert_cmpint (facts->error, ==, ECONNRESET);
  g_assert_true (facts->has_at);
  g_assert_cmpint (facts->at, ==, 3 * SF_SEC);
  g_assert_cmpuint (facts->seen->len, ==, 1);

  g_assert_cmpuint (of_all->host, ==, SF_NO_HOST);
  g_assert_cmpint (of_all->count.a, ==, 0);
  g_assert_cmpuint (of_all->seen->len, ==, 1);
  g_assert_cmpuint (seen->host, ==, CLIENT);
  g_assert_cmpint (seen->error, ==, ETIMEDOUT);
  g_assert_cmpint (seen->t, ==, 3 * SF_SEC);
}

static void
test_metric (void)
{
  g_autoptr (SfVerdict) verdict = judge_one ("metric: {is: handshake-time, host: server, value: '< 100ms'}");
  g_autoptr (SfVerdict) none = judge_one ("metric: {is: handshake-time, host: server, conn: 2, value: '>= 0'}");
  const SfMetricFacts *facts = verdict->facts;

  g_assert_cmpstr (facts->metric->name, ==, "handshake-time");
  g_assert_cmpuint (facts->metric->unit, ==, SF_UNIT_TIME);
  g_assert_cmpuint (facts->scope.host, ==, SERVER);
  g_assert_cmpuint (facts->value.kind, ==, SF_COMPARE_LT);
  g_assert_true (facts->has_seen);
  g_assert_cmpint (facts->seen, ==, 100 * SF_MSEC);

  facts = none->facts;
  g_assert_cmpuint (facts->scope.conn, ==, 2);
  g_assert_false (facts->has_seen);
}

static void
test_ends (void)
{
  g_autoptr (SfVerdict) verdict = judge_one ("ends: {how: until, at: 4s}");
  const SfEndsFacts *facts = verdict->facts;

  g_assert_true (facts->has_how && facts->has_at);
  g_assert_cmpuint (facts->how, ==, SF_END_UNTIL);
  g_assert_cmpuint (facts->seen_how, ==, SF_END_IDLE);
  g_assert_cmpint (facts->at, ==, 4 * SF_SEC);
  g_assert_cmpint (facts->seen_at, ==, 3 * SF_SEC);
}

/* Returns the verdict on a run that a limit stopped with `end`. */
static SfVerdict *
judge_limit (SfEnd end)
{
  g_autoptr (SfTrace) trace = lost_syn_trace ();
  const SfRunLimits limits = { .time_limit = 2 * SF_SEC, .max_events = 50 };

  g_assert_false (sf_limit_is_reached (trace));
  trace->end = end;
  trace->end_time = 3 * SF_SEC;
  trace->n_events = 51;
  g_assert_true (sf_limit_is_reached (trace));
  return sf_limit_verdict (trace, &limits);
}

static void
test_limit (void)
{
  g_autoptr (SfVerdict) time = judge_limit (SF_END_TIME_LIMIT), events = judge_limit (SF_END_EVENT_LIMIT);
  g_autoptr (SfVerdictText) text = sf_verdict_text (time, NULL);
  const SfLimitFacts *facts = time->facts;

  g_assert_false (time->holds);
  g_assert_cmpuint (facts->unit, ==, SF_UNIT_TIME);
  g_assert_cmpint (facts->limit, ==, 2 * SF_SEC);
  g_assert_cmpint (facts->t, ==, 3 * SF_SEC);
  g_assert_cmpuint (facts->n_events, ==, 51);
  g_assert_cmpuint (time->shown->len, ==, SF_VERDICT_MAX_SHOWN);
  g_assert_cmpstr (text->expected, ==, "an end within 2s of simulated time (run: time-limit)");
  g_assert_cmpstr (text->seen, ==, "still going on at 3s, after 51 events");
  /* A segment that has only a number as its name. */
  g_assert_cmpuint (sf_trace_line (g_array_index (time->shown, SfShown, 4).record), ==, 30);
  g_assert_cmpstr (text->shown[4], ==, "2.050 client > server: F. 11:11(0) ack 1 win 65535 -- host-down");

  facts = events->facts;
  g_assert_cmpuint (facts->unit, ==, SF_UNIT_COUNT);
  g_assert_cmpint (facts->limit, ==, 50);
}

/* --- words --- */

static gboolean
has_chinese (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_get_script (g_utf8_get_char (text)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

/* Returns all words of `verdict` in `lang`, in lines. */
static char *
all_words (const SfVerdict *verdict, const char *lang)
{
  g_autoptr (SfVerdictText) text = sf_verdict_text (verdict, lang);
  g_autofree char *shown = g_strjoinv ("\n", text->shown);

  g_assert_cmpuint (g_strv_length (text->shown), ==, verdict->shown->len);
  return g_strdup_printf ("%s\n%s\n%s", text->expected, text->seen, shown);
}

/* One verdict gives the words of both languages, in any order. */
static void
test_two_languages (void)
{
  static const struct
  {
    const char *check, *english, *chinese;
  } rows[] = {
    { "states: {host: server, conn: 2, path: [LISTEN]}",
      "server's connection 2: LISTEN\nserver's connection 2: LISTEN\n0.000 server: CLOSED -> LISTEN (call)",
      "server 的连接 2: LISTEN\nserver 的连接 2: LISTEN\n0.000 server: CLOSED -> LISTEN (call)" },
    { "state: {host: client, is: ESTABLISHED, by: 1s}",
      "client: ESTABLISHED entered by 1s\nclient: entered at 1.1s\n"
      "1.100 client: SYN-SENT -> ESTABLISHED",
      "client: ESTABLISHED 最迟进入于 1s\nclient: 进入于 1.1s\n1.100 client: SYN-SENT -> ESTABLISHED" },
    { "segments: {fate: discarded, count: 0}",
      "0 segments discarded\n1 segment discarded, sent at 1.2s\n"
      "1.200 client > server: P. 1:11(10) ack 1 win 65535 -- copied",
      "0 个报文段 discarded\n1 个报文段 discarded，发送于 1.2s\n1.200 client > server: P. 1:11(10) ack 1 win 65535 -- "
      "copied" },
    { "order: ['client > server: R']", "client > server: R\nno such segment (0 of 1 found)\n",
      "client > server: R\n没有这样的报文段 (1 个中找到 0 个)\n" },
    { "exactly: []",
      "0 segments; number 1: none\n6 segments; number 1: client > server: S 0:0(0) win 65535\n"
      "0.000 client > server: S 0:0(0) win 65535\n1.000 client > server: S 0:0(0) win 65535",
      "0 个报文段；第 1 个：none\n6 个报文段；第 1 个：client > server: S 0:0(0) win 65535\n0.000 client > server: S "
      "0:0(0) win 65535\n1.000 client > server: S 0:0(0) win 65535" },
    { "delivered: {to: server, conn: 2, foreign: 0}",
      "0 B of another connection\n0 B of another connection: there is no such connection\n",
      "0 B (另一个连接的)\n0 B (另一个连接的)：没有这个连接\n" },
    { "error: {host: client, is: ECONNRESET}",
      "client: ECONNRESET\nclient: receive() fails with ETIMEDOUT at 3s\n3.000 client: receive() fails with ETIMEDOUT "
      "(line 1)",
      "client: ECONNRESET\nclient：receive() 失败 (ETIMEDOUT)，在 3s\n3.000 client: receive() 失败：ETIMEDOUT (第 1 "
      "行)" },
    { "errors: none",
      "no error\n1: client: receive() fails with ETIMEDOUT at 3s\n3.000 client: receive() fails with ETIMEDOUT (line "
      "1)",
      "没有错误\n1: client：receive() 失败 (ETIMEDOUT)，在 3s\n3.000 client: receive() 失败：ETIMEDOUT (第 1 行)" },
    { "metric: {is: resets, host: client, value: [1, 2]}", "resets of client: from 1 to 2\n0\n",
      "resets，主机 client: 从 1 到 2\n0\n" },
    { "ends: {at: 4s}", "at 4s\nat 3s\n3.000 client: connection 2 is deleted",
      "在 4s\n在 3s\n3.000 client: 连接 2 被删除" },
  };
  guint n_chinese = 0;

  catalogs_open ("zh");
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SfVerdict) verdict = judge_one (rows[i].check);
      g_autofree char *before = all_words (verdict, "en"), *chinese = all_words (verdict, "zh");
      g_autofree char *after = all_words (verdict, NULL);

      g_assert_cmpstr (before, ==, rows[i].english);
      g_assert_cmpstr (after, ==, rows[i].english);
      g_assert_cmpstr (chinese, ==, rows[i].chinese);
      n_chinese += has_chinese (chinese);
    }
  g_assert_cmpuint (n_chinese, ==, G_N_ELEMENTS (rows));
}

/* A verdict without a name from the scenario has a name in every language. */
static void
test_names (void)
{
  g_autoptr (SfVerdict) limit = judge_limit (SF_END_EVENT_LIMIT), named = judge_one ("{name: calm, errors: none}");

  catalogs_open ("zh");
  g_assert_cmpstr (sf_verdict_name (limit, "en"), ==, "the run comes to its end");
  g_assert_true (has_chinese (sf_verdict_name (limit, "zh")));
  g_assert_cmpstr (sf_verdict_name (named, "zh"), ==, "calm");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verdict/states", test_states);
  g_test_add_func ("/verdict/state", test_state);
  g_test_add_func ("/verdict/segments", test_segments);
  g_test_add_func ("/verdict/order", test_order);
  g_test_add_func ("/verdict/exactly", test_exactly);
  g_test_add_func ("/verdict/delivered", test_delivered);
  g_test_add_func ("/verdict/errors", test_errors);
  g_test_add_func ("/verdict/metric", test_metric);
  g_test_add_func ("/verdict/ends", test_ends);
  g_test_add_func ("/verdict/limit", test_limit);
  g_test_add_func ("/verdict/two_languages", test_two_languages);
  g_test_add_func ("/verdict/names", test_names);
  return g_test_run ();
}
