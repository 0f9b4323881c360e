/* SPDX-License-Identifier: MIT
 *
 * Timeouts (RFC 9293 §3.10.8): each timer in the states that have it, checked 1 ns before it is due and at that
 * instant. tests/models/tcp/grid/<STATE>.seg describe how each state is reached; `now` is the instant at which it is.
 */
#include "models/names.h"
#include "models/tcp/tcb.h"
#include "tests/support/endpoint.h"

#include <errno.h>

static void
start (Endpoint *endpoint, const SfProfile *profile, SfState state, gboolean passive)
{
  SfProfile plain = endpoint_profile ();

  endpoint_start (endpoint, profile != NULL ? profile : &plain);
  endpoint_reach (endpoint, state, passive);
}

/* Checks that nothing is sent until 1 ns before `due`, and `sent` at `due`. */
static void
expect_at (Endpoint *endpoint, SfTime due, const char *sent)
{
  endpoint_run_until (endpoint, due - 1);
  endpoint_expect (endpoint, "-");
  endpoint_run_until (endpoint, due);
  endpoint_expect (endpoint, sent);
}

/* Checks that the state is `before` until 1 ns before `due`, `after` at `due`, and that nothing is sent. */
static void
expect_step (Endpoint *endpoint, SfTime due, SfState before, SfState after)
{
  endpoint_run_until (endpoint, due - 1);
  endpoint_assert_state (endpoint, before);
  endpoint_run_until (endpoint, due);
  endpoint_assert_state (endpoint, after);
  endpoint_expect (endpoint, "-");
}

static void
assert_error (Endpoint *endpoint, int error)
{
  int found;

  g_assert_cmpuint (sf_tcp_receive (endpoint->net, endpoint->conn, 100, &found), ==, 0);
  g_assert_cmpstr (sf_errno_name (found), ==, sf_errno_name (error));
}

static void
read_all (Endpoint *endpoint)
{
  int error;

  sf_tcp_receive (endpoint->net, endpoint->conn, G_MAXUINT32, &error);
}

/* --- retransmission --- */

/* RFC 6298 (2.1), (5.5): 1 s, doubled each time, up to rto-max = 60 s. */
static const int waits[] = { 1, 2, 4, 8, 16, 32, 60, 60, 60 };

typedef struct
{
  SfState state;
  gboolean passive;
  guint retries;
  const char *segment; /* the retransmission; NULL: nothing is outstanding */
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
  Endpoint endpoint;

  start (&endpoint, NULL, row->state, row->passive);
  due = endpoint.net->sim.now;
  if (row->segment == NULL)
    {
      endpoint_run (&endpoint, SF_SEC * 3600);
      endpoint_expect (&endpoint, "-");
      endpoint_assert_state (&endpoint, row->after);
      endpoint_stop (&endpoint);
      return;
    }
  for (guint i = 0; i < row->retries; i++)
    {
      due += SF_SEC * waits[i];
      expect_at (&endpoint, due, row->segment);
      endpoint_assert_state (&endpoint, row->state);
    }
  expect_step (&endpoint, due + SF_SEC * waits[row->retries], row->state, row->after);
  if (row->error != 0)
    assert_error (&endpoint, row->error);
  endpoint_stop (&endpoint);
}

