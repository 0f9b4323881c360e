/* SPDX-License-Identifier: MIT
 *
 * The table of metrics, and the functions behind it.
 */
#include "lab/judge/metrics.h"

#include "lab/judge/half_open.h"
#include "models/apps/program.h"

#include <math.h>

/* --- the scope --- */

static gboolean
host_in_scope (SfScope scope, guint16 host)
{
  return scope.host == SF_NO_HOST || scope.host == host;
}

static gboolean
serial_in_scope (const SfTrace *trace, SfScope scope, guint32 serial)
{
  const SfTraceConn *conn = sf_trace_conn (trace, serial);

  return scope.conn == 0 || (conn != NULL && conn->nth == scope.conn);
}

/* TRUE if `record` is of `kind`, and its host and connection are in the scope. */
static gboolean
in_scope (const SfTrace *trace, SfScope scope, const SfRecord *record, SfRecordKind kind)
{
  return record->head.kind == kind && host_in_scope (scope, record->host)
         && serial_in_scope (trace, scope, kind == SF_RECORD_SEND ? record->send.conn : record->conn);
}

/* --- counts --- */

/* Sums `weigh` over the records of `kind`. */
static gint64
add_up (const SfTrace *trace, SfScope scope, SfRecordKind kind, SfWeigh weigh)
{
  gint64 sum = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (in_scope (trace, scope, record, kind))
        sum += weigh (record);
    }
  return sum;
}

static gint64
weigh_one (const SfRecord *record)
{
  return record != NULL;
}

static gint64
weigh_retransmission (const SfRecord *record)
{
  return (record->send.marks & SF_SEG_RETRANSMIT) != 0;
}

static gint64
weigh_timeout (const SfRecord *record)
{
  return record->timer.timer == SF_TIMER_RETRANSMIT && record->timer.action == SF_TIMER_EXPIRED;
}

static gint64
weigh_reset (const SfRecord *record)
{
  return (record->send.flags & SF_RST) != 0;
}

static gint64
weigh_delivered (const SfRecord *record)
{
  return record->deliver.len;
}

static gint64
weigh_foreign (const SfRecord *record)
{
  return record->deliver.foreign ? record->deliver.len : 0;
}

static gint64
weigh_error (const SfRecord *record)
{
  return record->call.error != 0;
}

/* TRUE if record `i` refuses a segment in a way that RFC 5961 answers with a challenge ACK. */
static gboolean
is_challenged (const SfRecord *record)
{
  return record->head.kind == SF_RECORD_DISCARD
         && (record->discard.reason == SF_DISCARD_RST || record->discard.reason == SF_DISCARD_SYN
             || record->discard.reason == SF_DISCARD_ACK);
}

/* TRUE if `record` is a bare ACK that connection `serial` sends at `t`. */
static gboolean
is_bare_ack (const SfRecord *record, guint32 serial, SfTime t)
{
  return record->head.kind == SF_RECORD_SEND && record->head.t == t && record->send.conn == serial
         && (record->send.flags & (SF_SYN | SF_FIN | SF_RST | SF_ACK)) == SF_ACK && record->send.len == 0;
}

static gboolean
challenge_acks (const SfTrace *trace, SfScope scope, gint64 *ret_value)
{
  gint64 n = 0;

  for (guint i = 0; i + 1 < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (is_challenged (record) && host_in_scope (scope, record->host) && serial_in_scope (trace, scope, record->conn)
          && is_bare_ack (sf_trace_record (trace, i + 1), record->conn, record->head.t))
        n++;
    }
  *ret_value = n;
  return TRUE;
}

/* --- connections in a state --- */

/* The number of connections in a state: now, its maximum so far, and its integral over time (ns). */
typedef struct
{
  gint64 now, most;
  SfTime since; /* time of the last change */
  double area;
} Population;

static void
population_change (Population *population, SfTime t, int by)
{
  population->area += (double) population->now * (double) (t - population->since);
  population->since = t;
  population->now += by;
  population->most = MAX (population->most, population->now);
}

static Population
population_in (const SfTrace *trace, SfScope scope, SfState state)
{
  g_autofree guint8 *is_in = g_new0 (guint8, trace->conns->len + 1);
  Population population = { 0 };

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);
      gboolean enters = record->head.kind == SF_RECORD_STATE && record->state.to == state;

      if ((record->head.kind != SF_RECORD_STATE && record->head.kind != SF_RECORD_GONE)
          || record->conn > trace->conns->len || !host_in_scope (scope, record->host)
          || !serial_in_scope (trace, scope, record->conn))
        continue;
      population_change (&population, record->head.t, enters - is_in[record->conn]);
      is_in[record->conn] = enters;
    }
  population_change (&population, trace->end_time, 0);
  return population;
}

