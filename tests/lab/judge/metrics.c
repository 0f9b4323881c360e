/* SPDX-License-Identifier: MIT
 *
 * Metrics of traces with what tests/support/lost_syn.h lacks: two incarnations, TIME-WAIT, half-open connections.
 */
#include "lab/judge/metrics.h"

#include "tests/support/trace_maker.h"

#include <string.h>

#define AT(ms) (maker.t = (ms) *SF_MSEC)

static gint64
value_of (const SfTrace *trace, const char *name, guint16 host)
{
  guint n;
  const SfMetric *metrics = sf_metrics (&n);

  for (guint i = 0; i < n; i++)
    {
      gint64 value;

      if (strcmp (metrics[i].name, name) != 0)
        continue;
      g_assert_true (sf_metric_value (&metrics[i], trace, (SfScope){ host, 0 }, &value));
      return value;
    }
  g_error ("no metric '%s'", name);
}

/* Gives connection `conn` records from state `first` to ESTABLISHED. */
static void
establish (TraceMaker *maker, guint32 conn, SfState first)
{
  maker_state (maker, conn, first, SF_WHY_CALL);
  maker_send (maker, conn, (MakerSegment){ .flags = first == SF_SYN_SENT ? SF_SYN : SF_SYN | SF_ACK, .ack = 1 });
  maker_state (maker, conn, SF_ESTABLISHED, SF_WHY_SEGMENT);
  maker_send (maker, conn, (MakerSegment){ .flags = SF_ACK, .seq = 1, .ack = 1 });
}

/* A server that was opened by an old SYN (two-way handshake) has no peer until the end of the run. */
static void
test_half_open_without_peer (void)
{
  TraceMaker maker;
  g_autoptr (SfTrace) trace = NULL;
  guint32 listener, server;

  maker_init (&maker, "half-open");
  listener = maker_listen (&maker, MAKER_SERVER, 80);
  AT (1000);
  server = maker_accept (&maker, listener, MAKER_CLIENT, 49152);
  maker_state (&maker, server, SF_ESTABLISHED, SF_WHY_SEGMENT);
  AT (61000);
  trace = maker_finish (&maker, SF_END_UNTIL);
  g_assert_cmpint (value_of (trace, "useless-connection-time", MAKER_SERVER), ==, 60 * SF_SEC);
  g_assert_cmpint (value_of (trace, "useless-connection-time", MAKER_CLIENT), ==, 0);
  g_assert_cmpint (value_of (trace, "connection-time", MAKER_SERVER), ==, 60 * SF_SEC);
}

/* The same 4-tuple, but the client's connection has another ISS: it does not belong to this incarnation. */
static void
test_half_open_with_stranger (void)
{
  TraceMaker maker;
  g_autoptr (SfTrace) trace = NULL;
  guint32 listener, client, server;

  maker_init (&maker, "two incarnations");
  listener = maker_listen (&maker, MAKER_SERVER, 80);
  server = maker_accept (&maker, listener, MAKER_CLIENT, 49152);
  establish (&maker, server, SF_SYN_RECEIVED);
  client = maker_connect (&maker, MAKER_CLIENT, 49152);
  establish (&maker, client, SF_SYN_SENT);
  AT (5000);
  trace = maker_finish (&maker, SF_END_UNTIL);
  g_assert_cmpint (value_of (trace, "useless-connection-time", SF_NO_HOST), ==, 0);

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      SfRecord *record = &g_array_index (trace->records, SfRecord, i);

      if (record->head.kind == SF_RECORD_SEND && record->send.conn == server)
        record->send.ack_base = sf_seq (77);
    }
  g_array_set_size (trace->conns, 0);
  sf_trace_index (trace);
  g_assert_cmpint (value_of (trace, "useless-connection-time", MAKER_SERVER), ==, 5 * SF_SEC);
  g_assert_cmpint (value_of (trace, "useless-connection-time", MAKER_CLIENT), ==, 5 * SF_SEC);
}

