/* SPDX-License-Identifier: MIT */
#include "plots/timeline.h"

#include "models/segment_text.h"
#include "plots/timeline_layout.h"
#include "plots/words.h"
#include "plots/wrap.h"

#include <string.h>

/* Wires between a lifeline and the label of an arrow that leaves from there; at its other end one is enough. */
#define WIRES 2

typedef struct
{
  const SfRows *rows;
  const SfTimelineLayout *layout;
  SfCanvas canvas;
  GString *out;
  SfTime shown;  /* the time printed last, -1: none */
  guint64 alive, up;
  guint through; /* leg that is joined and runs down past the rows now, SF_NO_LEG */
  GPtrArray *tail; /* lines for the row of arrival of that leg, NULL: none */
} Drawing;

/* Lines. */

static void
draw_lifelines (Drawing *drawing)
{
  const SfTimelineLayout *layout = drawing->layout;

  for (guint i = 0; i < layout->n_hosts; i++)
    {
      guint64 bit = sf_row_bit (layout->host[i]);

      if (bit == 0 || (drawing->up & bit) != 0)
        sf_canvas_glyph (&drawing->canvas, layout->column[layout->host[i]],
                         bit == 0 || (drawing->alive & bit) != 0 ? SF_GLYPH_LIFE : SF_GLYPH_NO_LIFE, SF_STYLE_FAINT);
    }
}

static SfStyle
way_style (int way)
{
  return way > 0 ? SF_STYLE_RIGHT : SF_STYLE_LEFT;
}

/* The line that joins a sending with its arrival, on its way down. */
static void
draw_through (Drawing *drawing)
{
  SfLegPath path;

  if (drawing->through == SF_NO_LEG)
    return;
  path = sf_timeline_path (drawing->layout, drawing->through);
  sf_canvas_glyph (&drawing->canvas, path.bend, SF_GLYPH_DOWN, way_style (path.leave_way));
}

static void
draw_time (Drawing *drawing, SfTime t)
{
  g_autofree char *text = NULL;
  SfTime fraction = t % SF_SEC;

  if (t == drawing->shown)
    return;
  drawing->shown = t;
  if (drawing->layout->time_digits == 6)
    fraction /= SF_USEC;
  text = g_strdup_printf ("%" G_GINT64_FORMAT ".%0*" G_GINT64_FORMAT, t / SF_SEC, drawing->layout->time_digits, fraction);
  sf_canvas_text (&drawing->canvas, drawing->layout->time_width - sf_text_columns (text), text, SF_STYLE_PLAIN);
}

static void
begin_line (Drawing *drawing)
{
  draw_lifelines (drawing);
  draw_through (drawing);
}

static void
end_line (Drawing *drawing)
{
  sf_canvas_flush (&drawing->canvas, drawing->out);
}

/* Writes `line` to the columns from `first` to `last`, at their right end or their left. */
static void
draw_aligned (Drawing *drawing, int first, int last, gboolean at_right, const char *line, SfStyle style)
{
  sf_canvas_text (&drawing->canvas, at_right ? MAX (first, last + 1 - sf_text_columns (line)) : first, line, style);
}

/* Takes from the columns `*first` to `*last` those that the line on its way down needs. */
static void
leave_through (const Drawing *drawing, int *first, int *last)
{
  int bend;

  if (drawing->through == SF_NO_LEG)
    return;
  bend = sf_timeline_path (drawing->layout, drawing->through).bend;
  if (bend < *first || bend > *last)
    return;
  if (bend - *first > *last - bend)
    *last = bend - 2;
  else
    *first = bend + 2;
}

/* States. */

static void
draw_state (Drawing *drawing, const SfRow *row)
{
  const SfTimelineLayout *layout = drawing->layout;
  int column;

  if (row->state == NULL || !sf_timeline_is_outer (layout, row->host))
    return;
  column = layout->column[row->host];
  if (row->host == layout->host[0])
    sf_canvas_text (&drawing->canvas, column - 1 - sf_text_columns (row->state), row->state, SF_STYLE_STATE);
  else
    sf_canvas_text (&drawing->canvas, column + 2, row->state, SF_STYLE_STATE);
}

