/* SPDX-License-Identifier: MIT
 *
 * Plans: routes as sf_plan_finish() describes them, addresses, and segments that follow the routes.
 */
#include "tests/support/network.h"

static guint16
add_link (Network *network, guint16 a, guint16 b, SfTime delay)
{
  return sf_plan_add_link (network->plan, a, b, &(SfDirectionPlan){ .delay = delay });
}

/* Returns the direction of the first hop from `from` to `to`, -1 if there is no route. */
static int
first_hop (const Network *network, guint16 from, guint16 to)
{
  return network->plan->route[from * network->plan->hosts->len + to] - 1;
}

static guint16
add_router (Network *network)
{
  return sf_plan_add_router (network->plan, "r");
}

static void
test_line (Network *network, gconstpointer data)
{
  guint16 a = network_add_host (network), r = add_router (network), b = network_add_host (network);

  (void) data;
  add_link (network, a, r, SF_MSEC);
  add_link (network, b, r, 2 * SF_MSEC);
  network_start (network);
  g_assert_cmpint (first_hop (network, a, b), ==, 0); /* link 0, direction 0 */
  g_assert_cmpint (first_hop (network, b, a), ==, 2); /* link 1, direction 0 */
  g_assert_cmpint (first_hop (network, r, a), ==, 1); /* link 0, direction 1 */
  g_assert_cmpint (first_hop (network, r, b), ==, 3);
  g_assert_cmpint (first_hop (network, a, r), ==, 0);
  g_assert_cmpint (first_hop (network, a, a), ==, -1);

  network_send_some (network->net, 0, a, b, 100, 1);
  network_send_some (network->net, 0, b, a, 100, 1);
  network_assert_log (network, "send 1@0; send 2@0; arrive 1@3000; arrive 2@3000");
}

/* A path through a host is no route, however short. */
static void
test_hosts_do_not_forward (Network *network, gconstpointer data)
{
  guint16 a = network_add_host (network), b = network_add_host (network), c = network_add_host (network);

  (void) data;
  add_link (network, a, b, 0);
  add_link (network, b, c, 0);
  network_start (network);
  g_assert_cmpint (first_hop (network, a, c), ==, -1);
  g_assert_cmpint (first_hop (network, a, b), ==, 0);
  network_send_some (network->net, SF_MSEC, a, c, 0, 1);
  network_send_some (network->net, SF_MSEC, a, SF_NO_HOST, 0, 1);
  network_assert_log (network, "send 1@1000; no-route 1@1000; send 2@1000; no-route 2@1000");
}

/* The path over two routers takes 2 × 1 + 1 ms, the direct link 4 ms. */
static void
test_least_delay (Network *network, gconstpointer data)
{
  guint16 a = network_add_host (network), b = network_add_host (network);
  guint16 r = add_router (network), s = add_router (network);

  (void) data;
  add_link (network, a, b, 4 * SF_MSEC);
  add_link (network, a, r, SF_MSEC);
  add_link (network, r, s, SF_MSEC);
  add_link (network, s, b, SF_MSEC);
  network_start (network);
  g_assert_cmpint (first_hop (network, a, b), ==, 2 * 1);
  g_assert_cmpint (first_hop (network, b, a), ==, 2 * 3 + 1);
  network_send_some (network->net, 0, a, b, 0, 1);
  network_assert_log (network, "send 1@0; arrive 1@3000");
}

/* Each direction has its own delay, so the path back may be another one. */
static void
test_asymmetric (Network *network, gconstpointer data)
{
  guint16 a = network_add_host (network), b = network_add_host (network);
  guint16 first = add_link (network, a, b, SF_MSEC), second = add_link (network, a, b, 2 * SF_MSEC);

  (void) data;
  g_array_index (network->plan->links, SfLinkPlan, first).direction[1].delay = 3 * SF_MSEC;
  network_start (network);
  g_assert_cmpint (first_hop (network, a, b), ==, 2 * first);
  g_assert_cmpint (first_hop (network, b, a), ==, 2 * second + 1);
}

