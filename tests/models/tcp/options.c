/* SPDX-License-Identifier: MIT
 *
 * Options (RFC 9293 §3.7.1, RFC 7323): what is taken of the peer's, scaling, timestamps and PAWS. Then text that
 * comes with SYNs,
 * and CLOSE before the handshake is over.
 */
#include "models/tcp/options.h"

#include "models/tcp/invariants.h"
#include "tests/support/wire.h"

#define PEER_TS 5000

/* Injects `seg` (flags, len, window, options) with numbers relative to the connection's. */
static void
inject (Wire *wire, guint32 seq, guint32 ack, SfSegment seg)
{
  seg.src = WIRE_PEER_ADDR;
  seg.dst = WIRE_PEER_ADDR - 1;
  seg.sport = WIRE_PEER_PORT;
  seg.dport = WIRE_PORT;
  seg.from = 1;
  seg.seq = sf_seq (WIRE_IRS + seq);
  seg.ack = sf_seq (WIRE_ISS + ack);
  sf_tcp_input (wire->net, 0, &seg);
}

static SfTcb *
tcb_of (const Wire *wire)
{
  return sf_tcb (wire->net, wire->conn);
}

static void
start (Wire *wire, const SfProfile *profile, SfSegment syn_ack)
{
  wire_start (wire, profile);
  wire_connect (wire);
  syn_ack.flags = SF_SYN | SF_ACK;
  inject (wire, 0, 1, syn_ack);
  wire_assert_state (wire, SF_ESTABLISHED);
  g_free (wire_take_sent (wire));
}

static SfProfile
linux_profile (void)
{
  SfProfile profile = *sf_profile_find ("linux");

  profile.isn = SF_ISN_CLOCK;
  return profile;
}

/* Eff.snd.MSS (§3.7.1): the peer's, 536 if it says none (MUST-15), not more than fits here; less the timestamps (RFC
 * 6691). */
static void
test_mss (void)
{
  static const struct { guint8 options; guint16 mss; guint32 expected; } rows[] = {
    { 0, 0, 536 }, { SF_OPT_MSS, 100, 100 }, { SF_OPT_MSS, 9000, 1460 }, { SF_OPT_MSS, 0, 1 },
    { SF_OPT_MSS | SF_OPT_TS, 1000, 988 }, { SF_OPT_TS, 0, 524 },
  };
  SfProfile profile = linux_profile ();
  Wire wire;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      start (&wire, &profile, (SfSegment){ .options = rows[i].options, .mss = rows[i].mss, .wnd = 1000 });
      g_assert_cmpuint (sf_transfer (wire.net, tcb_of (&wire))->mss, ==, rows[i].expected);
      wire_stop (&wire);
    }
}

/* Reads all and returns the window that is announced then, in units of 128. */
static guint
window_after_reading (Wire *wire)
{
  SfSegment probe = { .flags = SF_ACK, .wnd = 1000, .options = SF_OPT_TS, .tsval = PEER_TS };
  guint edge;
  int error;

  sf_tcp_receive (wire->net, wire->conn, G_MAXUINT32, &error);
  inject (wire, 0, 1, probe); /* before the window: draws an ACK */
  edge = wire->sent_edge;
  g_free (wire_take_sent (wire));
  return (edge - (tcb_of (wire)->rcv_nxt.v - WIRE_IRS)) & 0xffff;
}

/* RFC 7323 §2.4: what is left of a window is told in whole units. RFC 9293 §3.8.6.2.2: 120 bytes of 200 are left, which
 * the peer knows as 0, so that the buffer of 200, being empty again, is worth telling. A buffer made smaller than a unit
 * counts as one. */
