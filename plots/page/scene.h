/* SPDX-License-Identifier: MIT
 *
 * A page of a diagram before it is drawn: shapes and labels at their places, in points (1/72 inch), x to the right and
 * y down from the upper left corner. Whoever lays a diagram out fills a scene; plots/page/gnuplot_scene.h draws one.
 * Since all places are here, that no two labels overlap is a property that a test can ask of any page.
 *
 * Shapes are drawn in the order in which they were added, labels above all of them.
 */
#pragma once

#include "plots/page/text_width.h"

/* What a thing is about, which decides its color. No meaning hangs on a color alone: states carry their names, arrows
 * their heads and dashes, losses a cross. The colors are told apart by color-blind readers, and by their
 * lightness when printed in gray. */
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
  SF_INK_MARK,  /* what is to be looked at: where two runs part */
  SF_INK_STATE, /* SF_INK_STATE + s: the bar of state s (SfState) */
  SF_N_INKS = SF_INK_STATE + 12
} SfInk;

/* 0xRRGGBB. */
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
  SF_SHAPE_FRAME, /* only its outline */
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
  double x, y; /* of the middle of the line's height, at the end or the center that `align` says */
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
  char *desc;     /* what can be seen on it, in words, for those who cannot see it; NULL: nothing but the title */
  GArray *shapes; /* SfShape */
  GArray *labels; /* SfLabel */
} SfScene;

/* A box around a label, its corners in order; not upright if the label is turned. */
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

/* Returns the box that `label` takes. */
SfLabelBox sf_label_box (const SfLabel *label);

/* TRUE if the boxes have more than their edges in common. */
gboolean sf_label_boxes_overlap (const SfLabelBox *a, const SfLabelBox *b);
