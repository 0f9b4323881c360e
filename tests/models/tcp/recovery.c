/* SPDX-License-Identifier: MIT
 *
 * NewReno at a single endpoint (RFC 5681 §3.2, RFC 6582, RFC 3042): the segments sent on each ACK, cwnd and ssthresh,
 * computed by hand. Segments have 100 bytes, the initial window is 8 of them, and the test is the receiver.
 */
#include "models/tcp/tcb.h"
#include "tests/support/endpoint.h"

#define PEER(ack) ". 1:1(0) ack " #ack " win 9000"

static SfProfile
profile_of_test (void)
{
  SfProfile profile = endpoint_profile ();

  profile.default_mss = 100;
  profile.initial_window = 8;
  return profile;
}

static void
start (Endpoint *endpoint, const SfProfile *profile)
{
  endpoint_start (endpoint, profile);
  endpoint_connect (endpoint);
  endpoint_inject (endpoint, "S. 0:0(0) ack 1 win 9000");
  endpoint_assert_state (endpoint, SF_ESTABLISHED);
  g_free (endpoint_take_sent (endpoint));
}

static void
check (const Endpoint *endpoint, guint32 cwnd, guint32 ssthresh)
{
  SfTcpStatus status = endpoint_status (endpoint);

  g_assert_cmpuint (status.cwnd, ==, cwnd);
  if (ssthresh != 0)
    g_assert_cmpuint (status.ssthresh, ==, ssthresh);
}

/* Writes 3000 bytes; segments 1 to 8 fill cwnd. The ACK of the first segment makes cwnd 9 segments. */
static void
fill (Endpoint *endpoint)
{
  endpoint_send (endpoint, 3000);
  g_free (endpoint_take_sent (endpoint));
  g_assert_cmpuint (endpoint_status (endpoint).flight, ==, 800);
  endpoint_inject (endpoint, PEER (101));
  endpoint_expect (endpoint, ". 801:901(100) ack 1; . 901:1001(100) ack 1");
  check (endpoint, 900, 0);
}

/* The first two duplicate ACKs each send a new segment (RFC 3042), which does not count at the third: FlightSize is
 * 900,
 * ssthresh 450, cwnd 450 + 3 segments. */
static void
enter (Endpoint *endpoint)
{
  fill (endpoint);
  endpoint_inject (endpoint, PEER (101));
  endpoint_expect (endpoint, ". 1001:1101(100) ack 1");
  endpoint_inject (endpoint, PEER (101));
  endpoint_expect (endpoint, ". 1101:1201(100) ack 1");
  check (endpoint, 900, 0);
  endpoint_inject (endpoint, PEER (101));
  endpoint_expect (endpoint, ". 101:201(100) ack 1");
  check (endpoint, 750, 450);
}

/* RFC 6582 §3.2: two holes, 101 and 501. */
static void
test_two_losses (void)
{
  const SfProfile profile = profile_of_test ();
  Endpoint endpoint;

  start (&endpoint, &profile);
  enter (&endpoint);
  for (guint32 cwnd = 850; cwnd <= 1150; cwnd += 100) /* each further one inflates; 1100 bytes are in flight */
    {
      endpoint_inject (&endpoint, PEER (101));
      endpoint_expect (&endpoint, "-");
      check (&endpoint, cwnd, 450);
    }
  endpoint_inject (&endpoint, PEER (101));
  endpoint_expect (&endpoint, ". 1201:1301(100) ack 1");
  check (&endpoint, 1250, 450);
  endpoint_inject (&endpoint,
                   PEER (501)); /* partial: the next hole, cwnd = 1250 - 400 + 100; 800 in flight leave room for one */
  endpoint_expect (&endpoint, ". 501:601(100) ack 1; . 1301:1401(100) ack 1");
  check (&endpoint, 950, 450);
  endpoint_inject (&endpoint, PEER (1201)); /* full: cwnd = min (450, max (200, 100) + 100) */
  endpoint_expect (&endpoint, ". 1401:1501(100) ack 1");
  check (&endpoint, 300, 450);
  endpoint_inject (&endpoint, PEER (1301)); /* slow start again */
  check (&endpoint, 400, 450);
  endpoint_stop (&endpoint);
}

/* The same without limited transmit: the first two duplicate ACKs send nothing. */
static void
test_no_limited_transmit (void)
{
  SfProfile profile = profile_of_test ();
  Endpoint endpoint;

  profile.limited_transmit = FALSE;
  start (&endpoint, &profile);
  fill (&endpoint);
  endpoint_inject (&endpoint, PEER (101));
  endpoint_inject (&endpoint, PEER (101));
  endpoint_expect (&endpoint, "-");
  endpoint_inject (&endpoint, PEER (101));
  endpoint_expect (&endpoint, ". 101:201(100) ack 1");
  check (&endpoint, 750, 450);
  endpoint_stop (&endpoint);
}

