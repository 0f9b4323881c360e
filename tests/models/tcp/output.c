/* SPDX-License-Identifier: MIT
 *
 * When data and ACKs are sent: Nagle, silly window avoidance, delayed ACKs, PSH, the window, urgent data. One endpoint;
 * its segments have 100 bytes, its buffer 1000. Each test checks both sides of a limit.
 */
#include "models/tcp/tcb.h"
#include "tests/support/endpoint.h"

static SfProfile
profile_of_test (void)
{
  SfProfile profile = endpoint_profile ();

  profile.default_mss = 100;
  profile.initial_window = 100;
  return profile;
}

static void
start (Endpoint *endpoint, const SfProfile *profile)
{
  const SfProfile plain = profile_of_test ();

  endpoint_start (endpoint, profile != NULL ? profile : &plain);
  endpoint_connect (endpoint);
  endpoint_inject (endpoint, "S. 0:0(0) ack 1 win 1000");
  g_free (endpoint_take_sent (endpoint));
}

static guint64
receive (Endpoint *endpoint, guint64 max)
{
  int error;

  return sf_tcp_receive (endpoint->net, endpoint->conn, max, &error);
}

/* §3.7.4: while any data is unacknowledged, only full segments are sent. */
static void
test_nagle (void)
{
  Endpoint endpoint;

  start (&endpoint, NULL);
  endpoint_send (&endpoint, 10); /* idle: sent at once, with PSH because it is the last data (MUST-60) */
  endpoint_expect (&endpoint, "P. 1:11(10) ack 1");
  endpoint_send (&endpoint, 10);
  endpoint_send (&endpoint, 79);
  endpoint_expect (&endpoint, "-"); /* 89 bytes wait */
  endpoint_send (&endpoint, 11);
  endpoint_expect (&endpoint, "P. 11:111(100) ack 1");
  endpoint_send (&endpoint, 150); /* a full segment is sent, the rest waits */
  endpoint_expect (&endpoint, ". 111:211(100) ack 1");
  endpoint_inject (&endpoint, ". 1:1(0) ack 210");
  endpoint_expect (&endpoint, "-");
  endpoint_inject (&endpoint, ". 1:1(0) ack 211");
  endpoint_expect (&endpoint, "P. 211:261(50) ack 1");
  sf_tcp_set_option (endpoint.net, endpoint.conn, SF_SO_NODELAY, 1);
  endpoint_send (&endpoint, 10);
  endpoint_expect (&endpoint, "P. 261:271(10) ack 1");
  endpoint_stop (&endpoint);
}

/* With a FIN behind it, the small rest is sent at once. */
static void
test_nagle_fin (void)
{
  Endpoint endpoint;

  start (&endpoint, NULL);
  endpoint_send (&endpoint, 10);
  endpoint_send (&endpoint, 10);
  endpoint_expect (&endpoint, "P. 1:11(10) ack 1");
  sf_tcp_shutdown (endpoint.net, endpoint.conn);
  endpoint_expect (&endpoint, "FP. 11:21(10) ack 1");
  endpoint_stop (&endpoint);
}

/* §3.8.6.2.1: a window below the MSS is used only if it is at least half of the largest one so far; else after the
 * override timeout. */
static void
test_silly_sender (gconstpointer avoids)
{
  SfProfile profile = profile_of_test ();
  Endpoint endpoint;

  profile.default_mss = 536;
  profile.sws_avoidance = GPOINTER_TO_INT (avoids);
  start (&endpoint, &profile);
  endpoint_inject (&endpoint, ". 1:1(0) ack 1 win 499");
  endpoint_send (&endpoint, 2000);
  endpoint_expect (&endpoint, profile.sws_avoidance ? "-" : ". 1:500(499) ack 1");
  if (profile.sws_avoidance)
    {
      endpoint_inject (&endpoint, ". 1:1(0) ack 1 win 500"); /* 1000 / 2 */
      endpoint_expect (&endpoint, ". 1:501(500) ack 1");
    }
  endpoint_stop (&endpoint);
}

static void
test_override_timeout (void)
{
  SfProfile profile = profile_of_test ();
  Endpoint endpoint;

  profile.default_mss = 536;
  start (&endpoint, &profile);
  endpoint_inject (&endpoint, ". 1:1(0) ack 1 win 400");
  endpoint_send (&endpoint, 2000);
  endpoint_run (&endpoint, SF_SEC - 1);
  endpoint_expect (&endpoint, "-");
  endpoint_run (&endpoint, 1);
  endpoint_expect (&endpoint, ". 1:401(400) ack 1");
  endpoint_inject (&endpoint, ". 1:1(0) ack 401 win 600");
  endpoint_expect (&endpoint, ". 401:937(536) ack 1");
  endpoint_stop (&endpoint);
}

