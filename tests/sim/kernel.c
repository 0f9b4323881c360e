/* SPDX-License-Identifier: MIT
 *
 * The event loop: the order of events, deferred work, and where a run stops.
 */
#include "sim/kernel.h"

#include <string.h>

/* A world with a log of the handlers that ran: which, with which target, when. */
typedef struct
{
  SfSim sim;
  GString *log;
} World;

enum
{
  NOTE,    /* only writes the log */
  DEFERS,  /* defers a NOTE on target + 1 and one on target + 2 */
  CHAIN,   /* defers itself on target - 1 until 0 */
  AT_ONCE, /* adds a NOTE at this instant and defers another */
  REPEATS, /* adds itself again after `target` ns, forever */
};

static void
write_down (SfSim *sim, char what, guint32 target)
{
  World *world = (World *) sim;

  g_string_append_printf (world->log, "%c%u@%" G_GINT64_FORMAT " ", what, target, sim->now);
}

static void
on_note (SfSim *sim, guint32 target)
{
  write_down (sim, 'n', target);
}

static void
on_defers (SfSim *sim, guint32 target)
{
  write_down (sim, 'd', target);
  sf_sim_defer (sim, NOTE, target + 1);
  sf_sim_defer (sim, NOTE, target + 2);
}

static void
on_chain (SfSim *sim, guint32 target)
{
  write_down (sim, 'c', target);
  if (target > 0)
    sf_sim_defer (sim, CHAIN, target - 1);
}

static void
on_repeats (SfSim *sim, guint32 target)
{
  write_down (sim, 'r', target);
  sf_sim_after (sim, target, REPEATS, target);
}

static void
on_at_once (SfSim *sim, guint32 target)
{
  write_down (sim, 'a', target);
  sf_sim_after (sim, 0, NOTE, target);
  sf_sim_defer (sim, NOTE, target + 1);
}

static const SfHandler handlers[] = {
  [NOTE] = on_note, [DEFERS] = on_defers, [CHAIN] = on_chain, [REPEATS] = on_repeats, [AT_ONCE] = on_at_once,
};

static void
setup (World *world, gconstpointer data)
{
  (void) data;
  sf_sim_init (&world->sim, handlers, (SfSeed){ 1, 2 });
  world->log = g_string_new (NULL);
}

static void
teardown (World *world, gconstpointer data)
{
  (void) data;
  sf_sim_clear (&world->sim);
  g_string_free (world->log, TRUE);
}

/* Asserts that the log since the last call is `expected`. */
static void
assert_log (World *world, const char *expected)
{
  g_assert_cmpstr (world->log->str, ==, expected);
  g_string_truncate (world->log, 0);
}

static void
test_empty (World *world, gconstpointer data)
{
  (void) data;
  g_assert_cmpint (sf_sim_run (&world->sim, SF_SEC, G_MAXUINT64), ==, SF_STOP_IDLE);
  g_assert_cmpint (world->sim.now, ==, 0);
  g_assert_cmpuint (world->sim.n_events, ==, 0);
}

/* Classes come before the order of adding. */
static void
test_classes (World *world, gconstpointer data)
{
  (void) data;
  G_STATIC_ASSERT (REPEATS == SF_QUEUE_CLASS); /* the others are of the class before */
  sf_sim_after (&world->sim, 5, REPEATS, 100);
  sf_sim_after (&world->sim, 5, NOTE, 1);
  sf_sim_after (&world->sim, 5, CHAIN, 0);
  sf_sim_run (&world->sim, 5, G_MAXUINT64);
  assert_log (world, "n1@5 c0@5 r100@5 ");
}

static void
test_ties (World *world, gconstpointer data)
{
  (void) data;
  sf_sim_after (&world->sim, 5, NOTE, 1);
  sf_sim_after (&world->sim, 3, NOTE, 2);
  sf_sim_after (&world->sim, 5, NOTE, 3);
  sf_sim_after (&world->sim, 3, NOTE, 4);
  g_assert_cmpint (sf_sim_run (&world->sim, SF_NEVER, G_MAXUINT64), ==, SF_STOP_IDLE);
  assert_log (world, "n2@3 n4@3 n1@5 n3@5 ");
  g_assert_cmpint (world->sim.now, ==, 5);
  g_assert_cmpuint (world->sim.n_events, ==, 4);
}