static void
test_small_buffer (void)
{
  static const gint64 buffers[] = { 200, 100 };
  SfSegment text = { .flags = SF_ACK | SF_PSH, .wnd = 1000, .options = SF_OPT_TS, .tsval = PEER_TS, .len = 80 };
  SfProfile profile = linux_profile ();
  Wire wire;

  profile.receive_buffer = 200;
  for (guint i = 0; i < G_N_ELEMENTS (buffers); i++)
    {
      start (&wire, &profile, (SfSegment){ .options = SF_OPT_TS | SF_OPT_WSCALE, .tsval = PEER_TS, .wnd = 1000 });
      sf_tcp_set_option (wire.net, wire.conn, SF_SO_RCVBUF, buffers[i]);
      inject (&wire, 1, 1, text);
      if (i > 0) /* nothing is left of what was promised */
        {
          text.len = 120;
          inject (&wire, 81, 1, text);
        }
      g_assert_cmpuint (window_after_reading (&wire), ==, 1);
      g_assert_null (sf_tcp_complaint (wire.net));
      wire_stop (&wire);
    }
}

/* RFC 7323 §2: only if both offer it; never on a SYN; at most 14. */
static void
test_scale (void)
{
  SfProfile profile = linux_profile ();
  Wire wire;

  start (&wire, &profile, (SfSegment){ .options = SF_OPT_WSCALE, .wscale = 3, .wnd = 1000 });
  g_assert_cmpuint (tcb_of (&wire)->snd_wnd, ==, 1000);
  inject (&wire, 1, 1, (SfSegment){ .flags = SF_ACK, .wnd = 1000 });
  g_assert_cmpuint (tcb_of (&wire)->snd_wnd, ==, 8000);
  g_assert_cmpuint (tcb_of (&wire)->own_wscale, ==, 7);
  wire_stop (&wire);

  start (&wire, &profile, (SfSegment){ .wnd = 1000 });
  inject (&wire, 1, 1, (SfSegment){ .flags = SF_ACK, .wnd = 2000 });
  g_assert_cmpuint (tcb_of (&wire)->snd_wnd, ==, 2000);
  g_assert_false (tcb_of (&wire)->flags & SF_TCB_WSCALE);
  wire_stop (&wire);

  start (&wire, &profile, (SfSegment){ .options = SF_OPT_WSCALE, .wscale = 15, .wnd = 1000 });
  g_assert_cmpuint (tcb_of (&wire)->peer_wscale, ==, 14);
  wire_stop (&wire);

  g_assert_cmpuint (sf_options_own_shift (&profile, 128), ==, 7); /* a buffer is at least one unit */
  g_assert_cmpuint (sf_options_own_shift (&profile, 127), ==, 6);
  g_assert_cmpuint (sf_options_own_shift (&profile, 1), ==, 0);
}

static void
start_timestamps (Wire *wire, gboolean paws)
{
  SfProfile profile = linux_profile ();

  profile.paws = paws;
  profile.quick_acks = 0;
  start (wire, &profile, (SfSegment){ .options = SF_OPT_TS, .tsval = PEER_TS, .wnd = 1000 });
  g_assert_cmpuint (tcb_of (wire)->ts_recent, ==, PEER_TS);
}

/* RFC 7323 §5.3, R1; §3.2 for the one that is missing; RSTs are exempt (§5.2). */
static void
test_paws (gconstpointer paws)
{
  Wire wire;

  start_timestamps (&wire, GPOINTER_TO_INT (paws));
  inject (&wire, 1, 1, (SfSegment){ .flags = SF_ACK, .len = 10, .options = SF_OPT_TS, .tsval = PEER_TS - 1 });
  wire_expect (&wire, GPOINTER_TO_INT (paws) ? ". 1:1(0) ack 1" : "-");
  g_assert_cmpuint (tcb_of (&wire)->rcv_nxt.v, ==, WIRE_IRS + (GPOINTER_TO_INT (paws) ? 1 : 11));
  if (GPOINTER_TO_INT (paws))
    {
      inject (&wire, 1, 1, (SfSegment){ .flags = SF_ACK, .len = 10 });
      wire_expect (&wire, "-");
      g_assert_cmpuint (tcb_of (&wire)->rcv_nxt.v, ==, WIRE_IRS + 1);
      inject (&wire, 1, 1, (SfSegment){ .flags = SF_ACK, .len = 10, .options = SF_OPT_TS, .tsval = PEER_TS });
      g_assert_cmpuint (tcb_of (&wire)->rcv_nxt.v, ==, WIRE_IRS + 11);
      inject (&wire, 11, 1, (SfSegment){ .flags = SF_RST });
      wire_assert_state (&wire, SF_CLOSED);
    }
  wire_stop (&wire);
}

