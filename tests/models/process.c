/* SPDX-License-Identifier: MIT
 *
 * Programs run by processes, on a fake TCP that does only what the test says. The fake and the reports of calls write
 * one log, which the tests compare.
 */
#include "models/apps/process.h"
#include "models/apps/process_options.h"
#include "models/tcp/tcp.h"

#include <errno.h>
#include <string.h>

#define N_CONNS 8

/* A connection of the fake TCP. */
typedef struct
{
  guint32 owner;
  int connecting; /* what sf_tcp_connected() returns */
  int error;      /* the next call fails with it */
  guint64 room;   /* in the send buffer */
  guint64 written, unread;
  gboolean eof;
} Conn;

typedef struct
{
  SfNet net;
  SfPlan plan;
  GString *log;
  Conn conns[N_CONNS + 1];
  guint32 n_conns;
  guint32 n_waiting; /* connections in the accept queue */
  int listen_error, connect_error;
  SfState newest[2];    /* by host */
  SfSocketOptions seen; /* by the last connect() or listen() */
} World;

/* --- the fake TCP --- */

static World *
world_of (const SfNet *net)
{
  return (World *) (gpointer) net;
}

static guint32
new_conn (World *world, guint32 owner)
{
  guint32 conn = ++world->n_conns;

  g_assert_cmpuint (conn, <=, N_CONNS);
  world->conns[conn] = (Conn){ .owner = owner, .room = 1000 };
  return conn;
}

guint32
sf_tcp_listen (SfNet *net, guint16 host, guint16 port, guint32 backlog, const SfSocketOptions *options, guint32 owner,
               int *ret_error)
{
  World *world = world_of (net);

  (void) owner;
  if (world->listen_error != 0)
    {
      *ret_error = world->listen_error;
      return 0;
    }
  world->seen = *options;
  net->next_serial++;
  g_string_append_printf (world->log, "tcp_listen(%u,%u,%u) ", host, port, backlog);
  return 1;
}

guint32
sf_tcp_accept (SfNet *net, guint32 listener, guint32 owner, int *ret_error)
{
  World *world = world_of (net);

  g_assert_cmpuint (listener, ==, 1);
  if (world->n_waiting == 0)
    {
      *ret_error = EAGAIN;
      return 0;
    }
  world->n_waiting--;
  return new_conn (world, owner);
}

void
sf_tcp_stop_listening (SfNet *net, guint32 listener)
{
  g_string_append_printf (world_of (net)->log, "tcp_stop(%u) ", listener);
}

guint32
sf_tcp_connect (SfNet *net, guint16 host, guint32 addr, guint16 port, const SfSocketOptions *options, guint32 owner,
                int *ret_error)
{
  World *world = world_of (net);

  if (world->connect_error != 0)
    {
      *ret_error = world->connect_error;
      return 0;
    }
  world->seen = *options;
  g_string_append_printf (world->log, "tcp_connect(%u,%u:%u) ", host, addr, port);
  new_conn (world, owner);
  world->conns[world->n_conns].connecting = EAGAIN;
  return world->n_conns;
}

int
sf_tcp_connected (SfNet *net, guint32 conn)
{
  return world_of (net)->conns[conn].connecting;
}

guint64
sf_tcp_send (SfNet *net, guint32 conn, guint64 len, gboolean urgent, guint64 *ret_offset, int *ret_error)
{
  Conn *c = &world_of (net)->conns[conn];
  guint64 n = MIN (len, c->room);

  (void) urgent;
  *ret_offset = c->error != 0 ? 0 : c->written;
  if (n == 0 || c->error != 0)
    {
      *ret_error = c->error != 0 ? c->error : EAGAIN;
      return 0;
    }
  c->written += n;
  c->room -= n;
  return n;
}

guint64
sf_tcp_receive (SfNet *net, guint32 conn, guint64 max, int *ret_error)
{
  Conn *c = &world_of (net)->conns[conn];
  guint64 n = MIN (max, c->unread);

  if (n == 0)
    *ret_error = c->error != 0 ? c->error : c->eof ? 0 : EAGAIN;
  c->unread -= n;
  return n;
}

int
sf_tcp_shutdown (SfNet *net, guint32 conn)
{
  g_string_append_printf (world_of (net)->log, "tcp_shutdown(%u) ", conn);
  return world_of (net)->conns[conn].error;
}