/* Deferred work runs before the next event of the same instant, first in, first out. */
static void
test_deferred (World *world, gconstpointer data)
{
  (void) data;
  sf_sim_after (&world->sim, 1, DEFERS, 10);
  sf_sim_after (&world->sim, 1, AT_ONCE, 20);
  sf_sim_after (&world->sim, 1, CHAIN, 2);
  sf_sim_after (&world->sim, 2, NOTE, 30);
  sf_sim_run (&world->sim, SF_NEVER, G_MAXUINT64);
  assert_log (world, "d10@1 n11@1 n12@1 a20@1 n21@1 c2@1 c1@1 c0@1 n20@1 n30@2 ");
  g_assert_cmpuint (world->sim.n_events, ==, 10);
}

/* The ring grows while it is wrapped around. */
static void
test_deferred_many (World *world, gconstpointer data)
{
  g_autoptr (GString) expected = g_string_new (NULL);

  (void) data;
  for (guint32 round = 0; round < 3; round++)
    {
      for (guint32 i = 0; i < 11; i++)
        sf_sim_defer (&world->sim, NOTE, i);
      sf_sim_run (&world->sim, SF_NEVER, 7);
      for (guint32 i = 0; i < 100 * round; i++)
        sf_sim_defer (&world->sim, NOTE, i);
      sf_sim_run (&world->sim, SF_NEVER, G_MAXUINT64);
      for (guint32 i = 0; i < 11; i++)
        g_string_append_printf (expected, "n%u@0 ", i);
      for (guint32 i = 0; i < 100 * round; i++)
        g_string_append_printf (expected, "n%u@0 ", i);
    }
  assert_log (world, expected->str);
}

/* An event exactly at `until` runs, one a nanosecond later waits. */
static void
test_until (World *world, gconstpointer data)
{
  (void) data;
  sf_sim_after (&world->sim, SF_SEC, DEFERS, 1);
  sf_sim_after (&world->sim, SF_SEC + 1, NOTE, 7);
  g_assert_cmpint (sf_sim_run (&world->sim, SF_SEC - 1, G_MAXUINT64), ==, SF_STOP_TIME);
  assert_log (world, "");
  g_assert_cmpint (world->sim.now, ==, SF_SEC - 1);
  g_assert_cmpint (sf_sim_run (&world->sim, SF_SEC, G_MAXUINT64), ==, SF_STOP_TIME);
  assert_log (world, "d1@1000000000 n2@1000000000 n3@1000000000 ");
  g_assert_cmpint (world->sim.now, ==, SF_SEC);
  g_assert_cmpint (sf_sim_run (&world->sim, SF_SEC, G_MAXUINT64), ==, SF_STOP_TIME);
  g_assert_cmpint (sf_sim_run (&world->sim, 5, G_MAXUINT64), ==, SF_STOP_TIME);
  g_assert_cmpint (world->sim.now, ==, SF_SEC);
  g_assert_cmpint (sf_sim_run (&world->sim, 2 * SF_SEC, G_MAXUINT64), ==, SF_STOP_IDLE);
  assert_log (world, "n7@1000000001 ");
  g_assert_cmpint (world->sim.now, ==, SF_SEC + 1);
}

/* An event that is added between two runs may be earlier than the one at which the first run stopped. */
static void
test_add_before_waiting_event (World *world, gconstpointer data)
{
  (void) data;
  sf_sim_after (&world->sim, 60 * SF_SEC, NOTE, 1);
  g_assert_cmpint (sf_sim_run (&world->sim, 10, G_MAXUINT64), ==, SF_STOP_TIME);
  sf_sim_after (&world->sim, 0, NOTE, 2);
  sf_sim_after (&world->sim, 60 * SF_SEC - 11, NOTE, 3);
  sf_sim_run (&world->sim, SF_NEVER, G_MAXUINT64);
  assert_log (world, "n2@10 n3@59999999999 n1@60000000000 ");
}

