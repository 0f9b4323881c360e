/* SPDX-License-Identifier: MIT */
#include "trace/trace.h"

#include "models/apps/program.h"

#include <string.h>

static void
clear_host (gpointer data)
{
  g_free (((SfTraceHost *) data)->name);
}

static void
clear_link (gpointer data)
{
  g_free (((SfTraceLink *) data)->name);
}

static void
clear_fault (gpointer data)
{
  g_free (((SfTraceFault *) data)->text);
}

static GArray *
new_array (guint item_size, GDestroyNotify clear)
{
  GArray *array = g_array_new (FALSE, FALSE, item_size);

  g_array_set_clear_func (array, clear);
  return array;
}

const char *
sf_end_name (SfEnd end)
{
  static const char *const names[] = {
    [SF_END_IDLE] = "idle",
    [SF_END_UNTIL] = "until",
    [SF_END_TIME_LIMIT] = "time-limit",
    [SF_END_EVENT_LIMIT] = "event-limit",
  };

  return end < G_N_ELEMENTS (names) ? names[end] : "?";
}

SfTrace *
sf_trace_new (void)
{
  SfTrace *trace = g_new0 (SfTrace, 1);

  trace->hosts = new_array (sizeof (SfTraceHost), clear_host);
  trace->links = new_array (sizeof (SfTraceLink), clear_link);
  trace->faults = new_array (sizeof (SfTraceFault), clear_fault);
  trace->texts = g_ptr_array_new_with_free_func (g_free);
  trace->records = new_array (sizeof (SfRecord), NULL);
  trace->conns = g_array_new (FALSE, TRUE, sizeof (SfTraceConn));
  trace->changes = g_array_new (FALSE, FALSE, sizeof (guint));
  return trace;
}

void
sf_trace_free (SfTrace *trace)
{
  if (trace == NULL)
    return;
  g_free (trace->file);
  sf_wording_unref (trace->title);
  sf_wording_unref (trace->lesson);
  sf_wording_unref (trace->asks);
  sf_wording_unref (trace->explain);
  g_free (trace->variant);
  g_array_unref (trace->hosts);
  g_array_unref (trace->links);
  g_array_unref (trace->faults);
  g_ptr_array_unref (trace->texts);
  g_array_unref (trace->records);
  g_array_unref (trace->conns);
  g_array_unref (trace->changes);
  g_free (trace);
}

SfTrace *
sf_trace_of_plan (const SfPlan *plan)
{
  SfTrace *trace = sf_trace_new ();

  for (guint i = 0; i < plan->hosts->len; i++)
    {
      const SfHostPlan *host = sf_plan_host (plan, i);

      sf_trace_add_host (trace, host->name, host->router, host->addr, host->n_addrs);
    }
  for (guint i = 0; i < plan->links->len; i++)
    {
      const SfLinkPlan *link = &g_array_index (plan->links, SfLinkPlan, i);

      sf_trace_add_link (trace, link->name, link->a, link->b);
    }
  for (guint i = 0; i < plan->texts->len; i++)
    g_ptr_array_add (trace->texts, g_strdup (g_ptr_array_index (plan->texts, i)));
  return trace;
}

void
sf_trace_reset (SfTrace *trace, SfSeed seed)
{
  trace->seed = seed;
  g_array_set_size (trace->records, 0);
  g_array_set_size (trace->conns, 0);
  g_array_set_size (trace->changes, 0);
}

void
sf_trace_sink (gpointer user, const SfRecordHead *record)
{
  SfTrace *trace = user;

  g_array_append_vals (trace->records, record, 1);
}

SfTrace *
sf_trace_excerpt_new (const SfTrace *trace)
{
  SfTrace *excerpt = sf_trace_new ();

  g_array_unref (excerpt->hosts);
  g_array_unref (excerpt->links);
  g_array_unref (excerpt->faults);
  excerpt->hosts = g_array_ref (trace->hosts);
  excerpt->links = g_array_ref (trace->links);
  excerpt->faults = g_array_ref (trace->faults);
  return excerpt;
}

