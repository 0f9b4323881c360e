/* SPDX-License-Identifier: MIT
 *
 * Every check of `expect`, holding and failing: the words of its failure, and the lines of the trace that it shows.
 * Also the input that is refused. The trace is that of tests/support/lost_syn.h.
 */
#include "lab/judge/expect.h"

#include "tests/support/judge.h"
#include "tests/support/lost_syn.h"
#include "tests/support/mistakes.h"

#include <string.h>

static void
judge (const JudgeRow *rows, guint n)
{
  g_autoptr (SfPlan) plan = judge_plan ();
  g_autoptr (SfTrace) trace = lost_syn_trace ();

  judge_rows (rows, n, plan, trace);
}

#define JUDGE(rows) judge (rows, G_N_ELEMENTS (rows))

static void
test_states (void)
{
  static const JudgeRow rows[] = {
    { "states: {client: [CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, CLOSED]}", TRUE,
      "client: CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, CLOSED",
      "client: CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, CLOSED", "5 14 26 32" },
    { "states: {host: server, conn: 1, path: [LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSED]}", TRUE,
      "server: LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSED", "server: LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSED",
      "3 11 20 29" },
    { "states: {client: [CLOSED, SYN-SENT, ESTABLISHED, CLOSE-WAIT]}", FALSE,
      "client: CLOSED, SYN-SENT, ESTABLISHED, CLOSE-WAIT", "client: CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, CLOSED",
      "14 26 32" },
    { "states: {client: [CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, CLOSED, LISTEN]}", FALSE,
      "client: CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, CLOSED, LISTEN",
      "client: CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, CLOSED", "32" },
    { "states: {client: [CLOSED], server: [LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSED]}", FALSE,
      "client: CLOSED\nserver: LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSED",
      "client: CLOSED, SYN-SENT, ESTABLISHED, FIN-WAIT-1, CLOSED\nserver: LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSED",
      NULL },
    { "states: {host: server, conn: 2, path: [LISTEN]}", TRUE, "server's connection 2: LISTEN",
      "server's connection 2: LISTEN", "3" },
    { "states: {host: client, conn: 2, path: [SYN-SENT]}", FALSE, "client's connection 2: SYN-SENT",
      "client's connection 2: CLOSED", "" },
  };

  JUDGE (rows);
}

static void
test_state (void)
{
  static const JudgeRow rows[] = {
    { "state: {host: client, is: SYN-SENT, at: 1099ms}", TRUE, "client: SYN-SENT at 1.099s", "client: in SYN-SENT",
      "5 14" },
    { "state: {host: client, is: ESTABLISHED, at: 1.1s}", TRUE, "client: ESTABLISHED at 1.1s", "client: in ESTABLISHED",
      "14 26" },
    { "state: {host: client, is: SYN-SENT, at: 1.1s}", FALSE, "client: SYN-SENT at 1.1s", "client: in ESTABLISHED",
      "14 26" },
    { "state: {host: server, is: LISTEN, at: 1s}", TRUE, "server: LISTEN at 1s", "server: in LISTEN", "3 11" },
    { "state: {host: client, is: ESTABLISHED, by: 1.1s}", TRUE, "client: ESTABLISHED entered by 1.1s",
      "client: entered at 1.1s", "14" },
    { "state: {host: client, is: ESTABLISHED, by: 1s}", FALSE, "client: ESTABLISHED entered by 1s",
      "client: entered at 1.1s", "14" },
    { "state: {host: server, is: CLOSE-WAIT, by: 3s}", FALSE, "server: CLOSE-WAIT entered by 3s",
      "server: never: LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSED", "" },
    { "state: {host: server, is: CLOSE-WAIT, never: yes}", TRUE, "server: CLOSE-WAIT never",
      "server: never: LISTEN, SYN-RECEIVED, ESTABLISHED, CLOSED", "" },
    { "state: {host: server, is: ESTABLISHED, never: yes}", FALSE, "server: ESTABLISHED never",
      "server: entered at 1.15s", "20" },
    { "state: {host: client, is: CLOSED, at-end: yes}", TRUE, "client: CLOSED at the end of the run",
      "client: in CLOSED", "32" },
    { "state: {host: client, is: FIN-WAIT-1, at-end: yes}", FALSE, "client: FIN-WAIT-1 at the end of the run",
      "client: in CLOSED", "32" },
    { "state: {host: client, is: FIN-WAIT-1, entered: 2s, left: 3s}", TRUE,
      "client: FIN-WAIT-1 entered at 2s; left at 3s", "client: entered at 2s; left at 3s", "26 32" },
    { "state: {host: client, is: FIN-WAIT-1, left: 3001ms}", FALSE, "client: FIN-WAIT-1 left at 3.001s",
      "client: left at 3s", "32" },
    { "state: {host: client, is: FIN-WAIT-1, left: 3001ms, tolerance: 1ms}", TRUE, "client: FIN-WAIT-1 left at 3.001s",
      "client: left at 3s", "32" },
    { "state: {host: client, is: FIN-WAIT-1, entered: [2s, 4s], tolerance: 5%}", FALSE,
      "client: FIN-WAIT-1 entered at 2s, 4s", "client: entered at 2s", "26" },
    { "state: {host: client, is: CLOSED, entered: [0s, 3s]}", TRUE, "client: CLOSED entered at 0s, 3s",
      "client: entered at 0s, 3s", "32" },
  };

  JUDGE (rows);
}