static void
test_limit (World *world, gconstpointer data)
{
  (void) data;
  sf_sim_after (&world->sim, 0, REPEATS, 10);
  sf_sim_after (&world->sim, 15, DEFERS, 1);
  g_assert_cmpint (sf_sim_run (&world->sim, SF_NEVER, 0), ==, SF_STOP_EVENTS);
  assert_log (world, "");
  g_assert_cmpint (sf_sim_run (&world->sim, SF_NEVER, 4), ==, SF_STOP_EVENTS);
  assert_log (world, "r10@0 r10@10 d1@15 n2@15 ");
  g_assert_cmpint (sf_sim_run (&world->sim, SF_NEVER, 2), ==, SF_STOP_EVENTS);
  assert_log (world, "n3@15 r10@20 ");
  g_assert_cmpint (sf_sim_run (&world->sim, 35, G_MAXUINT64), ==, SF_STOP_TIME);
  assert_log (world, "r10@30 ");
  g_assert_cmpuint (world->sim.n_events, ==, 7);
}

static void
test_reset (World *world, gconstpointer data)
{
  (void) data;
  for (guint round = 0; round < 2; round++)
    {
      sf_sim_after (&world->sim, 7, DEFERS, 1);
      sf_sim_after (&world->sim, SF_SEC, NOTE, 9);
      sf_sim_run (&world->sim, SF_NEVER, 2);
      assert_log (world, "d1@7 n2@7 ");
      sf_sim_reset (&world->sim, (SfSeed){ 3, 4 });
      g_assert_cmpint (sf_sim_run (&world->sim, SF_NEVER, G_MAXUINT64), ==, SF_STOP_IDLE);
      g_assert_cmpint (world->sim.now, ==, 0);
      g_assert_cmpuint (world->sim.n_events, ==, 0);
      g_assert_cmpuint (world->sim.seed.replication, ==, 4);
    }
}

/* A simulation that stopped with deferred work and its copy continue in the same way. */
static void
test_copy (World *world, gconstpointer data)
{
  World twin;
  g_autofree char *seen = NULL;

  setup (&twin, data);
  for (guint32 i = 0; i < 40; i++)
    sf_sim_defer (&twin.sim, NOTE, i);
  for (guint32 i = 1; i < 20; i++)
    {
      sf_sim_after (&world->sim, i * 100 * SF_MSEC, DEFERS, i);
      sf_sim_after (&world->sim, i, REPEATS, i * 1000000);
    }
  sf_sim_after (&world->sim, 20, CHAIN, 50);
  for (guint32 i = 1; i < 20; i++)
    sf_sim_after (&world->sim, 20, DEFERS, i);
  for (guint stop = 0; stop < 100; stop++)
    {
      sf_sim_run (&world->sim, SF_NEVER, 3);
      sf_sim_copy (&twin.sim, &world->sim);
      g_string_truncate (world->log, 0);
      sf_sim_run (&world->sim, SF_NEVER, 20);
      g_clear_pointer (&seen, g_free);
      seen = g_strdup (world->log->str);
      sf_sim_run (&twin.sim, SF_NEVER, 20);
      assert_log (&twin, seen);
      g_assert_cmpuint (twin.sim.n_events, ==, world->sim.n_events);
    }
  teardown (&twin, data);
}

static void
test_time_add (void)
{
  g_assert_cmpint (sf_time_add (1, 2), ==, 3);
  g_assert_cmpint (sf_time_add (1, SF_NEVER), ==, SF_NEVER);
  g_assert_cmpint (sf_time_add (SF_NEVER, 0), ==, SF_NEVER);
  g_assert_cmpint (sf_time_add (SF_NEVER, SF_NEVER), ==, SF_NEVER);
  g_assert_cmpint (sf_time_add (SF_NEVER - 2, 1), ==, SF_NEVER - 1);
  g_assert_cmpint (sf_time_add (SF_NEVER - 2, 2), ==, SF_NEVER);
}

static void
add (const char *path, void (*test) (World *, gconstpointer))
{
  g_test_add (path, World, NULL, setup, test, teardown);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/instant/add", test_time_add);
  add ("/kernel/empty", test_empty);
  add ("/kernel/ties", test_ties);
  add ("/kernel/classes", test_classes);
  add ("/kernel/deferred", test_deferred);
  add ("/kernel/deferred-many", test_deferred_many);
  add ("/kernel/until", test_until);
  add ("/kernel/add-before-waiting-event", test_add_before_waiting_event);
  add ("/kernel/limit", test_limit);
  add ("/kernel/reset", test_reset);
  add ("/kernel/copy", test_copy);
  return g_test_run ();
}