/* The largest numbers of retransmissions that a profile can have end a connection, too. */
static void
test_most_retries (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  profile.syn_retries = profile.syn_linear_timeouts = 255;
  start (&endpoint, &profile, SF_SYN_SENT, FALSE);
  endpoint_run (&endpoint, SF_SEC * 86400);
  endpoint_assert_state (&endpoint, SF_CLOSED);
  assert_error (&endpoint, ETIMEDOUT);
  endpoint_stop (&endpoint);
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

/* RFC 6298 (5.3) and section 3: an ACK of new data restarts the timer; a new sample ends the back-off. */
static void
test_restart_by_ack (void)
{
  Endpoint endpoint;
  SfTime now;

  start (&endpoint, NULL, SF_ESTABLISHED, FALSE);
  now = endpoint.net->sim.now;
  expect_at (&endpoint, now + SF_SEC, "P. 41:101(60) ack 21");
  endpoint_run_until (&endpoint, now + SF_MSEC * 1500);
  endpoint_inject (&endpoint, ". 21:21(0) ack 61");
  /* (5.3) with the current RTO: (5.5) has doubled it, and there is no sample, since the acknowledged segment was sent
   * twice (Karn's algorithm): 1.5 s + 2 s */
  expect_at (&endpoint, now + SF_MSEC * 3500, "P. 61:101(40) ack 21");
  endpoint_inject (&endpoint, ". 21:21(0) ack 101");
  endpoint_run (&endpoint, SF_SEC * 3600);
  endpoint_expect (&endpoint, "-"); /* (5.2): all is acknowledged, the timer is stopped */
  endpoint_stop (&endpoint);
}

/* §3.8.6, SHLD-17, MUST-35, MUST-37: a window that shrinks under data in flight is probed while the peer answers. */
static void
test_shrunk_window (void)
{
  Endpoint endpoint;

  start (&endpoint, NULL, SF_ESTABLISHED, FALSE);
  endpoint_inject (&endpoint, ". 21:21(0) ack 41 win 0");
  for (guint i = 0; i < 30; i++)
    {
      endpoint_run (&endpoint, SF_SEC * 60);
      endpoint_inject (&endpoint, ". 21:21(0) ack 41 win 0");
    }
  endpoint_assert_state (&endpoint, SF_ESTABLISHED);
  endpoint_run (&endpoint, SF_SEC * 3600); /* it has died */
  endpoint_assert_state (&endpoint, SF_CLOSED);
  endpoint_stop (&endpoint);
}

/* --- user timeout --- */

static void
test_user_timeout (void)
{
  SfTime now;
  Endpoint endpoint;

  start (&endpoint, NULL, SF_ESTABLISHED, FALSE);
  now = endpoint.net->sim.now;
  sf_tcp_set_option (endpoint.net, endpoint.conn, SF_SO_USER_TIMEOUT, SF_SEC * 10);
  expect_at (&endpoint, now + SF_SEC * 1, "P. 41:101(60) ack 21");
  expect_at (&endpoint, now + SF_SEC * 3, "P. 41:101(60) ack 21");
  expect_at (&endpoint, now + SF_SEC * 7, "P. 41:101(60) ack 21");
  expect_step (&endpoint, now + SF_SEC * 10, SF_ESTABLISHED, SF_CLOSED);
  assert_error (&endpoint, ETIMEDOUT);
  endpoint_stop (&endpoint);
}

static void
test_user_timeout_of_open (void)
{
  SfProfile profile = endpoint_profile ();
  SfTime now;
  Endpoint endpoint;

  profile.user_timeout = SF_SEC * 10;
  start (&endpoint, &profile, SF_SYN_SENT, FALSE);
  now = endpoint.net->sim.now;
  expect_at (&endpoint, now + SF_SEC * 1, "S 0:0(0)");
  expect_at (&endpoint, now + SF_SEC * 3, "S 0:0(0)");
  expect_at (&endpoint, now + SF_SEC * 7, "S 0:0(0)");
  expect_step (&endpoint, now + SF_SEC * 10, SF_SYN_SENT, SF_CLOSED);
  g_assert_cmpuint (endpoint.n_rto_expired, ==, 3); /* the user timeout came before the RTO of 8 s had expired */
  endpoint_stop (&endpoint);
}

/* A user timeout that is shorter than the RTO does not wait for the RTO. */
static void
test_short_user_timeout (void)
{
  static const SfState states[] = { SF_SYN_SENT, SF_ESTABLISHED };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      SfProfile profile = endpoint_profile ();
      SfTime now;
      Endpoint endpoint;

      profile.user_timeout = SF_MSEC * 500;
      start (&endpoint, &profile, states[i], FALSE);
      now = endpoint.net->sim.now;
      expect_step (&endpoint, now + SF_MSEC * 500, states[i], SF_CLOSED);
      g_assert_cmpuint (endpoint.n_rto_expired, ==, 0);
      endpoint_stop (&endpoint);
    }
}

/* --- time-wait and FIN-WAIT-2 --- */

static void
test_time_wait (void)
{
  SfTime now;
  Endpoint endpoint;

  start (&endpoint, NULL, SF_TIME_WAIT, FALSE);
  now = endpoint.net->sim.now;
  expect_step (&endpoint, now + SF_SEC * 240, SF_TIME_WAIT, SF_CLOSED); /* MUST-13: 2 MSL, MSL 2 minutes */
  endpoint_stop (&endpoint);
}

