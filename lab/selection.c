/* SPDX-License-Identifier: MIT */
#include "lab/selection.h"

#include "lab/match.h"
#include "models/gettext.h"

#include <string.h>

typedef enum
{
  FATE_ANY,
  FATE_DELIVERED,
  FATE_DROPPED,
  FATE_DISCARDED,
  FATE_COPIED,
  FATE_DELAYED,
  FATE_CORRUPTED,
} Fate;

static const char *const fate_names[] = {
  "", "delivered", "dropped", "discarded", "copied", "delayed", "corrupted", NULL,
};

gboolean
sf_selection_load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfSelection *ret_selection)
{
  const SfNode *fate = sf_node_get (node, "fate");
  SfSelection selection = { .fate = FATE_ANY };
  guint which = 0;

  if (!sf_match_load (node, plan, diag, &selection.match)
      || !sf_node_choice (fate, _("fate"), fate_names + 1, diag, &which))
    return FALSE;
  if (fate != NULL)
    selection.fate = which + 1;
  *ret_selection = selection;
  return TRUE;
}

const char *
sf_selection_fate (const SfSelection *selection)
{
  return selection->fate != FATE_ANY ? fate_names[selection->fate] : NULL;
}

/* TRUE if `conn` is the end at its host of the 4-tuple of `seg`, as that was sent, whichever way the segment goes. */
static gboolean
is_end_of (const SfStory *story, const SfStoryConn *conn, const SfSegment *seg)
{
  const SfStoryConn *sender = sf_story_conn (story, seg->conn);
  guint32 src = sender != NULL ? sender->seen_addr : seg->src;
  guint16 sport = sender != NULL ? sender->seen_port : seg->sport;

  return (conn->laddr == seg->src && conn->lport == seg->sport && conn->raddr == seg->dst && conn->rport == seg->dport)
         || (conn->seen_addr == seg->dst && conn->seen_port == seg->dport && conn->raddr == src && conn->rport == sport);
}

/* The states of all connections as they were when a record was made, by serial; SF_ANY_STATE: not there. */
static void
follow_state (guint8 *states, const SfRecord *record)
{
  if (record->head.kind == SF_RECORD_CONN)
    states[record->conn] = record->born.parent != 0 ? SF_LISTEN : SF_CLOSED;
  else if (record->head.kind == SF_RECORD_STATE)
    states[record->conn] = record->state.to;
  else if (record->head.kind == SF_RECORD_GONE)
    states[record->conn] = SF_ANY_STATE;
}

/* Returns the state of the end of the 4-tuple of `seg` at `host`: of its connection, or else of a listener. */
static SfState
end_state (const SfStory *story, const guint8 *states, guint16 host, const SfSegment *seg)
{
  SfState state = SF_CLOSED;

  for (guint i = 0; i < story->conns->len; i++)
    {
      const SfStoryConn *conn = &g_array_index (story->conns, SfStoryConn, i);

      if (conn->serial == 0 || conn->host != host || states[conn->serial] == SF_ANY_STATE)
        continue;
      if (!conn->listener && is_end_of (story, conn, seg))
        return states[conn->serial];
      if (conn->listener && (conn->lport == seg->dport || conn->lport == seg->sport))
        state = states[conn->serial];
    }
  return state;
}

static gboolean
state_fits (const SfMatch *match, const SfStory *story, const guint8 *states, const SfSegment *seg)
{
  return match->state_host == SF_NO_HOST || match->state == SF_ANY_STATE
         || end_state (story, states, match->state_host, seg) == match->state;
}

/* Which fate, if any, `record` tells of, and of which segment. */
static Fate
fate_of (const SfRecord *record, guint64 *ret_id)
{
  static const Fate fates[] = {
    [SF_FATE_DROPPED_BY_FAULT] = FATE_DROPPED,
    [SF_FATE_LOST] = FATE_DROPPED,
    [SF_FATE_QUEUE_FULL] = FATE_DROPPED,
    [SF_FATE_LINK_DOWN] = FATE_DROPPED,
    [SF_FATE_NO_ROUTE] = FATE_DROPPED,
    [SF_FATE_HOST_DOWN] = FATE_DROPPED,
    [SF_FATE_DELAYED] = FATE_DELAYED,
    [SF_FATE_HELD] = FATE_DELAYED,
    [SF_FATE_RELEASED] = FATE_ANY,
    [SF_FATE_CORRUPTED] = FATE_CORRUPTED,
    [SF_FATE_COPIED] = FATE_COPIED,
    [SF_FATE_INJECTED] = FATE_ANY,
  };

  if (record->head.kind == SF_RECORD_FATE)
    {
      *ret_id = record->fate.id;
      return fates[record->fate.fate];
    }
  if (record->head.kind == SF_RECORD_ARRIVE)
    {
      *ret_id = record->arrive.id;
      return record->host == record->arrive.to ? FATE_DELIVERED : FATE_ANY;
    }
  if (record->head.kind == SF_RECORD_DISCARD)
    {
      *ret_id = record->discard.id;
      return FATE_DISCARDED;
    }
  return FATE_ANY;
}

/* Returns the set of the segments (ids) that met `fate`. */
static GHashTable *
ids_of_fate (const SfStory *story, Fate fate)
{
  GHashTable *ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < sf_story_n_records (story); i++)
    {
      guint64 id = 0;

      if (fate_of (sf_story_record (story, i), &id) == fate)
        g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
    }
  return ids;
}

/* Counts the segments that are meant, and appends their records to `found`, unless that is NULL. */
static guint
find (const SfSelection *selection, const SfStory *story, GArray *found)
{
  g_autoptr (GHashTable) ids = selection->fate != FATE_ANY ? ids_of_fate (story, selection->fate) : NULL;
  gboolean follows = selection->match.state_host != SF_NO_HOST;
  g_autofree guint8 *states = follows ? g_malloc (story->conns->len + 1) : NULL;
  guint32 fitting = 0;
  guint n = 0;

  if (follows)
    memset (states, SF_ANY_STATE, story->conns->len + 1);
  for (guint i = 0; i < sf_story_n_records (story); i++)
    {
      const SfRecord *record = sf_story_record (story, i);
      const SfSegment *seg = record->head.kind != SF_RECORD_ARRIVE ? sf_record_segment (record) : NULL;

      if (follows)
        follow_state (states, record);
      if (seg == NULL || (record->head.kind != SF_RECORD_SEND && ids == NULL))
        continue;
      if (!sf_match_segment (&selection->match, seg) || !state_fits (&selection->match, story, states, seg)
          || !sf_match_turn (&selection->match, ++fitting) || (ids != NULL && !g_hash_table_contains (ids, &seg->id)))
        continue;
      n++;
      if (found != NULL)
        g_array_append_val (found, i);
    }
  return n;
}

guint
sf_selection_count (const SfSelection *selection, const SfStory *story)
{
  return find (selection, story, NULL);
}

GArray *
sf_selection_find (const SfSelection *selection, const SfStory *story)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  find (selection, story, found);
  return found;
}
