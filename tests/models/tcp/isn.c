/* SPDX-License-Identifier: MIT
 *
 * Initial sequence numbers (RFC 9293 §3.4.1, RFC 6528), ephemeral ports (RFC 6056) and SYN cookies (RFC 4987 §3.6).
 */
#include "models/tcp/isn.h"
#include "models/host.h"
#include "models/tcp/cookie.h"
#include "models/tcp/ports.h"
#include "tests/support/endpoint.h"

#include <errno.h>
#include <stdio.h>

static SfTcb
tcb_of_test (guint16 rport)
{
  return (SfTcb){ .laddr = 1, .raddr = 2, .lport = 3, .rport = rport };
}

static void
start (Endpoint *endpoint, SfIsnKind kind)
{
  SfProfile profile = endpoint_profile ();

  profile.isn = kind;
  endpoint_start (endpoint, &profile);
}

/* ISN = M + F(4-tuple, secret): the clock ticks every 4 µs, other tuples and other secrets have other offsets. */
static void
test_rfc6528 (void)
{
  SfTcb tcb = tcb_of_test (4), other = tcb_of_test (5);
  SfSeq first;
  Endpoint endpoint;

  start (&endpoint, SF_ISN_RFC6528);
  first = sf_isn_choose (endpoint.net, &tcb);
  g_assert_cmpuint (sf_isn_choose (endpoint.net, &tcb).v, ==, first.v);
  g_assert_cmpuint (sf_isn_choose (endpoint.net, &other).v, !=, first.v);
  endpoint_run (&endpoint, 4 * SF_USEC * 1000);
  g_assert_cmpuint (sf_seq_distance (first, sf_isn_choose (endpoint.net, &tcb)), ==, 1000);
  sf_net_reset (endpoint.net, (SfSeed){ 2, 0 });
  endpoint_run_until (&endpoint, ENDPOINT_ISS * (4 * SF_USEC));
  g_assert_cmpuint (sf_isn_choose (endpoint.net, &tcb).v, !=, first.v);
  endpoint_stop (&endpoint);
}

/* Every bit of the 4-tuple counts: ISN = M + F(localip, localport, remoteip, remoteport, secretkey) (RFC 6528 §3). */
static void
test_every_bit (void)
{
  SfTcb tcb = tcb_of_test (4);
  SfSeq first;
  Endpoint endpoint;

  start (&endpoint, SF_ISN_RFC6528);
  first = sf_isn_choose (endpoint.net, &tcb);
  for (guint bit = 0; bit < 32 + 32 + 16 + 16; bit++)
    {
      SfTcb other = tcb;

      if (bit < 32)
        other.laddr ^= 1u << bit;
      else if (bit < 64)
        other.raddr ^= 1u << (bit - 32);
      else if (bit < 80)
        other.lport = (guint16) (other.lport ^ 1u << (bit - 64));
      else
        other.rport = (guint16) (other.rport ^ 1u << (bit - 80));
      g_assert_cmpuint (sf_isn_choose (endpoint.net, &other).v, !=, first.v);
    }
  endpoint_stop (&endpoint);
}

static void
test_other_kinds (void)
{
  SfTcb tcb = tcb_of_test (4);
  SfSeq first;
  Endpoint endpoint;

  start (&endpoint, SF_ISN_CLOCK);
  g_assert_cmpuint (sf_isn_choose (endpoint.net, &tcb).v, ==, ENDPOINT_ISS);
  endpoint_run (&endpoint, 4 * SF_USEC - 1);
  g_assert_cmpuint (sf_isn_choose (endpoint.net, &tcb).v, ==, ENDPOINT_ISS);
  endpoint_run (&endpoint, 1);
  g_assert_cmpuint (sf_isn_choose (endpoint.net, &tcb).v, ==, ENDPOINT_ISS + 1);
  endpoint_stop (&endpoint);

  start (&endpoint, SF_ISN_ZERO);
  g_assert_cmpuint (sf_isn_choose (endpoint.net, &tcb).v, ==, 0);
  endpoint_stop (&endpoint);

  start (&endpoint, SF_ISN_RANDOM);
  first = sf_isn_choose (endpoint.net, &tcb);
  g_assert_cmpuint (sf_isn_choose (endpoint.net, &tcb).v, !=, first.v);
  endpoint_stop (&endpoint);
}

