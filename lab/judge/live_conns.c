/* SPDX-License-Identifier: MIT
 *
 * Connections are found by their 4-tuple: as they have it themselves (for segments that they send), and as the other
 * end of a NAT sees it (for segments that they get). Connections with the same 4-tuple form a chain, which rarely has
 * more than one item.
 */
#include "lab/judge/live_conns.h"

#include <string.h>

typedef struct
{
  GHashTable *first; /* SfTraceConn by its 4-tuple: the oldest connection of each */
  guint32 *next;     /* by serial: the next connection with the same 4-tuple, 0: none */
} Chains;

struct SfLiveConns
{
  const SfTrace *trace;
  guint16 host;
  guint8 *states; /* by serial */
  Chains own, seen;
  GArray *listeners; /* guint32: serials of listeners */
};

/* --- 4-tuples --- */

static guint
hash_tuple (guint32 addr, guint16 port, guint32 raddr, guint16 rport)
{
  guint64 hash = ((guint64) addr << 32 | raddr) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  hash = (hash ^ hash >> 32 ^ ((guint64) port << 16 | rport)) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  return (guint) (hash >> 32);
}

static guint
hash_own (gconstpointer data)
{
  const SfTraceConn *conn = data;

  return hash_tuple (conn->laddr, conn->lport, conn->raddr, conn->rport);
}

static guint
hash_seen (gconstpointer data)
{
  const SfTraceConn *conn = data;

  return hash_tuple (conn->seen_addr, conn->seen_port, conn->raddr, conn->rport);
}

static gboolean
same_own (gconstpointer a, gconstpointer b)
{
  const SfTraceConn *one = a, *other = b;

  return one->laddr == other->laddr && one->lport == other->lport && one->raddr == other->raddr
         && one->rport == other->rport;
}

static gboolean
same_seen (gconstpointer a, gconstpointer b)
{
  const SfTraceConn *one = a, *other = b;

  return one->seen_addr == other->seen_addr && one->seen_port == other->seen_port && one->raddr == other->raddr
         && one->rport == other->rport;
}

/* --- chains --- */

static void
add (const Chains *chains, const SfTrace *trace, const SfTraceConn *conn)
{
  const SfTraceConn *last = g_hash_table_lookup (chains->first, conn);

  if (last == NULL)
    {
      g_hash_table_add (chains->first, (gpointer) conn);
      return;
    }
  while (chains->next[last->serial] != 0)
    last = sf_trace_conn (trace, chains->next[last->serial]);
  chains->next[last->serial] = conn->serial;
}

static void
drop (const Chains *chains, const SfTrace *trace, const SfTraceConn *conn)
{
  const SfTraceConn *one = g_hash_table_lookup (chains->first, conn);
  guint32 next = chains->next[conn->serial];

  chains->next[conn->serial] = 0;
  if (one == conn && next == 0)
    g_hash_table_remove (chains->first, conn);
  else if (one == conn)
    g_hash_table_add (chains->first, (gpointer) sf_trace_conn (trace, next));
  for (; one != NULL && one != conn; one = sf_trace_conn (trace, chains->next[one->serial]))
    if (chains->next[one->serial] == conn->serial)
      chains->next[one->serial] = next;
}

/* --- following --- */

static void
init_chains (Chains *chains, GHashFunc hash, GEqualFunc equal, guint n)
{
  chains->first = g_hash_table_new (hash, equal);
  chains->next = g_new0 (guint32, n + 1);
}

static void
clear_chains (Chains *chains)
{
  g_hash_table_unref (chains->first);
  g_free (chains->next);
}

SfLiveConns *
sf_live_conns_new (const SfTrace *trace, guint16 host)
{
  SfLiveConns *live = g_new0 (SfLiveConns, 1);

  live->trace = trace;
  live->host = host;
  live->states = g_new0 (guint8, trace->conns->len + 1);
  init_chains (&live->own, hash_own, same_own, trace->conns->len);
  init_chains (&live->seen, hash_seen, same_seen, trace->conns->len);
  live->listeners = g_array_new (FALSE, FALSE, sizeof (guint32));
  return live;
}

void
sf_live_conns_free (SfLiveConns *live)
{
  if (live == NULL)
    return;
  g_free (live->states);
  clear_chains (&live->own);
  clear_chains (&live->seen);
  g_array_unref (live->listeners);
  g_free (live);
}

static void
come (SfLiveConns *live, const SfTraceConn *conn)
{
  live->states[conn->serial] = conn->parent != 0 ? SF_LISTEN : SF_CLOSED;
  if (conn->listener)
    {
      g_array_append_val (live->listeners, conn->serial);
      return;
    }
  add (&live->own, live->trace, conn);
  add (&live->seen, live->trace, conn);
}

static void
go (SfLiveConns *live, const SfTraceConn *conn)
{
  if (!conn->listener)
    {
      drop (&live->own, live->trace, conn);
      drop (&live->seen, live->trace, conn);
      return;
    }
  for (guint i = 0; i < live->listeners->len; i++)
    if (g_array_index (live->listeners, guint32, i) == conn->serial)
      {
        g_array_remove_index (live->listeners, i);
        return;
      }
}

void
sf_live_conns_follow (SfLiveConns *live, const SfRecord *record)
{
  const SfTraceConn *conn;

  if (record->head.kind != SF_RECORD_CONN && record->head.kind != SF_RECORD_STATE
      && record->head.kind != SF_RECORD_GONE)
    return;
  conn = sf_trace_conn (live->trace, record->conn);
  if (conn == NULL || conn->host != live->host)
    return;
  if (record->head.kind == SF_RECORD_CONN)
    come (live, conn);
  else if (record->head.kind == SF_RECORD_STATE)
    live->states[conn->serial] = record->state.to;
  else
    go (live, conn);
}

/* --- lookup --- */

/* Returns the older of two connections. They may be the same; one or both may be NULL. */
static const SfTraceConn *
older (const SfTraceConn *a, const SfTraceConn *b)
{
  if (a == NULL || b == NULL)
    return a != NULL ? a : b;
  return a->serial < b->serial ? a : b;
}

static const SfTraceConn *
find (const SfLiveConns *live, const SfSegment *seg)
{
  const SfTraceConn *sender = sf_trace_conn (live->trace, seg->conn);
  const SfTraceConn sends = { .laddr = seg->src, .lport = seg->sport, .raddr = seg->dst, .rport = seg->dport };
  const SfTraceConn gets = { .seen_addr = seg->dst,
                             .seen_port = seg->dport,
                             .raddr = sender != NULL ? sender->seen_addr : seg->src,
                             .rport = sender != NULL ? sender->seen_port : seg->sport };

  return older (g_hash_table_lookup (live->own.first, &sends), g_hash_table_lookup (live->seen.first, &gets));
}

SfState
sf_live_conns_state (const SfLiveConns *live, const SfSegment *seg)
{
  const SfTraceConn *conn = find (live, seg);

  if (conn != NULL)
    return live->states[conn->serial];
  for (guint i = live->listeners->len; i > 0; i--)
    {
      guint32 serial = g_array_index (live->listeners, guint32, i - 1);
      const SfTraceConn *listener = sf_trace_conn (live->trace, serial);

      if (listener->lport == seg->dport || listener->lport == seg->sport)
        return live->states[serial];
    }
  return SF_CLOSED;
}
