/* SPDX-License-Identifier: MIT */
#include "plots/terminal/letters.h"

#include "base/columns.h"
#include "base/gettext.h"
#include "models/segment_text.h"
#include "plots/terminal/letters_words.h"
#include "trace/rows.h"

/* Columns between a time and its text. */
#define GAP 2

typedef struct
{
  GString *out;
  const SfRows *rows;
  const SfTimelineOptions *options;
  int width;      /* columns of the page */
  int time_width; /* columns of the times */
  gint32 *window; /* by connection: the window that it advertised last, -1: none */
} Letters;

static const char *
host_name (const Letters *letters, guint16 host)
{
  return sf_trace_host_name (letters->rows->trace, host);
}

/* Appends the name of `host`, with the number of connection `conn` if the host has several. */
static void
add_name (const Letters *letters, GString *text, guint16 host, guint32 conn, guint record)
{
  g_autofree char *label = sf_rows_conn_label (letters->rows, conn, record);

  g_string_append (text, host_name (letters, host));
  g_string_append_c (text, ' ');
  g_string_append (text, label);
}

/* A no-break space, for blanks at which a line must not break. */
#define FIXED_BLANK "\302\240"

static void
add_notation (GString *text, const SfSegment *seg)
{
  g_autoptr (GString) notation = g_string_new (NULL);

  sf_segment_text (notation, seg, NULL, NULL, SF_TEXT_SHORT);
  g_string_replace (notation, " ", FIXED_BLANK, 0);
  g_string_append_printf (sf_letters_next (text), "[%s]", notation->str);
}

/* --- what happened --- */

/* Appends who writes to whom, or why else a letter is on its way (a copy, a forgery, a release). */
static void
add_writer (const Letters *letters, GString *text, const SfTransit *transit)
{
  const SfRecord *record = sf_trace_record (letters->rows->trace, transit->leave);
  g_autofree char *label = sf_rows_conn_label (letters->rows, transit->seg->conn, transit->leave);
  g_autofree char *from = g_strconcat (host_name (letters, transit->seg->from), *label != '\0' ? " " : "",
                                       g_strchomp (label), NULL);
  const char *to = host_name (letters, transit->seg->to);

  if (record->head.kind == SF_RECORD_FATE && record->fate.fate == SF_FATE_INJECTED)
    g_string_append_printf (text, tr (letters->rows->lang, "In the name of %s a stranger writes to %s:"), from, to);
  else if (record->head.kind == SF_RECORD_FATE && record->fate.fate == SF_FATE_COPIED)
    g_string_append_printf (text, tr (letters->rows->lang, "The post has made a copy of a letter from %s to %s:"), from,
                            to);
  else if (record->head.kind == SF_RECORD_FATE)
    g_string_append_printf (text, tr (letters->rows->lang, "The post lets a letter from %s to %s go on:"), from, to);
  else if (transit->seg->marks & SF_SEG_RETRANSMIT)
    g_string_append_printf (text, tr (letters->rows->lang, "%s writes to %s once more:"), from, to);
  else
    g_string_append_printf (text, tr (letters->rows->lang, "%s writes to %s:"), from, to);
}

/* Appends the letter itself. */
static void
add_letter (Letters *letters, GString *text, const SfSegment *seg)
{
  gboolean room_again = seg->conn != 0 && letters->window[seg->conn] == 0 && seg->wnd > 0;
  g_autoptr (GString) letter = g_string_new (NULL);

  if (seg->conn != 0)
    letters->window[seg->conn] = seg->wnd;
  sf_letters_text (letter, seg, host_name (letters, seg->to), room_again, letters->rows->lang);
  g_string_append_printf (sf_letters_next (text), tr (letters->rows->lang, "\"%s\""), letter->str);
  add_notation (text, seg);
}

