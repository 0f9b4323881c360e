/* SPDX-License-Identifier: MIT
 *
 * `segments`: how many segments match, when they were sent, and what became of them.
 *
 * Counted are segments that a host sent. Asked for a fate, copies and forged segments count as well: each is on its
 * own.
 */
#include "lab/check.h"

#include "lab/bound.h"
#include "lab/match.h"

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

typedef struct
{
  SfMatch match;
  gboolean has_count;
  SfBound count;
  GArray *at; /* SfTime, NULL: not asked */
  SfTolerance tolerance;
  Fate fate;
} Segments;

static void
segments_free (gpointer data)
{
  Segments *check = data;

  g_clear_pointer (&check->at, g_array_unref);
  g_free (check);
}

static gboolean
load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, Segments *check)
{
  const SfNode *fate = sf_node_get (node, "fate");
  guint which = FATE_ANY;

  if (!sf_node_check_keys (node, SF_KEYS_CHECK_SEGMENTS, diag) || !sf_match_load (node, plan, diag, &check->match)
      || !sf_bound_load (sf_node_get (node, "count"), SF_UNIT_COUNT, diag, &check->count)
      || !sf_times_load (sf_node_get (node, "at"), diag, &check->at)
      || !sf_tolerance_load (sf_node_get (node, "tolerance"), diag, &check->tolerance))
    return FALSE;
  if (fate != NULL && !sf_node_choice (fate, "fate", fate_names + 1, diag, &which))
    return FALSE;
  check->fate = fate != NULL ? (Fate) (which + 1) : FATE_ANY;
  check->has_count = sf_node_get (node, "count") != NULL;
  return TRUE;
}

static gpointer
segments_load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag)
{
  Segments *check = g_new0 (Segments, 1);

  if (load (node, plan, diag, check))
    return check;
  segments_free (check);
  return NULL;
}

/* TRUE if `conn` is the end at its host of the 4-tuple of `seg`, whichever way the segment goes. */
static gboolean
is_end_of (const SfStoryConn *conn, const SfSegment *seg)
{
  return (conn->laddr == seg->src && conn->lport == seg->sport && conn->raddr == seg->dst && conn->rport == seg->dport)
         || (conn->laddr == seg->dst && conn->lport == seg->dport && conn->raddr == seg->src
             && conn->rport == seg->sport);
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
      if (!conn->listener && is_end_of (conn, seg))
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

/* Returns the records (guint) that show the segments meant. */
static GArray *
find (const Segments *check, const SfStory *story)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) ids = check->fate != FATE_ANY ? ids_of_fate (story, check->fate) : NULL;
  g_autofree guint8 *states = g_malloc (story->conns->len + 1);
  guint32 n = 0;

  memset (states, SF_ANY_STATE, story->conns->len + 1);
  for (guint i = 0; i < sf_story_n_records (story); i++)
    {
      const SfRecord *record = sf_story_record (story, i);
      const SfSegment *seg = record->head.kind != SF_RECORD_ARRIVE ? sf_record_segment (record) : NULL;

      follow_state (states, record);
      if (seg == NULL || (record->head.kind != SF_RECORD_SEND && ids == NULL))
        continue;
      if (!sf_match_segment (&check->match, seg) || !state_fits (&check->match, story, states, seg)
          || !sf_match_turn (&check->match, ++n) || (ids != NULL && !g_hash_table_contains (ids, &seg->id)))
        continue;
      g_array_append_val (found, i);
    }
  return found;
}

/* When nothing was found: shows what that host did send. */
static void
show_others (const Segments *check, const SfStory *story, SfVerdict *verdict)
{
  for (guint i = 0; i < sf_story_n_records (story); i++)
    {
      const SfRecord *record = sf_story_record (story, i);

      if (record->head.kind == SF_RECORD_SEND
          && (check->match.from == SF_NO_HOST || check->match.from == record->send.from))
        sf_verdict_show (verdict, story, i);
    }
}

/* With a count, the times are those of the first segments; without, of all. */
static gboolean
times_hold (const Segments *check, const GArray *times)
{
  g_autoptr (GArray) first = NULL;

  if (!check->has_count || times->len <= check->at->len)
    return sf_times_hold (check->at, times, &check->tolerance);
  first = g_array_new (FALSE, FALSE, sizeof (SfTime));
  g_array_append_vals (first, times->data, check->at->len);
  return sf_times_hold (check->at, first, &check->tolerance);
}

static char *
expected_text (const Segments *check)
{
  GString *out = g_string_new (NULL);

  if (check->has_count)
    {
      sf_bound_text (out, &check->count, SF_UNIT_COUNT);
      g_string_append (out, sf_bound_is_singular (&check->count) ? " segment" : " segments");
    }
  else if (check->at != NULL)
    {
      g_autofree char *amount = sf_check_amount (check->at->len, "segment");

      g_string_append (out, amount);
    }
  else
    g_string_append (out, "at least 1 segment");
  if (check->fate != FATE_ANY)
    g_string_append_printf (out, " %s", fate_names[check->fate]);
  if (check->at != NULL)
    {
      g_string_append (out, ", sent at ");
      sf_times_text (out, check->at);
    }
  return g_string_free (out, FALSE);
}

static char *
seen_text (const Segments *check, const GArray *times)
{
  g_autofree char *amount = sf_check_amount (times->len, "segment");
  GString *out = g_string_new (amount);

  if (check->fate != FATE_ANY)
    g_string_append_printf (out, " %s", fate_names[check->fate]);
  if (times->len > 0)
    {
      g_string_append (out, ", sent at ");
      sf_times_text (out, times);
    }
  return g_string_free (out, FALSE);
}

static void
segments_judge (gconstpointer data, const SfStory *story, SfVerdict *verdict)
{
  const Segments *check = data;
  g_autoptr (GArray) found = find (check, story);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (SfTime));

  for (guint k = 0; k < found->len; k++)
    {
      guint i = g_array_index (found, guint, k);

      g_array_append_val (times, sf_record_segment (sf_story_record (story, i))->sent_at);
      sf_verdict_show (verdict, story, i);
    }

  verdict->holds = TRUE;
  if (check->has_count)
    verdict->holds = sf_bound_holds (&check->count, found->len);
  else if (check->at == NULL)
    verdict->holds = found->len > 0;
  if (check->at != NULL)
    verdict->holds = verdict->holds && times_hold (check, times);

  if (found->len == 0 && !verdict->holds)
    show_others (check, story, verdict);
  sf_verdict_say (verdict, expected_text (check), seen_text (check, times));
}

const SfCheckKind sf_check_segments = { "segments", segments_load, segments_judge, segments_free };
