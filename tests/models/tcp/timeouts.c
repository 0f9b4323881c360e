/* SPDX-License-Identifier: MIT
 *
 * Timeouts (RFC 9293 §3.10.8): each timer in the states that have it, looked at 1 ns before it is due and when it is.
 * States are reached as tests/models/tcp/grid/<STATE>.seg tell; "now" below is the instant of that.
 */
#include "models/names.h"
#include "models/tcp/tcb.h"
#include "tests/support/wire.h"

#include <errno.h>

static void
start (Wire *wire, const SfProfile *profile, SfState state, gboolean passive)
{
  SfProfile plain = wire_profile ();

  wire_start (wire, profile != NULL ? profile : &plain);
  wire_reach (wire, state, passive);
}

/* Nothing is sent up to 1 ns before `due`; `sent` is at `due`. */
static void
expect_at (Wire *wire, SfTime due, const char *sent)
{
  wire_run_until (wire, due - 1);
  wire_expect (wire, "-");
  wire_run_until (wire, due);
  wire_expect (wire, sent);
}

/* The state is still `before` 1 ns before `due`, and `after` then; nothing is sent. */
static void
expect_step (Wire *wire, SfTime due, SfState before, SfState after)
{
  wire_run_until (wire, due - 1);
  wire_assert_state (wire, before);
  wire_run_until (wire, due);
  wire_assert_state (wire, after);
  wire_expect (wire, "-");
}

static void
assert_error (Wire *wire, int error)
{
  int found;

  g_assert_cmpuint (sf_tcp_receive (wire->net, wire->conn, 100, &found), ==, 0);
  g_assert_cmpstr (sf_errno_name (found), ==, sf_errno_name (error));
}

static void
read_all (Wire *wire)
{
  int error;

  sf_tcp_receive (wire->net, wire->conn, G_MAXUINT32, &error);
}

/* --- retransmission --- */

/* RFC 6298 (2.1), (5.5): 1 s, doubled each time, up to rto-max = 60 s. */
static const int waits[] = { 1, 2, 4, 8, 16, 32, 60, 60, 60 };

typedef struct
{
  SfState state;
  gboolean passive;
  guint retries;
  const char *segment; /* sent again; NULL: nothing is outstanding */
  SfState after;       /* given up */
  int error;
} Retransmission;

static const Retransmission retransmissions[] = {
  { SF_SYN_SENT, FALSE, 7, "S 0:0(0)", SF_CLOSED, ETIMEDOUT },
  { SF_SYN_RECEIVED, FALSE, 7, "S. 0:0(0) ack 1", SF_CLOSED, ETIMEDOUT },
  { SF_SYN_RECEIVED, TRUE, 7, "S. 0:0(0) ack 1", SF_LISTEN, 0 },
  { SF_ESTABLISHED, FALSE, 8, "P. 41:101(60) ack 21", SF_CLOSED, ETIMEDOUT },
  { SF_FIN_WAIT_1, FALSE, 8, "FP. 41:101(60) ack 21", SF_CLOSED, ETIMEDOUT },
  { SF_FIN_WAIT_2, FALSE, 0, NULL, SF_FIN_WAIT_2, 0 },
  { SF_CLOSE_WAIT, FALSE, 8, "P. 41:101(60) ack 22", SF_CLOSED, ETIMEDOUT },
  { SF_CLOSING, FALSE, 8, "FP. 41:101(60) ack 22", SF_CLOSED, ETIMEDOUT },
  { SF_LAST_ACK, FALSE, 8, "FP. 41:101(60) ack 22", SF_CLOSED, ETIMEDOUT },
  { SF_TIME_WAIT, FALSE, 0, NULL, SF_CLOSED, 0 }, /* after 2 MSL */
};

/* "send the segment at the front of the retransmission queue again, reinitialize the retransmission timer" */
static void
test_retransmission (gconstpointer data)
{
  const Retransmission *row = data;
  SfTime due;
  Wire wire;

  start (&wire, NULL, row->state, row->passive);
  due = wire.net->sim.now;
  if (row->segment == NULL)
    {
      wire_run (&wire, SF_SEC * 3600);
      wire_expect (&wire, "-");
      wire_assert_state (&wire, row->after);
      wire_stop (&wire);
      return;
    }
  for (guint i = 0; i < row->retries; i++)
    {
      due += SF_SEC * waits[i];
      expect_at (&wire, due, row->segment);
      wire_assert_state (&wire, row->state);
    }
  expect_step (&wire, due + SF_SEC * waits[row->retries], row->state, row->after);
  if (row->error != 0)
    assert_error (&wire, row->error);
  wire_stop (&wire);
}

