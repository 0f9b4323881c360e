/* SPDX-License-Identifier: MIT
 *
 * How one end divides into segments what its application writes, and which windows it announces: Nagle, silly window
 * avoidance, MSS, urgent data (RFC 9293 §3.7, §3.8.5, §3.8.6).
 */
#include "tests/support/endpoint.h"

/* §3.7.4: Nagle holds back a small segment while data is unacknowledged (SHLD-7); it can be turned off (MUST-17). */
static void
test_nagle (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_ESTABLISHED, FALSE);
  endpoint_send (&endpoint, 10);
  endpoint_expect (&endpoint, "-");
  endpoint_inject (&endpoint, ". 21:21(0) ack 101");
  endpoint_expect (&endpoint, "P. 101:111(10) ack 21"); /* MUST-61: PSH on the last segment */
  sf_tcp_set_option (endpoint.net, endpoint.conn, SF_SO_NODELAY, 1);
  endpoint_send (&endpoint, 10);
  endpoint_expect (&endpoint, "P. 111:121(10) ack 21");
  endpoint_stop (&endpoint);
}

/* §3.8.5, MUST-62: the pointer is the octet behind the urgent data, in every segment that lies before it. */
static void
test_urgent_pointer (void)
{
  SfProfile profile = endpoint_profile ();
  guint64 offset;
  int error;
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_ESTABLISHED, FALSE);
  endpoint_inject (&endpoint, ". 21:21(0) ack 101");
  sf_tcp_send (endpoint.net, endpoint.conn, 600, TRUE, &offset, &error);
  endpoint_expect (&endpoint, ".U 101:637(536) ack 21 urg 600");
  endpoint_inject (&endpoint, ". 21:21(0) ack 637");
  endpoint_expect (&endpoint, "P.U 637:701(64) ack 21 urg 64");
  endpoint_inject (&endpoint, ". 21:21(0) ack 701");
  endpoint_send (&endpoint, 10);
  endpoint_expect (&endpoint, "P. 701:711(10) ack 21");
  endpoint_stop (&endpoint);
}

/* §3.8.5, MUST-32, MUST-33: urgent mode lasts until the application has read up to the pointer, and can come again. */
static void
test_urgent_mode (void)
{
  SfProfile profile = endpoint_profile ();
  int error;
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_ESTABLISHED, FALSE);
  endpoint_inject (&endpoint, "P.U 21:31(10) ack 101 urg 15"); /* the pointer is 36 */
  g_assert_cmpuint (endpoint_status (&endpoint).urgent, ==, 35);
  endpoint_inject (&endpoint, "P.U 31:36(5) ack 101 urg 2"); /* it does not recede */
  g_assert_cmpuint (endpoint_status (&endpoint).urgent, ==, 35);
  g_assert_cmpuint (sf_tcp_receive (endpoint.net, endpoint.conn, 34, &error), ==, 34);
  g_assert_cmpuint (endpoint_status (&endpoint).urgent, ==, 1);
  g_assert_cmpuint (sf_tcp_receive (endpoint.net, endpoint.conn, 1, &error), ==, 1);
  g_assert_cmpuint (endpoint_status (&endpoint).urgent, ==, 0);
  endpoint_inject (&endpoint, "P.U 36:46(10) ack 101 urg 10");
  g_assert_cmpuint (endpoint_status (&endpoint).urgent, ==, 10);
  endpoint_stop (&endpoint);
}

/* §3.8.6.2.2, MUST-39: the right edge moves in steps of half the buffer or a segment. */
static void
test_window_opens (void)
{
  SfProfile profile = endpoint_profile ();
  int error;
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_ESTABLISHED, FALSE);
  endpoint_inject (&endpoint, "P. 21:1001(980) ack 101");
  endpoint_run (&endpoint, SF_MSEC * 500);
  endpoint_expect (&endpoint, ". 101:101(0) ack 1001");
  g_assert_cmpuint (sf_tcp_receive (endpoint.net, endpoint.conn, 499, &error), ==, 499);
  endpoint_expect (&endpoint, "-");
  g_assert_cmpuint (endpoint_status (&endpoint).rcv_wnd, ==, 0);
  g_assert_cmpuint (sf_tcp_receive (endpoint.net, endpoint.conn, 1, &error), ==, 1);
  endpoint_expect (&endpoint, ". 101:101(0) ack 1001");
  g_assert_cmpuint (endpoint_status (&endpoint).rcv_wnd, ==, 500);
  endpoint_stop (&endpoint);
}

/* §3.8.6.2.1, MUST-38: no small segment is sent into a window that has opened by little. */
static void
test_small_window (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_ESTABLISHED, FALSE);
  endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 0");
  endpoint_send (&endpoint, 2000);
  endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 499"); /* less than a segment, less than half of MAX.SND.WND */
  endpoint_expect (&endpoint, "-");
  endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 500");
  endpoint_expect (&endpoint, ". 101:601(500) ack 21");
  endpoint_stop (&endpoint);
}

/* §3.7.1: the peer's MSS (MUST-16). 536 if it announces none (MUST-15): "close behind a full window" in calls.c. */
static void
test_mss (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_SYN_SENT, FALSE);
  endpoint_send (&endpoint, 250);
  endpoint_inject (&endpoint, "S. 0:0(0) ack 1 mss 100");
  endpoint_expect (&endpoint, ". 1:101(100) ack 1; . 101:201(100) ack 1");
  endpoint_inject (&endpoint, ". 1:1(0) ack 201 mss 50"); /* MUST-5, MUST-65: ignored, since it is not on a SYN */
  endpoint_expect (&endpoint, "P. 201:251(50) ack 1");
  endpoint_stop (&endpoint);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/tcp/segmenting/Nagle", test_nagle);
  g_test_add_func ("/tcp/segmenting/urgent pointer", test_urgent_pointer);
  g_test_add_func ("/tcp/segmenting/urgent mode", test_urgent_mode);
  g_test_add_func ("/tcp/segmenting/window opens in steps", test_window_opens);
  g_test_add_func ("/tcp/segmenting/small window", test_small_window);
  g_test_add_func ("/tcp/segmenting/MSS", test_mss);
  return g_test_run ();
}
