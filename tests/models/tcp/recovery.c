/* SPDX-License-Identifier: MIT
 *
 * NewReno at a single endpoint (RFC 5681 §3.2, RFC 6582, RFC 3042): what is sent on each ACK, and cwnd and ssthresh,
 * by hand.
 * Segments have 100 bytes, the initial window is 8 of them, and the test is the receiver.
 */
#include "models/tcp/tcb.h"
#include "tests/support/wire.h"

#define PEER(ack) ". 1:1(0) ack " #ack " win 9000"

static SfProfile
profile_of_test (void)
{
  SfProfile profile = wire_profile ();

  profile.default_mss = 100;
  profile.initial_window = 8;
  return profile;
}

static void
start (Wire *wire, const SfProfile *profile)
{
  wire_start (wire, profile);
  wire_connect (wire);
  wire_inject (wire, "S. 0:0(0) ack 1 win 9000");
  wire_assert_state (wire, SF_ESTABLISHED);
  g_free (wire_take_sent (wire));
}

static void
check (const Wire *wire, guint32 cwnd, guint32 ssthresh)
{
  SfTcpStatus status = wire_status (wire);

  g_assert_cmpuint (status.cwnd, ==, cwnd);
  if (ssthresh != 0)
    g_assert_cmpuint (status.ssthresh, ==, ssthresh);
}

/* 3000 bytes are written, the window is full: segments 1 to 8. The ACK of the first opens it to 9. */
static void
fill (Wire *wire)
{
  wire_send (wire, 3000);
  g_free (wire_take_sent (wire));
  g_assert_cmpuint (wire_status (wire).flight, ==, 800);
  wire_inject (wire, PEER (101));
  wire_expect (wire, ". 801:901(100) ack 1; . 901:1001(100) ack 1");
  check (wire, 900, 0);
}

/* The first two duplicate ACKs each send a new segment (RFC 3042), which does not count at the third: FlightSize is
 * 900,
 * ssthresh 450, cwnd 450 + 3 segments. */
static void
enter (Wire *wire)
{
  fill (wire);
  wire_inject (wire, PEER (101));
  wire_expect (wire, ". 1001:1101(100) ack 1");
  wire_inject (wire, PEER (101));
  wire_expect (wire, ". 1101:1201(100) ack 1");
  check (wire, 900, 0);
  wire_inject (wire, PEER (101));
  wire_expect (wire, ". 101:201(100) ack 1");
  check (wire, 750, 450);
}

/* RFC 6582 §3.2: two holes, 101 and 501. */
static void
test_two_losses (void)
{
  const SfProfile profile = profile_of_test ();
  Wire wire;

  start (&wire, &profile);
  enter (&wire);
  for (guint32 cwnd = 850; cwnd <= 1150; cwnd += 100) /* each further one inflates; 1100 bytes are in flight */
    {
      wire_inject (&wire, PEER (101));
      wire_expect (&wire, "-");
      check (&wire, cwnd, 450);
    }
  wire_inject (&wire, PEER (101));
  wire_expect (&wire, ". 1201:1301(100) ack 1");
  check (&wire, 1250, 450);
  wire_inject (&wire, PEER (501)); /* partial: the next hole, cwnd = 1250 - 400 + 100; 800 in flight leave room for one */
  wire_expect (&wire, ". 501:601(100) ack 1; . 1301:1401(100) ack 1");
  check (&wire, 950, 450);
  wire_inject (&wire, PEER (1201)); /* full: cwnd = min (450, max (200, 100) + 100) */
  wire_expect (&wire, ". 1401:1501(100) ack 1");
  check (&wire, 300, 450);
  wire_inject (&wire, PEER (1301)); /* slow start again */
  check (&wire, 400, 450);
  wire_stop (&wire);
}

/* The same without limited transmit: the first two duplicate ACKs send nothing. */
static void
test_no_limited_transmit (void)
{
  SfProfile profile = profile_of_test ();
  Wire wire;

  profile.limited_transmit = FALSE;
  start (&wire, &profile);
  fill (&wire);
  wire_inject (&wire, PEER (101));
  wire_inject (&wire, PEER (101));
  wire_expect (&wire, "-");
  wire_inject (&wire, PEER (101));
  wire_expect (&wire, ". 101:201(100) ack 1");
  check (&wire, 750, 450);
  wire_stop (&wire);
}

