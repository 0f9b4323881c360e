/* SPDX-License-Identifier: MIT
 *
 * Results come out in the order of the units, and who is ahead waits: of the others, or of what is stored.
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

/* Returns what comes next: for a while that may be nothing, as long as little is there. */
static SfLanesEvent
next (SfLanes *lanes, SfLanesNews *news)
{
  SfLanesEvent event;

  do
    event = sf_lanes_next (lanes, news);
  while (event == SF_LANES_WAITING);
  return event;
}

/* Takes what comes next, which is batch `first` of unit `point`. */
static void
assert_batch (SfLanes *lanes, guint point, guint64 first)
{
  SfLanesNews news;

  g_assert_cmpint (next (lanes, &news), ==, SF_LANES_BATCH);
  g_assert_cmpuint (news.batch->point, ==, point);
  g_assert_cmpuint (news.batch->first, ==, first);
  g_free (news.batch);
}

static void
assert_done (SfLanes *lanes, guint64 spared)
{
  SfLanesNews news;

  g_assert_cmpint (next (lanes, &news), ==, SF_LANES_DONE);
  g_assert_cmpuint (news.spared, ==, spared);
}

static void
assert_event (SfLanes *lanes, SfLanesEvent event)
{
  SfLanesNews news;

  g_assert_cmpint (sf_lanes_next (lanes, &news), ==, event);
}

/* --- one thread --- */

static void
test_order (void)
{
  g_autoptr (SfLanes) lanes = sf_lanes_new (2, 2, G_MAXSIZE);
  guint64 unit;

  for (guint64 i = 0; i < 2; i++)
    {
      g_assert_true (sf_lanes_take (lanes, &unit));
      g_assert_cmpuint (unit, ==, i);
    }
  g_assert_false (sf_lanes_take (lanes, &unit));
  assert_event (lanes, SF_LANES_WAITING);
  g_assert_true (sf_lanes_put (lanes, 1, batch_new (1, 0), BYTES));
  sf_lanes_end (lanes, 1, 7, NULL);
  assert_event (lanes, SF_LANES_WAITING);
  g_assert_true (sf_lanes_put (lanes, 0, batch_new (0, 0), BYTES));
  g_assert_true (sf_lanes_put (lanes, 0, batch_new (0, 1), BYTES));
  assert_batch (lanes, 0, 0);
  assert_batch (lanes, 0, 1);
  sf_lanes_end (lanes, 0, 0, NULL);
  assert_done (lanes, 0);
  assert_batch (lanes, 1, 0);
  assert_done (lanes, 7);
  assert_event (lanes, SF_LANES_OVER);
}

static void
test_failed (void)
{
  g_autoptr (SfLanes) lanes = sf_lanes_new (1, 1, G_MAXSIZE);
  SfLanesNews news;
  guint64 unit;

  g_assert_true (sf_lanes_take (lanes, &unit));
  g_assert_true (sf_lanes_put (lanes, 0, batch_new (0, 0), BYTES));
  sf_lanes_end (lanes, 0, 0, g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_FAILED, "why"));
  assert_batch (lanes, 0, 0);
  g_assert_cmpint (sf_lanes_next (lanes, &news), ==, SF_LANES_FAILED);
  g_assert_cmpstr (news.error->message, ==, "why");
  g_error_free (news.error);
}

/* What nobody has taken out is freed. */
static void
test_stopped (void)
{
  g_autoptr (SfLanes) lanes = sf_lanes_new (2, 2, 1);
  guint64 unit;

  g_assert_true (sf_lanes_take (lanes, &unit));
  sf_lanes_stop (lanes);
  g_assert_false (sf_lanes_put (lanes, 0, batch_new (0, 0), BYTES));
  g_assert_false (sf_lanes_take (lanes, &unit));
}

/* --- two threads --- */

typedef struct
{
  SfLanes *lanes;
  guint n_put;    /* atomic */
  guint n_taken;  /* atomic */
} Ahead;

