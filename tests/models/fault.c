/* SPDX-License-Identifier: MIT
 *
 * Faults: every field of a matcher, `nth`, every action to the nanosecond, and faults at instants. The link has a delay
 * of 10 ms and no transmission time. Times in the logs are in µs.
 */
#include "tests/support/network.h"

#include "models/fault_apply.h"

#include <string.h>

/* Hosts of the fixture. */
enum
{
  A,
  B
};

static SfMatch
any_segment (void)
{
  return (SfMatch){ .from = SF_NO_HOST, .to = SF_NO_HOST, .state_host = SF_NO_HOST, .state = SF_ANY_STATE };
}

static void
add_link (Network *network)
{
  guint16 a = network_add_host (network), b = network_add_host (network);

  sf_plan_add_link (network->plan, a, b, &(SfDirectionPlan){ .delay = 10 * SF_MSEC });
}

/* Returns the handle of the `i`-th segment, from 0, on the link from A. */
static guint32
in_flight (const SfNet *net, guint32 i)
{
  return ((const SfInFlight *) sf_ring_at (&net->directions[0].in_flight, i))->segment;
}

/* Starts the network with one rule for all segments from A. */
static void
start_with (Network *network, SfFaultRule rule)
{
  rule.match = any_segment ();
  rule.match.from = A;
  add_link (network);
  g_array_append_val (network->plan->faults, rule);
  network_start (network);
}

static void
start_with_timed (Network *network, const SfTimedFault *faults, guint n)
{
  add_link (network);
  g_array_append_vals (network->plan->timed_faults, faults, n);
  network_start (network);
}

/* --- matching --- */

/* Returns the segment on which the matchers below are tried: the second data segment of a connection. */
static SfSegment
data_segment (void)
{
  SfSegment seg = network_segment (A, B, 100);

  seg.sport = 49152;
  seg.dport = 80;
  seg.flags = SF_ACK | SF_PSH;
  seg.seq_base = sf_seq (G_MAXUINT32 - 50); /* so the sequence numbers wrap */
  seg.seq = sf_seq_add (seg.seq_base, 101);
  seg.ack_base = sf_seq (G_MAXUINT32);
  seg.ack = sf_seq_add (seg.ack_base, 1);
  seg.conn_nth = 2;
  return seg;
}

/* TRUE if `match` matches `seg`, which is sent now: rules look only at such segments. */
static gboolean
matches (const Network *network, SfMatch match)
{
  SfSegment seg = data_segment ();

  seg.sent_at = network->net->sim.now;
  return sf_fault_matches (network->net, &match, &seg);
}

static void
test_match_addresses (Network *network, gconstpointer data)
{
  SfMatch any = any_segment (), match;

  (void) data;
  add_link (network);
  network_start (network);
  g_assert_true (matches (network, any));
  match = any, match.from = A;
  g_assert_true (matches (network, match));
  match = any, match.from = B;
  g_assert_false (matches (network, match));
  match = any, match.to = B;
  g_assert_true (matches (network, match));
  match = any, match.to = A;
  g_assert_false (matches (network, match));
  match = any, match.sport = 49152;
  g_assert_true (matches (network, match));
  match = any, match.sport = 80;
  g_assert_false (matches (network, match));
  match = any, match.dport = 80;
  g_assert_true (matches (network, match));
  match = any, match.dport = 81;
  g_assert_false (matches (network, match));
  match = any, match.conn_nth = 2;
  g_assert_true (matches (network, match));
  match = any, match.conn_nth = 1;
  g_assert_false (matches (network, match));
}

static void
test_match_flags (Network *network, gconstpointer data)
{
  SfMatch any = any_segment (), match;

  (void) data;
  add_link (network);
  network_start (network);
  match = any, match.flags_set = SF_ACK | SF_PSH, match.flags_clear = SF_SYN | SF_FIN | SF_RST;
  g_assert_true (matches (network, match));
  match = any, match.flags_set = SF_ACK | SF_FIN;
  g_assert_false (matches (network, match));
  match = any, match.flags_clear = SF_PSH | SF_SYN;
  g_assert_false (matches (network, match));
  match = any, match.has_retransmit = TRUE;
  g_assert_true (matches (network, match));
  match = any, match.has_retransmit = TRUE, match.retransmit = TRUE;
  g_assert_false (matches (network, match));
}

