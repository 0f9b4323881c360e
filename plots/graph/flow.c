/* SPDX-License-Identifier: MIT */
#include "plots/graph/flow.h"

#include "trace/words.h"

/* A segment with data, to be found by id if it is lost. Ids grow with time. */
typedef struct
{
  guint64 id;
  SfPoint point;
} Sent;

typedef struct
{
  SfFlow *flow;
  const SfTraceConn *conn;
  GArray *sent;    /* Sent, sorted by id */
  gint64 una, max; /* the highest number acknowledged, and sent */
  guint16 last_wnd;
  gboolean scales; /* our SYN had the option */
  guint8 shift;    /* for windows that arrive (RFC 7323 §2.2: only if both SYNs have the option) */
} Reader;

/* Returns sequence number `seq` relative to ISS without wrapping: of all candidates the one nearest to `near`. */
static gint64
unwrap (const Reader *reader, SfSeq seq, gint64 near)
{
  guint32 counted = sf_seq_distance (reader->conn->iss, seq);

  return near + (gint32) (counted - (guint32) near);
}

static void
note_time (SfFlow *flow, SfTime t)
{
  if (flow->first == SF_NEVER)
    flow->first = t;
  flow->last = t;
}

static void
add_flight (Reader *reader, SfTime t)
{
  sf_graph_point (reader->flow->flight, t, (double) (reader->max - reader->una), 0);
}

static void
read_send (Reader *reader, SfTime t, const SfSegment *seg)
{
  SfFlow *flow = reader->flow;
  gint64 from = unwrap (reader, seg->seq, reader->max), to = from + sf_segment_space (seg);

  note_time (flow, t);
  if (seg->len > 0)
    {
      Sent sent = { seg->id, { t, (double) from, (double) to } };

      g_array_append_val ((seg->marks & SF_SEG_RETRANSMIT) != 0 ? flow->again : flow->sent, sent.point);
      g_array_append_val (reader->sent, sent);
    }
  if ((seg->flags & SF_SYN) != 0)
    {
      sf_graph_point (flow->syns, t, (double) from, 0);
      reader->scales = (seg->options & SF_OPT_WSCALE) != 0;
    }
  if ((seg->flags & SF_FIN) != 0)
    sf_graph_point (flow->fins, t, (double) to, 0);
  if ((seg->flags & SF_RST) != 0)
    sf_graph_point (flow->resets, t, (double) reader->max, 0);
  reader->max = MAX (reader->max, to);
  add_flight (reader, t);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  guint64 left = ((const Sent *) a)->id, right = ((const Sent *) b)->id;

  return left < right ? -1 : left > right;
}

static void
read_fate (Reader *reader, SfTime t, guint64 id)
{
  const Sent key = { id, { 0, 0, 0 } };
  const SfPoint *point;
  guint at;

  if (!g_array_binary_search (reader->sent, &key, compare_ids, &at))
    return;
  point = &g_array_index (reader->sent, Sent, at).point;
  sf_graph_point (reader->flow->lost, point->t, (point->y + point->z) / 2, 0);
  note_time (reader->flow, t);
}

static void
read_ack (Reader *reader, SfTime t, const SfSegment *seg)
{
  SfFlow *flow = reader->flow;
  gint64 ack = unwrap (reader, seg->ack, reader->una);
  gboolean nothing_else = seg->len == 0 && (seg->flags & (SF_SYN | SF_FIN)) == 0 && seg->wnd == reader->last_wnd;
  gint64 edge = ack + ((gint64) seg->wnd << ((seg->flags & SF_SYN) != 0 || !reader->scales ? 0 : reader->shift));

  if (ack < reader->una || ack > reader->max)
    return;
  if (ack == reader->una && reader->una < reader->max && nothing_else)
    sf_graph_point (flow->duplicates, t, (double) ack, 0);
  reader->una = ack;
  reader->last_wnd = seg->wnd;
  sf_graph_point (flow->acks, t, (double) ack, 0);
  sf_graph_point (flow->edges, t, (double) edge, 0);
  add_flight (reader, t);
}

static void
read_arrival (Reader *reader, SfTime t, const SfSegment *seg)
{
  if ((seg->flags & SF_SYN) != 0)
    reader->shift = (seg->options & SF_OPT_WSCALE) != 0 ? seg->wscale : 0;
  note_time (reader->flow, t);
  if ((seg->flags & SF_RST) != 0)
    sf_graph_point (reader->flow->resets, t, (double) reader->max, 0);
  else if ((seg->flags & SF_ACK) != 0 && (seg->marks & SF_SEG_CORRUPT) == 0)
    read_ack (reader, t, seg);
}

SfFlow *
sf_flow_new (const SfTrace *trace, const SfTraceConn *conn)
{
  SfFlow *flow = g_new0 (SfFlow, 1);
  Reader reader = { .flow = flow, .conn = conn, .sent = g_array_new (FALSE, FALSE, sizeof (Sent)) };
  GArray **const lists[] = { &flow->sent,  &flow->again,  &flow->lost, &flow->acks, &flow->duplicates,
                             &flow->edges, &flow->flight, &flow->syns, &flow->fins, &flow->resets };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    *lists[i] = sf_graph_points ();
  flow->first = SF_NEVER;
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->head.kind == SF_RECORD_SEND && record->conn == conn->serial)
        read_send (&reader, record->head.t, &record->send);
      else if (record->head.kind == SF_RECORD_ARRIVE && record->conn == conn->serial)
        read_arrival (&reader, record->head.t, &record->arrive);
      else if (record->head.kind == SF_RECORD_FATE && sf_fate_is_final (record->fate.fate))
        read_fate (&reader, record->head.t, record->fate.id);
    }
  g_array_unref (reader.sent);
  if (flow->first == SF_NEVER)
    flow->first = flow->last = 0;
  return flow;
}

void
sf_flow_free (SfFlow *flow)
{
  if (flow == NULL)
    return;
  g_array_unref (flow->sent);
  g_array_unref (flow->again);
  g_array_unref (flow->lost);
  g_array_unref (flow->acks);
  g_array_unref (flow->duplicates);
  g_array_unref (flow->edges);
  g_array_unref (flow->flight);
  g_array_unref (flow->syns);
  g_array_unref (flow->fins);
  g_array_unref (flow->resets);
  g_free (flow);
}
