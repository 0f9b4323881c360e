/* SPDX-License-Identifier: MIT
 *
 * Options (RFC 9293 §3.7.1, RFC 7323): processing the peer's options, window scale, timestamps and PAWS. Then text on
 * SYNs, and CLOSE during the handshake.
 */
#include "models/tcp/options.h"

#include "models/tcp/invariants.h"
#include "tests/support/endpoint.h"

#define PEER_TS 5000

/* Injects `seg` (flags, len, window, options). `seq` and `ack` are relative to the initial sequence numbers. */
static void
inject (Endpoint *endpoint, guint32 seq, guint32 ack, SfSegment seg)
{
  seg.src = ENDPOINT_PEER_ADDR;
  seg.dst = ENDPOINT_PEER_ADDR - 1;
  seg.sport = ENDPOINT_PEER_PORT;
  seg.dport = ENDPOINT_PORT;
  seg.from = 1;
  seg.seq = sf_seq (ENDPOINT_IRS + seq);
  seg.ack = sf_seq (ENDPOINT_ISS + ack);
  sf_tcp_input (endpoint->net, 0, &seg);
}

static SfTcb *
tcb_of (const Endpoint *endpoint)
{
  return sf_tcb (endpoint->net, endpoint->conn);
}

static void
start (Endpoint *endpoint, const SfProfile *profile, SfSegment syn_ack)
{
  endpoint_start (endpoint, profile);
  endpoint_connect (endpoint);
  syn_ack.flags = SF_SYN | SF_ACK;
  inject (endpoint, 0, 1, syn_ack);
  endpoint_assert_state (endpoint, SF_ESTABLISHED);
  g_free (endpoint_take_sent (endpoint));
}

static SfProfile
linux_profile (void)
{
  SfProfile profile = *sf_profile_find ("linux");

  profile.isn = SF_ISN_CLOCK;
  return profile;
}

/* Eff.snd.MSS (§3.7.1): the MSS of the peer, 536 if it announces none (MUST-15), but at most that of this end; less the
 * timestamps option (RFC 6691). */
static void
test_mss (void)
{
  static const struct
  {
    guint8 options;
    guint16 mss;
    guint32 expected;
  } rows[] = {
    { 0, 0, 536 },
    { SF_OPT_MSS, 100, 100 },
    { SF_OPT_MSS, 9000, 1460 },
    { SF_OPT_MSS, 0, 1 },
    { SF_OPT_MSS | SF_OPT_TS, 1000, 988 },
    { SF_OPT_TS, 0, 524 },
  };
  SfProfile profile = linux_profile ();
  Endpoint endpoint;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      start (&endpoint, &profile, (SfSegment){ .options = rows[i].options, .mss = rows[i].mss, .wnd = 1000 });
      g_assert_cmpuint (sf_transfer (endpoint.net, tcb_of (&endpoint))->mss, ==, rows[i].expected);
      endpoint_stop (&endpoint);
    }
}

/* Reads all data, and returns the window that is announced then, in units of 128. */
static guint
window_after_reading (Endpoint *endpoint)
{
  SfSegment probe = { .flags = SF_ACK, .wnd = 1000, .options = SF_OPT_TS, .tsval = PEER_TS };
  guint edge;
  int error;

  sf_tcp_receive (endpoint->net, endpoint->conn, G_MAXUINT32, &error);
  inject (endpoint, 0, 1, probe); /* before the window, so it is answered with an ACK */
  edge = endpoint->sent_edge;
  g_free (endpoint_take_sent (endpoint));
  return (edge - (tcb_of (endpoint)->rcv_nxt.v - ENDPOINT_IRS)) & 0xffff;
}

/* RFC 7323 §2.4: a window is announced in whole units. Of a buffer of 200 bytes 120 are left, less than a unit, so the
 * peer knows 0. When all is read, an update is sent, because the window grows enough (RFC 9293 §3.8.6.2.2). A buffer
 * that is smaller than a unit counts as one unit. */
static void
test_small_buffer (void)
{
  static const gint64 buffers[] = { 200, 100 };
  SfSegment text = { .flags = SF_ACK | SF_PSH, .wnd = 1000, .options = SF_OPT_TS, .tsval = PEER_TS, .len = 80 };
  SfProfile profile = linux_profile ();
  Endpoint endpoint;

  profile.receive_buffer = 200;
  for (guint i = 0; i < G_N_ELEMENTS (buffers); i++)
    {
      start (&endpoint, &profile, (SfSegment){ .options = SF_OPT_TS | SF_OPT_WSCALE, .tsval = PEER_TS, .wnd = 1000 });
      sf_tcp_set_option (endpoint.net, endpoint.conn, SF_SO_RCVBUF, buffers[i]);
      inject (&endpoint, 1, 1, text);
      if (i > 0) /* the announced window is full */
        {
          text.len = 120;
          inject (&endpoint, 81, 1, text);
        }
      g_assert_cmpuint (window_after_reading (&endpoint), ==, 1);
      g_assert_null (sf_tcp_complaint (endpoint.net));
      endpoint_stop (&endpoint);
    }
}

