/* SPDX-License-Identifier: MIT */
#include "plots/terminal/timeline_draw.h"

#include "base/gettext.h"
#include "models/segment_text.h"
#include "trace/words.h"
#include "base/wrap.h"

#include <string.h>

/* Wires between a lifeline and the label of an arrow that leaves from there; at its other end one is enough. */
#define WIRES 2

/* Returns the notation of the segment of `leg` for the row of `record`, in short if so wanted. */
static char *
segment_text (const SfDrawing *drawing, const SfLeg *leg, guint record, SfTextFlags how)
{
  const SfStory *story = drawing->rows->story;
  g_autofree char *label = sf_rows_conn_label (drawing->rows, leg->seg->conn, record);
  GString *text = g_string_new (label);

  sf_segment_text (text, leg->seg, sf_story_host_name (story, leg->seg->from), sf_story_host_name (story, leg->seg->to),
                   how);
  return g_string_free (text, FALSE);
}

/* Shortens the notation `text` to what fits into `columns`, and returns the rest; NULL if not even the sequence
 * numbers do. */
static const char *
cut_notation (char *text, int columns)
{
  static const char *const ends[] = { " <", " urg ", " win ", " ack " };

  if (sf_text_columns (text) <= columns)
    return "";
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      char *end = strstr (text, ends[i]);

      if (end == NULL)
        continue;
      *end = '\0';
      if (sf_text_columns (text) <= columns)
        return end + 1;
      *end = ' ';
    }
  return NULL;
}

/* Returns what there is to say of `leg` where it leaves, beyond its segment. */
static char *
leave_remarks (const SfDrawing *drawing, const SfLeg *leg, gboolean ends_here)
{
  const SfStory *story = drawing->rows->story;
  const SfRecord *record = sf_story_record (story, leg->leave);
  GString *text = g_string_new (NULL);

  if (record->head.kind == SF_RECORD_FATE)
    {
      g_string_append (text, " (");
      sf_words_fate (text, story, record, FALSE);
      g_string_append_c (text, ')');
    }
  else if (leg->seg->marks & SF_SEG_RETRANSMIT)
    g_string_append (text, _(" (retransmission)"));
  if (leg->note != SF_NO_RECORD)
    {
      g_string_append (text, " (");
      sf_words_fate (text, story, sf_story_record (story, leg->note), FALSE);
      g_string_append_c (text, ')');
    }
  if (ends_here)
    {
      g_string_append (text, " (");
      sf_words_fate (text, story, sf_story_record (story, leg->end), FALSE);
      g_string_append_c (text, ')');
    }
  else if (leg->end == SF_NO_RECORD)
    g_string_append (text, _(" (still on its way at the end)"));
  return g_string_free (text, FALSE);
}

/* How an arrow ends in the row where it leaves. */
typedef enum
{
  END_BENT,   /* joined to its arrival */
  END_TAGGED, /* by a number */
  END_HELD,
  END_LOST,
  END_OPEN,   /* nothing more is shown of it */
} ArrowEnd;

static ArrowEnd
arrow_end (const SfDrawing *drawing, guint leg_number)
{
  const SfLeg *leg = sf_leg (drawing->rows->legs, leg_number);
  const SfLegView *view = &drawing->layout->legs[leg_number];
  const SfRecord *end;

  if (view->joined)
    return END_BENT;
  if (view->tag != 0)
    return END_TAGGED;
  if (leg->end == SF_NO_RECORD)
    return END_OPEN;
  end = sf_story_record (drawing->rows->story, leg->end);
  if (end->head.kind != SF_RECORD_FATE || end->head.t != sf_story_record (drawing->rows->story, leg->leave)->head.t)
    return END_OPEN;
  return sf_fate_is_final (end->fate.fate) ? END_LOST : END_HELD;
}

/* The row where a leg leaves, being laid out. */
typedef struct
{
  const SfLeg *leg;
  guint number;
  SfLegPath path;
  ArrowEnd end;
  char *label;      /* what of the notation stands on the arrow */
  const char *rest; /* and what does not, part of `notation` */
  char *notation;
  int first, last;  /* columns for labels and remarks */
} Leaving;