/* The mean over the time of the run. FALSE if the run took no time. */
static gboolean
mean_in_state (const SfTrace *trace, SfScope scope, SfState state, gint64 *ret_value)
{
  if (trace->end_time <= 0)
    return FALSE;
  *ret_value = llround (1e6 * population_in (trace, scope, state).area / (double) trace->end_time);
  return TRUE;
}

/* --- times --- */

/* The maximum of `measure` over the connections. */
static gboolean
longest (const SfTrace *trace, SfScope scope, SfMeasureConn measure, gint64 *ret_value)
{
  gboolean found = FALSE;
  SfTime most = 0;

  for (guint i = 0; i < trace->conns->len; i++)
    {
      const SfTraceConn *conn = &g_array_index (trace->conns, SfTraceConn, i);
      SfTime t;

      if (conn->serial == 0 || conn->listener || !host_in_scope (scope, conn->host)
          || !serial_in_scope (trace, scope, conn->serial) || !measure (trace, conn, &t))
        continue;
      most = MAX (most, t);
      found = TRUE;
    }
  if (found)
    *ret_value = most;
  return found;
}

static SfTime
born_at (const SfTrace *trace, const SfTraceConn *conn)
{
  return sf_trace_record (trace, conn->born)->head.t;
}

static gboolean
measure_handshake (const SfTrace *trace, const SfTraceConn *conn, SfTime *ret_time)
{
  for (guint k = 0; k < conn->n_changes; k++)
    {
      const SfRecord *record = sf_trace_record (trace, g_array_index (trace->changes, guint, conn->first_change + k));

      if (record->head.kind == SF_RECORD_STATE && record->state.to == SF_ESTABLISHED)
        {
          *ret_time = record->head.t - born_at (trace, conn);
          return TRUE;
        }
    }
  return FALSE;
}

/* The number of connections that became ESTABLISHED. */
static gboolean
connections (const SfTrace *trace, SfScope scope, gint64 *ret_value)
{
  gint64 n = 0;

  for (guint i = 0; i < trace->conns->len; i++)
    {
      const SfTraceConn *conn = &g_array_index (trace->conns, SfTraceConn, i);
      SfTime t;

      n += conn->serial != 0 && !conn->listener && host_in_scope (scope, conn->host)
           && serial_in_scope (trace, scope, conn->serial) && measure_handshake (trace, conn, &t);
    }
  *ret_value = n;
  return TRUE;
}

static gboolean
measure_connection (const SfTrace *trace, const SfTraceConn *conn, SfTime *ret_time)
{
  SfTime end = conn->gone != SF_NO_RECORD ? sf_trace_record (trace, conn->gone)->head.t : trace->end_time;

  *ret_time = end - born_at (trace, conn);
  return TRUE;
}

static gboolean
useless_connection_time (const SfTrace *trace, SfScope scope, gint64 *ret_value)
{
  g_autoptr (SfPeerIndex) peer_index = sf_peer_index_new (trace);
  SfTime sum = 0;

  for (guint i = 0; i < trace->conns->len; i++)
    {
      const SfTraceConn *conn = &g_array_index (trace->conns, SfTraceConn, i);

      if (conn->serial != 0 && !conn->listener && host_in_scope (scope, conn->host)
          && serial_in_scope (trace, scope, conn->serial))
        sum += sf_half_open_time (trace, peer_index, conn);
    }
  *ret_value = sum;
  return TRUE;
}

/* Bytes from the right peer, divided by the time from the creation of the first connection to the last delivery. */
static gboolean
goodput (const SfTrace *trace, SfScope scope, gint64 *ret_value)
{
  SfTime first = SF_NEVER, last = 0;
  double bits = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (!in_scope (trace, scope, record, SF_RECORD_DELIVER) || record->deliver.foreign)
        continue;
      if (first == SF_NEVER && sf_trace_conn (trace, record->conn) != NULL)
        first = born_at (trace, sf_trace_conn (trace, record->conn));
      last = record->head.t;
      bits += 8.0 * record->deliver.len;
    }
  if (last <= first)
    return FALSE;
  *ret_value = llround (bits * (double) SF_SEC / (double) (last - first));
  return TRUE;
}

/* 1 if the run was stopped early, so that its other numbers are incomplete; else 0. */
static gboolean
unfinished (const SfTrace *trace, SfScope scope G_GNUC_UNUSED, gint64 *ret_value)
{
  *ret_value = trace->end == SF_END_TIME_LIMIT || trace->end == SF_END_EVENT_LIMIT;
  return TRUE;
}

/* --- the table --- */

