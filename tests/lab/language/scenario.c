/* SPDX-License-Identifier: MIT
 *
 * What a scenario compiles into, and how variants and overrides change it.
 */
#include "lab/language/scenario.h"

#include "lab/language/load_match.h"
#include "lab/language/written_segment.h"

#include <string.h>

#define HEAD                                                                                                    \
  "synfin: 1\ntitle: t\nhosts: {a: {}, b: {}, c: {}}\nlinks: [{between: [a, b], name: ab}, {between: [b, c]}, " \
  "{between: [c, b]}]\n"

static SfScenario *
load_as (const char *text, const char *variant, const SfOverride *sets, guint n_sets)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfScenario *scenario = sf_scenario_parse (text, strlen (text), "test.yaml", variant, sets, n_sets, diag);

  if (scenario == NULL)
    {
      g_autofree char *shown = sf_diagnostic_format (sf_diagnostics_error (diag));

      g_error ("%s", shown);
    }
  g_assert_null (sf_diagnostics_error (diag));
  return scenario;
}

static SfScenario *
load (const char *text)
{
  return load_as (text, NULL, NULL, 0);
}

static const SfLinkPlan *
link_at (const SfScenario *scenario, guint i)
{
  return &g_array_index (scenario->plan->links, SfLinkPlan, i);
}

static const SfFaultRule *
rule_at (const SfScenario *scenario, guint i)
{
  return &g_array_index (scenario->plan->faults, SfFaultRule, i);
}

static const SfTimedFault *
timed_at (const SfScenario *scenario, guint i)
{
  return &g_array_index (scenario->plan->timed_faults, SfTimedFault, i);
}

static void
test_words (void)
{
  g_autoptr (SfScenario)
    s = load (HEAD "asks: |\n  Why?\n\nrfc: [RFC 9293 section 3.5, ' RFC 1337 ']\nexplain: |\n  0s  It\n  1s  ends\n"
                   "run: {until: 60s, time-limit: 1h, max-events: 1000, seed: 7}\nexpect: [{ends: {how: idle}}]\n");
  g_autofree const char **variants = sf_scenario_variants (s);
  g_autofree char *line = sf_scenario_line (s, 2);

  g_assert_cmpstr (s->name, ==, "test.yaml");
  g_assert_cmpstr (s->variant, ==, "standard");
  g_assert_cmpstr (sf_wording_in (s->title, NULL), ==, "t");
  g_assert_cmpstr (sf_wording_in (s->asks, NULL), ==, "Why?");
  g_assert_cmpstr (sf_wording_in (s->explain, NULL), ==, "0s  It\n1s  ends");
  g_assert_cmpuint (s->rfc->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (s->rfc, 1), ==, "RFC 1337");
  g_assert_cmpint (s->run.until, ==, 60 * SF_SEC);
  g_assert_cmpint (s->run.time_limit, ==, 3600 * SF_SEC);
  g_assert_cmpuint (s->run.max_events, ==, 1000);
  g_assert_cmpuint (s->run.seed, ==, 7);
  g_assert_cmpuint (sf_node_n (s->expect), ==, 1);
  g_assert_cmpstr (variants[0], ==, "standard");
  g_assert_null (variants[1]);
  g_assert_cmpstr (line, ==, "title: t");
}

static void
test_defaults (void)
{
  g_autoptr (SfScenario) s = load ("synfin: 1\ntitle: t\nhosts:\n  a:\n");

  g_assert_cmpint (s->run.until, ==, SF_NEVER);
  g_assert_cmpint (s->run.time_limit, ==, 86400 * SF_SEC);
  g_assert_cmpuint (s->run.seed, ==, 1);
  g_assert_null (s->expect);
  g_assert_null (s->asks);
  g_assert_cmpuint (s->plan->hosts->len, ==, 1);
  g_assert_cmpuint (s->plan->links->len, ==, 0);
}

