/* SPDX-License-Identifier: MIT */
#include "plots/terminal/timeline_draw.h"

#include "base/columns.h"
#include "base/gettext.h"
#include "models/segment_text.h"
#include "trace/words.h"

#include <string.h>

/* Columns of shaft between the lifeline where an arrow leaves and its label. At the other end one is enough. */
#define SHAFT 2

/* Returns the notation of the segment of `transit` for the row of `record`; `how` may ask for a short one. */
static char *
segment_text (const SfTimelineDrawing *drawing, const SfTransit *transit, guint record, SfTextFlags how)
{
  const SfTrace *trace = drawing->rows->trace;
  g_autofree char *label = sf_rows_conn_label (drawing->rows, transit->seg->conn, record);
  GString *text = g_string_new (label);

  sf_segment_text (text, transit->seg, sf_trace_host_name (trace, transit->seg->from),
                   sf_trace_host_name (trace, transit->seg->to), how);
  return g_string_free (text, FALSE);
}

/* Shortens the notation `text` to what fits into `columns`. Returns the rest; NULL if not even the sequence numbers
 * fit. */
static const char *
cut_notation (char *text, int columns)
{
  static const char *const ends[] = { " <", " urg ", " win ", " ack " };

  if (sf_columns (text) <= columns)
    return "";
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      char *end = strstr (text, ends[i]);

      if (end == NULL)
        continue;
      *end = '\0';
      if (sf_columns (text) <= columns)
        return end + 1;
      *end = ' ';
    }
  return NULL;
}

/* Returns the remarks on `transit` where it leaves, beyond its notation. */
static char *
leave_remarks (const SfTimelineDrawing *drawing, const SfTransit *transit, gboolean ends_here)
{
  const SfTrace *trace = drawing->rows->trace;
  const SfRecord *record = sf_trace_record (trace, transit->leave);
  GString *text = g_string_new (NULL);

  if (record->head.kind == SF_RECORD_FATE)
    {
      g_string_append (text, " (");
      sf_words_fate (text, trace, record, FALSE, drawing->rows->lang);
      g_string_append_c (text, ')');
    }
  else if (transit->seg->marks & SF_SEG_RETRANSMIT)
    g_string_append (text, tr (drawing->rows->lang, " (retransmission)"));
  if (transit->note != SF_NO_RECORD)
    {
      g_string_append (text, " (");
      sf_words_fate (text, trace, sf_trace_record (trace, transit->note), FALSE, drawing->rows->lang);
      g_string_append_c (text, ')');
    }
  if (ends_here)
    {
      g_string_append (text, " (");
      sf_words_fate (text, trace, sf_trace_record (trace, transit->end), FALSE, drawing->rows->lang);
      g_string_append_c (text, ')');
    }
  else if (transit->end == SF_NO_RECORD)
    g_string_append (text, tr (drawing->rows->lang, " (still on its way at the end)"));
  return g_string_free (text, FALSE);
}

/* How an arrow ends in the row where it leaves. */
typedef enum
{
  END_BENT,   /* a line joins it to its arrival */
  END_TAGGED, /* a number joins it to its arrival */
  END_HELD,
  END_LOST,
  END_OPEN, /* its end is not shown */
} ArrowEnd;

static ArrowEnd
arrow_end (const SfTimelineDrawing *drawing, guint transit_number)
{
  const SfTransit *transit = sf_transit (drawing->rows->transits, transit_number);
  const SfTransitView *view = &drawing->layout->transits[transit_number];
  const SfRecord *end;

  if (view->joined)
    return END_BENT;
  if (view->tag != 0)
    return END_TAGGED;
  if (transit->end == SF_NO_RECORD)
    return END_OPEN;
  end = sf_trace_record (drawing->rows->trace, transit->end);
  if (end->head.kind != SF_RECORD_FATE || end->head.t != sf_trace_record (drawing->rows->trace, transit->leave)->head.t)
    return END_OPEN;
  return sf_fate_is_final (end->fate.fate) ? END_LOST : END_HELD;
}