static void
test_time_wait_restarts (void)
{
  SfTime now;
  Endpoint endpoint;

  start (&endpoint, NULL, SF_TIME_WAIT, FALSE);
  now = endpoint.net->sim.now;
  endpoint_run (&endpoint, SF_SEC * 100);
  endpoint_inject (&endpoint, "F. 21:21(0) ack 102");
  endpoint_expect (&endpoint, ". 102:102(0) ack 22");
  expect_step (&endpoint, now + SF_SEC * 340, SF_TIME_WAIT, SF_CLOSED);
  endpoint_stop (&endpoint);
}

/* The RFC has no timeout in FIN-WAIT-2. */
static void
test_fin_wait_2_for_ever (void)
{
  Endpoint endpoint;

  start (&endpoint, NULL, SF_FIN_WAIT_2, FALSE);
  read_all (&endpoint);
  sf_tcp_close (endpoint.net, endpoint.conn);
  endpoint_run (&endpoint, SF_SEC * 86400 * 30);
  endpoint_assert_state (&endpoint, SF_FIN_WAIT_2);
  endpoint_expect (&endpoint, "-");
  endpoint_stop (&endpoint);
}

/* Some stacks have one, as a knob here: only after the application has closed. */
static void
test_fin_wait_2_timeout (void)
{
  SfProfile profile = endpoint_profile ();
  SfTime now;
  Endpoint endpoint;

  profile.fin_wait_2_timeout = SF_SEC * 60;
  start (&endpoint, &profile, SF_FIN_WAIT_2, FALSE);
  endpoint_run (&endpoint, SF_SEC * 100);
  endpoint_assert_state (&endpoint, SF_FIN_WAIT_2);
  read_all (&endpoint);
  g_string_truncate (endpoint.sent, 0);
  now = endpoint.net->sim.now;
  sf_tcp_close (endpoint.net, endpoint.conn);
  expect_step (&endpoint, now + SF_SEC * 60, SF_FIN_WAIT_2, SF_CLOSED);
  endpoint_stop (&endpoint);
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
  Endpoint endpoint;

  start (&endpoint, NULL, row->state, FALSE);
  endpoint_inject (&endpoint, row->text);
  expect_at (&endpoint, endpoint.net->sim.now + SF_MSEC * 200, row->ack);
  endpoint_run (&endpoint, SF_SEC * 3600);
  endpoint_expect (&endpoint, "-");
  endpoint_stop (&endpoint);
}

/* SHLD-19: every second full-sized segment. */
static void
test_every_second_segment (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  profile.receive_buffer = 10000;
  start (&endpoint, &profile, SF_ESTABLISHED, FALSE);
  endpoint_inject (&endpoint, ". 21:557(536) ack 101");
  endpoint_expect (&endpoint, "-");
  endpoint_inject (&endpoint, ". 557:1093(536) ack 101");
  endpoint_expect (&endpoint, ". 101:101(0) ack 1093");
  endpoint_run (&endpoint, SF_SEC);
  endpoint_expect (&endpoint, "-");
  endpoint_stop (&endpoint);
}

/* --- persist --- */

/* §3.8.6.1: the first probe after the RTO (SHLD-29), then exponential back-off (SHLD-30), as long as the peer answers
 * (MUST-37). */
static void
test_persist (void)
{
  SfTime due;
  Endpoint endpoint;

  start (&endpoint, NULL, SF_ESTABLISHED, FALSE);
  endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 0");
  endpoint_send (&endpoint, 10);
  due = endpoint.net->sim.now;
  for (guint i = 0; i < 40; i++)
    {
      due += SF_SEC * waits[MIN (i, G_N_ELEMENTS (waits) - 1)];
      expect_at (&endpoint, due, ". 101:102(1) ack 21");
      endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 0");
    }
  endpoint_assert_state (&endpoint, SF_ESTABLISHED);
  endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 1000");
  endpoint_expect (&endpoint, "P. 101:111(10) ack 21");
  endpoint_stop (&endpoint);
}