static void
leaving_clear (Leaving *leaving)
{
  g_free (leaving->label);
  g_free (leaving->notation);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Leaving, leaving_clear)

/* TRUE if `rest` is but the window, and that is as in the segment before: not worth a line. */
static gboolean
is_known_window (const SfDrawing *drawing, const SfSegment *seg, const char *rest)
{
  return rest != NULL && g_str_has_prefix (rest, "win ") && strchr (rest + strlen ("win "), ' ') == NULL
         && drawing->window[seg->conn] == seg->wnd;
}

/* The number of an arrow stands close to where it is going. */
static int
tag_column (const SfLegPath *path)
{
  return path->bend + path->leave_way * (SF_TIMELINE_BEND - 2);
}

static void
leaving_init (Leaving *leaving, const SfDrawing *drawing, guint number)
{
  const SfLegView *view = &drawing->layout->legs[number];
  g_autofree char *tag = g_strdup_printf ("(%u)", view->tag);
  int way, far;

  leaving->number = number;
  leaving->leg = sf_leg (drawing->rows->legs, number);
  leaving->path = sf_timeline_path (drawing->layout, number);
  leaving->end = arrow_end (drawing, number);
  leaving->notation = segment_text (drawing, leaving->leg, leaving->leg->leave, SF_TEXT_FULL);

  way = leaving->path.leave_way;
  far = leaving->end != END_TAGGED ? leaving->path.bend
                                   : tag_column (&leaving->path) - way * (sf_text_columns (tag) - 1);
  leaving->first = way > 0 ? leaving->path.from + WIRES + 2 : far + 3;
  leaving->last = way > 0 ? far - 3 : leaving->path.from - WIRES - 2;
  leaving->rest = cut_notation (leaving->notation, leaving->last + 1 - leaving->first);
  if (is_known_window (drawing, leaving->leg->seg, leaving->rest))
    leaving->rest = "";
  leaving->label = leaving->rest != NULL ? g_strdup (leaving->notation) : NULL;
}

/* Where not even the sequence numbers fit on the arrow, `text` stands above it, in lines as long as need be. */
static void
draw_above (SfDrawing *drawing, const SfRow *row, const Leaving *leaving, const char *text, SfStyle style)
{
  int first = drawing->layout->time_width + 2;
  int last = (int) drawing->layout->width - 1;
  g_autoptr (GPtrArray) lines = sf_wrap (text, last + 1 - first);

  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);
      int column = MIN (leaving->path.from, leaving->path.to) + WIRES;

      sf_draw_begin_line (drawing);
      sf_draw_time (drawing, row->t);
      sf_canvas_text (&drawing->canvas, CLAMP (last + 1 - sf_text_columns (line), first, column), line, style);
      sf_draw_end_line (drawing);
    }
}

/* Returns the column of the cross or stop of an arrow that comes no further: behind its label. */
static int
stop_column (const Leaving *leaving)
{
  int way = leaving->path.leave_way;
  int label = leaving->label != NULL ? sf_text_columns (leaving->label) + 1 : 0;

  return leaving->path.from + way * (1 + WIRES + 1 + label + 2 * WIRES);
}

static void
draw_leaving_end (SfDrawing *drawing, const Leaving *leaving, int last)
{
  const SfLegView *view = &drawing->layout->legs[leaving->number];
  g_autofree char *tag = g_strdup_printf ("(%u)", view->tag);
  int way = leaving->path.leave_way;
  SfStyle style = sf_draw_way_style (way);

  switch (leaving->end)
    {
    case END_BENT:
      sf_canvas_glyph (&drawing->canvas, last, way > 0 ? SF_GLYPH_BEND_RIGHT : SF_GLYPH_BEND_LEFT, style);
      break;
    case END_LOST:
      sf_canvas_glyph (&drawing->canvas, last, SF_GLYPH_CROSS, SF_STYLE_ALARM);
      break;
    case END_HELD:
      sf_canvas_glyph (&drawing->canvas, last, SF_GLYPH_HELD, SF_STYLE_ALARM);
      break;
    case END_TAGGED:
      sf_canvas_text (&drawing->canvas, way > 0 ? last + 1 - sf_text_columns (tag) : last, tag, SF_STYLE_PLAIN);
      break;
    case END_OPEN:
      break;
    }
}