void
sf_tcp_close (SfNet *net, guint32 conn)
{
  g_string_append_printf (world_of (net)->log, "tcp_close(%u) ", conn);
}

void
sf_tcp_abort (SfNet *net, guint32 conn)
{
  g_string_append_printf (world_of (net)->log, "tcp_abort(%u) ", conn);
}

void
sf_tcp_set_option (SfNet *net, guint32 conn, SfSocketOption option, gint64 value)
{
  g_string_append_printf (world_of (net)->log, "tcp_option(%u,%d,%" G_GINT64_FORMAT ") ", conn, (int) option, value);
}

void
sf_tcp_status (const SfNet *net, guint32 conn, SfTcpStatus *ret_status)
{
  (void) net;
  *ret_status = (SfTcpStatus){ .serial = 100 + conn };
}

void
sf_tcp_set_owner (SfNet *net, guint32 conn, guint32 owner)
{
  world_of (net)->conns[conn].owner = owner;
}

SfState
sf_tcp_newest_state (const SfNet *net, guint16 host)
{
  return world_of (net)->newest[host];
}

/* Logs "RECEIVE p1 c101 n100 =0 l3 @5": call, process, serial, amount, error, line, time in ms. After a SEND follow
 * "+offset" and, if it has to wait, "waits" and the number of bytes. */
void
sf_net_trace (const SfNet *net, SfRecordKind kind, SfRecord *record)
{
  static const char *const names[] = {
    [SF_OP_LISTEN] = "LISTEN",   [SF_OP_ACCEPT] = "ACCEPT",     [SF_OP_CONNECT] = "CONNECT",
    [SF_OP_SEND] = "SEND",       [SF_OP_RECEIVE] = "RECEIVE",   [SF_OP_RECEIVE_SOME] = "SOME",
    [SF_OP_RECEIVE_EOF] = "EOF", [SF_OP_SHUTDOWN] = "SHUTDOWN", [SF_OP_CLOSE] = "CLOSE",
    [SF_OP_ABORT] = "ABORT",     [SF_OP_STOP_LISTEN] = "STOP",  [SF_OP_OPTION] = "OPTION",
  };
  GString *log = world_of (net)->log;

  g_assert_cmpint (kind, ==, SF_RECORD_CALL);
  g_assert_cmpuint (record->call.op, <, G_N_ELEMENTS (names));
  g_assert_nonnull (names[record->call.op]);
  g_string_append_printf (log, "%s p%u c%u n%" G_GINT64_FORMAT " =%s l%u @%" G_GINT64_FORMAT, names[record->call.op],
                          record->call.process, record->conn, record->call.amount,
                          record->call.error == 0 ? "0" : g_strerror (record->call.error), record->call.line,
                          net->sim.now / SF_MSEC);
  if (record->call.op == SF_OP_SEND)
    g_string_append_printf (log, " +%" G_GUINT64_FORMAT, record->call.offset);
  if (record->call.waiting > 0)
    g_string_append_printf (log, " waits %" G_GUINT64_FORMAT, record->call.waiting);
  g_string_append (log, "; ");
}

/* --- the world --- */

static void
sink (gpointer user, const SfRecordHead *record)
{
  (void) user;
  (void) record;
}

static const SfHandler handlers[SF_N_EVENT_KINDS] = {
  [SF_EVENT_PROCESS_START] = sf_process_start_event,
  [SF_EVENT_PROCESS_WAKE] = sf_process_wake_event,
};

static void
clear_program (gpointer program)
{
  g_free (((SfProgram *) program)->steps);
}

static void
setup (World *world, gconstpointer data)
{
  (void) data;
  world->log = g_string_new (NULL);
  world->plan.hosts = g_array_new (FALSE, TRUE, sizeof (SfHostPlan));
  world->plan.programs = g_array_new (FALSE, TRUE, sizeof (SfProgram));
  world->plan.processes = g_array_new (FALSE, TRUE, sizeof (SfProcessPlan));
  world->plan.texts = g_ptr_array_new ();
  g_array_set_clear_func (world->plan.programs, clear_program);
  g_array_set_size (world->plan.hosts, 2);
  g_array_index (world->plan.hosts, SfHostPlan, 0).addr = 10;
  g_array_index (world->plan.hosts, SfHostPlan, 1).addr = 20;

  world->net.plan = &world->plan;
  sf_sim_init (&world->net.sim, handlers, (SfSeed){ 1, 1 });
  sf_pool_init (&world->net.processes, sizeof (SfProcess));
  sf_pool_init (&world->net.options, sizeof (SfProcessOptions));
  world->net.sim.sink = sink;
}