/* A host in the middle has no place beside its lifeline where no arrow passes: its states get lines of their own. */
static void
draw_inner_state (Drawing *drawing, const SfRow *row)
{
  if (row->state == NULL || sf_timeline_is_outer (drawing->layout, row->host))
    return;
  begin_line (drawing);
  draw_time (drawing, row->t);
  sf_canvas_text (&drawing->canvas, drawing->layout->column[row->host] + 2, row->state, SF_STYLE_STATE);
  end_line (drawing);
}

/* Notes. */

static const struct
{
  SfStyle style;
  gboolean has_glyph;
  SfGlyph at_left, at_right; /* of a host whose lifeline is to the left or to the right of the words */
} voices[] = {
  [SF_VOICE_CALL] = { SF_STYLE_CALL, TRUE, SF_GLYPH_CALL_RIGHT, SF_GLYPH_CALL_LEFT },
  [SF_VOICE_TIMER] = { SF_STYLE_TIMER, TRUE, SF_GLYPH_TIMER, SF_GLYPH_TIMER },
  [SF_VOICE_REMARK] = { SF_STYLE_FAINT, FALSE, 0, 0 },
  [SF_VOICE_ALARM] = { SF_STYLE_ALARM, TRUE, SF_GLYPH_ALARM, SF_GLYPH_ALARM },
};

static void
draw_note (Drawing *drawing, const SfRow *row)
{
  g_autofree char *text = g_strdup_printf (row->voice == SF_VOICE_REMARK ? "(%s)" : "%s", row->text);
  gboolean has_glyph = voices[row->voice].has_glyph;
  g_autoptr (GPtrArray) lines = NULL;
  int first, last;
  gboolean at_right = sf_timeline_room (drawing->layout, row->host, &first, &last);

  leave_through (drawing, &first, &last);
  if (has_glyph && at_right)
    last -= 2;
  else if (has_glyph)
    first += 2;
  lines = sf_wrap (text, MAX (last + 1 - first, 1));
  for (guint i = 0; i < lines->len; i++)
    {
      begin_line (drawing);
      if (i == 0)
        {
          draw_time (drawing, row->t);
          draw_state (drawing, row);
          if (has_glyph)
            sf_canvas_glyph (&drawing->canvas, at_right ? last + 2 : first - 2,
                             at_right ? voices[row->voice].at_right : voices[row->voice].at_left,
                             voices[row->voice].style);
        }
      draw_aligned (drawing, first, last, at_right, g_ptr_array_index (lines, i), voices[row->voice].style);
      end_line (drawing);
    }
}

static void
draw_note_row (Drawing *drawing, const SfRow *row)
{
  if (row->text != NULL)
    draw_note (drawing, row);
  else if (sf_timeline_is_outer (drawing->layout, row->host))
    {
      begin_line (drawing);
      draw_time (drawing, row->t);
      draw_state (drawing, row);
      end_line (drawing);
    }
  draw_inner_state (drawing, row);
}

/* Writes `text` in the middle of the diagram; with `dots` left and right of it. */
static void
draw_middle (Drawing *drawing, const char *text, gboolean dots, SfStyle style)
{
  const SfTimelineLayout *layout = drawing->layout;
  int left = layout->column[layout->host[0]];
  int right = layout->n_hosts > 1 ? layout->column[layout->host[layout->n_hosts - 1]] : (int) layout->width - 1;
  int columns = sf_text_columns (text);
  int at = MAX (left + 2, (left + right - columns) / 2);

  sf_canvas_text (&drawing->canvas, at, text, style);
  for (int i = 0; dots && i < 3; i++)
    {
      sf_canvas_glyph (&drawing->canvas, at - 3 - 2 * i, SF_GLYPH_DOT, style);
      sf_canvas_glyph (&drawing->canvas, at + columns + 2 + 2 * i, SF_GLYPH_DOT, style);
    }
}

