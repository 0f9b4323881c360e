/* SPDX-License-Identifier: MIT */
#include "plots/terminal/timeline.h"

#include "base/columns.h"
#include "base/gettext.h"
#include "base/units.h"
#include "plots/terminal/letters.h"
#include "plots/terminal/timeline_draw.h"
#include "trace/words.h"

#include <string.h>

/* Shrinks the columns `*first` to `*last`, so that they leave out the arrow on its way down. */
static void
leave_through (const SfTimelineDrawing *drawing, int *first, int *last)
{
  int bend;

  if (drawing->through == SF_NO_TRANSIT)
    return;
  bend = sf_timeline_path (drawing->layout, drawing->through).bend;
  if (bend < *first || bend > *last)
    return;
  if (bend - *first > *last - bend)
    *last = bend - 2;
  else
    *first = bend + 2;
}

/* Notes. */

static const struct
{
  SfCellStyle style;
  gboolean has_glyph;
  SfGlyph at_left, at_right; /* the sign if the lifeline is to the left, or to the right, of the words */
} voices[] = {
  [SF_SPEAKER_CALL] = { SF_STYLE_CALL, TRUE, SF_GLYPH_CALL_RIGHT, SF_GLYPH_CALL_LEFT },
  [SF_SPEAKER_TIMER] = { SF_STYLE_TIMER, TRUE, SF_GLYPH_TIMER, SF_GLYPH_TIMER },
  [SF_SPEAKER_REMARK] = { SF_STYLE_FAINT, FALSE, 0, 0 },
  [SF_SPEAKER_ALARM] = { SF_STYLE_ALARM, TRUE, SF_GLYPH_ALARM, SF_GLYPH_ALARM },
};

static void
draw_note (SfTimelineDrawing *drawing, const SfRow *row)
{
  g_autofree char *text = g_strdup_printf (row->speaker == SF_SPEAKER_REMARK ? "(%s)" : "%s", row->text);
  gboolean has_glyph = voices[row->speaker].has_glyph;
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
      sf_timeline_draw_begin_line (drawing);
      if (i == 0)
        {
          sf_timeline_draw_time (drawing, row->t);
          sf_timeline_draw_state (drawing, row);
          if (has_glyph)
            sf_canvas_glyph (&drawing->canvas, at_right ? last + 2 : first - 2,
                             at_right ? voices[row->speaker].at_right : voices[row->speaker].at_left,
                             voices[row->speaker].style);
        }
      sf_timeline_draw_aligned (drawing, first, last, at_right, g_ptr_array_index (lines, i),
                                voices[row->speaker].style);
      sf_timeline_draw_end_line (drawing);
    }
}

static void
draw_note_row (SfTimelineDrawing *drawing, const SfRow *row)
{
  if (row->text != NULL)
    draw_note (drawing, row);
  else if (sf_timeline_is_outer (drawing->layout, row->host))
    {
      sf_timeline_draw_begin_line (drawing);
      sf_timeline_draw_time (drawing, row->t);
      sf_timeline_draw_state (drawing, row);
      sf_timeline_draw_end_line (drawing);
    }
  sf_timeline_draw_inner_state (drawing, row);
}

/* Writes `text` in the middle of the diagram, with dots on both sides if `dots`. */
static void
draw_middle (SfTimelineDrawing *drawing, const char *text, gboolean dots, SfCellStyle style)
{
  const SfTimelineLayout *layout = drawing->layout;
  int left = layout->column[layout->host[0]];
  int right = layout->n_hosts > 1 ? layout->column[layout->host[layout->n_hosts - 1]] : (int) layout->width - 1;
  int columns = sf_columns (text);
  int at = MAX (left + 2, (left + right - columns) / 2);

  sf_canvas_text (&drawing->canvas, at, text, style);
  for (int i = 0; dots && i < 3; i++)
    {
      sf_canvas_glyph (&drawing->canvas, at - 3 - 2 * i, SF_GLYPH_DOT, style);
      sf_canvas_glyph (&drawing->canvas, at + columns + 2 + 2 * i, SF_GLYPH_DOT, style);
    }
}

static void
draw_world (SfTimelineDrawing *drawing, SfTime t, const char *text, SfCellStyle style)
{
  sf_timeline_draw_begin_line (drawing);
  sf_timeline_draw_time (drawing, t);
  draw_middle (drawing, text, FALSE, style);
  sf_timeline_draw_end_line (drawing);
}

static void
draw_silence (SfTimelineDrawing *drawing, SfTime length)
{
  g_autoptr (GString) text = g_string_new (NULL);

  sf_words_duration (text, length);
  sf_timeline_draw_begin_line (drawing);
  draw_middle (drawing, text->str, TRUE, SF_STYLE_FAINT);
  sf_timeline_draw_end_line (drawing);
}

/* The whole diagram. */