guint
sf_trace_segment_before (const SfTrace *trace, guint64 id, guint i)
{
  while (i-- > 0)
    {
      const SfSegment *seg = sf_record_segment (sf_trace_record (trace, i));

      if (seg != NULL && seg->id == id)
        return i;
    }
  return SF_NO_RECORD;
}

guint
sf_trace_excerpt_add (SfTrace *excerpt, const SfTrace *trace, guint i)
{
  const SfRecord *record = sf_trace_record (trace, i);
  guint shows = SF_NO_RECORD;

  if (record->head.kind == SF_RECORD_FATE && sf_record_segment (record) == NULL)
    shows = sf_trace_segment_before (trace, record->fate.id, i);
  else if (record->head.kind == SF_RECORD_DISCARD)
    shows = sf_trace_segment_before (trace, record->discard.id, i);
  if (shows != SF_NO_RECORD)
    g_array_append_vals (excerpt->records, sf_trace_record (trace, shows), 1);
  g_array_append_vals (excerpt->records, record, 1);
  return excerpt->records->len - 1;
}

void
sf_trace_add_host (SfTrace *trace, const char *name, gboolean router, guint32 addr, guint32 n_addrs)
{
  SfTraceHost host = { g_strdup (name), router, addr, n_addrs };

  g_array_append_val (trace->hosts, host);
}

void
sf_trace_add_link (SfTrace *trace, const char *name, guint16 a, guint16 b)
{
  SfTraceLink link = { g_strdup (name), a, b };

  g_array_append_val (trace->links, link);
}

void
sf_trace_add_fault (SfTrace *trace, const char *text, guint32 line)
{
  SfTraceFault fault = { g_strdup (text), line };

  g_array_append_val (trace->faults, fault);
}

/* Returns the entry of connection `serial`; makes it if there is none. */
static SfTraceConn *
conn_entry (SfTrace *trace, guint32 serial)
{
  if (serial > trace->conns->len)
    g_array_set_size (trace->conns, serial);
  return &g_array_index (trace->conns, SfTraceConn, serial - 1);
}

static void
index_born (SfTrace *trace, guint i, guint32 *n_conns)
{
  const SfRecord *record = sf_trace_record (trace, i);
  gboolean listener = record->born.rport == 0;

  *conn_entry (trace, record->conn) = (SfTraceConn){
    .serial = record->conn,
    .parent = record->born.parent,
    .nth = listener ? 0 : ++n_conns[record->host],
    .laddr = record->born.laddr,
    .raddr = record->born.raddr,
    .lport = record->born.lport,
    .rport = record->born.rport,
    .seen_addr = record->born.laddr,
    .seen_port = record->born.lport,
    .host = record->host,
    .listener = listener,
    .born = i,
    .gone = SF_NO_RECORD,
  };
}

/* Takes the ISS of a connection from the first segment it sends, and the IRS from its first ACK. */
static void
index_send (SfTrace *trace, const SfSegment *seg)
{
  SfTraceConn *conn;

  if (seg->conn == 0)
    return;
  conn = conn_entry (trace, seg->conn);
  if (!conn->has_iss)
    {
      conn->has_iss = TRUE;
      conn->iss = seg->seq_base;
    }
  if (!conn->has_irs && (seg->flags & SF_ACK) != 0)
    {
      conn->has_irs = TRUE;
      conn->irs = seg->ack_base;
    }
}

/* Takes the address and port under which the other end knows a connection from a segment that arrives there. */
static void
index_arrival (SfTrace *trace, const SfSegment *seg)
{
  SfTraceConn *conn;

  if (seg->conn == 0 || seg->conn > trace->conns->len)
    return;
  conn = conn_entry (trace, seg->conn);
  conn->seen_addr = seg->src;
  conn->seen_port = seg->sport;
}

static gboolean
is_change (const SfRecord *record)
{
  return (record->head.kind == SF_RECORD_STATE || record->head.kind == SF_RECORD_GONE) && record->conn != 0;
}

