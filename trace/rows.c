/* SPDX-License-Identifier: MIT */
#include "trace/rows.h"

#include "base/gettext.h"
#include "base/units.h"
#include "models/apps/program.h"

#include <stdlib.h>

/* A silence is folded if it is at least this many times the usual flight time … */
#define FOLD_FLIGHTS 5

/* … or, if no segment has arrived, this long. */
#define FOLD_ALONE (200 * SF_MSEC)

/* How many records ahead to look for the answer to a segment that was discarded. */
#define ANSWER_WITHIN 12

/* Calls of one host at one instant share a row of up to this many characters. */
#define CALLS_PER_ROW 48

typedef struct
{
  SfRows *rows;
  const SfNarration *narration;
  const SfTrace *trace;
  GArray *content; /* SfContentText */
  guint8 *state;   /* SfState by serial */
  gboolean *waits; /* by serial: its SEND waits */
  guint *n_alive;  /* connections by host */
  guint64 alive, up;
  guint i; /* the current record */
} Maker;

static void
clear_row (gpointer data)
{
  SfRow *row = data;

  g_free (row->text);
  g_free (row->state);
}

char *
sf_rows_conn_label (const SfRows *rows, guint32 serial, guint i)
{
  const SfTraceConn *conn = sf_trace_conn (rows->trace, serial);

  if (conn == NULL || conn->nth == 0 || i < rows->numbered[conn->host])
    return g_strdup ("");
  return g_strdup_printf ("#%u ", conn->nth);
}

static SfRow *
last_row (const Maker *maker)
{
  guint n = sf_rows_n (maker->rows);

  return n > 0 ? sf_row (maker->rows, n - 1) : NULL;
}

/* Inserts a row of `host` before row `at`. The row owns `text`. */
static SfRow *
insert_row (Maker *maker, guint at, SfRowKind kind, const SfRecord *record, guint16 host, char *text)
{
  SfRow row = {
    .kind = kind,
    .t = record->head.t,
    .host = host,
    .conn = record->conn,
    .record = maker->i,
    .transit = SF_NO_TRANSIT,
    .change = SF_NO_RECORD,
    .text = text,
    .alive = maker->alive,
    .up = maker->up,
  };

  maker->rows->used |= sf_row_bit (host);
  g_array_insert_val (maker->rows->rows, at, row);
  return sf_row (maker->rows, at);
}

static SfRow *
add_row (Maker *maker, SfRowKind kind, const SfRecord *record, guint16 host, char *text)
{
  return insert_row (maker, sf_rows_n (maker->rows), kind, record, host, text);
}

static void
add_note (Maker *maker, SfSpeaker speaker, const SfRecord *record, char *text)
{
  add_row (maker, SF_ROW_NOTE, record, record->host, text)->speaker = speaker;
}

/* Segments. */

static void
add_leave (Maker *maker, const SfRecord *record, guint transit)
{
  const SfSegment *seg = sf_transit (maker->rows->transits, transit)->seg;

  add_row (maker, SF_ROW_LEAVE, record, seg->from, NULL)->transit = transit;
}

/* Adds the row of the end of a transit. A transit that ends at the instant at which it began, with nothing in between,
 * has only one row. */
static void
add_end (Maker *maker, const SfRecord *record, guint transit)
{
  const SfSegment *seg = sf_transit (maker->rows->transits, transit)->seg;
  const SfRow *last = last_row (maker);
  guint16 host = record->head.kind == SF_RECORD_ARRIVE ? record->host : seg->to;

  if (record->head.kind == SF_RECORD_FATE && last != NULL && last->kind == SF_ROW_LEAVE && last->transit == transit
      && last->t == record->head.t)
    return;
  add_row (maker, SF_ROW_END, record, host, NULL)->transit = transit;
}

/* TRUE if the host of `record` number `i` sends something at the same instant, before anything else arrives. */
static gboolean
is_answered (const Maker *maker, guint i)
{
  const SfRecord *record = sf_trace_record (maker->trace, i);
  guint end = MIN (i + 1 + ANSWER_WITHIN, sf_trace_n_records (maker->trace));

  for (guint k = i + 1; k < end; k++)
    {
      const SfRecord *next = sf_trace_record (maker->trace, k);

      if (next->head.t != record->head.t || next->head.kind == SF_RECORD_ARRIVE)
        return FALSE;
      if (next->head.kind == SF_RECORD_SEND && next->host == record->host)
        return TRUE;
    }
  return FALSE;
}

