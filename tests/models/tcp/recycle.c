/* SPDX-License-Identifier: MIT
 *
 * `tw-recycle`: what a server remembers of the clock at an address, and which SYNs it refuses for it (Linux before 4.12).
 * Each connection comes from the one peer of wire.h, whose address is that of a translator: the ports, and the clocks, are
 * of different hosts.
 */
#include "models/tcp/recycle.h"
#include "tests/support/wire.h"

#define CLOCK 50000

static void
inject (Wire *wire, guint16 port, guint32 seq, guint32 ack, SfFlags flags, guint32 tsval)
{
  SfSegment seg = {
    .src = WIRE_PEER_ADDR,
    .dst = WIRE_PEER_ADDR - 1,
    .sport = port,
    .dport = WIRE_PORT,
    .from = 1,
    .seq = sf_seq (WIRE_IRS + seq),
    .ack = sf_seq (WIRE_ISS + ack),
    .flags = (guint8) flags,
    .wnd = 1000,
    .options = tsval != 0 ? SF_OPT_TS : 0,
    .tsval = tsval,
  };

  sf_tcp_input (wire->net, 0, &seg);
}

/* A server that has closed a connection, whose peer's clock showed CLOCK, and listens. */
static void
serve_one (Wire *wire, const SfProfile *profile)
{
  wire_start (wire, profile);
  wire_connect (wire);
  inject (wire, WIRE_PEER_PORT, 0, 1, SF_SYN | SF_ACK, CLOCK);
  g_assert_cmpint (sf_tcp_shutdown (wire->net, wire->conn), ==, 0);
  inject (wire, WIRE_PEER_PORT, 1, 2, SF_FIN | SF_ACK, CLOCK);
  wire_assert_state (wire, SF_TIME_WAIT);
  wire_listen (wire);
  g_free (wire_take_sent (wire));
}

static SfProfile
recycling (void)
{
  SfProfile profile = wire_profile ();

  profile.timestamps = TRUE;
  profile.tw_recycle = TRUE;
  return profile;
}

/* A SYN from another port of the address, at a clock of `tsval`, after `wait`: TRUE if it is answered. */
static gboolean
is_answered (const SfProfile *profile, guint32 tsval, SfTime wait)
{
  g_autofree char *sent = NULL;
  Wire wire;

  serve_one (&wire, profile);
  wire_run (&wire, wait);
  inject (&wire, WIRE_PEER_PORT + 1, 0, 0, SF_SYN, tsval);
  sent = wire_take_sent (&wire);
  wire_stop (&wire);
  return !g_str_equal (sent, "-");
}

/* An older clock is refused for 60 s, with one tick of grace; a SYN without a timestamp never is. */
static void
test_refuses (void)
{
  const SfProfile profile = recycling ();

  g_assert_false (is_answered (&profile, CLOCK - 1000, 0));
  g_assert_false (is_answered (&profile, CLOCK - 2, 0));
  g_assert_true (is_answered (&profile, CLOCK - 1, 0));
  g_assert_true (is_answered (&profile, CLOCK, 0));
  g_assert_true (is_answered (&profile, CLOCK + 1000, 0));
  g_assert_true (is_answered (&profile, 0, 0));
  g_assert_false (is_answered (&profile, CLOCK - 1000, 60 * SF_SEC - 1));
  g_assert_true (is_answered (&profile, CLOCK - 1000, 60 * SF_SEC));
}

/* Without the knob, or without timestamps here, nobody is. */
static void
test_off (void)
{
  SfProfile profile = recycling ();

  profile.tw_recycle = FALSE;
  g_assert_true (is_answered (&profile, CLOCK - 1000, 0));
  profile.tw_recycle = TRUE;
  profile.timestamps = FALSE;
  g_assert_true (is_answered (&profile, CLOCK - 1000, 0));
}

/* TIME-WAIT lasts 3.5 times the smallest RTO, if there were timestamps. */
static void
test_length (void)
{
  SfProfile profile = recycling ();
  Wire wire;

  serve_one (&wire, &profile);
  wire_run (&wire, profile.rto_min * 7 / 2 - 1);
  wire_assert_state (&wire, SF_TIME_WAIT);
  wire_run (&wire, 1);
  wire_assert_state (&wire, SF_LISTEN);
  wire_stop (&wire);

  profile.timestamps = FALSE;
  serve_one (&wire, &profile);
  wire_run (&wire, profile.rto_min * 7 / 2);
  wire_assert_state (&wire, SF_TIME_WAIT);
  wire_stop (&wire);
}

/* A crash takes the memory with it. */
static void
test_crash (void)
{
  const SfProfile profile = recycling ();
  Wire wire;

  serve_one (&wire, &profile);
  g_assert_cmpuint (wire.net->stamps.live, ==, 1);
  sf_tcp_host_crashed (wire.net, 0);
  g_assert_cmpuint (wire.net->stamps.live, ==, 0);
  wire_stop (&wire);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/recycle/refuses-older-clock", test_refuses);
  g_test_add_func ("/tcp/recycle/off", test_off);
  g_test_add_func ("/tcp/recycle/length", test_length);
  g_test_add_func ("/tcp/recycle/crash", test_crash);
  return g_test_run ();
}
