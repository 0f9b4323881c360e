/* SPDX-License-Identifier: MIT
 *
 * The pools of a world: what is done to the pools is done to every one of them.
 */
#include "models/pools.h"

/* Takes as many items of every pool as its number in the table, plus one. */
static void
take_some (SfNet *net)
{
  guint n;
  const SfNetPool *table = sf_net_pools (&n);

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k <= i; k++)
      sf_pool_take (sf_net_pool (net, &table[i]));
}

/* Asserts that every pool has the items of take_some(), or none. */
static void
assert_live (const SfNet *net, gboolean some)
{
  guint n;
  const SfNetPool *table = sf_net_pools (&n);

  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (sf_net_pool (net, &table[i])->live, ==, some ? i + 1 : 0);
}

static void
test_all (void)
{
  g_autofree SfNet *net = g_new0 (SfNet, 1), *copy = g_new0 (SfNet, 1);
  guint n;
  const SfNetPool *table = sf_net_pools (&n);

  sf_net_pools_init (net);
  sf_net_pools_init (copy);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (sf_net_pool (net, &table[i])->item_size, ==, table[i].item_size);
  take_some (net);
  sf_net_pools_copy (copy, net);
  assert_live (copy, TRUE);
  sf_net_pools_reset (net);
  assert_live (net, FALSE);
  assert_live (copy, TRUE);
  sf_net_pools_clear (net);
  sf_net_pools_clear (copy);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (sf_pool_bytes (sf_net_pool (net, &table[i])), ==, 0);
      g_assert_cmpuint (sf_pool_bytes (sf_net_pool (copy, &table[i])), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pools/all", test_all);
  return g_test_run ();
}
