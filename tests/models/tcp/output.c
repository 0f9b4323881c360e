/* SPDX-License-Identifier: MIT
 *
 * When data and ACKs are sent: Nagle, silly windows, delayed ACKs, PSH, the window, urgent data. One endpoint; its
 * segments have 100
 * bytes, its buffer 1000. Each case stands between the one that just does not and the one that just does.
 */
#include "models/tcp/tcb.h"
#include "tests/support/wire.h"

static SfProfile
profile_of_test (void)
{
  SfProfile profile = wire_profile ();

  profile.default_mss = 100;
  profile.initial_window = 100;
  return profile;
}

static void
start (Wire *wire, const SfProfile *profile)
{
  const SfProfile plain = profile_of_test ();

  wire_start (wire, profile != NULL ? profile : &plain);
  wire_connect (wire);
  wire_inject (wire, "S. 0:0(0) ack 1 win 1000");
  g_free (wire_take_sent (wire));
}

static guint64
receive (Wire *wire, guint64 max)
{
  int error;

  return sf_tcp_receive (wire->net, wire->conn, max, &error);
}

/* §3.7.4: while anything is unacknowledged only full segments go. */
static void
test_nagle (void)
{
  Wire wire;

  start (&wire, NULL);
  wire_send (&wire, 10); /* idle: at once, and with PSH, as nothing follows (MUST-60) */
  wire_expect (&wire, "P. 1:11(10) ack 1");
  wire_send (&wire, 10);
  wire_send (&wire, 79);
  wire_expect (&wire, "-"); /* 89 bytes wait */
  wire_send (&wire, 11);
  wire_expect (&wire, "P. 11:111(100) ack 1");
  wire_send (&wire, 150); /* a full one goes, the rest waits */
  wire_expect (&wire, ". 111:211(100) ack 1");
  wire_inject (&wire, ". 1:1(0) ack 210");
  wire_expect (&wire, "-");
  wire_inject (&wire, ". 1:1(0) ack 211");
  wire_expect (&wire, "P. 211:261(50) ack 1");
  sf_tcp_set_option (wire.net, wire.conn, SF_SO_NODELAY, 1);
  wire_send (&wire, 10);
  wire_expect (&wire, "P. 261:271(10) ack 1");
  wire_stop (&wire);
}

/* A FIN takes the small rest with it. */
static void
test_nagle_fin (void)
{
  Wire wire;

  start (&wire, NULL);
  wire_send (&wire, 10);
  wire_send (&wire, 10);
  wire_expect (&wire, "P. 1:11(10) ack 1");
  sf_tcp_shutdown (wire.net, wire.conn);
  wire_expect (&wire, "FP. 11:21(10) ack 1");
  wire_stop (&wire);
}

/* §3.8.6.2.1: a window below the MSS is used only from half of the largest one seen on; else the override timeout. */
static void
test_silly_sender (gconstpointer avoids)
{
  SfProfile profile = profile_of_test ();
  Wire wire;

  profile.default_mss = 536;
  profile.sws_avoidance = GPOINTER_TO_INT (avoids);
  start (&wire, &profile);
  wire_inject (&wire, ". 1:1(0) ack 1 win 499");
  wire_send (&wire, 2000);
  wire_expect (&wire, profile.sws_avoidance ? "-" : ". 1:500(499) ack 1");
  if (profile.sws_avoidance)
    {
      wire_inject (&wire, ". 1:1(0) ack 1 win 500"); /* 1000 / 2 */
      wire_expect (&wire, ". 1:501(500) ack 1");
    }
  wire_stop (&wire);
}

static void
test_override_timeout (void)
{
  SfProfile profile = profile_of_test ();
  Wire wire;

  profile.default_mss = 536;
  start (&wire, &profile);
  wire_inject (&wire, ". 1:1(0) ack 1 win 400");
  wire_send (&wire, 2000);
  wire_run (&wire, SF_SEC - 1);
  wire_expect (&wire, "-");
  wire_run (&wire, 1);
  wire_expect (&wire, ". 1:401(400) ack 1");
  wire_inject (&wire, ". 1:1(0) ack 401 win 600");
  wire_expect (&wire, ". 401:937(536) ack 1");
  wire_stop (&wire);
}

