/* SPDX-License-Identifier: MIT
 *
 * `segments`: how many segments match, when they were sent, and what became of them.
 */
#include "lab/judge/check.h"

#include "base/gettext.h"
#include "lab/judge/comparison.h"
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

/* When nothing was found: shows what that host did send. */
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
  const char *fate = sf_selection_fate (&check->selection);
  GString *out = g_string_new (NULL);

  if (check->has_count)
    {
      sf_comparison_text (out, &check->count, SF_UNIT_COUNT);
      g_string_append (out, ngettext (" segment", " segments", sf_comparison_is_singular (&check->count) ? 1 : 2));
    }
  else if (check->at != NULL)
    {
      g_autofree char *amount = sf_check_amount (check->at->len);

      g_string_append (out, amount);
    }
  else
    g_string_append (out, _ ("at least 1 segment"));
  if (fate != NULL)
    g_string_append_printf (out, " %s", fate);
  if (check->at != NULL)
    {
      g_string_append (out, _ (", sent at "));
      sf_times_text (out, check->at);
    }
  return g_string_free (out, FALSE);
}

static char *
seen_text (const Segments *check, const GArray *times)
{
  g_autofree char *amount = sf_check_amount (times->len);
  const char *fate = sf_selection_fate (&check->selection);
  GString *out = g_string_new (amount);

  if (fate != NULL)
    g_string_append_printf (out, " %s", fate);
  if (times->len > 0)
    {
      g_string_append (out, _ (", sent at "));
      sf_times_text (out, times);
    }
  return g_string_free (out, FALSE);
}

/* Returns when the segments of records `found` were sent: SfTime. */
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
segments_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const Segments *check = data;
  g_autoptr (GArray) found = sf_selection_find (&check->selection, trace);
  g_autoptr (GArray) times = times_of (found, trace);

  for (guint k = 0; k < found->len; k++)
    sf_verdict_show (verdict, trace, g_array_index (found, guint, k));
  if (found->len == 0 && !verdict->holds)
    show_others (check, trace, verdict);
  sf_verdict_say (verdict, expected_text (check), seen_text (check, times));
}

const SfCheckKind sf_check_segments = { "segments", segments_load, segments_holds, segments_explain, segments_free };
