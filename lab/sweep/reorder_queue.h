/* SPDX-License-Identifier: MIT
 *
 * A reorder queue between the threads that run a sweep and the thread that stores its results. Every unit of work in
 * progress has a slot, in which its batches of runs wait. Batches are taken out in the order of the units, whichever
 * was finished first. The queue is bounded. A thread that is too far ahead waits until the others have caught up; the
 * thread whose unit is next waits only until its own batches are taken out. So one thread can always go on.
 */
#pragma once

#include <glib.h>

/* Consecutive runs of a point: replications from `first` on. */
typedef struct
{
  guint point;
  guint64 first;
  guint n;         /* number of runs */
  gint64 values[]; /* the measures of the first run, then of the second, … */
} SfBatch;

typedef struct SfReorderQueue SfReorderQueue;

/* Returns a queue for `n_units` units. At most `n_slots` of them are in progress, and about `most_bytes` wait at most.
 */
SfReorderQueue *sf_reorder_queue_new (guint64 n_units, guint n_slots, gsize most_bytes);
void sf_reorder_queue_free (SfReorderQueue *queue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfReorderQueue, sf_reorder_queue_free)

/* --- for running threads --- */

/* Takes the next unit. FALSE if there is none, or if threads are to stop. Waits if all slots are in use. */
gboolean sf_reorder_queue_take (SfReorderQueue *queue, guint64 *ret_unit);

/* Puts `batch` of `bytes` bytes (from g_malloc(), taken over) into the slot of `unit`. Waits if the queue is full.
 * FALSE if threads are to stop. */
gboolean sf_reorder_queue_put (SfReorderQueue *queue, guint64 unit, SfBatch *batch, gsize bytes);

/* Ends `unit`, of which `skipped` runs were not needed. With `error` (taken over) it failed. */
void sf_reorder_queue_end (SfReorderQueue *queue, guint64 unit, guint64 skipped, GError *error);

/* --- for the storing thread --- */

typedef enum
{
  SF_REORDER_BATCH,   /* a batch of the current unit */
  SF_REORDER_DONE,    /* the current unit is done: `skipped` */
  SF_REORDER_FAILED,  /* the current unit failed: `error` */
  SF_REORDER_WAITING, /* nothing came for a tenth of a second */
  SF_REORDER_OVER,    /* all units are done */
} SfReorderEvent;

typedef struct
{
  SfBatch *batch; /* owned by the caller: g_free() */
  guint64 skipped;
  GError *error; /* owned by the caller */
} SfReorderItem;

/* Waits for the next event, and stores what belongs to it. */
SfReorderEvent sf_reorder_queue_next (SfReorderQueue *queue, SfReorderItem *ret_item);

/* Makes all threads stop soon. */
void sf_reorder_queue_stop (SfReorderQueue *queue);