static void
test_segments (void)
{
  static const JudgeRow rows[] = {
    { "segments: {from: client, flags: S, at: [0s, 1s]}", TRUE, "2 segments, sent at 0s, 1s",
      "2 segments, sent at 0s, 1s", "6 8" },
    { "segments: {from: client, flags: S, at: [0s, 3s]}", FALSE, "2 segments, sent at 0s, 3s",
      "2 segments, sent at 0s, 1s", "6 8" },
    { "segments: {from: client, flags: S, at: [0s, 1010ms], tolerance: 1%}", TRUE, "2 segments, sent at 0s, 1.01s",
      "2 segments, sent at 0s, 1s", "6 8" },
    { "segments: {from: client, flags: S, at: 0s}", FALSE, "1 segment, sent at 0s", "2 segments, sent at 0s, 1s",
      "6 8" },
    { "segments: {from: client, flags: S, at: 0s, count: '>= 1'}", TRUE, "at least 1 segment, sent at 0s",
      "2 segments, sent at 0s, 1s", "6 8" },
    { "segments: {from: client, flags: S, count: 3}", FALSE, "3 segments", "2 segments, sent at 0s, 1s", "6 8" },
    { "segments: {from: client, flags: S, count: [1, 2]}", TRUE, "from 1 to 2 segments", "2 segments, sent at 0s, 1s",
      "6 8" },
    { "segments: {from: client, retransmit: yes, count: 1}", TRUE, "1 segment", "1 segment, sent at 1s", "8" },
    { "segments: {from: client, flags: S, nth: 2, at: 1s}", TRUE, "1 segment, sent at 1s", "1 segment, sent at 1s",
      "8" },
    { "segments: {from: client, len: data}", TRUE, "at least 1 segment", "1 segment, sent at 1.1s", "18" },
    { "segments: {from: client, flags: R, count: 0}", TRUE, "0 segments", "0 segments", "" },
    { "segments: {from: server, flags: R}", FALSE, "at least 1 segment", "0 segments", "12" },
    { "segments: {from: client, flags: S, fate: dropped, count: 1}", TRUE, "1 segment dropped",
      "1 segment dropped, sent at 0s", "6" },
    { "segments: {from: client, len: 10, fate: copied, count: 1}", TRUE, "1 segment copied",
      "1 segment copied, sent at 1.1s", "18" },
    { "segments: {from: client, len: 10, fate: delivered, count: 2}", TRUE, "2 segments delivered",
      "2 segments delivered, sent at 1.1s, 1.2s", "18 23" },
    { "segments: {from: client, fate: discarded, count: 0}", FALSE, "0 segments discarded",
      "1 segment discarded, sent at 1.2s", "23" },
    { "segments: {from: client, conn: 2, count: 0}", TRUE, "0 segments", "0 segments", "" },
    { "segments: {from: client, seq: [11, 12], count: 1}", TRUE, "1 segment", "1 segment, sent at 2s", "27" },
    { "segments: {from: client, when: {host: server, state: SYN-RECEIVED}, count: 2}", TRUE, "2 segments",
      "2 segments, sent at 1.1s, 1.1s", "15 18" },
    { "segments: {from: client, after: 1.1s, before: 1.1s, count: 2}", TRUE, "2 segments",
      "2 segments, sent at 1.1s, 1.1s", "15 18" },
  };

  JUDGE (rows);
}

