/* SPDX-License-Identifier: MIT
 *
 * A line of text under construction: cells of a terminal that can be written to in any order.
 */
#pragma once

#include "base/columns.h"

/* What a cell shows; this decides its color. */
typedef enum
{
  SF_STYLE_PLAIN,
  SF_STYLE_FAINT, /* lifelines, remarks */
  SF_STYLE_STATE,
  SF_STYLE_RIGHT, /* segments to the right */
  SF_STYLE_LEFT,  /* and to the left */
  SF_STYLE_CALL,  /* calls of applications */
  SF_STYLE_TIMER,
  SF_STYLE_ALARM, /* what is lost or wrong */
} SfCellStyle;

/* The characters of diagrams. */
typedef enum
{
  SF_GLYPH_LIFELINE,        /* lifeline of a host that has a connection */
  SF_GLYPH_BROKEN_LIFELINE, /* of a host that has none */
  SF_GLYPH_SHAFT,           /* the shaft of an arrow */
  SF_GLYPH_BROKEN_SHAFT,    /* of an arrow that no host sent */
  SF_GLYPH_DOWN,            /* an arrow on its way down */
  SF_GLYPH_CROSS,           /* lost */
  SF_GLYPH_HELD,
  SF_GLYPH_DOT, /* of a long silence */
  SF_GLYPH_TIMER,
  SF_GLYPH_ALARM,
  SF_GLYPH_HEAD_RIGHT,
  SF_GLYPH_HEAD_LEFT,
  SF_GLYPH_BEND_RIGHT, /* where an arrow to the right bends down */
  SF_GLYPH_BEND_LEFT,
  SF_GLYPH_TURN_RIGHT, /* where it goes on to the right */
  SF_GLYPH_TURN_LEFT,
  SF_GLYPH_CALL_RIGHT, /* a call, of the host on the left */
  SF_GLYPH_CALL_LEFT,
  SF_N_GLYPHS
} SfGlyph;

typedef struct
{
  guint width;
  gboolean ascii, color;
  gunichar *cells; /* the characters; 0: the right half of a wide one */
  guint8 *styles;
} SfCanvas;

/* Makes `canvas` an empty line of `width` cells. `ascii`: only ASCII characters; `color`: with ANSI escape sequences.
 */
void sf_canvas_init (SfCanvas *canvas, guint width, gboolean ascii, gboolean color);
void sf_canvas_clear (SfCanvas *canvas);

/* Writes `text` (UTF-8) from `column` on. What would be outside the line is cut off. */
void sf_canvas_text (SfCanvas *canvas, int column, const char *text, SfCellStyle style);

void sf_canvas_glyph (SfCanvas *canvas, int column, SfGlyph glyph, SfCellStyle style);

/* Writes `glyph` to the columns `first` to `last`, inclusive; nothing if `last` is before `first`. */
void sf_canvas_fill (SfCanvas *canvas, int first, int last, SfGlyph glyph, SfCellStyle style);

/* Appends the line to `out`, without trailing blanks and with a newline, and empties the canvas. */
void sf_canvas_flush (SfCanvas *canvas, GString *out);