static void
test_addresses (void)
{
  g_autoptr (SfScenario) s = load ("synfin: 1\ntitle: t\nlinks: []\nhosts: {a: {}, b: {}, c: {}, d: {}, e: {address: "
                                   "192.0.2.3}, f: {addresses: 3}, g: {}}\n");
  static const guint32 expected[] = {
    0xc0000201, 0xc6336401, 0xcb007101, 0xc0000202, 0xc0000203, 0xc6336402, 0xcb007102
  };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmphex (sf_plan_host (s->plan, i)->addr, ==, expected[i]);
  g_assert_cmpuint (sf_plan_host (s->plan, 5)->n_addrs, ==, 3);
}

static void
test_profiles (void)
{
  g_autoptr (SfScenario)
    s = load ("synfin: 1\ntitle: t\nlinks: []\nprofile: linux\ntcp: {msl: 10s, nagle: no}\nhosts:\n"
              "  a: {}\n  b: {profile: rfc9293, tcp: {msl: 7s, time_wait: 1.5msl, isn: zero}}\n"
              "  c: {tcp: {mutants: [last-ack-any-ack, syn-ack-forever], send-buffer: 1 KiB}}\n");
  const SfProfile *a = &sf_plan_host (s->plan, 0)->profile;
  const SfProfile *b = &sf_plan_host (s->plan, 1)->profile;
  const SfProfile *c = &sf_plan_host (s->plan, 2)->profile;

  g_assert_cmpint (a->msl, ==, 10 * SF_SEC);
  g_assert_cmpint (a->nagle, ==, FALSE);
  g_assert_cmpint (a->timestamps, ==, TRUE);
  g_assert_cmpint (b->timestamps, ==, FALSE);
  g_assert_cmpint (b->nagle, ==, FALSE);
  g_assert_cmpint (b->isn, ==, SF_ISN_ZERO);
  g_assert_cmpint (sf_profile_time_wait (b), ==, 10500 * SF_MSEC);
  g_assert_cmphex (c->mutants, ==, 1u << SF_MUTANT_LAST_ACK_ANY_ACK | 1u << SF_MUTANT_SYN_ACK_FOREVER);
  g_assert_cmpint (c->send_buffer, ==, 1024);
}

static void
test_links (void)
{
  g_autoptr (SfScenario)
    s = load ("synfin: 1\ntitle: t\nhosts: {a: {}, b: {}}\nrouters: [r]\nlinks:\n"
              "  - {between: [a, r], rate: 10Mbit/s, delay: 50ms, loss: 1%, queue: 100 segments, down: yes,\n"
              "     to a: {delay: 20ms, queue: 64 KiB, loss: {gilbert-elliott: {p: 1%, r: 30%}}}}\n"
              "  - {between: [r, b], jitter: {pareto: [1ms, 2.5]}, reorders: yes, duplicate: 0.1%, corrupt: 2%,\n"
              "     reorder: {probability: 1%, by: 10ms}, queue: {segments: 5, bytes: 1500}}\n"
              "  - {between: [r, b]}\n");
  const SfDirectionPlan *to_r = &link_at (s, 0)->direction[0], *to_a = &link_at (s, 0)->direction[1];
  const SfDirectionPlan *r_b = &link_at (s, 1)->direction[0];

  g_assert_true (sf_plan_host (s->plan, 2)->router);
  g_assert_cmpstr (link_at (s, 0)->name, ==, "a-r");
  g_assert_cmpstr (link_at (s, 2)->name, ==, "r-b-2");
  g_assert_true (link_at (s, 0)->down);
  g_assert_cmpuint (to_r->rate, ==, 10000000);
  g_assert_cmpint (to_r->delay, ==, 50 * SF_MSEC);
  g_assert_cmpint (to_r->loss.kind, ==, SF_LOSS_INDEPENDENT);
  g_assert_cmpuint (to_r->queue_segments, ==, 100);
  g_assert_cmpuint (to_a->rate, ==, 10000000);
  g_assert_cmpint (to_a->delay, ==, 20 * SF_MSEC);
  g_assert_cmpint (to_a->loss.kind, ==, SF_LOSS_GILBERT_ELLIOTT);
  g_assert_cmpfloat (to_a->loss.loss_bad, ==, 1);
  g_assert_cmpuint (to_a->queue_segments, ==, 0);
  g_assert_cmpuint (to_a->queue_bytes, ==, 65536);
  g_assert_true (r_b->has_jitter && r_b->jitter_reorders);
  g_assert_cmpint (r_b->jitter.kind, ==, SF_DIST_PARETO);
  g_assert_cmpfloat (r_b->jitter.a, ==, 1e6);
  g_assert_cmpfloat (r_b->jitter.b, ==, 2.5);
  g_assert_cmpint (r_b->reorder_by, ==, 10 * SF_MSEC);
  g_assert_cmpuint (r_b->queue_segments, ==, 5);
  g_assert_cmpuint (r_b->queue_bytes, ==, 1500);
}

