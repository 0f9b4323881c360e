/* SPDX-License-Identifier: MIT */
#include "plots/graph/graph.h"

#include "plots/graph/page.h"

static const struct
{
  const char *name, *doc;
  const SfGraphType *type;
} graphs[SF_N_GRAPHS] = {
#define SF_GRAPH(id, symbol, name, doc) { name, doc, &sf_graph_##symbol },
#include "plots/graph/graphs.inc"
#undef SF_GRAPH
};

const char *
sf_graph_name (SfGraphKind kind)
{
  return graphs[kind].name;
}

const char *
sf_graph_doc (SfGraphKind kind)
{
  return graphs[kind].doc;
}

gboolean
sf_graph_is_of_conn (SfGraphKind kind)
{
  return graphs[kind].type->is_worth_a_look != NULL;
}

gboolean
sf_graph_has_numbers (SfGraphKind kind)
{
  return graphs[kind].type->has_numbers;
}

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

static void
see_cwnd (SfGraphSight *sight, const SfRecord *record)
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

static void
see_sample (SfGraphSight *sight, const SfRecord *record)
{
  if (sight->first_sample == 0)
    sight->first_sample = record->rtt.sample;
  sight->differ |= record->rtt.sample != sight->first_sample;
  sight->n_times++;
}

static void
see_record (SfGraphSight *sight, const SfRecord *record)
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
  SfGraphSight sight = { 0 };

  if (conn == NULL || !sf_graph_is_of_conn (kind))
    return trace->conns->len > 0;
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    if (sf_trace_record (trace, i)->conn == conn->serial)
      see_record (&sight, sf_trace_record (trace, i));
  return graphs[kind].type->is_worth_a_look (&sight);
}

SfPage *
sf_graph (SfGraphKind kind, const SfTrace *trace, const SfGraphOptions *options)
{
  const SfGraphOptions none = { 0 };

  if (options == NULL)
    options = &none;
  return graphs[kind].type->draw (trace, sf_graph_is_of_conn (kind) ? find_conn (trace, options) : NULL, options);
}