/* The most that a profile can ask for is an end, too. */
static void
test_most_retries (void)
{
  SfProfile profile = wire_profile ();
  Wire wire;

  profile.syn_retries = profile.syn_linear_timeouts = 255;
  start (&wire, &profile, SF_SYN_SENT, FALSE);
  wire_run (&wire, SF_SEC * 86400);
  wire_assert_state (&wire, SF_CLOSED);
  assert_error (&wire, ETIMEDOUT);
  wire_stop (&wire);
}

/* §3.8.3: R2 is at least 3 minutes for a SYN (MUST-23) and should be at least 100 s for data (SHLD-11). */
static void
test_r2 (void)
{
  const SfProfile *profile = sf_profile_find ("rfc9293");
  int syn = 0, data = 0;

  for (gint64 i = 0; i <= profile->syn_retries; i++)
    syn += waits[i];
  for (gint64 i = 0; i <= profile->data_retries; i++)
    data += waits[i];
  g_assert_cmpint (syn, >=, 180);
  g_assert_cmpint (data, >=, 100);
}

/* RFC 6298 (5.3) and section 3: an ACK of new data restarts the timer; the RTO is that of the samples again. */
static void
test_restart_by_ack (void)
{
  Wire wire;
  SfTime now;

  start (&wire, NULL, SF_ESTABLISHED, FALSE);
  now = wire.net->sim.now;
  expect_at (&wire, now + SF_SEC, "P. 41:101(60) ack 21");
  wire_run_until (&wire, now + SF_MSEC * 1500);
  wire_inject (&wire, ". 21:21(0) ack 61");
  /* (5.3) with the current RTO, which (5.5) has doubled and no sample has brought down (Karn: what was acknowledged had
   * been sent twice): 1.5 s + 2 s */
  expect_at (&wire, now + SF_MSEC * 3500, "P. 61:101(40) ack 21");
  wire_inject (&wire, ". 21:21(0) ack 101");
  wire_run (&wire, SF_SEC * 3600);
  wire_expect (&wire, "-"); /* (5.2): all is acknowledged, the timer is off */
  wire_stop (&wire);
}

/* §3.8.6, SHLD-17, MUST-35, MUST-37: a window that shrinks under data in flight is probed while the peer answers. */
static void
test_shrunk_window (void)
{
  Wire wire;

  start (&wire, NULL, SF_ESTABLISHED, FALSE);
  wire_inject (&wire, ". 21:21(0) ack 41 win 0");
  for (guint i = 0; i < 30; i++)
    {
      wire_run (&wire, SF_SEC * 60);
      wire_inject (&wire, ". 21:21(0) ack 41 win 0");
    }
  wire_assert_state (&wire, SF_ESTABLISHED);
  wire_run (&wire, SF_SEC * 3600); /* it has died */
  wire_assert_state (&wire, SF_CLOSED);
  wire_stop (&wire);
}

/* --- user timeout --- */

static void
test_user_timeout (void)
{
  SfTime now;
  Wire wire;

  start (&wire, NULL, SF_ESTABLISHED, FALSE);
  now = wire.net->sim.now;
  sf_tcp_set_option (wire.net, wire.conn, SF_SO_USER_TIMEOUT, SF_SEC * 10);
  expect_at (&wire, now + SF_SEC * 1, "P. 41:101(60) ack 21");
  expect_at (&wire, now + SF_SEC * 3, "P. 41:101(60) ack 21");
  expect_at (&wire, now + SF_SEC * 7, "P. 41:101(60) ack 21");
  expect_step (&wire, now + SF_SEC * 10, SF_ESTABLISHED, SF_CLOSED);
  assert_error (&wire, ETIMEDOUT);
  wire_stop (&wire);
}