static void
test_faults (void)
{
  g_autoptr (SfScenario) s = load (
    HEAD "faults:\n"
         "  - drop: {from: a, flags: S., nth: [2, 4]}\n"
         "  - {by: 3s, delay: {to: b, len: data, with: F, without: R}}\n"
         "  - {duplicate: , by: 1s, copies: 2, spacing: 1ms}\n"
         "  - {replay: {seq: [1, 9], ack: 5, conn: 2, retransmit: no, after: 1s, before: 2s, nth: 3+}, at: 70s}\n"
         "  - {hold: {when: {host: b, state: close-wait}}, until: 5s}\n"
         "  - {link-down: ab, at: 1s}\n"
         "  - {link-up: [b, a], at: 2s}\n"
         "  - {reboot: c, at: 3s}\n"
         "  - {inject: {from: a, sport: 49152, to: b, dport: 80, flags: R., seq: 1, ack: 2, win: 9, mss: 536, ts: [3, "
         "4]}, at: 4s}\n");
  const SfMatch *match = &rule_at (s, 0)->match;
  const SfSegment *seg = &timed_at (s, 3)->segment;

  g_assert_cmpuint (s->plan->faults->len, ==, 5);
  g_assert_cmpuint (rule_at (s, 0)->line, ==, 6);
  g_assert_cmpstr (g_ptr_array_index (s->fault_texts, 0), ==, "drop: {from: a, flags: S., nth: [2, 4]}");
  g_assert_cmpuint (match->from, ==, 0);
  g_assert_cmpuint (match->to, ==, SF_NO_HOST);
  g_assert_cmphex (match->flags_set, ==, SF_SYN | SF_ACK);
  g_assert_cmphex (match->flags_clear, ==, SF_FIN | SF_RST | SF_URG);
  g_assert_cmpuint (match->nth_first, ==, 2);
  g_assert_cmpuint (match->nth_last, ==, 4);

  match = &rule_at (s, 1)->match;
  g_assert_cmpint (rule_at (s, 1)->action, ==, SF_FAULT_DELAY);
  g_assert_cmpint (rule_at (s, 1)->time, ==, 3 * SF_SEC);
  g_assert_true (match->has_len && match->len_min == 1 && match->len_max == G_MAXUINT32);
  g_assert_cmphex (match->flags_set, ==, SF_FIN);
  g_assert_cmphex (match->flags_clear, ==, SF_RST);

  g_assert_cmpuint (rule_at (s, 2)->copies, ==, 2);
  match = &rule_at (s, 3)->match;
  g_assert_true (match->has_seq && match->seq_min == 1 && match->seq_max == 9);
  g_assert_true (match->has_ack && match->ack_min == 5 && match->ack_max == 5);
  g_assert_true (match->has_retransmit && !match->retransmit);
  g_assert_cmpuint (match->conn_nth, ==, 2);
  g_assert_cmpint (match->not_before, ==, SF_SEC);
  g_assert_cmpint (match->not_after, ==, 2 * SF_SEC);
  g_assert_cmpuint (match->nth_first, ==, 3);
  g_assert_cmpuint (match->nth_last, ==, 0);
  g_assert_cmpint (rule_at (s, 4)->match.state, ==, SF_CLOSE_WAIT);

  g_assert_cmpuint (s->plan->timed_faults->len, ==, 4);
  g_assert_cmpint (timed_at (s, 1)->kind, ==, SF_TIMED_LINK_UP);
  g_assert_cmpuint (timed_at (s, 1)->index, ==, 0);
  g_assert_cmpint (timed_at (s, 2)->kind, ==, SF_TIMED_REBOOT);
  g_assert_cmpuint (timed_at (s, 2)->index, ==, 2);
  g_assert_true (timed_at (s, 3)->relative);
  g_assert_cmphex (seg->src, ==, 0xc0000201);
  g_assert_cmpuint (seg->sport, ==, 49152);
  g_assert_cmphex (seg->flags, ==, SF_RST | SF_ACK);
  g_assert_cmphex (seg->options, ==, SF_OPT_MSS | SF_OPT_TS);
  g_assert_cmpuint (seg->tsecr, ==, 4);
}

