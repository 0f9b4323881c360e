/* SPDX-License-Identifier: MIT
 *
 * Which connection has which bar of a lifeline. The listener has the first, and makes room for its child. Connections
 * beyond SF_MAX_BARS have none.
 */
#include "plots/sequence/bars.h"
#include "tests/support/trace_maker.h"

/* Stores the bars of `host` at the end of `trace`. */
static void
follow (const SfTrace *trace, guint16 host, SfBar ret_bars[SF_MAX_BARS])
{
  g_autoptr (SfRows) rows = sf_rows_new (trace, NULL);
  g_auto (SfBars) bars = { 0 };

  sf_bars_init (&bars, rows);
  for (guint i = 0; i < sf_rows_n (rows); i++)
    {
      sf_bars_apply (&bars, sf_row (rows, i));
      sf_bars_expire (&bars, sf_row (rows, i), host);
    }
  for (guint i = 0; i < SF_MAX_BARS; i++)
    ret_bars[i] = bars.hosts[host][i];
}

static void
assert_bar (const SfBar *bar, guint32 conn, SfState state)
{
  g_assert_cmpint (bar->state, ==, state);
  if (state != SF_CLOSED)
    g_assert_cmpuint (bar->conn, ==, conn);
}

/* The server listens, and a second later a SYN arrives. Returns the child of the listener. */
static guint32
get_child (TraceMaker *maker)
{
  guint32 listener, child;

  maker_init (maker, "a child");
  listener = maker_listen (maker, MAKER_SERVER, 80);
  maker_state (maker, listener, SF_LISTEN, SF_WHY_CALL);
  maker->t = SF_SEC;
  child = maker_accept (maker, listener, MAKER_CLIENT, 1);
  maker_state (maker, child, SF_SYN_RECEIVED, SF_WHY_SEGMENT);
  return child;
}

/* The child takes the bar of the listener, which has no other. */
static void
test_listener (void)
{
  TraceMaker maker;
  guint32 child = get_child (&maker);
  SfBar bars[SF_MAX_BARS];
  g_autoptr (SfTrace) trace = maker_finish (&maker, SF_END_IDLE);
  follow (trace, MAKER_SERVER, bars);
  assert_bar (&bars[0], child, SF_SYN_RECEIVED);
  assert_bar (&bars[1], 0, SF_CLOSED);
  follow (trace, MAKER_CLIENT, bars);
  assert_bar (&bars[0], 0, SF_CLOSED);
}

/* A child that is given up goes back to LISTEN. */
static void
test_back_to_listen (void)
{
  TraceMaker maker;
  guint32 child = get_child (&maker);
  SfBar bars[SF_MAX_BARS];
  g_autoptr (SfTrace) trace = NULL;

  maker.t = 2 * SF_SEC;
  maker_state (&maker, child, SF_LISTEN, SF_WHY_SEGMENT);
  trace = maker_finish (&maker, SF_END_IDLE);
  follow (trace, MAKER_SERVER, bars);
  assert_bar (&bars[0], 0, SF_LISTEN);
}

/* Every connection takes the first free bar. If all are in use a connection has none; when one is gone, the next
 * connection has its bar. */
static void
test_many (void)
{
  TraceMaker maker;
  guint32 conns[SF_MAX_BARS + 1], late;
  SfBar bars[SF_MAX_BARS];
  g_autoptr (SfTrace) trace = NULL;

  maker_init (&maker, "many");
  for (guint i = 0; i <= SF_MAX_BARS; i++, maker.t += SF_SEC)
    {
      conns[i] = maker_connect (&maker, MAKER_CLIENT, (guint16) i);
      maker_state (&maker, conns[i], SF_SYN_SENT, SF_WHY_CALL);
    }
  maker_state (&maker, conns[1], SF_CLOSED, SF_WHY_TIMER);
  maker_gone (&maker, conns[1]);
  maker.t += SF_SEC;
  late = maker_connect (&maker, MAKER_CLIENT, 9);
  maker_state (&maker, late, SF_SYN_SENT, SF_WHY_CALL);
  trace = maker_finish (&maker, SF_END_IDLE);
  follow (trace, MAKER_CLIENT, bars);
  assert_bar (&bars[0], conns[0], SF_SYN_SENT);
  assert_bar (&bars[1], late, SF_SYN_SENT);
  assert_bar (&bars[2], conns[2], SF_SYN_SENT);
  assert_bar (&bars[3], conns[3], SF_SYN_SENT);
}

/* When a host crashes all its bars end, also that of the listener. */
static void
test_crash (void)
{
  TraceMaker maker;
  guint32 listener, conn;
  SfBar bars[SF_MAX_BARS];
  g_autoptr (SfTrace) trace = NULL;

  maker_init (&maker, "crash");
  listener = maker_listen (&maker, MAKER_CLIENT, 80);
  maker_state (&maker, listener, SF_LISTEN, SF_WHY_CALL);
  conn = maker_connect (&maker, MAKER_CLIENT, 0);
  maker_state (&maker, conn, SF_SYN_SENT, SF_WHY_CALL);
  maker.t = SF_SEC;
  maker_power (&maker, MAKER_CLIENT, FALSE);
  trace = maker_finish (&maker, SF_END_IDLE);
  follow (trace, MAKER_CLIENT, bars);
  for (guint i = 0; i < SF_MAX_BARS; i++)
    assert_bar (&bars[i], 0, SF_CLOSED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lanes/listener", test_listener);
  g_test_add_func ("/lanes/back-to-listen", test_back_to_listen);
  g_test_add_func ("/lanes/many", test_many);
  g_test_add_func ("/lanes/crash", test_crash);
  return g_test_run ();
}
