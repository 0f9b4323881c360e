/* SPDX-License-Identifier: MIT
 *
 * The queue, compared with a model: an array that is searched from end to end.
 */
#include "sim/queue.h"

#include <string.h>

typedef struct
{
  SfTime at;
  guint64 order;
  guint32 handle, target;
} SlowEvent;

typedef struct
{
  GArray *events; /* SlowEvent, unordered */
  guint64 next_order;
  SfTime now; /* the instant of the last event popped */
} SlowQueue;

/* A queue, its model, and the generator of random operations on both. */
typedef struct
{
  SfQueue queue;
  SlowQueue slow;
  GRand *rand;
} Pair;

static SlowEvent *
slow_at (const SlowQueue *slow, guint i)
{
  return &g_array_index (slow->events, SlowEvent, i);
}

static guint
kind_of (const SlowEvent *event)
{
  return event->target % 1000;
}

static gboolean
slow_before (const SlowEvent *a, const SlowEvent *b)
{
  guint class_a = kind_of (a) / SF_QUEUE_CLASS, class_b = kind_of (b) / SF_QUEUE_CLASS;

  if (a->at != b->at)
    return a->at < b->at;
  return class_a < class_b || (class_a == class_b && a->order < b->order);
}

/* Returns the index of the first event; there must be one. */
static guint
slow_first (const SlowQueue *slow)
{
  guint first = 0;

  for (guint i = 1; i < slow->events->len; i++)
    if (slow_before (slow_at (slow, i), slow_at (slow, first)))
      first = i;
  return first;
}

static void
pair_init (Pair *pair, guint32 seed)
{
  sf_queue_init (&pair->queue);
  pair->slow = (SlowQueue){ .events = g_array_new (FALSE, FALSE, sizeof (SlowEvent)) };
  pair->rand = g_rand_new_with_seed (seed);
}

static void
pair_clear (Pair *pair)
{
  sf_queue_clear (&pair->queue);
  g_array_unref (pair->slow.events);
  g_rand_free (pair->rand);
}

/* Makes `copy`, which is in use, a copy of `pair`. */
static void
pair_copy (Pair *copy, const Pair *pair)
{
  sf_queue_copy (&copy->queue, &pair->queue);
  g_array_unref (copy->slow.events);
  copy->slow = pair->slow;
  copy->slow.events = g_array_copy (pair->slow.events);
  g_rand_free (copy->rand);
  copy->rand = g_rand_copy (pair->rand);
}

static void
pair_add (Pair *pair, SfTime at)
{
  SlowEvent event = { .at = at, .order = pair->slow.next_order++, .target = g_rand_int (pair->rand) };

  event.handle = sf_queue_add (&pair->queue, at, kind_of (&event), event.target);
  g_array_append_val (pair->slow.events, event);
}

static void
pair_move (Pair *pair, guint i, SfTime at)
{
  SlowEvent *event = slow_at (&pair->slow, i);

  event->at = at;
  event->order = pair->slow.next_order++;
  sf_queue_move (&pair->queue, event->handle, at);
}

static void
pair_remove (Pair *pair, guint i)
{
  sf_queue_remove (&pair->queue, slow_at (&pair->slow, i)->handle);
  g_array_remove_index_fast (pair->slow.events, i);
}

static void
pair_pop (Pair *pair)
{
  guint first = slow_first (&pair->slow);
  const SlowEvent *expected = slow_at (&pair->slow, first);
  SfEvent event;

  g_assert_cmpint (sf_queue_next (&pair->queue), ==, expected->at);
  g_assert_true (sf_queue_pop (&pair->queue, &event));
  g_assert_cmpint (event.at, ==, expected->at);
  g_assert_cmpuint (event.target, ==, expected->target);
  g_assert_cmpuint (event.kind, ==, kind_of (expected));
  pair->slow.now = event.at;
  g_array_remove_index_fast (pair->slow.events, first);
}

static void
pair_drain (Pair *pair)
{
  SfEvent event;

  while (pair->slow.events->len > 0)
    pair_pop (pair);
  g_assert_cmpuint (sf_queue_length (&pair->queue), ==, 0);
  g_assert_cmpint (sf_queue_next (&pair->queue), ==, SF_NEVER);
  g_assert_false (sf_queue_pop (&pair->queue, &event));
}