static void
add_discard (Maker *maker, guint i)
{
  const SfRecord *record = sf_trace_record (maker->trace, i);

  const SfRow *last = last_row (maker);
  const char *words = maker->narration->discard (record->discard.reason, is_answered (maker, i), maker->rows->lang);

  /* A receiver keeps no RSTs, so a RST is nothing that it could have "already": it needs other words. */
  if (record->discard.reason == SF_DISCARD_OLD_DUPLICATE && last != NULL && last->kind == SF_ROW_END
      && (sf_transit (maker->rows->transits, last->transit)->seg->flags & SF_RST) != 0)
    words = maker->narration->old_reset (maker->rows->lang);
  add_note (maker, SF_SPEAKER_REMARK, record, g_strdup (words));
}

/* Connections and their states. */

static void
set_alive (Maker *maker, guint16 host, int change)
{
  if (host >= SF_ROW_HOSTS)
    return;
  maker->n_alive[host] += (guint) change;
  if (maker->n_alive[host] > 0)
    maker->alive |= sf_row_bit (host);
  else
    maker->alive &= ~sf_row_bit (host);
}

static void
append_place (GString *out, const SfTrace *trace, guint32 addr, guint16 port)
{
  for (guint i = 0; i < sf_trace_n_hosts (trace); i++)
    {
      const SfTraceHost *host = &g_array_index (trace->hosts, SfTraceHost, i);

      if (!host->router && addr - host->addr < host->n_addrs)
        {
          g_string_append_printf (out, "%s:%u", host->name, port);
          return;
        }
    }
  sf_append_address (out, addr);
  g_string_append_printf (out, ":%u", port);
}

static void
add_conn (Maker *maker, const SfRecord *record)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean listener = record->born.rport == 0;

  maker->state[record->conn] = record->born.parent != 0 ? SF_LISTEN : SF_CLOSED;
  if (!listener)
    set_alive (maker, record->host, 1);
  if (record->born.parent != 0)
    return;
  if (listener)
    maker->narration->born (text, record, NULL, maker->rows->lang);
  else
    {
      g_autofree char *label = sf_rows_conn_label (maker->rows, record->conn, maker->i);
      g_autoptr (GString) place = g_string_new (NULL);

      append_place (place, maker->trace, record->born.raddr, record->born.rport);
      g_string_append (text, label);
      maker->narration->born (text, record, place->str, maker->rows->lang);
    }
  add_note (maker, SF_SPEAKER_CALL, record, g_strdup (text->str));
}

/* Returns the row that gets the new state of `record`, NULL if the state needs a row of its own. */
static SfRow *
row_for_state (const Maker *maker, const SfRecord *record)
{
  SfRow *last = last_row (maker);

  if (last == NULL || last->t != record->head.t || last->host != record->host || last->state != NULL
      || last->kind == SF_ROW_WORLD)
    return NULL;
  /* A state changed by a call must not stand beside an event before the call, only beside the birth of the connection.
   */
  if (record->state.why == SF_WHY_CALL)
    return last->kind == SF_ROW_NOTE && last->speaker == SF_SPEAKER_CALL && last->conn == record->conn
               && record->state.from == SF_CLOSED
             ? last
             : NULL;
  return last;
}

static void
add_state (Maker *maker, const SfRecord *record)
{
  const SfTraceConn *conn = sf_trace_conn (maker->trace, record->conn);
  g_autofree char *label = NULL;
  SfRow *row;

  maker->state[record->conn] = record->state.to;
  /* The CLOSED of a listener would be read as the state of its connections. */
  if (record->state.from == record->state.to || (conn != NULL && conn->listener && record->state.to == SF_CLOSED))
    return;
  row = row_for_state (maker, record);
  if (row == NULL)
    {
      row = add_row (maker, SF_ROW_NOTE, record, record->host, NULL);
      row->open = record->state.why == SF_WHY_CALL;
    }
  else
    row->alive = maker->alive;
  label = sf_rows_conn_label (maker->rows, record->conn, maker->i);
  row->state = g_strconcat (label, sf_state_name (record->state.to), NULL);
  row->change = maker->i;
}

