/* SPDX-License-Identifier: MIT */
#include "lab/judge/history.h"

static void
begin_span (GArray *history, SfState state, SfTime from, guint record)
{
  SfSpan span = { state, from, SF_NEVER, record, SF_NO_RECORD };

  if (history->len > 0)
    {
      SfSpan *last = &g_array_index (history, SfSpan, history->len - 1);

      last->to = from;
      last->left = record;
    }
  g_array_append_val (history, span);
}

/* Returns the record in which `listener` entered LISTEN: the change of state right after its creation. */
static guint
listens_since (const SfTrace *trace, const SfTraceConn *listener)
{
  guint next = listener->born + 1;

  if (next < sf_trace_n_records (trace) && sf_trace_record (trace, next)->head.kind == SF_RECORD_STATE
      && sf_trace_record (trace, next)->conn == listener->serial)
    return next;
  return listener->born;
}

/* Adds the state that `conn` had before its first change of state. */
static void
begin_history (const SfTrace *trace, const SfTraceConn *conn, GArray *history)
{
  const SfTraceConn *listener = conn->listener ? conn : sf_trace_conn (trace, conn->parent);

  if (listener != NULL)
    {
      guint record = listens_since (trace, listener);

      begin_span (history, SF_LISTEN, sf_trace_record (trace, record)->head.t, record);
    }
  else
    begin_span (history, conn->parent != 0 ? SF_LISTEN : SF_CLOSED, 0, SF_NO_RECORD);
}

static SfState
state_now (const GArray *history)
{
  return sf_history_span (history, history->len - 1)->state;
}

/* A TCB that is deleted in a state other than CLOSED and LISTEN disappeared without a change of state. */
static void
end_history (const SfRecord *record, guint i, gboolean listener, GArray *history)
{
  SfState last = state_now (history);

  if (last != SF_CLOSED && (last != SF_LISTEN || listener))
    begin_span (history, SF_CLOSED, record->head.t, i);
}

GArray *
sf_history_of (const SfTrace *trace, guint32 serial)
{
  const SfTraceConn *conn = sf_trace_conn (trace, serial);
  GArray *history = g_array_new (FALSE, FALSE, sizeof (SfSpan));

  if (conn == NULL)
    return history;

  begin_history (trace, conn, history);
  for (guint k = 0; k < conn->n_changes; k++)
    {
      guint i = g_array_index (trace->changes, guint, conn->first_change + k);
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->head.kind == SF_RECORD_GONE)
        end_history (record, i, conn->listener, history);
      else if (record->state.to != state_now (history))
        begin_span (history, record->state.to, record->head.t, i);
    }
  return history;
}

GArray *
sf_history_of_end (const SfTrace *trace, guint16 host, guint nth)
{
  const SfTraceConn *conn = sf_trace_conn_nth (trace, host, nth);
  GArray *history;

  if (conn == NULL)
    conn = sf_trace_listener (trace, host);
  if (conn != NULL)
    return sf_history_of (trace, conn->serial);

  history = g_array_new (FALSE, FALSE, sizeof (SfSpan));
  begin_span (history, SF_CLOSED, 0, SF_NO_RECORD);
  return history;
}

SfState
sf_history_state_at (const GArray *history, SfTime t)
{
  for (guint i = history->len; i > 0; i--)
    if (sf_history_span (history, i - 1)->from <= t)
      return sf_history_span (history, i - 1)->state;
  return SF_CLOSED;
}

void
sf_history_text (GString *out, const GArray *history)
{
  for (guint i = 0; i < history->len; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", sf_state_name (sf_history_span (history, i)->state));
}

/* TRUE if `a` and `b` are the two ends of a 4-tuple: the remote address and port of each are those under which the
 * other is seen. */
static gboolean
is_reversed (const SfTraceConn *a, const SfTraceConn *b)
{
  return a->seen_addr == b->raddr && a->raddr == b->seen_addr && a->seen_port == b->rport && a->rport == b->seen_port;
}

const SfTraceConn *
sf_history_peer (const SfTrace *trace, const SfTraceConn *conn)
{
  for (guint i = 0; i < trace->conns->len; i++)
    {
      const SfTraceConn *other = &g_array_index (trace->conns, SfTraceConn, i);

      if (other->serial == 0 || other->listener || !is_reversed (conn, other))
        continue;
      if (conn->has_irs && other->has_iss && !sf_seq_eq (conn->irs, other->iss))
        continue;
      if (conn->has_iss && other->has_irs && !sf_seq_eq (conn->iss, other->irs))
        continue;
      return other;
    }
  return NULL;
}
