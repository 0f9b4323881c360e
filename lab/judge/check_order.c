/* SPDX-License-Identifier: MIT
 *
 * `order`: these segments in this order, others may come between. `exactly`: these segments and no others.
 *
 * Segments that hosts sent count, copies made by the network do not. A forged segment counts for `order`: whoever
 * writes it there means it.
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

/* Returns the segment that a host sent, or a fault forged if `forged` count, in record `i`; NULL if there is none. */
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

/* Returns the first record from `i` on that shows the segment, SF_NO_RECORD if none does. */
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

/* Says that `written`, number `k`, was not found from record `next` on, but maybe before. */
static void
say_missing (const SfTrace *trace, const GArray *list, guint k, guint next, SfVerdict *verdict)
{
  const Written *written = &g_array_index (list, Written, k);
  guint earlier = find_from (trace, written, 0);
  GString *expected = g_string_new (written->text);
  GString *seen = g_string_new (NULL);

  if (k > 0)
    g_string_append_printf (expected, _ ("\nafter %s"), g_array_index (list, Written, k - 1).text);
  if (earlier != SF_NO_RECORD && earlier < next)
    {
      g_string_append (seen, _ ("sent before that only, at "));
      sf_instant_text (seen, sent_in (trace, earlier, TRUE)->sent_at);
      sf_verdict_show (verdict, trace, earlier);
    }
  else
    g_string_append (seen, _ ("no such segment"));
  g_string_append_printf (seen, _ (" (%u of %u found)"), k, list->len);
  sf_verdict_say (verdict, g_string_free (expected, FALSE), g_string_free (seen, FALSE));
}

static void
order_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const GArray *list = data;
  guint next = 0;
  g_autofree char *all = sf_check_amount (list->len);

  for (guint k = 0; k < list->len; k++)
    {
      guint i = find_from (trace, &g_array_index (list, Written, k), next);

      if (i == SF_NO_RECORD)
        {
          say_missing (trace, list, k, next, verdict);
          return;
        }
      sf_verdict_show (verdict, trace, i);
      next = i + 1;
    }
  sf_verdict_say (verdict, g_strdup_printf (_ ("%s in order"), all), g_strdup_printf (_ ("%s in order"), all));
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

static char *
segment_text (const SfTrace *trace, guint i)
{
  const SfSegment *seg = sent_in (trace, i, FALSE);
  GString *out = g_string_new (NULL);

  sf_segment_text (out, seg, sf_trace_host_name (trace, seg->from), sf_trace_host_name (trace, seg->to), SF_TEXT_FULL);
  return g_string_free (out, FALSE);
}

static void
exactly_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const GArray *list = data;
  g_autoptr (GArray) sent = all_sent (trace);
  g_autofree char *n_expected = sf_check_amount (list->len);
  g_autofree char *n_seen = sf_check_amount (sent->len);
  char *expected, *seen;
  guint k = 0;

  while (k < list->len && k < sent->len
         && fits (&g_array_index (list, Written, k), sent_in (trace, g_array_index (sent, guint, k), FALSE)))
    k++;
  if (verdict->holds)
    {
      for (guint i = 0; i < sent->len; i++)
        sf_verdict_show (verdict, trace, g_array_index (sent, guint, i));
      sf_verdict_say (verdict, g_strdup (n_expected), g_strdup (n_seen));
      return;
    }

  expected = g_strdup_printf (_ ("%s; number %u: %s"), n_expected, k + 1,
                              k < list->len ? g_array_index (list, Written, k).text : "none");
  if (k < sent->len)
    {
      gboolean timed = k < list->len && g_array_index (list, Written, k).segment.present & SF_WRITTEN_TIME;
      guint i = g_array_index (sent, guint, k);
      g_autofree char *text = timed ? sf_record_text (trace, i) : segment_text (trace, i);

      seen = g_strdup_printf (_ ("%s; number %u: %s"), n_seen, k + 1, text);
    }
  else
    seen = g_strdup_printf (_ ("%s; number %u: none"), n_seen, k + 1);
  sf_verdict_say (verdict, expected, seen);
  for (guint i = k > 0 ? k - 1 : 0; i < sent->len && i < k + 2; i++)
    sf_verdict_show (verdict, trace, g_array_index (sent, guint, i));
}

const SfCheckKind sf_check_exactly = { "exactly", list_load, exactly_holds, exactly_explain, list_free };