static void
add_gone (Maker *maker, const SfRecord *record)
{
  const SfTraceConn *conn = sf_trace_conn (maker->trace, record->conn);
  SfRow *last = last_row (maker);

  if (conn == NULL || conn->listener)
    return;
  set_alive (maker, record->host, -1);
  if (last != NULL && last->t == record->head.t)
    last->alive = maker->alive;
}

/* Calls. */

/* TRUE if `row` is an effect of `record`, a CALL that has just returned. */
static gboolean
is_effect (const Maker *maker, const SfRow *row, const SfRecord *record)
{
  const SfSegment *seg;

  if (row->t != record->head.t || row->host != record->host || row->conn != record->conn)
    return FALSE;
  if (row->kind == SF_ROW_NOTE)
    return row->open;
  if (row->kind != SF_ROW_LEAVE)
    return FALSE;
  seg = sf_transit (maker->rows->transits, row->transit)->seg;
  switch ((SfOp) record->call.op)
    {
    case SF_OP_SEND:
      return seg->len > 0 && seg->stream == record->conn && seg->offset >= record->call.offset;
    case SF_OP_SHUTDOWN:
    case SF_OP_CLOSE:
    case SF_OP_ABORT:
    case SF_OP_STOP_LISTEN:
      return (seg->flags & (SF_FIN | SF_RST)) != 0;
    case SF_OP_END:
    case SF_OP_LISTEN:
    case SF_OP_ACCEPT:
    case SF_OP_EACH:
    case SF_OP_CONNECT:
    case SF_OP_RECEIVE:
    case SF_OP_RECEIVE_SOME:
    case SF_OP_RECEIVE_EOF:
    case SF_OP_WAIT:
    case SF_OP_AT:
    case SF_OP_UNTIL:
    case SF_OP_OPTION:
    case SF_OP_REPEAT:
      break;
    }
  return FALSE;
}

/* Appends `text` to row `i` if that has calls of the same host at the same instant. FALSE if it has not. */
static gboolean
join_calls (Maker *maker, guint i, const SfRecord *record, const char *text)
{
  SfRow *row = sf_row (maker->rows, i);
  char *joined;

  if (maker->narration->apart || row->kind != SF_ROW_NOTE || row->speaker != SF_SPEAKER_CALL || row->text == NULL
      || row->t != record->head.t || row->host != record->host || row->conn != record->conn
      || g_utf8_strlen (row->text, -1) + g_utf8_strlen (text, -1) > CALLS_PER_ROW)
    return FALSE;
  joined = g_strdup_printf (tr (maker->rows->lang, "%s; %s"), row->text, text);
  g_free (row->text);
  row->text = joined;
  return TRUE;
}

/* If the call of row `at` ended its connection, the last state has a row of its own below: moves the state beside the
 * call, where the lifeline changes. */
static void
pull_state (Maker *maker, guint at)
{
  SfRow *row = sf_row (maker->rows, at);
  guint i = sf_rows_n (maker->rows) - 1;

  if (i <= at || !sf_row (maker->rows, i)->open || row->state != NULL)
    return;
  row->state = g_steal_pointer (&sf_row (maker->rows, i)->state);
  row->change = sf_row (maker->rows, i)->change;
  g_array_remove_index (maker->rows->rows, i);
  for (; at < i; at++)
    sf_row (maker->rows, at)->alive = maker->alive;
}

/* Adds a call. It was recorded when it returned, but its row comes before those of its effects. */
static void
add_call (Maker *maker, const SfRecord *record)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *label = sf_rows_conn_label (maker->rows, record->conn, maker->i);
  guint at = sf_rows_n (maker->rows);

  maker->narration->call (text, maker->trace, record, record->call.op == SF_OP_SEND && maker->waits[record->conn],
                          maker->rows->lang);
  maker->waits[record->conn] = record->call.waiting > 0;
  if (text->len == 0)
    return;
  g_string_prepend (text, label);
  while (at > 0 && is_effect (maker, sf_row (maker->rows, at - 1), record))
    at--;
  if (at < sf_rows_n (maker->rows) && sf_row (maker->rows, at)->open)
    {
      SfRow *row = sf_row (maker->rows, at);

      row->text = g_strdup (text->str);
      row->speaker = SF_SPEAKER_CALL;
      row->open = FALSE;
    }
  else if (at > 0 && join_calls (maker, at - 1, record, text->str))
    pull_state (maker, at - 1);
  else
    {
      insert_row (maker, at, SF_ROW_NOTE, record, record->host, g_strdup (text->str))->speaker = record->call.error != 0
                                                                                                   ? SF_SPEAKER_ALARM
                                                                                                   : SF_SPEAKER_CALL;
      pull_state (maker, at);
    }
}