/* Fills `changes`: counts the changes of each connection, gives each connection its slice, fills the slices. */
static void
index_changes (SfTrace *trace)
{
  guint n = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    if (is_change (sf_trace_record (trace, i)))
      {
        conn_entry (trace, sf_trace_record (trace, i)->conn)->n_changes++;
        n++;
      }
  g_array_set_size (trace->changes, n);
  n = 0;
  for (guint i = 0; i < trace->conns->len; i++)
    {
      SfTraceConn *conn = &g_array_index (trace->conns, SfTraceConn, i);

      conn->first_change = n;
      n += conn->n_changes;
      conn->n_changes = 0;
    }
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    if (is_change (sf_trace_record (trace, i)))
      {
        SfTraceConn *conn = conn_entry (trace, sf_trace_record (trace, i)->conn);

        g_array_index (trace->changes, guint, conn->first_change + conn->n_changes++) = i;
      }
}

void
sf_trace_index (SfTrace *trace)
{
  g_autofree guint32 *n_conns = g_new0 (guint32, trace->hosts->len);

  g_array_set_size (trace->conns, 0);
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->head.kind == SF_RECORD_CONN)
        index_born (trace, i, n_conns);
      else if (record->head.kind == SF_RECORD_GONE)
        conn_entry (trace, record->conn)->gone = i;
      else if (record->head.kind == SF_RECORD_SEND)
        index_send (trace, &record->send);
      else if (record->head.kind == SF_RECORD_ARRIVE)
        index_arrival (trace, &record->arrive);
    }
  index_changes (trace);
}

const char *
sf_trace_host_name (const SfTrace *trace, guint16 host)
{
  return host < trace->hosts->len ? g_array_index (trace->hosts, SfTraceHost, host).name : "?";
}

const char *
sf_trace_link_name (const SfTrace *trace, guint16 link)
{
  return link < trace->links->len ? g_array_index (trace->links, SfTraceLink, link).name : "?";
}

guint16
sf_trace_host_named (const SfTrace *trace, const char *name)
{
  for (guint i = 0; i < trace->hosts->len; i++)
    if (strcmp (g_array_index (trace->hosts, SfTraceHost, i).name, name) == 0)
      return (guint16) i;
  return SF_NO_HOST;
}

const SfTraceConn *
sf_trace_conn (const SfTrace *trace, guint32 serial)
{
  const SfTraceConn *conn;

  if (serial == 0 || serial > trace->conns->len)
    return NULL;
  conn = &g_array_index (trace->conns, SfTraceConn, serial - 1);
  return conn->serial != 0 ? conn : NULL;
}

const SfTraceConn *
sf_trace_conn_nth (const SfTrace *trace, guint16 host, guint nth)
{
  for (guint i = 0; i < trace->conns->len; i++)
    {
      const SfTraceConn *conn = &g_array_index (trace->conns, SfTraceConn, i);

      if (conn->serial != 0 && conn->host == host && !conn->listener && conn->nth == nth)
        return conn;
    }
  return NULL;
}

const SfTraceConn *
sf_trace_listener (const SfTrace *trace, guint16 host)
{
  for (guint i = 0; i < trace->conns->len; i++)
    {
      const SfTraceConn *conn = &g_array_index (trace->conns, SfTraceConn, i);

      if (conn->serial != 0 && conn->host == host && conn->listener)
        return conn;
    }
  return NULL;
}

GArray *
sf_trace_content (const SfTrace *trace)
{
  GArray *content = g_array_new (FALSE, FALSE, sizeof (SfContentText));

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);
      SfContentText piece;

      if (record->head.kind != SF_RECORD_CALL || record->call.op != SF_OP_SEND || record->call.text == 0
          || record->call.text > trace->texts->len)
        continue;
      piece.stream = record->conn;
      piece.offset = record->call.offset;
      piece.text = g_ptr_array_index (trace->texts, record->call.text - 1);
      /* Part of a text that waits may be taken after this record. A call that failed takes no more. */
      piece.len = MIN (strlen (piece.text), (guint64) record->call.amount + record->call.waiting);
      g_array_append_val (content, piece);
    }
  return content;
}