/* §3.8.6.2.2: the window is moved on by min (half the buffer, MSS) = 100 bytes at least, and never back (§3.8.6). */
static void
test_silly_receiver (void)
{
  Wire wire;

  start (&wire, NULL);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *text = g_strdup_printf (". %u:%u(100) ack 1", 1 + 100 * i, 101 + 100 * i);

      wire_inject (&wire, text);
      g_assert_cmpuint (wire.sent_edge, ==, 1001); /* nothing is read: the edge stays */
    }
  g_free (wire_take_sent (&wire));
  g_assert_cmpuint (receive (&wire, 99), ==, 99);
  wire_expect (&wire, "-");
  g_assert_cmpuint (receive (&wire, 1), ==, 1);
  wire_expect (&wire, ". 1:1(0) ack 1001");
  g_assert_cmpuint (wire.sent_edge, ==, 1101);
  g_assert_cmpuint (receive (&wire, 900), ==, 900);
  wire_expect (&wire, ". 1:1(0) ack 1001"); /* the window was less than two segments */
  g_assert_cmpuint (wire.sent_edge, ==, 2001);
  wire_inject (&wire, ". 1001:1101(100) ack 1");
  g_assert_cmpuint (receive (&wire, 100), ==, 100);
  wire_expect (&wire, "-"); /* and now it is wide */
  wire_stop (&wire);
}

/* §3.8.6.3: every second full segment at once (SHLD-19), else after 200 ms (MUST-40: less than 500). */
static void
test_delayed_ack (void)
{
  Wire wire;
  SfTime t;

  start (&wire, NULL);
  t = wire.net->sim.now;
  wire_inject (&wire, ". 1:101(100) ack 1");
  wire_run_until (&wire, t + 200 * SF_MSEC - 1);
  wire_expect (&wire, "-");
  wire_run_until (&wire, t + 200 * SF_MSEC);
  wire_expect (&wire, ". 1:1(0) ack 101");
  wire_inject (&wire, ". 101:201(100) ack 1");
  wire_inject (&wire, ". 201:300(99) ack 1"); /* not full */
  wire_expect (&wire, "-");
  wire_inject (&wire, ". 300:301(1) ack 1");
  wire_expect (&wire, ". 1:1(0) ack 301");
  wire_inject (&wire, ". 301:401(100) ack 1");
  wire_send (&wire, 10); /* it rides on data */
  wire_expect (&wire, "P. 1:11(10) ack 401");
  wire_run (&wire, 200 * SF_MSEC);
  wire_expect (&wire, "-");
  wire_stop (&wire);
}

/* RFC 5681 §4.2: out of order, and when a gap is filled, at once. */
static void
test_ack_of_gap (void)
{
  Wire wire;

  start (&wire, NULL);
  wire_inject (&wire, ". 101:201(100) ack 1");
  wire_expect (&wire, ". 1:1(0) ack 1");
  wire_inject (&wire, ". 301:401(100) ack 1");
  wire_expect (&wire, ". 1:1(0) ack 1");
  wire_inject (&wire, ". 1:101(100) ack 1");
  wire_expect (&wire, ". 1:1(0) ack 201");
  wire_inject (&wire, ". 201:301(100) ack 1");
  wire_expect (&wire, ". 1:1(0) ack 401");
  g_assert_cmpuint (receive (&wire, 1000), ==, 400);
  wire_stop (&wire);
}

/* §3.8.6.1: the first probe after an RTO (SHLD-29), then twice as late each time (SHLD-30), for ever (MUST-37). */
static void
test_zero_window (void)
{
  Wire wire;
  SfTime wait = SF_SEC;

  start (&wire, NULL);
  wire_inject (&wire, ". 1:1(0) ack 1 win 0");
  wire_send (&wire, 300);
  wire_expect (&wire, "-");
  for (guint i = 0; i < 20; i++, wait = MIN (2 * wait, 60 * SF_SEC))
    {
      wire_run (&wire, wait - 1);
      wire_expect (&wire, "-");
      wire_run (&wire, 1);
      wire_expect (&wire, ". 1:2(1) ack 1");
      wire_inject (&wire, ". 1:1(0) ack 1 win 0");
    }
  wire_inject (&wire, ". 1:1(0) ack 1 win 200");
  wire_expect (&wire, ". 1:101(100) ack 1; . 101:201(100) ack 1");
  wire_inject (&wire, ". 1:1(0) ack 201 win 1000");
  wire_expect (&wire, "P. 201:301(100) ack 1");
  wire_stop (&wire);
}