static void
draw_world (Drawing *drawing, SfTime t, const char *text)
{
  begin_line (drawing);
  draw_time (drawing, t);
  draw_middle (drawing, text, FALSE, SF_STYLE_ALARM);
  end_line (drawing);
}

static void
draw_silence (Drawing *drawing, SfTime length)
{
  g_autoptr (GString) text = g_string_new (NULL);

  sf_words_duration (text, length);
  begin_line (drawing);
  draw_middle (drawing, text->str, TRUE, SF_STYLE_FAINT);
  end_line (drawing);
}

/* Segments. */

/* Returns the notation of the segment of `leg` for the row of `record`, in short if so wanted. */
static char *
segment_text (const Drawing *drawing, const SfLeg *leg, guint record, SfTextFlags how)
{
  const SfStory *story = drawing->rows->story;
  g_autofree char *label = sf_rows_conn_label (drawing->rows, leg->seg->conn, record);
  GString *text = g_string_new (label);

  sf_segment_text (text, leg->seg, sf_story_host_name (story, leg->seg->from), sf_story_host_name (story, leg->seg->to),
                   how);
  return g_string_free (text, FALSE);
}

/* Shortens the notation `text` to what fits into `columns`, and returns the rest; NULL if not even the sequence numbers do. */
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
leave_remarks (const Drawing *drawing, const SfLeg *leg, gboolean ends_here)
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
    g_string_append (text, " (retransmission: same sequence number)");
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
    g_string_append (text, " (still on its way at the end)");
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
arrow_end (const Drawing *drawing, guint leg_number)
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

/* The number of an arrow stands close to where it is going. */
static int
tag_column (const SfLegPath *path)
{
  return path->bend + path->leave_way * (SF_TIMELINE_BEND - 2);
}

static void
leaving_init (Leaving *leaving, const Drawing *drawing, guint number)
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
  far = leaving->end == END_TAGGED ? tag_column (&leaving->path) - way * (sf_text_columns (tag) - 1) : leaving->path.bend;
  leaving->first = way > 0 ? leaving->path.from + WIRES + 2 : far + 3;
  leaving->last = way > 0 ? far - 3 : leaving->path.from - WIRES - 2;
  leaving->rest = cut_notation (leaving->notation, leaving->last + 1 - leaving->first);
  leaving->label = leaving->rest != NULL ? g_strdup (leaving->notation) : NULL;
}

/* Where not even the sequence numbers fit on the arrow, `text` stands above it, in lines as long as need be. */
static void
draw_above (Drawing *drawing, const SfRow *row, const Leaving *leaving, const char *text, SfStyle style)
{
  int first = drawing->layout->time_width + 2;
  int last = (int) drawing->layout->width - 1;
  g_autoptr (GPtrArray) lines = sf_wrap (text, last + 1 - first);

  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);
      int column = MIN (leaving->path.from, leaving->path.to) + WIRES;

      begin_line (drawing);
      draw_time (drawing, row->t);
      sf_canvas_text (&drawing->canvas, CLAMP (last + 1 - sf_text_columns (line), first, column), line, style);
      end_line (drawing);
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
draw_leaving_end (Drawing *drawing, const Leaving *leaving, int last)
{
  const SfLegView *view = &drawing->layout->legs[leaving->number];
  g_autofree char *tag = g_strdup_printf ("(%u)", view->tag);
  int way = leaving->path.leave_way;
  SfStyle style = way_style (way);

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
draw_arrow_line (Drawing *drawing, const SfRow *row, const Leaving *leaving)
{
  gboolean broken = sf_story_record (drawing->rows->story, leaving->leg->leave)->head.kind != SF_RECORD_SEND;
  int way = leaving->path.leave_way;
  int start = leaving->path.from + way * (broken ? WIRES : 1);
  int last = leaving->end == END_LOST || leaving->end == END_HELD ? stop_column (leaving)
             : leaving->end == END_TAGGED                         ? tag_column (&leaving->path)
                                                                  : leaving->path.bend;

  begin_line (drawing);
  draw_time (drawing, row->t);
  draw_state (drawing, row);
  sf_canvas_fill (&drawing->canvas, MIN (start, last), MAX (start, last), broken ? SF_GLYPH_COPY_WIRE : SF_GLYPH_WIRE,
                  way_style (way));
  draw_leaving_end (drawing, leaving, last);
  if (leaving->label != NULL)
    {
      g_autofree char *padded = g_strdup_printf (" %s ", leaving->label);

      draw_aligned (drawing, leaving->first - 1, leaving->last + 1, way < 0, padded, SF_STYLE_PLAIN);
    }
  end_line (drawing);
}

static void
draw_tail_line (Drawing *drawing, const Leaving *leaving, const char *line)
{
  draw_aligned (drawing, leaving->first, leaving->last, leaving->path.leave_way < 0, line, SF_STYLE_FAINT);
}

/* Draws what did not fit on the arrow: in lines of its own, or, if one is enough and the arrival is the next row, there. */
static void
draw_tail (Drawing *drawing, guint row_number, const Leaving *leaving, const char *remarks)
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
      begin_line (drawing);
      draw_tail_line (drawing, leaving, g_ptr_array_index (lines, i));
      end_line (drawing);
    }
}