/* The rest. */

static void
add_timer (Maker *maker, const SfRecord *record)
{
  GString *text = g_string_new (NULL);

  maker->narration->timer (text, record, maker->state[record->conn], maker->rows->lang);
  add_note (maker, SF_SPEAKER_TIMER, record, g_string_free (text, FALSE));
}

static void
add_deliver (Maker *maker, const SfRecord *record)
{
  GString *text;

  if (!record->deliver.foreign)
    return;
  text = g_string_new (NULL);
  maker->narration->foreign (text, maker->trace, maker->content, record, maker->rows->lang);
  add_note (maker, SF_SPEAKER_ALARM, record, g_string_free (text, FALSE));
}

static void
add_link (Maker *maker, const SfRecord *record)
{
  GString *text = g_string_new (NULL);

  maker->narration->link (text, sf_trace_link_name (maker->trace, record->link.link), record->link.up,
                          maker->rows->lang);
  add_row (maker, SF_ROW_WORLD, record, SF_NO_HOST, g_string_free (text, FALSE));
}

static void
add_power (Maker *maker, const SfRecord *record)
{
  if (record->power.up)
    maker->up |= sf_row_bit (record->host);
  else
    maker->up &= ~sf_row_bit (record->host);
  add_note (maker, SF_SPEAKER_ALARM, record, g_strdup (maker->narration->power (record->power.up, maker->rows->lang)));
}

static void
add_record (Maker *maker, guint i)
{
  const SfRecord *record = sf_trace_record (maker->trace, i);
  const SfTransits *transits = maker->rows->transits;

  if (transits->ending[i] != SF_NO_TRANSIT)
    add_end (maker, record, transits->ending[i]);
  if (transits->leaving[i] != SF_NO_TRANSIT)
    add_leave (maker, record, transits->leaving[i]);
  switch ((SfRecordKind) record->head.kind)
    {
    case SF_RECORD_CONN:
      add_conn (maker, record);
      break;
    case SF_RECORD_STATE:
      add_state (maker, record);
      break;
    case SF_RECORD_GONE:
      add_gone (maker, record);
      break;
    case SF_RECORD_DISCARD:
      add_discard (maker, i);
      break;
    case SF_RECORD_TIMER:
      add_timer (maker, record);
      break;
    case SF_RECORD_CALL:
      add_call (maker, record);
      break;
    case SF_RECORD_DELIVER:
      add_deliver (maker, record);
      break;
    case SF_RECORD_LINK:
      add_link (maker, record);
      break;
    case SF_RECORD_HOST:
      add_power (maker, record);
      break;
    case SF_RECORD_SEND:
    case SF_RECORD_FATE:
    case SF_RECORD_ARRIVE:
    case SF_RECORD_CWND:
    case SF_RECORD_RTT:
      break;
    }
}

/* Returns by host the record at which its second connection is born. */
static guint *
find_numbered (const SfTrace *trace)
{
  guint *numbered = g_new (guint, sf_trace_n_hosts (trace) + 1);

  for (guint i = 0; i < sf_trace_n_hosts (trace); i++)
    numbered[i] = SF_NO_RECORD;
  for (guint i = 0; i < trace->conns->len; i++)
    {
      const SfTraceConn *conn = &g_array_index (trace->conns, SfTraceConn, i);

      if (conn->serial != 0 && conn->nth == 2)
        numbered[conn->host] = conn->born;
    }
  return numbered;
}

static guint32
greatest_conn (const SfTrace *trace)
{
  guint32 greatest = trace->conns->len;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfSegment *seg = sf_record_segment (sf_trace_record (trace, i));

      greatest = MAX (greatest, sf_trace_record (trace, i)->conn);
      greatest = MAX (greatest, seg != NULL ? seg->conn : 0);
    }
  return greatest;
}