/* PSH is compared only if it is written. */
static void
test_psh (void)
{
  g_autoptr (SfScenario) s = load (HEAD "faults: [{drop: {flags: .}}, {drop: {flags: P.}}, {drop: {flags: '-'}}]\n");

  g_assert_cmphex (rule_at (s, 0)->match.flags_set, ==, SF_ACK);
  g_assert_cmphex (rule_at (s, 0)->match.flags_clear, ==, SF_FIN | SF_SYN | SF_RST | SF_URG);
  g_assert_cmphex (rule_at (s, 1)->match.flags_set, ==, SF_ACK | SF_PSH);
  g_assert_cmphex (rule_at (s, 2)->match.flags_set, ==, 0);
  g_assert_cmphex (rule_at (s, 2)->match.flags_clear, ==, SF_FIN | SF_SYN | SF_RST | SF_ACK | SF_URG);
}

typedef struct
{
  SfOp op;
  gint64 argument; /* port, amount, time … of the step */
} Expected;

static gint64
argument_of (const SfStep *step)
{
  return step->op == SF_OP_EACH ? (gint64) step->program
         : step->time != 0      ? step->time
         : step->amount != 0    ? step->amount
                                : step->port;
}

static void
assert_program (const SfScenario *scenario, guint program, const Expected *expected)
{
  const SfProgram *found = &g_array_index (scenario->plan->programs, SfProgram, program);
  guint i = 0;

  do
    {
      g_assert_cmpint (found->steps[i].op, ==, expected[i].op);
      g_assert_cmpint (argument_of (&found->steps[i]), ==, expected[i].argument);
    }
  while (expected[i++].op != SF_OP_END);
  g_assert_cmpuint (found->n, ==, i);
}

static void
test_script (void)
{
  g_autoptr (SfScenario) s = load (
    HEAD
    "script:\n  b:\n    - listen: 80\n    - each:\n        - receive: some\n        - send: hello\n        - close\n"
    "  a:\n    - connect: {to: 'b:80', port: 40000}\n    - send: 2 kB\n    - send: \"12\"\n"
    "    - repeat: {times: 3, steps: [wait: 1s, {forever: [receive: eof]}]}\n    - abort\n");
  static const Expected server[] = { { SF_OP_LISTEN, 80 }, { SF_OP_EACH, 0 }, { SF_OP_END, 0 } };
  static const Expected child[] = {
    { SF_OP_RECEIVE_SOME, 0 }, { SF_OP_SEND, 5 }, { SF_OP_CLOSE, 0 }, { SF_OP_END, 0 }
  };
  static const Expected client[] = {
    { SF_OP_OPTION, 40000 },  { SF_OP_CONNECT, 80 }, { SF_OP_SEND, 2000 }, { SF_OP_SEND, 2 },  { SF_OP_WAIT, SF_SEC },
    { SF_OP_RECEIVE_EOF, 0 }, { SF_OP_REPEAT, 0 },   { SF_OP_REPEAT, 3 },  { SF_OP_ABORT, 0 }, { SF_OP_END, 0 },
  };
  const SfStep *steps = g_array_index (s->plan->programs, SfProgram, 2).steps;

  g_assert_cmpuint (s->plan->programs->len, ==, 3);
  assert_program (s, 0, child);
  assert_program (s, 1, server);
  assert_program (s, 2, client);
  g_assert_cmpuint (steps[6].target, ==, 5);
  g_assert_cmpuint (steps[6].depth, ==, 1);
  g_assert_cmpuint (steps[7].target, ==, 4);
  g_assert_cmpuint (steps[7].depth, ==, 0);
  g_assert_cmpuint (steps[1].line, ==, 13);
  g_assert_cmpuint (steps[1].peer, ==, 1);
  g_assert_cmpuint (steps[3].text, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (s->plan->texts, 1), ==, "12");
  g_assert_cmpuint (s->plan->processes->len, ==, 2);
  g_assert_cmpuint (g_array_index (s->plan->processes, SfProcessPlan, 0).host, ==, 1);
}