static void
test_user_timeout_of_open (void)
{
  SfProfile profile = wire_profile ();
  SfTime now;
  Wire wire;

  profile.user_timeout = SF_SEC * 10;
  start (&wire, &profile, SF_SYN_SENT, FALSE);
  now = wire.net->sim.now;
  expect_at (&wire, now + SF_SEC * 1, "S 0:0(0)");
  expect_at (&wire, now + SF_SEC * 3, "S 0:0(0)");
  expect_at (&wire, now + SF_SEC * 7, "S 0:0(0)");
  expect_step (&wire, now + SF_SEC * 10, SF_SYN_SENT, SF_CLOSED);
  g_assert_cmpuint (wire.n_rto_expired, ==, 3); /* the RTO of 8 s was cut short, it has not expired */
  wire_stop (&wire);
}

/* One that is shorter than the RTO does not wait for it. */
static void
test_short_user_timeout (void)
{
  static const SfState states[] = { SF_SYN_SENT, SF_ESTABLISHED };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      SfProfile profile = wire_profile ();
      SfTime now;
      Wire wire;

      profile.user_timeout = SF_MSEC * 500;
      start (&wire, &profile, states[i], FALSE);
      now = wire.net->sim.now;
      expect_step (&wire, now + SF_MSEC * 500, states[i], SF_CLOSED);
      g_assert_cmpuint (wire.n_rto_expired, ==, 0);
      wire_stop (&wire);
    }
}

/* --- time-wait and FIN-WAIT-2 --- */

static void
test_time_wait (void)
{
  SfTime now;
  Wire wire;

  start (&wire, NULL, SF_TIME_WAIT, FALSE);
  now = wire.net->sim.now;
  expect_step (&wire, now + SF_SEC * 240, SF_TIME_WAIT, SF_CLOSED); /* MUST-13: 2 MSL, MSL 2 minutes */
  wire_stop (&wire);
}

static void
test_time_wait_restarts (void)
{
  SfTime now;
  Wire wire;

  start (&wire, NULL, SF_TIME_WAIT, FALSE);
  now = wire.net->sim.now;
  wire_run (&wire, SF_SEC * 100);
  wire_inject (&wire, "F. 21:21(0) ack 102");
  wire_expect (&wire, ". 102:102(0) ack 22");
  expect_step (&wire, now + SF_SEC * 340, SF_TIME_WAIT, SF_CLOSED);
  wire_stop (&wire);
}

/* The RFC has no timeout in FIN-WAIT-2. */
static void
test_fin_wait_2_for_ever (void)
{
  Wire wire;

  start (&wire, NULL, SF_FIN_WAIT_2, FALSE);
  read_all (&wire);
  sf_tcp_close (wire.net, wire.conn);
  wire_run (&wire, SF_SEC * 86400 * 30);
  wire_assert_state (&wire, SF_FIN_WAIT_2);
  wire_expect (&wire, "-");
  wire_stop (&wire);
}

/* The knob of stacks that have one: only once the application has closed. */
static void
test_fin_wait_2_timeout (void)
{
  SfProfile profile = wire_profile ();
  SfTime now;
  Wire wire;

  profile.fin_wait_2_timeout = SF_SEC * 60;
  start (&wire, &profile, SF_FIN_WAIT_2, FALSE);
  wire_run (&wire, SF_SEC * 100);
  wire_assert_state (&wire, SF_FIN_WAIT_2);
  read_all (&wire);
  g_string_truncate (wire.sent, 0);
  now = wire.net->sim.now;
  sf_tcp_close (wire.net, wire.conn);
  expect_step (&wire, now + SF_SEC * 60, SF_FIN_WAIT_2, SF_CLOSED);
  wire_stop (&wire);
}

/* --- delayed ACK --- */

typedef struct
{
  SfState state;
  const char *text, *ack;
} Delay;

static const Delay delays[] = {
  { SF_ESTABLISHED, "P. 21:31(10) ack 101", ". 101:101(0) ack 31" },
  { SF_FIN_WAIT_1, "P. 21:31(10) ack 102", ". 102:102(0) ack 31" },
  { SF_FIN_WAIT_2, "P. 21:31(10) ack 102", ". 102:102(0) ack 31" },
};

