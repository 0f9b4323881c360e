/* SPDX-License-Identifier: MIT */
#include "tests/support/trace_maker.h"

#include <string.h>

#define CLIENT_ADDR 0xc0000201u
#define SERVER_ADDR 0xc6336401u

void
maker_init (TraceMaker *maker, const char *title)
{
  *maker = (TraceMaker){
    .trace = sf_trace_new (),
    .next_id = 1,
    .segments = g_array_new (FALSE, FALSE, sizeof (SfSegment)),
  };
  maker->trace->title = sf_wording_plain (title);
  maker->trace->variant = g_strdup ("standard");
  maker->trace->seed.seed = 1;
  maker_host (maker, "client", CLIENT_ADDR);
  maker_host (maker, "server", SERVER_ADDR);
  sf_trace_add_link (maker->trace, "wire", MAKER_CLIENT, MAKER_SERVER);
}

SfTrace *
maker_finish (TraceMaker *maker, SfEnd end)
{
  SfTrace *trace = maker->trace;

  trace->end = end;
  trace->end_time = maker->t;
  trace->n_events = sf_trace_n_records (trace);
  sf_trace_index (trace);
  g_array_unref (maker->segments);
  return trace;
}

guint16
maker_host (TraceMaker *maker, const char *name, guint32 addr)
{
  sf_trace_add_host (maker->trace, name, FALSE, addr, 1);
  return (guint16) (sf_trace_n_hosts (maker->trace) - 1);
}

static void
add_record (TraceMaker *maker, SfRecordKind kind, SfRecord record)
{
  record.head.t = maker->t;
  record.head.kind = kind;
  g_array_append_val (maker->trace->records, record);
}

static guint32
address_of (const TraceMaker *maker, guint16 host)
{
  return g_array_index (maker->trace->hosts, SfTraceHost, host).addr;
}

/* Returns the record of the birth of connection `serial`. */
static const SfRecord *
birth (const TraceMaker *maker, guint32 serial)
{
  for (guint i = 0; i < sf_trace_n_records (maker->trace); i++)
    {
      const SfRecord *record = sf_trace_record (maker->trace, i);

      if (record->head.kind == SF_RECORD_CONN && record->conn == serial)
        return record;
    }
  g_assert_not_reached ();
}

static guint32
add_conn (TraceMaker *maker, guint16 host, guint16 lport, guint32 raddr, guint16 rport, guint32 parent)
{
  guint32 serial = 1;

  for (guint i = 0; i < sf_trace_n_records (maker->trace); i++)
    serial += sf_trace_record (maker->trace, i)->head.kind == SF_RECORD_CONN;
  add_record (
    maker, SF_RECORD_CONN,
    (SfRecord){
      .host = host,
      .conn = serial,
      .born = { .laddr = address_of (maker, host), .raddr = raddr, .lport = lport, .rport = rport, .parent = parent },
    });
  return serial;
}

guint32
maker_connect (TraceMaker *maker, guint16 host, guint16 port)
{
  guint16 peer = host == MAKER_SERVER ? MAKER_CLIENT : MAKER_SERVER;
  guint32 conn = add_conn (maker, host, port, address_of (maker, peer), 80, 0);

  maker->state[conn] = SF_CLOSED;
  return conn;
}

guint32
maker_accept (TraceMaker *maker, guint32 listener, guint16 peer, guint16 port)
{
  const SfRecord *parent = birth (maker, listener);
  guint32 conn = add_conn (maker, parent->host, parent->born.lport, address_of (maker, peer), port, listener);

  maker->state[conn] = SF_LISTEN;
  return conn;
}

guint32
maker_listen (TraceMaker *maker, guint16 host, guint16 port)
{
  guint32 conn = add_conn (maker, host, port, 0, 0, 0);

  maker->state[conn] = SF_CLOSED;
  maker_state (maker, conn, SF_LISTEN, SF_WHY_CALL);
  return conn;
}

void
maker_gone (TraceMaker *maker, guint32 conn)
{
  add_record (maker, SF_RECORD_GONE, (SfRecord){ .host = birth (maker, conn)->host, .conn = conn });
}

void
maker_state (TraceMaker *maker, guint32 conn, SfState to, SfWhy why)
{
  add_record (maker, SF_RECORD_STATE,
              (SfRecord){
                .host = birth (maker, conn)->host,
                .conn = conn,
                .state = { .from = maker->state[conn], .to = (guint8) to, .why = (guint8) why },
              });
  maker->state[conn] = (guint8) to;
}

static guint32
iss_of (guint16 host)
{
  return host == MAKER_CLIENT ? 1000 : 5000;
}

static guint16
host_of (const TraceMaker *maker, guint32 addr)
{
  for (guint16 i = 0; i < sf_trace_n_hosts (maker->trace); i++)
    if (address_of (maker, i) == addr)
      return i;
  return SF_NO_HOST;
}

