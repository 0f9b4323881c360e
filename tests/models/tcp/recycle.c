/* SPDX-License-Identifier: MIT
 *
 * `tw-recycle`: a server remembers the last timestamp of an address, and drops SYNs with an older one (Linux before
 * 4.12). All connections are from the address of the peer of endpoint.h. It stands for an address translator: ports and
 * timestamp clocks belong to different hosts behind it.
 */
#include "models/tcp/recycle.h"
#include "tests/support/endpoint.h"

#define CLOCK 50000

static void
inject (Endpoint *endpoint, guint16 port, guint32 seq, guint32 ack, SfFlags flags, guint32 tsval)
{
  SfSegment seg = {
    .src = ENDPOINT_PEER_ADDR,
    .dst = ENDPOINT_PEER_ADDR - 1,
    .sport = port,
    .dport = ENDPOINT_PORT,
    .from = 1,
    .seq = sf_seq (ENDPOINT_IRS + seq),
    .ack = sf_seq (ENDPOINT_ISS + ack),
    .flags = (guint16) flags,
    .wnd = 1000,
    .options = tsval != 0 ? SF_OPT_TS : 0,
    .tsval = tsval,
  };

  sf_tcp_input (endpoint->net, 0, &seg);
}

/* Makes a server that listens, and has closed a connection. The last timestamp of its peer was CLOCK. */
static void
serve_one (Endpoint *endpoint, const SfProfile *profile)
{
  endpoint_start (endpoint, profile);
  endpoint_connect (endpoint);
  inject (endpoint, ENDPOINT_PEER_PORT, 0, 1, SF_SYN | SF_ACK, CLOCK);
  g_assert_cmpint (sf_tcp_shutdown (endpoint->net, endpoint->conn), ==, 0);
  inject (endpoint, ENDPOINT_PEER_PORT, 1, 2, SF_FIN | SF_ACK, CLOCK);
  endpoint_assert_state (endpoint, SF_TIME_WAIT);
  endpoint_listen (endpoint);
  g_free (endpoint_take_sent (endpoint));
}

static SfProfile
recycling (void)
{
  SfProfile profile = endpoint_profile ();

  profile.timestamps = TRUE;
  profile.tw_recycle = TRUE;
  return profile;
}

/* After `wait`, a SYN with timestamp `tsval` arrives from another port of the address. TRUE if it is answered. */
static gboolean
is_answered (const SfProfile *profile, guint32 tsval, SfTime wait)
{
  g_autofree char *sent = NULL;
  Endpoint endpoint;

  serve_one (&endpoint, profile);
  endpoint_run (&endpoint, wait);
  inject (&endpoint, ENDPOINT_PEER_PORT + 1, 0, 0, SF_SYN, tsval);
  sent = endpoint_take_sent (&endpoint);
  endpoint_stop (&endpoint);
  return !g_str_equal (sent, "-");
}

/* A SYN with a timestamp that is older by more than one tick is dropped for 60 s; one without a timestamp never is. */
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

/* Without the knob, or without timestamps at the server, no SYN is dropped. */
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

/* TIME-WAIT lasts 3.5 times the smallest RTO if the connection had timestamps. */
static void
test_length (void)
{
  SfProfile profile = recycling ();
  Endpoint endpoint;

  serve_one (&endpoint, &profile);
  endpoint_run (&endpoint, profile.rto_min * 7 / 2 - 1);
  endpoint_assert_state (&endpoint, SF_TIME_WAIT);
  endpoint_run (&endpoint, 1);
  endpoint_assert_state (&endpoint, SF_LISTEN);
  endpoint_stop (&endpoint);

  profile.timestamps = FALSE;
  serve_one (&endpoint, &profile);
  endpoint_run (&endpoint, profile.rto_min * 7 / 2);
  endpoint_assert_state (&endpoint, SF_TIME_WAIT);
  endpoint_stop (&endpoint);
}

/* After a crash the server remembers no timestamps. */
static void
test_crash (void)
{
  const SfProfile profile = recycling ();
  Endpoint endpoint;

  serve_one (&endpoint, &profile);
  g_assert_cmpuint (endpoint.net->stamps.live, ==, 1);
  sf_tcp_host_crashed (endpoint.net, 0);
  g_assert_cmpuint (endpoint.net->stamps.live, ==, 0);
  endpoint_stop (&endpoint);
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
