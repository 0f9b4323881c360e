/* SPDX-License-Identifier: MIT
 *
 * Timers with one event in common (models/tcp/timers.c) against a simple model: random arms and stops of two timers
 * whose expiry does nothing in SYN-SENT. Each must expire exactly at its deadline. Then keepalive (RFC 9293 §3.8.4).
 */
#include "models/tcp/timers.h"

#include "models/tcp/invariants.h"
#include "tests/support/endpoint.h"

#include <errno.h>

static const SfTimer timers[] = { SF_TIMER_KEEPALIVE, SF_TIMER_2MSL };

/* Checks that timers with a past deadline have expired, and no others. */
static void
check (const Endpoint *endpoint, SfTime *deadlines)
{
  const SfTcb *tcb = sf_tcb (endpoint->net, endpoint->conn);

  for (guint i = 0; i < G_N_ELEMENTS (timers); i++)
    {
      if (deadlines[i] <= endpoint->net->sim.now)
        deadlines[i] = SF_NEVER;
      g_assert_cmpint (tcb->deadline[timers[i]], ==, deadlines[i]);
    }
  g_assert_cmpstr (sf_tcp_complaint (endpoint->net), ==, NULL);
}

static void
test_lazy (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  const SfProfile profile = endpoint_profile ();
  SfTime deadlines[] = { SF_NEVER, SF_NEVER };
  Endpoint endpoint;

  endpoint_start (&endpoint, &profile);
  endpoint_connect (&endpoint);
  sf_timer_stop (sf_tcb (endpoint.net, endpoint.conn), SF_TIMER_RETRANSMIT);
  sf_tcb (endpoint.net, endpoint.conn)->snd_una =
    sf_tcb (endpoint.net, endpoint.conn)->snd_max; /* nothing to retransmit */
  for (guint round = 0; round < 20000; round++)
    {
      guint i = (guint) g_rand_int_range (rand, 0, G_N_ELEMENTS (timers));
      SfTime delay = g_rand_int_range (rand, 0, 1000);
      SfTime first = MIN (deadlines[0], deadlines[1]), to = endpoint.net->sim.now + g_rand_int_range (rand, 0, 400);

      if (g_rand_int_range (rand, 0, 3) > 0)
        {
          sf_timer_arm (endpoint.net, endpoint.conn, timers[i], delay + 1);
          deadlines[i] = endpoint.net->sim.now + delay + 1;
        }
      else
        {
          sf_timer_stop (sf_tcb (endpoint.net, endpoint.conn), timers[i]);
          deadlines[i] = SF_NEVER;
        }
      first = MIN (deadlines[0], deadlines[1]);
      if (first < to) /* run until just before the earliest deadline, then until it */
        {
          endpoint_run_until (&endpoint, first - 1);
          check (&endpoint, deadlines);
          endpoint_run_until (&endpoint, first);
          check (&endpoint, deadlines);
        }
      endpoint_run_until (&endpoint, MAX (to, endpoint.net->sim.now));
      check (&endpoint, deadlines);
    }
  endpoint_stop (&endpoint);
}

/* --- keepalive --- */

#define IDLE (100 * SF_SEC)
#define INTERVAL (10 * SF_SEC)

static void
start_keepalive (Endpoint *endpoint)
{
  SfProfile profile = endpoint_profile ();

  profile.keepalive_idle = IDLE;
  profile.keepalive_interval = INTERVAL;
  profile.keepalive_probes = 3;
  endpoint_start (endpoint, &profile);
  endpoint_connect (endpoint);
  endpoint_inject (endpoint, "S. 0:0(0) ack 1");
  g_free (endpoint_take_sent (endpoint));
  sf_tcp_set_option (endpoint->net, endpoint->conn, SF_SO_KEEPALIVE, 1);
}

/* Checks that nothing is sent until 1 ns before `due`, and `sent` at `due`. */
static void
expect_at (Endpoint *endpoint, SfTime due, const char *sent)
{
  endpoint_run_until (endpoint, due - 1);
  endpoint_expect (endpoint, "-");
  endpoint_run_until (endpoint, due);
  endpoint_expect (endpoint, sent);
}

/* A probe has no data, and sequence number SND.NXT - 1. Without answers, probes end the connection. */
static void
test_keepalive_dead (void)
{
  SfTime t;
  int error;
  Endpoint endpoint;

  start_keepalive (&endpoint);
  t = endpoint.net->sim.now;
  expect_at (&endpoint, t + IDLE, ". 0:0(0) ack 1");
  expect_at (&endpoint, t + IDLE + INTERVAL, ". 0:0(0) ack 1");
  expect_at (&endpoint, t + IDLE + 2 * INTERVAL, ". 0:0(0) ack 1");
  expect_at (&endpoint, t + IDLE + 3 * INTERVAL, "R 1:1(0)");
  sf_tcp_receive (endpoint.net, endpoint.conn, 1, &error);
  g_assert_cmpint (error, ==, ETIMEDOUT);
  endpoint_stop (&endpoint);
}

/* Each segment of the peer restarts the idle time: the next probe is sent exactly IDLE after the last one. */
static void
test_keepalive_alive (void)
{
  SfTime t;
  Endpoint endpoint;

  start_keepalive (&endpoint);
  t = endpoint.net->sim.now;
  endpoint_run_until (&endpoint, t + 5 * SF_SEC); /* it sends less than a probe interval after the idle time began */
  endpoint_inject (&endpoint, ". 1:1(0) ack 1");
  expect_at (&endpoint, t + 5 * SF_SEC + IDLE, ". 0:0(0) ack 1");
  endpoint_inject (&endpoint, ". 1:1(0) ack 1"); /* the answer */
  t = endpoint.net->sim.now;
  expect_at (&endpoint, t + IDLE, ". 0:0(0) ack 1");
  expect_at (&endpoint, t + IDLE + INTERVAL, ". 0:0(0) ack 1");
  endpoint_inject (&endpoint, ". 1:1(0) ack 1");
  t = endpoint.net->sim.now;
  expect_at (&endpoint, t + IDLE, ". 0:0(0) ack 1");
  endpoint_stop (&endpoint);
}

/* Probes are sent only while nothing is in flight; else the retransmission timer runs. */
static void
test_keepalive_in_flight (void)
{
  SfTime t;
  Endpoint endpoint;

  start_keepalive (&endpoint);
  t = endpoint.net->sim.now;
  endpoint_run_until (&endpoint, t + IDLE - 500 * SF_MSEC);
  endpoint_send (&endpoint, 10);
  endpoint_expect (&endpoint, "P. 1:11(10) ack 1");
  endpoint_run_until (&endpoint, t + IDLE);
  endpoint_expect (&endpoint, "-");
  endpoint_stop (&endpoint);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/timers/lazy", test_lazy);
  g_test_add_func ("/tcp/keepalive/dead-rfc9293-3.8.4", test_keepalive_dead);
  g_test_add_func ("/tcp/keepalive/alive", test_keepalive_alive);
  g_test_add_func ("/tcp/keepalive/in-flight", test_keepalive_in_flight);
  return g_test_run ();
}
