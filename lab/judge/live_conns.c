/* SPDX-License-Identifier: MIT
 *
 * Connections are found by their 4-tuple, as they have it themselves (segments that they send) and as it is seen at the other end of a
 * router that translates (segments that they get). Those of one 4-tuple are a chain; there is hardly ever more than one of them.
 */
#include "lab/judge/live_conns.h"

#include <string.h>

typedef struct
{
  GHashTable *first; /* SfStoryConn, by its 4-tuple: the oldest of each */
  guint32 *next;     /* by serial: the next one with the same 4-tuple, 0: none */
} Chains;

struct SfPresent
{
  const SfStory *story;
  guint16 host;
  guint8 *states; /* by serial */
  Chains own, seen;
  GArray *listeners; /* guint32: serials */
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
  const SfStoryConn *conn = data;

  return hash_tuple (conn->laddr, conn->lport, conn->raddr, conn->rport);
}

static guint
hash_seen (gconstpointer data)
{
  const SfStoryConn *conn = data;

  return hash_tuple (conn->seen_addr, conn->seen_port, conn->raddr, conn->rport);
}

static gboolean
same_own (gconstpointer a, gconstpointer b)
{
  const SfStoryConn *one = a, *other = b;

  return one->laddr == other->laddr && one->lport == other->lport && one->raddr == other->raddr
         && one->rport == other->rport;
}

static gboolean
same_seen (gconstpointer a, gconstpointer b)
{
  const SfStoryConn *one = a, *other = b;

  return one->seen_addr == other->seen_addr && one->seen_port == other->seen_port && one->raddr == other->raddr
         && one->rport == other->rport;
}

/* --- chains --- */

static void
add (const Chains *chains, const SfStory *story, const SfStoryConn *conn)
{
  const SfStoryConn *last = g_hash_table_lookup (chains->first, conn);

  if (last == NULL)
    {
      g_hash_table_add (chains->first, (gpointer) conn);
      return;
    }
  while (chains->next[last->serial] != 0)
    last = sf_story_conn (story, chains->next[last->serial]);
  chains->next[last->serial] = conn->serial;
}

static void
drop (const Chains *chains, const SfStory *story, const SfStoryConn *conn)
{
  const SfStoryConn *one = g_hash_table_lookup (chains->first, conn);
  guint32 next = chains->next[conn->serial];

  chains->next[conn->serial] = 0;
  if (one == conn && next == 0)
    g_hash_table_remove (chains->first, conn);
  else if (one == conn)
    g_hash_table_add (chains->first, (gpointer) sf_story_conn (story, next));
  for (; one != NULL && one != conn; one = sf_story_conn (story, chains->next[one->serial]))
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

SfPresent *
sf_present_new (const SfStory *story, guint16 host)
{
  SfPresent *present = g_new0 (SfPresent, 1);

  present->story = story;
  present->host = host;
  present->states = g_new0 (guint8, story->conns->len + 1);
  init_chains (&present->own, hash_own, same_own, story->conns->len);
  init_chains (&present->seen, hash_seen, same_seen, story->conns->len);
  present->listeners = g_array_new (FALSE, FALSE, sizeof (guint32));
  return present;
}

void
sf_present_free (SfPresent *present)
{
  if (present == NULL)
    return;
  g_free (present->states);
  clear_chains (&present->own);
  clear_chains (&present->seen);
  g_array_unref (present->listeners);
  g_free (present);
}

static void
come (SfPresent *present, const SfStoryConn *conn)
{
  present->states[conn->serial] = conn->parent != 0 ? SF_LISTEN : SF_CLOSED;
  if (conn->listener)
    {
      g_array_append_val (present->listeners, conn->serial);
      return;
    }
  add (&present->own, present->story, conn);
  add (&present->seen, present->story, conn);
}

static void
go (SfPresent *present, const SfStoryConn *conn)
{
  if (!conn->listener)
    {
      drop (&present->own, present->story, conn);
      drop (&present->seen, present->story, conn);
      return;
    }
  for (guint i = 0; i < present->listeners->len; i++)
    if (g_array_index (present->listeners, guint32, i) == conn->serial)
      {
        g_array_remove_index (present->listeners, i);
        return;
      }
}

void
sf_present_follow (SfPresent *present, const SfRecord *record)
{
  const SfStoryConn *conn;

  if (record->head.kind != SF_RECORD_CONN && record->head.kind != SF_RECORD_STATE && record->head.kind != SF_RECORD_GONE)
    return;
  conn = sf_story_conn (present->story, record->conn);
  if (conn == NULL || conn->host != present->host)
    return;
  if (record->head.kind == SF_RECORD_CONN)
    come (present, conn);
  else if (record->head.kind == SF_RECORD_STATE)
    present->states[conn->serial] = record->state.to;
  else
    go (present, conn);
}

/* --- asking --- */

/* Returns the older of two connections that may be the same or not there. */
static const SfStoryConn *
older (const SfStoryConn *a, const SfStoryConn *b)
{
  if (a == NULL || b == NULL)
    return a != NULL ? a : b;
  return a->serial < b->serial ? a : b;
}

static const SfStoryConn *
find (const SfPresent *present, const SfSegment *seg)
{
  const SfStoryConn *sender = sf_story_conn (present->story, seg->conn);
  const SfStoryConn sends = { .laddr = seg->src, .lport = seg->sport, .raddr = seg->dst, .rport = seg->dport };
  const SfStoryConn gets = { .seen_addr = seg->dst,
                             .seen_port = seg->dport,
                             .raddr = sender != NULL ? sender->seen_addr : seg->src,
                             .rport = sender != NULL ? sender->seen_port : seg->sport };

  return older (g_hash_table_lookup (present->own.first, &sends), g_hash_table_lookup (present->seen.first, &gets));
}

SfState
sf_present_state (const SfPresent *present, const SfSegment *seg)
{
  const SfStoryConn *conn = find (present, seg);

  if (conn != NULL)
    return present->states[conn->serial];
  for (guint i = present->listeners->len; i > 0; i--)
    {
      guint32 serial = g_array_index (present->listeners, guint32, i - 1);
      const SfStoryConn *listener = sf_story_conn (present->story, serial);

      if (listener->lport == seg->dport || listener->lport == seg->sport)
        return present->states[serial];
    }
  return SF_CLOSED;
}
