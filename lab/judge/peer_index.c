/* SPDX-License-Identifier: MIT
 *
 * A hash table of connections. The key is what the asking peer has to match. Which sequence numbers are compared
 * depends on what both ends know, so each connection has an entry for each kind of peer that may ask.
 */
#include "lab/judge/peer_index.h"

#include "lab/judge/history.h"

#include <string.h>

/* Up to this number of connections, as nearly always, a linear search is faster than a table. */
#define FEW 16

/* The initial sequence numbers that an end knows. */
typedef enum
{
  ISS = 1 << 0,
  IRS = 1 << 1,
} Known;

/* What an end may know. One that knows the ISS of its peer has one itself. */
static const guint32 knowledge[] = { 0, ISS, ISS | IRS };

/* Members of 32 bits only, so that there is no padding. */
typedef struct
{
  guint32 addr, raddr; /* as the peer sees them */
  guint32 ports;
  guint32 asker;    /* what the peer knows of its own numbers */
  guint32 compared; /* the numbers of this end that are therefore compared */
  guint32 iss, irs; /* these numbers; 0 for one that is not compared */
} Key;

struct SfPeerIndex
{
  const SfTrace *trace;
  GArray *keys;       /* Key: the keys of the table */
  GHashTable *places; /* Key to the position of the first such connection in the trace, plus 1; NULL: few connections */
};

static guint
hash_key (gconstpointer data)
{
  const guint32 *word = data;
  guint64 hash = 0;

  for (guint i = 0; i < sizeof (Key) / sizeof *word; i++)
    {
      hash = (hash ^ word[i]) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 32;
    }
  return (guint) hash;
}

static gboolean
same_key (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, sizeof (Key)) == 0;
}

static guint32
known_to (const SfTraceConn *conn)
{
  return (conn->has_iss ? ISS : 0u) | (conn->has_irs ? IRS : 0u);
}

/* The ISS of one end is the IRS of the other. */
static guint32
mirror (guint32 known)
{
  return ((known & ISS) != 0 ? IRS : 0u) | ((known & IRS) != 0 ? ISS : 0u);
}

/* Returns the key of `conn` for a peer that knows `asker`. */
static Key
key_of (const SfTraceConn *conn, guint32 asker)
{
  guint32 compared = known_to (conn) & mirror (asker);

  return (Key){
    .addr = conn->seen_addr,
    .raddr = conn->raddr,
    .ports = (guint32) conn->seen_port << 16 | conn->rport,
    .asker = asker,
    .compared = compared,
    .iss = (compared & ISS) != 0 ? conn->iss.v : 0,
    .irs = (compared & IRS) != 0 ? conn->irs.v : 0,
  };
}

/* Returns the key of the peer of `conn` if `compared` of its numbers are compared. */
static Key
key_of_peer (const SfTraceConn *conn, guint32 compared)
{
  return (Key){
    .addr = conn->raddr,
    .raddr = conn->seen_addr,
    .ports = (guint32) conn->rport << 16 | conn->seen_port,
    .asker = known_to (conn),
    .compared = compared,
    .iss = (compared & ISS) != 0 ? conn->irs.v : 0,
    .irs = (compared & IRS) != 0 ? conn->iss.v : 0,
  };
}

static const SfTraceConn *
conn_at (const SfTrace *trace, guint i)
{
  return &g_array_index (trace->conns, SfTraceConn, i);
}

static void
fill (SfPeerIndex *peer_index)
{
  for (guint i = 0; i < peer_index->trace->conns->len; i++)
    {
      const SfTraceConn *conn = conn_at (peer_index->trace, i);

      for (guint k = 0; conn->serial != 0 && !conn->listener && k < G_N_ELEMENTS (knowledge); k++)
        {
          Key key = key_of (conn, knowledge[k]);

          if (g_hash_table_contains (peer_index->places, &key))
            continue;
          g_array_append_val (peer_index->keys, key);
          g_hash_table_insert (peer_index->places, &g_array_index (peer_index->keys, Key, peer_index->keys->len - 1),
                               GUINT_TO_POINTER (i + 1));
        }
    }
}

SfPeerIndex *
sf_peer_index_new (const SfTrace *trace)
{
  SfPeerIndex *peer_index = g_new0 (SfPeerIndex, 1);

  peer_index->trace = trace;
  if (trace->conns->len <= FEW)
    return peer_index;
  /* At its maximum size from the start, so that the keys never move. */
  peer_index->keys = g_array_sized_new (FALSE, FALSE, sizeof (Key), trace->conns->len * G_N_ELEMENTS (knowledge));
  peer_index->places = g_hash_table_new (hash_key, same_key);
  fill (peer_index);
  return peer_index;
}

void
sf_peer_index_free (SfPeerIndex *peer_index)
{
  if (peer_index == NULL)
    return;
  g_clear_pointer (&peer_index->places, g_hash_table_unref);
  g_clear_pointer (&peer_index->keys, g_array_unref);
  g_free (peer_index);
}

const SfTraceConn *
sf_peer_index_find (const SfPeerIndex *peer_index, const SfTraceConn *conn)
{
  guint first = 0;

  if (peer_index->places == NULL)
    return sf_history_peer (peer_index->trace, conn);
  for (guint32 compared = 0; compared <= (ISS | IRS); compared++)
    {
      Key key = key_of_peer (conn, compared);
      guint place;

      if ((compared & ~mirror (key.asker)) != 0)
        continue;
      place = GPOINTER_TO_UINT (g_hash_table_lookup (peer_index->places, &key));
      if (place != 0 && (first == 0 || place < first))
        first = place;
    }
  return first != 0 ? conn_at (peer_index->trace, first - 1) : NULL;
}