/* The row where a transit leaves, while it is laid out. */
typedef struct
{
  const SfTransit *transit;
  guint number;
  SfTransitPath path;
  ArrowEnd end;
  char *label;      /* the part of the notation that stands on the arrow */
  const char *rest; /* the rest of it, within `notation` */
  char *notation;
  int first, last; /* the columns for labels and remarks */
} Leaving;

static void
leaving_clear (Leaving *leaving)
{
  g_free (leaving->label);
  g_free (leaving->notation);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Leaving, leaving_clear)

/* TRUE if `rest` is only the window, and that has not changed since the segment before: not worth a line. */
static gboolean
is_known_window (const SfTimelineDrawing *drawing, const SfSegment *seg, const char *rest)
{
  return rest != NULL && g_str_has_prefix (rest, "win ") && strchr (rest + strlen ("win "), ' ') == NULL
         && drawing->window[seg->conn] == seg->wnd;
}

/* Returns the column of the number of an arrow: close to where it is going. */
static int
tag_column (const SfTransitPath *path)
{
  return path->bend + path->leave_heading * (SF_TIMELINE_BEND - 2);
}

static void
leaving_init (Leaving *leaving, const SfTimelineDrawing *drawing, guint number)
{
  const SfTransitView *view = &drawing->layout->transits[number];
  g_autofree char *tag = g_strdup_printf ("(%u)", view->tag);
  int heading, far;

  leaving->number = number;
  leaving->transit = sf_transit (drawing->rows->transits, number);
  leaving->path = sf_timeline_path (drawing->layout, number);
  leaving->end = arrow_end (drawing, number);
  leaving->notation = segment_text (drawing, leaving->transit, leaving->transit->leave, SF_TEXT_FULL);

  heading = leaving->path.leave_heading;
  far = leaving->end != END_TAGGED ? leaving->path.bend
                                   : tag_column (&leaving->path) - heading * (sf_columns (tag) - 1);
  leaving->first = heading > 0 ? leaving->path.from + SHAFT + 2 : far + 3;
  leaving->last = heading > 0 ? far - 3 : leaving->path.from - SHAFT - 2;
  leaving->rest = cut_notation (leaving->notation, leaving->last + 1 - leaving->first);
  if (is_known_window (drawing, leaving->transit->seg, leaving->rest))
    leaving->rest = "";
  leaving->label = leaving->rest != NULL ? g_strdup (leaving->notation) : NULL;
}

/* Writes `text` above the arrow, where not even the sequence numbers fit on it. */
static void
draw_above (SfTimelineDrawing *drawing, const SfRow *row, const Leaving *leaving, const char *text, SfCellStyle style)
{
  int first = drawing->layout->time_width + 2;
  int last = (int) drawing->layout->width - 1;
  g_autoptr (GPtrArray) lines = sf_wrap (text, last + 1 - first);

  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);
      int column = MIN (leaving->path.from, leaving->path.to) + SHAFT;

      sf_timeline_draw_begin_line (drawing);
      sf_timeline_draw_time (drawing, row->t);
      sf_canvas_text (&drawing->canvas, CLAMP (last + 1 - sf_columns (line), first, column), line, style);
      sf_timeline_draw_end_line (drawing);
    }
}

/* Returns the column of the cross or stop of an arrow that goes no further: behind its label. */
static int
stop_column (const Leaving *leaving)
{
  int heading = leaving->path.leave_heading;
  int label = leaving->label != NULL ? sf_columns (leaving->label) + 1 : 0;

  return leaving->path.from + heading * (1 + SHAFT + 1 + label + 2 * SHAFT);
}

static void
draw_leaving_end (SfTimelineDrawing *drawing, const Leaving *leaving, int last)
{
  const SfTransitView *view = &drawing->layout->transits[leaving->number];
  g_autofree char *tag = g_strdup_printf ("(%u)", view->tag);
  int heading = leaving->path.leave_heading;
  SfCellStyle style = sf_timeline_draw_heading_style (heading);

  switch (leaving->end)
    {
    case END_BENT:
      sf_canvas_glyph (&drawing->canvas, last, heading > 0 ? SF_GLYPH_BEND_RIGHT : SF_GLYPH_BEND_LEFT, style);
      break;
    case END_LOST:
      sf_canvas_glyph (&drawing->canvas, last, SF_GLYPH_CROSS, SF_STYLE_ALARM);
      break;
    case END_HELD:
      sf_canvas_glyph (&drawing->canvas, last, SF_GLYPH_HELD, SF_STYLE_ALARM);
      break;
    case END_TAGGED:
      sf_canvas_text (&drawing->canvas, heading > 0 ? last + 1 - sf_columns (tag) : last, tag, SF_STYLE_PLAIN);
      break;
    case END_OPEN:
      break;
    }
}