/* RFC 7323 §2: only if both offer it; never on a SYN; at most 14. */
static void
test_scale (void)
{
  SfProfile profile = linux_profile ();
  Endpoint endpoint;

  start (&endpoint, &profile, (SfSegment){ .options = SF_OPT_WSCALE, .wscale = 3, .wnd = 1000 });
  g_assert_cmpuint (tcb_of (&endpoint)->snd_wnd, ==, 1000);
  inject (&endpoint, 1, 1, (SfSegment){ .flags = SF_ACK, .wnd = 1000 });
  g_assert_cmpuint (tcb_of (&endpoint)->snd_wnd, ==, 8000);
  g_assert_cmpuint (tcb_of (&endpoint)->own_wscale, ==, 7);
  endpoint_stop (&endpoint);

  start (&endpoint, &profile, (SfSegment){ .wnd = 1000 });
  inject (&endpoint, 1, 1, (SfSegment){ .flags = SF_ACK, .wnd = 2000 });
  g_assert_cmpuint (tcb_of (&endpoint)->snd_wnd, ==, 2000);
  g_assert_false (tcb_of (&endpoint)->flags & SF_TCB_WSCALE);
  endpoint_stop (&endpoint);

  start (&endpoint, &profile, (SfSegment){ .options = SF_OPT_WSCALE, .wscale = 15, .wnd = 1000 });
  g_assert_cmpuint (tcb_of (&endpoint)->peer_wscale, ==, 14);
  endpoint_stop (&endpoint);

  g_assert_cmpuint (sf_tcp_options_own_shift (&profile, 128), ==, 7); /* a buffer is at least one unit */
  g_assert_cmpuint (sf_tcp_options_own_shift (&profile, 127), ==, 6);
  g_assert_cmpuint (sf_tcp_options_own_shift (&profile, 1), ==, 0);
}

static void
start_timestamps (Endpoint *endpoint, gboolean paws)
{
  SfProfile profile = linux_profile ();

  profile.paws = paws;
  profile.missing_timestamps = FALSE;
  profile.quick_acks = 0;
  start (endpoint, &profile, (SfSegment){ .options = SF_OPT_TS, .tsval = PEER_TS, .wnd = 1000 });
  g_assert_cmpuint (tcb_of (endpoint)->ts_recent, ==, PEER_TS);
}

/* RFC 7323 §5.3, R1; §3.2 for a segment without a timestamp. RSTs are exempt (§5.2). */
static void
test_paws (gconstpointer paws)
{
  Endpoint endpoint;

  start_timestamps (&endpoint, GPOINTER_TO_INT (paws));
  inject (&endpoint, 1, 1, (SfSegment){ .flags = SF_ACK, .len = 10, .options = SF_OPT_TS, .tsval = PEER_TS - 1 });
  endpoint_expect (&endpoint, GPOINTER_TO_INT (paws) ? ". 1:1(0) ack 1" : "-");
  g_assert_cmpuint (tcb_of (&endpoint)->rcv_nxt.v, ==, ENDPOINT_IRS + (GPOINTER_TO_INT (paws) ? 1 : 11));
  if (GPOINTER_TO_INT (paws))
    {
      inject (&endpoint, 1, 1, (SfSegment){ .flags = SF_ACK, .len = 10 }); /* without a timestamp */
      endpoint_expect (&endpoint, "-");
      g_assert_cmpuint (tcb_of (&endpoint)->rcv_nxt.v, ==, ENDPOINT_IRS + 1);
      inject (&endpoint, 1, 1, (SfSegment){ .flags = SF_ACK, .len = 10, .options = SF_OPT_TS, .tsval = PEER_TS });
      g_assert_cmpuint (tcb_of (&endpoint)->rcv_nxt.v, ==, ENDPOINT_IRS + 11);
      inject (&endpoint, 11, 1, (SfSegment){ .flags = SF_RST });
      endpoint_assert_state (&endpoint, SF_CLOSED);
    }
  endpoint_stop (&endpoint);
}