static void
test_processes (void)
{
  g_autoptr (SfScenario) s = load (HEAD "script:\n  - {host: a, name: second, start: 2s, on-error: continue, steps: "
                                        "[connect: '192.0.2.200:9', {option: {nodelay: yes, user-timeout: 5s}}]}\n");
  static const Expected steps[] = {
    { SF_OP_AT, 2 * SF_SEC }, { SF_OP_CONNECT, 9 }, { SF_OP_OPTION, 1 }, { SF_OP_OPTION, 5 * SF_SEC }, { SF_OP_END, 0 },
  };
  const SfProgram *program = &g_array_index (s->plan->programs, SfProgram, 0);

  assert_program (s, 0, steps);
  g_assert_true (program->go_on);
  g_assert_cmpuint (program->steps[1].peer, ==, SF_NO_HOST);
  g_assert_cmphex (program->steps[1].addr, ==, 0xc00002c8);
  g_assert_cmpint (program->steps[3].option, ==, SF_SO_USER_TIMEOUT);
  g_assert_cmpstr (g_array_index (s->plan->processes, SfProcessPlan, 0).name, ==, "second");
}

static void
test_warnings (void)
{
  const char *text = HEAD "script: {a: [send: 1 B, accept, close, close]}\n";
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfScenario) s = sf_scenario_parse (text, strlen (text), "test.yaml", NULL, NULL, 0, diag);
  g_autofree char *shown = NULL;

  g_assert_nonnull (s);
  g_assert_cmpuint (sf_diagnostics_n_warnings (diag), ==, 3);
  shown = sf_diagnostic_format (sf_diagnostics_warning (diag, 0));
  g_assert_true (g_str_has_prefix (shown, "test.yaml:5:14: warning: 'send' without a connection"));
  g_assert_nonnull (strstr (sf_diagnostics_warning (diag, 1)->message, "'accept' without a listener"));
}

#define WITH_VARIANTS                                                                                              \
  HEAD "expect: [{ends: {how: idle}}]\nvariants:\n"                                                                \
       "  slow: {title: slow, because: light, set: {links.0.delay: 1s, hosts.a.tcp.msl: 5s, hosts.b: {tcp: {msl: " \
       "6s}}}}\n"                                                                                                  \
       "  strict: {expect: []}\n"

static void
test_variants (void)
{
  g_autoptr (SfScenario) standard = load (WITH_VARIANTS);
  g_autoptr (SfScenario) slow = load_as (WITH_VARIANTS, "slow", NULL, 0);
  g_autoptr (SfScenario) strict = load_as (WITH_VARIANTS, "strict", NULL, 0);
  const SfVariantInfo *info = g_ptr_array_index (standard->variants, 0);

  g_assert_cmpuint (standard->variants->len, ==, 2);
  g_assert_cmpstr (info->name, ==, "slow");
  g_assert_cmpstr (sf_wording_in (info->title, NULL), ==, "slow");
  g_assert_cmpstr (g_ptr_array_index (info->sets, 0), ==, "links.0.delay: 1s");
  g_assert_cmpint (link_at (standard, 0)->direction[0].delay, ==, 0);
  g_assert_null (standard->because);

  g_assert_cmpstr (sf_wording_in (slow->title, NULL), ==, "slow");
  g_assert_cmpstr (sf_wording_in (slow->because, NULL), ==, "light");
  g_assert_cmpint (link_at (slow, 0)->direction[1].delay, ==, SF_SEC);
  g_assert_cmpint (sf_plan_host (slow->plan, 0)->profile.msl, ==, 5 * SF_SEC);
  g_assert_cmpint (sf_plan_host (slow->plan, 1)->profile.msl, ==, 6 * SF_SEC);
  g_assert_cmpuint (sf_node_n (slow->expect), ==, 1);
  g_assert_nonnull (strict->expect);
  g_assert_cmpuint (sf_node_n (strict->expect), ==, 0);
}