/* §3.8.6.3: MUST-40, the delay is below 0.5 s; here delayed-ack is 200 ms. */
static void
test_delayed_ack (gconstpointer data)
{
  const Delay *row = data;
  Wire wire;

  start (&wire, NULL, row->state, FALSE);
  wire_inject (&wire, row->text);
  expect_at (&wire, wire.net->sim.now + SF_MSEC * 200, row->ack);
  wire_run (&wire, SF_SEC * 3600);
  wire_expect (&wire, "-");
  wire_stop (&wire);
}

/* SHLD-19: every second full-sized segment. */
static void
test_every_second_segment (void)
{
  SfProfile profile = wire_profile ();
  Wire wire;

  profile.receive_buffer = 10000;
  start (&wire, &profile, SF_ESTABLISHED, FALSE);
  wire_inject (&wire, ". 21:557(536) ack 101");
  wire_expect (&wire, "-");
  wire_inject (&wire, ". 557:1093(536) ack 101");
  wire_expect (&wire, ". 101:101(0) ack 1093");
  wire_run (&wire, SF_SEC);
  wire_expect (&wire, "-");
  wire_stop (&wire);
}

/* --- persist --- */

/* §3.8.6.1: the first probe after the RTO (SHLD-29), then exponentially (SHLD-30); while it is answered (MUST-37). */
static void
test_persist (void)
{
  SfTime due;
  Wire wire;

  start (&wire, NULL, SF_ESTABLISHED, FALSE);
  wire_inject (&wire, ". 21:21(0) ack 101 win 0");
  wire_send (&wire, 10);
  due = wire.net->sim.now;
  for (guint i = 0; i < 40; i++)
    {
      due += SF_SEC * waits[MIN (i, G_N_ELEMENTS (waits) - 1)];
      expect_at (&wire, due, ". 101:102(1) ack 21");
      wire_inject (&wire, ". 21:21(0) ack 101 win 0");
    }
  wire_assert_state (&wire, SF_ESTABLISHED);
  wire_inject (&wire, ". 21:21(0) ack 101 win 1000");
  wire_expect (&wire, "P. 101:111(10) ack 21");
  wire_stop (&wire);
}

/* §3.8.3: probes that nobody answers are retransmissions as any other, and end at R2. */
static void
test_persist_unanswered (void)
{
  SfTime due;
  Wire wire;

  start (&wire, NULL, SF_ESTABLISHED, FALSE);
  wire_inject (&wire, ". 21:21(0) ack 101 win 0");
  wire_send (&wire, 10);
  due = wire.net->sim.now;
  for (guint i = 0; i < 8; i++)
    {
      due += SF_SEC * waits[i];
      expect_at (&wire, due, ". 101:102(1) ack 21");
    }
  expect_step (&wire, due + SF_SEC * 60, SF_ESTABLISHED, SF_CLOSED);
  assert_error (&wire, ETIMEDOUT);
  wire_stop (&wire);
}

/* --- keepalive --- */

static void
start_idle (Wire *wire)
{
  start (wire, NULL, SF_ESTABLISHED, FALSE);
  wire_inject (wire, ". 21:21(0) ack 101");
}

/* MUST-25: off if nobody asks. */
static void
test_keepalive_off (void)
{
  Wire wire;

  start_idle (&wire);
  wire_run (&wire, SF_SEC * 86400 * 30);
  wire_expect (&wire, "-");
  wire_assert_state (&wire, SF_ESTABLISHED);
  wire_stop (&wire);
}

/* MUST-28: after two hours; SHLD-12: no data; MUST-29: one probe without an answer does not matter. */
static void
test_keepalive (void)
{
  SfTime now;
  Wire wire;

  start_idle (&wire);
  now = wire.net->sim.now;
  sf_tcp_set_option (wire.net, wire.conn, SF_SO_KEEPALIVE, 1); /* MUST-24 */
  expect_at (&wire, now + SF_SEC * 7200, ". 100:100(0) ack 21");
  expect_at (&wire, now + SF_SEC * 7275, ". 100:100(0) ack 21");
  wire_inject (&wire, ". 21:21(0) ack 101");
  now = wire.net->sim.now;
  for (guint i = 0; i < 9; i++)
    expect_at (&wire, now + SF_SEC * (7200 + 75 * i), ". 100:100(0) ack 21");
  wire_run_until (&wire, now + SF_SEC * (7200 + 75 * 9) - 1);
  wire_assert_state (&wire, SF_ESTABLISHED);
  wire_run (&wire, 1);
  wire_assert_state (&wire, SF_CLOSED);
  assert_error (&wire, ETIMEDOUT);
  wire_stop (&wire);
}