/* §3.8.3: probes without an answer count as retransmissions, and end at R2. */
static void
test_persist_unanswered (void)
{
  SfTime due;
  Endpoint endpoint;

  start (&endpoint, NULL, SF_ESTABLISHED, FALSE);
  endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 0");
  endpoint_send (&endpoint, 10);
  due = endpoint.net->sim.now;
  for (guint i = 0; i < 8; i++)
    {
      due += SF_SEC * waits[i];
      expect_at (&endpoint, due, ". 101:102(1) ack 21");
    }
  expect_step (&endpoint, due + SF_SEC * 60, SF_ESTABLISHED, SF_CLOSED);
  assert_error (&endpoint, ETIMEDOUT);
  endpoint_stop (&endpoint);
}

/* --- keepalive --- */

static void
start_idle (Endpoint *endpoint)
{
  start (endpoint, NULL, SF_ESTABLISHED, FALSE);
  endpoint_inject (endpoint, ". 21:21(0) ack 101");
}

/* MUST-25: off unless the application turns it on. */
static void
test_keepalive_off (void)
{
  Endpoint endpoint;

  start_idle (&endpoint);
  endpoint_run (&endpoint, SF_SEC * 86400 * 30);
  endpoint_expect (&endpoint, "-");
  endpoint_assert_state (&endpoint, SF_ESTABLISHED);
  endpoint_stop (&endpoint);
}

/* MUST-28: after two hours; SHLD-12: no data; MUST-29: one probe without an answer does not end the connection. */
static void
test_keepalive (void)
{
  SfTime now;
  Endpoint endpoint;

  start_idle (&endpoint);
  now = endpoint.net->sim.now;
  sf_tcp_set_option (endpoint.net, endpoint.conn, SF_SO_KEEPALIVE, 1); /* MUST-24 */
  expect_at (&endpoint, now + SF_SEC * 7200, ". 100:100(0) ack 21");
  expect_at (&endpoint, now + SF_SEC * 7275, ". 100:100(0) ack 21");
  endpoint_inject (&endpoint, ". 21:21(0) ack 101");
  now = endpoint.net->sim.now;
  for (guint i = 0; i < 9; i++)
    expect_at (&endpoint, now + SF_SEC * (7200 + 75 * i), ". 100:100(0) ack 21");
  endpoint_run_until (&endpoint, now + SF_SEC * (7200 + 75 * 9) - 1);
  endpoint_assert_state (&endpoint, SF_ESTABLISHED);
  endpoint_run (&endpoint, 1);
  endpoint_assert_state (&endpoint, SF_CLOSED);
  assert_error (&endpoint, ETIMEDOUT);
  endpoint_stop (&endpoint);
}

/* There are no probes in TIME-WAIT (§3.10.7.4: "turn off the other timers"), though the option can be set. */
static void
test_keepalive_in_time_wait (void)
{
  Endpoint endpoint;

  start (&endpoint, NULL, SF_TIME_WAIT, FALSE); /* with text to be read */
  sf_tcp_set_option (endpoint.net, endpoint.conn, SF_SO_KEEPIDLE, SF_SEC);
  sf_tcp_set_option (endpoint.net, endpoint.conn, SF_SO_KEEPALIVE, 1);
  endpoint_run (&endpoint, SF_SEC * 239);
  endpoint_expect (&endpoint, "-");
  endpoint_assert_state (&endpoint, SF_TIME_WAIT);
  endpoint_stop (&endpoint);
}

/* MUST-26: no probes while data is outstanding, because the retransmission timer runs. */
static void
test_keepalive_and_data (void)
{
  SfTime now;
  Endpoint endpoint;

  start (&endpoint, NULL, SF_ESTABLISHED, FALSE); /* 60 bytes are outstanding */
  now = endpoint.net->sim.now;
  sf_tcp_set_option (endpoint.net, endpoint.conn, SF_SO_KEEPALIVE, 1);
  sf_tcp_set_option (endpoint.net, endpoint.conn, SF_SO_KEEPIDLE, SF_MSEC * 2500);
  expect_at (&endpoint, now + SF_SEC, "P. 41:101(60) ack 21");
  expect_at (&endpoint, now + SF_SEC * 3, "P. 41:101(60) ack 21");
  endpoint_stop (&endpoint);
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
