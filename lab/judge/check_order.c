/* SPDX-License-Identifier: MIT
 *
 * `order`: these segments in this order; others may come between. `exactly`: these segments and no others.
 *
 * Segments that hosts sent count; copies made by the network do not. A forged segment counts in `order`, because only
 * its author would ask for it.
 */
#include "lab/judge/check.h"

#include "base/gettext.h"
#include "lab/language/written_segment.h"
#include "models/segment_text.h"
#include "trace/record_text.h"

typedef struct
{
  SfWrittenSegment segment;
  char *text; /* as written */
} Written;

static void
clear_written (gpointer data)
{
  g_free (((Written *) data)->text);
}

static gpointer
list_load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Written));

  g_array_set_clear_func (list, clear_written);
  if (!sf_node_check_kind (node, SF_NODE_LIST, _ ("a list of segments"), diag))
    return NULL;
  for (guint i = 0; i < sf_node_n (node); i++)
    {
      const SfNode *item = sf_node_item (node, i);
      SfPlace place = sf_node_text_place (item);
      const char *text;
      Written written;

      if (!sf_node_text (item, diag, &text) || !sf_written_segment_parse (text, plan, &place, diag, &written.segment))
        return NULL;
      written.text = g_strdup (text);
      g_array_append_val (list, written);
    }
  return g_steal_pointer (&list);
}

static void
list_free (gpointer data)
{
  g_array_unref (data);
}

/* Returns the segment that was sent in record `i`: by a host or, if `forged`, also by a fault. NULL if there is
 * none. */
static const SfSegment *
sent_in (const SfTrace *trace, guint i, gboolean forged)
{
  const SfRecord *record = sf_trace_record (trace, i);

  if (record->head.kind == SF_RECORD_SEND)
    return &record->send;
  if (forged && record->head.kind == SF_RECORD_FATE && record->fate.fate == SF_FATE_INJECTED)
    return &record->fate.copy;
  return NULL;
}

static gboolean
fits (const Written *written, const SfSegment *seg)
{
  return sf_written_segment_fits (&written->segment, seg)
         && ((written->segment.present & SF_WRITTEN_TIME) == 0 || written->segment.time == seg->sent_at);
}

/* Returns the first record from `i` on that shows the segment, SF_NO_RECORD: none. */
static guint
find_from (const SfTrace *trace, const Written *written, guint i)
{
  for (; i < sf_trace_n_records (trace); i++)
    {
      const SfSegment *seg = sent_in (trace, i, TRUE);

      if (seg != NULL && fits (written, seg))
        return i;
    }
  return SF_NO_RECORD;
}

static gboolean
order_holds (gconstpointer data, const SfTrace *trace)
{
  const GArray *list = data;
  guint next = 0;

  for (guint k = 0; k < list->len; k++)
    {
      guint i = find_from (trace, &g_array_index (list, Written, k), next);

      if (i == SF_NO_RECORD)
        return FALSE;
      next = i + 1;
    }
  return TRUE;
}

static void
order_tell (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen)
{
  const SfOrderFacts *facts = verdict->facts;
  g_autofree char *all = sf_check_amount (facts->n, lang);

  if (facts->missing == NULL)
    {
      g_string_append_printf (expected, tr (lang, "%s in order"), all);
      g_string_append_printf (seen, tr (lang, "%s in order"), all);
      return;
    }
  g_string_append (expected, facts->missing);
  if (facts->after != NULL)
    g_string_append_printf (expected, tr (lang, "\nafter %s"), facts->after);
  if (facts->earlier != SF_NEVER)
    {
      g_string_append (seen, tr (lang, "sent before that only, at "));
      sf_instant_text (seen, facts->earlier);
    }
  else
    g_string_append (seen, tr (lang, "no such segment"));
  g_string_append_printf (seen, tr (lang, " (%u of %u found)"), facts->n_found, facts->n);
}

static void
order_facts_free (gpointer data)
{
  SfOrderFacts *facts = data;

  g_free (facts->missing);
  g_free (facts->after);
  g_free (facts);
}

static const SfFactsKind order_facts = { NULL, order_tell, order_facts_free };

/* Fills `facts` about segment `k` of `list`, which is not at or after record `next`, but may be before it. */
static void
explain_missing (const SfTrace *trace, const GArray *list, guint k, guint next, SfOrderFacts *facts, SfVerdict *verdict)
{
  const Written *written = &g_array_index (list, Written, k);
  guint earlier = find_from (trace, written, 0);

  facts->missing = g_strdup (written->text);
  facts->after = k > 0 ? g_strdup (g_array_index (list, Written, k - 1).text) : NULL;
  if (earlier != SF_NO_RECORD && earlier < next)
    {
      facts->earlier = sent_in (trace, earlier, TRUE)->sent_at;
      sf_verdict_show (verdict, trace, earlier);
    }
}