static void
draw_arrow_line (SfTimelineDrawing *drawing, const SfRow *row, const Leaving *leaving)
{
  gboolean broken = sf_trace_record (drawing->rows->trace, leaving->transit->leave)->head.kind != SF_RECORD_SEND;
  int heading = leaving->path.leave_heading;
  int start = leaving->path.from + heading * (broken ? SHAFT : 1);
  int last = leaving->end == END_LOST || leaving->end == END_HELD ? stop_column (leaving)
             : leaving->end == END_TAGGED                         ? tag_column (&leaving->path)
                                                                  : leaving->path.bend;

  sf_timeline_draw_begin_line (drawing);
  sf_timeline_draw_time (drawing, row->t);
  sf_timeline_draw_state (drawing, row);
  sf_canvas_fill (&drawing->canvas, MIN (start, last), MAX (start, last),
                  broken ? SF_GLYPH_BROKEN_SHAFT : SF_GLYPH_SHAFT, sf_timeline_draw_heading_style (heading));
  draw_leaving_end (drawing, leaving, last);
  if (leaving->label != NULL)
    {
      g_autofree char *padded = g_strdup_printf (" %s ", leaving->label);

      sf_timeline_draw_aligned (drawing, leaving->first - 1, leaving->last + 1, heading < 0, padded, SF_STYLE_PLAIN);
    }
  sf_timeline_draw_end_line (drawing);
}

static void
draw_tail_line (SfTimelineDrawing *drawing, const Leaving *leaving, const char *line)
{
  sf_timeline_draw_aligned (drawing, leaving->first, leaving->last, leaving->path.leave_heading < 0, line,
                            SF_STYLE_FAINT);
}

/* Draws what did not fit on the arrow: in the row of the arrival if that is the next row and one line is enough,
 * otherwise in lines of its own. */
static void
draw_tail (SfTimelineDrawing *drawing, guint row_number, const Leaving *leaving, const char *remarks)
{
  g_autofree char *text = g_strconcat (leaving->rest, remarks, NULL);
  g_autoptr (GPtrArray) lines = sf_wrap (text, MAX (leaving->last + 1 - leaving->first, 1));
  const SfTransitView *view = &drawing->layout->transits[leaving->number];

  if (leaving->end == END_BENT && view->end == row_number + 1 && lines->len == 1)
    {
      drawing->tail = g_steal_pointer (&lines);
      return;
    }
  for (guint i = 0; i < lines->len; i++)
    {
      sf_timeline_draw_begin_line (drawing);
      draw_tail_line (drawing, leaving, g_ptr_array_index (lines, i));
      sf_timeline_draw_end_line (drawing);
    }
}

void
sf_timeline_draw_leave (SfTimelineDrawing *drawing, guint row_number)
{
  const SfRow *row = sf_row (drawing->rows, row_number);
  g_auto (Leaving) leaving = { 0 };
  g_autofree char *remarks = NULL;

  leaving_init (&leaving, drawing, row->transit);
  drawing->window[leaving.transit->seg->conn] = leaving.transit->seg->conn != 0 ? leaving.transit->seg->wnd : -1;
  remarks = leave_remarks (drawing, leaving.transit, leaving.end == END_LOST || leaving.end == END_HELD);
  if (leaving.label == NULL)
    {
      draw_above (drawing, row, &leaving, leaving.notation, SF_STYLE_PLAIN);
      draw_above (drawing, row, &leaving, remarks, SF_STYLE_FAINT);
    }
  draw_arrow_line (drawing, row, &leaving);
  if (leaving.end == END_BENT)
    drawing->through = row->transit;
  if (leaving.label != NULL)
    draw_tail (drawing, row_number, &leaving, remarks);
  sf_timeline_draw_inner_state (drawing, row);
}

