/* SPDX-License-Identifier: MIT
 *
 * Lazy timers (models/tcp/timers.c) against eager ones: random arms and stops of two timers whose expiry does
 * nothing in SYN-SENT.
 * Each is due exactly at its deadline. Then keepalive (RFC 9293 §3.8.4).
 */
#include "models/tcp/timers.h"

#include "models/tcp/invariants.h"
#include "tests/support/wire.h"

#include <errno.h>

static const SfTimer timers[] = { SF_TIMER_KEEPALIVE, SF_TIMER_2MSL };

/* What is past must have expired, what is to come must not. */
static void
check (const Wire *wire, SfTime *deadlines)
{
  const SfTcb *tcb = sf_tcb (wire->net, wire->conn);

  for (guint i = 0; i < G_N_ELEMENTS (timers); i++)
    {
      if (deadlines[i] <= wire->net->sim.now)
        deadlines[i] = SF_NEVER;
      g_assert_cmpint (tcb->deadline[timers[i]], ==, deadlines[i]);
    }
  g_assert_cmpstr (sf_tcp_complaint (wire->net), ==, NULL);
}

static void
test_lazy (void)
{
  const SfProfile profile = wire_profile ();
  SfTime deadlines[] = { SF_NEVER, SF_NEVER };
  Wire wire;

  wire_start (&wire, &profile);
  wire_connect (&wire);
  sf_timer_stop (sf_tcb (wire.net, wire.conn), SF_TIMER_RETRANSMIT);
  sf_tcb (wire.net, wire.conn)->snd_una = sf_tcb (wire.net, wire.conn)->snd_max; /* nothing to retransmit */
  for (guint round = 0; round < 20000; round++)
    {
      guint i = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (timers));
      SfTime delay = g_test_rand_int_range (0, 1000);
      SfTime first = MIN (deadlines[0], deadlines[1]), to = wire.net->sim.now + g_test_rand_int_range (0, 400);

      if (g_test_rand_int_range (0, 3) > 0)
        {
          sf_timer_arm (wire.net, wire.conn, timers[i], delay + 1);
          deadlines[i] = wire.net->sim.now + delay + 1;
        }
      else
        {
          sf_timer_stop (sf_tcb (wire.net, wire.conn), timers[i]);
          deadlines[i] = SF_NEVER;
        }
      first = MIN (deadlines[0], deadlines[1]);
      if (first < to) /* up to just before the first of them, and to it */
        {
          wire_run_until (&wire, first - 1);
          check (&wire, deadlines);
          wire_run_until (&wire, first);
          check (&wire, deadlines);
        }
      wire_run_until (&wire, MAX (to, wire.net->sim.now));
      check (&wire, deadlines);
    }
  wire_stop (&wire);
}

/* --- keepalive --- */

#define IDLE (100 * SF_SEC)
#define INTERVAL (10 * SF_SEC)

static void
start_keepalive (Wire *wire)
{
  SfProfile profile = wire_profile ();

  profile.keepalive_idle = IDLE;
  profile.keepalive_interval = INTERVAL;
  profile.keepalive_probes = 3;
  wire_start (wire, &profile);
  wire_connect (wire);
  wire_inject (wire, "S. 0:0(0) ack 1");
  g_free (wire_take_sent (wire));
  sf_tcp_set_option (wire->net, wire->conn, SF_SO_KEEPALIVE, 1);
}

/* Nothing up to 1 ns before `due`, then `sent`. */
static void
expect_at (Wire *wire, SfTime due, const char *sent)
{
  wire_run_until (wire, due - 1);
  wire_expect (wire, "-");
  wire_run_until (wire, due);
  wire_expect (wire, sent);
}

/* Probes carry no data and the number before the next one; unanswered, they end the connection. */
static void
test_keepalive_dead (void)
{
  SfTime t;
  int error;
  Wire wire;

  start_keepalive (&wire);
  t = wire.net->sim.now;
  expect_at (&wire, t + IDLE, ". 0:0(0) ack 1");
  expect_at (&wire, t + IDLE + INTERVAL, ". 0:0(0) ack 1");
  expect_at (&wire, t + IDLE + 2 * INTERVAL, ". 0:0(0) ack 1");
  expect_at (&wire, t + IDLE + 3 * INTERVAL, "R 1:1(0)");
  sf_tcp_receive (wire.net, wire.conn, 1, &error);
  g_assert_cmpint (error, ==, ETIMEDOUT);
  wire_stop (&wire);
}

/* What the peer sends begins the idle time anew: the next probe is IDLE after the last that was heard, neither
 * sooner nor later. */
static void
test_keepalive_alive (void)
{
  SfTime t;
  Wire wire;

  start_keepalive (&wire);
  t = wire.net->sim.now;
  wire_run_until (&wire, t + 5 * SF_SEC); /* less than a probe interval of the idle time is gone when it speaks */
  wire_inject (&wire, ". 1:1(0) ack 1");
  expect_at (&wire, t + 5 * SF_SEC + IDLE, ". 0:0(0) ack 1");
  wire_inject (&wire, ". 1:1(0) ack 1"); /* the answer */
  t = wire.net->sim.now;
  expect_at (&wire, t + IDLE, ". 0:0(0) ack 1");
  expect_at (&wire, t + IDLE + INTERVAL, ". 0:0(0) ack 1");
  wire_inject (&wire, ". 1:1(0) ack 1");
  t = wire.net->sim.now;
  expect_at (&wire, t + IDLE, ". 0:0(0) ack 1");
  wire_stop (&wire);
}

/* Only when nothing is in flight: the retransmission timer looks after that. */
static void
test_keepalive_in_flight (void)
{
  SfTime t;
  Wire wire;

  start_keepalive (&wire);
  t = wire.net->sim.now;
  wire_run_until (&wire, t + IDLE - 500 * SF_MSEC);
  wire_send (&wire, 10);
  wire_expect (&wire, "P. 1:11(10) ack 1");
  wire_run_until (&wire, t + IDLE);
  wire_expect (&wire, "-");
  wire_stop (&wire);
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