static void
order_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const GArray *list = data;
  SfOrderFacts facts = { .n = list->len, .earlier = SF_NEVER };
  guint next = 0;

  while (facts.n_found < list->len)
    {
      guint i = find_from (trace, &g_array_index (list, Written, facts.n_found), next);

      if (i == SF_NO_RECORD)
        {
          explain_missing (trace, list, facts.n_found, next, &facts, verdict);
          break;
        }
      sf_verdict_show (verdict, trace, i);
      next = i + 1;
      facts.n_found++;
    }
  sf_verdict_take_facts (verdict, &order_facts, g_memdup2 (&facts, sizeof facts));
}

const SfCheckKind sf_check_order = { "order", list_load, order_holds, order_explain, list_free };

static gboolean
exactly_holds (gconstpointer data, const SfTrace *trace)
{
  const GArray *list = data;
  guint k = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfSegment *seg = sent_in (trace, i, FALSE);

      if (seg != NULL && (k == list->len || !fits (&g_array_index (list, Written, k++), seg)))
        return FALSE;
    }
  return k == list->len;
}

/* Returns the records (guint) of all segments that hosts sent. */
static GArray *
all_sent (const SfTrace *trace)
{
  GArray *sent = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    if (sent_in (trace, i, FALSE) != NULL)
      g_array_append_val (sent, i);
  return sent;
}

/* Appends segment number `differs` as the run sent it. */
static void
add_seen (GString *out, const SfVerdict *verdict, const char *lang)
{
  const SfExactlyFacts *facts = verdict->facts;
  const SfTrace *excerpt = verdict->excerpt;
  g_autofree char *text = facts->timed ? sf_record_text (excerpt, facts->seen, lang) : NULL;
  const SfSegment *seg = sent_in (excerpt, facts->seen, FALSE);

  if (text != NULL)
    g_string_append (out, text);
  else
    sf_segment_text (out, seg, sf_trace_host_name (excerpt, seg->from), sf_trace_host_name (excerpt, seg->to),
                     SF_TEXT_FULL);
}

static void
exactly_tell (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen)
{
  const SfExactlyFacts *facts = verdict->facts;
  g_autofree char *n_expected = sf_check_amount (facts->n_expected, lang);
  g_autofree char *n_seen = sf_check_amount (facts->n_seen, lang);
  g_autoptr (GString) text = g_string_new (NULL);

  if (facts->differs == 0)
    {
      g_string_append (expected, n_expected);
      g_string_append (seen, n_seen);
      return;
    }
  g_string_append_printf (expected, tr (lang, "%s; number %u: %s"), n_expected, facts->differs,
                          facts->expected != NULL ? facts->expected : "none");
  if (facts->seen == SF_NO_RECORD)
    {
      g_string_append_printf (seen, tr (lang, "%s; number %u: none"), n_seen, facts->differs);
      return;
    }
  add_seen (text, verdict, lang);
  g_string_append_printf (seen, tr (lang, "%s; number %u: %s"), n_seen, facts->differs, text->str);
}

static void
exactly_facts_free (gpointer data)
{
  SfExactlyFacts *facts = data;

  g_free (facts->expected);
  g_free (facts);
}

static const SfFactsKind exactly_facts = { NULL, exactly_tell, exactly_facts_free };

/* Fills `facts`: segment `k` (from 0) is the first that differs. */
static void
explain_difference (const SfTrace *trace, const GArray *list, const GArray *sent, guint k, SfExactlyFacts *facts,
                    SfVerdict *verdict)
{
  const Written *written = k < list->len ? &g_array_index (list, Written, k) : NULL;

  facts->differs = k + 1;
  facts->expected = written != NULL ? g_strdup (written->text) : NULL;
  facts->timed = written != NULL && (written->segment.present & SF_WRITTEN_TIME) != 0;
  if (k < sent->len)
    facts->seen = sf_trace_excerpt_add (verdict->excerpt, trace, g_array_index (sent, guint, k));
  for (guint i = k > 0 ? k - 1 : 0; i < sent->len && i < k + 2; i++)
    sf_verdict_show (verdict, trace, g_array_index (sent, guint, i));
}

static void
exactly_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const GArray *list = data;
  g_autoptr (GArray) sent = all_sent (trace);
  SfExactlyFacts facts = { .n_expected = list->len, .n_seen = sent->len, .seen = SF_NO_RECORD };
  guint k = 0;

  while (k < list->len && k < sent->len
         && fits (&g_array_index (list, Written, k), sent_in (trace, g_array_index (sent, guint, k), FALSE)))
    k++;
  if (!verdict->holds)
    explain_difference (trace, list, sent, k, &facts, verdict);
  else
    for (guint i = 0; i < sent->len; i++)
      sf_verdict_show (verdict, trace, g_array_index (sent, guint, i));
  sf_verdict_take_facts (verdict, &exactly_facts, g_memdup2 (&facts, sizeof facts));
}

const SfCheckKind sf_check_exactly = { "exactly", list_load, exactly_holds, exactly_explain, list_free };