/* A reboot sets the clock back (RFC 9293 §3.4.1: it "need not persist across reboots") and draws another secret. */
static void
test_reboot (void)
{
  static const SfIsnKind kinds[] = { SF_ISN_CLOCK, SF_ISN_RFC6528 };
  SfTcb tcb = tcb_of_test (4);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      SfSeq before, after;
      Endpoint endpoint;

      start (&endpoint, kinds[i]);
      before = sf_isn_choose (endpoint.net, &tcb);
      sf_host_crash (endpoint.net, 0);
      sf_host_reboot (endpoint.net, 0);
      endpoint_run (&endpoint, ENDPOINT_ISS * (4 * SF_USEC));
      after = sf_isn_choose (endpoint.net, &tcb);
      g_assert_cmpint (sf_seq_eq (before, after), ==, kinds[i] == SF_ISN_CLOCK);
      endpoint_stop (&endpoint);
    }
}

/* --- ports --- */

static guint16
connect_to (Endpoint *endpoint, guint16 port, guint32 *ret_conn, int *ret_error)
{
  SfTcpStatus status = { 0 };

  *ret_conn = sf_tcp_connect (endpoint->net, 0, ENDPOINT_PEER_ADDR, port, NULL, 0, ret_error);
  if (*ret_conn != 0)
    sf_tcp_status (endpoint->net, *ret_conn, &status);
  return status.lport;
}

/* RFC 6056 §3.3: every port of the range once, then EADDRNOTAVAIL; another destination has them all again. */
static void
test_exhaustion (gconstpointer order)
{
  SfProfile profile = endpoint_profile ();
  guint32 conns[10], conn;
  guint seen = 0;
  int error;
  Endpoint endpoint;

  profile.ephemeral_order = GPOINTER_TO_INT (order);
  profile.ephemeral_first = 50000;
  profile.ephemeral_last = 50009;
  endpoint_start (&endpoint, &profile);
  for (guint i = 0; i < 10; i++)
    {
      guint16 port = connect_to (&endpoint, 80, &conns[i], &error);

      g_assert_cmpint (error, ==, 0);
      g_assert_true (port >= 50000 && port <= 50009);
      if (profile.ephemeral_order == SF_PORTS_SEQUENTIAL)
        g_assert_cmpuint (port, ==, 50000 + i);
      seen |= 1u << (port - 50000);
    }
  g_assert_cmpuint (seen, ==, 0x3ff);
  g_assert_cmpuint (connect_to (&endpoint, 80, &conn, &error), ==, 0);
  g_assert_cmpint (error, ==, EADDRNOTAVAIL);
  g_assert_cmpuint (connect_to (&endpoint, 81, &conn, &error), !=, 0);
  sf_tcp_abort (endpoint.net, conns[7]); /* SYN-SENT: it is deleted at once, and its port is free */
  g_assert_cmpuint (connect_to (&endpoint, 80, &conn, &error), !=, 0);
  g_assert_cmpuint (connect_to (&endpoint, 80, &conn, &error), ==, 0);
  endpoint_stop (&endpoint);
}

/* A connection in TIME-WAIT keeps its port until it ends. */
static void
test_time_wait_holds (void)
{
  SfProfile profile = endpoint_profile ();
  guint32 conn;
  int error;
  Endpoint endpoint;

  profile.ephemeral_first = profile.ephemeral_last = ENDPOINT_PORT;
  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_TIME_WAIT, FALSE);
  sf_tcp_close (endpoint.net, endpoint.conn);
  g_assert_cmpuint (connect_to (&endpoint, ENDPOINT_PEER_PORT, &conn, &error), ==, 0);
  g_assert_cmpint (error, ==, EADDRNOTAVAIL);
  endpoint_run (&endpoint, 240 * SF_SEC - 1);
  g_assert_cmpuint (connect_to (&endpoint, ENDPOINT_PEER_PORT, &conn, &error), ==, 0);
  endpoint_run (&endpoint, 1);
  g_assert_cmpuint (connect_to (&endpoint, ENDPOINT_PEER_PORT, &conn, &error), ==, ENDPOINT_PORT);
  endpoint_stop (&endpoint);
}

/* --- cookies --- */

static gboolean
is_good (const Endpoint *endpoint, SfSeq cookie, SfSeq seq, guint16 sport, guint16 *ret_mss)
{
  SfSegment ack = {
    .src = 7, .dst = 8, .sport = sport, .dport = 80, .seq = sf_seq_add (seq, 1), .ack = sf_seq_add (cookie, 1)
  };

  return sf_cookie_check (endpoint->net, 0, &ack, ret_mss);
}

