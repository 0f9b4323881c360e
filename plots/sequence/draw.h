/* SPDX-License-Identifier: MIT
 *
 * The pages of a sequence diagram while they are drawn, one after the other: what draw.c (lifelines and words) and
 * arrows.c (segments) share.
 */
#pragma once

#include "plots/sequence/labels.h"
#include "plots/sequence/layout.h"

/* A part of a lifeline. */
typedef struct
{
  guint16 host;
  double from, to; /* on the strip */
} SfLifelinePiece;

/* The state of a panel between two pages. */
typedef struct
{
  guint next;     /* row */
  GArray *flying; /* guint: transits that began on an earlier page and have not ended yet */
  SfBars bars;
  double (*since)[SF_MAX_BARS]; /* by host and bar: where the part of the bar that is not drawn yet begins */
  double *base;                 /* by host: the same for the lifeline */
  guint64 alive, up;
  GArray *down; /* SfLifelinePiece: where hosts are down on this page */
} SfPanelProgress;

/* A request for more room, for a label that found none. */
typedef struct
{
  guint panel, transit;
  gboolean below; /* the remark below the arrow, not its name */
} SfRoomRequest;

/* A rectangle behind words, which covers arrows. */
typedef struct
{
  SfInk ink;
  gboolean framed;
  double x1, y1, x2, y2; /* on the page */
} SfBackdrop;

typedef struct
{
  const SfSequenceLayout *layout;
  SfScene *scene;
  SfLabelRoom *room;
  double top, bottom; /* the part of the strip on this page */
  double offset;      /* add this to a y of the strip for a y on the page */
  gboolean is_last;
  SfPanelProgress panels[SF_PANELS];
  guint left_out;    /* labels of arrows without room on this page */
  guint n_hidden;    /* arrows of this page not drawn because others cover their spot */
  GArray *backdrops; /* SfBackdrop: drawn over the arrows of this page, below words that stand between lifelines */
  GArray *requests;  /* SfRoomRequest: more room for labels, on all pages */
} SfPageDrawing;

/* Adds `label` to the page and marks its place as taken. */
void sf_page_label (SfPageDrawing *drawing, const SfLabel *label);

/* Updates the lifelines by row `i`, which is not shown. */
void sf_follow_row (SfPanelProgress *progress, const SfPanel *panel, guint i);

/* Draws lifelines and words of panel `p` on this page. Stores the rows on the page: `*ret_first` … `*ret_last` - 1. */
void sf_sequence_draw_panel (SfPageDrawing *drawing, guint p, guint *ret_first, guint *ret_last);

/* Draws the backdrops of panel `p`. Call it when its arrows are drawn. */
void sf_sequence_draw_backdrops (SfPageDrawing *drawing, guint p);

/* Draws the axis of time, and silences across all lifelines. */
void sf_sequence_draw_stamps (SfPageDrawing *drawing);
void sf_sequence_draw_silences (SfPageDrawing *drawing);

/* Writes the lengths of silences over the arrows that pass there; sf_sequence_draw_silences() kept the room. */
void sf_name_silences (SfPageDrawing *drawing);

/* Draws the transits of panel `p` that begin in its rows `first` … `last` - 1 or are still in flight. */
void sf_sequence_draw_transits (SfPageDrawing *drawing, guint p, guint first, guint last);