static void
test_order (void)
{
  static const JudgeRow rows[] = {
    { "order: ['client > server: S 0:0(0)', 'server > client: S. 0:0(0) ack 1', 'client > server: F. 11:11(0)']", TRUE,
      "3 segments in order", "3 segments in order", "6 12 27" },
    { "order: ['server > client: S.', 'client > server: S']", FALSE, "client > server: S\nafter server > client: S.",
      "sent before that only, at 0.000 (1 of 2 found)", "6 12" },
    { "order: ['client > server: R']", FALSE, "client > server: R", "no such segment (0 of 1 found)", "" },
    { "order: ['1.100 client > server: P. 1:11(10) ack 1 win 65535']", TRUE, "1 segment in order", "1 segment in order",
      "18" },
    { "order: ['1.101 client > server: P. 1:11(10)']", FALSE, "1.101 client > server: P. 1:11(10)",
      "no such segment (0 of 1 found)", "" },
  };

  JUDGE (rows);
}

static void
test_exactly (void)
{
  static const JudgeRow rows[] = {
    { "exactly: ['client > server: S', 'client > server: S', 'server > client: S.', 'client > server: .', "
      "'client > server: P. 1:11(10)', 'client > server: F.']",
      TRUE, "6 segments", "6 segments", "6 8 12 15 18 27" },
    { "exactly: ['client > server: S', 'server > client: S.']", FALSE, "2 segments; number 2: server > client: S.",
      "6 segments; number 2: client > server: S 0:0(0) win 65535", "6 8 12" },
    { "exactly: ['client > server: S', 'client > server: S', 'server > client: S.', 'client > server: .', "
      "'client > server: P. 1:11(10)', 'client > server: F.', 'server > client: .']",
      FALSE, "7 segments; number 7: server > client: .", "6 segments; number 7: none", "27" },
    { "exactly: ['client > server: S', 'client > server: S', 'server > client: S.', 'client > server: .', "
      "'client > server: P. 1:11(10)']",
      FALSE, "5 segments; number 6: none", "6 segments; number 6: client > server: F. 11:11(0) ack 1 win 65535",
      "18 27" },
  };

  JUDGE (rows);
}

static void
test_delivered (void)
{
  static const JudgeRow rows[] = {
    { "delivered: {to: server, bytes: 10, foreign: 0, whole: yes}", TRUE,
      "10 B; 0 B of another connection; all 10 B that the peer sent, in order, once",
      "10 B; 0 B of another connection; all of them, in order, once", "22" },
    { "delivered: {to: server, bytes: '> 10 B'}", FALSE, "more than 10 B", "10 B", "22" },
    { "delivered: {to: server, foreign: '>= 1'}", FALSE, "at least 1 B of another connection",
      "0 B of another connection", "22" },
    { "delivered: {to: server, text: '0123456789'}", TRUE, "\"0123456789\"", "\"0123456789\"", "22" },
    { "delivered: {to: server, text: hello}", FALSE, "\"hello\"", "\"0123456789\"", "22" },
    { "delivered: {to: client, bytes: 0}", TRUE, "0 B", "0 B", "" },
    { "delivered: {to: server, conn: 2, bytes: 0}", FALSE, "0 B", "0 B: there is no such connection", "" },
  };

  JUDGE (rows);
}

/* A SEND that still waits at the end counts in full: the application has called it. */
static void
test_delivered_waiting (void)
{
  static const JudgeRow rows[] = {
    { "delivered: {to: server, whole: yes}", FALSE, "all 15 B that the peer sent, in order, once", "the first 10 B",
      "22" },
    { "delivered: {to: server, text: '0123456789'}", TRUE, "\"0123456789\"", "\"0123456789\"", "22" },
    { "errors: {host: client, count: 1}", TRUE, "client: 1 error", "1: client: receive() fails with ETIMEDOUT at 3s",
      "31" },
  };
  g_autoptr (SfPlan) plan = judge_plan ();
  g_autoptr (SfTrace) trace = lost_syn_trace ();

  g_array_index (trace->records, SfRecord, 17 - 2).call.waiting = 5;
  judge_rows (rows, G_N_ELEMENTS (rows), plan, trace);
}