/* Returns the number of `conn` among the connections of its host, from 1, listeners not counted. */
static guint32
nth_of (const TraceMaker *maker, guint32 conn)
{
  guint32 n = 0;

  for (guint i = 0; i < sf_trace_n_records (maker->trace); i++)
    {
      const SfRecord *record = sf_trace_record (maker->trace, i);

      n += record->head.kind == SF_RECORD_CONN && record->conn <= conn && record->born.rport != 0
           && record->host == birth (maker, conn)->host;
    }
  return n;
}

/* Makes a segment of `conn` with a new id. */
static SfSegment *
make_segment (TraceMaker *maker, guint32 conn, const MakerSegment *what)
{
  const SfRecord *born = birth (maker, conn);
  guint16 to = host_of (maker, born->born.raddr);
  SfSegment seg = {
    .id = maker->next_id++,
    .sent_at = maker->t,
    .arrives_at = maker->t,
    .src = born->born.laddr,
    .dst = born->born.raddr,
    .sport = born->born.lport,
    .dport = born->born.rport,
    .from = born->host,
    .to = to,
    .seq = { iss_of (born->host) + what->seq },
    .seq_base = { iss_of (born->host) },
    .ack = { what->flags & SF_ACK ? iss_of (to) + what->ack : 0 },
    .ack_base = { what->flags & SF_ACK ? iss_of (to) : 0 },
    .conn = conn,
    .conn_nth = nth_of (maker, conn),
    .stream = conn,
    .offset = what->seq > 0 ? what->seq - 1 : 0,
    .len = what->len,
    .tsval = what->tsval,
    .tsecr = what->tsecr,
    .wnd = what->wnd != 0 ? what->wnd : 65535,
    .mss = what->mss,
    .urg = what->urg,
    .wscale = what->wscale,
    .flags = what->flags,
    .options = what->options,
    .marks = what->marks,
  };

  g_array_append_val (maker->segments, seg);
  return &g_array_index (maker->segments, SfSegment, seg.id - 1);
}

static SfSegment *
segment (const TraceMaker *maker, guint64 id)
{
  return &g_array_index (maker->segments, SfSegment, id - 1);
}

guint64
maker_send (TraceMaker *maker, guint32 conn, MakerSegment what)
{
  const SfSegment *seg = make_segment (maker, conn, &what);

  add_record (maker, SF_RECORD_SEND, (SfRecord){ .host = seg->from, .conn = conn, .send = *seg });
  return seg->id;
}

guint64
maker_refuse (TraceMaker *maker, guint64 id)
{
  SfSegment seg = *segment (maker, id);
  SfSegment answer = {
    .id = maker->next_id++,
    .sent_at = maker->t,
    .src = seg.dst,
    .dst = seg.src,
    .sport = seg.dport,
    .dport = seg.sport,
    .from = seg.to,
    .to = seg.from,
    .seq = seg.flags & SF_ACK ? seg.ack : sf_seq (0),
    .seq_base = seg.flags & SF_ACK ? seg.ack_base : sf_seq (0),
    .ack = seg.flags & SF_ACK ? sf_seq (0) : sf_seq_add (seg.seq, sf_segment_space (&seg)),
    .ack_base = seg.flags & SF_ACK ? sf_seq (0) : seg.seq_base,
    .flags = seg.flags & SF_ACK ? SF_RST : SF_RST | SF_ACK,
  };

  g_array_append_val (maker->segments, answer);
  add_record (maker, SF_RECORD_SEND, (SfRecord){ .host = answer.from, .send = answer });
  return answer.id;
}

void
maker_arrive_at (TraceMaker *maker, guint64 id, guint32 conn)
{
  SfSegment seg = *segment (maker, id);

  seg.arrives_at = maker->t;
  add_record (maker, SF_RECORD_ARRIVE, (SfRecord){ .host = seg.to, .conn = conn, .arrive = seg });
}

void
maker_arrive (TraceMaker *maker, guint64 id)
{
  maker_arrive_at (maker, id, 0);
}

void
maker_discard (TraceMaker *maker, guint64 id, SfDiscard reason)
{
  add_record (maker, SF_RECORD_DISCARD,
              (SfRecord){ .host = segment (maker, id)->to, .discard = { .reason = (guint8) reason, .id = id } });
}

/* Returns the link of a fate, none for a fault: faults act before the first link. */
static guint16
link_of (gint32 rule)
{
  return rule < 0 ? 0 : SF_NO_HOST;
}

void
maker_fate (TraceMaker *maker, guint64 id, SfFate fate, gint32 rule, SfTime until)
{
  SfSegment *seg = segment (maker, id);

  if (fate == SF_FATE_CORRUPTED)
    seg->marks |= SF_SEG_CORRUPT;
  add_record (maker, SF_RECORD_FATE,
              (SfRecord){
                .host = seg->from,
                .fate = { .fate = (guint8) fate, .id = id, .link = link_of (rule), .rule = rule, .until = until },
              });
}