/* ACKs that are no duplicate ACKs by RFC 5681 section 2. */
static void
test_no_duplicates (void)
{
  static const char *const no_duplicates[] = {
    ". 1:1(0) ack 101 win 9001", ". 1:1(0) ack 101 win 9002", ". 1:1(0) ack 101 win 9003", /* another window */
    ". 1:2(1) ack 101 win 9003", ". 2:3(1) ack 101 win 9003", ". 3:4(1) ack 101 win 9003", /* text */
    ". 4:4(0) ack 1 win 9003",   ". 4:4(0) ack 1 win 9003",   ". 4:4(0) ack 1 win 9003",   /* not the greatest ACK */
  };
  const SfProfile profile = profile_of_test ();
  Endpoint endpoint;

  start (&endpoint, &profile);
  fill (&endpoint);
  for (guint i = 0; i < G_N_ELEMENTS (no_duplicates); i++)
    endpoint_inject (&endpoint, no_duplicates[i]);
  g_free (endpoint_take_sent (&endpoint));
  check (&endpoint, 900, 0);
  g_assert_cmpuint (endpoint_status (&endpoint).flight, ==, 900);
  endpoint_stop (&endpoint);
}

/* RFC 6582 §3.2 step 3: the first partial ACK restarts the timer, the second does not. The RTO is 1 s. */
static void
test_partial_timer (void)
{
  const SfProfile profile = profile_of_test ();
  SfTime t;
  Endpoint endpoint;

  start (&endpoint, &profile);
  enter (&endpoint);
  t = endpoint.net->sim.now;
  endpoint_run_until (&endpoint, t + 500 * SF_MSEC);
  endpoint_inject (&endpoint, PEER (201));
  endpoint_expect (&endpoint, ". 201:301(100) ack 1");
  endpoint_run_until (&endpoint, t + 900 * SF_MSEC);
  endpoint_inject (&endpoint, PEER (301));
  endpoint_expect (&endpoint, ". 301:401(100) ack 1");
  endpoint_run_until (&endpoint, t + 1500 * SF_MSEC - 1);
  endpoint_expect (&endpoint, "-");
  endpoint_run_until (&endpoint, t + 1500 * SF_MSEC);
  endpoint_expect (&endpoint, ". 301:401(100) ack 1");
  endpoint_stop (&endpoint);
}

/* After a timeout one segment is sent, then slow start sends again what was in flight (RFC 5681 §3.1, RFC 6298 (5.4) to
 * (5.6)). The duplicate ACKs that this causes start no fast retransmit (RFC 6582 §3.2 step 4). Limited transmit sends
 * nothing on them, because it is for new data only (RFC 3042). */
static void
test_timeout (void)
{
  const SfProfile profile = profile_of_test ();
  Endpoint endpoint;

  start (&endpoint, &profile);
  fill (&endpoint);
  endpoint_run (&endpoint, SF_SEC - 1);
  endpoint_expect (&endpoint, "-");
  endpoint_run (&endpoint, 1);
  endpoint_expect (&endpoint, ". 101:201(100) ack 1");
  check (&endpoint, 100, 450);
  endpoint_run (&endpoint, 2 * SF_SEC);
  endpoint_expect (&endpoint, ". 101:201(100) ack 1"); /* the RTO has doubled */
  check (&endpoint, 100, 450);                         /* and ssthresh stayed */
  endpoint_inject (&endpoint, PEER (201));
  endpoint_expect (&endpoint, ". 201:301(100) ack 1; . 301:401(100) ack 1");
  check (&endpoint, 200, 450);
  for (guint i = 0; i < 5; i++)
    endpoint_inject (&endpoint, PEER (201));
  endpoint_expect (&endpoint, "-");
  check (&endpoint, 200, 450);
  endpoint_stop (&endpoint);
}

/* RFC 6582 §3.2 step 2, long after the last loss: the comparison with "recover" must still be right after 2^31 bytes.
 */
static void
test_after_2_gigabytes (void)
{
  SfProfile profile = profile_of_test ();
  SfTcb *tcb;
  Endpoint endpoint;

  profile.default_mss = 65495;
  profile.mtu = 65535;
  profile.congestion_control = SF_CC_NONE;
  profile.send_buffer = 1 << 20;
  start (&endpoint, &profile);
  tcb = sf_tcb (endpoint.net, endpoint.conn);
  sf_net_listen (endpoint.net, NULL, NULL);
  for (guint64 n = 0; n < ((guint64) 3 << 30); n += 60000)
    {
      SfSegment ack = { .src = ENDPOINT_PEER_ADDR,
                        .dst = ENDPOINT_PEER_ADDR - 1,
                        .sport = ENDPOINT_PEER_PORT,
                        .dport = ENDPOINT_PORT,
                        .seq = tcb->rcv_nxt,
                        .flags = SF_ACK,
                        .wnd = 65535 };

      endpoint_send (&endpoint, 60000);
      ack.ack = tcb->snd_max;
      sf_tcp_input (endpoint.net, 0, &ack);
    }
  g_assert_cmpuint (sf_seq_distance (sf_transfer (endpoint.net, tcb)->recovery.recover, tcb->snd_una), <, 1 << 30);
  endpoint_stop (&endpoint);
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