static void
draw_leave (Drawing *drawing, guint row_number)
{
  const SfRow *row = sf_row (drawing->rows, row_number);
  g_auto (Leaving) leaving = { 0 };
  g_autofree char *remarks = NULL;

  leaving_init (&leaving, drawing, row->leg);
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
  draw_inner_state (drawing, row);
}

/* Draws the last piece of an arrow: its head, or the cross where it is lost. */
static void
draw_arrow_head (Drawing *drawing, const SfLegPath *path, gboolean lost)
{
  int way = path->end_way;
  int last = lost ? path->bend + 2 * way : path->to - way;
  SfStyle style = way_style (path->leave_way);

  sf_canvas_fill (&drawing->canvas, MIN (path->bend + way, last), MAX (path->bend + way, last), SF_GLYPH_WIRE, style);
  if (lost)
    sf_canvas_glyph (&drawing->canvas, last, SF_GLYPH_CROSS, SF_STYLE_ALARM);
  else
    sf_canvas_glyph (&drawing->canvas, last, way > 0 ? SF_GLYPH_HEAD_RIGHT : SF_GLYPH_HEAD_LEFT, style);
}

/* Returns what stands before the arrow where it ends: which one it is, and why it is lost. */
static char *
end_text (const Drawing *drawing, guint number, gboolean lost)
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

static void
draw_end (Drawing *drawing, const SfRow *row)
{
  const SfLeg *leg = sf_leg (drawing->rows->legs, row->leg);
  const SfLegView *view = &drawing->layout->legs[row->leg];
  gboolean lost = sf_story_record (drawing->rows->story, leg->end)->head.kind == SF_RECORD_FATE;
  g_autofree char *text = end_text (drawing, row->leg, lost);
  SfLegPath path = sf_timeline_path (drawing->layout, row->leg);
  int way = path.end_way;

  drawing->through = SF_NO_LEG;
  begin_line (drawing);
  draw_time (drawing, row->t);
  draw_state (drawing, row);
  if (view->joined)
    {
      /* A tail stands below its label, what names an arrow stands close to it. */
      if (drawing->tail != NULL)
        draw_aligned (drawing, way > 0 ? path.from + WIRES + 2 : path.bend + 2,
                      way > 0 ? path.bend - 2 : path.from - WIRES - 2, way < 0, text, SF_STYLE_FAINT);
      else
        draw_aligned (drawing, way > 0 ? 0 : path.bend + 2, way > 0 ? path.bend - 2 : (int) drawing->canvas.width - 1,
                      way > 0, text, SF_STYLE_ALARM);
      sf_canvas_glyph (&drawing->canvas, path.bend, way > 0 ? SF_GLYPH_TURN_RIGHT : SF_GLYPH_TURN_LEFT,
                       way_style (path.leave_way));
    }
  else
    draw_aligned (drawing, way > 0 ? 0 : path.bend + 1, way > 0 ? path.bend - 1 : (int) drawing->canvas.width - 1, way > 0,
                  text, SF_STYLE_PLAIN);
  draw_arrow_head (drawing, &path, lost);
  end_line (drawing);
  g_clear_pointer (&drawing->tail, g_ptr_array_unref);
  draw_inner_state (drawing, row);
}

