/* SPDX-License-Identifier: MIT
 *
 * The classic hold model: the first event of a queue is taken out, and one is added at an exponentially distributed
 * time after it, so that the length stays constant.
 */
#include "bench/bench.h"

#define MEAN (100 * SF_MSEC)
#define N_DELAYS 65536 /* drawn in advance, so that random numbers are not measured */

static SfTime *
draw_delays (void)
{
  SfTime *delays = g_new (SfTime, N_DELAYS);
  const SfSeed seed = { 1, 1 };
  const SfDist exponential = { .kind = SF_DIST_EXPONENTIAL, .a = (double) MEAN };
  SfRandom random = { .stream = sf_random_stream ("bench.hold", 0) };

  for (guint i = 0; i < N_DELAYS; i++)
    delays[i] = (SfTime) sf_random_draw (&random, &seed, &exponential);
  return delays;
}

/* Does the hold operation `n` times. `queue` has at least one event. */
static void
hold (SfQueue *queue, const SfTime *delays, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      SfEvent event;

      sf_queue_pop (queue, &event);
      sf_queue_add (queue, event.at + delays[i % N_DELAYS], event.kind, event.target);
    }
}

static void
measure (guint length, guint n_holds, const SfTime *delays)
{
  SfQueue queue;
  BenchMeter meter;
  BenchLine line = {
    .name = "queue-hold",
    .parameters = { { "events", length }, { "mean_ms", (double) MEAN / SF_MSEC } },
    .unit = "ns/hold",
  };

  sf_queue_init (&queue);
  for (guint i = 0; i < length; i++)
    sf_queue_add (&queue, delays[i % N_DELAYS], 0, i);
  hold (&queue, delays, length); /* warms the queue up, until its shape is steady */

  bench_meter_init (&meter);
  bench_go (&meter);
  hold (&queue, delays, n_holds);
  bench_halt (&meter);
  line.result = meter.seconds * 1e9 / n_holds;
  bench_print (&line, &meter);
  bench_meter_clear (&meter);
  sf_queue_clear (&queue);
}

gboolean
bench_queue (gboolean quick)
{
  static const guint lengths[] = { 16, 256, 4096, 65536, 1048576 };
  g_autofree SfTime *delays = draw_delays ();

  for (guint i = 0; i < (quick ? 3 : G_N_ELEMENTS (lengths)); i++)
    measure (lengths[i], quick ? 10000 : 5000000, delays);
  return TRUE;
}
