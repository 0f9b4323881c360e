/* SPDX-License-Identifier: MIT
 *
 * One long transfer over a link of 1 Gbit/s with 10 ms one way and an unlimited queue: the cost of a data segment,
 * including its share of the ACKs.
 */
#include "bench/bench.h"

#include "models/apps/process.h"

#include <stdio.h>

#define RATE G_GUINT64_CONSTANT (1000000000)
#define DELAY (10 * SF_MSEC)
#define BUFFER (4 << 20)
#define MSS 1460
#define LEAST_GOODPUT 900e6 /* bit/s: only headers and slow start may cost goodput */
#define STEP (10 * SF_MSEC) /* the accuracy with which the end of the transfer is measured */

static SfPlan *
make_plan (gint64 bytes, guint *ret_server)
{
  SfProfile profile = *sf_profile_find ("rfc9293");
  const SfStep server[] = {
    { .op = SF_OP_LISTEN, .port = 80 },
    { .op = SF_OP_ACCEPT },
    { .op = SF_OP_RECEIVE_EOF },
    { .op = SF_OP_END },
  };
  const SfStep client[] = {
    { .op = SF_OP_CONNECT, .peer = 1, .port = 80 },
    { .op = SF_OP_SEND, .amount = bytes },
    { .op = SF_OP_END },
  };
  SfPlan *plan;

  profile.window_scale = TRUE;
  profile.send_buffer = profile.receive_buffer = BUFFER;
  plan = bench_two_hosts (&profile, 1, DELAY, RATE);
  *ret_server = sf_plan_add_process (plan, 1, sf_plan_add_program (plan, server, G_N_ELEMENTS (server)));
  sf_plan_add_process (plan, 0, sf_plan_add_program (plan, client, G_N_ELEMENTS (client)));
  sf_plan_finish (plan);
  return plan;
}

gboolean
bench_bulk (gboolean quick)
{
  gint64 bytes = quick ? 10 * 1000 * 1000 : 1000 * 1000 * 1000;
  guint server;
  g_autoptr (SfPlan) plan = make_plan (bytes, &server);
  g_autoptr (SfNet) net = sf_net_new (plan, (SfSeed){ 1, 1 });
  double segments = (double) ((bytes + MSS - 1) / MSS), goodput;
  SfStop stop = SF_STOP_TIME;
  BenchMeter meter;
  BenchLine line = {
    .name = "bulk",
    .parameters = {
      { "bytes", (double) bytes },
      { "rate_bit_s", (double) RATE },
      { "delay_ms", (double) DELAY / SF_MSEC },
    },
    .unit = "data segments/s",
  };

  bench_meter_init (&meter);
  bench_go (&meter);
  while (stop == SF_STOP_TIME && !sf_process (net, server + 1)->ended)
    stop = sf_net_run (net, net->sim.now + STEP, G_MAXUINT64);
  bench_halt (&meter);

  goodput = (double) bytes * 8 / ((double) net->sim.now / SF_SEC);
  line.result = segments / meter.seconds;
  line.also[0] = (BenchNumber){ "goodput_mbit_s", goodput / 1e6 };
  line.also[1] = (BenchNumber){ "segments_of_both_ends", (double) net->next_segment };
  line.also[2] = (BenchNumber){ "events_per_data_segment", (double) net->sim.n_events / segments };
  bench_print (&line, &meter);
  bench_meter_clear (&meter);
  if (quick || goodput >= LEAST_GOODPUT)
    return TRUE;
  fprintf (stderr, "bench: bulk: the goodput is %.1f Mbit/s, expected at least %.0f\n", goodput / 1e6,
           LEAST_GOODPUT / 1e6);
  return FALSE;
}
