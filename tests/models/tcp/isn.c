/* SPDX-License-Identifier: MIT
 *
 * Initial sequence numbers (RFC 9293 §3.4.1, RFC 6528), ephemeral ports (RFC 6056) and SYN cookies (RFC 4987 §3.6).
 */
#include "models/host.h"
#include "models/tcp/cookie.h"
#include "models/tcp/isn.h"
#include "models/tcp/ports.h"
#include "tests/support/wire.h"

#include <errno.h>
#include <stdio.h>

static SfTcb
tcb_of_test (guint16 rport)
{
  return (SfTcb){ .laddr = 1, .raddr = 2, .lport = 3, .rport = rport };
}

static void
start (Wire *wire, SfIsnKind kind)
{
  SfProfile profile = wire_profile ();

  profile.isn = kind;
  wire_start (wire, &profile);
}

/* ISN = M + F(4-tuple, secret): the clock ticks every 4 µs, other tuples and other secrets have other offsets. */
static void
test_rfc6528 (void)
{
  SfTcb tcb = tcb_of_test (4), other = tcb_of_test (5);
  SfSeq first;
  Wire wire;

  start (&wire, SF_ISN_RFC6528);
  first = sf_isn_choose (wire.net, &tcb);
  g_assert_cmpuint (sf_isn_choose (wire.net, &tcb).v, ==, first.v);
  g_assert_cmpuint (sf_isn_choose (wire.net, &other).v, !=, first.v);
  wire_run (&wire, 4 * SF_USEC * 1000);
  g_assert_cmpuint (sf_seq_distance (first, sf_isn_choose (wire.net, &tcb)), ==, 1000);
  sf_net_reset (wire.net, (SfSeed){ 2, 0 });
  wire_run_until (&wire, WIRE_ISS * (4 * SF_USEC));
  g_assert_cmpuint (sf_isn_choose (wire.net, &tcb).v, !=, first.v);
  wire_stop (&wire);
}

static void
test_other_kinds (void)
{
  SfTcb tcb = tcb_of_test (4);
  SfSeq first;
  Wire wire;

  start (&wire, SF_ISN_CLOCK);
  g_assert_cmpuint (sf_isn_choose (wire.net, &tcb).v, ==, WIRE_ISS);
  wire_run (&wire, 4 * SF_USEC - 1);
  g_assert_cmpuint (sf_isn_choose (wire.net, &tcb).v, ==, WIRE_ISS);
  wire_run (&wire, 1);
  g_assert_cmpuint (sf_isn_choose (wire.net, &tcb).v, ==, WIRE_ISS + 1);
  wire_stop (&wire);

  start (&wire, SF_ISN_ZERO);
  g_assert_cmpuint (sf_isn_choose (wire.net, &tcb).v, ==, 0);
  wire_stop (&wire);

  start (&wire, SF_ISN_RANDOM);
  first = sf_isn_choose (wire.net, &tcb);
  g_assert_cmpuint (sf_isn_choose (wire.net, &tcb).v, !=, first.v);
  wire_stop (&wire);
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
      Wire wire;

      start (&wire, kinds[i]);
      before = sf_isn_choose (wire.net, &tcb);
      sf_host_crash (wire.net, 0);
      sf_host_reboot (wire.net, 0);
      wire_run (&wire, WIRE_ISS * (4 * SF_USEC));
      after = sf_isn_choose (wire.net, &tcb);
      g_assert_cmpint (sf_seq_eq (before, after), ==, kinds[i] == SF_ISN_CLOCK);
      wire_stop (&wire);
    }
}

/* --- ports --- */

static guint16
connect_to (Wire *wire, guint16 port, guint32 *ret_conn, int *ret_error)
{
  SfTcpStatus status = { 0 };

  *ret_conn = sf_tcp_connect (wire->net, 0, WIRE_PEER_ADDR, port, NULL, 0, ret_error);
  if (*ret_conn != 0)
    sf_tcp_status (wire->net, *ret_conn, &status);
  return status.lport;
}