static void
teardown (World *world, gconstpointer data)
{
  (void) data;
  sf_sim_clear (&world->net.sim);
  sf_pool_clear (&world->net.processes);
  sf_pool_clear (&world->net.options);
  g_array_unref (world->plan.hosts);
  g_array_unref (world->plan.programs);
  g_array_unref (world->plan.processes);
  g_ptr_array_unref (world->plan.texts);
  g_string_free (world->log, TRUE);
}

/* Adds a program of `n` steps, whose lines are numbered from 1; an END follows. */
static SfProgram *
add_program (World *world, const SfStep *steps, guint n)
{
  SfProgram program = { .steps = g_new0 (SfStep, n + 1), .n = n + 1 };

  memcpy (program.steps, steps, n * sizeof *steps);
  for (guint i = 0; i <= n; i++)
    program.steps[i].line = i + 1;
  g_array_append_val (world->plan.programs, program);
  return &g_array_index (world->plan.programs, SfProgram, world->plan.programs->len - 1);
}

static void
run_for (World *world, SfTime time)
{
  SfTime end = world->net.sim.now + time;

  g_assert_cmpint (sf_sim_run (&world->net.sim, end, 100000), !=, SF_STOP_EVENTS);
  world->net.sim.now = end; /* the clock stops earlier if no event is left */
}

/* Starts a process of the program that was added last, on host 0. */
static void
start (World *world)
{
  SfProcessPlan process = { .program = world->plan.programs->len - 1 };

  g_array_append_val (world->plan.processes, process);
  sf_process_start_all (&world->net);
  run_for (world, 0);
}

static void
start_program (World *world, const SfStep *steps, guint n)
{
  add_program (world, steps, n);
  start (world);
}

#define START(world, ...) start_program (world, (SfStep[]){ __VA_ARGS__ }, G_N_ELEMENTS (((SfStep[]){ __VA_ARGS__ })))

static void
wake (World *world, guint32 process)
{
  sf_process_wake (&world->net, process);
  run_for (world, 0);
}

/* Asserts that the log since the last call is `expected`. */
static void
assert_log (World *world, const char *expected)
{
  g_assert_cmpstr (world->log->str, ==, expected);
  g_string_truncate (world->log, 0);
}

/* --- tests --- */

static void
test_server (World *world, gconstpointer data)
{
  (void) data;
  START (world, { .op = SF_OP_LISTEN, .port = 80 }, { .op = SF_OP_ACCEPT }, { .op = SF_OP_RECEIVE, .amount = 100 },
         { .op = SF_OP_SEND, .amount = 300 }, { .op = SF_OP_RECEIVE_EOF }, { .op = SF_OP_CLOSE });
  assert_log (world, "tcp_listen(0,80,128) LISTEN p1 c1 n0 =0 l1 @0; ");
  wake (world, 1);
  assert_log (world, "");
  world->n_waiting = 1;
  wake (world, 1);
  assert_log (world, "ACCEPT p1 c101 n0 =0 l2 @0; ");
  g_assert_cmpuint (world->conns[1].owner, ==, 1);

  world->conns[1].unread = 60;
  wake (world, 1);
  wake (world, 1);
  assert_log (world, "");
  run_for (world, SF_MSEC);
  world->conns[1].unread = 50;
  wake (world, 1);
  assert_log (world, "RECEIVE p1 c101 n100 =0 l3 @1; SEND p1 c101 n300 =0 l4 @1 +0; ");

  world->conns[1].eof = TRUE;
  wake (world, 1);
  assert_log (world, "EOF p1 c101 n10 =0 l5 @1; tcp_close(1) CLOSE p1 c101 n0 =0 l6 @1; "
                     "tcp_stop(1) STOP p1 c1 n0 =0 l0 @1; ");
  g_assert_true (sf_process (&world->net, 1)->ended);
  wake (world, 1);
  assert_log (world, "");
}