/* The ways to compute a metric, see SfMetric. */
#define SUM(kind, weigh_one_record) .records = kind, .weigh = weigh_one_record
#define MOST(of_state) .population = SF_POPULATION_MOST, .state = of_state
#define MEAN(of_state) .population = SF_POPULATION_MEAN, .state = of_state
#define LONGEST(measure_one) .measure = measure_one
#define OWN(function) .value = function

static const SfMetric metrics[] = {
  { "segments", SF_UNIT_COUNT, "segments sent", SUM (SF_RECORD_SEND, weigh_one) },
  { "retransmissions", SF_UNIT_COUNT, "segments sent that repeat sequence space",
    SUM (SF_RECORD_SEND, weigh_retransmission) },
  { "timeouts", SF_UNIT_COUNT, "times that the retransmission timer expired", SUM (SF_RECORD_TIMER, weigh_timeout) },
  { "resets", SF_UNIT_COUNT, "segments sent with RST", SUM (SF_RECORD_SEND, weigh_reset) },
  { "challenge-acks", SF_UNIT_COUNT, "ACKs sent in answer to a RST, SYN or ACK that was refused (RFC 5961)",
    OWN (challenge_acks) },
  { "connections", SF_UNIT_COUNT, "connections that became ESTABLISHED", OWN (connections) },
  { "handshake-time", SF_UNIT_TIME, "from the first segment of a connection to ESTABLISHED; the longest",
    LONGEST (measure_handshake) },
  { "connection-time", SF_UNIT_TIME,
    "from the first segment of a connection until its TCB is deleted, or the end of the run; the longest",
    LONGEST (measure_connection) },
  { "useless-connection-time", SF_UNIT_TIME,
    "time that connections are synchronized, TIME-WAIT not counted, while the other end has no connection of that "
    "incarnation; the sum",
    OWN (useless_connection_time) },
  { "embryonic-max", SF_UNIT_COUNT, "most connections in SYN-RECEIVED at once", MOST (SF_SYN_RECEIVED) },
  { "time-wait-max", SF_UNIT_COUNT, "most connections in TIME-WAIT at once", MOST (SF_TIME_WAIT) },
  { "close-wait-max", SF_UNIT_COUNT, "most connections in CLOSE-WAIT at once", MOST (SF_CLOSE_WAIT) },
  { "embryonic-mean", SF_UNIT_MEAN, "connections in SYN-RECEIVED on an average over the run", MEAN (SF_SYN_RECEIVED) },
  { "time-wait-mean", SF_UNIT_MEAN, "connections in TIME-WAIT on an average over the run", MEAN (SF_TIME_WAIT) },
  { "close-wait-mean", SF_UNIT_MEAN, "connections in CLOSE-WAIT on an average over the run", MEAN (SF_CLOSE_WAIT) },
  { "delivered-bytes", SF_UNIT_BYTES, "bytes that applications read", SUM (SF_RECORD_DELIVER, weigh_delivered) },
  { "foreign-bytes", SF_UNIT_BYTES, "of these, bytes that the peer of this incarnation never wrote",
    SUM (SF_RECORD_DELIVER, weigh_foreign) },
  { "goodput", SF_UNIT_RATE,
    "bytes of the right peer delivered, over the time from the first segment to the last delivery", OWN (goodput) },
  { "app-errors", SF_UNIT_COUNT, "calls that failed", SUM (SF_RECORD_CALL, weigh_error) },
  { "unfinished", SF_UNIT_COUNT, "1 if the run reached its limit of time or of events, 0 if not", OWN (unfinished) },
};

gboolean
sf_metric_value (const SfMetric *metric, const SfTrace *trace, SfScope scope, gint64 *ret_value)
{
  if (metric->value != NULL)
    return metric->value (trace, scope, ret_value);
  if (metric->measure != NULL)
    return longest (trace, scope, metric->measure, ret_value);
  if (metric->population == SF_POPULATION_MEAN)
    return mean_in_state (trace, scope, metric->state, ret_value);
  *ret_value = metric->population == SF_POPULATION_MOST ? population_in (trace, scope, metric->state).most
                                                        : add_up (trace, scope, metric->records, metric->weigh);
  return TRUE;
}

const SfMetric *
sf_metrics (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (metrics);
  return metrics;
}

const char *const *
sf_metric_names (void)
{
  static const char *names[G_N_ELEMENTS (metrics) + 1];
  static gsize done;

  if (g_once_init_enter (&done))
    {
      for (guint i = 0; i < G_N_ELEMENTS (metrics); i++)
        names[i] = metrics[i].name;
      g_once_init_leave (&done, 1);
    }
  return names;
}