/* §5.5: what was last seen more than 24 days ago says nothing. */
static void
test_paws_idle (void)
{
  SfTime t;
  Wire wire;

  start_timestamps (&wire, TRUE);
  t = wire.net->sim.now;
  wire_run_until (&wire, t + 24 * 86400 * SF_SEC - 1);
  inject (&wire, 1, 1, (SfSegment){ .flags = SF_ACK, .len = 10, .options = SF_OPT_TS, .tsval = PEER_TS - 1 });
  g_assert_cmpuint (tcb_of (&wire)->rcv_nxt.v, ==, WIRE_IRS + 1);
  wire_run (&wire, 1);
  inject (&wire, 1, 1, (SfSegment){ .flags = SF_ACK, .len = 10, .options = SF_OPT_TS, .tsval = PEER_TS - 1 });
  g_assert_cmpuint (tcb_of (&wire)->rcv_nxt.v, ==, WIRE_IRS + 11);
  g_assert_cmpuint (tcb_of (&wire)->ts_recent, ==, PEER_TS - 1); /* the new one is what is echoed and checked against */
  wire_stop (&wire);
}

/* §4.3 (2): TS.Recent comes from segments that begin at Last.ACK.sent or before. */
static void
test_ts_recent (void)
{
  Wire wire;

  start_timestamps (&wire, TRUE);
  inject (&wire, 11, 1, (SfSegment){ .flags = SF_ACK, .len = 10, .options = SF_OPT_TS, .tsval = PEER_TS + 9 });
  g_assert_cmpuint (tcb_of (&wire)->ts_recent, ==, PEER_TS);
  inject (&wire, 1, 1, (SfSegment){ .flags = SF_ACK, .len = 10, .options = SF_OPT_TS, .tsval = PEER_TS + 10 });
  g_assert_cmpuint (tcb_of (&wire)->ts_recent, ==, PEER_TS + 10);
  wire_stop (&wire);
}

/* RFC 6191 section 2: a SYN in TIME-WAIT whose timestamp is greater is taken, or one of the same with a greater number; others are
 * dropped without a word, or answered where the profile says so. TS.Recent is PEER_TS, RCV.NXT 2, SND.NXT 2. */
static void
test_new_syn (void)
{
  static const struct
  {
    gboolean drops;
    guint32 seq;
    gint32 age; /* of the timestamp: so much newer */
    const char *answer;
  } cases[] = {
    { TRUE, 0, 1, "S. 65538:65538(0) ack 1" },
    { TRUE, 2, 0, "S. 65538:65538(0) ack 3" },
    { TRUE, 1, 0, "-" },
    { TRUE, 100000, -1, "-" },
    { FALSE, 0, 1, "S. 65538:65538(0) ack 1" },
    { FALSE, 100000, -1, ". 2:2(0) ack 2" },
  };
  const SfSegment fin = { .flags = SF_FIN | SF_ACK, .wnd = 1000, .options = SF_OPT_TS, .tsval = PEER_TS };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SfProfile profile = linux_profile ();
      Wire wire;

      profile.drop_refused_syn = cases[i].drops;
      start (&wire, &profile, (SfSegment){ .options = SF_OPT_TS, .tsval = PEER_TS, .wnd = 1000 });
      g_assert_cmpint (sf_tcp_shutdown (wire.net, wire.conn), ==, 0);
      inject (&wire, 1, 2, fin);
      wire_assert_state (&wire, SF_TIME_WAIT);
      wire_listen (&wire);
      g_free (wire_take_sent (&wire));
      inject (&wire, cases[i].seq, 0,
              (SfSegment){ .flags = SF_SYN, .options = SF_OPT_TS, .tsval = PEER_TS + (guint32) cases[i].age, .wnd = 1000 });
      wire_expect (&wire, cases[i].answer);
      wire_stop (&wire);
    }
}

