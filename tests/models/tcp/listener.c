/* SPDX-License-Identifier: MIT
 *
 * Listeners (RFC 9293 §3.10.1, passive OPEN): the two queues, the order of accept, binding, and closing a listener that
 * has connections in both queues. Two hosts, 1 ms apart.
 */
#include "models/tcp/listener.h"
#include "models/tcp/invariants.h"

#include <errno.h>

#define CLIENT 0
#define SERVER 1
#define SERVER_ADDR 0x0a000002

typedef struct
{
  SfPlan *plan;
  SfNet *net;
} World;

static void
start (World *world, const SfProfile *server)
{
  world->plan = sf_plan_new ();
  sf_plan_add_host (world->plan, "client", 0x0a000001, 1, NULL);
  sf_plan_add_host (world->plan, "server", SERVER_ADDR, 1, server);
  sf_plan_add_link (world->plan, CLIENT, SERVER, &(SfDirectionPlan){ .delay = SF_MSEC });
  sf_plan_finish (world->plan);
  world->net = sf_net_new (world->plan, (SfSeed){ 1, 0 });
}

static void
stop (World *world)
{
  g_assert_cmpstr (sf_tcp_complaint (world->net), ==, NULL);
  sf_net_free (world->net);
  sf_plan_free (world->plan);
}

static void
run (World *world, SfTime duration)
{
  SfTime until = world->net->sim.now + duration;

  if (sf_net_run (world->net, until, G_MAXUINT64) == SF_STOP_IDLE)
    world->net->sim.now = until;
}

static guint32
listen_on (World *world, guint32 backlog, gboolean reuse, int *ret_error)
{
  SfSocketOptions options = { .set = 1u << SF_SO_REUSEADDR };

  options.value[SF_SO_REUSEADDR] = reuse;
  return sf_tcp_listen (world->net, SERVER, 80, backlog, &options, 0, ret_error);
}

static guint32
connect_to (World *world)
{
  int error;
  guint32 conn = sf_tcp_connect (world->net, CLIENT, SERVER_ADDR, 80, NULL, 0, &error);

  g_assert_cmpint (error, ==, 0);
  return conn;
}

static SfTcpStatus
status (const World *world, guint32 conn)
{
  SfTcpStatus status;

  sf_tcp_status (world->net, conn, &status);
  return status;
}

/* accept() gives the connections in the order in which they were established. */
static void
test_order (void)
{
  guint32 conns[5], listener;
  int error;
  World world;

  start (&world, NULL);
  listener = listen_on (&world, 10, FALSE, &error);
  g_assert_cmpuint (sf_tcp_accept (world.net, listener, 0, &error), ==, 0);
  g_assert_cmpint (error, ==, EAGAIN);
  for (guint i = 0; i < G_N_ELEMENTS (conns); i++)
    conns[i] = connect_to (&world);
  run (&world, 10 * SF_MSEC);
  sf_tcp_abort (world.net, conns[2]); /* one is aborted while in the queue */
  run (&world, 10 * SF_MSEC);
  for (guint i = 0; i < G_N_ELEMENTS (conns); i++)
    if (i != 2)
      g_assert_cmpuint (status (&world, sf_tcp_accept (world.net, listener, 0, &error)).rport, ==,
                        status (&world, conns[i]).lport);
  g_assert_cmpuint (sf_tcp_accept (world.net, listener, 0, &error), ==, 0);
  stop (&world);
}

/* When the accept queue is full, the last ACK of a handshake is dropped, or answered with a RST. A SYN is dropped. */
static void
test_backlog (gconstpointer overflow)
{
  SfProfile profile = *sf_profile_find ("rfc9293");
  guint32 first, second, third, listener;
  int error;
  World world;

  profile.accept_overflow = GPOINTER_TO_INT (overflow);
  start (&world, &profile);
  listener = listen_on (&world, 1, FALSE, &error);
  first = connect_to (&world);
  second = connect_to (&world); /* its SYN comes while there is room */
  run (&world, 10 * SF_MSEC);
  third = connect_to (&world);
  run (&world, 10 * SF_MSEC);
  g_assert_cmpint (status (&world, first).state, ==, SF_ESTABLISHED);
  g_assert_cmpint (status (&world, third).state, ==, SF_SYN_SENT);
  if (profile.accept_overflow == SF_OVERFLOW_RESET)
    g_assert_cmpint (status (&world, second).error, ==, ECONNRESET);
  else
    g_assert_cmpint (status (&world, second).state, ==, SF_ESTABLISHED); /* as it believes */
  sf_tcp_accept (world.net, listener, 0, &error);
  run (&world, 3 * SF_SEC); /* the SYN of the third, or the SYN-ACK of the second, is retransmitted */
  g_assert_cmpuint (sf_listener (world.net, listener)->n_queued, ==, 1);
  stop (&world);
}