/* Asserts that every event of the model is in the queue, at its instant and on the right side of the horizon. */
static void
pair_check (const Pair *pair)
{
  g_assert_cmpuint (sf_queue_length (&pair->queue), ==, pair->slow.events->len);
  for (guint i = 0; i < pair->slow.events->len; i++)
    {
      const SlowEvent *slow = slow_at (&pair->slow, i);
      const SfEvent *event = sf_queue_event (&pair->queue, slow->handle);

      g_assert_cmpint (event->at, ==, slow->at);
      g_assert_cmpuint (event->target, ==, slow->target);
      g_assert_true ((event->where == 0) == (event->at < pair->queue.horizon));
      if (event->where == 0)
        g_assert_cmpuint (pair->queue.heap[event->place].event, ==, slow->handle);
    }
}

/* Returns a random instant, now or later. Its distance has a random number of bits up to `bits`. One in four is a round
 * number; one in eight is now, or the instant of another event. */
static SfTime
some_instant (Pair *pair, gint bits)
{
  SfTime now = pair->slow.now;
  gint n = g_rand_int_range (pair->rand, 0, bits + 1);
  guint64 delay = ((guint64) g_rand_int (pair->rand) << 32 | g_rand_int (pair->rand)) & (((guint64) 1 << n) - 1);
  SfTime at = sf_time_add (now, (SfTime) delay);
  guint how = g_rand_int (pair->rand) % 16;

  if (how == 0)
    return now;
  if (how == 1 && pair->slow.events->len > 0)
    return MAX (now, slow_at (&pair->slow, g_rand_int (pair->rand) % pair->slow.events->len)->at);
  if (how < 6)
    at = MAX (now, at >> (n / 2) << (n / 2));
  return MIN (at, SF_NEVER - 1);
}

/* Does one random operation, such that there are about `size` events at most. */
static void
random_step (Pair *pair, guint size, gint bits)
{
  guint n = pair->slow.events->len;
  guint i = n > 0 ? g_rand_int (pair->rand) % n : 0;
  guint operation = g_rand_int (pair->rand) % 8;

  if (n == 0 || (operation < 4 && n < size))
    pair_add (pair, some_instant (pair, bits));
  else if (operation < 6)
    pair_pop (pair);
  else if (operation == 6)
    pair_move (pair, i, some_instant (pair, bits));
  else
    pair_remove (pair, i);
}

static void
random_mix (guint32 seed, guint size, gint bits, guint n_steps)
{
  Pair pair;

  pair_init (&pair, seed);
  for (guint step = 0; step < n_steps; step++)
    {
      random_step (&pair, size, bits);
      if (step % 256 == 0)
        pair_check (&pair);
    }
  pair_drain (&pair);
  pair_clear (&pair);
}

/* Delays of up to 2^bits ns: within a tick, and up to each level of the wheel. */
static void
test_random (void)
{
  const gint bits[] = { 0, 1, 10, 20, 21, 24, 27, 31, 33, 40, 46, 52, 56, 62 };

  for (guint i = 0; i < G_N_ELEMENTS (bits); i++)
    {
      random_mix (10 + i, 5, bits[i], 5000);
      random_mix (30 + i, 20, bits[i], 5000);
      random_mix (50 + i, 400, bits[i], 8000);
    }
}

/* Many short runs, in which the clock often reaches the very end of time. */
static void
test_end_of_time (void)
{
  for (guint32 seed = 0; seed < 300; seed++)
    random_mix (1000 + seed, 10, 62, 200);
  for (guint32 seed = 0; seed < 50; seed++)
    {
      Pair pair;

      pair_init (&pair, seed);
      pair_add (&pair, SF_NEVER - 1);
      pair_add (&pair, SF_NEVER - 1);
      pair_add (&pair, SF_NEVER - 1 - ((SfTime) 1 << seed));
      pair_add (&pair, (SfTime) 1 << seed);
      pair_pop (&pair);
      pair_add (&pair, SF_NEVER - 1);
      pair_pop (&pair);
      pair_pop (&pair);
      pair_add (&pair, SF_NEVER - 1);
      pair_check (&pair);
      pair_drain (&pair);
      pair_clear (&pair);
    }
}

