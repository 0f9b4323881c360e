/* SPDX-License-Identifier: MIT
 *
 * Many short connections: connect, a request of 100 bytes, an answer of 1000, the client closes and stays in TIME-WAIT.
 *
 * "connections": N_LOOPS processes of the client make connections one after the other. All are made within the time of
 * TIME-WAIT, so at some instant all n exist. Each process has its own server address, so that ports do not run out.
 * "connections-open": one process per connection. After the exchange both ends wait for ever for the other to close:
 * this shows the memory of ESTABLISHED.
 *
 * Memory is what pools and tables have taken from the system, for both ends and their applications, divided by n.
 * "live" counts only items in use, not the reserve of the pools.
 */
#include "bench/bench.h"

#include "models/pools.h"
#include "models/tcp/tcb.h"

#include <stdio.h>

#define N_LOOPS 1000
#define N_BURSTS 1000 /* groups of processes that begin at the same instant */
#define DELAY (100 * SF_USEC)
#define REQUEST 100
#define ANSWER 1000

typedef struct
{
  double taken, live; /* bytes */
} Memory;

static SfProfile
make_profile (guint n)
{
  SfProfile profile = *sf_profile_find ("rfc9293");

  profile.syn_queue = MAX (profile.syn_queue, n);
  return profile;
}

/* Adds the server. The client closes first. */
static void
add_server (SfPlan *plan, guint backlog)
{
  const SfStep answer[] = {
    { .op = SF_OP_RECEIVE, .amount = REQUEST },
    { .op = SF_OP_SEND, .amount = ANSWER },
    { .op = SF_OP_RECEIVE_EOF },
    { .op = SF_OP_END },
  };
  guint32 program = sf_plan_add_program (plan, answer, G_N_ELEMENTS (answer));
  const SfStep serve[] = {
    { .op = SF_OP_LISTEN, .port = 80, .amount = backlog },
    { .op = SF_OP_EACH, .program = program },
    { .op = SF_OP_END },
  };

  sf_plan_add_process (plan, 1, sf_plan_add_program (plan, serve, G_N_ELEMENTS (serve)));
}

static SfPlan *
make_loops (guint n)
{
  const SfProfile profile = make_profile (n);
  SfPlan *plan = bench_two_hosts (&profile, N_LOOPS, DELAY, 0);

  add_server (plan, n);
  for (guint i = 0; i < N_LOOPS; i++)
    {
      const SfStep client[] = {
        { .op = SF_OP_WAIT, .time = SF_USEC * (i + 1) },
        { .op = SF_OP_CONNECT, .peer = SF_NO_HOST, .addr = bench_server (i), .port = 80 },
        { .op = SF_OP_SEND, .amount = REQUEST },
        { .op = SF_OP_RECEIVE, .amount = ANSWER },
        { .op = SF_OP_CLOSE },
        { .op = SF_OP_REPEAT, .target = 1, .amount = n / N_LOOPS },
        { .op = SF_OP_END },
      };

      sf_plan_add_process (plan, 0, sf_plan_add_program (plan, client, G_N_ELEMENTS (client)));
    }
  sf_plan_finish (plan);
  return plan;
}

static SfPlan *
make_open (guint n)
{
  const SfProfile profile = make_profile (n);
  SfPlan *plan = bench_two_hosts (&profile, N_LOOPS, DELAY, 0);
  guint32 first = 0;

  add_server (plan, n);
  for (guint i = 0; i < N_BURSTS; i++)
    {
      const SfStep client[] = {
        { .op = SF_OP_AT, .time = SF_MSEC * (i + 1) },
        { .op = SF_OP_CONNECT, .peer = SF_NO_HOST, .addr = bench_server (i % N_LOOPS), .port = 80 },
        { .op = SF_OP_SEND, .amount = REQUEST },
        { .op = SF_OP_RECEIVE_EOF },
        { .op = SF_OP_END },
      };
      guint32 program = sf_plan_add_program (plan, client, G_N_ELEMENTS (client));

      first = i == 0 ? program : first;
    }
  for (guint i = 0; i < n; i++)
    sf_plan_add_process (plan, 0, first + i % N_BURSTS);
  sf_plan_finish (plan);
  return plan;
}

static void
add_pool (Memory *memory, const SfPool *pool)
{
  memory->taken += (double) sf_pool_bytes (pool);
  memory->live += (double) pool->live * pool->item_size;
}