static void
draw_row (SfTimelineDrawing *drawing, guint i)
{
  const SfRow *row = sf_row (drawing->rows, i);

  drawing->alive = row->alive;
  drawing->up = row->up;
  switch (row->kind)
    {
    case SF_ROW_LEAVE:
      sf_timeline_draw_leave (drawing, i);
      break;
    case SF_ROW_END:
      sf_timeline_draw_end (drawing, row);
      break;
    case SF_ROW_NOTE:
      draw_note_row (drawing, row);
      break;
    case SF_ROW_WORLD:
      draw_world (drawing, row->t, row->text, SF_STYLE_ALARM);
      break;
    }
}

/* Stores the columns that are nearer to lifeline number `i` than to any other. */
static void
head_room (const SfTimelineLayout *layout, guint i, int *ret_first, int *ret_last)
{
  int column = layout->column[layout->host[i]];

  *ret_first = i > 0 ? (layout->column[layout->host[i - 1]] + column) / 2 + 1 : 0;
  *ret_last = i + 1 < layout->n_hosts ? (column + layout->column[layout->host[i + 1]]) / 2 - 1
                                      : (int) layout->width - 1;
}

/* Returns the head of lifeline number `i`: the name of the host, or its address. */
static char *
head_text (const SfTimelineDrawing *drawing, guint i, gboolean address)
{
  const SfTrace *trace = drawing->rows->trace;
  const SfTraceHost *host = &g_array_index (trace->hosts, SfTraceHost, drawing->layout->host[i]);
  g_autoptr (GString) text = g_string_new (NULL);

  if (address)
    sf_append_address (text, host->addr);
  else
    g_string_append (text, host->name);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Writes a line of heads. What does not fit is cut off. */
static void
draw_heads (SfTimelineDrawing *drawing, gboolean address)
{
  const SfTimelineLayout *layout = drawing->layout;

  for (guint i = 0; i < layout->n_hosts; i++)
    {
      g_autofree char *text = head_text (drawing, i, address);
      g_autoptr (GPtrArray) lines = NULL;
      const char *line;
      int first, last, column;

      head_room (layout, i, &first, &last);
      lines = sf_wrap (text, MAX (last + 1 - first, 1));
      line = lines->len > 0 ? g_ptr_array_index (lines, 0) : "";
      column = layout->column[layout->host[i]] - sf_columns (line) / 2;
      sf_canvas_text (&drawing->canvas, CLAMP (column, first, MAX (first, last + 1 - sf_columns (line))), line,
                      address ? SF_STYLE_FAINT : SF_STYLE_STATE);
    }
  sf_timeline_draw_end_line (drawing);
}

/* TRUE if all addresses fit. Otherwise none is shown. */
static gboolean
addresses_fit (const SfTimelineDrawing *drawing)
{
  for (guint i = 0; i < drawing->layout->n_hosts; i++)
    {
      g_autofree char *text = head_text (drawing, i, TRUE);
      int first, last;

      head_room (drawing->layout, i, &first, &last);
      if (sf_columns (text) > last + 1 - first)
        return FALSE;
    }
  return TRUE;
}

static void
draw_ending (SfTimelineDrawing *drawing, const SfTimelineOptions *options, SfTime last)
{
  const SfTrace *trace = drawing->rows->trace;

  if (trace->end_time < options->from || (options->to != 0 && trace->end_time > options->to))
    return;
  if (trace->end_time - last >= drawing->layout->fold)
    draw_silence (drawing, trace->end_time - last);
  draw_world (drawing, trace->end_time, sf_rows_ending (drawing->rows), SF_STYLE_FAINT);
}

/* The diagram. */
static void
draw_all (GString *out, const SfTrace *trace, const SfTimelineOptions *how)
{
  g_autoptr (SfRows) rows = sf_rows_new (trace, how->lang);
  g_autoptr (SfTimelineLayout) layout = sf_timeline_layout_new (rows, how);
  SfTimelineDrawing drawing = {
    .rows = rows,
    .layout = layout,
    .out = out,
    .shown = -1,
    .up = G_MAXUINT64,
    .through = SF_NO_TRANSIT,
  };
  SfTime last = how->from;

  if (layout->n_hosts == 0)
    return;
  drawing.window = g_new (gint32, rows->n_conns);
  for (guint32 i = 0; i < rows->n_conns; i++)
    drawing.window[i] = -1;
  sf_canvas_init (&drawing.canvas, layout->width, how->ascii, how->color);
  draw_heads (&drawing, FALSE);
  if (addresses_fit (&drawing))
    draw_heads (&drawing, TRUE);
  for (guint i = layout->first; i < layout->last; i++)
    {
      if (sf_row (rows, i)->t - last >= layout->fold)
        draw_silence (&drawing, sf_row (rows, i)->t - last);
      last = sf_row (rows, i)->t;
      draw_row (&drawing, i);
    }
  draw_ending (&drawing, how, last);
  sf_canvas_clear (&drawing.canvas);
  g_free (drawing.window);
}

void
sf_timeline (GString *out, const SfTrace *trace, const SfTimelineOptions *options)
{
  static const SfTimelineOptions defaults = { 0 };
  const SfTimelineOptions *how = options != NULL ? options : &defaults;

  if (how->voice == SF_VOICE_LETTERS)
    sf_letters (out, trace, how);
  else
    draw_all (out, trace, how);
}