static void
test_cookie (void)
{
  static const struct
  {
    guint16 mss, kept;
  } sizes[] = { { 0, 64 }, { 536, 536 }, { 1459, 1440 }, { 1460, 1460 }, { 65535, 8960 } };
  SfSegment syn = {
    .src = 7, .dst = 8, .sport = 9, .dport = 80, .seq = { 0xffffffff }, .flags = SF_SYN, .options = SF_OPT_MSS
  };
  SfSeq cookie;
  guint16 mss;
  Endpoint endpoint;

  start (&endpoint, SF_ISN_RFC6528);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      syn.mss = sizes[i].mss;
      g_assert_true (is_good (&endpoint, sf_cookie_make (endpoint.net, 0, &syn), syn.seq, 9, &mss));
      g_assert_cmpuint (mss, ==, sizes[i].kept);
    }
  cookie = sf_cookie_make (endpoint.net, 0, &syn);
  g_assert_false (is_good (&endpoint, cookie, sf_seq (5), 9, &mss)); /* of another SYN */
  g_assert_false (is_good (&endpoint, cookie, syn.seq, 10, &mss));   /* of another port */
  for (guint bit = 3; bit < 32; bit++)                               /* forged */
    g_assert_false (is_good (&endpoint, sf_seq (cookie.v ^ 1u << bit), syn.seq, 9, &mss));
  endpoint_run (&endpoint, 64 * SF_SEC);
  g_assert_true (is_good (&endpoint, cookie, syn.seq, 9, &mss)); /* a cookie of the tick before is valid */
  endpoint_run (&endpoint, 64 * SF_SEC);
  g_assert_false (is_good (&endpoint, cookie, syn.seq, 9, &mss)); /* stale */
  endpoint_run (&endpoint, 30 * 64 * SF_SEC);
  g_assert_true (sf_cookie_make (endpoint.net, 0, &syn).v
                 == cookie.v); /* the five bits of time wrap; this is a known weakness */
  endpoint_stop (&endpoint);
}

/* A listener with cookies keeps no state. A valid ACK leads from LISTEN directly to ESTABLISHED; a forged one gets a
 * RST; with a full accept queue there is no answer. */
static void
test_cookie_listener (void)
{
  SfProfile profile = endpoint_profile ();
  g_autofree char *ack = NULL;
  int error;
  Endpoint endpoint;

  profile.syn_cookies = SF_COOKIES_ALWAYS;
  endpoint_start (&endpoint, &profile);
  endpoint.listener = sf_tcp_listen (endpoint.net, 0, ENDPOINT_PORT, 1, NULL, 0, &error);
  endpoint_inject (&endpoint, "S 0:0(0) mss 1460");
  g_assert_cmpuint (endpoint.net->tcbs.live, ==, 0);
  {
    g_autofree char *syn_ack = endpoint_take_sent (&endpoint);
    int iss = 0;

    sscanf (syn_ack, "S. %d:", &iss);
    ack = g_strdup_printf (". 1:1(0) ack %d", iss + 1);
  }
  endpoint_inject (&endpoint, ". 1:1(0) ack 77777");
  endpoint_expect (&endpoint, "R 77777:77777(0)");
  endpoint_assert_state (&endpoint, SF_LISTEN);
  endpoint_inject (&endpoint, ack);
  endpoint_assert_state (&endpoint, SF_ESTABLISHED);
  endpoint_expect (&endpoint, "-");
  g_assert_cmpuint (sf_transfer (endpoint.net, sf_tcb (endpoint.net, endpoint.conn))->mss, ==, 1460);
  sf_tcp_host_crashed (endpoint.net, 0);
  endpoint.listener = sf_tcp_listen (endpoint.net, 0, ENDPOINT_PORT, 1, NULL, 0, &error);
  ((SfListener *) sf_pool_at (&endpoint.net->listeners, endpoint.listener))->backlog = 0;
  endpoint_inject (&endpoint, ack);
  endpoint_expect (&endpoint, "-");
  g_assert_cmpuint (endpoint.net->tcbs.live, ==, 0);
  endpoint_stop (&endpoint);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/isn/rfc6528", test_rfc6528);
  g_test_add_func ("/tcp/isn/every-bit", test_every_bit);
  g_test_add_func ("/tcp/isn/other-kinds", test_other_kinds);
  g_test_add_func ("/tcp/isn/reboot", test_reboot);
  g_test_add_data_func ("/tcp/ports/sequential", GINT_TO_POINTER (SF_PORTS_SEQUENTIAL), test_exhaustion);
  g_test_add_data_func ("/tcp/ports/random", GINT_TO_POINTER (SF_PORTS_RANDOM), test_exhaustion);
  g_test_add_func ("/tcp/ports/time-wait-holds", test_time_wait_holds);
  g_test_add_func ("/tcp/cookie/good-and-bad", test_cookie);
  g_test_add_func ("/tcp/cookie/listener-rfc4987-3.6", test_cookie_listener);
  return g_test_run ();
}