/* Ranges include both ends. */
static void
test_match_numbers (Network *network, gconstpointer data)
{
  SfMatch any = any_segment (), match;
  /* clang-format off */
  const struct { guint32 min, max; gboolean len, seq, ack; } rows[] = {
    { 100, 100, TRUE, FALSE, FALSE },
    { 99, 101, TRUE, TRUE, FALSE },
    { 101, 101, FALSE, TRUE, FALSE },
    { 102, G_MAXUINT32, FALSE, FALSE, FALSE },
    { 0, 1, FALSE, FALSE, TRUE },
    { 0, 0, FALSE, FALSE, FALSE },
    { 0, G_MAXUINT32, TRUE, TRUE, TRUE },
  };
  /* clang-format on */

  (void) data;
  add_link (network);
  network_start (network);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      match = any, match.has_len = TRUE, match.len_min = rows[i].min, match.len_max = rows[i].max;
      g_assert_cmpint (matches (network, match), ==, rows[i].len);
      match = any, match.has_seq = TRUE, match.seq_min = rows[i].min, match.seq_max = rows[i].max;
      g_assert_cmpint (matches (network, match), ==, rows[i].seq);
      match = any, match.has_ack = TRUE, match.ack_min = rows[i].min, match.ack_max = rows[i].max;
      g_assert_cmpint (matches (network, match), ==, rows[i].ack);
    }
}

/* A segment without the ACK bit has no acknowledgment number, whatever is in the field. */
static void
test_match_ack_of_none (Network *network, gconstpointer data)
{
  SfMatch match = any_segment ();
  SfSegment seg = data_segment ();

  (void) data;
  add_link (network);
  network_start (network);
  match.has_ack = TRUE;
  match.ack_max = G_MAXUINT32;
  g_assert_true (sf_fault_matches (network->net, &match, &seg));
  seg.flags = SF_SYN;
  g_assert_false (sf_fault_matches (network->net, &match, &seg));
}

static void
test_match_retransmission (Network *network, gconstpointer data)
{
  SfMatch match = any_segment ();
  SfSegment seg = data_segment ();

  (void) data;
  add_link (network);
  network_start (network);
  seg.marks = SF_SEG_RETRANSMIT;
  match.has_retransmit = TRUE;
  g_assert_false (sf_fault_matches (network->net, &match, &seg));
  match.retransmit = TRUE;
  g_assert_true (sf_fault_matches (network->net, &match, &seg));
}

static void
test_match_time (Network *network, gconstpointer data)
{
  SfMatch any = any_segment (), match;

  (void) data;
  add_link (network);
  network_start (network);
  network->net->sim.now = 5;
  match = any, match.not_before = 5, match.not_after = 5;
  g_assert_true (matches (network, match));
  match = any, match.not_before = 5;
  g_assert_true (matches (network, match));
  match = any, match.not_before = 6;
  g_assert_false (matches (network, match));
  match = any, match.not_after = 4;
  g_assert_false (matches (network, match));
}

static void
test_match_state (Network *network, gconstpointer data)
{
  SfMatch any = any_segment (), match;

  (void) data;
  add_link (network);
  network_start (network);
  fake_tcp (network->net)->state[B] = SF_TIME_WAIT;
  match = any, match.state_host = B, match.state = SF_TIME_WAIT;
  g_assert_true (matches (network, match));
  match = any, match.state_host = B, match.state = SF_ESTABLISHED;
  g_assert_false (matches (network, match));
  match = any, match.state_host = A, match.state = SF_CLOSED;
  g_assert_true (matches (network, match));
  match = any, match.state_host = A;
  g_assert_true (matches (network, match));
}

/* --- nth --- */

