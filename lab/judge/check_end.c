/* SPDX-License-Identifier: MIT
 *
 * `ends`: how the run ends, and the time of its last event.
 */
#include "lab/judge/check.h"

#include "base/gettext.h"
#include "lab/judge/comparison.h"

/* The ends that a scenario may ask for. Reaching a limit is always a failure. */
static const char *const askable[] = { "idle", "until", NULL };

typedef struct
{
  gboolean has_how, has_at;
  SfEnd how;
  SfTime at;
  SfTolerance tolerance;
} Ends;

static gboolean
load (const SfNode *node, SfDiagnostics *diag, Ends *check)
{
  const SfNode *how = sf_node_get (node, "how"), *at = sf_node_get (node, "at");
  guint which = 0;

  if (!sf_node_check_keys (node, SF_KEYS_CHECK_ENDS, diag)
      || (how != NULL && !sf_node_choice (how, _ ("end"), askable, diag, &which))
      || !sf_node_time (at, 0, SF_NEVER - 1, diag, &check->at)
      || !sf_tolerance_load (sf_node_get (node, "tolerance"), diag, &check->tolerance))
    return FALSE;
  if (how == NULL && at == NULL)
    return sf_node_error (node, diag, _ ("ends: how? expected how, at, or both"));
  check->has_how = how != NULL;
  check->has_at = at != NULL;
  check->how = (SfEnd) which;
  return TRUE;
}

static gpointer
ends_load (const SfNode *node, const SfPlan *plan G_GNUC_UNUSED, SfDiagnostics *diag)
{
  Ends *check = g_new0 (Ends, 1);

  if (load (node, diag, check))
    return check;
  g_free (check);
  return NULL;
}

/* Returns the time of the last record, 0 if there is none. */
static SfTime
last_event (const SfTrace *trace)
{
  guint n = sf_trace_n_records (trace);

  return n > 0 ? sf_trace_record (trace, n - 1)->head.t : 0;
}

static gboolean
ends_holds (gconstpointer data, const SfTrace *trace)
{
  const Ends *check = data;

  return (!check->has_how || trace->end == check->how)
         && (!check->has_at || sf_tolerance_holds (&check->tolerance, check->at, last_event (trace)));
}

/* Appends "idle, at 60.3s", or only the part that the check asks for. */
static void
ends_text (GString *out, const SfEndsFacts *facts, SfEnd how, SfTime at, const char *lang)
{
  if (facts->has_how)
    g_string_append (out, sf_end_name (how));
  if (facts->has_at)
    {
      g_string_append (out, facts->has_how ? tr (lang, ", at ") : tr (lang, "at "));
      sf_value_text (out, at, SF_UNIT_TIME);
    }
}

static void
ends_tell (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen)
{
  const SfEndsFacts *facts = verdict->facts;

  ends_text (expected, facts, facts->how, facts->at, lang);
  ends_text (seen, facts, facts->seen_how, facts->seen_at, lang);
}

static const SfFactsKind ends_facts = { NULL, ends_tell, g_free };

static void
ends_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const Ends *check = data;
  const SfEndsFacts facts = {
    .has_how = check->has_how,
    .has_at = check->has_at,
    .how = check->how,
    .seen_how = trace->end,
    .at = check->at,
    .seen_at = last_event (trace),
  };

  if (sf_trace_n_records (trace) > 0)
    sf_verdict_show (verdict, trace, sf_trace_n_records (trace) - 1);
  sf_verdict_take_facts (verdict, &ends_facts, g_memdup2 (&facts, sizeof facts));
}

const SfCheckKind sf_check_ends = { "ends", ends_load, ends_holds, ends_explain, g_free };
