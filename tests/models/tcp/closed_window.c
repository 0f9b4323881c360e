/* SPDX-License-Identifier: MIT
 *
 * Sending to a peer whose window is closed or small (RFC 9293 §3.8.6): other segments than probes, and what happens
 * when the window opens. timeouts.c tests the probes themselves.
 */
#include "tests/support/endpoint.h"

/* Reaches ESTABLISHED with a closed window, for which 10 bytes wait. The octet at 101 has been sent as a probe at 1 s.
 */
static void
start_probing (Endpoint *endpoint, const SfProfile *profile)
{
  endpoint_start (endpoint, profile);
  endpoint_reach (endpoint, SF_ESTABLISHED, FALSE);
  endpoint_inject (endpoint, ". 21:21(0) ack 101 win 0");
  endpoint_send (endpoint, 10);
  endpoint_expect (endpoint, "-");
  endpoint_run (endpoint, SF_SEC);
  endpoint_expect (endpoint, ". 101:102(1) ack 21");
  endpoint_inject (endpoint, ". 21:21(0) ack 101 win 0");
  endpoint_expect (endpoint, "-");
}

/* §3.10.7.4, first: while its window is closed, the peer accepts only RCV.NXT, which is 101. So an ACK, or the RST of
 * an ABORT, must not count the octet of the probe: the peer would drop it, and retransmit its text until R2. */
static void
test_empty_segments (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  start_probing (&endpoint, &profile);
  endpoint_inject (&endpoint, "P. 21:31(10) ack 101 win 0");
  endpoint_run (&endpoint, SF_MSEC * 200);
  endpoint_expect (&endpoint, ". 101:101(0) ack 31");
  endpoint_inject (&endpoint, "F. 31:31(0) ack 101 win 0");
  endpoint_expect (&endpoint, ". 101:101(0) ack 32");
  sf_tcp_abort (endpoint.net, endpoint.conn);
  endpoint_expect (&endpoint, "R 101:101(0)");
  endpoint_stop (&endpoint);
}

/* RFC 9293 §3.9.1.1: "if data is not successfully delivered to the destination within the timeout period, the TCP
 * endpoint will abort the connection": before a closed window, too, and though the peer answers the probes. */
static void
test_user_timeout (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  profile.user_timeout = SF_SEC * 5;
  start_probing (&endpoint, &profile); /* 1 s is over */
  endpoint_run (&endpoint, SF_SEC * 2);
  endpoint_expect (&endpoint, ". 101:102(1) ack 21");
  endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 0");
  endpoint_run (&endpoint, SF_SEC * 2 - SF_MSEC);
  endpoint_assert_state (&endpoint, SF_ESTABLISHED);
  endpoint_run (&endpoint, SF_MSEC);
  endpoint_assert_state (&endpoint, SF_CLOSED);
  endpoint_stop (&endpoint);
}

/* RFC 5681 §3.1 (4): the first timeout after probes is the first of its segment, so it sets ssthresh. The user timeout
 * begins again when the window opens. */
static void
test_window_opens (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  profile.user_timeout = SF_SEC * 40;
  start_probing (&endpoint, &profile);
  for (guint i = 0; i < 4; i++) /* probes 2, 4, 8 and 16 s later */
    {
      endpoint_run (&endpoint, SF_SEC << (i + 1));
      endpoint_expect (&endpoint, ". 101:102(1) ack 21");
      endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 0");
    }
  endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 1000");
  endpoint_expect (&endpoint, "P. 101:111(10) ack 21");
  endpoint_run (&endpoint, SF_SEC);
  endpoint_expect (&endpoint, "P. 101:111(10) ack 21");
  endpoint_assert_state (&endpoint, SF_ESTABLISHED);
  g_assert_cmpuint (endpoint_status (&endpoint).ssthresh, ==, 2 * 536);
  endpoint_run (&endpoint, SF_SEC * 39 - SF_MSEC);
  endpoint_assert_state (&endpoint, SF_ESTABLISHED);
  endpoint_run (&endpoint, SF_MSEC);
  endpoint_assert_state (&endpoint, SF_CLOSED);
  endpoint_stop (&endpoint);
}

static void
start_small (Endpoint *endpoint, const SfProfile *profile)
{
  endpoint_start (endpoint, profile);
  endpoint_connect (endpoint);
  endpoint_inject (endpoint, "S. 0:0(0) ack 1 win 100");
  endpoint_expect (endpoint, "S 0:0(0); . 1:1(0) ack 1");
}

/* §3.8.6: a retransmission, after a timeout or three duplicate ACKs, does not exceed the window either, even if more
 * was written and would fit into the segment. Neither does the FIN. */
