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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/tcp/closed-window/empty segments", test_empty_segments);
  return g_test_run ();
}
