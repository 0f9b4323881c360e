/* SPDX-License-Identifier: MIT */
#include "lab/judge/limit.h"

#include "base/gettext.h"

gboolean
sf_limit_is_reached (const SfTrace *trace)
{
  return trace->end == SF_END_TIME_LIMIT || trace->end == SF_END_EVENT_LIMIT;
}

static void
limit_tell (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen)
{
  const SfLimitFacts *facts = verdict->facts;

  g_string_append (expected, tr (lang, "an end within "));
  sf_value_text (expected, facts->limit, facts->unit);
  g_string_append (expected, facts->unit == SF_UNIT_TIME ? tr (lang, " of simulated time (run: time-limit)")
                                                         : tr (lang, " events (run: max-events)"));
  g_string_append (seen, tr (lang, "still going on at "));
  sf_value_text (seen, facts->t, SF_UNIT_TIME);
  g_string_append (seen, tr (lang, ", after "));
  sf_value_text (seen, (gint64) facts->n_events, SF_UNIT_COUNT);
  g_string_append (seen, tr (lang, " events"));
}

static const SfFactsKind limit_facts = { N_ ("the run comes to its end"), limit_tell, g_free };

SfVerdict *
sf_limit_verdict (const SfTrace *trace, const SfRunLimits *limits)
{
  SfVerdict *verdict = sf_verdict_new (trace, NULL, NULL, 0);
  gboolean time = trace->end == SF_END_TIME_LIMIT;
  guint n = sf_trace_n_records (trace);
  const SfLimitFacts facts = {
    .unit = time ? SF_UNIT_TIME : SF_UNIT_COUNT,
    .limit = time ? limits->time_limit : (gint64) limits->max_events,
    .t = trace->end_time,
    .n_events = trace->n_events,
  };

  for (guint i = n > SF_VERDICT_MAX_SHOWN ? n - SF_VERDICT_MAX_SHOWN : 0; i < n; i++)
    sf_verdict_show (verdict, trace, i);
  sf_verdict_take_facts (verdict, &limit_facts, g_memdup2 (&facts, sizeof facts));
  return verdict;
}
