/* SPDX-License-Identifier: MIT */
#include "plots/graph/graph.h"

#include "plots/graph/page.h"

/* So many segments or times make a picture; fewer are told faster than drawn. */
#define FEWEST_POINTS 3

guint32
sf_graph_busiest (const SfTrace *trace)
{
  g_autofree guint64 *bytes = g_new0 (guint64, trace->conns->len + 1);
  guint32 best = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->head.kind == SF_RECORD_SEND && record->conn <= trace->conns->len)
        bytes[record->conn] += record->send.len;
    }
  for (guint32 serial = 1; serial <= trace->conns->len; serial++)
    {
      const SfTraceConn *conn = sf_trace_conn (trace, serial);

      if (conn != NULL && !conn->listener && (best == 0 || bytes[serial] > bytes[best]))
        best = serial;
    }
  return best;
}

static const SfTraceConn *
find_conn (const SfTrace *trace, const SfGraphOptions *options)
{
  return sf_trace_conn (trace, options->conn != 0 ? options->conn : sf_graph_busiest (trace));
}

/* What graphs of one connection would show. */
typedef struct
{
  guint n_data;        /* segments with data */
  SfTime first_data;   /* when the first of them was sent */
  gboolean apart;      /* not all of them were sent at the same instant */
  guint n_cwnd, n_wnd; /* changes of cwnd and of SND.WND */
  guint32 cwnd, snd_wnd;
  guint32 high_cwnd, high_wnd;
  guint n_times; /* samples of the round-trip time, and expiries of the retransmission timer */
  SfTime first_sample;
  gboolean differ; /* a sample is not like the first, or the timer expired */
} Sight;

static void
see_cwnd (Sight *sight, const SfRecord *record)
{
  if (sight->cwnd != 0)
    {
      sight->n_cwnd += record->cwnd.cwnd != sight->cwnd;
      sight->n_wnd += record->cwnd.snd_wnd != sight->snd_wnd;
    }
  sight->cwnd = record->cwnd.cwnd;
  sight->snd_wnd = record->cwnd.snd_wnd;
  sight->high_cwnd = MAX (sight->high_cwnd, sight->cwnd);
  sight->high_wnd = MAX (sight->high_wnd, sight->snd_wnd);
}

/* TRUE if the windows change twice where it can be seen: SND.WND may be above the picture. */
static gboolean
windows_change (const Sight *sight)
{
  gboolean fits = sight->high_wnd <= SF_GRAPH_WND_REACH * sight->high_cwnd;

  return sight->n_cwnd + (fits ? sight->n_wnd : 0) > 1;
}

static void
see_sample (Sight *sight, const SfRecord *record)
{
  if (sight->first_sample == 0)
    sight->first_sample = record->rtt.sample;
  sight->differ |= record->rtt.sample != sight->first_sample;
  sight->n_times++;
}

static void
see_record (Sight *sight, const SfRecord *record)
{
  switch (record->head.kind)
    {
    case SF_RECORD_SEND:
      if (record->send.len == 0)
        break;
      if (sight->n_data++ == 0)
        sight->first_data = record->head.t;
      sight->apart |= record->head.t != sight->first_data;
      break;
    case SF_RECORD_CWND:
      see_cwnd (sight, record);
      break;
    case SF_RECORD_RTT:
      see_sample (sight, record);
      break;
    case SF_RECORD_TIMER:
      if (record->timer.timer != SF_TIMER_RETRANSMIT || record->timer.action != SF_TIMER_EXPIRED)
        break;
      sight->n_times++;
      sight->differ = TRUE;
      break;
    default:
      break;
    }
}

gboolean
sf_graph_has_data (SfGraphKind kind, const SfTrace *trace, const SfGraphOptions *options)
{
  const SfGraphOptions none = { 0 };
  const SfTraceConn *conn = find_conn (trace, options != NULL ? options : &none);
  Sight sight = { 0 };

  if (conn == NULL || kind == SF_GRAPH_STATES)
    return trace->conns->len > 0;
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    if (sf_trace_record (trace, i)->conn == conn->serial)
      see_record (&sight, sf_trace_record (trace, i));
  if (kind == SF_GRAPH_RTT)
    return sight.n_times >= FEWEST_POINTS && sight.differ;
  if (kind == SF_GRAPH_WINDOW)
    return sight.n_data > 0 && windows_change (&sight);
  return sight.n_data >= FEWEST_POINTS && sight.apart;
}

SfPage *
sf_graph (SfGraphKind kind, const SfTrace *trace, const SfGraphOptions *options)
{
  const SfGraphOptions none = { 0 };
  const SfTraceConn *conn;

  if (options == NULL)
    options = &none;
  conn = kind != SF_GRAPH_STATES ? find_conn (trace, options) : NULL;
  switch (kind)
    {
    case SF_GRAPH_STEVENS:
      return sf_graph_stevens (trace, conn, options);
    case SF_GRAPH_WINDOW:
      return sf_graph_window (trace, conn, options);
    case SF_GRAPH_RTT:
      return sf_graph_rtt (trace, conn, options);
    case SF_GRAPH_STATES:
      return sf_graph_states (trace, options);
    }
  g_return_val_if_reached (NULL);
}