guint64
maker_copy (TraceMaker *maker, guint64 id, gint32 rule)
{
  SfSegment copy = *segment (maker, id);

  copy.id = maker->next_id++;
  copy.copy_of = id;
  copy.sent_at = maker->t;
  copy.marks |= SF_SEG_COPY;
  g_array_append_val (maker->segments, copy);
  add_record (maker, SF_RECORD_FATE,
              (SfRecord){
                .host = copy.from,
                .fate = { .fate = SF_FATE_COPIED, .id = id, .link = link_of (rule), .rule = rule, .copy = copy },
              });
  return copy.id;
}

guint64
maker_forge (TraceMaker *maker, guint32 conn, MakerSegment what)
{
  SfSegment *seg = make_segment (maker, conn, &what);

  seg->marks |= SF_SEG_INJECTED;
  seg->conn = seg->conn_nth = 0;
  add_record (maker, SF_RECORD_FATE,
              (SfRecord){
                .host = seg->from,
                .fate = { .fate = SF_FATE_INJECTED, .id = seg->id, .link = SF_NO_LINK, .rule = -1, .copy = *seg },
              });
  return seg->id;
}

void
maker_timer (TraceMaker *maker, guint32 conn, SfTimer timer, SfTimerAction action, SfTime until, guint32 count)
{
  add_record (maker, SF_RECORD_TIMER,
              (SfRecord){
                .host = birth (maker, conn)->host,
                .conn = conn,
                .timer = { .timer = (guint8) timer, .action = (guint8) action, .count = count, .until = until },
              });
}

void
maker_call (TraceMaker *maker, guint32 conn, SfOp op, gint64 amount, int error)
{
  add_record (maker, SF_RECORD_CALL,
              (SfRecord){
                .host = birth (maker, conn)->host,
                .conn = conn,
                .call = { .op = (guint8) op, .error = error, .amount = amount, .process = 1, .line = 1 },
              });
}

void
maker_send_text (TraceMaker *maker, guint32 conn, const char *text, guint64 offset)
{
  g_ptr_array_add (maker->trace->texts, g_strdup (text));
  add_record (maker, SF_RECORD_CALL,
              (SfRecord){
                .host = birth (maker, conn)->host,
                .conn = conn,
                .call = { .op = SF_OP_SEND,
                          .amount = (gint64) strlen (text),
                          .process = 1,
                          .line = 1,
                          .offset = offset,
                          .text = maker->trace->texts->len },
              });
}

void
maker_send_waits (TraceMaker *maker, guint32 conn, gint64 taken, guint64 waiting, guint64 offset)
{
  add_record (
    maker, SF_RECORD_CALL,
    (SfRecord){
      .host = birth (maker, conn)->host,
      .conn = conn,
      .call = { .op = SF_OP_SEND, .amount = taken, .process = 1, .line = 1, .offset = offset, .waiting = waiting },
    });
}

void
maker_deliver (TraceMaker *maker, guint32 conn, guint32 stream, guint64 offset, guint32 len)
{
  add_record (maker, SF_RECORD_DELIVER,
              (SfRecord){
                .host = birth (maker, conn)->host,
                .conn = conn,
                .deliver = { .stream = stream, .offset = offset, .len = len, .at = offset },
              });
}

void
maker_deliver_foreign (TraceMaker *maker, guint32 conn, guint32 stream, guint64 offset, guint32 len)
{
  maker_deliver (maker, conn, stream, offset, len);
  g_array_index (maker->trace->records, SfRecord, sf_trace_n_records (maker->trace) - 1).deliver.foreign = TRUE;
}

void
maker_cwnd (TraceMaker *maker, guint32 conn, guint32 cwnd, guint32 ssthresh)
{
  add_record (maker, SF_RECORD_CWND,
              (SfRecord){
                .host = birth (maker, conn)->host,
                .conn = conn,
                .cwnd = { .cwnd = cwnd, .ssthresh = ssthresh, .snd_wnd = 65535 },
              });
}

void
maker_rtt (TraceMaker *maker, guint32 conn, SfTime sample)
{
  add_record (maker, SF_RECORD_RTT,
              (SfRecord){
                .host = birth (maker, conn)->host,
                .conn = conn,
                .rtt = { .sample = sample, .srtt = sample, .rttvar = sample / 2, .rto = SF_SEC },
              });
}

void
maker_power (TraceMaker *maker, guint16 host, gboolean up)
{
  add_record (maker, SF_RECORD_HOST, (SfRecord){ .host = host, .power = { .up = up } });
}

void
maker_link (TraceMaker *maker, gboolean up)
{
  add_record (maker, SF_RECORD_LINK, (SfRecord){ .host = SF_NO_HOST, .link = { .link = 0, .up = up } });
}