/* RFC 6056 §3.3: every port of the range once, then EADDRNOTAVAIL; another destination has them all again. */
static void
test_exhaustion (gconstpointer order)
{
  SfProfile profile = wire_profile ();
  guint32 conns[10], conn;
  guint seen = 0;
  int error;
  Wire wire;

  profile.ephemeral_order = GPOINTER_TO_INT (order);
  profile.ephemeral_first = 50000;
  profile.ephemeral_last = 50009;
  wire_start (&wire, &profile);
  for (guint i = 0; i < 10; i++)
    {
      guint16 port = connect_to (&wire, 80, &conns[i], &error);

      g_assert_cmpint (error, ==, 0);
      g_assert_true (port >= 50000 && port <= 50009);
      if (profile.ephemeral_order == SF_PORTS_SEQUENTIAL)
        g_assert_cmpuint (port, ==, 50000 + i);
      seen |= 1u << (port - 50000);
    }
  g_assert_cmpuint (seen, ==, 0x3ff);
  g_assert_cmpuint (connect_to (&wire, 80, &conn, &error), ==, 0);
  g_assert_cmpint (error, ==, EADDRNOTAVAIL);
  g_assert_cmpuint (connect_to (&wire, 81, &conn, &error), !=, 0);
  sf_tcp_abort (wire.net, conns[7]); /* SYN-SENT: gone at once, and so is its hold on the port */
  g_assert_cmpuint (connect_to (&wire, 80, &conn, &error), !=, 0);
  g_assert_cmpuint (connect_to (&wire, 80, &conn, &error), ==, 0);
  wire_stop (&wire);
}

/* TIME-WAIT holds the port until its end. */
static void
test_time_wait_holds (void)
{
  SfProfile profile = wire_profile ();
  guint32 conn;
  int error;
  Wire wire;

  profile.ephemeral_first = profile.ephemeral_last = WIRE_PORT;
  wire_start (&wire, &profile);
  wire_reach (&wire, SF_TIME_WAIT, FALSE);
  sf_tcp_close (wire.net, wire.conn);
  g_assert_cmpuint (connect_to (&wire, WIRE_PEER_PORT, &conn, &error), ==, 0);
  g_assert_cmpint (error, ==, EADDRNOTAVAIL);
  wire_run (&wire, 240 * SF_SEC - 1);
  g_assert_cmpuint (connect_to (&wire, WIRE_PEER_PORT, &conn, &error), ==, 0);
  wire_run (&wire, 1);
  g_assert_cmpuint (connect_to (&wire, WIRE_PEER_PORT, &conn, &error), ==, WIRE_PORT);
  wire_stop (&wire);
}

/* --- cookies --- */

static gboolean
is_good (const Wire *wire, SfSeq cookie, SfSeq seq, guint16 sport, guint16 *ret_mss)
{
  SfSegment ack = { .src = 7, .dst = 8, .sport = sport, .dport = 80, .seq = sf_seq_add (seq, 1), .ack = sf_seq_add (cookie, 1) };

  return sf_cookie_check (wire->net, 0, &ack, ret_mss);
}