/* §5.5: TS.Recent is invalid after 24 days without an update. */
static void
test_paws_idle (void)
{
  SfTime t;
  Endpoint endpoint;

  start_timestamps (&endpoint, TRUE);
  t = endpoint.net->sim.now;
  endpoint_run_until (&endpoint, t + 24 * 86400 * SF_SEC - 1);
  inject (&endpoint, 1, 1, (SfSegment){ .flags = SF_ACK, .len = 10, .options = SF_OPT_TS, .tsval = PEER_TS - 1 });
  g_assert_cmpuint (tcb_of (&endpoint)->rcv_nxt.v, ==, ENDPOINT_IRS + 1);
  endpoint_run (&endpoint, 1);
  inject (&endpoint, 1, 1, (SfSegment){ .flags = SF_ACK, .len = 10, .options = SF_OPT_TS, .tsval = PEER_TS - 1 });
  g_assert_cmpuint (tcb_of (&endpoint)->rcv_nxt.v, ==, ENDPOINT_IRS + 11);
  g_assert_cmpuint (tcb_of (&endpoint)->ts_recent, ==,
                    PEER_TS - 1); /* the new TS.Recent is echoed, and compared with */
  endpoint_stop (&endpoint);
}

/* §4.3 (2): TS.Recent comes from segments that begin at Last.ACK.sent or before. */
static void
test_ts_recent (void)
{
  Endpoint endpoint;

  start_timestamps (&endpoint, TRUE);
  inject (&endpoint, 11, 1, (SfSegment){ .flags = SF_ACK, .len = 10, .options = SF_OPT_TS, .tsval = PEER_TS + 9 });
  g_assert_cmpuint (tcb_of (&endpoint)->ts_recent, ==, PEER_TS);
  inject (&endpoint, 1, 1, (SfSegment){ .flags = SF_ACK, .len = 10, .options = SF_OPT_TS, .tsval = PEER_TS + 10 });
  g_assert_cmpuint (tcb_of (&endpoint)->ts_recent, ==, PEER_TS + 10);
  endpoint_stop (&endpoint);
}

/* RFC 6191 section 2: TIME-WAIT accepts a SYN with a greater timestamp, or with the same one and a greater sequence
 * number. Others are dropped silently, or answered if the profile does so. TS.Recent is PEER_TS, RCV.NXT 2, SND.NXT 2.
 * */
static void
test_new_syn (void)
{
  static const struct
  {
    gboolean drops;
    guint32 seq;
    gint32 age; /* timestamp minus TS.Recent */
    const char *answer;
  } cases[] = {
    { TRUE, 0, 1, "S. 65538:65538(0) ack 1" },
    { TRUE, 3, 0, "S. 65538:65538(0) ack 4" },
    { TRUE, 2, 0, "-" }, /* Linux: after RCV.NXT, not at it */
    { TRUE, 1, 0, "-" },
    { TRUE, 100000, -1, "-" },
    { FALSE, 0, 1, "S. 65538:65538(0) ack 1" },
    { FALSE, 100000, -1, ". 2:2(0) ack 2" },
  };
  const SfSegment fin = { .flags = SF_FIN | SF_ACK, .wnd = 1000, .options = SF_OPT_TS, .tsval = PEER_TS };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SfProfile profile = linux_profile ();
      Endpoint endpoint;

      profile.drop_refused_syn = cases[i].drops;
      start (&endpoint, &profile, (SfSegment){ .options = SF_OPT_TS, .tsval = PEER_TS, .wnd = 1000 });
      g_assert_cmpint (sf_tcp_shutdown (endpoint.net, endpoint.conn), ==, 0);
      inject (&endpoint, 1, 2, fin);
      endpoint_assert_state (&endpoint, SF_TIME_WAIT);
      endpoint_listen (&endpoint);
      g_free (endpoint_take_sent (&endpoint));
      inject (&endpoint, cases[i].seq, 0,
              (SfSegment){
                .flags = SF_SYN, .options = SF_OPT_TS, .tsval = PEER_TS + (guint32) cases[i].age, .wnd = 1000 });
      endpoint_expect (&endpoint, cases[i].answer);
      endpoint_stop (&endpoint);
    }
}

/* --- text with SYNs, and CLOSE before ESTABLISHED --- */

/* §3.10.7.3, fourth: text on a SYN-ACK is accepted as far as it lies in the window. */
static void
test_syn_ack_text (void)
{
  const SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  start (&endpoint, &profile, (SfSegment){ .len = ENDPOINT_WINDOW + 50, .wnd = 1000 });
  g_assert_cmpuint (tcb_of (&endpoint)->rcv_nxt.v, ==, ENDPOINT_IRS + 1 + ENDPOINT_WINDOW);
  g_assert_cmpstr (sf_tcp_complaint (endpoint.net), ==, NULL);
  endpoint_stop (&endpoint);
}