/* §3.8.6.2.2: the right edge moves by at least min (half the buffer, MSS) = 100 bytes, and never back (§3.8.6). */
static void
test_silly_receiver (void)
{
  Endpoint endpoint;

  start (&endpoint, NULL);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *text = g_strdup_printf (". %u:%u(100) ack 1", 1 + 100 * i, 101 + 100 * i);

      endpoint_inject (&endpoint, text);
      g_assert_cmpuint (endpoint.sent_edge, ==, 1001); /* nothing is read: the edge stays */
    }
  g_free (endpoint_take_sent (&endpoint));
  g_assert_cmpuint (receive (&endpoint, 99), ==, 99);
  endpoint_expect (&endpoint, "-");
  g_assert_cmpuint (receive (&endpoint, 1), ==, 1);
  endpoint_expect (&endpoint, ". 1:1(0) ack 1001");
  g_assert_cmpuint (endpoint.sent_edge, ==, 1101);
  g_assert_cmpuint (receive (&endpoint, 900), ==, 900);
  endpoint_expect (&endpoint, ". 1:1(0) ack 1001"); /* the window was less than two segments */
  g_assert_cmpuint (endpoint.sent_edge, ==, 2001);
  endpoint_inject (&endpoint, ". 1001:1101(100) ack 1");
  g_assert_cmpuint (receive (&endpoint, 100), ==, 100);
  endpoint_expect (&endpoint, "-"); /* and now it is wide */
  endpoint_stop (&endpoint);
}

/* §3.8.6.3: every second full segment at once (SHLD-19), else after 200 ms (MUST-40: less than 500). */
static void
test_delayed_ack (void)
{
  Endpoint endpoint;
  SfTime t;

  start (&endpoint, NULL);
  t = endpoint.net->sim.now;
  endpoint_inject (&endpoint, ". 1:101(100) ack 1");
  endpoint_run_until (&endpoint, t + 200 * SF_MSEC - 1);
  endpoint_expect (&endpoint, "-");
  endpoint_run_until (&endpoint, t + 200 * SF_MSEC);
  endpoint_expect (&endpoint, ". 1:1(0) ack 101");
  endpoint_inject (&endpoint, ". 101:201(100) ack 1");
  endpoint_inject (&endpoint, ". 201:300(99) ack 1"); /* not full */
  endpoint_expect (&endpoint, "-");
  endpoint_inject (&endpoint, ". 300:301(1) ack 1");
  endpoint_expect (&endpoint, ". 1:1(0) ack 301");
  endpoint_inject (&endpoint, ". 301:401(100) ack 1");
  endpoint_send (&endpoint, 10); /* it rides on data */
  endpoint_expect (&endpoint, "P. 1:11(10) ack 401");
  endpoint_run (&endpoint, 200 * SF_MSEC);
  endpoint_expect (&endpoint, "-");
  endpoint_stop (&endpoint);
}

/* RFC 5681 §4.2: an ACK is sent at once for text out of order, and for text that fills a gap. */
static void
test_ack_of_gap (void)
{
  Endpoint endpoint;

  start (&endpoint, NULL);
  endpoint_inject (&endpoint, ". 101:201(100) ack 1");
  endpoint_expect (&endpoint, ". 1:1(0) ack 1");
  endpoint_inject (&endpoint, ". 301:401(100) ack 1");
  endpoint_expect (&endpoint, ". 1:1(0) ack 1");
  endpoint_inject (&endpoint, ". 1:101(100) ack 1");
  endpoint_expect (&endpoint, ". 1:1(0) ack 201");
  endpoint_inject (&endpoint, ". 201:301(100) ack 1");
  endpoint_expect (&endpoint, ". 1:1(0) ack 401");
  g_assert_cmpuint (receive (&endpoint, 1000), ==, 400);
  endpoint_stop (&endpoint);
}