/* Adds events around each of the next three multiples of 2^bit: one tick and one nanosecond before and after. */
static void
add_around_boundaries (Pair *pair, guint bit)
{
  const SfTime aside[] = { -((SfTime) 1 << SF_WHEEL_TICK), -1, 0, 1, (SfTime) 1 << SF_WHEEL_TICK };
  const guint64 last = SF_NEVER - 1 - ((SfTime) 1 << SF_WHEEL_TICK);

  for (guint64 times = 1; times <= 3; times++)
    {
      guint64 boundary = (((guint64) pair->slow.now >> bit) + times) << bit;

      for (guint i = 0; i < G_N_ELEMENTS (aside) && boundary <= last; i++)
        pair_add (pair, MAX (pair->slow.now, (SfTime) boundary + aside[i]));
    }
}

/* Events at every boundary of every level, from the start and from horizons that are not round. */
static void
test_boundaries (void)
{
  const SfTime from[] = { 0, 1234567, 63 * SF_SEC + 1, 86400 * SF_SEC - 1, ((SfTime) 1 << 44) - 1, (SfTime) 1 << 61 };

  for (guint i = 0; i < G_N_ELEMENTS (from); i++)
    {
      Pair pair;

      pair_init (&pair, i);
      pair_add (&pair, from[i]);
      pair_pop (&pair);
      for (guint bit = SF_WHEEL_TICK; bit < 63; bit++)
        add_around_boundaries (&pair, bit);
      pair_check (&pair);
      pair_drain (&pair);
      pair_clear (&pair);
    }
}

/* The clock advances in steps that leave the horizon at any place, while later slots are occupied. */
static void
test_long_march (void)
{
  Pair pair;

  pair_init (&pair, 7);
  for (guint step = 0; step < 20000; step++)
    {
      SfTime now = pair.slow.now;

      if (pair.slow.events->len < 30)
        {
          pair_add (&pair, now + (SfTime) (g_rand_int (pair.rand) % 3000000));
          pair_add (&pair, now + (SfTime) (g_rand_int (pair.rand) % 200) * SF_MSEC);
          pair_add (&pair, now + (SfTime) (g_rand_int (pair.rand) % 70) * SF_SEC);
        }
      pair_pop (&pair);
    }
  pair_drain (&pair);
  pair_clear (&pair);
}

/* Moves events heap → heap, heap → wheel, wheel → heap, wheel → wheel: earlier, later, and to the same instant. */
static void
test_moves (void)
{
  const SfTime at[] = { 10, 20, 900000, 3 * SF_MSEC, 70 * SF_MSEC, 70 * SF_MSEC + 1, 5 * SF_SEC, 3600 * SF_SEC };

  for (guint from = 0; from < G_N_ELEMENTS (at); from++)
    for (guint to = 0; to < G_N_ELEMENTS (at); to++)
      {
        Pair pair;

        pair_init (&pair, from * 16 + to);
        pair_add (&pair, 5);
        for (guint i = 0; i < G_N_ELEMENTS (at); i++)
          pair_add (&pair, at[i]);
        pair_pop (&pair);
        for (guint i = 0; i < pair.slow.events->len; i++)
          if (slow_at (&pair.slow, i)->at == at[from])
            {
              pair_move (&pair, i, at[to]);
              break;
            }
        pair_check (&pair);
        pair_drain (&pair);
        pair_clear (&pair);
      }
}

/* Events of one instant are popped in the order of adding, whether they were added to the heap or to the wheel. */
static void
test_ties (void)
{
  SfQueue queue;
  SfEvent event;
  guint32 moved;

  sf_queue_init (&queue);
  moved = sf_queue_add (&queue, SF_SEC, 1, 100);
  for (guint32 i = 0; i < 50; i++)
    sf_queue_add (&queue, SF_SEC, 1, i);
  sf_queue_add (&queue, SF_SEC - 1, 1, 1000);
  sf_queue_pop (&queue, &event);
  g_assert_cmpuint (event.target, ==, 1000);
  for (guint32 i = 50; i < 90; i++)
    sf_queue_add (&queue, SF_SEC, 1, i);
  sf_queue_move (&queue, moved, SF_SEC);
  for (guint32 i = 0; i < 90; i++)
    {
      g_assert_true (sf_queue_pop (&queue, &event));
      g_assert_cmpuint (event.target, ==, i);
    }
  g_assert_true (sf_queue_pop (&queue, &event));
  g_assert_cmpuint (event.target, ==, 100);
  g_assert_false (sf_queue_pop (&queue, &event));
  sf_queue_clear (&queue);
}

