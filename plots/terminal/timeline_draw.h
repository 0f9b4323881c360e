/* SPDX-License-Identifier: MIT
 *
 * The text diagram while it is drawn, line by line: what all that draws into it needs. A line is begun (lifelines),
 * written to and ended. The diagram is drawn by timeline.c (rows, notes) and timeline_arrows.c (segments).
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
  guint through;   /* transit that is joined and runs down past the rows now, SF_NO_TRANSIT */
  GPtrArray *tail; /* lines for the row of arrival of that transit, NULL: none */
  gint32 *window;  /* by connection: the window that it announced last, -1: none */
} SfTimelineDrawing;

/* Begins a line: lifelines, and the arrow that is on its way down. */
void sf_timeline_draw_begin_line (SfTimelineDrawing *drawing);
void sf_timeline_draw_end_line (SfTimelineDrawing *drawing);

/* Writes the time of the line, unless it is that of the line before. */
void sf_timeline_draw_time (SfTimelineDrawing *drawing, SfTime t);

/* Writes `line` to the columns from `first` to `last`, at their right end or their left. */
void sf_timeline_draw_aligned (SfTimelineDrawing *drawing, int first, int last, gboolean at_right, const char *line,
                               SfCellStyle style);

/* Writes the new state of `row`, if it has one, beside an outermost lifeline. */
void sf_timeline_draw_state (SfTimelineDrawing *drawing, const SfRow *row);

/* The same for a host in the middle, which has no place beside its lifeline where no arrow passes: in a line of its
 * own. */
void sf_timeline_draw_inner_state (SfTimelineDrawing *drawing, const SfRow *row);

/* Returns the style of arrows to the right (1) or to the left (-1). */
SfCellStyle sf_timeline_draw_heading_style (int heading);

/* Draws row number `row`, a LEAVE or an END. */
void sf_timeline_draw_leave (SfTimelineDrawing *drawing, guint row);
void sf_timeline_draw_end (SfTimelineDrawing *drawing, const SfRow *row);