/* The SYN queue limits the number of embryonic connections. */
static void
test_syn_queue (void)
{
  SfProfile profile = *sf_profile_find ("rfc9293");
  guint32 listener;
  int error;
  World world;

  profile.syn_queue = 3;
  start (&world, &profile);
  listener = listen_on (&world, 100, FALSE, &error);
  for (guint i = 0; i < 5; i++)
    connect_to (&world);
  run (&world, SF_MSEC);
  g_assert_cmpuint (sf_listener (world.net, listener)->n_embryonic, ==, 3);
  run (&world, 2 * SF_MSEC);
  g_assert_cmpuint (sf_listener (world.net, listener)->n_embryonic, ==, 0);
  g_assert_cmpuint (sf_listener (world.net, listener)->n_queued, ==, 3);
  run (&world, 2 * SF_SEC);
  g_assert_cmpuint (sf_listener (world.net, listener)->n_queued, ==, 5);
  stop (&world);
}

/* EADDRINUSE: always if there is another listener; if a connection has the port (TIME-WAIT included), only without
 * SO_REUSEADDR. */
static void
test_bind (void)
{
  guint32 conn, child, listener;
  int error;
  World world;

  start (&world, NULL);
  listener = listen_on (&world, 1, FALSE, &error);
  g_assert_cmpuint (listen_on (&world, 1, TRUE, &error), ==, 0);
  g_assert_cmpint (error, ==, EADDRINUSE);
  conn = connect_to (&world);
  run (&world, 10 * SF_MSEC);
  child = sf_tcp_accept (world.net, listener, 0, &error);
  sf_tcp_close (world.net, child); /* the server closes first, so it is the one in TIME-WAIT */
  run (&world, 10 * SF_MSEC);
  sf_tcp_close (world.net, conn);
  run (&world, 10 * SF_MSEC);
  sf_tcp_stop_listening (world.net, listener);
  g_assert_cmpuint (listen_on (&world, 1, FALSE, &error), ==, 0);
  g_assert_cmpint (error, ==, EADDRINUSE);
  listener = listen_on (&world, 1, TRUE, &error);
  g_assert_cmpuint (listener, !=, 0);
  sf_tcp_stop_listening (world.net, listener);
  run (&world, 240 * SF_SEC);
  g_assert_cmpuint (listen_on (&world, 1, FALSE, &error), !=, 0);
  stop (&world);
}

/* Closing a listener resets the connections of its accept queue, and drops embryonic ones. Accepted ones stay open. */
static void
test_stop (void)
{
  guint32 accepted, queued, embryonic, listener;
  int error;
  World world;

  start (&world, NULL);
  listener = listen_on (&world, 10, FALSE, &error);
  accepted = connect_to (&world);
  run (&world, 10 * SF_MSEC);
  sf_tcp_accept (world.net, listener, 0, &error);
  queued = connect_to (&world);
  run (&world, 10 * SF_MSEC);
  embryonic = connect_to (&world);
  run (&world, SF_MSEC);
  g_assert_cmpuint (sf_listener (world.net, listener)->n_embryonic, ==, 1);
  g_assert_cmpuint (sf_listener (world.net, listener)->n_queued, ==, 1);
  sf_tcp_stop_listening (world.net, listener);
  g_assert_cmpuint (world.net->listeners.live, ==, 0);
  run (&world, 10 * SF_MSEC);
  g_assert_cmpint (status (&world, accepted).state, ==, SF_ESTABLISHED);
  g_assert_cmpint (status (&world, queued).error, ==, ECONNRESET);
  g_assert_cmpint (status (&world, embryonic).error, ==, ECONNRESET); /* its ACK was answered with a RST */
  stop (&world);
}

/* A crash frees everything, also a connection in the accept queue that has unread data. */
static void
test_crash (void)
{
  guint32 conn;
  guint64 offset;
  int error;
  World world;

  start (&world, NULL);
  listen_on (&world, 10, FALSE, &error);
  conn = connect_to (&world);
  run (&world, 10 * SF_MSEC);
  sf_tcp_send (world.net, conn, 100, FALSE, &offset, &error);
  run (&world, 10 * SF_MSEC);
  sf_tcp_host_crashed (world.net, SERVER);
  sf_tcp_host_crashed (world.net, CLIENT);
  g_assert_cmpuint (world.net->tcbs.live, ==, 0);
  g_assert_cmpuint (world.net->transfers.live, ==, 0);
  g_assert_cmpuint (world.net->extents.live, ==, 0);
  g_assert_cmpuint (world.net->listeners.live, ==, 0);
  stop (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/listener/order", test_order);
  g_test_add_data_func ("/tcp/listener/backlog-drop", GINT_TO_POINTER (SF_OVERFLOW_DROP), test_backlog);
  g_test_add_data_func ("/tcp/listener/backlog-reset", GINT_TO_POINTER (SF_OVERFLOW_RESET), test_backlog);
  g_test_add_func ("/tcp/listener/syn-queue", test_syn_queue);
  g_test_add_func ("/tcp/listener/bind", test_bind);
  g_test_add_func ("/tcp/listener/stop", test_stop);
  g_test_add_func ("/tcp/listener/crash", test_crash);
  return g_test_run ();
}