static void
draw_arrow_line (SfDrawing *drawing, const SfRow *row, const Leaving *leaving)
{
  gboolean broken = sf_story_record (drawing->rows->story, leaving->leg->leave)->head.kind != SF_RECORD_SEND;
  int way = leaving->path.leave_way;
  int start = leaving->path.from + way * (broken ? WIRES : 1);
  int last = leaving->end == END_LOST || leaving->end == END_HELD ? stop_column (leaving)
             : leaving->end == END_TAGGED                         ? tag_column (&leaving->path)
                                                                  : leaving->path.bend;

  sf_draw_begin_line (drawing);
  sf_draw_time (drawing, row->t);
  sf_draw_state (drawing, row);
  sf_canvas_fill (&drawing->canvas, MIN (start, last), MAX (start, last), broken ? SF_GLYPH_COPY_WIRE : SF_GLYPH_WIRE,
                  sf_draw_way_style (way));
  draw_leaving_end (drawing, leaving, last);
  if (leaving->label != NULL)
    {
      g_autofree char *padded = g_strdup_printf (" %s ", leaving->label);

      sf_draw_aligned (drawing, leaving->first - 1, leaving->last + 1, way < 0, padded, SF_STYLE_PLAIN);
    }
  sf_draw_end_line (drawing);
}

static void
draw_tail_line (SfDrawing *drawing, const Leaving *leaving, const char *line)
{
  sf_draw_aligned (drawing, leaving->first, leaving->last, leaving->path.leave_way < 0, line, SF_STYLE_FAINT);
}

/* Draws what did not fit on the arrow: in lines of its own, or, if one is enough and the arrival is the
 * next row, there. */
static void
draw_tail (SfDrawing *drawing, guint row_number, const Leaving *leaving, const char *remarks)
{
  g_autofree char *text = g_strconcat (leaving->rest, remarks, NULL);
  g_autoptr (GPtrArray) lines = sf_wrap (text, MAX (leaving->last + 1 - leaving->first, 1));
  const SfLegView *view = &drawing->layout->legs[leaving->number];

  if (leaving->end == END_BENT && view->end == row_number + 1 && lines->len == 1)
    {
      drawing->tail = g_steal_pointer (&lines);
      return;
    }
  for (guint i = 0; i < lines->len; i++)
    {
      sf_draw_begin_line (drawing);
      draw_tail_line (drawing, leaving, g_ptr_array_index (lines, i));
      sf_draw_end_line (drawing);
    }
}

void
sf_draw_leave (SfDrawing *drawing, guint row_number)
{
  const SfRow *row = sf_row (drawing->rows, row_number);
  g_auto (Leaving) leaving = { 0 };
  g_autofree char *remarks = NULL;

  leaving_init (&leaving, drawing, row->leg);
  drawing->window[leaving.leg->seg->conn] = leaving.leg->seg->conn != 0 ? leaving.leg->seg->wnd : -1;
  remarks = leave_remarks (drawing, leaving.leg, leaving.end == END_LOST || leaving.end == END_HELD);
  if (leaving.label == NULL)
    {
      draw_above (drawing, row, &leaving, leaving.notation, SF_STYLE_PLAIN);
      draw_above (drawing, row, &leaving, remarks, SF_STYLE_FAINT);
    }
  draw_arrow_line (drawing, row, &leaving);
  if (leaving.end == END_BENT)
    drawing->through = row->leg;
  if (leaving.label != NULL)
    draw_tail (drawing, row_number, &leaving, remarks);
  sf_draw_inner_state (drawing, row);
}

