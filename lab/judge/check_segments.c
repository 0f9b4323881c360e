/* SPDX-License-Identifier: MIT
 *
 * `segments`: the number of segments that match, their times of sending, and their fate.
 */
#include "lab/judge/check.h"

#include "base/gettext.h"
#include "lab/judge/selection.h"

typedef struct
{
  SfSelection selection;
  gboolean has_count;
  SfComparison count;
  GArray *at; /* SfTime, NULL: not asked */
  SfTolerance tolerance;
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
  if (!sf_node_check_keys (node, SF_KEYS_CHECK_SEGMENTS, diag)
      || !sf_selection_load (node, plan, diag, &check->selection)
      || !sf_comparison_load (sf_node_get (node, "count"), SF_UNIT_COUNT, diag, &check->count)
      || !sf_times_load (sf_node_get (node, "at"), diag, &check->at)
      || !sf_tolerance_load (sf_node_get (node, "tolerance"), diag, &check->tolerance))
    return FALSE;
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

/* Shows what the host did send, if no segment was found. */
static void
show_others (const Segments *check, const SfTrace *trace, SfVerdict *verdict)
{
  guint16 from = check->selection.match.from;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->head.kind == SF_RECORD_SEND && (from == SF_NO_HOST || from == record->send.from))
        sf_verdict_show (verdict, trace, i);
    }
}

/* TRUE if the times are right: those of the first segments if there is a count, otherwise of all. */
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

/* Returns the times (SfTime) at which the segments of records `found` were sent. */
static GArray *
times_of (const GArray *found, const SfTrace *trace)
{
  GArray *times = g_array_sized_new (FALSE, FALSE, sizeof (SfTime), found->len);

  for (guint k = 0; k < found->len; k++)
    g_array_append_val (times, sf_record_segment (sf_trace_record (trace, g_array_index (found, guint, k)))->sent_at);
  return times;
}

static gboolean
segments_holds (gconstpointer data, const SfTrace *trace)
{
  const Segments *check = data;
  g_autoptr (GArray) found = sf_selection_find (&check->selection, trace);
  g_autoptr (GArray) times = NULL;

  if (check->has_count && !sf_comparison_holds (&check->count, found->len))
    return FALSE;
  if (check->at == NULL)
    return check->has_count || found->len > 0;
  times = times_of (found, trace);
  return times_hold (check, times);
}

static void
tell_expected (const SfSegmentsFacts *facts, const char *lang, GString *out)
{
  g_autofree char *amount = facts->at != NULL ? sf_check_amount (facts->at->len, lang) : NULL;

  if (facts->has_count)
    {
      sf_comparison_text (out, &facts->count, SF_UNIT_COUNT, lang);
      g_string_append (out, trn (lang, " segment", " segments", sf_comparison_is_singular (&facts->count) ? 1 : 2));
    }
  else
    g_string_append (out, amount != NULL ? amount : tr (lang, "at least 1 segment"));
  if (facts->fate != NULL)
    g_string_append_printf (out, " %s", facts->fate);
  if (facts->at != NULL)
    {
      g_string_append (out, tr (lang, ", sent at "));
      sf_times_text (out, facts->at, lang);
    }
}

static void
tell_seen (const SfSegmentsFacts *facts, const char *lang, GString *out)
{
  g_autofree char *amount = sf_check_amount (facts->seen->len, lang);

  g_string_append (out, amount);
  if (facts->fate != NULL)
    g_string_append_printf (out, " %s", facts->fate);
  if (facts->seen->len > 0)
    {
      g_string_append (out, tr (lang, ", sent at "));
      sf_times_text (out, facts->seen, lang);
    }
}

static void
segments_tell (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen)
{
  tell_expected (verdict->facts, lang, expected);
  tell_seen (verdict->facts, lang, seen);
}

static void
facts_free (gpointer data)
{
  SfSegmentsFacts *facts = data;

  g_clear_pointer (&facts->at, g_array_unref);
  g_array_unref (facts->seen);
  g_free (facts);
}

static const SfFactsKind segments_facts = { NULL, segments_tell, facts_free };

static void
segments_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const Segments *check = data;
  g_autoptr (GArray) found = sf_selection_find (&check->selection, trace);
  SfSegmentsFacts facts = {
    .has_count = check->has_count,
    .count = check->count,
    .fate = sf_selection_fate (&check->selection),
    .at = check->at != NULL ? g_array_ref (check->at) : NULL,
    .seen = times_of (found, trace),
  };

  for (guint k = 0; k < found->len; k++)
    sf_verdict_show (verdict, trace, g_array_index (found, guint, k));
  if (found->len == 0 && !verdict->holds)
    show_others (check, trace, verdict);
  sf_verdict_take_facts (verdict, &segments_facts, g_memdup2 (&facts, sizeof facts));
}

const SfCheckKind sf_check_segments = { "segments", segments_load, segments_holds, segments_explain, segments_free };