static void
test_cookie (void)
{
  static const struct { guint16 mss, kept; } sizes[] = { { 0, 64 }, { 536, 536 }, { 1459, 1440 }, { 1460, 1460 }, { 65535, 8960 } };
  SfSegment syn = { .src = 7, .dst = 8, .sport = 9, .dport = 80, .seq = { 0xffffffff }, .flags = SF_SYN, .options = SF_OPT_MSS };
  SfSeq cookie;
  guint16 mss;
  Wire wire;

  start (&wire, SF_ISN_RFC6528);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      syn.mss = sizes[i].mss;
      g_assert_true (is_good (&wire, sf_cookie_make (wire.net, 0, &syn), syn.seq, 9, &mss));
      g_assert_cmpuint (mss, ==, sizes[i].kept);
    }
  cookie = sf_cookie_make (wire.net, 0, &syn);
  g_assert_false (is_good (&wire, cookie, sf_seq (5), 9, &mss));       /* of another SYN */
  g_assert_false (is_good (&wire, cookie, syn.seq, 10, &mss));         /* of another port */
  for (guint bit = 3; bit < 32; bit++)                                 /* forged */
    g_assert_false (is_good (&wire, sf_seq (cookie.v ^ 1u << bit), syn.seq, 9, &mss));
  wire_run (&wire, 64 * SF_SEC);
  g_assert_true (is_good (&wire, cookie, syn.seq, 9, &mss)); /* the tick before is good */
  wire_run (&wire, 64 * SF_SEC);
  g_assert_false (is_good (&wire, cookie, syn.seq, 9, &mss)); /* stale */
  wire_run (&wire, 30 * 64 * SF_SEC);
  g_assert_true (sf_cookie_make (wire.net, 0, &syn).v == cookie.v); /* five bits of time come round: that is known */
  wire_stop (&wire);
}

/* A listener that keeps no state: LISTEN straight to ESTABLISHED on the ACK, RST on a forged one, silence when the
 * accept queue is
 * full. */
static void
test_cookie_listener (void)
{
  SfProfile profile = wire_profile ();
  g_autofree char *ack = NULL;
  int error;
  Wire wire;

  profile.syn_cookies = SF_COOKIES_ALWAYS;
  wire_start (&wire, &profile);
  wire.listener = sf_tcp_listen (wire.net, 0, WIRE_PORT, 1, NULL, 0, &error);
  wire_inject (&wire, "S 0:0(0) mss 1460");
  g_assert_cmpuint (wire.net->tcbs.live, ==, 0);
  {
    g_autofree char *syn_ack = wire_take_sent (&wire);
    int iss = 0;

    sscanf (syn_ack, "S. %d:", &iss);
    ack = g_strdup_printf (". 1:1(0) ack %d", iss + 1);
  }
  wire_inject (&wire, ". 1:1(0) ack 77777");
  wire_expect (&wire, "R 77777:77777(0)");
  wire_assert_state (&wire, SF_LISTEN);
  wire_inject (&wire, ack);
  wire_assert_state (&wire, SF_ESTABLISHED);
  wire_expect (&wire, "-");
  g_assert_cmpuint (sf_transfer (wire.net, sf_tcb (wire.net, wire.conn))->mss, ==, 1460);
  sf_tcp_host_crashed (wire.net, 0);
  wire.listener = sf_tcp_listen (wire.net, 0, WIRE_PORT, 1, NULL, 0, &error);
  ((SfListener *) sf_pool_at (&wire.net->listeners, wire.listener))->backlog = 0;
  wire_inject (&wire, ack);
  wire_expect (&wire, "-");
  g_assert_cmpuint (wire.net->tcbs.live, ==, 0);
  wire_stop (&wire);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/isn/rfc6528", test_rfc6528);
  g_test_add_func ("/tcp/isn/other-kinds", test_other_kinds);
  g_test_add_func ("/tcp/isn/reboot", test_reboot);
  g_test_add_data_func ("/tcp/ports/sequential", GINT_TO_POINTER (SF_PORTS_SEQUENTIAL), test_exhaustion);
  g_test_add_data_func ("/tcp/ports/random", GINT_TO_POINTER (SF_PORTS_RANDOM), test_exhaustion);
  g_test_add_func ("/tcp/ports/time-wait-holds", test_time_wait_holds);
  g_test_add_func ("/tcp/cookie/good-and-bad", test_cookie);
  g_test_add_func ("/tcp/cookie/listener-rfc4987-3.6", test_cookie_listener);
  return g_test_run ();
}