/* The text on the SYN-ACK of a simultaneous open (figure 7) is accepted from its first byte on. */
static void
test_simultaneous_text (void)
{
  const SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_connect (&endpoint);
  inject (&endpoint, 0, 0, (SfSegment){ .flags = SF_SYN, .wnd = 1000 });
  inject (&endpoint, 0, 1, (SfSegment){ .flags = SF_SYN | SF_ACK, .len = 10, .wnd = 1000 });
  g_assert_cmpuint (tcb_of (&endpoint)->rcv_nxt.v, ==, ENDPOINT_IRS + 11);
  g_assert_cmpuint (sf_transfer (endpoint.net, tcb_of (&endpoint))->unread, ==, 10);
  endpoint_stop (&endpoint);
}

/* §3.10.4, SYN-RECEIVED: the FIN at once if there is nothing to send, else after the data. */
static void
test_close_in_syn_received (gconstpointer data)
{
  guint32 len = GPOINTER_TO_UINT (data);
  const SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_reach (&endpoint, SF_SYN_RECEIVED, FALSE);
  if (len > 0)
    endpoint_send (&endpoint, len);
  sf_tcp_close (endpoint.net, endpoint.conn);
  endpoint_expect (&endpoint, len > 0 ? "-" : "F. 1:1(0) ack 1");
  endpoint_assert_state (&endpoint, len > 0 ? SF_SYN_RECEIVED : SF_FIN_WAIT_1);
  endpoint_inject (&endpoint, ". 1:1(0) ack 1");
  endpoint_expect (&endpoint, len > 0 ? "FP. 1:11(10) ack 1" : "-");
  endpoint_assert_state (&endpoint, SF_FIN_WAIT_1);
  g_assert_cmpstr (sf_tcp_complaint (endpoint.net), ==, NULL);
  endpoint_run (&endpoint, SF_SEC); /* the FIN is lost and retransmitted */
  endpoint_expect (&endpoint, len > 0 ? "FP. 1:11(10) ack 1" : "F. 1:1(0) ack 1");
  endpoint_inject (&endpoint, len > 0 ? ". 1:1(0) ack 12" : ". 1:1(0) ack 2");
  endpoint_assert_state (&endpoint, SF_FIN_WAIT_2);
  g_assert_cmpstr (sf_tcp_complaint (endpoint.net), ==, NULL);
  endpoint_stop (&endpoint);
}

/* §3.10.7.4, first: a zero window probe is answered with an ACK, even if a later step drops it. */
static void
test_bad_probe (void)
{
  const SfProfile profile = endpoint_profile ();
  Endpoint endpoint;

  start (&endpoint, &profile, (SfSegment){ .len = ENDPOINT_WINDOW, .wnd = 1000 });
  endpoint_inject (&endpoint, "- 1001:1002(1)");
  endpoint_expect (&endpoint, ". 1:1(0) ack 1001");
  endpoint_inject (&endpoint, ". 1001:1002(1) ack 1");
  endpoint_expect (&endpoint, ". 1:1(0) ack 1001");
  endpoint_stop (&endpoint);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/options/mss-rfc9293-3.7.1", test_mss);
  g_test_add_func ("/tcp/options/scale-rfc7323-2", test_scale);
  g_test_add_func ("/tcp/options/small-buffer-rfc7323-2.4", test_small_buffer);
  g_test_add_data_func ("/tcp/options/paws-rfc7323-5.3", GINT_TO_POINTER (TRUE), test_paws);
  g_test_add_data_func ("/tcp/options/paws-off", GINT_TO_POINTER (FALSE), test_paws);
  g_test_add_func ("/tcp/options/paws-idle-rfc7323-5.5", test_paws_idle);
  g_test_add_func ("/tcp/options/ts-recent-rfc7323-4.3", test_ts_recent);
  g_test_add_func ("/tcp/options/new-syn-rfc6191-2", test_new_syn);
  g_test_add_func ("/tcp/early/syn-ack-text-rfc9293-3.10.7.3", test_syn_ack_text);
  g_test_add_func ("/tcp/early/simultaneous-text", test_simultaneous_text);
  g_test_add_data_func ("/tcp/early/close-rfc9293-3.10.4", GUINT_TO_POINTER (0), test_close_in_syn_received);
  g_test_add_data_func ("/tcp/early/close-with-data", GUINT_TO_POINTER (10), test_close_in_syn_received);
  g_test_add_func ("/tcp/early/bad-probe", test_bad_probe);
  return g_test_run ();
}
