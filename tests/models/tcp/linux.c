/* SPDX-License-Identifier: MIT
 *
 * Ways of Linux that the linux profile has and RFC 9293 has not, one by one at a single endpoint, as recorded from Linux
 * 6.18. tests/lab/report/recordings.c compares whole connections.
 */
#include "models/tcp/tcb.h"
#include "tests/support/wire.h"

/* Nothing is sent up to 1 ns before `due`; `sent` is at `due`. */
static void
expect_at (Wire *wire, SfTime due, const char *sent)
{
  wire_run_until (wire, due - 1);
  wire_expect (wire, "-");
  wire_run_until (wire, due);
  wire_expect (wire, sent);
}

/* Recorded of 256 bytes that filled the window at 341105: probes 341104:341104(0) after 0.35, 0.77 and 1.41 s, each answered
 * with "ack 341105 win 0"; then the window opens and the data follow. */
static void
test_zero_window_probe (void)
{
  SfProfile profile = wire_profile ();
  SfTime due;
  Wire wire;

  profile.probe_with_data = FALSE;
  wire_start (&wire, &profile);
  wire_reach (&wire, SF_ESTABLISHED, FALSE);
  wire_inject (&wire, ". 21:21(0) ack 101 win 0");
  wire_send (&wire, 10);
  due = wire.net->sim.now;
  for (guint i = 0; i < 4; i++)
    {
      due += SF_SEC << i;
      expect_at (&wire, due, ". 100:100(0) ack 21");
      wire_inject (&wire, ". 21:21(0) ack 101 win 0");
      wire_expect (&wire, "-");
    }
  wire_inject (&wire, ". 21:21(0) ack 101 win 1000");
  wire_expect (&wire, "P. 101:111(10) ack 21");
  wire_stop (&wire);
}

/* A window that is not zero but too small for what waits is filled, not probed. */
static void
test_small_window (void)
{
  SfProfile profile = wire_profile ();
  Wire wire;

  profile.probe_with_data = FALSE;
  wire_start (&wire, &profile);
  wire_reach (&wire, SF_ESTABLISHED, FALSE);
  wire_inject (&wire, ". 21:21(0) ack 101 win 4");
  wire_send (&wire, 10);
  expect_at (&wire, wire.net->sim.now + SF_SEC, ". 101:105(4) ack 21");
  wire_stop (&wire);
}

/* The other side: such a probe is answered, whatever the window. */
static void
test_probe_is_answered (void)
{
  SfProfile profile = wire_profile ();
  Wire wire;

  wire_start (&wire, &profile);
  wire_reach (&wire, SF_ESTABLISHED, FALSE);
  wire_inject (&wire, ". 21:21(0) ack 101");
  wire_inject (&wire, ". 20:20(0) ack 101");
  wire_expect (&wire, ". 101:101(0) ack 21");
  wire_stop (&wire);
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