/* The whole. */

static void
draw_row (Drawing *drawing, guint i)
{
  const SfRow *row = sf_row (drawing->rows, i);

  drawing->alive = row->alive;
  drawing->up = row->up;
  switch (row->kind)
    {
    case SF_ROW_LEAVE:
      draw_leave (drawing, i);
      break;
    case SF_ROW_END:
      draw_end (drawing, row);
      break;
    case SF_ROW_NOTE:
      draw_note_row (drawing, row);
      break;
    case SF_ROW_WORLD:
      draw_world (drawing, row->t, row->text);
      break;
    }
}

/* The names of the hosts above their lifelines, and their addresses. */
static void
draw_heads (Drawing *drawing)
{
  const SfTimelineLayout *layout = drawing->layout;

  for (guint line = 0; line < 2; line++)
    {
      for (guint i = 0; i < layout->n_hosts; i++)
        {
          const SfStoryHost *host = &g_array_index (drawing->rows->story->hosts, SfStoryHost, layout->host[i]);
          g_autofree char *text
              = line == 0 ? g_strdup (host->name)
                          : g_strdup_printf ("%u.%u.%u.%u", host->addr >> 24, host->addr >> 16 & 0xff,
                                             host->addr >> 8 & 0xff, host->addr & 0xff);
          int columns = sf_text_columns (text);
          int column = layout->column[layout->host[i]] - columns / 2;

          sf_canvas_text (&drawing->canvas, CLAMP (column, 0, MAX (0, (int) layout->width - columns)), text,
                          line == 0 ? SF_STYLE_STATE : SF_STYLE_FAINT);
        }
      end_line (drawing);
    }
}

static void
draw_ending (Drawing *drawing, const SfTimelineOptions *options, SfTime last)
{
  static const char *const endings[] = {
    [SF_END_IDLE] = "nothing is left to do",
    [SF_END_UNTIL] = "the scenario ends here",
    [SF_END_TIME_LIMIT] = "stopped: the limit of simulated time is reached",
    [SF_END_EVENT_LIMIT] = "stopped: the limit of events is reached",
  };
  const SfStory *story = drawing->rows->story;

  if (story->end_time < options->from || (options->to != 0 && story->end_time > options->to))
    return;
  if (story->end_time - last >= drawing->layout->fold)
    draw_silence (drawing, story->end_time - last);
  draw_world (drawing, story->end_time, endings[story->end]);
}

void
sf_timeline (GString *out, const SfStory *story, const SfTimelineOptions *options)
{
  static const SfTimelineOptions defaults = { 0 };
  const SfTimelineOptions *how = options != NULL ? options : &defaults;
  g_autoptr (SfRows) rows = sf_rows_new (story);
  g_autoptr (SfTimelineLayout) layout = sf_timeline_layout_new (rows, how);
  Drawing drawing = {
    .rows = rows, .layout = layout, .out = out, .shown = -1, .up = G_MAXUINT64, .through = SF_NO_LEG,
  };
  SfTime last = how->from;

  if (layout->n_hosts == 0)
    return;
  sf_canvas_init (&drawing.canvas, layout->width, how->ascii, how->colour);
  draw_heads (&drawing);
  for (guint i = layout->first; i < layout->last; i++)
    {
      if (sf_row (rows, i)->t - last >= layout->fold)
        draw_silence (&drawing, sf_row (rows, i)->t - last);
      last = sf_row (rows, i)->t;
      draw_row (&drawing, i);
    }
  draw_ending (&drawing, how, last);
  sf_canvas_clear (&drawing.canvas);
}
