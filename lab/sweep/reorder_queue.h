/* SPDX-License-Identifier: MIT
 *
 * Results on their way from the threads that run to the one that stores them. Every unit of work that is under way has a lane, in which
 * its batches of runs wait; they are taken out in the order of the units, whichever was done first. What waits is bounded: a
 * thread that is too far ahead stops until the others have caught up, and the one whose unit is next until what it has put there
 * is taken out, so that there is always somebody who goes on.
 */
#pragma once

#include <glib.h>

/* Some runs of a point in a row: replications from `first` on. */
typedef struct
{
  guint point;
  guint64 first;
  guint n;         /* runs */
  gint64 values[]; /* the measures of each run, run after run */
} SfBatch;

typedef struct SfLanes SfLanes;

/* Returns lanes for `n_units` units, of which at most `n_lanes` are under way, and of which at most about `most_bytes` wait. */
SfLanes *sf_lanes_new (guint64 n_units, guint n_lanes, gsize most_bytes);
void sf_lanes_free (SfLanes *lanes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfLanes, sf_lanes_free)

/* --- for the threads that run --- */

/* Gets the next unit to be done. FALSE: there is none any more, or all is to stop. */
gboolean sf_lanes_take (SfLanes *lanes, guint64 *ret_unit);

/* Puts `batch` of `bytes` bytes (made by g_malloc(), taken over) into the lane of `unit`. FALSE: all is to stop. */
gboolean sf_lanes_put (SfLanes *lanes, guint64 unit, SfBatch *batch, gsize bytes);

/* `unit` is done; `spared` runs of it were not needed. With `error` (taken over) it could not be done. */
void sf_lanes_end (SfLanes *lanes, guint64 unit, guint64 spared, GError *error);

/* --- for the thread that stores --- */

typedef enum
{
  SF_LANES_BATCH,   /* of the unit whose turn it is */
  SF_LANES_DONE,    /* that unit is done: `spared` */
  SF_LANES_FAILED,  /* it could not be done: `error` */
  SF_LANES_WAITING, /* nothing came for a tenth of a second */
  SF_LANES_OVER,    /* all units are done */
} SfLanesEvent;

typedef struct
{
  SfBatch *batch; /* the taker's: g_free() */
  guint64 spared;
  GError *error;  /* the taker's */
} SfLanesNews;

/* Waits for what comes next. */
SfLanesEvent sf_lanes_next (SfLanes *lanes, SfLanesNews *ret_news);

/* Lets all threads come to an end soon. */
void sf_lanes_stop (SfLanes *lanes);