/* Draws the last piece of an arrow: its head, or the cross where it is lost. */
static void
draw_arrow_head (SfTimelineDrawing *drawing, const SfTransitPath *path, gboolean lost)
{
  int heading = path->end_heading;
  int last = lost ? path->bend + 2 * heading : path->to - heading;
  SfCellStyle style = sf_timeline_draw_heading_style (path->leave_heading);

  sf_canvas_fill (&drawing->canvas, MIN (path->bend + heading, last), MAX (path->bend + heading, last), SF_GLYPH_SHAFT,
                  style);
  if (lost)
    sf_canvas_glyph (&drawing->canvas, last, SF_GLYPH_CROSS, SF_STYLE_ALARM);
  else
    sf_canvas_glyph (&drawing->canvas, last, heading > 0 ? SF_GLYPH_HEAD_RIGHT : SF_GLYPH_HEAD_LEFT, style);
}

/* Returns the words at the end of an arrow: its number, and why it is lost. */
static char *
end_text (const SfTimelineDrawing *drawing, guint number, gboolean lost)
{
  const SfTransit *transit = sf_transit (drawing->rows->transits, number);
  const SfTransitView *view = &drawing->layout->transits[number];
  GString *text = g_string_new (NULL);

  if (!view->joined)
    {
      g_autofree char *short_text = segment_text (drawing, transit, transit->end, SF_TEXT_SHORT);

      if (view->tag != 0)
        g_string_append_printf (text, "(%u) ", view->tag);
      g_string_append (text, short_text);
    }
  else if (drawing->tail != NULL)
    g_string_append (text, g_ptr_array_index (drawing->tail, 0));
  if (lost)
    {
      g_string_append (text, text->len > 0 ? " (" : "(");
      sf_words_fate (text, drawing->rows->trace, sf_trace_record (drawing->rows->trace, transit->end), FALSE,
                     drawing->rows->lang);
      g_string_append_c (text, ')');
    }
  return g_string_free (text, FALSE);
}

/* Draws the words at the end of an arrow: the rest of a label below it, a number or the reason of a loss close to the
 * end. */
static void
draw_end_text (SfTimelineDrawing *drawing, const SfTransitPath *path, const char *text, gboolean joined)
{
  int heading = path->end_heading;
  int near = path->bend - heading * (joined ? 2 : 1);
  int far = heading > 0 ? 0 : (int) drawing->canvas.width - 1;

  if (joined && drawing->tail != NULL)
    {
      far = path->from + heading * (SHAFT + 2);
      sf_timeline_draw_aligned (drawing, MIN (near, far), MAX (near, far), heading < 0, text, SF_STYLE_FAINT);
    }
  else
    sf_timeline_draw_aligned (drawing, MIN (near, far), MAX (near, far), heading > 0, text,
                              joined ? SF_STYLE_ALARM : SF_STYLE_PLAIN);
  if (joined)
    sf_canvas_glyph (&drawing->canvas, path->bend, heading > 0 ? SF_GLYPH_TURN_RIGHT : SF_GLYPH_TURN_LEFT,
                     sf_timeline_draw_heading_style (path->leave_heading));
}

void
sf_timeline_draw_end (SfTimelineDrawing *drawing, const SfRow *row)
{
  const SfTransit *transit = sf_transit (drawing->rows->transits, row->transit);
  const SfTransitView *view = &drawing->layout->transits[row->transit];
  gboolean lost = sf_trace_record (drawing->rows->trace, transit->end)->head.kind == SF_RECORD_FATE;
  g_autofree char *text = end_text (drawing, row->transit, lost);
  SfTransitPath path = sf_timeline_path (drawing->layout, row->transit);

  drawing->through = SF_NO_TRANSIT;
  sf_timeline_draw_begin_line (drawing);
  sf_timeline_draw_time (drawing, row->t);
  sf_timeline_draw_state (drawing, row);
  draw_end_text (drawing, &path, text, view->joined);
  draw_arrow_head (drawing, &path, lost);
  sf_timeline_draw_end_line (drawing);
  g_clear_pointer (&drawing->tail, g_ptr_array_unref);
  sf_timeline_draw_inner_state (drawing, row);
}
