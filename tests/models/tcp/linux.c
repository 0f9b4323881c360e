/* SPDX-License-Identifier: MIT
 *
 * Behavior of the linux profile that RFC 9293 does not have, at a single endpoint, as recorded from Linux 6.18.
 * tests/lab/report/recordings.c compares whole connections.
 */
#include "models/tcp/tcb.h"
#include "tests/support/endpoint.h"

/* Checks that nothing is sent until 1 ns before `due`, and `sent` at `due`. */
static void
expect_at (Endpoint *endpoint, SfTime due, const char *sent)
{
  endpoint_run_until (endpoint, due - 1);
  endpoint_expect (endpoint, "-");
  endpoint_run_until (endpoint, due);
  endpoint_expect (endpoint, sent);
}

/* Recorded of 256 bytes that filled the window at 341105: probes 341104:341104(0) after 0.35, 0.77 and 1.41 s, each
 * answered with "ack 341105 win 0"; then the window opens and the data follow. */
static void
test_zero_window_probe (void)
{
  SfProfile profile = endpoint_profile ();
  SfTime due;
  Endpoint endpoint;

  profile.probe_with_data = FALSE;
  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_ESTABLISHED, FALSE);
  endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 0");
  endpoint_send (&endpoint, 10);
  due = endpoint.net->sim.now;
  for (guint i = 0; i < 4; i++)
    {
      due += SF_SEC << i;
      expect_at (&endpoint, due, ". 100:100(0) ack 21");
      endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 0");
      endpoint_expect (&endpoint, "-");
    }
  endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 1000");
  endpoint_expect (&endpoint, "P. 101:111(10) ack 21");
  endpoint_stop (&endpoint);
}

/* A window that is not zero, but too small for the data that waits, is filled and not probed. */
static void
test_small_window (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  profile.probe_with_data = FALSE;
  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_ESTABLISHED, FALSE);
  endpoint_inject (&endpoint, ". 21:21(0) ack 101 win 4");
  endpoint_send (&endpoint, 10);
  expect_at (&endpoint, endpoint.net->sim.now + SF_SEC, ". 101:105(4) ack 21");
  endpoint_stop (&endpoint);
}

/* At the receiver: such a probe is answered, whatever the window is. */
static void
test_probe_is_answered (void)
{
  SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_ESTABLISHED, FALSE);
  endpoint_inject (&endpoint, ". 21:21(0) ack 101");
  endpoint_inject (&endpoint, ". 20:20(0) ack 101");
  endpoint_expect (&endpoint, ". 101:101(0) ack 21");
  endpoint_stop (&endpoint);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/linux/zero-window-probe", test_zero_window_probe);
  g_test_add_func ("/tcp/linux/small-window", test_small_window);
  g_test_add_func ("/tcp/linux/probe-is-answered", test_probe_is_answered);
  return g_test_run ();
}
