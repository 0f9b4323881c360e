/* SPDX-License-Identifier: MIT
 *
 * Where everything of the text diagram goes: the columns of the lifelines, and for every transit whether a line
 * can join its two rows.
 */
#pragma once

#include "plots/terminal/timeline.h"
#include "trace/rows.h"

#define SF_NO_ROW G_MAXUINT

/* How far before its lifeline an arrow bends down. */
#define SF_TIMELINE_BEND 5

/* What becomes of a transit in the diagram. */
typedef struct
{
  guint leave, end; /* rows, SF_NO_ROW: not shown */
  gboolean joined;  /* nothing comes between the two: a line joins them */
  guint tag;        /* number that joins them instead, 0: none */
} SfTransitView;

typedef struct
{
  int from, to;      /* columns of the lifelines */
  int bend;          /* column where the arrow bends down */
  int leave_heading; /* 1: it leaves to the right, -1: to the left */
  int end_heading;   /* and arrives so */
} SfTransitPath;

typedef struct
{
  const SfRows *rows;
  guint first, last; /* rows to show: first … last - 1 */
  guint width;
  guint n_hosts;   /* with a lifeline */
  guint16 *host;   /* which they are, from left to right */
  int *column;     /* of the lifeline by host, -1: has none */
  int time_digits; /* decimals of the times */
  int time_width;  /* columns of the times */
  SfTime fold;
  SfTransitView *transits;
} SfTimelineLayout;

/* Makes the layout of the diagram of `rows` under `options`. */
SfTimelineLayout *sf_timeline_layout_new (const SfRows *rows, const SfTimelineOptions *options);
void sf_timeline_layout_free (SfTimelineLayout *layout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfTimelineLayout, sf_timeline_layout_free)

/* Returns the way that `transit` takes. */
SfTransitPath sf_timeline_path (const SfTimelineLayout *layout, guint transit);

/* Stores in `*ret_first` and `*ret_last` the columns where `host` has room for words, and returns whether they
 * stand to the left of its lifeline (and are to be aligned to the right). */
gboolean sf_timeline_room (const SfTimelineLayout *layout, guint16 host, int *ret_first, int *ret_last);

/* TRUE if the state of `host` has its place outside the outermost lifelines. */
gboolean sf_timeline_is_outer (const SfTimelineLayout *layout, guint16 host);