/* Appends a sentence on what the post does in `record`, a FATE. */
static void
add_fate (const Letters *letters, GString *text, const SfRecord *record)
{
  g_autoptr (GString) fate = g_string_new (NULL);

  sf_letters_fate (fate, record, letters->rows->lang);
  g_string_append_printf (sf_letters_next (text), tr (letters->rows->lang, "But %s."), fate->str);
}

static void
tell_leave (Letters *letters, GString *text, const SfRow *row)
{
  const SfTransit *transit = sf_transit (letters->rows->transits, row->transit);
  const SfTrace *trace = letters->rows->trace;

  add_writer (letters, text, transit);
  add_letter (letters, text, transit->seg);
  if (transit->note != SF_NO_RECORD)
    add_fate (letters, text, sf_trace_record (trace, transit->note));
  if (transit->end == SF_NO_RECORD)
    g_string_append (sf_letters_next (text), tr (letters->rows->lang, "It is still with the post at the end."));
  else if (sf_trace_record (trace, transit->end)->head.kind == SF_RECORD_FATE
           && sf_trace_record (trace, transit->end)->head.t == row->t)
    add_fate (letters, text, sf_trace_record (trace, transit->end));
}

static void
tell_end (const Letters *letters, GString *text, const SfRow *row)
{
  const SfTransit *transit = sf_transit (letters->rows->transits, row->transit);
  const SfRecord *end = sf_trace_record (letters->rows->trace, transit->end);

  if (end->head.kind == SF_RECORD_ARRIVE)
    g_string_append_printf (text, tr (letters->rows->lang, "The letter of %s comes to %s:"),
                            host_name (letters, transit->seg->from), host_name (letters, end->host));
  else
    g_string_append_printf (text, tr (letters->rows->lang, "The letter of %s to %s does not arrive:"),
                            host_name (letters, transit->seg->from), host_name (letters, transit->seg->to));
  add_notation (text, transit->seg);
  g_string_append (text, tr (letters->rows->lang, "."));
  if (end->head.kind != SF_RECORD_ARRIVE)
    add_fate (letters, text, end);
}

/* Appends a sentence with the host of `row` as its subject and `does` as its predicate. */
static void
add_sentence (const Letters *letters, GString *text, const SfRow *row, const char *does)
{
  /* The words of a call name the connection themselves. */
  add_name (letters, text, row->host, row->speaker != SF_SPEAKER_CALL ? row->conn : 0, row->record);
  g_string_append_printf (text, tr (letters->rows->lang, "%s."), does);
}

static void
add_state (const Letters *letters, GString *text, const SfRow *row)
{
  const SfRecord *change = sf_trace_record (letters->rows->trace, row->change);

  sf_letters_next (text);
  add_name (letters, text, row->host, change->conn, row->change);
  g_string_append_printf (text, tr (letters->rows->lang, "%s."),
                          sf_letters_state (change->state.to, change->state.why, letters->rows->lang));
}

/* Returns the text of `row`. */
static GString *
row_text (Letters *letters, const SfRow *row)
{
  GString *text = g_string_new (NULL);

  switch (row->kind)
    {
    case SF_ROW_LEAVE:
      tell_leave (letters, text, row);
      break;
    case SF_ROW_END:
      tell_end (letters, text, row);
      break;
    case SF_ROW_NOTE:
      if (row->text != NULL)
        add_sentence (letters, text, row, row->text);
      break;
    case SF_ROW_WORLD:
      g_string_append (text, row->text);
      break;
    }
  if (row->change != SF_NO_RECORD)
    add_state (letters, text, row);
  return text;
}

/* --- the page --- */

/* Appends a paragraph with `time`, which may be empty, beside it. */
static void
add_paragraph (const Letters *letters, const char *time, const char *text)
{
  g_autoptr (GPtrArray) lines = sf_wrap (text, letters->width - letters->time_width - GAP);

  for (guint i = 0; i < lines->len; i++)
    {
      g_autoptr (GString) line = g_string_new (g_ptr_array_index (lines, i));

      g_string_replace (line, FIXED_BLANK, " ", 0);
      g_string_append_printf (letters->out, "%-*s%s\n", letters->time_width + GAP, i == 0 ? time : "", line->str);
    }
}