static void
test_sent_again (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  start_small (&endpoint, &profile);
  endpoint_send (&endpoint, 500);
  endpoint_expect (&endpoint, ". 1:101(100) ack 1");
  endpoint_run (&endpoint, SF_SEC);
  endpoint_expect (&endpoint, ". 1:101(100) ack 1");
  endpoint_inject (&endpoint, ". 1:1(0) ack 101 win 100");
  endpoint_expect (&endpoint, ". 101:201(100) ack 1");
  endpoint_inject (&endpoint, ". 1:1(0) ack 201 win 100");
  endpoint_expect (&endpoint, ". 201:301(100) ack 1");
  for (guint i = 0; i < 3; i++)
    endpoint_inject (&endpoint, ". 1:1(0) ack 201 win 100");
  endpoint_expect (&endpoint, ". 201:301(100) ack 1");
  endpoint_stop (&endpoint);

  start_small (&endpoint, &profile);
  endpoint_send (&endpoint, 100);
  endpoint_expect (&endpoint, "P. 1:101(100) ack 1");
  sf_tcp_shutdown (endpoint.net, endpoint.conn);
  endpoint_run (&endpoint, SF_SEC);
  endpoint_expect (&endpoint, "P. 1:101(100) ack 1");
  endpoint_inject (&endpoint, ". 1:1(0) ack 101 win 100");
  endpoint_expect (&endpoint, "F. 101:101(0) ack 1");
  endpoint_stop (&endpoint);
}

/* Counterfactual: data after close() is not answered with a RST (RFC 1122 §4.2.2.13). No application reads it, so it
 * must not close the window, which the peer needs for its FIN. */
static void
test_data_after_close (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  profile.data_after_close = SF_LATE_TAKE;
  profile.reset_on_unread_close = FALSE;
  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_FIN_WAIT_2, FALSE);
  endpoint_inject (&endpoint, "P. 21:521(500) ack 102");
  endpoint_inject (&endpoint, "P. 521:1001(480) ack 102"); /* the window is full when the socket is closed */
  endpoint_run (&endpoint, SF_SEC);
  g_assert_cmpuint (endpoint.sent_edge, ==, 1001);
  sf_tcp_close (endpoint.net, endpoint.conn);
  endpoint_inject (&endpoint, "P. 1001:1002(1) ack 102"); /* a probe */
  g_assert_cmpuint (endpoint.sent_edge, ==, 1001 + ENDPOINT_WINDOW);
  endpoint_inject (&endpoint, "P. 1001:2001(1000) ack 102");
  endpoint_run (&endpoint, SF_SEC);
  g_assert_cmpuint (endpoint.sent_edge, ==, 2001 + ENDPOINT_WINDOW);
  endpoint_inject (&endpoint, "F. 2001:2001(0) ack 102");
  endpoint_assert_state (&endpoint, SF_TIME_WAIT);
  endpoint_stop (&endpoint);
}

static void
keep_windows (gpointer user, const SfRecordHead *head)
{
  const SfRecord *record = (gconstpointer) head;

  if (head->kind == SF_RECORD_CWND && record->host == 0)
    g_string_append_printf (user, "%u of %u; ", record->cwnd.flight, record->cwnd.snd_wnd);
}

/* The SND.WND in a trace is the one after the segment that was just processed, not the one before. */
static void
test_report (void)
{
  g_autoptr (GString) windows = g_string_new (NULL);
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  sf_net_listen (endpoint.net, keep_windows, windows);
  endpoint_connect (&endpoint);
  endpoint_inject (&endpoint, "S. 0:0(0) ack 1 win 800");
  endpoint_send (&endpoint, 100);
  endpoint_inject (&endpoint, ". 1:1(0) ack 61 win 300");
  endpoint_inject (&endpoint, ". 1:1(0) ack 101 win 0");
  endpoint_inject (&endpoint, ". 1:1(0) ack 101 win 0");
  endpoint_inject (&endpoint, ". 1:1(0) ack 101 win 500");
  g_assert_cmpstr (windows->str, ==, "0 of 800; 40 of 300; 0 of 0; 0 of 500; ");
  endpoint_stop (&endpoint);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/tcp/closed-window/empty segments", test_empty_segments);
  g_test_add_func ("/tcp/closed-window/sent again", test_sent_again);
  g_test_add_func ("/tcp/closed-window/user timeout", test_user_timeout);
  g_test_add_func ("/tcp/closed-window/window opens", test_window_opens);
  g_test_add_func ("/tcp/closed-window/data after close", test_data_after_close);
  g_test_add_func ("/tcp/closed-window/report", test_report);
  return g_test_run ();
}
