/* SPDX-License-Identifier: MIT
 *
 * Results come out in the order of the units. A thread that is too far ahead waits, for other threads or for the
 * storing thread.
 */
#include "lab/sweep/reorder_queue.h"

#define BYTES 100
#define N_BATCHES 100

static SfBatch *
batch_new (guint point, guint64 first)
{
  SfBatch *batch = g_new0 (SfBatch, 1);

  batch->point = point;
  batch->first = first;
  return batch;
}

/* Returns the next event other than waiting: while there is little, nothing may come for some time. */
static SfReorderEvent
next (SfReorderQueue *queue, SfReorderItem *item)
{
  SfReorderEvent event;

  do
    event = sf_reorder_queue_next (queue, item);
  while (event == SF_REORDER_WAITING);
  return event;
}

/* Takes the next event, which must be batch `first` of unit `point`. */
static void
assert_batch (SfReorderQueue *queue, guint point, guint64 first)
{
  SfReorderItem item;

  g_assert_cmpint (next (queue, &item), ==, SF_REORDER_BATCH);
  g_assert_cmpuint (item.batch->point, ==, point);
  g_assert_cmpuint (item.batch->first, ==, first);
  g_free (item.batch);
}

static void
assert_done (SfReorderQueue *queue, guint64 skipped)
{
  SfReorderItem item;

  g_assert_cmpint (next (queue, &item), ==, SF_REORDER_DONE);
  g_assert_cmpuint (item.skipped, ==, skipped);
}

static void
assert_event (SfReorderQueue *queue, SfReorderEvent event)
{
  SfReorderItem item;

  g_assert_cmpint (sf_reorder_queue_next (queue, &item), ==, event);
}

/* --- one thread --- */

static void
test_order (void)
{
  g_autoptr (SfReorderQueue) queue = sf_reorder_queue_new (2, 2, G_MAXSIZE);
  guint64 unit;

  for (guint64 i = 0; i < 2; i++)
    {
      g_assert_true (sf_reorder_queue_take (queue, &unit));
      g_assert_cmpuint (unit, ==, i);
    }
  g_assert_false (sf_reorder_queue_take (queue, &unit));
  assert_event (queue, SF_REORDER_WAITING);
  g_assert_true (sf_reorder_queue_put (queue, 1, batch_new (1, 0), BYTES));
  sf_reorder_queue_end (queue, 1, 7, NULL);
  assert_event (queue, SF_REORDER_WAITING);
  g_assert_true (sf_reorder_queue_put (queue, 0, batch_new (0, 0), BYTES));
  g_assert_true (sf_reorder_queue_put (queue, 0, batch_new (0, 1), BYTES));
  assert_batch (queue, 0, 0);
  assert_batch (queue, 0, 1);
  sf_reorder_queue_end (queue, 0, 0, NULL);
  assert_done (queue, 0);
  assert_batch (queue, 1, 0);
  assert_done (queue, 7);
  assert_event (queue, SF_REORDER_OVER);
}

static void
test_failed (void)
{
  g_autoptr (SfReorderQueue) queue = sf_reorder_queue_new (1, 1, G_MAXSIZE);
  SfReorderItem item;
  guint64 unit;

  g_assert_true (sf_reorder_queue_take (queue, &unit));
  g_assert_true (sf_reorder_queue_put (queue, 0, batch_new (0, 0), BYTES));
  sf_reorder_queue_end (queue, 0, 0, g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_FAILED, "why"));
  assert_batch (queue, 0, 0);
  g_assert_cmpint (sf_reorder_queue_next (queue, &item), ==, SF_REORDER_FAILED);
  g_assert_cmpstr (item.error->message, ==, "why");
  g_error_free (item.error);
}

/* Batches that were not taken out are freed. */
static void
test_stopped (void)
{
  g_autoptr (SfReorderQueue) queue = sf_reorder_queue_new (2, 2, 1);
  guint64 unit;

  g_assert_true (sf_reorder_queue_take (queue, &unit));
  sf_reorder_queue_stop (queue);
  g_assert_false (sf_reorder_queue_put (queue, 0, batch_new (0, 0), BYTES));
  g_assert_false (sf_reorder_queue_take (queue, &unit));
}

/* --- two threads --- */

