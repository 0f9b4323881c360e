/* SPDX-License-Identifier: MIT
 *
 * `delivered`: what the application at one end of a connection received: the number of bytes, the number of foreign
 * bytes (which the peer of this incarnation never wrote), whether it is everything that the peer wrote, and the
 * content.
 */
#include "lab/judge/check.h"

#include "base/gettext.h"
#include "lab/judge/history.h"
#include "models/apps/program.h"

#include <string.h>

typedef struct
{
  SfEndRef to;
  gboolean has_bytes, has_foreign, whole;
  SfComparison bytes, foreign;
  char *text; /* NULL: not asked */
} Delivered;

static void
delivered_free (gpointer data)
{
  Delivered *check = data;

  g_free (check->text);
  g_free (check);
}

static gboolean
load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, Delivered *check)
{
  const SfNode *bytes = sf_node_get (node, "bytes"), *foreign = sf_node_get (node, "foreign");
  const SfNode *whole = sf_node_get (node, "whole"), *text = sf_node_get (node, "text");
  const char *chars = NULL;

  if (!sf_node_check_keys (node, SF_KEYS_CHECK_DELIVERED, diag)
      || !sf_check_load_end (node, "to", plan, diag, &check->to)
      || !sf_comparison_load (bytes, SF_UNIT_BYTES, diag, &check->bytes)
      || !sf_comparison_load (foreign, SF_UNIT_BYTES, diag, &check->foreign)
      || (whole != NULL && !sf_node_bool (whole, diag, &check->whole))
      || (text != NULL && !sf_node_text (text, diag, &chars)))
    return FALSE;
  if (bytes == NULL && foreign == NULL && text == NULL && !check->whole)
    return sf_node_error (node, diag, _ ("delivered: what? expected bytes, foreign, whole: yes or text"));
  check->has_bytes = bytes != NULL;
  check->has_foreign = foreign != NULL;
  check->text = g_strdup (chars);
  return TRUE;
}

static gpointer
delivered_load (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag)
{
  Delivered *check = g_new0 (Delivered, 1);

  check->to.conn = 1;
  if (load (node, plan, diag, check))
    return check;
  delivered_free (check);
  return NULL;
}

/* The sum of what was delivered. */
typedef struct
{
  gint64 bytes, foreign;
  gboolean in_order; /* the peer's bytes came from offset 0 on, without gaps or repetitions */
  guint first_wrong; /* the first record that was out of order or had foreign bytes */
  GString *content;
} Sum;

static void
add_content (Sum *sum, const GArray *texts, const SfRecord *record)
{
  g_autofree guint8 *bytes = g_malloc (record->deliver.len);

  sf_content_fill (texts, record->deliver.stream, record->deliver.offset, record->deliver.len, bytes);
  g_string_append_len (sum->content, (const char *) bytes, record->deliver.len);
}

static void
add_up (const Delivered *check, const SfTrace *trace, guint32 serial, Sum *sum)
{
  g_autoptr (GArray) texts = check->text != NULL ? sf_trace_content (trace) : NULL;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);
      gboolean foreign;

      if (record->head.kind != SF_RECORD_DELIVER || record->conn != serial)
        continue;
      foreign = record->deliver.foreign != FALSE;
      if (sum->in_order && (foreign || record->deliver.offset != (guint64) sum->bytes))
        {
          sum->in_order = FALSE;
          sum->first_wrong = i;
        }
      sum->bytes += record->deliver.len;
      sum->foreign += foreign ? record->deliver.len : 0;
      if (check->text != NULL)
        add_content (sum, texts, record);
    }
}

/* Returns the number of bytes that the application at the other end of `conn` has written, including bytes in a call
 * that had not returned when the run ended. */
static gint64
written_by_peer (const SfTrace *trace, const SfTraceConn *conn)
{
  const SfTraceConn *peer = sf_history_peer (trace, conn);
  gint64 written = 0, waiting = 0;

  for (guint i = 0; peer != NULL && i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->head.kind != SF_RECORD_CALL || record->conn != peer->serial || record->call.op != SF_OP_SEND)
        continue;
      written = MAX (written, (gint64) record->call.offset + record->call.amount);
      waiting = (gint64) record->call.waiting;
    }
  return written + waiting;
}

static gboolean
is_whole (const SfTrace *trace, const SfTraceConn *conn, const Sum *sum)
{
  return sum->in_order && sum->bytes == written_by_peer (trace, conn);
}

static gboolean
is_text (const char *text, const Sum *sum)
{
  return strlen (text) == sum->content->len && memcmp (text, sum->content->str, sum->content->len) == 0;
}

static gboolean
delivered_holds (gconstpointer data, const SfTrace *trace)
{
  const Delivered *check = data;
  const SfTraceConn *conn = sf_trace_conn_nth (trace, check->to.host, check->to.conn);
  g_autoptr (GString) content = check->text != NULL ? g_string_new (NULL) : NULL;
  Sum sum = { .in_order = TRUE, .content = content };

  if (conn == NULL)
    return FALSE;
  add_up (check, trace, conn->serial, &sum);
  return (!check->has_bytes || sf_comparison_holds (&check->bytes, sum.bytes))
         && (!check->has_foreign || sf_comparison_holds (&check->foreign, sum.foreign))
         && (!check->whole || is_whole (trace, conn, &sum)) && (check->text == NULL || is_text (check->text, &sum));
}

