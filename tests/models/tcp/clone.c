/* SPDX-License-Identifier: MIT
 *
 * Copying a world with TCP: a copy that is made during a run continues as the original does, and a world that was reset
 * runs as a new one.
 */
#include "tests/support/lossy.h"

#define STRIDE 397 /* events between two clones */

static void
on_record (gpointer log, const SfRecordHead *head)
{
  lossy_log (log, (gconstpointer) head);
}

static char *
run_to_end (SfNet *net)
{
  GString *log = g_string_new (NULL);

  sf_net_listen (net, on_record, log);
  g_assert_cmpint (sf_net_run (net, SF_NEVER, 5000000), ==, SF_STOP_IDLE);
  sf_net_listen (net, NULL, NULL);
  return g_string_free (log, FALSE);
}

static void
test_mid_flight (gconstpointer data)
{
  g_autoptr (SfPlan) plan = lossy_plan (GPOINTER_TO_UINT (data));
  g_autoptr (SfNet) net = sf_net_new (plan, (SfSeed){ 7, 0 }), used = sf_net_clone (net);

  for (guint n = 0; n < 12 && sf_net_run (net, SF_NEVER, STRIDE * (n + 1)) != SF_STOP_IDLE; n++)
    {
      g_autoptr (SfNet) clone = sf_net_clone (net), again = sf_net_clone (net);
      g_autofree char *first = NULL, *second = NULL, *third = NULL;
      guint64 hash = sf_net_hash (net);

      g_assert_cmpuint (sf_net_hash (clone), ==, hash);
      sf_net_copy (used, net); /* `used` has run to its end before */
      g_assert_cmpuint (sf_net_hash (used), ==, hash);
      first = run_to_end (clone);
      second = run_to_end (again);
      third = run_to_end (used);
      g_assert_cmpstr (first, ==, second);
      g_assert_cmpstr (first, ==, third);
      g_assert_cmpuint (sf_net_hash (clone), ==, sf_net_hash (used));
      g_assert_cmpuint (sf_net_hash (net), ==, hash); /* untouched by them */
    }
}

static void
test_reset (gconstpointer data)
{
  g_autoptr (SfPlan) plan = lossy_plan (GPOINTER_TO_UINT (data));
  g_autoptr (SfNet) net = sf_net_new (plan, (SfSeed){ 1, 0 }), fresh = sf_net_new (plan, (SfSeed){ 2, 0 });
  g_autofree char *other = run_to_end (net), *expected = run_to_end (fresh), *again = NULL;

  g_assert_cmpstr (other, !=, expected);
  sf_net_reset (net, (SfSeed){ 2, 0 });
  again = run_to_end (net);
  g_assert_cmpstr (again, ==, expected);
  g_assert_cmpuint (sf_net_hash (net), ==, sf_net_hash (fresh));
  sf_net_reset (net, (SfSeed){ 2, 0 });
  sf_net_run (net, SF_NEVER, 1000); /* continue from another state, without a listener */
  sf_net_reset (fresh, (SfSeed){ 2, 0 });
  sf_net_run (fresh, SF_NEVER, 1000);
  g_assert_cmpuint (sf_net_hash (net), ==, sf_net_hash (fresh));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint seed = 1; seed <= 8; seed++)
    {
      g_autofree char *mid_flight = g_strdup_printf ("/tcp/clone/mid-flight/%u", seed);
      g_autofree char *reset = g_strdup_printf ("/tcp/clone/reset/%u", seed);

      g_test_add_data_func (mid_flight, GUINT_TO_POINTER (seed), test_mid_flight);
      g_test_add_data_func (reset, GUINT_TO_POINTER (seed), test_reset);
    }
  return g_test_run ();
}
