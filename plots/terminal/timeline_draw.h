/* SPDX-License-Identifier: MIT
 *
 * The text diagram while it is drawn, line by line. A line is begun (with the lifelines), written to and ended.
 * timeline.c draws rows and notes, timeline_arrows.c draws segments.
 */
#pragma once

#include "plots/terminal/canvas.h"
#include "plots/terminal/timeline_layout.h"

typedef struct
{
  const SfRows *rows;
  const SfTimelineLayout *layout;
  SfCanvas canvas;
  GString *out;
  SfTime shown; /* the time printed last, -1: none */
  guint64 alive, up;
  guint through;   /* the joined transit whose line runs down past the current row, or SF_NO_TRANSIT */
  GPtrArray *tail; /* lines to be written in the row where that transit arrives, NULL: none */
  gint32 *window;  /* by connection: the window that it advertised last, -1: none */
} SfTimelineDrawing;

/* Begins a line: draws the lifelines and the arrow on its way down. */
void sf_timeline_draw_begin_line (SfTimelineDrawing *drawing);
void sf_timeline_draw_end_line (SfTimelineDrawing *drawing);

/* Writes the time of the line, unless the line before has the same. */
void sf_timeline_draw_time (SfTimelineDrawing *drawing, SfTime t);

/* Writes `line` into the columns `first` to `last`, aligned to the right or to the left. */
void sf_timeline_draw_aligned (SfTimelineDrawing *drawing, int first, int last, gboolean at_right, const char *line,
                               SfCellStyle style);

/* Writes the new state of `row`, if it has one, outside an outermost lifeline. */
void sf_timeline_draw_state (SfTimelineDrawing *drawing, const SfRow *row);

/* The same for a host in the middle: in a line of its own, because arrows pass on both sides of its lifeline. */
void sf_timeline_draw_inner_state (SfTimelineDrawing *drawing, const SfRow *row);

/* Returns the style of arrows to the right (1) or to the left (-1). */
SfCellStyle sf_timeline_draw_heading_style (int heading);

/* Draws row number `row`, a LEAVE or an END. */
void sf_timeline_draw_leave (SfTimelineDrawing *drawing, guint row);
void sf_timeline_draw_end (SfTimelineDrawing *drawing, const SfRow *row);
