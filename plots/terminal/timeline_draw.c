/* SPDX-License-Identifier: MIT */
#include "plots/terminal/timeline_draw.h"

#include "base/units.h"

#include <string.h>

static void
draw_lifelines (SfTimelineDrawing *drawing)
{
  const SfTimelineLayout *layout = drawing->layout;

  for (guint i = 0; i < layout->n_hosts; i++)
    {
      guint64 bit = sf_row_bit (layout->host[i]);

      if (bit == 0 || (drawing->up & bit) != 0)
        sf_canvas_glyph (&drawing->canvas, layout->column[layout->host[i]],
                         bit == 0 || (drawing->alive & bit) != 0 ? SF_GLYPH_LIFELINE : SF_GLYPH_BROKEN_LIFELINE,
                         SF_STYLE_FAINT);
    }
}

SfCellStyle
sf_timeline_draw_heading_style (int heading)
{
  return heading > 0 ? SF_STYLE_RIGHT : SF_STYLE_LEFT;
}

/* Draws the line that joins the two rows of a transit, on its way down. */
static void
draw_through (SfTimelineDrawing *drawing)
{
  SfTransitPath path;

  if (drawing->through == SF_NO_TRANSIT)
    return;
  path = sf_timeline_path (drawing->layout, drawing->through);
  sf_canvas_glyph (&drawing->canvas, path.bend, SF_GLYPH_DOWN, sf_timeline_draw_heading_style (path.leave_heading));
}

void
sf_timeline_draw_time (SfTimelineDrawing *drawing, SfTime t)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (t == drawing->shown)
    return;
  drawing->shown = t;
  sf_append_seconds (text, t, drawing->layout->time_digits);
  sf_canvas_text (&drawing->canvas, drawing->layout->time_width - sf_columns (text->str), text->str, SF_STYLE_PLAIN);
}

void
sf_timeline_draw_begin_line (SfTimelineDrawing *drawing)
{
  draw_lifelines (drawing);
  draw_through (drawing);
}

void
sf_timeline_draw_end_line (SfTimelineDrawing *drawing)
{
  sf_canvas_flush (&drawing->canvas, drawing->out);
}

void
sf_timeline_draw_aligned (SfTimelineDrawing *drawing, int first, int last, gboolean at_right, const char *line,
                          SfCellStyle style)
{
  sf_canvas_text (&drawing->canvas, at_right ? MAX (first, last + 1 - sf_columns (line)) : first, line, style);
}

void
sf_timeline_draw_state (SfTimelineDrawing *drawing, const SfRow *row)
{
  const SfTimelineLayout *layout = drawing->layout;
  int column;

  if (row->state == NULL || !sf_timeline_is_outer (layout, row->host))
    return;
  column = layout->column[row->host];
  if (row->host == layout->host[0])
    sf_canvas_text (&drawing->canvas, column - 1 - sf_columns (row->state), row->state, SF_STYLE_STATE);
  else
    sf_canvas_text (&drawing->canvas, column + 2, row->state, SF_STYLE_STATE);
}

void
sf_timeline_draw_inner_state (SfTimelineDrawing *drawing, const SfRow *row)
{
  if (row->state == NULL || sf_timeline_is_outer (drawing->layout, row->host))
    return;
  sf_timeline_draw_begin_line (drawing);
  sf_timeline_draw_time (drawing, row->t);
  sf_canvas_text (&drawing->canvas, drawing->layout->column[row->host] + 2, row->state, SF_STYLE_STATE);
  sf_timeline_draw_end_line (drawing);
}