/* Returns which of five segments are dropped if `nth` is from `first` to `last`. */
static void
test_nth (void)
{
  const struct
  {
    guint32 first, last;
    const char *dropped;
  } rows[] = {
    { 0, 0, "12345" }, { 1, 1, "1" }, { 2, 3, "23" }, { 3, 0, "345" }, { 5, 9, "5" }, { 6, 0, "" }, { 0, 2, "12" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SfFaultRule rule = { .match = any_segment () };
      Network network;

      network_setup (&network, NULL);
      add_link (&network);
      rule.match.nth_first = rows[i].first;
      rule.match.nth_last = rows[i].last;
      g_array_append_val (network.plan->faults, rule);
      network_start (&network);
      network_send_some (network.net, 0, A, B, 0, 5);
      sf_net_run (network.net, SF_NEVER, G_MAXUINT64);
      for (guint n = 1; n <= 5; n++)
        {
          g_autofree char *word = g_strdup_printf ("dropped %u@0/0", n);
          gboolean expected = strchr (rows[i].dropped, '0' + (int) n) != NULL;

          g_assert_cmpint (strstr (network.log->str, word) != NULL, ==, expected);
        }
      g_assert_cmpuint (network.net->fault_matches[0], ==, 5);
      network_teardown (&network, NULL);
    }
}

/* Returns how many of 1000 segments are dropped with probability `p`. */
static guint
count_dropped (double p)
{
  SfFaultRule rule = { .match = any_segment (), .has_chance = TRUE, .chance = sf_probability (p) };
  guint n_dropped = 0;
  Network network;

  network_setup (&network, NULL);
  add_link (&network);
  g_array_append_val (network.plan->faults, rule);
  network_start (&network);
  network_send_some (network.net, 0, A, B, 0, 1000);
  sf_net_run (network.net, SF_NEVER, G_MAXUINT64);
  for (const char *at = network.log->str; (at = strstr (at, "dropped")) != NULL; at++)
    n_dropped++;
  g_assert_cmpuint (network.net->fault_matches[0], ==, 1000);
  network_teardown (&network, NULL);
  return n_dropped;
}

/* 300 of 1000 are expected; the standard deviation is 14.5. */
static void
test_probability (void)
{
  guint n = count_dropped (0.3);

  g_assert_cmpuint (n, >, 240);
  g_assert_cmpuint (n, <, 360);
  g_assert_cmpuint (count_dropped (0.3), ==, n);
  g_assert_cmpuint (count_dropped (0), ==, 0);
  g_assert_cmpuint (count_dropped (1), ==, 1000);
}

/* Every rule counts a segment, even if another rule has dropped it: rule 1 acts on the second, not the third. */
static void
test_rules_count_all (Network *network, gconstpointer data)
{
  SfFaultRule rules[] = { { .match = any_segment () }, { .match = any_segment () } };

  (void) data;
  rules[0].match.nth_first = rules[0].match.nth_last = 1;
  rules[1].match.nth_first = rules[1].match.nth_last = 2;
  add_link (network);
  g_array_append_vals (network->plan->faults, rules, 2);
  network_start (network);
  network_send_some (network->net, 0, A, B, 0, 3);
  network_assert_log (network, "send 1@0; dropped 1@0/0; send 2@0; dropped 2@0/1; send 3@0; arrive 3@10000");
}

static void
test_first_rule_acts (Network *network, gconstpointer data)
{
  SfFaultRule rules[] = { { .match = any_segment (), .action = SF_FAULT_CORRUPT }, { .match = any_segment () } };

  (void) data;
  rules[0].match.len_min = rules[0].match.len_max = 7;
  rules[0].match.has_len = TRUE;
  add_link (network);
  g_array_append_vals (network->plan->faults, rules, 2);
  network_start (network);
  network_send_some (network->net, 0, A, B, 7, 1);
  network_send_some (network->net, 0, A, B, 8, 1);
  network_assert_log (network, "send 1@0; corrupted 1@0/0; send 2@0; dropped 2@0/1; arrive 1!@10000");
}

/* --- actions --- */

static void
test_delay (Network *network, gconstpointer data)
{
  (void) data;
  start_with (network, (SfFaultRule){ .action = SF_FAULT_DELAY, .time = 3 * SF_MSEC });
  network_send_some (network->net, SF_MSEC, A, B, 0, 1);
  network_send_some (network->net, SF_MSEC, B, A, 0, 1);
  network_assert_log (network, "send 1@1000; delayed 1@1000>4000/0; send 2@1000; arrive 2@11000; arrive 1@14000");
}

/* The delay is 3 ms and between 0 and 4 ms more. */
static void
test_delay_by_chance (Network *network, gconstpointer data)
{
  guint64 least = G_MAXUINT64, most = 0;

  (void) data;
  start_with (network, (SfFaultRule){
                         .action = SF_FAULT_DELAY,
                         .time = 3 * SF_MSEC,
                         .has_jitter = TRUE,
                         .jitter = { .kind = SF_DIST_UNIFORM, .a = 0, .b = 4 * SF_MSEC },
                       });
  network_send_some (network->net, 0, A, B, 0, 200);
  sf_net_run (network->net, SF_NEVER, G_MAXUINT64);
  for (const char *at = network->log->str; (at = strstr (at, "arrive")) != NULL; at++)
    {
      guint64 t = g_ascii_strtoull (strchr (at, '@') + 1, NULL, 10);

      least = MIN (least, t);
      most = MAX (most, t);
    }
  g_assert_cmpuint (least, >=, 13000);
  g_assert_cmpuint (least, <, 13200);
  g_assert_cmpuint (most, >, 16800);
  g_assert_cmpuint (most, <=, 17000);
}

/* A copy is made when it leaves, and no rule looks at it. */
static void
test_duplicate (Network *network, gconstpointer data)
{
  (void) data;
  start_with (network,
              (SfFaultRule){ .action = SF_FAULT_DUPLICATE, .time = 3 * SF_MSEC, .copies = 2, .spacing = SF_MSEC });
  network_send_some (network->net, SF_MSEC, A, B, 0, 1);
  network_send_some (network->net, SF_MSEC + SF_MSEC / 2, B, A, 0, 1);
  network_assert_log (network, "send 1@1000; send 2@1500; copied 1=3@4000/0; copied 1=4@5000/0; "
                               "arrive 1@11000; arrive 2@11500; arrive 3@14000; arrive 4@15000");
}

static void
test_duplicate_at_once (Network *network, gconstpointer data)
{
  (void) data;
  start_with (network, (SfFaultRule){ .action = SF_FAULT_DUPLICATE });
  network_send_some (network->net, 0, A, B, 0, 1);
  network_assert_log (network, "send 1@0; copied 1=2@0/0; arrive 1@10000; arrive 2@10000");
}

static void
test_hold (Network *network, gconstpointer data)
{
  (void) data;
  start_with (network, (SfFaultRule){ .action = SF_FAULT_HOLD, .time = 5 * SF_MSEC });
  network_send_some (network->net, SF_MSEC, A, B, 0, 1);
  network_send_some (network->net, 2 * SF_MSEC, A, B, 0, 1);
  network_send_some (network->net, 5 * SF_MSEC + 1, A, B, 0, 1);
  network_assert_log (network, "send 1@1000; held 1@1000>5000/0; send 2@2000; held 2@2000>5000/0; "
                               "released 1@5000/0; released 2@5000/0; send 3@5000.001; "
                               "arrive 1@15000; arrive 2@15000; arrive 3@15000.001");
}

static void
test_replay (Network *network, gconstpointer data)
{
  (void) data;
  start_with (network,
              (SfFaultRule){ .action = SF_FAULT_REPLAY, .time = 70 * SF_MSEC, .copies = 2, .spacing = SF_MSEC });
  network_send_some (network->net, 0, A, B, 0, 1);
  network_assert_log (network, "send 1@0; arrive 1@10000; copied 1=2@70000/0; copied 1=3@71000/0; "
                               "arrive 2@80000; arrive 3@81000");
}

/* The instant is in the past, so the segment leaves at once. */
static void
test_replay_late (Network *network, gconstpointer data)
{
  (void) data;
  start_with (network, (SfFaultRule){ .action = SF_FAULT_REPLAY, .time = 70 * SF_MSEC, .copies = 1 });
  network_send_some (network->net, 80 * SF_MSEC, A, B, 0, 1);
  network_assert_log (network, "send 1@80000; copied 1=2@80000/0; arrive 1@90000; arrive 2@90000");
}

/* A copy is equal to the original but for its id, its marks and its times. */
static void
test_copy_content (Network *network, gconstpointer data)
{
  SfSegment seg = data_segment (), copy;
  guint32 handle;

  (void) data;
  start_with (network, (SfFaultRule){ .action = SF_FAULT_DUPLICATE, .time = SF_MSEC });
  seg.marks = SF_SEG_RETRANSMIT;
  network_send (network->net, 0, &seg);
  sf_net_run (network->net, SF_MSEC, G_MAXUINT64);
  g_assert_cmpuint (network->net->directions[0].in_flight.len, ==, 2);
  handle = in_flight (network->net, 1);
  copy = *sf_net_segment (network->net, handle);
  g_assert_cmpuint (copy.id, ==, 2);
  g_assert_cmpuint (copy.copy_of, ==, 1);
  g_assert_cmpint (copy.sent_at, ==, SF_MSEC);
  g_assert_cmpint (copy.arrives_at, ==, 11 * SF_MSEC);
  g_assert_cmpuint (copy.marks, ==, SF_SEG_RETRANSMIT | SF_SEG_COPY);
  copy.id = copy.copy_of = 0;
  copy.sent_at = copy.arrives_at = 0;
  copy.marks = seg.marks;
  g_assert_cmpmem (&copy, sizeof copy, &seg, sizeof seg);
}

/* --- faults at instants --- */

/* Segments to a crashed host are lost; the network still sends the segments of that host that it holds back. */
static void
test_crash_and_reboot (Network *network, gconstpointer data)
{
  const SfTimedFault faults[] = {
    { .kind = SF_TIMED_CRASH, .at = 2 * SF_MSEC, .index = A },
    { .kind = SF_TIMED_CRASH, .at = 3 * SF_MSEC, .index = A },
    { .kind = SF_TIMED_REBOOT, .at = 12 * SF_MSEC, .index = A },
    { .kind = SF_TIMED_REBOOT, .at = 13 * SF_MSEC, .index = A },
  };

  (void) data;
  g_array_append_vals (network->plan->timed_faults, faults, G_N_ELEMENTS (faults));
  start_with (network, (SfFaultRule){ .action = SF_FAULT_DELAY, .time = 3 * SF_MSEC });
  network_send_some (network->net, SF_MSEC, A, B, 0, 1);
  network_send_some (network->net, SF_MSEC, B, A, 0, 1);
  network_send_some (network->net, 2 * SF_MSEC, B, A, 0, 1);
  network_assert_log (network, "send 1@1000; delayed 1@1000>4000/0; send 2@1000; host 0 down@2000; send 3@2000; "
                               "host-down 2@11000; host 0 up@12000; arrive 3@12000; arrive 1@14000");
  g_assert_cmpuint (fake_tcp (network->net)->crashes, ==, 1);
  g_assert_cmpuint (fake_tcp (network->net)->process_crashes, ==, 1);
  g_assert_cmpuint (fake_tcp (network->net)->process_reboots, ==, 1);
  g_assert_cmpint (network->net->hosts[A].booted, ==, 12 * SF_MSEC);
}

/* Runs a world with one forged segment and returns that segment as it is on the link. */
static SfSegment
inject (Network *network, gboolean relative, const SfTcpStatus *at_a, const SfTcpStatus *at_b)
{
  SfTimedFault fault = { .kind = SF_TIMED_INJECT, .at = SF_MSEC, .segment = data_segment (), .relative = relative };
  SfSegment seg;

  fault.segment.seq = sf_seq (101);
  fault.segment.ack = sf_seq (7);
  fault.segment.seq_base = fault.segment.ack_base = sf_seq (0);
  start_with_timed (network, &fault, 1);
  if (at_a != NULL)
    fake_tcp (network->net)->status[A] = *at_a;
  if (at_b != NULL)
    fake_tcp (network->net)->status[B] = *at_b;
  sf_net_run (network->net, SF_MSEC, G_MAXUINT64);
  g_assert_cmpuint (network->net->directions[0].in_flight.len, ==, 1);
  seg = *sf_net_segment (network->net, in_flight (network->net, 0));
  g_assert_cmpuint (seg.marks, ==, SF_SEG_INJECTED);
  g_assert_cmpint (seg.sent_at, ==, SF_MSEC);
  network_assert_log (network, "injected 1@1000; arrive 1@11000");
  return seg;
}

static void
assert_numbers (const SfSegment *seg, guint32 seq, guint32 ack, guint32 seq_base, guint32 ack_base)
{
  g_assert_cmpuint (seg->seq.v, ==, seq);
  g_assert_cmpuint (seg->ack.v, ==, ack);
  g_assert_cmpuint (seg->seq_base.v, ==, seq_base);
  g_assert_cmpuint (seg->ack_base.v, ==, ack_base);
}

/* The ISS is 1000 at A and 5000 at B. 3000 and 9000 are those of an older incarnation. */
static const SfTcpStatus at_a = { .serial = 1, .state = SF_ESTABLISHED, .iss = { 1000 }, .irs = { 5000 } };
static const SfTcpStatus at_b = { .serial = 2, .state = SF_ESTABLISHED, .iss = { 5000 }, .irs = { 1000 } };
static const SfTcpStatus old_at_b = { .serial = 2, .state = SF_TIME_WAIT, .iss = { 9000 }, .irs = { 3000 } };
static const SfTcpStatus opening_at_a = { .serial = 1, .state = SF_SYN_SENT, .iss = { 1000 }, .irs = { 77 } };

static void
test_inject_known_to_sender (Network *network, gconstpointer data)
{
  SfSegment seg = inject (network, TRUE, &at_a, NULL);

  (void) data;
  assert_numbers (&seg, 1101, 5007, 1000, 5000);
}

static void
test_inject_known_to_receiver (Network *network, gconstpointer data)
{
  SfSegment seg = inject (network, TRUE, NULL, &at_b);

  (void) data;
  assert_numbers (&seg, 1101, 5007, 1000, 5000);
}

static void
test_inject_known_to_both (Network *network, gconstpointer data)
{
  SfSegment seg = inject (network, TRUE, &at_a, &old_at_b);

  (void) data;
  assert_numbers (&seg, 1101, 9007, 1000, 9000);
}

/* In SYN-SENT the IRS is not known yet. */
static void
test_inject_half_known (Network *network, gconstpointer data)
{
  SfSegment seg = inject (network, TRUE, &opening_at_a, NULL);

  (void) data;
  assert_numbers (&seg, 1101, 7, 1000, 0);
}

static void
test_inject_unknown (Network *network, gconstpointer data)
{
  SfSegment seg = inject (network, TRUE, NULL, NULL);

  (void) data;
  assert_numbers (&seg, 101, 7, 0, 0);
}

/* Absolute numbers do not change; the numbers that they are relative to are set all the same. */
static void
test_inject_absolute (Network *network, gconstpointer data)
{
  SfSegment seg = inject (network, FALSE, &at_a, NULL);

  (void) data;
  assert_numbers (&seg, 101, 7, 1000, 5000);
}

/* Rules do not look at forged segments. */
static void
test_inject_past_rules (Network *network, gconstpointer data)
{
  const SfTimedFault fault = { .kind = SF_TIMED_INJECT, .at = 0, .segment = data_segment () };

  (void) data;
  g_array_append_val (network->plan->timed_faults, fault);
  start_with (network, (SfFaultRule){ .action = SF_FAULT_DROP });
  network_assert_log (network, "injected 1@0; arrive 1@10000");
  g_assert_cmpuint (network->net->fault_matches[0], ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  network_add_test ("/fault/match/addresses", test_match_addresses);
  network_add_test ("/fault/match/flags", test_match_flags);
  network_add_test ("/fault/match/numbers", test_match_numbers);
  network_add_test ("/fault/match/ack-of-none", test_match_ack_of_none);
  network_add_test ("/fault/match/retransmission", test_match_retransmission);
  network_add_test ("/fault/match/time", test_match_time);
  network_add_test ("/fault/match/state", test_match_state);
  g_test_add_func ("/fault/nth", test_nth);
  g_test_add_func ("/fault/probability", test_probability);
  network_add_test ("/fault/rules-count-all", test_rules_count_all);
  network_add_test ("/fault/first-rule-acts", test_first_rule_acts);
  network_add_test ("/fault/delay", test_delay);
  network_add_test ("/fault/delay-by-chance", test_delay_by_chance);
  network_add_test ("/fault/duplicate", test_duplicate);
  network_add_test ("/fault/duplicate-at-once", test_duplicate_at_once);
  network_add_test ("/fault/hold", test_hold);
  network_add_test ("/fault/replay", test_replay);
  network_add_test ("/fault/replay-late", test_replay_late);
  network_add_test ("/fault/copy-content", test_copy_content);
  network_add_test ("/fault/crash-and-reboot", test_crash_and_reboot);
  network_add_test ("/fault/inject/known-to-sender", test_inject_known_to_sender);
  network_add_test ("/fault/inject/known-to-receiver", test_inject_known_to_receiver);
  network_add_test ("/fault/inject/known-to-both", test_inject_known_to_both);
  network_add_test ("/fault/inject/half-known", test_inject_half_known);
  network_add_test ("/fault/inject/unknown", test_inject_unknown);
  network_add_test ("/fault/inject/absolute", test_inject_absolute);
  network_add_test ("/fault/inject/past-rules", test_inject_past_rules);
  return g_test_run ();
}