/* TIME-WAIT is not half-open: it serves the other end. */
static void
test_time_wait (void)
{
  TraceMaker maker;
  g_autoptr (SfTrace) trace = NULL;
  guint32 first, second;

  maker_init (&maker, "TIME-WAIT");
  first = maker_connect (&maker, MAKER_CLIENT, 49152);
  second = maker_connect (&maker, MAKER_CLIENT, 49153);
  maker_state (&maker, first, SF_TIME_WAIT, SF_WHY_SEGMENT);
  AT (1000);
  maker_state (&maker, second, SF_TIME_WAIT, SF_WHY_SEGMENT);
  AT (2000);
  maker_gone (&maker, first);
  maker_state (&maker, second, SF_CLOSED, SF_WHY_TIMER);
  maker_gone (&maker, second);
  trace = maker_finish (&maker, SF_END_IDLE);
  g_assert_cmpint (value_of (trace, "time-wait-max", MAKER_CLIENT), ==, 2);
  /* One connection for 2 s and one for 1 s, in a run of 2 s. */
  g_assert_cmpint (value_of (trace, "time-wait-mean", MAKER_CLIENT), ==, 1500000);
  g_assert_cmpint (value_of (trace, "time-wait-mean", MAKER_SERVER), ==, 0);
  g_assert_cmpint (value_of (trace, "embryonic-mean", SF_NO_HOST), ==, 0);
  g_assert_cmpint (value_of (trace, "unfinished", SF_NO_HOST), ==, 0);
  g_assert_cmpint (value_of (trace, "time-wait-max", MAKER_SERVER), ==, 0);
  g_assert_cmpint (value_of (trace, "useless-connection-time", SF_NO_HOST), ==, 0);
}

/* Connections leave CLOSE-WAIT when the application closes, or by a RST. */
static void
test_close_wait (void)
{
  TraceMaker maker;
  g_autoptr (SfTrace) trace = NULL;
  guint32 listener, conns[3];

  maker_init (&maker, "a leak");
  listener = maker_listen (&maker, MAKER_SERVER, 80);
  for (guint16 i = 0; i < 3; i++)
    {
      conns[i] = maker_accept (&maker, listener, MAKER_CLIENT, 1000 + i);
      establish (&maker, conns[i], SF_SYN_RECEIVED);
      maker_state (&maker, conns[i], SF_CLOSE_WAIT, SF_WHY_SEGMENT);
      if (i == 0)
        maker_state (&maker, conns[i], SF_LAST_ACK, SF_WHY_CALL);
    }
  maker_state (&maker, conns[1], SF_CLOSED, SF_WHY_SEGMENT);
  maker_gone (&maker, conns[1]);
  trace = maker_finish (&maker, SF_END_IDLE);
  g_assert_cmpint (value_of (trace, "close-wait-max", MAKER_SERVER), ==, 2);
  g_assert_cmpint (value_of (trace, "connections", MAKER_SERVER), ==, 3);
  g_assert_cmpint (value_of (trace, "connections", MAKER_CLIENT), ==, 0);
  g_assert_cmpint (value_of (trace, "close-wait-max", MAKER_CLIENT), ==, 0);
}

static void
test_embryonic (void)
{
  TraceMaker maker;
  g_autoptr (SfTrace) trace = NULL;
  guint32 listener, conns[3];

  maker_init (&maker, "SYN flood");
  listener = maker_listen (&maker, MAKER_SERVER, 80);
  for (guint16 i = 0; i < 3; i++)
    {
      conns[i] = maker_accept (&maker, listener, MAKER_CLIENT, 1000 + i);
      maker_state (&maker, conns[i], SF_SYN_RECEIVED, SF_WHY_SEGMENT);
      if (i == 0)
        maker_state (&maker, conns[i], SF_LISTEN, SF_WHY_SEGMENT);
    }
  trace = maker_finish (&maker, SF_END_IDLE);
  g_assert_cmpint (value_of (trace, "embryonic-max", MAKER_SERVER), ==, 2);
}

