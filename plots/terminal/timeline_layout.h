/* SPDX-License-Identifier: MIT
 *
 * The layout of the text diagram: the columns of the lifelines, and for every transit whether a line can join its two
 * rows.
 */
#pragma once

#include "plots/terminal/timeline.h"
#include "trace/rows.h"

#define SF_NO_ROW G_MAXUINT

/* How many columns before its lifeline an arrow bends down. */
#define SF_TIMELINE_BEND 5

/* How a transit is shown in the diagram. */
typedef struct
{
  guint leave, end; /* rows, SF_NO_ROW: not shown */
  gboolean joined;  /* no row with an arrow comes in between: a line joins the two rows */
  guint tag;        /* the number that marks both rows instead, 0: none */
} SfTransitView;

typedef struct
{
  int from, to;      /* the columns of the two lifelines */
  int bend;          /* column where the arrow bends down */
  int leave_heading; /* 1: it leaves to the right, -1: to the left */
  int end_heading;   /* the same where it arrives */
} SfTransitPath;

typedef struct
{
  const SfRows *rows;
  guint first, last; /* rows to show: first … last - 1 */
  guint width;
  guint n_hosts;   /* with a lifeline */
  guint16 *host;   /* the hosts with lifelines, from left to right */
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

/* Returns the path of the arrow of `transit`. */
SfTransitPath sf_timeline_path (const SfTimelineLayout *layout, guint transit);

/* Stores the first and last column of the room for words of `host`. TRUE if it is to the left of the lifeline, so that
 * words are aligned to the right. */
gboolean sf_timeline_room (const SfTimelineLayout *layout, guint16 host, int *ret_first, int *ret_last);

/* TRUE if `host` has an outermost lifeline, so that its state is written outside. */
gboolean sf_timeline_is_outer (const SfTimelineLayout *layout, guint16 host);