/* 2 ms over one router or over two: the route has one router, though its links were added last. */
static void
test_tie_fewer_hops (Network *network, gconstpointer data)
{
  guint16 a = network_add_host (network), b = network_add_host (network);
  guint16 r = add_router (network), s = add_router (network), t = add_router (network);

  (void) data;
  add_link (network, a, r, SF_MSEC);
  add_link (network, r, s, 0);
  add_link (network, s, b, SF_MSEC);
  add_link (network, a, t, SF_MSEC);
  add_link (network, t, b, SF_MSEC);
  network_start (network);
  g_assert_cmpint (first_hop (network, a, b), ==, 2 * 3);
  g_assert_cmpint (first_hop (network, b, a), ==, 2 * 4 + 1);
}

/* Two equal paths, the links of the second host added in the opposite order: each node takes its lower link. */
static void
test_tie_lower_link (Network *network, gconstpointer data)
{
  guint16 a = network_add_host (network), b = network_add_host (network);
  guint16 r = add_router (network), s = add_router (network);

  (void) data;
  add_link (network, a, r, SF_MSEC); /* 0 */
  add_link (network, a, s, SF_MSEC); /* 1 */
  add_link (network, s, b, SF_MSEC); /* 2 */
  add_link (network, r, b, SF_MSEC); /* 3 */
  add_link (network, a, r, SF_MSEC); /* 4: parallel to 0 */
  network_start (network);
  g_assert_cmpint (first_hop (network, a, b), ==, 2 * 0);
  g_assert_cmpint (first_hop (network, b, a), ==, 2 * 2 + 1);
  g_assert_cmpint (first_hop (network, r, a), ==, 2 * 0 + 1);
}

/* Routes through rings of routers without any delay have no loops: segments between all pairs of hosts arrive. */
static void
test_no_loops (Network *network, gconstpointer data)
{
  guint16 router[6], host[6];

  (void) data;
  for (guint i = 0; i < 6; i++)
    {
      router[i] = add_router (network);
      host[i] = network_add_host (network);
      add_link (network, host[i], router[i], 0);
    }
  for (guint i = 0; i < 6; i++)
    {
      add_link (network, router[i], router[(i + 1) % 6], 0);
      add_link (network, router[i], router[(i + 2) % 6], 0);
    }
  network_start (network);
  sf_net_listen (network->net, NULL, NULL);
  for (guint i = 0; i < 36; i++)
    network_send_some (network->net, 0, host[i / 6], host[i % 6], 10, 1);
  g_assert_cmpint (sf_net_run (network->net, SF_SEC, 1000), ==, SF_STOP_IDLE);
  g_assert_cmpuint (fake_tcp (network->net)->n_inputs, ==, 36);
}

/* Computes 1 + direction of the first hop of every node: relaxes all links until nothing changes. Slow, but simple. */
static void
slow_routes (const SfPlan *plan, guint16 to, guint32 *first)
{
  guint n = plan->hosts->len;
  g_autofree SfTime *delay = g_new (SfTime, n);
  g_autofree guint32 *hops = g_new0 (guint32, n);
  gboolean changed = TRUE;

  for (guint i = 0; i < n; i++)
    {
      delay[i] = i == to ? 0 : SF_NEVER;
      first[i] = 0;
    }
  while (changed)
    {
      changed = FALSE;
      for (guint dir = 0; dir < 2 * plan->links->len; dir++)
        {
          guint16 near = plan->direction_params[dir ^ 1].far, far = plan->direction_params[dir].far;
          SfTime there = delay[far] != SF_NEVER ? delay[far] + plan->direction_params[dir].delay : SF_NEVER;
          guint32 after = hops[far] + 1;

          if (there == SF_NEVER || near == to || (far != to && !sf_plan_host (plan, far)->router) || there > delay[near]
              || (there == delay[near] && after > hops[near])
              || (there == delay[near] && after == hops[near] && 1 + dir >= first[near]))
            continue;
          delay[near] = there;
          hops[near] = after;
          first[near] = 1 + dir;
          changed = TRUE;
        }
    }
}

/* Random networks with many paths of the same delay. */
static void
test_slow_agrees (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (6126);

  for (guint round = 0; round < 200; round++)
    {
      g_autoptr (SfPlan) plan = sf_plan_new ();
      gint32 n = g_rand_int_range (rand, 2, 20);
      g_autofree guint32 *first = g_new (guint32, n);

      for (gint32 i = 0; i < n; i++)
        if (g_rand_int_range (rand, 0, 3) == 0)
          sf_plan_add_host (plan, "h", 0, 0, NULL);
        else
          sf_plan_add_router (plan, "r");
      for (gint32 links = g_rand_int_range (rand, 1, 40); links > 0; links--)
        {
          guint16 a = (guint16) g_rand_int_range (rand, 1, n), b = (guint16) g_rand_int_range (rand, 0, a);

          sf_plan_add_link (plan, a, b, &(SfDirectionPlan){ .delay = g_rand_int_range (rand, 0, 4) });
        }
      sf_plan_finish (plan);
      for (guint16 to = 0; to < n; to++)
        {
          slow_routes (plan, to, first);
          for (gint32 from = 0; from < n; from++)
            g_assert_cmpuint (plan->route[from * n + to], ==, first[from]);
        }
    }
}