/* Returns the memory of the connections of `net` and of their applications. Segments in flight do not count. */
static Memory
measure_memory (const SfNet *net)
{
  double table = 2.0 * net->demux_size * sizeof *net->demux;
  const SfQueue *queue = &net->sim.queue;
  Memory memory = {
    .taken = table + (double) queue->heap_cap * sizeof *queue->heap,
    .live = table + (double) queue->heap_len * sizeof *queue->heap,
  };
  guint n_pools;
  const SfNetPool *pools = sf_net_pools (&n_pools);

  for (guint i = 0; i < n_pools; i++)
    if (sf_net_pool (net, &pools[i]) != &net->segments)
      add_pool (&memory, sf_net_pool (net, &pools[i]));
  add_pool (&memory, &queue->events);
  return memory;
}

/* Returns the number of connections in `state`. */
static guint
count_state (const SfNet *net, SfState state)
{
  guint n = 0;

  for (guint32 i = 0; i < net->demux_size; i++)
    {
      guint32 conn = net->demux[2 * i + 1];

      n += conn != 0 && sf_tcb (net, conn)->state == state;
    }
  return n;
}

static gboolean
measure_lifecycles (guint n)
{
  g_autoptr (SfPlan) plan = make_loops (n);
  g_autoptr (SfNet) net = sf_net_new (plan, (SfSeed){ 1, 1 });
  SfTime until = sf_profile_time_wait (&sf_plan_host (plan, 0)->profile) - SF_SEC;
  BenchLine line = { .name = "connections", .parameters = { { "n", n } }, .unit = "lifecycles/s" };
  BenchMeter meter;
  Memory memory;
  guint in_time_wait;

  bench_meter_init (&meter);
  bench_go (&meter);
  sf_net_run (net, until, G_MAXUINT64);
  bench_halt (&meter);
  in_time_wait = count_state (net, SF_TIME_WAIT);
  memory = measure_memory (net);
  bench_go (&meter);
  sf_net_run (net, SF_NEVER - 1, G_MAXUINT64);
  bench_halt (&meter);

  line.result = n / meter.seconds;
  line.also[0] = (BenchNumber){ "time_wait_bytes_per_connection", memory.taken / n };
  line.also[1] = (BenchNumber){ "time_wait_live_bytes_per_connection", memory.live / n };
  line.also[2] = (BenchNumber){ "events_per_connection", (double) net->sim.n_events / n };
  bench_print (&line, &meter);
  bench_meter_clear (&meter);
  if (in_time_wait == n && net->tcbs.live == 0)
    return TRUE;
  fprintf (stderr, "bench: connections: %u of %u are in TIME-WAIT together, and %u are left over at the end\n",
           in_time_wait, n, net->tcbs.live);
  return FALSE;
}

static gboolean
measure_open (guint n)
{
  g_autoptr (SfPlan) plan = make_open (n);
  g_autoptr (SfNet) net = sf_net_new (plan, (SfSeed){ 1, 1 });
  BenchLine line = { .name = "connections-open", .parameters = { { "n", n } }, .unit = "bytes/connection" };
  BenchMeter meter;
  Memory memory;
  guint established;

  bench_meter_init (&meter);
  bench_go (&meter);
  sf_net_run (net, SF_NEVER - 1, G_MAXUINT64);
  bench_halt (&meter);

  memory = measure_memory (net);
  line.result = memory.taken / n;
  line.also[0] = (BenchNumber){ "live_bytes_per_connection", memory.live / n };
  line.also[1] = (BenchNumber){ "connections_per_s", n / meter.seconds };
  bench_print (&line, &meter);
  bench_meter_clear (&meter);
  established = count_state (net, SF_ESTABLISHED);
  if (established == 2 * n)
    return TRUE;
  fprintf (stderr, "bench: connections-open: %u ends are ESTABLISHED, expected %u\n", established, 2 * n);
  return FALSE;
}

gboolean
bench_connections (gboolean quick)
{
  guint most = quick ? 1000 : 1000000;
  gboolean sound = TRUE;

  for (guint n = 1000; n <= most; n *= 10)
    sound = measure_lifecycles (n) && sound;
  for (guint n = 1000; n <= most; n *= 10)
    sound = measure_open (n) && sound;
  return sound;
}