/* MUST-36, the counterfactual override: without probes a lost window update is the end. */
static void
test_no_persist (void)
{
  SfProfile profile = profile_of_test ();
  Wire wire;

  profile.persist = FALSE;
  start (&wire, &profile);
  wire_inject (&wire, ". 1:1(0) ack 1 win 0");
  wire_send (&wire, 300);
  wire_run (&wire, 86400 * SF_SEC);
  wire_expect (&wire, "-");
  wire_stop (&wire);
}

/* A window that comes from an older segment is not taken (SND.WL1, SND.WL2: §3.10.7.4, fifth). */
static void
test_old_window (void)
{
  Wire wire;

  start (&wire, NULL);
  wire_inject (&wire, ". 2:2(0) ack 1 win 50");
  wire_inject (&wire, ". 1:1(0) ack 1 win 1000");
  g_assert_cmpuint (wire_status (&wire).snd_wnd, ==, 50);
  wire_inject (&wire, ". 2:2(0) ack 1 win 60");
  g_assert_cmpuint (wire_status (&wire).snd_wnd, ==, 60);
  wire_stop (&wire);
}

/* §3.8.5: the urgent pointer is the offset of the byte behind the urgent data, in every segment before it. */
static void
test_urgent (void)
{
  guint64 offset;
  int error;
  Wire wire;

  start (&wire, NULL);
  g_assert_cmpuint (sf_tcp_send (wire.net, wire.conn, 250, TRUE, &offset, &error), ==, 250);
  wire_expect (&wire, ".U 1:101(100) ack 1 urg 250; .U 101:201(100) ack 1 urg 150");
  wire_inject (&wire, ". 1:1(0) ack 201");
  wire_expect (&wire, "P.U 201:251(50) ack 1 urg 50");
  wire_send (&wire, 100);
  wire_expect (&wire, "P. 251:351(100) ack 1");
  wire_stop (&wire);
}

/* RFC 5681 §4.1: after a silence longer than the RTO no more than the restart window. */
static void
test_idle (gconstpointer restarts)
{
  SfProfile profile = profile_of_test ();
  Wire wire;

  profile.initial_window = 2;
  profile.slow_start_after_idle = GPOINTER_TO_INT (restarts);
  start (&wire, &profile);
  wire_send (&wire, 200);
  wire_inject (&wire, ". 1:1(0) ack 101");
  wire_inject (&wire, ". 1:1(0) ack 201");
  g_free (wire_take_sent (&wire));
  g_assert_cmpuint (wire_status (&wire).cwnd, ==, 300); /* the second ACK found the window half used */
  wire_run (&wire, SF_SEC);
  wire_send (&wire, 100); /* just the RTO */
  wire_inject (&wire, ". 1:1(0) ack 301");
  g_assert_cmpuint (wire_status (&wire).cwnd, ==, 300);
  wire_run (&wire, SF_SEC + 1);
  wire_send (&wire, 100);
  g_assert_cmpuint (wire_status (&wire).cwnd, ==, profile.slow_start_after_idle ? 200 : 300);
  wire_stop (&wire);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/output/nagle-rfc9293-3.7.4", test_nagle);
  g_test_add_func ("/tcp/output/nagle-fin", test_nagle_fin);
  g_test_add_data_func ("/tcp/output/silly-sender-rfc9293-3.8.6.2.1", GINT_TO_POINTER (TRUE), test_silly_sender);
  g_test_add_data_func ("/tcp/output/silly-sender-off", GINT_TO_POINTER (FALSE), test_silly_sender);
  g_test_add_func ("/tcp/output/override-timeout", test_override_timeout);
  g_test_add_func ("/tcp/output/silly-receiver-rfc9293-3.8.6.2.2", test_silly_receiver);
  g_test_add_func ("/tcp/output/delayed-ack-rfc9293-3.8.6.3", test_delayed_ack);
  g_test_add_func ("/tcp/output/ack-of-gap-rfc5681-4.2", test_ack_of_gap);
  g_test_add_func ("/tcp/output/zero-window-rfc9293-3.8.6.1", test_zero_window);
  g_test_add_func ("/tcp/output/no-persist", test_no_persist);
  g_test_add_func ("/tcp/output/old-window-rfc9293-3.10.7.4", test_old_window);
  g_test_add_func ("/tcp/output/urgent-rfc9293-3.8.5", test_urgent);
  g_test_add_data_func ("/tcp/output/idle-rfc5681-4.1", GINT_TO_POINTER (TRUE), test_idle);
  g_test_add_data_func ("/tcp/output/idle-off", GINT_TO_POINTER (FALSE), test_idle);
  return g_test_run ();
}