/* A line of as many routers as a scenario may have: too many for an algorithm of cubic time. */
static void
test_many_routers (void)
{
  g_autoptr (SfPlan) plan = sf_plan_new ();
  guint16 a = sf_plan_add_host (plan, "a", 1, 1, NULL), b = sf_plan_add_host (plan, "b", 2, 1, NULL), last = a;

  for (guint i = 0; i < 4000; i++)
    {
      guint16 router = sf_plan_add_router (plan, "r");

      sf_plan_add_link (plan, last, router, &(SfDirectionPlan){ .delay = SF_MSEC });
      last = router;
    }
  sf_plan_add_link (plan, last, b, &(SfDirectionPlan){ .delay = SF_MSEC });
  sf_plan_finish (plan);
  g_assert_cmpuint (plan->route[a * plan->hosts->len + b], ==, 1 + 2 * 0);
  g_assert_cmpuint (plan->route[b * plan->hosts->len + a], ==, 1 + 2 * 4000 + 1);
}

/* Segments that arrive at a crashed router are lost. */
static void
test_router_down (Network *network, gconstpointer data)
{
  guint16 a = network_add_host (network), r = add_router (network), b = network_add_host (network);
  const SfTimedFault crash = { .kind = SF_TIMED_CRASH, .at = SF_MSEC, .index = r };

  (void) data;
  add_link (network, a, r, SF_MSEC);
  add_link (network, r, b, SF_MSEC);
  g_array_append_val (network->plan->timed_faults, crash);
  network_start (network);
  network_send_some (network->net, 0, a, b, 0, 1);
  network_assert_log (network, "send 1@0; host 1 down@1000; host-down 1@1000");
}

static void
test_addresses (Network *network, gconstpointer data)
{
  SfPlan *plan = network->plan;
  guint16 high = sf_plan_add_host (plan, "high", 0xcb007101, 3, NULL);
  guint16 low = sf_plan_add_host (plan, "low", 0xc0000201, 0, NULL);
  guint16 last = sf_plan_add_host (plan, "last", 0xffffffff, 1, NULL);

  (void) data;
  add_router (network);
  network_start (network);
  g_assert_cmpuint (sf_plan_host_of (plan, 0xc0000201), ==, low);
  g_assert_cmpuint (sf_plan_host_of (plan, 0xc0000200), ==, SF_NO_HOST);
  g_assert_cmpuint (sf_plan_host_of (plan, 0xc0000202), ==, SF_NO_HOST);
  g_assert_cmpuint (sf_plan_host_of (plan, 0xcb007101), ==, high);
  g_assert_cmpuint (sf_plan_host_of (plan, 0xcb007103), ==, high);
  g_assert_cmpuint (sf_plan_host_of (plan, 0xcb007104), ==, SF_NO_HOST);
  g_assert_cmpuint (sf_plan_host_of (plan, 0xffffffff), ==, last);
  g_assert_cmpuint (sf_plan_host_of (plan, 0), ==, SF_NO_HOST);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  network_add_test ("/route/line", test_line);
  network_add_test ("/route/hosts-do-not-forward", test_hosts_do_not_forward);
  network_add_test ("/route/least-delay", test_least_delay);
  network_add_test ("/route/asymmetric", test_asymmetric);
  network_add_test ("/route/tie-fewer-hops", test_tie_fewer_hops);
  network_add_test ("/route/tie-lower-link", test_tie_lower_link);
  network_add_test ("/route/no-loops", test_no_loops);
  g_test_add_func ("/route/slow-agrees", test_slow_agrees);
  g_test_add_func ("/route/many-routers", test_many_routers);
  network_add_test ("/route/router-down", test_router_down);
  network_add_test ("/plan/addresses", test_addresses);
  return g_test_run ();
}
