/* SPDX-License-Identifier: MIT
 *
 * Sending to a peer whose window is closed or small (RFC 9293 §3.8.6): beside the probes that timeouts.c tests, what
 * else goes to it, and what happens when the window opens.
 */
#include "tests/support/wire.h"

/* ESTABLISHED, 10 bytes wait for a window that is closed, and the octet at 101 has been probed with at 1 s. */
static void
start_probing (Wire *wire, const SfProfile *profile)
{
  wire_start (wire, profile);
  wire_reach (wire, SF_ESTABLISHED, FALSE);
  wire_inject (wire, ". 21:21(0) ack 101 win 0");
  wire_send (wire, 10);
  wire_expect (wire, "-");
  wire_run (wire, SF_SEC);
  wire_expect (wire, ". 101:102(1) ack 21");
  wire_inject (wire, ". 21:21(0) ack 101 win 0");
  wire_expect (wire, "-");
}

/* §3.10.7.4, first: with its window closed the peer takes nothing but RCV.NXT, which is 101 to it. An ACK, or the RST of
 * an ABORT, that counted the octet of the probe would go for nothing, and the peer's text be repeated until it gives up. */
static void
test_empty_segments (void)
{
  SfProfile profile = wire_profile ();
  Wire wire;

  start_probing (&wire, &profile);
  wire_inject (&wire, "P. 21:31(10) ack 101 win 0");
  wire_run (&wire, SF_MSEC * 200);
  wire_expect (&wire, ". 101:101(0) ack 31");
  wire_inject (&wire, "F. 31:31(0) ack 101 win 0");
  wire_expect (&wire, ". 101:101(0) ack 32");
  sf_tcp_abort (wire.net, wire.conn);
  wire_expect (&wire, "R 101:101(0)");
  wire_stop (&wire);
}

/* RFC 9293 §3.9.1.1: the user timeout is for text that could be acknowledged. RFC 5681 §3.1 (4): the first timeout after
 * probes is the first of its segment, so it sets ssthresh. */
static void
test_window_opens (void)
{
  SfProfile profile = wire_profile ();
  Wire wire;

  profile.user_timeout = SF_SEC * 5;
  start_probing (&wire, &profile);
  for (guint i = 0; i < 4; i++) /* probes 2, 4, 8 and 16 s later */
    {
      wire_run (&wire, SF_SEC << (i + 1));
      wire_expect (&wire, ". 101:102(1) ack 21");
      wire_inject (&wire, ". 21:21(0) ack 101 win 0");
    }
  wire_inject (&wire, ". 21:21(0) ack 101 win 1000");
  wire_expect (&wire, "P. 101:111(10) ack 21");
  wire_run (&wire, SF_SEC);
  wire_expect (&wire, "P. 101:111(10) ack 21");
  wire_assert_state (&wire, SF_ESTABLISHED);
  g_assert_cmpuint (wire_status (&wire).ssthresh, ==, 2 * 536);
  wire_run (&wire, SF_SEC * 4);
  wire_assert_state (&wire, SF_CLOSED);
  wire_stop (&wire);
}

static void
start_small (Wire *wire, const SfProfile *profile)
{
  wire_start (wire, profile);
  wire_connect (wire);
  wire_inject (wire, "S. 0:0(0) ack 1 win 100");
  wire_expect (wire, "S 0:0(0); . 1:1(0) ack 1");
}

/* §3.8.6: what is sent again, after a timeout or three duplicate ACKs, does not go beyond the window either, though more
 * has been written and a segment would hold it; nor does the FIN. */
