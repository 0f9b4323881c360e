/* SPDX-License-Identifier: MIT
 *
 * The number of shards: so that each lasts ten seconds, but not more than the cluster allows, nor than a thousand.
 */
#include "lab/cluster/shards.h"
#include "tests/support/sweeps.h"

/* A run of this scenario takes between a microsecond and a millisecond on any machine. */
static const struct
{
  guint64 replications;
  guint n_threads, most;
  guint least, greatest; /* shards */
} rows[] = {
  { 1, 1, 1000, 1, 1 }, /* an instant */
  { 1000000000, 1, 1000, 10, 1000 },
  { 1000000000, 1, 5, 5, 5 }, /* at least 1000 s of work */
  { 1000000000, 1, 2000000, 10, 1000 },
  { 1000000000, 1000000, 1000, 1, 1 }, /* at most 1 s of work */
};

static void
test_estimate (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load ("  vary: {links.0.loss: [10%]}\n  measure: [segments]\n");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const SfClusterSweep job = { .sweep = sweep, .n_threads = rows[i].n_threads };
      guint n;

      sweep->replications = rows[i].replications;
      n = sf_shards_estimate (&job, rows[i].most);
      g_assert_cmpuint (n, >=, rows[i].least);
      g_assert_cmpuint (n, <=, rows[i].greatest);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/lab/cluster/size/estimate", test_estimate);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
