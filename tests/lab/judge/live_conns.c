/* SPDX-License-Identifier: MIT
 *
 * The live connections of a host, compared with a linear search.
 */
#include "lab/judge/live_conns.h"

#define N_SERIALS 60

typedef struct
{
  SfTrace *trace;
  GRand *rand;
  guint32 n_conns;
  gboolean gone[N_SERIALS + 1];
} Maker;

static void
add_record (Maker *maker, SfRecordKind kind, SfRecord record)
{
  record.head.kind = kind;
  g_array_append_val (maker->trace->records, record);
}

static void
add_birth (Maker *maker)
{
  SfRecord record = { .host = (guint16) g_rand_int_range (maker->rand, 0, 2), .conn = ++maker->n_conns };

  record.born.laddr = record.host + 1u;
  record.born.lport = (guint16) g_rand_int_range (maker->rand, 1, 3);
  record.born.parent = (guint32) g_rand_boolean (maker->rand);
  if (g_rand_int_range (maker->rand, 0, 8) != 0)
    {
      record.born.raddr = 2u - record.host;
      record.born.rport = (guint16) g_rand_int_range (maker->rand, 1, 3);
    }
  add_record (maker, SF_RECORD_CONN, record);
}

static guint16
host_of (const Maker *maker, guint32 serial)
{
  for (guint i = 0; i < sf_trace_n_records (maker->trace); i++)
    if (sf_trace_record (maker->trace, i)->head.kind == SF_RECORD_CONN
        && sf_trace_record (maker->trace, i)->conn == serial)
      return sf_trace_record (maker->trace, i)->host;
  g_assert_not_reached ();
}

/* Appends a change of one of the connections that exist, if there is one. */
static void
add_change (Maker *maker)
{
  guint32 serial = (guint32) g_rand_int_range (maker->rand, 0, (gint32) maker->n_conns + 1);
  SfRecord record = { .conn = serial };

  if (serial == 0 || maker->gone[serial])
    return;
  record.host = host_of (maker, serial);
  record.state.to = (guint8) g_rand_int_range (maker->rand, SF_LISTEN, SF_TIME_WAIT + 1);
  maker->gone[serial] = g_rand_int_range (maker->rand, 0, 3) == 0;
  add_record (maker, maker->gone[serial] ? SF_RECORD_GONE : SF_RECORD_STATE, record);
}

/* Appends a segment that is sent, or arrives from behind a NAT. */
static void
add_segment (Maker *maker)
{
  SfRecord record = { .host = 0 };
  SfSegment seg = {
    .conn = (guint32) g_rand_int_range (maker->rand, 0, (gint32) maker->n_conns + 1),
    .src = (guint32) g_rand_int_range (maker->rand, 1, 4),
    .dst = (guint32) g_rand_int_range (maker->rand, 1, 4),
    .sport = (guint16) g_rand_int_range (maker->rand, 1, 4),
    .dport = (guint16) g_rand_int_range (maker->rand, 1, 4),
  };

  record.send = seg;
  add_record (maker, g_rand_int_range (maker->rand, 0, 8) == 0 ? SF_RECORD_ARRIVE : SF_RECORD_SEND, record);
}

/* Searches all connections for that of `seg`. */
static SfState
slow_state (const SfTrace *trace, const SfState *states, const gboolean *there, guint16 host, const SfSegment *seg)
{
  const SfTraceConn *sender = sf_trace_conn (trace, seg->conn);
  guint32 src = sender != NULL ? sender->seen_addr : seg->src;
  guint16 sport = sender != NULL ? sender->seen_port : seg->sport;
  SfState state = SF_CLOSED;

  for (guint i = 0; i < trace->conns->len; i++)
    {
      const SfTraceConn *conn = &g_array_index (trace->conns, SfTraceConn, i);

      if (conn->serial == 0 || conn->host != host || !there[conn->serial])
        continue;
      if (conn->listener && (conn->lport == seg->dport || conn->lport == seg->sport))
        state = states[conn->serial];
      else if (!conn->listener
               && ((conn->laddr == seg->src && conn->lport == seg->sport && conn->raddr == seg->dst
                    && conn->rport == seg->dport)
                   || (conn->seen_addr == seg->dst && conn->seen_port == seg->dport && conn->raddr == src
                       && conn->rport == sport)))
        return states[conn->serial];
    }
  return state;
}

/* Compares both at every segment. Returns how often there was a connection or listener. */
static guint
compare_live (const SfTrace *trace, guint16 host)
{
  g_autoptr (SfLiveConns) live = sf_live_conns_new (trace, host);
  SfState states[N_SERIALS + 1] = { 0 };
  gboolean there[N_SERIALS + 1] = { FALSE };
  guint n = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);
      SfState state;

      sf_live_conns_follow (live, record);
      if (record->head.kind == SF_RECORD_CONN)
        states[record->conn] = record->born.parent != 0 ? SF_LISTEN : SF_CLOSED;
      else if (record->head.kind == SF_RECORD_STATE)
        states[record->conn] = record->state.to;
      if (record->head.kind == SF_RECORD_CONN || record->head.kind == SF_RECORD_GONE)
        there[record->conn] = record->head.kind == SF_RECORD_CONN;
      if (record->head.kind != SF_RECORD_SEND)
        continue;
      state = slow_state (trace, states, there, host, &record->send);
      g_assert_cmpint (sf_live_conns_state (live, &record->send), ==, state);
      n += state != SF_CLOSED;
    }
  return n;
}

static void
test_live (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  guint n = 0;

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (SfTrace) trace = sf_trace_new ();
      Maker maker = { .trace = trace, .rand = rand };

      sf_trace_add_host (trace, "client", FALSE, 1, 1);
      sf_trace_add_host (trace, "server", FALSE, 2, 1);
      while (maker.n_conns < N_SERIALS)
        switch (g_rand_int_range (rand, 0, 4))
          {
          case 0:
            add_birth (&maker);
            break;
          case 1:
            add_change (&maker);
            break;
          default:
            add_segment (&maker);
          }
      sf_trace_index (trace);
      n += compare_live (trace, 0) + compare_live (trace, 1);
    }
  g_assert_cmpuint (n, >, 10000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/present/against a list", test_live);
  return g_test_run ();
}
