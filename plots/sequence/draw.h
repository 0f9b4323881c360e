/* SPDX-License-Identifier: MIT
 *
 * Pages of a sequence diagram while they are drawn, one after the other: what sequence_draw.c (lifelines and words) and
 * sequence_arrows.c share.
 */
#pragma once

#include "plots/sequence/labels.h"
#include "plots/sequence/layout.h"

/* A piece of a lifeline. */
typedef struct
{
  guint16 host;
  double from, to; /* on the strip */
} SfLifelinePiece;

/* How a panel stands between two pages. */
typedef struct
{
  guint next;     /* row */
  GArray *flying; /* guint: transits that began on an earlier page and have not ended there */
  SfBars bars;
  double (*since)[SF_MAX_BARS]; /* by host: from where on the bar of the bar is to be drawn */
  double *base;                 /* by host: the same of the lifeline */
  guint64 alive, up;
  GArray *down; /* SfLifelinePiece: where a host is down, on this page */
} SfPanelProgress;

/* A label for which there was no room. */
typedef struct
{
  guint panel, transit;
  gboolean below; /* what befell the segment, not its name */
} SfWish;

/* A field on which words stand. */
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
  double top, bottom; /* of the page on the strip */
  double offset;      /* from the strip to the page */
  gboolean is_last;
  SfPanelProgress panels[SF_PANELS];
  guint left_out; /* labels of arrows for which there is no room on this page */
  guint n_hidden; /* arrows of this page that would lie on others like them */
  GArray
    *backdrops;   /* SfBackdrop: what is to cover the arrows of this page, which pass below words between lifelines */
  GArray *wishes; /* SfWish: what would make room for them, on all pages */
} SfPageDrawing;

/* Adds `label` to the page and takes its place. */
void sf_page_label (SfPageDrawing *drawing, const SfLabel *label);

/* Follows what row `i`, which is not shown, changes in the lifelines. */
void sf_follow_row (SfPanelProgress *progress, const SfPanel *panel, guint i);

/* Draws lifelines and words of the rows of panel `p` on this page, which are `*ret_first` … `*ret_last` - 1. */
void sf_sequence_draw_panel (SfPageDrawing *drawing, guint p, guint *ret_first, guint *ret_last);

/* Draws the fields of panel `p` that cover arrows, once these are there. */
void sf_sequence_draw_backdrops (SfPageDrawing *drawing, guint p);

/* Draws the axis of time, and silences across all lifelines. */
void sf_sequence_draw_stamps (SfPageDrawing *drawing);
void sf_sequence_draw_silences (SfPageDrawing *drawing);

/* Says how long silences are, for which room has been kept: over the arrows that pass there. */
void sf_name_silences (SfPageDrawing *drawing);

/* Draws the transits of panel `p` that begin in its rows `first` … `last` - 1 or are still flying. */
void sf_sequence_draw_transits (SfPageDrawing *drawing, guint p, guint first, guint last);