static char *
time_text (SfTime t)
{
  GString *text = g_string_new (NULL);

  sf_words_instant (text, t);
  return g_string_free (text, FALSE);
}

/* Appends a silence of `length`. */
static void
add_silence (const Letters *letters, SfTime length)
{
  g_autoptr (GString) time = g_string_new (NULL);
  g_autofree char *text = NULL;

  sf_words_duration (time, length);
  text = g_strdup_printf (tr (letters->rows->lang, "... %s go by ..."), time->str);
  g_string_append_c (letters->out, '\n');
  add_paragraph (letters, "", text);
}

static gboolean
is_shown (const Letters *letters, SfTime t)
{
  return t >= letters->options->from && (letters->options->to == 0 || t <= letters->options->to);
}

/* Returns the words for how the run ended. */
static const char *
ending_of (const SfRows *rows)
{
  static const char *const endings[] = {
    [SF_END_IDLE] = N_ ("There is nothing left to write."),
    [SF_END_UNTIL] = N_ ("Here the scenario ends."),
    [SF_END_TIME_LIMIT] = N_ ("Here the story is broken off: the limit of simulated time is reached."),
    [SF_END_EVENT_LIMIT] = N_ ("Here the story is broken off: the limit of events is reached."),
  };

  if (sf_rows_idle_at_end (rows))
    return tr (rows->lang, "Here the scenario ends; there was nothing left to write.");
  return tr (rows->lang, endings[rows->trace->end]);
}

/* Appends `text` as a paragraph at the instant `t`. `*last` is the instant of the paragraph before, and becomes `t`. */
static void
add_event (const Letters *letters, SfTime t, const char *text, SfTime *last)
{
  g_autofree char *time = time_text (t);

  if (*last >= 0 && t - *last >= sf_rows_fold (letters->rows))
    add_silence (letters, t - *last);
  if (*last >= 0 && t != *last)
    g_string_append_c (letters->out, '\n');
  add_paragraph (letters, t != *last ? time : "", text);
  *last = t;
}

static int
widest_time (const Letters *letters)
{
  g_autofree char *end = time_text (letters->rows->trace->end_time);
  int width = sf_columns (end);

  for (guint i = 0; i < sf_rows_n (letters->rows); i++)
    {
      g_autofree char *time = time_text (sf_row (letters->rows, i)->t);

      width = MAX (width, sf_columns (time));
    }
  return width;
}

void
sf_letters (GString *out, const SfTrace *trace, const SfTimelineOptions *options)
{
  static const SfTimelineOptions defaults = { 0 };
  g_autoptr (SfRows) rows = sf_rows_new_in (trace, &sf_letters_narration, options != NULL ? options->lang : NULL);
  g_autofree gint32 *window = g_new (gint32, rows->n_conns);
  Letters letters = {
    .out = out,
    .rows = rows,
    .options = options != NULL ? options : &defaults,
    .width = options != NULL && options->width != 0 ? (int) options->width : SF_TIMELINE_WIDTH,
    .window = window,
  };
  SfTime last = -1;

  for (guint32 i = 0; i < rows->n_conns; i++)
    window[i] = -1;
  letters.time_width = widest_time (&letters);
  for (guint i = 0; i < sf_rows_n (rows); i++)
    {
      g_autoptr (GString) text = row_text (&letters, sf_row (rows, i));

      if (text->len > 0 && is_shown (&letters, sf_row (rows, i)->t))
        add_event (&letters, sf_row (rows, i)->t, text->str, &last);
    }
  if (is_shown (&letters, trace->end_time))
    add_event (&letters, trace->end_time, ending_of (rows), &last);
}