static void
test_set (void)
{
  /* clang-format off */
  const SfOverride sets[] = {
    { "links.0.delay", "3s", NULL },
    { "run.seed", "9", NULL },
    { "links.1.to b.rate", "1Mbit/s", NULL },
    { "routers", "[r, q]", NULL },
    { "script.a", "[{wait: 2s}]", NULL },
  };
  /* clang-format on */
  g_autoptr (SfScenario) s = load_as (WITH_VARIANTS, "slow", sets, G_N_ELEMENTS (sets));

  g_assert_cmpint (link_at (s, 0)->direction[0].delay, ==, 3 * SF_SEC);
  g_assert_cmpuint (s->run.seed, ==, 9);
  g_assert_cmpuint (link_at (s, 1)->direction[1].rate, ==, 1000000);
  g_assert_cmpuint (link_at (s, 1)->direction[0].rate, ==, 0);
  g_assert_cmpuint (s->plan->hosts->len, ==, 5);
  g_assert_cmpuint (g_array_index (s->plan->programs, SfProgram, 0).steps[0].line, ==, 0);
}

static void
test_override_split (void)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autofree char *path = NULL;
  char *none = NULL;
  const char *value = NULL;

  g_assert_true (sf_override_split ("a.b=c=d", &path, &value, diag));
  g_assert_cmpstr (path, ==, "a.b");
  g_assert_cmpstr (value, ==, "c=d");
  g_assert_false (sf_override_split ("a.b", &none, &value, diag));
  g_assert_null (none);
  g_assert_nonnull (strstr (sf_diagnostics_error (diag)->message, "PATH=VALUE"));
}

/* An alias shares the node of its anchor, but setting a value through one does not change the other. */
static void
test_aliases (void)
{
  const SfOverride set = { "hosts.b.tcp.msl", "9s", NULL };
  g_autoptr (SfScenario)
    s = load_as ("synfin: 1\ntitle: t\nlinks: []\nhosts:\n  a: &host {tcp: {msl: 5s}}\n  b: *host\n", NULL, &set, 1);

  g_assert_cmpint (sf_plan_host (s->plan, 0)->profile.msl, ==, 5 * SF_SEC);
  g_assert_cmpint (sf_plan_host (s->plan, 1)->profile.msl, ==, 9 * SF_SEC);
}

static void
test_nearest (void)
{
  static const char *const names[] = { "delay", "duplicate", "rate", "a", NULL };

  g_assert_cmpstr (sf_nearest_name ("dealy", names), ==, "delay");
  g_assert_cmpstr (sf_nearest_name ("Delay", names), ==, "delay");
  g_assert_cmpstr (sf_nearest_name ("duplciates", names), ==, "duplicate");
  g_assert_cmpstr (sf_nearest_name ("rat", names), ==, "rate");
  g_assert_null (sf_nearest_name ("queue", names));
  g_assert_null (sf_nearest_name ("b", names));
  g_assert_null (sf_nearest_name ("", names));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scenario/words", test_words);
  g_test_add_func ("/scenario/defaults", test_defaults);
  g_test_add_func ("/scenario/addresses", test_addresses);
  g_test_add_func ("/scenario/profiles", test_profiles);
  g_test_add_func ("/scenario/links", test_links);
  g_test_add_func ("/scenario/faults", test_faults);
  g_test_add_func ("/scenario/psh", test_psh);
  g_test_add_func ("/scenario/script", test_script);
  g_test_add_func ("/scenario/processes", test_processes);
  g_test_add_func ("/scenario/warnings", test_warnings);
  g_test_add_func ("/scenario/variants", test_variants);
  g_test_add_func ("/scenario/set", test_set);
  g_test_add_func ("/scenario/override-split", test_override_split);
  g_test_add_func ("/scenario/aliases", test_aliases);
  g_test_add_func ("/scenario/nearest", test_nearest);
  return g_test_run ();
}
