/* SPDX-License-Identifier: MIT */
#include "lab/judge/selection.h"

#include "base/gettext.h"
#include "lab/judge/live_conns.h"
#include "lab/language/load_match.h"

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

  if (!sf_load_match (node, plan, diag, &selection.match)
      || !sf_node_choice (fate, _ ("fate"), fate_names + 1, diag, &which))
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

static gboolean
state_fits (const SfMatch *match, const SfLiveConns *present, const SfSegment *seg)
{
  return present == NULL || match->state == SF_ANY_STATE || sf_live_conns_state (present, seg) == match->state;
}

/* Returns the fate that `record` tells, FATE_ANY: none. Stores the id of its segment. */
static Fate
fate_of (const SfRecord *record, guint64 *ret_id)
{
  static const Fate fates[] = {
    [SF_FATE_DROPPED_BY_FAULT] = FATE_DROPPED, [SF_FATE_LOST] = FATE_DROPPED,     [SF_FATE_QUEUE_FULL] = FATE_DROPPED,
    [SF_FATE_LINK_DOWN] = FATE_DROPPED,        [SF_FATE_NO_ROUTE] = FATE_DROPPED, [SF_FATE_HOST_DOWN] = FATE_DROPPED,
    [SF_FATE_DELAYED] = FATE_DELAYED,          [SF_FATE_HELD] = FATE_DELAYED,     [SF_FATE_RELEASED] = FATE_ANY,
    [SF_FATE_CORRUPTED] = FATE_CORRUPTED,      [SF_FATE_COPIED] = FATE_COPIED,    [SF_FATE_INJECTED] = FATE_ANY,
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

/* Returns the set of the ids of segments with `fate`. */
static GHashTable *
ids_of_fate (const SfTrace *trace, Fate fate)
{
  GHashTable *ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      guint64 id = 0;

      if (fate_of (sf_trace_record (trace, i), &id) == fate)
        g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
    }
  return ids;
}

/* Counts the selected segments, and appends their records to `found` unless it is NULL. */
static guint
find (const SfSelection *selection, const SfTrace *trace, GArray *found)
{
  g_autoptr (GHashTable) ids = selection->fate != FATE_ANY ? ids_of_fate (trace, selection->fate) : NULL;
  guint16 host = selection->match.state_host;
  g_autoptr (SfLiveConns) present = host != SF_NO_HOST ? sf_live_conns_new (trace, host) : NULL;
  guint32 fitting = 0;
  guint n = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);
      const SfSegment *seg = record->head.kind != SF_RECORD_ARRIVE ? sf_record_segment (record) : NULL;

      if (present != NULL)
        sf_live_conns_follow (present, record);
      if (seg == NULL || (record->head.kind != SF_RECORD_SEND && ids == NULL))
        continue;
      if (!sf_match_segment (&selection->match, seg) || !state_fits (&selection->match, present, seg)
          || !sf_match_turn (&selection->match, ++fitting) || (ids != NULL && !g_hash_table_contains (ids, &seg->id)))
        continue;
      n++;
      if (found != NULL)
        g_array_append_val (found, i);
    }
  return n;
}

guint
sf_selection_count (const SfSelection *selection, const SfTrace *trace)
{
  return find (selection, trace, NULL);
}

GArray *
sf_selection_find (const SfSelection *selection, const SfTrace *trace)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  find (selection, trace, found);
  return found;
}