/* §3.8.6.1: the first probe after an RTO (SHLD-29), each interval twice the one before (SHLD-30), forever (MUST-37). */
static void
test_zero_window (void)
{
  Endpoint endpoint;
  SfTime wait = SF_SEC;

  start (&endpoint, NULL);
  endpoint_inject (&endpoint, ". 1:1(0) ack 1 win 0");
  endpoint_send (&endpoint, 300);
  endpoint_expect (&endpoint, "-");
  for (guint i = 0; i < 20; i++, wait = MIN (2 * wait, 60 * SF_SEC))
    {
      endpoint_run (&endpoint, wait - 1);
      endpoint_expect (&endpoint, "-");
      endpoint_run (&endpoint, 1);
      endpoint_expect (&endpoint, ". 1:2(1) ack 1");
      endpoint_inject (&endpoint, ". 1:1(0) ack 1 win 0");
    }
  endpoint_inject (&endpoint, ". 1:1(0) ack 1 win 200");
  endpoint_expect (&endpoint, ". 1:101(100) ack 1; . 101:201(100) ack 1");
  endpoint_inject (&endpoint, ". 1:1(0) ack 201 win 1000");
  endpoint_expect (&endpoint, "P. 201:301(100) ack 1");
  endpoint_stop (&endpoint);
}

/* MUST-36 as a counterfactual: without probes, a lost window update stops the connection forever. */
static void
test_no_persist (void)
{
  SfProfile profile = profile_of_test ();
  Endpoint endpoint;

  profile.persist = FALSE;
  start (&endpoint, &profile);
  endpoint_inject (&endpoint, ". 1:1(0) ack 1 win 0");
  endpoint_send (&endpoint, 300);
  endpoint_run (&endpoint, 86400 * SF_SEC);
  endpoint_expect (&endpoint, "-");
  endpoint_stop (&endpoint);
}

/* The window of an older segment is ignored (SND.WL1, SND.WL2: §3.10.7.4, fifth). */
static void
test_old_window (void)
{
  Endpoint endpoint;

  start (&endpoint, NULL);
  endpoint_inject (&endpoint, ". 2:2(0) ack 1 win 50");
  endpoint_inject (&endpoint, ". 1:1(0) ack 1 win 1000");
  g_assert_cmpuint (endpoint_status (&endpoint).snd_wnd, ==, 50);
  endpoint_inject (&endpoint, ". 2:2(0) ack 1 win 60");
  g_assert_cmpuint (endpoint_status (&endpoint).snd_wnd, ==, 60);
  endpoint_stop (&endpoint);
}

/* §3.8.5: the urgent pointer is the offset of the byte behind the urgent data, in every segment before it. */
static void
test_urgent (void)
{
  guint64 offset;
  int error;
  Endpoint endpoint;

  start (&endpoint, NULL);
  g_assert_cmpuint (sf_tcp_send (endpoint.net, endpoint.conn, 250, TRUE, &offset, &error), ==, 250);
  endpoint_expect (&endpoint, ".U 1:101(100) ack 1 urg 250; .U 101:201(100) ack 1 urg 150");
  endpoint_inject (&endpoint, ". 1:1(0) ack 201");
  endpoint_expect (&endpoint, "P.U 201:251(50) ack 1 urg 50");
  endpoint_send (&endpoint, 100);
  endpoint_expect (&endpoint, "P. 251:351(100) ack 1");
  endpoint_stop (&endpoint);
}

/* RFC 5681 §4.1: after an idle time longer than the RTO, at most the restart window is sent. */
static void
test_idle (gconstpointer restarts)
{
  SfProfile profile = profile_of_test ();
  Endpoint endpoint;

  profile.initial_window = 2;
  profile.slow_start_after_idle = GPOINTER_TO_INT (restarts);
  start (&endpoint, &profile);
  endpoint_send (&endpoint, 200);
  endpoint_inject (&endpoint, ". 1:1(0) ack 101");
  endpoint_inject (&endpoint, ". 1:1(0) ack 201");
  g_free (endpoint_take_sent (&endpoint));
  g_assert_cmpuint (endpoint_status (&endpoint).cwnd, ==,
                    300); /* only half of the window was in use at the second ACK */
  endpoint_run (&endpoint, SF_SEC);
  endpoint_send (&endpoint, 100); /* just the RTO */
  endpoint_inject (&endpoint, ". 1:1(0) ack 301");
  g_assert_cmpuint (endpoint_status (&endpoint).cwnd, ==, 300);
  endpoint_run (&endpoint, SF_SEC + 1);
  endpoint_send (&endpoint, 100);
  g_assert_cmpuint (endpoint_status (&endpoint).cwnd, ==, profile.slow_start_after_idle ? 200 : 300);
  endpoint_stop (&endpoint);
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
