/* SPDX-License-Identifier: MIT
 *
 * Results on their way from the threads that run to the one that stores them. Every unit of work that is under way has
 * a slot, in which its batches of runs wait; they are taken out in the order of the units, whichever was done first.
 * What waits is bounded: a thread that is too far ahead stops until the others have caught up, and the one whose unit
 * is next until what it has put there is taken out, so that there is always somebody who goes on.
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

typedef struct SfReorderQueue SfReorderQueue;

/* Returns slots for `n_units` units, of which at most `n_slots` are under way, and of which at most about `most_bytes`
 * wait. */
SfReorderQueue *sf_reorder_queue_new (guint64 n_units, guint n_slots, gsize most_bytes);
void sf_reorder_queue_free (SfReorderQueue *queue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfReorderQueue, sf_reorder_queue_free)

/* --- for the threads that run --- */

/* Gets the next unit to be done. FALSE: there is none any more, or all is to stop. */
gboolean sf_reorder_queue_take (SfReorderQueue *queue, guint64 *ret_unit);

/* Puts `batch` of `bytes` bytes (made by g_malloc(), taken over) into the slot of `unit`. FALSE: all is to stop. */
gboolean sf_reorder_queue_put (SfReorderQueue *queue, guint64 unit, SfBatch *batch, gsize bytes);

/* `unit` is done; `skipped` runs of it were not needed. With `error` (taken over) it could not be done. */
void sf_reorder_queue_end (SfReorderQueue *queue, guint64 unit, guint64 skipped, GError *error);

/* --- for the thread that stores --- */

typedef enum
{
  SF_REORDER_BATCH,   /* of the unit whose turn it is */
  SF_REORDER_DONE,    /* that unit is done: `skipped` */
  SF_REORDER_FAILED,  /* it could not be done: `error` */
  SF_REORDER_WAITING, /* nothing came for a tenth of a second */
  SF_REORDER_OVER,    /* all units are done */
} SfReorderEvent;

typedef struct
{
  SfBatch *batch; /* the taker's: g_free() */
  guint64 skipped;
  GError *error; /* the taker's */
} SfReorderItem;

/* Waits for what comes next. */
SfReorderEvent sf_reorder_queue_next (SfReorderQueue *queue, SfReorderItem *ret_news);

/* Lets all threads come to an end soon. */
void sf_reorder_queue_stop (SfReorderQueue *queue);