/* --- text with SYNs, and CLOSE before ESTABLISHED --- */

/* §3.10.7.3, fourth: text on a SYN-ACK is taken as far as the window goes. */
static void
test_syn_ack_text (void)
{
  const SfProfile profile = wire_profile ();
  Wire wire;

  start (&wire, &profile, (SfSegment){ .len = WIRE_WINDOW + 50, .wnd = 1000 });
  g_assert_cmpuint (tcb_of (&wire)->rcv_nxt.v, ==, WIRE_IRS + 1 + WIRE_WINDOW);
  g_assert_cmpstr (sf_tcp_complaint (wire.net), ==, NULL);
  wire_stop (&wire);
}

/* The SYN-ACK of a simultaneous open (figure 7) with text: from its first byte on. */
static void
test_simultaneous_text (void)
{
  const SfProfile profile = wire_profile ();
  Wire wire;

  wire_start (&wire, &profile);
  wire_connect (&wire);
  inject (&wire, 0, 0, (SfSegment){ .flags = SF_SYN, .wnd = 1000 });
  inject (&wire, 0, 1, (SfSegment){ .flags = SF_SYN | SF_ACK, .len = 10, .wnd = 1000 });
  g_assert_cmpuint (tcb_of (&wire)->rcv_nxt.v, ==, WIRE_IRS + 11);
  g_assert_cmpuint (sf_transfer (wire.net, tcb_of (&wire))->unread, ==, 10);
  wire_stop (&wire);
}

/* §3.10.4, SYN-RECEIVED: the FIN at once if there is nothing to send, else after the data. */
static void
test_close_in_syn_received (gconstpointer data)
{
  guint32 len = GPOINTER_TO_UINT (data);
  const SfProfile profile = wire_profile ();
  Wire wire;

  wire_start (&wire, &profile);
  wire_reach (&wire, SF_SYN_RECEIVED, FALSE);
  if (len > 0)
    wire_send (&wire, len);
  sf_tcp_close (wire.net, wire.conn);
  wire_expect (&wire, len > 0 ? "-" : "F. 1:1(0) ack 1");
  wire_assert_state (&wire, len > 0 ? SF_SYN_RECEIVED : SF_FIN_WAIT_1);
  wire_inject (&wire, ". 1:1(0) ack 1");
  wire_expect (&wire, len > 0 ? "FP. 1:11(10) ack 1" : "-");
  wire_assert_state (&wire, SF_FIN_WAIT_1);
  g_assert_cmpstr (sf_tcp_complaint (wire.net), ==, NULL);
  wire_run (&wire, SF_SEC); /* the FIN is lost and comes again */
  wire_expect (&wire, len > 0 ? "FP. 1:11(10) ack 1" : "F. 1:1(0) ack 1");
  wire_inject (&wire, len > 0 ? ". 1:1(0) ack 12" : ". 1:1(0) ack 2");
  wire_assert_state (&wire, SF_FIN_WAIT_2);
  g_assert_cmpstr (sf_tcp_complaint (wire.net), ==, NULL);
  wire_stop (&wire);
}

/* §3.10.7.4, first: a probe of a zero window draws an ACK, also when a later step drops it. */
static void
test_bad_probe (void)
{
  const SfProfile profile = wire_profile ();
  Wire wire;

  start (&wire, &profile, (SfSegment){ .len = WIRE_WINDOW, .wnd = 1000 });
  wire_inject (&wire, "- 1001:1002(1)");
  wire_expect (&wire, ". 1:1(0) ack 1001");
  wire_inject (&wire, ". 1001:1002(1) ack 1");
  wire_expect (&wire, ". 1:1(0) ack 1001");
  wire_stop (&wire);
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
