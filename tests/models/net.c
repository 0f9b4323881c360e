/* SPDX-License-Identifier: MIT
 *
 * The world as a value: running it again, copying it while it runs, comparing it.
 */
#include "tests/support/network.h"

#include "models/pools.h"

#include <string.h>

/* Builds a network with all kinds of state: two hosts and a router, a link with queue and random loss, one with jitter
 * that reorders, rules that hold back and copy, a link that goes down, a host that crashes. */
static void
build_busy (Network *network)
{
  guint16 a = network_add_host (network), b = network_add_host (network), r = sf_plan_add_router (network->plan, "r");
  SfMatch any = { .from = SF_NO_HOST, .to = SF_NO_HOST, .state_host = SF_NO_HOST, .state = SF_ANY_STATE };
  SfFaultRule rules[] = {
    { .match = any, .action = SF_FAULT_DELAY, .time = 3 * SF_MSEC },
    { .match = any, .action = SF_FAULT_DUPLICATE, .time = 5 * SF_MSEC, .copies = 3, .spacing = SF_MSEC },
  };
  const SfTimedFault timed[] = {
    { .kind = SF_TIMED_LINK_DOWN, .at = 30 * SF_MSEC, .index = 1 },
    { .kind = SF_TIMED_LINK_UP, .at = 35 * SF_MSEC, .index = 1 },
    { .kind = SF_TIMED_CRASH, .at = 50 * SF_MSEC, .index = b },
    { .kind = SF_TIMED_REBOOT, .at = 70 * SF_MSEC, .index = b },
    { .kind = SF_TIMED_INJECT, .at = 20 * SF_MSEC, .segment = network_segment (b, a, 9) },
  };

  rules[0].match.nth_first = 3;
  rules[0].match.nth_last = 30;
  rules[1].match.nth_first = 31;
  rules[1].match.nth_last = 40;
  g_array_append_vals (network->plan->faults, rules, G_N_ELEMENTS (rules));
  g_array_append_vals (network->plan->timed_faults, timed, G_N_ELEMENTS (timed));
  sf_plan_add_link (network->plan, a, r,
                    &(SfDirectionPlan){
                      .rate = 7 * 1000 * 1000,
                      .delay = 4 * SF_MSEC,
                      .queue_segments = 20,
                      .duplicate = 0.1,
                      .corrupt = 0.1,
                      .reorder = 0.2,
                      .reorder_by = 6 * SF_MSEC,
                      .loss = {
                        .kind = SF_LOSS_GILBERT_ELLIOTT, .p = 0.1, .r = 0.5, .loss_good = 0.02, .loss_bad = 0.6 } });
  sf_plan_add_link (network->plan, r, b,
                    &(SfDirectionPlan){ .delay = 4 * SF_MSEC,
                                        .has_jitter = TRUE,
                                        .jitter = { SF_DIST_EXPONENTIAL, 2 * SF_MSEC, 0 },
                                        .jitter_reorders = TRUE });
  network_start (network);
}

/* Adds 100 ms of traffic, in both directions and of a host to itself. */
static void
add_traffic (SfNet *net)
{
  for (guint i = 0; i < 100; i++)
    {
      network_send_some (net, i * SF_MSEC, 0, 1, 500 + i, 3);
      network_send_some (net, i * SF_MSEC + 300 * SF_USEC, 1, 0, 10, 1);
      network_send_some (net, i * SF_MSEC + 500 * SF_USEC, 0, 0, 1, 1);
    }
}

static void
test_loopback (Network *network, gconstpointer data)
{
  guint16 a = network_add_host (network);

  (void) data;
  network_start (network);
  network_send_some (network->net, 5, a, a, 1000, 2);
  network_assert_log (network, "send 1@0.005; arrive 1@0.005; send 2@0.005; arrive 2@0.005");
  g_assert_cmpuint (fake_tcp (network->net)->last_cause, ==, 2);
  g_assert_cmpuint (network->net->cause, ==, 0);
}

static char *
run_to_end (Network *network)
{
  add_traffic (network->net);
  sf_net_run (network->net, SF_NEVER, G_MAXUINT64);
  g_assert_cmpuint (network->net->segments.live, ==, 0);
  return g_strdup (network->log->str);
}

/* Two runs are the same in a new world and in one that has been used for something else. */
static void
test_again (Network *network, gconstpointer data)
{
  g_autofree char *first = NULL, *second = NULL, *other_seed = NULL;
  guint64 hash;

  (void) data;
  build_busy (network);
  first = run_to_end (network);
  hash = sf_net_hash (network->net);
  g_assert_nonnull (strstr (first, "lost"));
  g_assert_nonnull (strstr (first, "full"));
  g_assert_nonnull (strstr (first, "copied"));
  g_assert_nonnull (strstr (first, "host-down"));
  g_assert_nonnull (strstr (first, "link-down"));

  sf_net_reset (network->net, (SfSeed){ 2, 0 });
  g_string_truncate (network->log, 0);
  other_seed = run_to_end (network);
  g_assert_cmpstr (first, !=, other_seed);
  g_assert_cmpuint (sf_net_hash (network->net), !=, hash);

  sf_net_reset (network->net, (SfSeed){ 1, 0 });
  g_string_truncate (network->log, 0);
  second = run_to_end (network);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpuint (sf_net_hash (network->net), ==, hash);

  sf_net_free (network->net);
  network->net = sf_net_new (network->plan, (SfSeed){ 1, 0 });
  g_free (run_to_end (network));
  g_assert_cmpuint (sf_net_hash (network->net), ==, hash);
}

/* At many points of a run, a clone and a copy into a used world are equal to the original, continue in the same way,
 * and do not change it. */