static void
test_client (World *world, gconstpointer data)
{
  (void) data;
  START (world, { .op = SF_OP_CONNECT, .peer = 1, .port = 80 }, { .op = SF_OP_SHUTDOWN }, { .op = SF_OP_RECEIVE_SOME },
         { .op = SF_OP_ABORT });
  assert_log (world, "tcp_connect(0,20:80) ");
  wake (world, 1);
  assert_log (world, "");
  world->conns[1].connecting = 0;
  wake (world, 1);
  assert_log (world, "CONNECT p1 c101 n0 =0 l1 @0; tcp_shutdown(1) SHUTDOWN p1 c101 n0 =0 l2 @0; ");
  world->conns[1].unread = 7;
  wake (world, 1);
  assert_log (world, "SOME p1 c101 n7 =0 l3 @0; tcp_abort(1) ABORT p1 c101 n0 =0 l4 @0; ");
}

static void
test_connect_by_address (World *world, gconstpointer data)
{
  (void) data;
  START (world, { .op = SF_OP_CONNECT, .peer = SF_NO_HOST, .addr = 99, .port = 80 });
  assert_log (world, "tcp_connect(0,99:80) ");
}

/* The process closes a refused connection, and does not report a CLOSE. */
static void
test_refused (World *world, gconstpointer data)
{
  (void) data;
  START (world, { .op = SF_OP_CONNECT, .peer = 1, .port = 80 }, { .op = SF_OP_SEND, .amount = 1 });
  world->conns[1].connecting = ECONNREFUSED;
  wake (world, 1);
  assert_log (world, "tcp_connect(0,20:80) CONNECT p1 c101 n0 =Connection refused l1 @0; tcp_close(1) ");
  g_assert_true (sf_process (&world->net, 1)->ended);
}

static void
test_go_on (World *world, gconstpointer data)
{
  (void) data;
  world->connect_error = EADDRNOTAVAIL;
  add_program (world,
               (SfStep[]){ { .op = SF_OP_CONNECT, .peer = 1 },
                           { .op = SF_OP_SEND, .amount = 1 },
                           { .op = SF_OP_CLOSE },
                           { .op = SF_OP_ACCEPT },
                           { .op = SF_OP_STOP_LISTEN } },
               5)
    ->go_on = TRUE;
  start (world);
  assert_log (world, "CONNECT p1 c0 n0 =Cannot assign requested address l1 @0; "
                     "SEND p1 c0 n0 =Transport endpoint is not connected l2 @0 +0; "
                     "CLOSE p1 c0 n0 =Bad file descriptor l3 @0; ACCEPT p1 c0 n0 =Bad file descriptor l4 @0; "
                     "STOP p1 c0 n0 =Bad file descriptor l5 @0; ");
}

/* An error in the middle of a call: the bytes so far are reported, and the open sockets are closed. */
static void
test_reset (World *world, gconstpointer data)
{
  (void) data;
  START (world, { .op = SF_OP_CONNECT, .peer = 1 }, { .op = SF_OP_RECEIVE, .amount = 100 },
         { .op = SF_OP_SEND, .amount = 1 });
  world->conns[1].connecting = 0;
  world->conns[1].unread = 40;
  wake (world, 1);
  world->conns[1].error = ECONNRESET;
  g_string_truncate (world->log, 0);
  wake (world, 1);
  assert_log (world, "RECEIVE p1 c101 n40 =Connection reset by peer l2 @0; tcp_close(1) CLOSE p1 c101 n0 =0 l0 @0; ");
}

/* It is no error if the stream ends before the amount. */
static void
test_early_eof (World *world, gconstpointer data)
{
  (void) data;
  START (world, { .op = SF_OP_CONNECT, .peer = 1 }, { .op = SF_OP_RECEIVE, .amount = 100 });
  world->conns[1].connecting = 0;
  world->conns[1].unread = 40;
  world->conns[1].eof = TRUE;
  g_string_truncate (world->log, 0);
  wake (world, 1);
  assert_log (world, "CONNECT p1 c101 n0 =0 l1 @0; RECEIVE p1 c101 n40 =0 l2 @0; "
                     "tcp_close(1) CLOSE p1 c101 n0 =0 l0 @0; ");
}

/* A SEND that is larger than the buffer is reported once when it has to wait, and again when all of it is accepted. The
 * next one begins where it ended. */
