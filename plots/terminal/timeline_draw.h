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
  SfTime shown;  /* the time printed last, -1: none */
  guint64 alive, up;
  guint through; /* leg that is joined and runs down past the rows now, SF_NO_LEG */
  GPtrArray *tail; /* lines for the row of arrival of that leg, NULL: none */
  gint32 *window;  /* by connection: the window that it announced last, -1: none */
} SfDrawing;

/* Begins a line: lifelines, and the arrow that is on its way down. */
void sf_draw_begin_line (SfDrawing *drawing);
void sf_draw_end_line (SfDrawing *drawing);

/* Writes the time of the line, unless it is that of the line before. */
void sf_draw_time (SfDrawing *drawing, SfTime t);

/* Writes `line` to the columns from `first` to `last`, at their right end or their left. */
void sf_draw_aligned (SfDrawing *drawing, int first, int last, gboolean at_right, const char *line, SfStyle style);

/* Writes the new state of `row`, if it has one, beside an outermost lifeline. */
void sf_draw_state (SfDrawing *drawing, const SfRow *row);

/* The same for a host in the middle, which has no place beside its lifeline where no arrow passes: in a line of its
 * own. */
void sf_draw_inner_state (SfDrawing *drawing, const SfRow *row);

/* Returns the style of arrows to the right (1) or to the left (-1). */
SfStyle sf_draw_way_style (int way);

/* Draws row number `row`, a LEAVE or an END. */
void sf_draw_leave (SfDrawing *drawing, guint row);
void sf_draw_end (SfDrawing *drawing, const SfRow *row);