typedef struct
{
  SfReorderQueue *queue;
  guint n_put;   /* atomic */
  guint n_taken; /* atomic */
} Ahead;

static void
do_unit (Ahead *ahead, guint64 unit)
{
  for (guint i = 0; i < N_BATCHES; i++)
    {
      g_atomic_int_inc (&ahead->n_put);
      sf_reorder_queue_put (ahead->queue, unit, batch_new ((guint) unit, i), BYTES);
    }
  sf_reorder_queue_end (ahead->queue, unit, 0, NULL);
}

/* Waits until the other thread has counted to `n`. */
static void
wait_for (const guint *counter, guint n)
{
  while ((guint) g_atomic_int_get (counter) < n)
    g_thread_yield ();
}

/* The thread that is ahead: does all units that it gets. */
static gpointer
run_ahead (gpointer user)
{
  Ahead *ahead = user;
  guint64 unit;

  while (sf_reorder_queue_take (ahead->queue, &unit))
    {
      g_atomic_int_inc (&ahead->n_taken);
      do_unit (ahead, unit);
    }
  return NULL;
}

/* Does unit 0, which was taken before. */
static gpointer
run_first (gpointer user)
{
  do_unit (user, 0);
  return NULL;
}

/* Unit 0 makes no progress, so the thread of unit 1 has to wait when three of its batches are in the queue. */
static void
test_most_bytes (void)
{
  g_autoptr (SfReorderQueue) queue = sf_reorder_queue_new (4, 4, 2 * BYTES);
  Ahead ahead = { .queue = queue };
  guint64 unit;
  GThread *thread, *first;

  g_assert_true (sf_reorder_queue_take (queue, &unit));
  thread = g_thread_new ("ahead", run_ahead, &ahead);
  wait_for (&ahead.n_put, 3);
  assert_event (queue, SF_REORDER_WAITING);
  g_assert_cmpint (g_atomic_int_get (&ahead.n_put), ==, 3);
  first = g_thread_new ("first", run_first, &ahead);
  for (guint point = 0; point < 4; point++)
    {
      for (guint i = 0; i < N_BATCHES; i++)
        assert_batch (queue, point, i);
      assert_done (queue, 0);
    }
  assert_event (queue, SF_REORDER_OVER);
  g_thread_join (thread);
  g_thread_join (first);
}

/* If two batches are allowed, at most three wait, also of the current unit. */
static void
test_most_bytes_of_first (void)
{
  g_autoptr (SfReorderQueue) queue = sf_reorder_queue_new (1, 1, 2 * BYTES);
  Ahead ahead = { .queue = queue };
  GThread *thread = g_thread_new ("ahead", run_ahead, &ahead);

  for (guint i = 0; i < N_BATCHES; i++)
    {
      wait_for (&ahead.n_put, MIN (i + 3, N_BATCHES));
      assert_batch (queue, 0, i);
      g_assert_cmpuint ((guint) g_atomic_int_get (&ahead.n_put), <=, i + 4);
    }
  assert_done (queue, 0);
  assert_event (queue, SF_REORDER_OVER);
  g_thread_join (thread);
}

/* At most two units are in progress, also if nothing waits in them. */
static void
test_most_units (void)
{
  g_autoptr (SfReorderQueue) queue = sf_reorder_queue_new (10, 2, G_MAXSIZE);
  Ahead ahead = { .queue = queue };
  guint64 unit;
  GThread *thread;

  g_assert_true (sf_reorder_queue_take (queue, &unit));
  thread = g_thread_new ("ahead", run_ahead, &ahead);
  wait_for (&ahead.n_put, N_BATCHES); /* all of unit 1 */
  assert_event (queue, SF_REORDER_WAITING);
  g_assert_cmpint (g_atomic_int_get (&ahead.n_taken), ==, 1);
  sf_reorder_queue_stop (queue);
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reorder-queue/order", test_order);
  g_test_add_func ("/reorder-queue/failed", test_failed);
  g_test_add_func ("/reorder-queue/stopped", test_stopped);
  g_test_add_func ("/reorder-queue/bounded/bytes", test_most_bytes);
  g_test_add_func ("/reorder-queue/bounded/first", test_most_bytes_of_first);
  g_test_add_func ("/reorder-queue/bounded/units", test_most_units);
  return g_test_run ();
}
