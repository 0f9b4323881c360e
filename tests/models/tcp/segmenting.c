/* SPDX-License-Identifier: MIT
 *
 * What one end sends of what its application writes, and what it promises for what it reads: Nagle, silly windows, the
 * MSS, urgent data (RFC 9293 §3.7, §3.8.5, §3.8.6).
 */
#include "tests/support/wire.h"

/* §3.7.4: Nagle holds small text back while some is unacknowledged (SHLD-7); it can be turned off (MUST-17). */
static void
test_nagle (void)
{
  SfProfile profile = wire_profile ();
  Wire wire;

  wire_start (&wire, &profile);
  wire_reach (&wire, SF_ESTABLISHED, FALSE);
  wire_send (&wire, 10);
  wire_expect (&wire, "-");
  wire_inject (&wire, ". 21:21(0) ack 101");
  wire_expect (&wire, "P. 101:111(10) ack 21"); /* MUST-61: PSH on the last */
  sf_tcp_set_option (wire.net, wire.conn, SF_SO_NODELAY, 1);
  wire_send (&wire, 10);
  wire_expect (&wire, "P. 111:121(10) ack 21");
  wire_stop (&wire);
}

/* §3.8.5, MUST-62: the pointer is the octet behind the urgent data, in every segment that lies before it. */
static void
test_urgent_pointer (void)
{
  SfProfile profile = wire_profile ();
  guint64 offset;
  int error;
  Wire wire;

  wire_start (&wire, &profile);
  wire_reach (&wire, SF_ESTABLISHED, FALSE);
  wire_inject (&wire, ". 21:21(0) ack 101");
  sf_tcp_send (wire.net, wire.conn, 600, TRUE, &offset, &error);
  wire_expect (&wire, ".U 101:637(536) ack 21 urg 600");
  wire_inject (&wire, ". 21:21(0) ack 637");
  wire_expect (&wire, "P.U 637:701(64) ack 21 urg 64");
  wire_inject (&wire, ". 21:21(0) ack 701");
  wire_send (&wire, 10);
  wire_expect (&wire, "P. 701:711(10) ack 21");
  wire_stop (&wire);
}

/* §3.8.5, MUST-32, MUST-33: urgent mode lasts until the application has read up to the pointer, and can come again. */
static void
test_urgent_mode (void)
{
  SfProfile profile = wire_profile ();
  int error;
  Wire wire;

  wire_start (&wire, &profile);
  wire_reach (&wire, SF_ESTABLISHED, FALSE);
  wire_inject (&wire, "P.U 21:31(10) ack 101 urg 15"); /* the pointer is 36 */
  g_assert_cmpuint (wire_status (&wire).urgent, ==, 35);
  wire_inject (&wire, "P.U 31:36(5) ack 101 urg 2"); /* it does not recede */
  g_assert_cmpuint (wire_status (&wire).urgent, ==, 35);
  g_assert_cmpuint (sf_tcp_receive (wire.net, wire.conn, 34, &error), ==, 34);
  g_assert_cmpuint (wire_status (&wire).urgent, ==, 1);
  g_assert_cmpuint (sf_tcp_receive (wire.net, wire.conn, 1, &error), ==, 1);
  g_assert_cmpuint (wire_status (&wire).urgent, ==, 0);
  wire_inject (&wire, "P.U 36:46(10) ack 101 urg 10");
  g_assert_cmpuint (wire_status (&wire).urgent, ==, 10);
  wire_stop (&wire);
}

/* §3.8.6.2.2, MUST-39: the window moves on in steps of half the buffer or a segment. */
static void
test_window_opens (void)
{
  SfProfile profile = wire_profile ();
  int error;
  Wire wire;

  wire_start (&wire, &profile);
  wire_reach (&wire, SF_ESTABLISHED, FALSE);
  wire_inject (&wire, "P. 21:1001(980) ack 101");
  wire_run (&wire, SF_MSEC * 500);
  wire_expect (&wire, ". 101:101(0) ack 1001");
  g_assert_cmpuint (sf_tcp_receive (wire.net, wire.conn, 499, &error), ==, 499);
  wire_expect (&wire, "-");
  g_assert_cmpuint (wire_status (&wire).rcv_wnd, ==, 0);
  g_assert_cmpuint (sf_tcp_receive (wire.net, wire.conn, 1, &error), ==, 1);
  wire_expect (&wire, ". 101:101(0) ack 1001");
  g_assert_cmpuint (wire_status (&wire).rcv_wnd, ==, 500);
  wire_stop (&wire);
}

/* §3.8.6.2.1, MUST-38: a window that opens by little draws no little segment. */
static void
test_small_window (void)
{
  SfProfile profile = wire_profile ();
  Wire wire;

  wire_start (&wire, &profile);
  wire_reach (&wire, SF_ESTABLISHED, FALSE);
  wire_inject (&wire, ". 21:21(0) ack 101 win 0");
  wire_send (&wire, 2000);
  wire_inject (&wire, ". 21:21(0) ack 101 win 499"); /* less than a segment, less than half of MAX.SND.WND */
  wire_expect (&wire, "-");
  wire_inject (&wire, ". 21:21(0) ack 101 win 500");
  wire_expect (&wire, ". 101:601(500) ack 21");
  wire_stop (&wire);
}

/* §3.7.1: the peer's MSS (MUST-16), and 536 if it says none (MUST-15: "close behind a full window" in calls.c). */
static void
test_mss (void)
{
  SfProfile profile = wire_profile ();
  Wire wire;

  wire_start (&wire, &profile);
  wire_reach (&wire, SF_SYN_SENT, FALSE);
  wire_send (&wire, 250);
  wire_inject (&wire, "S. 0:0(0) ack 1 mss 100");
  wire_expect (&wire, ". 1:101(100) ack 1; . 101:201(100) ack 1");
  wire_inject (&wire, ". 1:1(0) ack 201 mss 50"); /* MUST-5, MUST-65: not on a SYN, so it means nothing */
  wire_expect (&wire, "P. 201:251(50) ack 1");
  wire_stop (&wire);
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
