/* SPDX-License-Identifier: MIT */
#include "plots/sequence/sentences.h"

#include "base/gettext.h"
#include "models/segment_text.h"
#include "trace/words.h"

#include <string.h>

/* How many records ahead to look for the receiver's verdict on a segment. */
#define VERDICT_WITHIN 12

/* TRUE if the window is closed, which is worth a word. */
static gboolean
is_closed_window (const SfSegment *seg)
{
  return seg->wnd == 0 && (seg->flags & (SF_SYN | SF_RST)) == 0;
}

char *
sf_sequence_label (const SfRows *rows, guint transit, gboolean absolute, gboolean brief)
{
  const SfTransit *the_transit = sf_transit (rows->transits, transit);
  g_autofree char *conn = sf_rows_conn_label (rows, the_transit->seg->conn, the_transit->leave);
  GString *text = g_string_new (conn);
  char *ack;

  sf_segment_text (text, the_transit->seg, NULL, NULL, SF_TEXT_SHORT | (absolute ? SF_TEXT_ABSOLUTE : 0));
  if (is_closed_window (the_transit->seg))
    g_string_append (text, " win 0");
  ack = brief ? strstr (text->str, " ack ") : NULL;
  if (ack != NULL)
    g_string_truncate (text, (gsize) (ack - text->str));
  return g_string_free (text, FALSE);
}

/* Appends the words for `record`, a FATE, without the number of the fault rule. */
static void
append_fate (GString *out, const SfRows *rows, const SfRecord *record)
{
  SfRecord bare = *record;

  bare.fate.rule = -1;
  if (out->len > 0)
    g_string_append (out, ", ");
  if (record->fate.fate == SF_FATE_INJECTED)
    g_string_append (out, tr (rows->lang, "forged"));
  else
    sf_words_fate (out, rows->trace, &bare, FALSE, rows->lang);
}

char *
sf_sequence_remark (const SfRows *rows, guint transit)
{
  const SfTrace *trace = rows->trace;
  const SfTransit *the_transit = sf_transit (rows->transits, transit);
  const SfRecord *leave = sf_trace_record (trace, the_transit->leave);
  GString *text = g_string_new (NULL);

  if (leave->head.kind == SF_RECORD_FATE)
    append_fate (text, rows, leave);
  else if (the_transit->seg->marks & SF_SEG_RETRANSMIT)
    g_string_append (text, tr (rows->lang, "retransmission"));
  if (the_transit->note != SF_NO_RECORD)
    append_fate (text, rows, sf_trace_record (trace, the_transit->note));
  return g_string_free (text, text->len == 0);
}

char *
sf_sequence_end_words (const SfRows *rows, guint transit)
{
  const SfTransit *the_transit = sf_transit (rows->transits, transit);
  GString *text;

  if (the_transit->end == SF_NO_RECORD)
    return g_strdup (tr (rows->lang, "still on its way at the end"));
  if (sf_trace_record (rows->trace, the_transit->end)->head.kind != SF_RECORD_FATE)
    return NULL;
  text = g_string_new (NULL);
  append_fate (text, rows, sf_trace_record (rows->trace, the_transit->end));
  return g_string_free (text, FALSE);
}

gboolean
sf_sequence_is_odd (const SfRows *rows, guint transit)
{
  const SfTransit *the_transit = sf_transit (rows->transits, transit);

  return the_transit->note != SF_NO_RECORD
         || sf_trace_record (rows->trace, the_transit->leave)->head.kind != SF_RECORD_SEND;
}

gboolean
sf_sequence_is_refused (const SfRows *rows, guint transit)
{
  const SfTransit *the_transit = sf_transit (rows->transits, transit);
  const SfRecord *end;
  guint last;

  if (the_transit->end == SF_NO_RECORD)
    return FALSE;
  end = sf_trace_record (rows->trace, the_transit->end);
  last = MIN (the_transit->end + VERDICT_WITHIN, sf_trace_n_records (rows->trace));
  for (guint i = the_transit->end + 1; i < last; i++)
    {
      const SfRecord *record = sf_trace_record (rows->trace, i);

      if (record->head.t != end->head.t || record->head.kind == SF_RECORD_ARRIVE)
        return FALSE;
      if (record->head.kind == SF_RECORD_DISCARD && record->discard.id == end->arrive.id)
        return TRUE;
    }
  return FALSE;
}

static void
append_segment (GString *out, const SfRows *rows, const SfRow *row, gboolean absolute)
{
  const SfSegment *seg = sf_transit (rows->transits, row->transit)->seg;
  g_autofree char *label = sf_sequence_label (rows, row->transit, absolute, FALSE);
  g_autofree char *remark = sf_sequence_remark (rows, row->transit);
  g_autofree char *end = sf_sequence_end_words (rows, row->transit);

  if (row->kind == SF_ROW_LEAVE || end != NULL)
    g_string_append_printf (out, "%s > %s: %s", sf_trace_host_name (rows->trace, seg->from),
                            sf_trace_host_name (rows->trace, seg->to), label);
  else
    g_string_append_printf (out, tr (rows->lang, "%s gets %s"), sf_trace_host_name (rows->trace, row->host), label);
  if (row->kind == SF_ROW_LEAVE && remark != NULL)
    g_string_append_printf (out, " (%s)", remark);
  if (end != NULL)
    g_string_append_printf (out, " (%s)", end);
}

void
sf_sequence_sentence (GString *out, const SfRows *rows, guint row, gboolean absolute)
{
  const SfRow *the_row = sf_row (rows, row);

  if (the_row->kind == SF_ROW_LEAVE || the_row->kind == SF_ROW_END)
    append_segment (out, rows, the_row, absolute);
  else if (the_row->kind == SF_ROW_WORLD)
    g_string_append (out, the_row->text);
  else if (the_row->text != NULL)
    g_string_append_printf (out, "%s: %s", sf_trace_host_name (rows->trace, the_row->host), the_row->text);
  else
    g_string_append (out, sf_trace_host_name (rows->trace, the_row->host));
  if (the_row->state != NULL)
    g_string_append_printf (out, "%s %s", the_row->text == NULL && the_row->kind == SF_ROW_NOTE ? ":" : ",",
                            the_row->state);
}