/* A copy pops the same events and gives the same handles, and the original does not change with it. */
static void
test_copy (void)
{
  Pair pair, copy;

  pair_init (&pair, 3);
  pair_init (&copy, 4);
  for (guint round = 0; round < 100; round++)
    {
      gint bits = (gint) (round * 7 % 63);

      for (guint i = 0; i < 100; i++)
        random_step (&pair, 20 + 2 * round, bits);
      pair_copy (&copy, &pair);
      pair_check (&copy);
      for (guint i = 0; i < 100; i++)
        random_step (&copy, 300, bits);
      pair_check (&copy);
      pair_check (&pair);
      if (round % 3 == 0)
        pair_drain (&copy);
      if (bits > 50)
        {
          pair_drain (&pair);
          sf_queue_reset (&pair.queue);
          pair.slow.now = 0;
        }
    }
  pair_clear (&pair);
  pair_clear (&copy);
}

static void
test_copy_repeats_handles (void)
{
  SfQueue queue, copy;
  SfEvent a, b;

  sf_queue_init (&queue);
  sf_queue_init (&copy);
  for (guint32 i = 0; i < 1000; i++)
    sf_queue_add (&queue, (SfTime) i * 7919 % 1000 * SF_MSEC, 0, i);
  for (guint32 i = 0; i < 300; i++)
    sf_queue_pop (&queue, &a);
  sf_queue_copy (&copy, &queue);
  while (sf_queue_pop (&queue, &a))
    {
      g_assert_true (sf_queue_pop (&copy, &b));
      g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
      if (a.target % 3 == 0)
        g_assert_cmpuint (sf_queue_add (&queue, a.at + SF_SEC, 0, 1), ==, sf_queue_add (&copy, b.at + SF_SEC, 0, 1));
    }
  g_assert_false (sf_queue_pop (&copy, &b));
  sf_queue_clear (&queue);
  sf_queue_clear (&copy);
}

/* A queue that has been reset is like a new one, whatever it held. */
static void
test_reset (void)
{
  Pair pair;

  pair_init (&pair, 5);
  for (guint round = 0; round < 63; round++)
    {
      for (guint i = 0; i < 200; i++)
        random_step (&pair, 50, (gint) round);
      sf_queue_reset (&pair.queue);
      g_array_set_size (pair.slow.events, 0);
      pair.slow.now = 0;

      g_assert_cmpuint (sf_queue_length (&pair.queue), ==, 0);
      g_assert_cmpint (sf_queue_next (&pair.queue), ==, SF_NEVER);
      g_assert_cmpint (pair.queue.horizon, ==, 0);
      g_assert_cmpuint (sf_queue_add (&pair.queue, 100, 0, 1), ==, 1);
      sf_queue_remove (&pair.queue, 1);
    }
  pair_drain (&pair);
  pair_clear (&pair);
}

/* A million timers that expire much later are not in the heap. */
static void
test_far_is_not_in_the_heap (void)
{
  SfQueue queue;
  SfEvent event;

  sf_queue_init (&queue);
  for (guint32 i = 0; i < 1000000; i++)
    sf_queue_add (&queue, 60 * SF_SEC + (SfTime) i * SF_USEC, 0, i);
  for (guint32 i = 0; i < 1000; i++)
    {
      sf_queue_add (&queue, (SfTime) i, 1, i);
      sf_queue_pop (&queue, &event);
      g_assert_cmpuint (event.kind, ==, 1);
    }
  g_assert_cmpuint (queue.heap_cap, <=, 64);
  for (guint32 i = 0; i < 1000000; i++)
    {
      g_assert_true (sf_queue_pop (&queue, &event));
      g_assert_cmpuint (event.target, ==, i);
    }
  g_assert_cmpuint (queue.heap_cap, <=, 2048);
  sf_queue_clear (&queue);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/queue/random", test_random);
  g_test_add_func ("/queue/end-of-time", test_end_of_time);
  g_test_add_func ("/queue/boundaries", test_boundaries);
  g_test_add_func ("/queue/long-march", test_long_march);
  g_test_add_func ("/queue/moves", test_moves);
  g_test_add_func ("/queue/ties", test_ties);
  g_test_add_func ("/queue/copy", test_copy);
  g_test_add_func ("/queue/copy-repeats-handles", test_copy_repeats_handles);
  g_test_add_func ("/queue/reset", test_reset);
  g_test_add_func ("/queue/far-is-not-in-the-heap", test_far_is_not_in_the_heap);
  return g_test_run ();
}