static void
test_clone (Network *network, gconstpointer data)
{
  g_autoptr (SfNet) used = NULL;
  g_autoptr (GString) log_of_clone = g_string_new (NULL), log_of_used = g_string_new (NULL);

  (void) data;
  build_busy (network);
  used = sf_net_clone (network->net);
  network_log (used, log_of_used);
  add_traffic (network->net);
  while (sf_net_run (network->net, SF_NEVER, 50) != SF_STOP_IDLE)
    {
      g_autoptr (SfNet) clone = sf_net_clone (network->net);
      guint64 hash = sf_net_hash (network->net);

      g_assert_cmpuint (sf_net_hash (clone), ==, hash);
      g_assert_null (clone->sim.sink);
      g_string_truncate (log_of_clone, 0);
      network_log (clone, log_of_clone);
      sf_net_run (clone, SF_NEVER, 300);

      sf_net_copy (used, network->net);
      g_assert_cmpuint (sf_net_hash (used), ==, hash);
      g_string_truncate (log_of_used, 0);
      sf_net_run (used, SF_NEVER, 300);

      g_assert_cmpuint (sf_net_hash (network->net), ==, hash);
      g_assert_cmpstr (log_of_clone->str, ==, log_of_used->str);
      g_assert_cmpuint (sf_net_hash (clone), ==, sf_net_hash (used));

      /* The original continues in the same way. */
      g_string_truncate (network->log, 0);
      sf_net_run (network->net, SF_NEVER, 300);
      g_assert_cmpstr (network->log->str, ==, log_of_clone->str);
      g_assert_cmpuint (sf_net_hash (network->net), ==, sf_net_hash (clone));
    }
}

static void
test_listener_changes_nothing (Network *network, gconstpointer data)
{
  g_autoptr (SfNet) silent = NULL;

  (void) data;
  build_busy (network);
  silent = sf_net_clone (network->net);
  add_traffic (network->net);
  add_traffic (silent);
  sf_net_run (network->net, 60 * SF_MSEC, G_MAXUINT64);
  sf_net_run (silent, 60 * SF_MSEC, G_MAXUINT64);
  g_assert_cmpuint (network->log->len, >, 0);
  g_assert_cmpuint (sf_net_hash (network->net), ==, sf_net_hash (silent));
}

/* Each of these changes the digest. */
static void
test_hash_sees (Network *network, gconstpointer data)
{
  g_autoptr (SfNet) other = NULL;
  guint64 hash;

  (void) data;
  build_busy (network);
  add_traffic (network->net);
  sf_net_run (network->net, 33 * SF_MSEC, G_MAXUINT64);
  hash = sf_net_hash (network->net);
  other = sf_net_clone (network->net);

  other->sim.now++;
  g_assert_cmpuint (sf_net_hash (other), !=, hash);
  sf_net_copy (other, network->net);
  sf_queue_add (&other->sim.queue, SF_SEC, SF_EVENT_TCP_TIMER, 1);
  g_assert_cmpuint (sf_net_hash (other), !=, hash);
  sf_net_copy (other, network->net);
  other->directions[3].loss.n++;
  g_assert_cmpuint (sf_net_hash (other), !=, hash);
  sf_net_copy (other, network->net);
  other->hosts[1].isn.n++;
  g_assert_cmpuint (sf_net_hash (other), !=, hash);
  sf_net_copy (other, network->net);
  other->fault_matches[0]++;
  g_assert_cmpuint (sf_net_hash (other), !=, hash);
  sf_net_copy (other, network->net);
  sf_net_segment (other, 1)->len ^= 1;
  g_assert_cmpuint (sf_net_hash (other), !=, hash);
  sf_net_copy (other, network->net);
  g_assert_cmpuint (sf_net_hash (other), ==, hash);
}

/* The items of every pool are part of the world: hashed, copied, and given back by a reset. */
static void
test_pools (Network *network, gconstpointer data)
{
  g_autoptr (SfNet) copy = NULL;
  guint n_pools;
  const SfNetPool *pools = sf_net_pools (&n_pools);
  guint64 fresh;

  (void) data;
  network_add_host (network);
  network_start (network);
  copy = sf_net_clone (network->net);
  fresh = sf_net_hash (network->net);
  g_assert_cmpuint (n_pools, >, 0);
  for (guint i = 0; i < n_pools; i++)
    {
      SfPool *pool = sf_net_pool (network->net, &pools[i]), *copied = sf_net_pool (copy, &pools[i]);

      g_test_message ("%s", pools[i].name);
      memset (sf_pool_at (pool, sf_pool_take (pool)), 0xa5, pools[i].item_size);
      g_assert_cmpuint (sf_net_hash (network->net), !=, fresh);
      sf_net_copy (copy, network->net);
      g_assert_cmpuint (copied->live, ==, 1);
      g_assert_cmpmem (sf_pool_at (copied, 1), pools[i].item_size, sf_pool_at (pool, 1), pools[i].item_size);
      g_assert_cmpuint (sf_net_hash (copy), ==, sf_net_hash (network->net));
      sf_net_reset (network->net, (SfSeed){ 1, 0 });
      g_assert_cmpuint (pool->live, ==, 0);
      g_assert_cmpuint (sf_net_hash (network->net), ==, fresh);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  network_add_test ("/net/loopback", test_loopback);
  network_add_test ("/net/again", test_again);
  network_add_test ("/net/clone", test_clone);
  network_add_test ("/net/listener-changes-nothing", test_listener_changes_nothing);
  network_add_test ("/net/hash-sees", test_hash_sees);
  network_add_test ("/net/pools", test_pools);
  return g_test_run ();
}