static void
test_send_in_pieces (World *world, gconstpointer data)
{
  (void) data;
  g_ptr_array_add (world->plan.texts, (gpointer) "hello");
  START (world, { .op = SF_OP_CONNECT, .peer = 1 }, { .op = SF_OP_SEND, .text = 1 },
         { .op = SF_OP_SEND, .amount = 2500 }, { .op = SF_OP_SEND, .amount = 1 });
  world->conns[1].connecting = 0;
  g_string_truncate (world->log, 0);
  wake (world, 1);
  assert_log (world, "CONNECT p1 c101 n0 =0 l1 @0; SEND p1 c101 n5 =0 l2 @0 +0; "
                     "SEND p1 c101 n995 =0 l3 @0 +5 waits 1505; ");
  g_assert_cmpuint (world->conns[1].written, ==, 1000);
  world->conns[1].room = 1000;
  wake (world, 1);
  assert_log (world, "");
  world->conns[1].room = 505;
  wake (world, 1);
  assert_log (world, "SEND p1 c101 n2500 =0 l3 @0 +5; SEND p1 c101 n0 =0 l4 @0 +2505 waits 1; ");
  world->conns[1].room = 1;
  wake (world, 1);
  assert_log (world, "SEND p1 c101 n1 =0 l4 @0 +2505; tcp_close(1) CLOSE p1 c101 n0 =0 l0 @0; ");
}

/* Every accepted connection gets a process of its own. The handle of a process that has ended is used again. */
static void
test_each (World *world, gconstpointer data)
{
  (void) data;
  add_program (world, (SfStep[]){ { .op = SF_OP_RECEIVE, .amount = 10 } }, 1);
  world->n_waiting = 2;
  START (world, { .op = SF_OP_LISTEN, .port = 80, .amount = 5 }, { .op = SF_OP_EACH, .program = 0 });
  assert_log (world, "tcp_listen(0,80,5) LISTEN p1 c1 n5 =0 l1 @0; "
                     "ACCEPT p1 c101 n0 =0 l2 @0; ACCEPT p1 c102 n0 =0 l2 @0; ");
  g_assert_cmpuint (world->net.processes.live, ==, 3);
  g_assert_cmpuint (world->conns[2].owner, ==, 3);

  world->conns[2].unread = 10;
  wake (world, 3);
  assert_log (world, "RECEIVE p3 c102 n10 =0 l1 @0; tcp_close(2) CLOSE p3 c102 n0 =0 l0 @0; ");
  g_assert_cmpuint (world->net.processes.live, ==, 2);
  wake (world, 3);
  assert_log (world, "");

  world->n_waiting = 1;
  wake (world, 1);
  assert_log (world, "ACCEPT p1 c103 n0 =0 l2 @0; ");
  g_assert_cmpuint (world->conns[3].owner, ==, 3);
  g_assert_cmpuint (sf_process (&world->net, 3)->program, ==, 0);
}

static void
test_wait (World *world, gconstpointer data)
{
  (void) data;
  START (world, { .op = SF_OP_WAIT, .time = 5 * SF_MSEC }, { .op = SF_OP_AT, .time = 3 * SF_MSEC },
         { .op = SF_OP_OPTION, .option = SF_SO_NODELAY, .amount = 1 }, { .op = SF_OP_AT, .time = 9 * SF_MSEC },
         { .op = SF_OP_OPTION, .option = SF_SO_NODELAY, .amount = 0 }, { .op = SF_OP_WAIT });
  run_for (world, 5 * SF_MSEC - 1);
  wake (world, 1); /* does not shorten the wait */
  assert_log (world, "");
  run_for (world, 1);
  assert_log (world, "OPTION p1 c0 n1 =0 l3 @5; ");
  run_for (world, 10 * SF_MSEC);
  assert_log (world, "OPTION p1 c0 n0 =0 l5 @9; ");
  g_assert_true (sf_process (&world->net, 1)->ended);
  g_assert_cmpuint (sf_queue_length (&world->net.sim.queue), ==, 0);
}

static void
test_until (World *world, gconstpointer data)
{
  (void) data;
  START (world, { .op = SF_OP_UNTIL, .peer = 1, .state = SF_SYN_RECEIVED }, { .op = SF_OP_OPTION },
         { .op = SF_OP_UNTIL, .peer = 1, .state = SF_ESTABLISHED }, { .op = SF_OP_OPTION });
  g_assert_cmpuint (world->net.n_until, ==, 1);
  wake (world, 1);
  sf_process_state_changed (&world->net, 0);
  run_for (world, 0);
  assert_log (world, "");

  /* The state of the first UNTIL is noticed though it does not last; that of the second is there at once. */
  world->newest[1] = SF_SYN_RECEIVED;
  sf_process_state_changed (&world->net, 1);
  world->newest[1] = SF_ESTABLISHED;
  sf_process_state_changed (&world->net, 1);
  run_for (world, 0);
  assert_log (world, "OPTION p1 c0 n0 =0 l2 @0; OPTION p1 c0 n0 =0 l4 @0; ");
  g_assert_cmpuint (world->net.n_until, ==, 0);
}

