/* SPDX-License-Identifier: MIT */
#include "plots/sequence/sentences.h"

#include "base/gettext.h"
#include "models/segment_text.h"
#include "trace/words.h"

#include <string.h>

/* How far ahead to look for what the receiver says of a segment. */
#define VERDICT_WITHIN 12

/* TRUE if the window is worth a word: it is closed. */
static gboolean
is_closed_window (const SfSegment *seg)
{
  return seg->wnd == 0 && (seg->flags & (SF_SYN | SF_RST)) == 0;
}

char *
sf_sequence_label (const SfRows *rows, guint leg, gboolean absolute, gboolean brief)
{
  const SfLeg *the_leg = sf_leg (rows->legs, leg);
  g_autofree char *conn = sf_rows_conn_label (rows, the_leg->seg->conn, the_leg->leave);
  GString *text = g_string_new (conn);
  char *ack;

  sf_segment_text (text, the_leg->seg, NULL, NULL, SF_TEXT_SHORT | (absolute ? SF_TEXT_ABSOLUTE : 0));
  if (is_closed_window (the_leg->seg))
    g_string_append (text, " win 0");
  ack = brief ? strstr (text->str, " ack ") : NULL;
  if (ack != NULL)
    g_string_truncate (text, (gsize) (ack - text->str));
  return g_string_free (text, FALSE);
}

/* Appends what `record`, a FATE, did, without the number of the rule that did it. */
static void
append_fate (GString *out, const SfStory *story, const SfRecord *record)
{
  SfRecord bare = *record;

  bare.fate.rule = -1;
  if (out->len > 0)
    g_string_append (out, ", ");
  if (record->fate.fate == SF_FATE_INJECTED)
    g_string_append (out, _("forged"));
  else
    sf_words_fate (out, story, &bare, FALSE);
}

char *
sf_sequence_remark (const SfRows *rows, guint leg)
{
  const SfStory *story = rows->story;
  const SfLeg *the_leg = sf_leg (rows->legs, leg);
  const SfRecord *leave = sf_story_record (story, the_leg->leave);
  GString *text = g_string_new (NULL);

  if (leave->head.kind == SF_RECORD_FATE)
    append_fate (text, story, leave);
  else if (the_leg->seg->marks & SF_SEG_RETRANSMIT)
    g_string_append (text, _("retransmission"));
  if (the_leg->note != SF_NO_RECORD)
    append_fate (text, story, sf_story_record (story, the_leg->note));
  return g_string_free (text, text->len == 0);
}

char *
sf_sequence_end_words (const SfRows *rows, guint leg)
{
  const SfLeg *the_leg = sf_leg (rows->legs, leg);
  GString *text;

  if (the_leg->end == SF_NO_RECORD)
    return g_strdup (_("still on its way at the end"));
  if (sf_story_record (rows->story, the_leg->end)->head.kind != SF_RECORD_FATE)
    return NULL;
  text = g_string_new (NULL);
  append_fate (text, rows->story, sf_story_record (rows->story, the_leg->end));
  return g_string_free (text, FALSE);
}

gboolean
sf_sequence_is_odd (const SfRows *rows, guint leg)
{
  const SfLeg *the_leg = sf_leg (rows->legs, leg);

  return the_leg->note != SF_NO_RECORD
         || sf_story_record (rows->story, the_leg->leave)->head.kind != SF_RECORD_SEND;
}

gboolean
sf_sequence_is_refused (const SfRows *rows, guint leg)
{
  const SfLeg *the_leg = sf_leg (rows->legs, leg);
  const SfRecord *end;
  guint last;

  if (the_leg->end == SF_NO_RECORD)
    return FALSE;
  end = sf_story_record (rows->story, the_leg->end);
  last = MIN (the_leg->end + VERDICT_WITHIN, sf_story_n_records (rows->story));
  for (guint i = the_leg->end + 1; i < last; i++)
    {
      const SfRecord *record = sf_story_record (rows->story, i);

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
  const SfSegment *seg = sf_leg (rows->legs, row->leg)->seg;
  g_autofree char *label = sf_sequence_label (rows, row->leg, absolute, FALSE);
  g_autofree char *remark = sf_sequence_remark (rows, row->leg);
  g_autofree char *end = sf_sequence_end_words (rows, row->leg);

  if (row->kind == SF_ROW_LEAVE || end != NULL)
    g_string_append_printf (out, "%s > %s: %s", sf_story_host_name (rows->story, seg->from),
                            sf_story_host_name (rows->story, seg->to), label);
  else
    g_string_append_printf (out, _("%s gets %s"), sf_story_host_name (rows->story, row->host), label);
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
    g_string_append_printf (out, "%s: %s", sf_story_host_name (rows->story, the_row->host), the_row->text);
  else
    g_string_append (out, sf_story_host_name (rows->story, the_row->host));
  if (the_row->state != NULL)
    g_string_append_printf (out, "%s %s", the_row->text == NULL && the_row->kind == SF_ROW_NOTE ? ":" : ",",
                            the_row->state);
}
