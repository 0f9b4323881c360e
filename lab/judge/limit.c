/* SPDX-License-Identifier: MIT */
#include "lab/judge/limit.h"

#include "base/gettext.h"
#include "models/segment_text.h"

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
  if (facts->exchange[0] != NULL)
    g_string_append_printf (seen, tr (lang, ", two segments that answer each other: %s, %s"), facts->exchange[0],
                            facts->exchange[1]);
}

static void
limit_free (gpointer data)
{
  SfLimitFacts *facts = data;

  for (guint i = 0; i < G_N_ELEMENTS (facts->exchange); i++)
    g_free (facts->exchange[i]);
  g_free (facts);
}

static const SfFactsKind limit_facts = { N_ ("the run comes to its end"), limit_tell, limit_free };

/* --- exchanges without end --- */

/* Segments that are looked at, from the last one on. If all of them are the same two, they are an exchange. */
#define EXCHANGE_LENGTH 40

/* TRUE if `a` and `b` say the same: all but times. */
static gboolean
says_the_same (const SfSegment *a, const SfSegment *b)
{
  return a->conn == b->conn && a->from == b->from && a->flags == b->flags && a->len == b->len
         && sf_seq_eq (a->seq, b->seq) && sf_seq_eq (a->ack, b->ack);
}

static char *
text_of (const SfTrace *trace, const SfSegment *seg)
{
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "%s > %s: ", sf_trace_host_name (trace, seg->from), sf_trace_host_name (trace, seg->to));
  sf_segment_text (out, seg, "", "", SF_TEXT_SHORT);
  return g_string_free (out, FALSE);
}

/* Puts `seg` into `two` if it is neither of them; FALSE if there are two others already. */
static gboolean
is_one_of_two (const SfSegment *seg, const SfSegment **two)
{
  for (guint i = 0; i < 2; i++)
    {
      if (two[i] == NULL)
        two[i] = seg;
      if (says_the_same (two[i], seg))
        return TRUE;
    }
  return FALSE;
}

/* Finds the two segments without text to which the run has come down. */
static void
find_exchange (const SfTrace *trace, SfLimitFacts *facts)
{
  const SfSegment *two[2] = { NULL, NULL };
  guint n_segments = 0;

  for (guint i = sf_trace_n_records (trace); i > 0 && n_segments < EXCHANGE_LENGTH; i--)
    {
      const SfRecord *record = sf_trace_record (trace, i - 1);

      if (record->head.kind != SF_RECORD_SEND)
        continue;
      if (record->send.len > 0 || !is_one_of_two (&record->send, two))
        return;
      n_segments++;
    }
  if (n_segments < EXCHANGE_LENGTH || two[1] == NULL || two[0]->from == two[1]->from)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (two); i++)
    facts->exchange[i] = text_of (trace, two[i]);
}

SfVerdict *
sf_limit_verdict (const SfTrace *trace, const SfRunLimits *limits)
{
  SfVerdict *verdict = sf_verdict_new (trace, NULL, NULL, 0);
  gboolean time = trace->end == SF_END_TIME_LIMIT;
  guint n = sf_trace_n_records (trace);
  SfLimitFacts facts = {
    .unit = time ? SF_UNIT_TIME : SF_UNIT_COUNT,
    .limit = time ? limits->time_limit : (gint64) limits->max_events,
    .t = trace->end_time,
    .n_events = trace->n_events,
  };

  find_exchange (trace, &facts);
  for (guint i = n > SF_VERDICT_MAX_SHOWN ? n - SF_VERDICT_MAX_SHOWN : 0; i < n; i++)
    sf_verdict_show (verdict, trace, i);
  sf_verdict_take_facts (verdict, &limit_facts, g_memdup2 (&facts, sizeof facts));
  return verdict;
}