/* Three wakes within one event make the process run once. */
static void
test_one_wake (World *world, gconstpointer data)
{
  guint64 before;

  (void) data;
  START (world, { .op = SF_OP_LISTEN, .port = 80 }, { .op = SF_OP_ACCEPT });
  before = world->net.sim.n_events;
  for (guint i = 0; i < 3; i++)
    sf_process_wake (&world->net, 1);
  run_for (world, 0);
  g_assert_cmpuint (world->net.sim.n_events, ==, before + 1);
}

/* Two times two times (three NODELAYs, a KEEPALIVE): the count of an inner loop starts again. */
static void
test_repeat (World *world, gconstpointer data)
{
  (void) data;
  world->net.sim.sink = NULL;
  START (world, { .op = SF_OP_CONNECT, .peer = 1 }, { .op = SF_OP_OPTION, .option = SF_SO_NODELAY, .amount = 1 },
         { .op = SF_OP_REPEAT, .target = 1, .amount = 3, .depth = 2 },
         { .op = SF_OP_OPTION, .option = SF_SO_KEEPALIVE },
         { .op = SF_OP_REPEAT, .target = 1, .amount = 2, .depth = 1 },
         { .op = SF_OP_REPEAT, .target = 1, .amount = 2, .depth = 0 },
         { .op = SF_OP_REPEAT, .target = 6, .amount = 1, .depth = 0 });
  world->conns[1].connecting = 0;
  g_string_truncate (world->log, 0);
  wake (world, 1);
  g_string_replace (world->log, "tcp_option(1,0,1) ", "n", 0);
  g_string_replace (world->log, "tcp_option(1,1,0) ", "k", 0);
  assert_log (world, "nnnknnnknnnknnnktcp_close(1) ");
}

/* A program that never waits is stopped by the limit on events, and others get their turn. */
static void
test_forever (World *world, gconstpointer data)
{
  SfProcessPlan other = { .program = 1 };

  (void) data;
  add_program (world, (SfStep[]){ { .op = SF_OP_OPTION }, { .op = SF_OP_REPEAT } }, 2);
  add_program (world, (SfStep[]){ { .op = SF_OP_LISTEN, .port = 7 } }, 1);
  world->net.sim.sink = NULL;
  g_array_append_val (world->plan.processes, (SfProcessPlan){ 0 });
  g_array_append_val (world->plan.processes, other);
  sf_process_start_all (&world->net);
  g_assert_cmpint (sf_sim_run (&world->net.sim, SF_SEC, 1000), ==, SF_STOP_EVENTS);
  g_assert_cmpint (world->net.sim.now, ==, 0);
  assert_log (world, "tcp_listen(0,7,128) tcp_stop(1) ");
}

/* A child starts with the options of its parent. An option that one of them sets later is not shared. */
static void
test_options (World *world, gconstpointer data)
{
  (void) data;
  add_program (world,
               (SfStep[]){ { .op = SF_OP_OPTION, .option = SF_SO_LINGER0, .amount = 1 }, { .op = SF_OP_RECEIVE_EOF } },
               2);
  world->n_waiting = 1;
  START (world, { .op = SF_OP_OPTION, .option = SF_SO_SNDBUF, .amount = 4096 }, { .op = SF_OP_LISTEN, .port = 80 },
         { .op = SF_OP_EACH, .program = 0 });
  g_assert_cmpuint (world->seen.set, ==, 1u << SF_SO_SNDBUF);
  g_assert_cmpint (world->seen.value[SF_SO_SNDBUF], ==, 4096);
  g_assert_cmpuint (world->net.options.live, ==, 2);
  g_assert_cmpuint (sf_process (&world->net, 1)->options, !=, sf_process (&world->net, 2)->options);
  assert_log (world, "OPTION p1 c0 n4096 =0 l1 @0; tcp_listen(0,80,128) LISTEN p1 c1 n0 =0 l2 @0; "
                     "ACCEPT p1 c101 n0 =0 l3 @0; tcp_option(1,6,1) OPTION p2 c101 n1 =0 l1 @0; ");

  world->conns[1].eof = TRUE;
  wake (world, 2);
  assert_log (world, "EOF p2 c101 n0 =0 l2 @0; tcp_abort(1) CLOSE p2 c101 n0 =0 l0 @0; ");
  g_assert_cmpuint (world->net.options.live, ==, 1);
}