static void
test_errors (void)
{
  static const JudgeRow rows[] = {
    { "error: {host: client, call: receive, is: ETIMEDOUT, at: 3s}", TRUE,
      "client: receive() fails with ETIMEDOUT at 3s", "client: receive() fails with ETIMEDOUT at 3s", "31" },
    { "error: {host: client, is: ECONNRESET}", FALSE, "client: ECONNRESET",
      "client: receive() fails with ETIMEDOUT at 3s", "31" },
    { "error: {host: client, call: connect, is: ETIMEDOUT}", FALSE, "client: connect() fails with ETIMEDOUT",
      "client: receive() fails with ETIMEDOUT at 3s", "31" },
    { "error: {host: server, is: ECONNRESET}", FALSE, "server: ECONNRESET", "no error", "" },
    { "errors: none", FALSE, "no error", "1: client: receive() fails with ETIMEDOUT at 3s", "31" },
    { "errors: {host: server, count: 0}", TRUE, "server: no error", "no error", "" },
    { "errors: {host: client, count: '<= 1'}", TRUE, "client: at most 1 error",
      "1: client: receive() fails with ETIMEDOUT at 3s", "31" },
  };

  JUDGE (rows);
}

static void
test_metric (void)
{
  static const JudgeRow rows[] = {
    { "metric: {is: segments, value: 6}", TRUE, "segments: 6", "6", "" },
    { "metric: {is: segments, host: server, value: '!= 1'}", FALSE, "segments of server: not 1", "1", "" },
    { "metric: {is: retransmissions, host: client, value: 1}", TRUE, "retransmissions of client: 1", "1", "" },
    { "metric: {is: handshake-time, host: client, value: 1.1s}", TRUE, "handshake-time of client: 1.1s", "1.1s", "" },
    { "metric: {is: handshake-time, host: server, conn: 1, value: '< 100ms'}", FALSE,
      "handshake-time of server: less than 100ms", "100ms", "" },
    { "metric: {is: handshake-time, host: server, conn: 2, value: '>= 0'}", FALSE,
      "handshake-time of server's connection 2: at least 0s", "no such number in this run", "" },
    { "metric: {is: connection-time, host: client, value: 3s}", TRUE, "connection-time of client: 3s", "3s", "" },
    { "metric: {is: connection-time, host: server, value: 970ms}", TRUE, "connection-time of server: 970ms", "970ms",
      "" },
    { "metric: {is: useless-connection-time, host: client, value: 980ms}", TRUE,
      "useless-connection-time of client: 980ms", "980ms", "" },
    { "metric: {is: useless-connection-time, host: server, value: 0s}", TRUE, "useless-connection-time of server: 0s",
      "0s", "" },
    { "metric: {is: embryonic-max, host: server, value: 1}", TRUE, "embryonic-max of server: 1", "1", "" },
    { "metric: {is: time-wait-max, value: '> 0'}", FALSE, "time-wait-max: more than 0", "0", "" },
    { "metric: {is: delivered-bytes, host: server, value: 10 B}", TRUE, "delivered-bytes of server: 10 B", "10 B", "" },
    { "metric: {is: foreign-bytes, value: 0}", TRUE, "foreign-bytes: 0 B", "0 B", "" },
    { "metric: {is: app-errors, value: [1, 2]}", TRUE, "app-errors: from 1 to 2", "1", "" },
    { "metric: {is: resets, value: 0}", TRUE, "resets: 0", "0", "" },
    { "metric: {is: goodput, host: server, value: 800bit/s}", TRUE, "goodput of server: 800bit/s", "800bit/s", "" },
  };

  JUDGE (rows);
}

static void
test_ends (void)
{
  static const JudgeRow rows[] = {
    { "ends: {how: idle, at: 3s}", TRUE, "idle, at 3s", "idle, at 3s", "33" },
    { "ends: {how: until}", FALSE, "until", "idle", "33" },
    { "ends: {at: 2.9s}", FALSE, "at 2.9s", "at 3s", "33" },
    { "ends: {at: 2.9s, tolerance: 5%}", TRUE, "at 2.9s", "at 3s", "33" },
  };

  JUDGE (rows);
}