static void
test_foreign_and_resets (void)
{
  TraceMaker maker;
  g_autoptr (SfTrace) trace = NULL;
  guint32 listener, old, server;
  guint64 data;

  maker_init (&maker, "old duplicate");
  listener = maker_listen (&maker, MAKER_SERVER, 80);
  old = maker_connect (&maker, MAKER_CLIENT, 40000);
  server = maker_accept (&maker, listener, MAKER_CLIENT, 49152);
  data = maker_send (&maker, old, (MakerSegment){ .flags = SF_ACK, .seq = 1, .ack = 1, .len = 30 });
  maker_deliver_foreign (&maker, server, old, 0, 30);
  maker_refuse (&maker, data);
  trace = maker_finish (&maker, SF_END_IDLE);
  g_assert_cmpint (value_of (trace, "delivered-bytes", MAKER_SERVER), ==, 30);
  g_assert_cmpint (value_of (trace, "foreign-bytes", MAKER_SERVER), ==, 30);
  g_assert_cmpint (value_of (trace, "resets", MAKER_SERVER), ==, 1);
  g_assert_cmpint (value_of (trace, "resets", MAKER_CLIENT), ==, 0);
}

/* Of all timers only the retransmission timer counts, and only when it expires. */
static void
test_timeouts (void)
{
  TraceMaker maker;
  g_autoptr (SfTrace) trace = NULL;
  guint32 first, second;

  maker_init (&maker, "timeouts");
  first = maker_connect (&maker, MAKER_CLIENT, 49152);
  second = maker_connect (&maker, MAKER_CLIENT, 49153);
  maker_timer (&maker, first, SF_TIMER_RETRANSMIT, SF_TIMER_EXPIRED, SF_SEC, 1);
  maker_timer (&maker, first, SF_TIMER_RETRANSMIT, SF_TIMER_EXPIRED, 2 * SF_SEC, 2);
  maker_timer (&maker, second, SF_TIMER_RETRANSMIT, SF_TIMER_EXPIRED, SF_SEC, 1);
  maker_timer (&maker, second, SF_TIMER_PERSIST, SF_TIMER_EXPIRED, SF_SEC, 1);
  maker_timer (&maker, second, SF_TIMER_2MSL, SF_TIMER_STARTED, SF_SEC, 0);
  trace = maker_finish (&maker, SF_END_IDLE);
  g_assert_cmpint (value_of (trace, "timeouts", MAKER_CLIENT), ==, 3);
  g_assert_cmpint (value_of (trace, "timeouts", MAKER_SERVER), ==, 0);
}

/* A run without connections has counts, but no times. */
static void
test_nothing (void)
{
  TraceMaker maker;
  g_autoptr (SfTrace) trace = NULL;
  guint n;
  const SfMetric *metrics = sf_metrics (&n);

  maker_init (&maker, "nothing");
  trace = maker_finish (&maker, SF_END_IDLE);
  for (guint i = 0; i < n; i++)
    {
      gint64 value = 0;
      gboolean is_time = g_str_has_prefix (metrics[i].name, "handshake")
                         || strcmp (metrics[i].name, "connection-time") == 0 || strcmp (metrics[i].name, "goodput") == 0
                         || g_str_has_suffix (metrics[i].name, "-mean");

      g_assert_cmpint (sf_metric_value (&metrics[i], trace, (SfScope){ SF_NO_HOST, 0 }, &value), ==, !is_time);
      g_assert_cmpint (value, ==, 0);
      g_assert_cmpstr (sf_metric_names ()[i], ==, metrics[i].name);
    }
  g_assert_null (sf_metric_names ()[n]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metrics/useless/no peer", test_half_open_without_peer);
  g_test_add_func ("/metrics/useless/another incarnation", test_half_open_with_stranger);
  g_test_add_func ("/metrics/TIME-WAIT", test_time_wait);
  g_test_add_func ("/metrics/close-wait", test_close_wait);
  g_test_add_func ("/metrics/embryonic", test_embryonic);
  g_test_add_func ("/metrics/foreign bytes and resets", test_foreign_and_resets);
  g_test_add_func ("/metrics/timeouts", test_timeouts);
  g_test_add_func ("/metrics/nothing", test_nothing);
  return g_test_run ();
}