/* RFC 5681 section 2: what is no duplicate ACK. */
static void
test_no_duplicates (void)
{
  static const char *const no_duplicates[] = {
    ". 1:1(0) ack 101 win 9001", ". 1:1(0) ack 101 win 9002", ". 1:1(0) ack 101 win 9003", /* another window */
    ". 1:2(1) ack 101 win 9003", ". 2:3(1) ack 101 win 9003", ". 3:4(1) ack 101 win 9003", /* text */
    ". 4:4(0) ack 1 win 9003", ". 4:4(0) ack 1 win 9003", ". 4:4(0) ack 1 win 9003",       /* not the greatest ACK */
  };
  const SfProfile profile = profile_of_test ();
  Wire wire;

  start (&wire, &profile);
  fill (&wire);
  for (guint i = 0; i < G_N_ELEMENTS (no_duplicates); i++)
    wire_inject (&wire, no_duplicates[i]);
  g_free (wire_take_sent (&wire));
  check (&wire, 900, 0);
  g_assert_cmpuint (wire_status (&wire).flight, ==, 900);
  wire_stop (&wire);
}

/* RFC 6582 §3.2 step 3: the first partial ACK restarts the timer, the second does not. The RTO is 1 s. */
static void
test_partial_timer (void)
{
  const SfProfile profile = profile_of_test ();
  SfTime t;
  Wire wire;

  start (&wire, &profile);
  enter (&wire);
  t = wire.net->sim.now;
  wire_run_until (&wire, t + 500 * SF_MSEC);
  wire_inject (&wire, PEER (201));
  wire_expect (&wire, ". 201:301(100) ack 1");
  wire_run_until (&wire, t + 900 * SF_MSEC);
  wire_inject (&wire, PEER (301));
  wire_expect (&wire, ". 301:401(100) ack 1");
  wire_run_until (&wire, t + 1500 * SF_MSEC - 1);
  wire_expect (&wire, "-");
  wire_run_until (&wire, t + 1500 * SF_MSEC);
  wire_expect (&wire, ". 301:401(100) ack 1");
  wire_stop (&wire);
}

/* RFC 5681 §3.1, RFC 6298 (5.4) to (5.6): after a timeout one segment, then slow start over what was in flight; RFC
 * 6582 §3.2 step 4: the duplicate ACKs that this causes start no fast retransmit; RFC 3042: nor do they let out what was
 * sent already. */
static void
test_timeout (void)
{
  const SfProfile profile = profile_of_test ();
  Wire wire;

  start (&wire, &profile);
  fill (&wire);
  wire_run (&wire, SF_SEC - 1);
  wire_expect (&wire, "-");
  wire_run (&wire, 1);
  wire_expect (&wire, ". 101:201(100) ack 1");
  check (&wire, 100, 450);
  wire_run (&wire, 2 * SF_SEC);
  wire_expect (&wire, ". 101:201(100) ack 1"); /* the RTO has doubled */
  check (&wire, 100, 450);                     /* and ssthresh stayed */
  wire_inject (&wire, PEER (201));
  wire_expect (&wire, ". 201:301(100) ack 1; . 301:401(100) ack 1");
  check (&wire, 200, 450);
  for (guint i = 0; i < 5; i++)
    wire_inject (&wire, PEER (201));
  wire_expect (&wire, "-");
  check (&wire, 200, 450);
  wire_stop (&wire);
}

/* RFC 6582 §3.2 step 2, far from the last loss: the comparison with "recover" must not turn round at 2^31. */
static void
test_after_2_gigabytes (void)
{
  SfProfile profile = profile_of_test ();
  SfTcb *tcb;
  Wire wire;

  profile.default_mss = 65495;
  profile.mtu = 65535;
  profile.congestion_control = SF_CC_NONE;
  profile.send_buffer = 1 << 20;
  start (&wire, &profile);
  tcb = sf_tcb (wire.net, wire.conn);
  sf_net_listen (wire.net, NULL, NULL);
  for (guint64 n = 0; n < ((guint64) 3 << 30); n += 60000)
    {
      SfSegment ack = { .src = WIRE_PEER_ADDR, .dst = WIRE_PEER_ADDR - 1, .sport = WIRE_PEER_PORT, .dport = WIRE_PORT,
                        .seq = tcb->rcv_nxt, .flags = SF_ACK, .wnd = 65535 };

      wire_send (&wire, 60000);
      ack.ack = tcb->snd_max;
      sf_tcp_input (wire.net, 0, &ack);
    }
  g_assert_cmpuint (sf_seq_distance (sf_transfer (wire.net, tcb)->recovery.recover, tcb->snd_una), <, 1 << 30);
  wire_stop (&wire);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/recovery/two-losses-rfc6582-3.2", test_two_losses);
  g_test_add_func ("/tcp/recovery/no-limited-transmit-rfc3042", test_no_limited_transmit);
  g_test_add_func ("/tcp/recovery/no-duplicates-rfc5681-2", test_no_duplicates);
  g_test_add_func ("/tcp/recovery/partial-timer-rfc6582-3.2", test_partial_timer);
  g_test_add_func ("/tcp/recovery/timeout-rfc5681-3.1", test_timeout);
  g_test_add_func ("/tcp/recovery/after-2-gigabytes-rfc6582-3.2", test_after_2_gigabytes);
  return g_test_run ();
}