static const RefuseRow refused[] = {
  { "name: nothing", "needs a check" },
  { "{errors: none, ends: {how: idle}}", "write two" },
  { "stats: {client: [CLOSED]}", "did you mean 'states'" },
  { "states: {klient: [CLOSED]}", "did you mean 'client'" },
  { "states: {client: [CLOSD]}", "did you mean 'CLOSED'" },
  { "states: {client: CLOSED}", "a list of states" },
  { "state: {host: client, is: CLOSED}", "when?" },
  { "state: {host: client, is: CLOSED, at: 1s, by: 2s}", "exclude each other" },
  { "state: {host: client, is: CLOSED, never: no}", "only 'yes'" },
  { "state: {host: client, is: CLOSED, at: 1}", "unit" },
  { "ends: {at: 1s, tolerance: 5}", "unit" },
  { "ends: {at: 1s, tolerance: 200%}", "out of range" },
  { "segments: {from: client, flag: S}", "did you mean 'flags'" },
  { "segments: {from: client, fate: droped}", "did you mean 'dropped'" },
  { "segments: {from: client, count: some}", "expected a whole number" },
  { "segments: {from: client, count: [3, 1]}", "larger" },
  { "order: ['client > nobody: S']", "nobody" },
  { "delivered: {to: server}", "what?" },
  { "error: {host: client, is: EFOO}", "is no error" },
  { "errors: {host: client, count: few}", "expected a whole number" },
  { "metric: {is: segments}", "value" },
  { "metric: {is: segmants, value: 1}", "did you mean 'segments'" },
  { "metric: {is: segments, conn: 1, value: 1}", "needs 'host'" },
  { "metric: {is: handshake-time, value: 3}", "expected a time" },
  { "ends: {}", "how?" },
};

static void
test_refused (void)
{
  g_autoptr (SfPlan) plan = judge_plan ();

  refuse_rows (refused, G_N_ELEMENTS (refused), plan);
}

static int
print_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    mistakes_print_section ("expect:\n  - ", refused[i].check);
  return 0;
}

/* An expectation has its own name, or that of its check as written. */
static void
test_names (void)
{
  g_autoptr (SfPlan) plan = judge_plan ();
  g_autoptr (SfTrace) trace = lost_syn_trace ();
  g_autoptr (SfExpect) expect = judge_expect ("- {name: no trouble, because: RFC 9293, errors: none}\n"
                                              "- errors: {host: client, count: 1}\n",
                                              plan);
  g_autoptr (GPtrArray) verdicts = sf_expect_evaluate (expect, trace);
  const SfVerdict *first = g_ptr_array_index (verdicts, 0), *second = g_ptr_array_index (verdicts, 1);

  g_assert_cmpstr (sf_wording_in (first->name, NULL), ==, "no trouble");
  g_assert_cmpstr (sf_wording_in (first->because, NULL), ==, "RFC 9293");
  g_assert_cmpstr (sf_wording_in (second->name, NULL), ==, "errors: {host: client, count: 1}");
  g_assert_null (second->because);
  g_assert_cmpuint (second->line, ==, 2);
}

/* A verdict shows records in the notation of the timeline. */
static void
test_shown (void)
{
  g_autoptr (SfPlan) plan = judge_plan ();
  g_autoptr (SfTrace) trace = lost_syn_trace ();
  g_autoptr (SfExpect) expect = judge_expect ("- segments: {from: server, flags: S.}\n", plan);
  g_autoptr (GPtrArray) verdicts = sf_expect_evaluate (expect, trace);
  const SfVerdict *verdict = g_ptr_array_index (verdicts, 0);

  g_autoptr (SfVerdictText) text = sf_verdict_text (verdict, NULL);

  g_assert_cmpuint (verdict->shown->len, ==, 1);
  g_assert_cmpstr (text->shown[0], ==, "1.050 server > client: S. 0:0(0) ack 1 win 65535");
}

static void
test_nothing (void)
{
  g_autoptr (SfPlan) plan = judge_plan ();
  g_autoptr (SfTrace) trace = lost_syn_trace ();
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfExpect) expect = sf_expect_load (NULL, plan, diag);
  g_autoptr (GPtrArray) verdicts = sf_expect_evaluate (expect, trace);

  g_assert_cmpuint (verdicts->len, ==, 0);
}

int
main (int argc, char **argv)
{
  if (mistakes_are_wanted (argc, argv))
    return print_refused ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/expect/states", test_states);
  g_test_add_func ("/expect/state", test_state);
  g_test_add_func ("/expect/segments", test_segments);
  g_test_add_func ("/expect/order", test_order);
  g_test_add_func ("/expect/exactly", test_exactly);
  g_test_add_func ("/expect/delivered", test_delivered);
  g_test_add_func ("/expect/delivered/waiting", test_delivered_waiting);
  g_test_add_func ("/expect/errors", test_errors);
  g_test_add_func ("/expect/metric", test_metric);
  g_test_add_func ("/expect/ends", test_ends);
  g_test_add_func ("/expect/refused", test_refused);
  g_test_add_func ("/expect/names", test_names);
  g_test_add_func ("/expect/shown", test_shown);
  g_test_add_func ("/expect/nothing", test_nothing);
  return g_test_run ();
}
