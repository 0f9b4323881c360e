/* SPDX-License-Identifier: MIT
 *
 * A page of a diagram before it is drawn: shapes and labels at their places, in points (1/72 inch), x to the right and
 * y down from the upper left corner. Layout code fills a scene; plots/page/gnuplot_scene.h draws it. Since a scene has
 * all coordinates, a test can check on any page that no two labels overlap.
 *
 * Shapes are drawn in the order in which they were added, labels on top of all shapes.
 */
#pragma once

#include "plots/page/text_width.h"

/* What a shape or label means; this decides its color. Nothing is shown by color alone: states have names, arrows have
 * heads and dashes, losses have a cross. Color-blind readers can tell the colors apart, and so can readers of a gray
 * print, by lightness. */
typedef enum
{
  SF_INK_TEXT,
  SF_INK_FAINT, /* rules, axes, remarks */
  SF_INK_PAPER,
  SF_INK_RIGHT, /* segments to the right */
  SF_INK_LEFT,
  SF_INK_CALL,
  SF_INK_TIMER,
  SF_INK_ALARM,
  SF_INK_MARK,  /* a highlight: where two runs part */
  SF_INK_STATE, /* SF_INK_STATE + s: state s (SfState) */
  SF_N_INKS = SF_INK_STATE + 12
} SfInk;

/* Returns the color as 0xRRGGBB. */
guint32 sf_ink_rgb (SfInk ink);

typedef enum
{
  SF_DASH_SOLID,
  SF_DASH_DASHED,
  SF_DASH_DOTTED,
} SfDash;

typedef enum
{
  SF_SHAPE_LINE,
  SF_SHAPE_ARROW, /* a line with a head at its second end */
  SF_SHAPE_RECT,  /* filled; (x1, y1) and (x2, y2) are opposite corners */
  SF_SHAPE_FRAME, /* only the outline of a rectangle */
} SfShapeKind;

typedef struct
{
  SfShapeKind kind;
  SfInk ink;
  SfDash dash;
  double width; /* of the line, in points */
  double x1, y1, x2, y2;
} SfShape;

typedef enum
{
  SF_ALIGN_LEFT,
  SF_ALIGN_CENTER,
  SF_ALIGN_RIGHT,
} SfAlign;

typedef struct
{
  char *text;
  double x,
    y; /* anchor: vertically the middle of the text; horizontally its left end, center or right end, as `align` says */
  SfAlign align;
  double size;  /* of the font, in points */
  double angle; /* in degrees, counter-clockwise, around (x, y) */
  gboolean bold;
  SfInk ink;
} SfLabel;

typedef struct
{
  double width, height;
  char *title;    /* of this page, one line */
  char *desc;     /* description for those who cannot see it; NULL: nothing but the title */
  GArray *shapes; /* SfShape */
  GArray *labels; /* SfLabel */
} SfScene;

/* The box around a label: its corners, in order around it. It is rotated as the label is. */
typedef struct
{
  double x[4], y[4];
} SfLabelBox;

/* Returns an empty page without title. */
SfScene *sf_scene_new (double width, double height);
void sf_scene_free (SfScene *scene);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfScene, sf_scene_free)

void sf_scene_line (SfScene *scene, SfInk ink, SfDash dash, double width, double x1, double y1, double x2, double y2);
void sf_scene_arrow (SfScene *scene, SfInk ink, SfDash dash, double width, double x1, double y1, double x2, double y2);
void sf_scene_rect (SfScene *scene, SfInk ink, double x1, double y1, double x2, double y2);
void sf_scene_frame (SfScene *scene, SfInk ink, double width, double x1, double y1, double x2, double y2);

/* Adds `label`; its text is copied. */
void sf_scene_label (SfScene *scene, const SfLabel *label);

/* Returns the box around `label`. */
SfLabelBox sf_label_box (const SfLabel *label);

/* TRUE if the boxes overlap; touching edges do not count. */
gboolean sf_label_boxes_overlap (const SfLabelBox *a, const SfLabelBox *b);