/* A crash removes all processes without a call; a reboot starts only the processes of the plan. */
static void
test_crash (World *world, gconstpointer data)
{
  (void) data;
  add_program (world, (SfStep[]){ { .op = SF_OP_WAIT, .time = SF_SEC } }, 1);
  world->n_waiting = 1;
  START (world, { .op = SF_OP_OPTION, .option = SF_SO_SNDBUF, .amount = 1 }, { .op = SF_OP_LISTEN, .port = 80 },
         { .op = SF_OP_EACH, .program = 0 });
  g_string_truncate (world->log, 0);
  g_assert_cmpuint (sf_queue_length (&world->net.sim.queue), ==, 1);
  sf_process_wake (&world->net, 1);
  sf_process_host_crashed (&world->net, 1);
  g_assert_cmpuint (world->net.processes.live, ==, 2);
  sf_process_host_crashed (&world->net, 0);
  g_assert_cmpuint (world->net.processes.live, ==, 1);
  g_assert_cmpuint (world->net.options.live, ==, 0);
  g_assert_cmpuint (sf_queue_length (&world->net.sim.queue), ==, 0);
  run_for (world, SF_MSEC);
  assert_log (world, "");

  sf_process_host_rebooted (&world->net, 0);
  run_for (world, 0);
  assert_log (world, "OPTION p1 c0 n1 =0 l1 @1; tcp_listen(0,80,128) LISTEN p1 c2 n0 =0 l2 @1; ");
}

static void
test_crash_in_until (World *world, gconstpointer data)
{
  (void) data;
  START (world, { .op = SF_OP_UNTIL, .peer = 1, .state = SF_ESTABLISHED });
  sf_process_host_crashed (&world->net, 0);
  g_assert_cmpuint (world->net.n_until, ==, 0);
  sf_process_state_changed (&world->net, 1);
}

static void
test_twice (World *world, gconstpointer data)
{
  (void) data;
  add_program (world,
               (SfStep[]){ { .op = SF_OP_LISTEN, .port = 80 },
                           { .op = SF_OP_LISTEN, .port = 81 },
                           { .op = SF_OP_CONNECT, .peer = 1 },
                           { .op = SF_OP_CONNECT, .peer = 1 },
                           { .op = SF_OP_ACCEPT },
                           { .op = SF_OP_WAIT, .time = SF_SEC } },
               6)
    ->go_on = TRUE;
  start (world);
  world->conns[1].connecting = 0;
  wake (world, 1);
  assert_log (world, "tcp_listen(0,80,128) LISTEN p1 c1 n0 =0 l1 @0; LISTEN p1 c1 n0 =Invalid argument l2 @0; "
                     "tcp_connect(0,20:0) CONNECT p1 c101 n0 =0 l3 @0; "
                     "CONNECT p1 c101 n0 =Transport endpoint is already connected l4 @0; "
                     "ACCEPT p1 c101 n0 =Transport endpoint is already connected l5 @0; ");
}

static void
test_size (void)
{
  g_assert_cmpuint (sizeof (SfProcess), <=, 128); /* there may be a million */
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (World *, gconstpointer);
  } tests[] = {
    { "/process/server", test_server },
    { "/process/client", test_client },
    { "/process/connect-by-address", test_connect_by_address },
    { "/process/refused", test_refused },
    { "/process/go-on", test_go_on },
    { "/process/reset", test_reset },
    { "/process/early-eof", test_early_eof },
    { "/process/send-in-pieces", test_send_in_pieces },
    { "/process/each", test_each },
    { "/process/wait", test_wait },
    { "/process/until", test_until },
    { "/process/one-wake", test_one_wake },
    { "/process/repeat", test_repeat },
    { "/process/forever", test_forever },
    { "/process/options", test_options },
    { "/process/crash", test_crash },
    { "/process/crash-in-until", test_crash_in_until },
    { "/process/twice", test_twice },
  };

  g_test_init (&argc, &argv, NULL);
  g_setenv ("LC_ALL", "C", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, World, NULL, setup, tests[i].test, teardown);
  g_test_add_func ("/process/size", test_size);
  return g_test_run ();
}
