/* SPDX-License-Identifier: MIT
 *
 * The hooks of NewReno, called directly. Expected values are computed by hand from RFC 5681.
 */
#include "models/tcp/cc.h"

#define MSS 1000u

typedef struct
{
  SfProfile profile;
  SfCc cc;
  SfCcView view;
} Fixture;

static void
setup (Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->profile = *sf_profile_find ("rfc9293");
  fixture->view = (SfCcView){ .cc = &fixture->cc, .profile = &fixture->profile, .mss = MSS };
  sf_cc_newreno.init (&fixture->view);
}

static void
teardown (Fixture *fixture, gconstpointer data)
{
  (void) fixture;
  (void) data;
}

/* §3.1: IW */
static void
test_initial (Fixture *fixture, gconstpointer data)
{
  (void) data;
  g_assert_cmpuint (sf_cc_initial_window (&fixture->profile, 2191), ==, 2 * 2191);
  g_assert_cmpuint (sf_cc_initial_window (&fixture->profile, 2190), ==, 3 * 2190);
  g_assert_cmpuint (sf_cc_initial_window (&fixture->profile, 1096), ==, 3 * 1096);
  g_assert_cmpuint (sf_cc_initial_window (&fixture->profile, 1095), ==, 4 * 1095);
  fixture->profile.initial_window = 10;
  g_assert_cmpuint (sf_cc_initial_window (&fixture->profile, 1460), ==, 14600); /* RFC 6928 */
  g_assert_cmpuint (fixture->cc.cwnd, ==, 4 * MSS);
  g_assert_cmpuint (fixture->cc.ssthresh, >=, 1 << 30);
}

/* §3.1 (2): slow start, cwnd += min (N, SMSS) */
static void
test_slow_start (Fixture *fixture, gconstpointer data)
{
  (void) data;
  sf_cc_newreno.on_ack (&fixture->view, MSS);
  g_assert_cmpuint (fixture->cc.cwnd, ==, 5 * MSS);
  sf_cc_newreno.on_ack (&fixture->view, 2 * MSS);
  g_assert_cmpuint (fixture->cc.cwnd, ==, 6 * MSS);
  sf_cc_newreno.on_ack (&fixture->view, 1); /* an ACK of one byte adds one byte */
  g_assert_cmpuint (fixture->cc.cwnd, ==, 6 * MSS + 1);
}

/* §3.1: congestion avoidance, one segment more whenever cwnd bytes have been acknowledged */
static void
test_avoidance (Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->cc.ssthresh = fixture->cc.cwnd;
  for (guint i = 0; i < 3; i++)
    sf_cc_newreno.on_ack (&fixture->view, MSS);
  g_assert_cmpuint (fixture->cc.cwnd, ==, 4 * MSS);
  sf_cc_newreno.on_ack (&fixture->view, MSS);
  g_assert_cmpuint (fixture->cc.cwnd, ==, 5 * MSS);
  for (guint i = 0; i < 4; i++)
    sf_cc_newreno.on_ack (&fixture->view, MSS);
  g_assert_cmpuint (fixture->cc.cwnd, ==, 5 * MSS);
  sf_cc_newreno.on_ack (&fixture->view, MSS);
  g_assert_cmpuint (fixture->cc.cwnd, ==, 6 * MSS);
}

/* §3.1 (4), §3.2 (2): ssthresh = max (FlightSize / 2, 2*SMSS) */
static void
test_loss (Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->view.flight = 9 * MSS;
  sf_cc_newreno.on_loss (&fixture->view);
  g_assert_cmpuint (fixture->cc.ssthresh, ==, 4500);
  g_assert_cmpuint (fixture->cc.cwnd, ==, 4500);
  fixture->view.flight = 3 * MSS;
  sf_cc_newreno.on_loss (&fixture->view);
  g_assert_cmpuint (fixture->cc.ssthresh, ==, 2 * MSS);
}

/* §3.1: the loss window is one segment; ssthresh is set by the first timeout only */
static void
test_timeout (Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->view.flight = 10 * MSS;
  sf_cc_newreno.on_timeout (&fixture->view, TRUE);
  g_assert_cmpuint (fixture->cc.ssthresh, ==, 5 * MSS);
  g_assert_cmpuint (fixture->cc.cwnd, ==, MSS);
  fixture->view.flight = 2 * MSS;
  sf_cc_newreno.on_timeout (&fixture->view, FALSE);
  g_assert_cmpuint (fixture->cc.ssthresh, ==, 5 * MSS);
}

/* §4.1: RW = min (IW, cwnd) */
static void
test_idle (Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->cc.cwnd = 20 * MSS;
  sf_cc_newreno.on_idle (&fixture->view);
  g_assert_cmpuint (fixture->cc.cwnd, ==, 4 * MSS);
  fixture->cc.cwnd = 2 * MSS;
  sf_cc_newreno.on_idle (&fixture->view);
  g_assert_cmpuint (fixture->cc.cwnd, ==, 2 * MSS);
}

/* Without congestion control nothing changes cwnd. */
static void
test_none (Fixture *fixture, gconstpointer data)
{
  (void) data;
  fixture->profile.congestion_control = SF_CC_NONE;
  g_assert_true (sf_cc_algorithm (&fixture->profile) == &sf_cc_none);
  sf_cc_none.init (&fixture->view);
  sf_cc_none.on_ack (&fixture->view, MSS);
  sf_cc_none.on_loss (&fixture->view);
  sf_cc_none.on_timeout (&fixture->view, TRUE);
  sf_cc_none.on_idle (&fixture->view);
  g_assert_cmpuint (fixture->cc.cwnd, ==, G_MAXINT32);
}

#define ADD(path, test) g_test_add ("/tcp/cc-newreno/" path, Fixture, NULL, setup, test, teardown)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("initial-rfc5681-3.1", test_initial);
  ADD ("slow-start-rfc5681-3.1", test_slow_start);
  ADD ("avoidance-rfc5681-3.1", test_avoidance);
  ADD ("loss-rfc5681-3.2", test_loss);
  ADD ("timeout-rfc5681-3.1", test_timeout);
  ADD ("idle-rfc5681-4.1", test_idle);
  ADD ("none", test_none);
  return g_test_run ();
}