/* Draws the last piece of an arrow: its head, or the cross where it is lost. */
static void
draw_arrow_head (SfDrawing *drawing, const SfLegPath *path, gboolean lost)
{
  int way = path->end_way;
  int last = lost ? path->bend + 2 * way : path->to - way;
  SfStyle style = sf_draw_way_style (path->leave_way);

  sf_canvas_fill (&drawing->canvas, MIN (path->bend + way, last), MAX (path->bend + way, last), SF_GLYPH_WIRE, style);
  if (lost)
    sf_canvas_glyph (&drawing->canvas, last, SF_GLYPH_CROSS, SF_STYLE_ALARM);
  else
    sf_canvas_glyph (&drawing->canvas, last, way > 0 ? SF_GLYPH_HEAD_RIGHT : SF_GLYPH_HEAD_LEFT, style);
}

/* Returns what stands before the arrow where it ends: which one it is, and why it is lost. */
static char *
end_text (const SfDrawing *drawing, guint number, gboolean lost)
{
  const SfLeg *leg = sf_leg (drawing->rows->legs, number);
  const SfLegView *view = &drawing->layout->legs[number];
  GString *text = g_string_new (NULL);

  if (!view->joined)
    {
      g_autofree char *short_text = segment_text (drawing, leg, leg->end, SF_TEXT_SHORT);

      if (view->tag != 0)
        g_string_append_printf (text, "(%u) ", view->tag);
      g_string_append (text, short_text);
    }
  else if (drawing->tail != NULL)
    g_string_append (text, g_ptr_array_index (drawing->tail, 0));
  if (lost)
    {
      g_string_append (text, text->len > 0 ? " (" : "(");
      sf_words_fate (text, drawing->rows->story, sf_story_record (drawing->rows->story, leg->end), FALSE);
      g_string_append_c (text, ')');
    }
  return g_string_free (text, FALSE);
}

/* A tail stands below its label, what names an arrow or says why it is lost stands close to its end. */
static void
draw_end_text (SfDrawing *drawing, const SfLegPath *path, const char *text, gboolean joined)
{
  int way = path->end_way;
  int near = path->bend - way * (joined ? 2 : 1);
  int far = way > 0 ? 0 : (int) drawing->canvas.width - 1;

  if (joined && drawing->tail != NULL)
    {
      far = path->from + way * (WIRES + 2);
      sf_draw_aligned (drawing, MIN (near, far), MAX (near, far), way < 0, text, SF_STYLE_FAINT);
    }
  else
    sf_draw_aligned (drawing, MIN (near, far), MAX (near, far), way > 0, text,
                     joined ? SF_STYLE_ALARM : SF_STYLE_PLAIN);
  if (joined)
    sf_canvas_glyph (&drawing->canvas, path->bend, way > 0 ? SF_GLYPH_TURN_RIGHT : SF_GLYPH_TURN_LEFT,
                     sf_draw_way_style (path->leave_way));
}

void
sf_draw_end (SfDrawing *drawing, const SfRow *row)
{
  const SfLeg *leg = sf_leg (drawing->rows->legs, row->leg);
  const SfLegView *view = &drawing->layout->legs[row->leg];
  gboolean lost = sf_story_record (drawing->rows->story, leg->end)->head.kind == SF_RECORD_FATE;
  g_autofree char *text = end_text (drawing, row->leg, lost);
  SfLegPath path = sf_timeline_path (drawing->layout, row->leg);

  drawing->through = SF_NO_LEG;
  sf_draw_begin_line (drawing);
  sf_draw_time (drawing, row->t);
  sf_draw_state (drawing, row);
  draw_end_text (drawing, &path, text, view->joined);
  draw_arrow_head (drawing, &path, lost);
  sf_draw_end_line (drawing);
  g_clear_pointer (&drawing->tail, g_ptr_array_unref);
  sf_draw_inner_state (drawing, row);
}