/* In TIME-WAIT nobody is there to be probed (§3.10.7.4: "turn off the other timers"), though the socket can be set. */
static void
test_keepalive_in_time_wait (void)
{
  Wire wire;

  start (&wire, NULL, SF_TIME_WAIT, FALSE); /* with text to be read */
  sf_tcp_set_option (wire.net, wire.conn, SF_SO_KEEPIDLE, SF_SEC);
  sf_tcp_set_option (wire.net, wire.conn, SF_SO_KEEPALIVE, 1);
  wire_run (&wire, SF_SEC * 239);
  wire_expect (&wire, "-");
  wire_assert_state (&wire, SF_TIME_WAIT);
  wire_stop (&wire);
}

/* MUST-26: not while data is outstanding: the retransmission timer is at work. */
static void
test_keepalive_and_data (void)
{
  SfTime now;
  Wire wire;

  start (&wire, NULL, SF_ESTABLISHED, FALSE); /* 60 bytes are outstanding */
  now = wire.net->sim.now;
  sf_tcp_set_option (wire.net, wire.conn, SF_SO_KEEPALIVE, 1);
  sf_tcp_set_option (wire.net, wire.conn, SF_SO_KEEPIDLE, SF_MSEC * 2500);
  expect_at (&wire, now + SF_SEC, "P. 41:101(60) ack 21");
  expect_at (&wire, now + SF_SEC * 3, "P. 41:101(60) ack 21");
  wire_stop (&wire);
}

static void
add_tables (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (retransmissions); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tcp/timeouts/retransmission/%s%s",
                                               sf_state_name (retransmissions[i].state),
                                               retransmissions[i].passive ? " (passive)" : "");

      g_test_add_data_func (path, &retransmissions[i], test_retransmission);
    }
  for (guint i = 0; i < G_N_ELEMENTS (delays); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tcp/timeouts/delayed ACK/%s", sf_state_name (delays[i].state));

      g_test_add_data_func (path, &delays[i], test_delayed_ack);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  add_tables ();
  g_test_add_func ("/tcp/timeouts/most retries", test_most_retries);
  g_test_add_func ("/tcp/timeouts/R2", test_r2);
  g_test_add_func ("/tcp/timeouts/ACK restarts the timer", test_restart_by_ack);
  g_test_add_func ("/tcp/timeouts/shrunk window", test_shrunk_window);
  g_test_add_func ("/tcp/timeouts/user timeout", test_user_timeout);
  g_test_add_func ("/tcp/timeouts/user timeout of OPEN", test_user_timeout_of_open);
  g_test_add_func ("/tcp/timeouts/user timeout before the RTO", test_short_user_timeout);
  g_test_add_func ("/tcp/timeouts/time-wait", test_time_wait);
  g_test_add_func ("/tcp/timeouts/repeated FIN restarts time-wait", test_time_wait_restarts);
  g_test_add_func ("/tcp/timeouts/FIN-WAIT-2 for ever", test_fin_wait_2_for_ever);
  g_test_add_func ("/tcp/timeouts/FIN-WAIT-2 timeout", test_fin_wait_2_timeout);
  g_test_add_func ("/tcp/timeouts/every second segment", test_every_second_segment);
  g_test_add_func ("/tcp/timeouts/persist", test_persist);
  g_test_add_func ("/tcp/timeouts/persist unanswered", test_persist_unanswered);
  g_test_add_func ("/tcp/timeouts/keepalive off", test_keepalive_off);
  g_test_add_func ("/tcp/timeouts/keepalive", test_keepalive);
  g_test_add_func ("/tcp/timeouts/keepalive in time-wait", test_keepalive_in_time_wait);
  g_test_add_func ("/tcp/timeouts/keepalive and data", test_keepalive_and_data);
  return g_test_run ();
}
