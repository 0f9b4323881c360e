/* SPDX-License-Identifier: MIT
 *
 * When to look at the elements of a sweep, and which of those that have left the queue have failed (docs/clusters.md).
 */
#include "lab/cluster/shards.h"

#define SECOND G_USEC_PER_SEC
#define NOW (1000 * SECOND)

/* The first wait is half a second, each other one a quarter longer, the longest ten seconds. */
static void
test_waits (void)
{
  gint64 wait = sf_shards_next_wait (0);

  g_assert_cmpint (wait, ==, SECOND / 2);
  for (guint i = 0; i < 40; i++)
    {
      gint64 next = sf_shards_next_wait (wait);

      g_assert_cmpint (next, ==, MIN (wait + wait / 4, 10 * SECOND));
      wait = next;
    }
  g_assert_cmpint (wait, ==, 10 * SECOND);
}

/* An element is missed two seconds after it has left the queue. */
static void
test_missed (void)
{
  SfElement element = { .gone = 0 };

  g_assert_false (sf_element_is_missed (&element, NOW));
  g_assert_cmpint (element.gone, ==, NOW);
  g_assert_false (sf_element_is_missed (&element, NOW + 2 * SECOND - 1));
  g_assert_true (sf_element_is_missed (&element, NOW + 2 * SECOND));
  g_assert_cmpint (element.gone, ==, NOW);
}

static const struct
{
  const char *fate; /* NULL: not known */
  gint64 missing;   /* for how many seconds */
  gboolean failed, missed;
} rows[] = {
  { "FAILED, exit code 7:0", 2, TRUE, TRUE },
  { "CANCELLED by 0, exit code 0:15", 2, TRUE, TRUE },
  { "NODE_FAIL", 2, TRUE, TRUE },
  /* Its results may still come. */
  { "COMPLETED, exit code 0:0", 59, FALSE, TRUE },
  { "COMPLETED, exit code 0:0", 60, TRUE, TRUE },
  { NULL, 59, FALSE, TRUE },
  { NULL, 60, TRUE, TRUE },
  /* Slurm starts it again. */
  { "REQUEUED", 100, FALSE, FALSE },
  { "PENDING", 2, FALSE, FALSE },
  { "RUNNING", 60, FALSE, FALSE },
};

static void
test_failed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      SfElement element = { .gone = NOW };

      g_test_message ("%s, %d s", rows[i].fate, (int) rows[i].missing);
      g_assert_cmpint (sf_element_has_failed (&element, rows[i].fate, NOW + rows[i].missing * SECOND), ==,
                       rows[i].failed);
      g_assert_cmpint (element.gone, ==, rows[i].missed ? NOW : 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/cluster/watch/waits", test_waits);
  g_test_add_func ("/lab/cluster/watch/missed", test_missed);
  g_test_add_func ("/lab/cluster/watch/failed", test_failed);
  return g_test_run ();
}