static void
test_sent_again (void)
{
  SfProfile profile = wire_profile ();
  Wire wire;

  start_small (&wire, &profile);
  wire_send (&wire, 500);
  wire_expect (&wire, ". 1:101(100) ack 1");
  wire_run (&wire, SF_SEC);
  wire_expect (&wire, ". 1:101(100) ack 1");
  wire_inject (&wire, ". 1:1(0) ack 101 win 100");
  wire_expect (&wire, ". 101:201(100) ack 1");
  wire_inject (&wire, ". 1:1(0) ack 201 win 100");
  wire_expect (&wire, ". 201:301(100) ack 1");
  for (guint i = 0; i < 3; i++)
    wire_inject (&wire, ". 1:1(0) ack 201 win 100");
  wire_expect (&wire, ". 201:301(100) ack 1");
  wire_stop (&wire);

  start_small (&wire, &profile);
  wire_send (&wire, 100);
  wire_expect (&wire, "P. 1:101(100) ack 1");
  sf_tcp_shutdown (wire.net, wire.conn);
  wire_run (&wire, SF_SEC);
  wire_expect (&wire, "P. 1:101(100) ack 1");
  wire_inject (&wire, ". 1:1(0) ack 101 win 100");
  wire_expect (&wire, "F. 101:101(0) ack 1");
  wire_stop (&wire);
}

/* Counterfactual: data after close() draws no RST (RFC 1122 §4.2.2.13). Nobody reads it, so it must not close the window
 * that the peer has to send its FIN into. */
static void
test_data_after_close (void)
{
  SfProfile profile = wire_profile ();
  Wire wire;

  profile.reset_on_unread_close = FALSE;
  wire_start (&wire, &profile);
  wire_reach (&wire, SF_FIN_WAIT_2, FALSE);
  wire_inject (&wire, "P. 21:521(500) ack 102");
  wire_inject (&wire, "P. 521:1001(480) ack 102"); /* the window is full when the socket is closed */
  wire_run (&wire, SF_SEC);
  g_assert_cmpuint (wire.sent_edge, ==, 1001);
  sf_tcp_close (wire.net, wire.conn);
  wire_inject (&wire, "P. 1001:1002(1) ack 102"); /* a probe */
  g_assert_cmpuint (wire.sent_edge, ==, 1001 + WIRE_WINDOW);
  wire_inject (&wire, "P. 1001:2001(1000) ack 102");
  wire_run (&wire, SF_SEC);
  g_assert_cmpuint (wire.sent_edge, ==, 2001 + WIRE_WINDOW);
  wire_inject (&wire, "F. 2001:2001(0) ack 102");
  wire_assert_state (&wire, SF_TIME_WAIT);
  wire_stop (&wire);
}

static void
keep_windows (gpointer user, const SfRecordHead *head)
{
  const SfRecord *record = (gconstpointer) head;

  if (head->kind == SF_RECORD_CWND && record->host == 0)
    g_string_append_printf (user, "%u of %u; ", record->cwnd.flight, record->cwnd.snd_wnd);
}

/* What a trace says of SND.WND is what the segment has said that has just been looked at, not the one before. */
static void
test_report (void)
{
  g_autoptr (GString) windows = g_string_new (NULL);
  SfProfile profile = wire_profile ();
  Wire wire;

  wire_start (&wire, &profile);
  sf_net_listen (wire.net, keep_windows, windows);
  wire_connect (&wire);
  wire_inject (&wire, "S. 0:0(0) ack 1 win 800");
  wire_send (&wire, 100);
  wire_inject (&wire, ". 1:1(0) ack 61 win 300");
  wire_inject (&wire, ". 1:1(0) ack 101 win 0");
  wire_inject (&wire, ". 1:1(0) ack 101 win 0");
  wire_inject (&wire, ". 1:1(0) ack 101 win 500");
  g_assert_cmpstr (windows->str, ==, "0 of 800; 40 of 300; 0 of 0; 0 of 500; ");
  wire_stop (&wire);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/tcp/closed-window/empty segments", test_empty_segments);
  g_test_add_func ("/tcp/closed-window/sent again", test_sent_again);
  g_test_add_func ("/tcp/closed-window/window opens", test_window_opens);
  g_test_add_func ("/tcp/closed-window/data after close", test_data_after_close);
  g_test_add_func ("/tcp/closed-window/report", test_report);
  return g_test_run ();
}
