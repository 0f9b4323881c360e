/* SPDX-License-Identifier: MIT
 *
 * One short scenario again and again with different seeds, as a sweep runs it: handshake, 100 bytes, 1000 bytes, close,
 * and TIME-WAIT to its end. A run begins by resetting the simulation ("runs-reset"), or by copying one that has not
 * begun ("runs-copy").
 */
#include "bench/bench.h"

#include <stdio.h>

static SfPlan *
make_plan (void)
{
  /* clang-format off */
  const SfStep server[] = {
    { .op = SF_OP_LISTEN, .port = 80 },
    { .op = SF_OP_ACCEPT },
    { .op = SF_OP_RECEIVE, .amount = 100 },
    { .op = SF_OP_SEND, .amount = 1000 },
    { .op = SF_OP_RECEIVE_EOF },
    { .op = SF_OP_CLOSE },
    { .op = SF_OP_STOP_LISTEN },
    { .op = SF_OP_END },
  };
  /* clang-format on */
  const SfStep client[] = {
    { .op = SF_OP_CONNECT, .peer = 1, .port = 80 },
    { .op = SF_OP_SEND, .amount = 100 },
    { .op = SF_OP_RECEIVE, .amount = 1000 },
    { .op = SF_OP_CLOSE },
    { .op = SF_OP_END },
  };
  SfPlan *plan = bench_two_hosts (sf_profile_find ("rfc9293"), 1, 50 * SF_MSEC, 10 * 1000 * 1000);

  sf_plan_add_process (plan, 1, sf_plan_add_program (plan, server, G_N_ELEMENTS (server)));
  sf_plan_add_process (plan, 0, sf_plan_add_program (plan, client, G_N_ELEMENTS (client)));
  sf_plan_finish (plan);
  return plan;
}

/* Runs `net` to its end. FALSE if it did not end as the scenario should. */
static gboolean
run_once (SfNet *net)
{
  return sf_net_run (net, SF_NEVER - 1, 1000000) == SF_STOP_IDLE && net->tcbs.live == 0 && net->next_segment >= 9;
}

/* Measures `n` runs of `net`. Each begins with a copy of `pristine`, or with a reset if that is NULL. */
static gboolean
measure (SfNet *net, const SfNet *pristine, guint n)
{
  BenchLine line = { .name = pristine ? "runs-copy" : "runs-reset", .parameters = { { "n", n } }, .unit = "runs/s" };
  gboolean sound = TRUE;
  BenchMeter meter;

  bench_meter_init (&meter);
  bench_go (&meter);
  for (guint i = 0; i < n; i++)
    {
      SfSeed seed = { 1, i };

      if (pristine != NULL)
        {
          sf_net_copy (net, pristine);
          net->sim.seed = seed;
        }
      else
        sf_net_reset (net, seed);
      sound = run_once (net) && sound;
    }
  bench_halt (&meter);
  line.result = n / meter.seconds;
  line.also[0] = (BenchNumber){ "events_per_run", (double) net->sim.n_events };
  line.also[1] = (BenchNumber){ "segments_per_run", (double) net->next_segment };
  bench_print (&line, &meter);
  bench_meter_clear (&meter);
  if (!sound)
    fprintf (stderr, "bench: %s: a run did not end as it should\n", line.name);
  return sound;
}

gboolean
bench_runs (gboolean quick)
{
  guint n = quick ? 200 : 200000;
  g_autoptr (SfPlan) plan = make_plan ();
  g_autoptr (SfNet) pristine = sf_net_new (plan, (SfSeed){ 1, 1 });
  g_autoptr (SfNet) net = sf_net_new (plan, (SfSeed){ 1, 1 });
  gboolean sound = measure (net, NULL, n);

  return measure (net, pristine, n) && sound;
}