static void
do_unit (Ahead *ahead, guint64 unit)
{
  for (guint i = 0; i < N_BATCHES; i++)
    {
      g_atomic_int_inc (&ahead->n_put);
      sf_lanes_put (ahead->lanes, unit, batch_new ((guint) unit, i), BYTES);
    }
  sf_lanes_end (ahead->lanes, unit, 0, NULL);
}

/* Does all units that it gets. */
static gpointer
run_ahead (gpointer user)
{
  Ahead *ahead = user;
  guint64 unit;

  while (sf_lanes_take (ahead->lanes, &unit))
    {
      g_atomic_int_inc (&ahead->n_taken);
      do_unit (ahead, unit);
    }
  return NULL;
}

/* Does unit 0, which somebody has got. */
static gpointer
run_first (gpointer user)
{
  do_unit (user, 0);
  return NULL;
}

/* Nobody gets on with unit 0, so that the thread at unit 1 has to wait when three of its batches do. */
static void
test_most_bytes (void)
{
  g_autoptr (SfLanes) lanes = sf_lanes_new (4, 4, 2 * BYTES);
  Ahead ahead = { .lanes = lanes };
  guint64 unit;
  GThread *thread, *first;

  g_assert_true (sf_lanes_take (lanes, &unit));
  thread = g_thread_new ("ahead", run_ahead, &ahead);
  for (guint i = 0; i < 3; i++)
    assert_event (lanes, SF_LANES_WAITING);
  g_assert_cmpint (g_atomic_int_get (&ahead.n_put), <=, 3);
  first = g_thread_new ("first", run_first, &ahead);
  for (guint point = 0; point < 4; point++)
    {
      for (guint i = 0; i < N_BATCHES; i++)
        assert_batch (lanes, point, i);
      assert_done (lanes, 0);
    }
  assert_event (lanes, SF_LANES_OVER);
  g_thread_join (thread);
  g_thread_join (first);
}

/* Three batches wait at most when two are allowed, also of the unit whose turn it is. */
static void
test_most_bytes_of_first (void)
{
  g_autoptr (SfLanes) lanes = sf_lanes_new (1, 1, 2 * BYTES);
  Ahead ahead = { .lanes = lanes };
  GThread *thread = g_thread_new ("ahead", run_ahead, &ahead);

  for (guint i = 0; i < N_BATCHES; i++)
    {
      while ((guint) g_atomic_int_get (&ahead.n_put) < MIN (i + 3, N_BATCHES))
        g_thread_yield ();
      assert_batch (lanes, 0, i);
      g_assert_cmpuint ((guint) g_atomic_int_get (&ahead.n_put), <=, i + 4);
    }
  assert_done (lanes, 0);
  assert_event (lanes, SF_LANES_OVER);
  g_thread_join (thread);
}

/* Two units are under way at most, also when nothing waits in them. */
static void
test_most_units (void)
{
  g_autoptr (SfLanes) lanes = sf_lanes_new (10, 2, G_MAXSIZE);
  Ahead ahead = { .lanes = lanes };
  guint64 unit;
  GThread *thread;

  g_assert_true (sf_lanes_take (lanes, &unit));
  thread = g_thread_new ("ahead", run_ahead, &ahead);
  for (guint i = 0; i < 3; i++)
    assert_event (lanes, SF_LANES_WAITING);
  g_assert_cmpint (g_atomic_int_get (&ahead.n_taken), <=, 1);
  sf_lanes_stop (lanes);
  g_thread_join (thread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sweep_lanes/order", test_order);
  g_test_add_func ("/sweep_lanes/failed", test_failed);
  g_test_add_func ("/sweep_lanes/stopped", test_stopped);
  g_test_add_func ("/sweep_lanes/bounded/bytes", test_most_bytes);
  g_test_add_func ("/sweep_lanes/bounded/first", test_most_bytes_of_first);
  g_test_add_func ("/sweep_lanes/bounded/units", test_most_units);
  return g_test_run ();
}