SfRows *
sf_rows_new (const SfTrace *trace, const char *lang)
{
  return sf_rows_new_in (trace, &sf_plain_narration, lang);
}

SfRows *
sf_rows_new_in (const SfTrace *trace, const SfNarration *narration, const char *lang)
{
  SfRows *rows = g_new0 (SfRows, 1);
  guint32 n_conns = greatest_conn (trace) + 1;
  Maker maker = {
    .rows = rows,
    .narration = narration,
    .trace = trace,
    .content = sf_trace_content (trace),
    .state = g_new0 (guint8, n_conns),
    .waits = g_new0 (gboolean, n_conns),
    .n_alive = g_new0 (guint, SF_ROW_HOSTS),
    .up = G_MAXUINT64,
  };

  rows->trace = trace;
  rows->lang = lang;
  rows->n_conns = n_conns;
  rows->transits = sf_transits_new (trace);
  rows->rows = g_array_new (FALSE, FALSE, sizeof (SfRow));
  g_array_set_clear_func (rows->rows, clear_row);
  rows->numbered = find_numbered (trace);
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    add_record (&maker, maker.i = i);
  g_array_unref (maker.content);
  g_free (maker.state);
  g_free (maker.waits);
  g_free (maker.n_alive);
  return rows;
}

void
sf_rows_free (SfRows *rows)
{
  if (rows == NULL)
    return;
  sf_transits_free (rows->transits);
  g_array_unref (rows->rows);
  g_free (rows->numbered);
  g_free (rows);
}

static int
compare_times (const void *a, const void *b)
{
  const SfTime *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

void
sf_rows_within (const SfRows *rows, SfTime from, SfTime to, guint *ret_first, guint *ret_last)
{
  guint n = sf_rows_n (rows), first = 0, last;

  while (first < n && sf_row (rows, first)->t < from)
    first++;
  last = first;
  while (last < n && (to == 0 || sf_row (rows, last)->t <= to))
    last++;
  *ret_first = first;
  *ret_last = last;
}

SfTime
sf_rows_usual_flight (const SfRows *rows)
{
  g_autoptr (GArray) flights = g_array_new (FALSE, FALSE, sizeof (SfTime));

  for (guint i = 0; i < rows->transits->transits->len; i++)
    {
      const SfTransit *transit = sf_transit (rows->transits, i);

      if (transit->end != SF_NO_RECORD && sf_trace_record (rows->trace, transit->end)->head.kind == SF_RECORD_ARRIVE)
        {
          SfTime flight = sf_trace_record (rows->trace, transit->end)->head.t
                          - sf_trace_record (rows->trace, transit->leave)->head.t;

          g_array_append_val (flights, flight);
        }
    }
  if (flights->len == 0)
    return FOLD_ALONE / FOLD_FLIGHTS;
  qsort (flights->data, flights->len, sizeof (SfTime), compare_times);
  return CLAMP (g_array_index (flights, SfTime, flights->len / 2), SF_USEC, SF_NEVER / FOLD_FLIGHTS);
}

SfTime
sf_rows_fold (const SfRows *rows)
{
  return FOLD_FLIGHTS * sf_rows_usual_flight (rows);
}

gboolean
sf_rows_idle_at_end (const SfRows *rows)
{
  const SfTrace *trace = rows->trace;
  guint n = sf_trace_n_records (trace);
  SfTime last = n > 0 ? sf_trace_record (trace, n - 1)->head.t : 0;

  return trace->end == SF_END_IDLE && trace->end_time > last;
}

const char *
sf_rows_ending (const SfRows *rows)
{
  static const char *const endings[] = {
    [SF_END_IDLE] = N_ ("nothing is left to do"),
    [SF_END_UNTIL] = N_ ("the scenario ends here"),
    [SF_END_TIME_LIMIT] = N_ ("stopped: the limit of simulated time is reached"),
    [SF_END_EVENT_LIMIT] = N_ ("stopped: the limit of events is reached"),
  };

  if (sf_rows_idle_at_end (rows))
    return tr (rows->lang, "the scenario ends here; nothing was left to do");
  return tr (rows->lang, endings[rows->trace->end]);
}