static void
show_deliveries (const SfTrace *trace, guint32 serial, const Sum *sum, SfVerdict *verdict)
{
  if (!sum->in_order)
    sf_verdict_show (verdict, trace, sum->first_wrong);
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    if (sf_trace_record (trace, i)->head.kind == SF_RECORD_DELIVER && sf_trace_record (trace, i)->conn == serial
        && (sum->in_order || i > sum->first_wrong))
      sf_verdict_show (verdict, trace, i);
}

/* --- words --- */

/* Separates a part of the text from the part before it. */
static void
begin_part (GString *expected, GString *seen)
{
  g_string_append (expected, expected->len > 0 ? "; " : "");
  g_string_append (seen, seen->len > 0 ? "; " : "");
}

static void
tell_amount (const SfComparison *comparison, gint64 value, const char *what, const char *lang, GString *expected,
             GString *seen)
{
  begin_part (expected, seen);
  sf_comparison_text (expected, comparison, SF_UNIT_BYTES, lang);
  sf_value_text (seen, value, SF_UNIT_BYTES);
  g_string_append (expected, what);
  g_string_append (seen, what);
}

static void
tell_whole (const SfDeliveredFacts *facts, const char *lang, GString *expected, GString *seen)
{
  begin_part (expected, seen);
  g_string_append (expected, tr (lang, "all "));
  sf_value_text (expected, facts->written, SF_UNIT_BYTES);
  g_string_append (expected, tr (lang, " that the peer sent, in order, once"));
  if (facts->in_order && facts->seen_bytes == facts->written)
    g_string_append (seen, tr (lang, "all of them, in order, once"));
  else if (facts->in_order)
    {
      g_string_append (seen, tr (lang, "the first "));
      sf_value_text (seen, facts->seen_bytes, SF_UNIT_BYTES);
    }
  else
    g_string_append (seen, tr (lang, "something else"));
}

static void
tell_text (const SfDeliveredFacts *facts, GString *expected, GString *seen)
{
  g_autofree char *wanted = g_strescape (facts->text, NULL);
  g_autofree char *got = g_strescape (facts->seen_text, NULL);

  begin_part (expected, seen);
  g_string_append_printf (expected, "\"%s\"", wanted);
  g_string_append_printf (seen, "\"%s\"", got);
}

static void
delivered_tell (const SfVerdict *verdict, const char *lang, GString *expected, GString *seen)
{
  const SfDeliveredFacts *facts = verdict->facts;

  if (facts->has_bytes)
    tell_amount (&facts->bytes, facts->seen_bytes, "", lang, expected, seen);
  if (facts->has_foreign)
    tell_amount (&facts->foreign, facts->seen_foreign, tr (lang, " of another connection"), lang, expected, seen);
  if (facts->whole)
    tell_whole (facts, lang, expected, seen);
  if (facts->text != NULL)
    tell_text (facts, expected, seen);
  if (!facts->connected)
    g_string_append (seen, tr (lang, ": there is no such connection"));
}

/* --- facts --- */

static void
facts_free (gpointer data)
{
  SfDeliveredFacts *facts = data;

  g_free (facts->text);
  g_free (facts->seen_text);
  g_free (facts);
}

static const SfFactsKind delivered_facts = { NULL, delivered_tell, facts_free };

static void
delivered_explain (gconstpointer data, const SfTrace *trace, SfVerdict *verdict)
{
  const Delivered *check = data;
  const SfTraceConn *conn = sf_trace_conn_nth (trace, check->to.host, check->to.conn);
  g_autoptr (GString) content = g_string_new (NULL);
  Sum sum = { .in_order = TRUE, .content = content };
  SfDeliveredFacts facts = {
    .has_bytes = check->has_bytes,
    .has_foreign = check->has_foreign,
    .whole = check->whole,
    .bytes = check->bytes,
    .foreign = check->foreign,
    .text = g_strdup (check->text),
    .connected = conn != NULL,
  };

  if (conn != NULL)
    {
      add_up (check, trace, conn->serial, &sum);
      facts.written = written_by_peer (trace, conn);
      show_deliveries (trace, conn->serial, &sum, verdict);
    }
  facts.seen_bytes = sum.bytes;
  facts.seen_foreign = sum.foreign;
  facts.in_order = sum.in_order;
  facts.seen_text = check->text != NULL ? g_strdup (content->str) : NULL;
  sf_verdict_take_facts (verdict, &delivered_facts, g_memdup2 (&facts, sizeof facts));
}

const SfCheckKind sf_check_delivered = { "delivered", delivered_load, delivered_holds, delivered_explain,
                                         delivered_free };
