/* SPDX-License-Identifier: MIT
 *
 * One direction of a link (models/link.h). A segment with 1460 bytes of payload has 1500 bytes on the link; at 12
 * Mbit/s its transmission takes 1 ms. Times in the logs are in µs.
 */
#include "tests/support/network.h"

#include <string.h>

#define MBIT 1000000

static const SfDirectionPlan twelve = { .rate = 12 * MBIT };

/* Two hosts, 0 and 1, and link 0 between them. */
static void
start_link (Network *network, const SfDirectionPlan *plan)
{
  guint16 a = network_add_host (network), b = network_add_host (network);

  sf_plan_add_link (network->plan, a, b, plan);
  network_start (network);
}

static SfLossPlan
alternating_loss (void)
{
  /* The good state loses nothing, the bad one everything. It changes after each segment, so every second is lost. */
  return (SfLossPlan){ .kind = SF_LOSS_GILBERT_ELLIOTT, .p = 1, .r = 1, .loss_good = 0, .loss_bad = 1 };
}

/* Segments are transmitted one after the other, 1 ms each; then each propagates for 10 ms. */
static void
test_times (Network *network, gconstpointer data)
{
  (void) data;
  start_link (network, &(SfDirectionPlan){ .rate = 12 * MBIT, .delay = 10 * SF_MSEC });
  network_send_some (network->net, 0, 0, 1, 1460, 2);
  network_send_some (network->net, 5 * SF_MSEC, 0, 1, 1460, 1);
  network_send_some (network->net, 6 * SF_MSEC, 1, 0, 1460, 1);
  network_assert_log (network, "send 1@0; send 2@0; send 3@5000; send 4@6000; arrive 1@11000; arrive 2@12000; "
                               "arrive 3@16000; arrive 4@17000");
}

/* 41 bytes take 109333.3 ns at 3 Mbit/s, 328 at 1 Gbit/s, 32.8 at 10 Gbit/s, 46857142857.1 at 7 bit/s, 0 without a
 * rate. Times are rounded up. */
static void
test_rounding (void)
{
  const struct
  {
    guint64 rate;
    SfTime expected;
  } rows[] = {
    { 3 * MBIT, 109334 },
    { 1000 * MBIT, 328 },
    { (guint64) 10000 * MBIT, 33 },
    { 7, G_GINT64_CONSTANT (46857142858) },
    { 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      Network network;

      network_setup (&network, NULL);
      start_link (&network, &(SfDirectionPlan){ .rate = rows[i].rate });
      network_send_some (network.net, 0, 0, 1, 1, 1);
      sf_net_run (network.net, SF_NEVER, G_MAXUINT64);
      g_assert_cmpint (network.net->sim.now, ==, rows[i].expected);
      network_teardown (&network, NULL);
    }
}

/* The queue holds two segments besides the one in transmission. At 1 ms the second leaves it to be transmitted. */
static void
test_queue_segments (Network *network, gconstpointer data)
{
  SfDirectionPlan plan = twelve;

  (void) data;
  plan.queue_segments = 2;
  start_link (network, &plan);
  network_send_some (network->net, 0, 0, 1, 1460, 4);
  network_send_some (network->net, SF_MSEC - 1, 0, 1, 1460, 1);
  network_send_some (network->net, SF_MSEC, 0, 1, 1460, 2);
  network_assert_log (network, "send 1@0; send 2@0; send 3@0; send 4@0; full 4@0; send 5@999.999; full 5@999.999; "
                               "arrive 1@1000; send 6@1000; send 7@1000; full 7@1000; "
                               "arrive 2@2000; arrive 3@3000; arrive 6@4000");
}

/* The queue holds 1540 bytes besides the segment in transmission. A segment larger than the queue passes only if the
 * link is idle. */
static void
test_queue_bytes (Network *network, gconstpointer data)
{
  SfDirectionPlan plan = twelve;

  (void) data;
  plan.queue_bytes = 1540;
  start_link (network, &plan);
  network_send_some (network->net, 0, 0, 1, 1460 + 100, 2);
  network_send_some (network->net, 0, 0, 1, 1460, 1);
  network_send_some (network->net, 0, 0, 1, 0, 2);
  network_assert_log (network, "send 1@0; send 2@0; full 2@0; send 3@0; send 4@0; send 5@0; full 5@0; "
                               "arrive 1@1066.667; arrive 3@2066.667; arrive 4@2093.334");
}

/* The rings grow, wrap, and keep the order, with thousands of segments in the queue and in flight. Every 300 ms, 600
 * segments of 1 ms are added. The last 600 are added at 2700 ms: then number 2701 begins transmission and 2699 wait, so
 * there is room for 301. The last one, number 5701, arrives 5701 ms + 100 ms after the start. */
static void
test_long_rings (Network *network, gconstpointer data)
{
  (void) data;
  start_link (network, &(SfDirectionPlan){ .rate = 12 * MBIT, .delay = 100 * SF_MSEC, .queue_segments = 3000 });
  sf_net_listen (network->net, NULL, NULL);
  for (guint i = 0; i < 10; i++)
    network_send_some (network->net, i * 300 * SF_MSEC, 0, 1, 1460, 600);
  sf_net_run (network->net, 200 * SF_MSEC, G_MAXUINT64);
  g_assert_cmpuint (fake_tcp (network->net)->n_inputs, ==, 100);
  sf_net_run (network->net, 5801 * SF_MSEC - 1, G_MAXUINT64);
  g_assert_cmpuint (fake_tcp (network->net)->n_inputs, ==, 5700);
  network_log (network->net, network->log);
  network_assert_log (network, "arrive 5701@5801000");
}

/* Arrivals of segments that were sent 10 µs apart. */
typedef struct
{
  guint64 last;
  guint n, n_overtaken;
  SfTime least, most; /* time from sending to arrival */
} Arrivals;

static void
on_arrival (gpointer user, const SfRecordHead *head)
{
  Arrivals *arrivals = user;
  const SfSegment *seg = &((const SfRecord *) (gconstpointer) head)->arrive;
  SfTime delay = head->t - seg->sent_at;

  if (head->kind != SF_RECORD_ARRIVE)
    return;
  arrivals->n++;
  arrivals->n_overtaken += seg->id < arrivals->last;
  arrivals->last = MAX (arrivals->last, seg->id);
  arrivals->least = MIN (arrivals->least, delay);
  arrivals->most = MAX (arrivals->most, delay);
}

static Arrivals
run_spaced (Network *network, guint n)
{
  Arrivals arrivals = { .least = SF_NEVER };

  sf_net_listen (network->net, on_arrival, &arrivals);
  for (guint i = 0; i < n; i++)
    network_send_some (network->net, i * 10 * SF_USEC, 0, 1, 100, 1);
  sf_net_run (network->net, SF_NEVER, G_MAXUINT64);
  return arrivals;
}

static const SfDirectionPlan jittery = {
  .delay = 10 * SF_MSEC,
  .has_jitter = TRUE,
  .jitter = { SF_DIST_UNIFORM, 0, 5 * SF_MSEC },
};

static void
test_jitter_keeps_order (Network *network, gconstpointer data)
{
  Arrivals arrivals;

  (void) data;
  start_link (network, &jittery);
  arrivals = run_spaced (network, 1000);
  g_assert_cmpuint (arrivals.n, ==, 1000);
  g_assert_cmpuint (arrivals.n_overtaken, ==, 0);
  g_assert_cmpint (arrivals.least, >=, 10 * SF_MSEC);
  g_assert_cmpint (arrivals.most, <, 15 * SF_MSEC);
  g_assert_cmpint (arrivals.most - arrivals.least, >, SF_MSEC);
}

static void
test_jitter_reorders (Network *network, gconstpointer data)
{
  SfDirectionPlan plan = jittery;
  Arrivals arrivals;

  (void) data;
  plan.jitter_reorders = TRUE;
  start_link (network, &plan);
  arrivals = run_spaced (network, 1000);
  g_assert_cmpuint (arrivals.n, ==, 1000);
  g_assert_cmpuint (arrivals.n_overtaken, >, 900);
  g_assert_cmpint (arrivals.least, >=, 10 * SF_MSEC);
  g_assert_cmpint (arrivals.least, <, 10 * SF_MSEC + 100 * SF_USEC);
  g_assert_cmpint (arrivals.most, <, 15 * SF_MSEC);
  g_assert_cmpint (arrivals.most, >, 15 * SF_MSEC - 100 * SF_USEC);
}

static void
test_jitter_constant (Network *network, gconstpointer data)
{
  SfDirectionPlan plan = jittery;

  (void) data;
  plan.jitter = (SfDist){ SF_DIST_CONSTANT, 2 * SF_MSEC, 0 };
  start_link (network, &plan);
  network_send_some (network->net, 0, 0, 1, 0, 1);
  network_assert_log (network, "send 1@0; arrive 1@12000");
}

/* Negative jitter counts as 0: it does not make a link faster. */
static void
test_jitter_negative (Network *network, gconstpointer data)
{
  SfDirectionPlan plan = jittery;

  (void) data;
  plan.jitter = (SfDist){ SF_DIST_CONSTANT, -2 * SF_MSEC, 0 };
  start_link (network, &plan);
  network_send_some (network->net, 0, 0, 1, 0, 1);
  network_assert_log (network, "send 1@0; arrive 1@10000");
}

static void
test_reorder (Network *network, gconstpointer data)
{
  (void) data;
  start_link (network, &(SfDirectionPlan){ .rate = 12 * MBIT, .reorder = 1, .reorder_by = 3 * SF_MSEC });
  network_send_some (network->net, 0, 0, 1, 1460, 2);
  network_assert_log (network, "send 1@0; delayed 1@0>4000; send 2@0; delayed 2@0>5000; arrive 1@4000; arrive 2@5000");
}

/* A quarter of the segments is held back by 1 ms, so up to 100 others overtake each. The others keep their order. */
static void
test_reorder_some (Network *network, gconstpointer data)
{
  Arrivals arrivals;

  (void) data;
  start_link (network, &(SfDirectionPlan){ .delay = SF_MSEC, .reorder = 0.25, .reorder_by = SF_MSEC });
  arrivals = run_spaced (network, 10000);
  g_assert_cmpuint (arrivals.n, ==, 10000);
  g_assert_cmpint (arrivals.least, ==, SF_MSEC);
  g_assert_cmpint (arrivals.most, ==, 2 * SF_MSEC);
  /* 5 standard deviations of the binomial distribution: √(10000 × 0.25 × 0.75) = 43.3. */
  g_assert_cmpuint (arrivals.n_overtaken, >, 2500 - 217);
  g_assert_cmpuint (arrivals.n_overtaken, <, 2500 + 217);
}

/* The copy arrives right after its original and takes no transmission time: the second segment arrives at 2 ms. */
static void
test_duplicate (Network *network, gconstpointer data)
{
  SfDirectionPlan plan = twelve;

  (void) data;
  plan.duplicate = 1;
  start_link (network, &plan);
  network_send_some (network->net, 0, 0, 1, 1460, 2);
  network_assert_log (network, "send 1@0; copied 1=2@0; send 3@0; copied 3=4@0; "
                               "arrive 1@1000; arrive 2@1000; arrive 3@2000; arrive 4@2000");
}

/* The original is held back, its copy is not. */
static void
test_duplicate_and_reorder (Network *network, gconstpointer data)
{
  (void) data;
  start_link (network, &(SfDirectionPlan){ .delay = SF_MSEC, .duplicate = 1, .reorder = 1, .reorder_by = SF_MSEC });
  network_send_some (network->net, 0, 0, 1, 1460, 1);
  network_assert_log (network, "send 1@0; copied 1=2@0; delayed 1@0>2000; arrive 2@1000; arrive 1@2000");
}

static void
test_corrupt (Network *network, gconstpointer data)
{
  SfDirectionPlan plan = twelve;

  (void) data;
  plan.corrupt = 1;
  plan.duplicate = 1;
  start_link (network, &plan);
  network_send_some (network->net, 0, 0, 1, 1460, 1);
  network_assert_log (network, "send 1@0; corrupted 1@0; copied 1=2@0; arrive 1!@1000; arrive 2!@1000");
}

/* A lost segment takes transmission time: the third arrives at 3 ms. */
static void
test_loss_takes_time (Network *network, gconstpointer data)
{
  SfDirectionPlan plan = twelve;

  (void) data;
  plan.loss = alternating_loss ();
  start_link (network, &plan);
  network_send_some (network->net, 0, 0, 1, 1460, 3);
  network_assert_log (network, "send 1@0; send 2@0; lost 2@0; send 3@0; arrive 1@1000; arrive 3@3000");
}

/* A lost segment takes its place in the queue. The loss model draws a number even for segments that the queue drops. */
static void
test_loss_and_queue (Network *network, gconstpointer data)
{
  SfDirectionPlan plan = twelve;

  (void) data;
  plan.loss = alternating_loss ();
  plan.queue_segments = 1;
  start_link (network, &plan);
  network_send_some (network->net, 0, 0, 1, 1460, 5);
  network_assert_log (network, "send 1@0; send 2@0; lost 2@0; send 3@0; full 3@0; send 4@0; lost 4@0; "
                               "send 5@0; full 5@0; arrive 1@1000");
}

/* Counts segments and losses, and runs of losses. */
typedef struct
{
  guint n_sent, n_lost, n_bursts;
  gboolean in_burst, lost;
} Losses;

static void
on_loss (gpointer user, const SfRecordHead *head)
{
  Losses *losses = user;

  if (head->kind == SF_RECORD_FATE)
    losses->lost = TRUE;
  if (head->kind != SF_RECORD_SEND)
    return;
  /* Now the fate of the segment before this one is known. */
  losses->n_sent++;
  losses->n_lost += losses->lost;
  losses->n_bursts += losses->lost && !losses->in_burst;
  losses->in_burst = losses->lost;
  losses->lost = FALSE;
}

static Losses
count_losses (Network *network, guint n)
{
  Losses losses = { 0 };

  sf_net_listen (network->net, on_loss, &losses);
  for (guint i = 0; i < n; i += 1000)
    {
      network_send_some (network->net, network->net->sim.now, 0, 1, 0, 1000);
      sf_net_run (network->net, SF_NEVER, G_MAXUINT64);
    }
  return losses;
}

/* 2 % of 10^6 segments have a standard deviation of √(10^6 × 0.02 × 0.98) = 140. Five deviations are allowed. */
static void
test_loss_independent (Network *network, gconstpointer data)
{
  Losses losses;

  (void) data;
  start_link (network, &(SfDirectionPlan){ .loss = { .kind = SF_LOSS_INDEPENDENT, .p = 0.02 } });
  losses = count_losses (network, 1000000);
  g_assert_cmpuint (losses.n_lost, >, 20000 - 700);
  g_assert_cmpuint (losses.n_lost, <, 20000 + 700);
  /* One random number per segment. */
  g_assert_cmpuint (network->net->directions[0].loss.n, ==, 1000000);
  g_assert_cmpuint (network->net->directions[0].corrupt.n, ==, 0);
  g_assert_cmpuint (network->net->directions[1].loss.n, ==, 0);
}

/* The chain is in the bad state for p / (p + r) = 1 / 31 of the time, and for 1 / r = 10 / 3 segments in a row. Its
 * states are correlated, so the variance is (1 + (1 - p - r)) / (p + r) = 5.45 times that of independent losses: the
 * standard deviation is 412 of 10^6. That of the mean of 9677 bursts is 2.8 / √9677 = 0.028. Five deviations are
 * allowed. */
static void
test_loss_gilbert_elliott (Network *network, gconstpointer data)
{
  const SfLossPlan loss = { .kind = SF_LOSS_GILBERT_ELLIOTT, .p = 0.01, .r = 0.3, .loss_good = 0, .loss_bad = 1 };
  Losses losses;
  double burst;

  (void) data;
  start_link (network, &(SfDirectionPlan){ .loss = loss });
  losses = count_losses (network, 1000000);
  burst = (double) losses.n_lost / losses.n_bursts;
  g_assert_cmpuint (losses.n_lost, >, 32258 - 2060);
  g_assert_cmpuint (losses.n_lost, <, 32258 + 2060);
  g_assert_cmpfloat (burst, >, 3.333 - 0.14);
  g_assert_cmpfloat (burst, <, 3.333 + 0.14);
}

/* Half of the time the state is good, with 10 % loss, half of the time bad, with 50 %: 30 % on average. */
static void
test_loss_in_both_states (Network *network, gconstpointer data)
{
  const SfLossPlan loss = { .kind = SF_LOSS_GILBERT_ELLIOTT, .p = 0.5, .r = 0.5, .loss_good = 0.1, .loss_bad = 0.5 };
  Losses losses;

  (void) data;
  start_link (network, &(SfDirectionPlan){ .loss = loss });
  losses = count_losses (network, 1000000);
  g_assert_cmpuint (losses.n_lost, >, 300000 - 2300);
  g_assert_cmpuint (losses.n_lost, <, 300000 + 2300);
}

/* The link is down from 5 to 7 ms. A segment sent before arrives, at 10 ms. Taking it down again is no change. */
static void
test_down_and_up (Network *network, gconstpointer data)
{
  const SfTimedFault faults[] = {
    { .kind = SF_TIMED_LINK_DOWN, .at = 5 * SF_MSEC, .index = 0 },
    { .kind = SF_TIMED_LINK_DOWN, .at = 6 * SF_MSEC, .index = 0 },
    { .kind = SF_TIMED_LINK_UP, .at = 7 * SF_MSEC, .index = 0 },
  };

  (void) data;
  g_array_append_vals (network->plan->timed_faults, faults, G_N_ELEMENTS (faults));
  start_link (network, &(SfDirectionPlan){ .delay = 10 * SF_MSEC });
  network_send_some (network->net, 0, 0, 1, 0, 1);
  network_send_some (network->net, 5 * SF_MSEC, 0, 1, 0, 1);
  network_send_some (network->net, 5 * SF_MSEC, 1, 0, 0, 1);
  network_send_some (network->net, 7 * SF_MSEC, 0, 1, 0, 1);
  network_assert_log (network,
                      "send 1@0; link 0 down@5000; send 2@5000; link-down 2@5000; "
                      "send 3@5000; link-down 3@5000; link 0 up@7000; send 4@7000; arrive 1@10000; arrive 4@17000");
}

/* At 2.5 ms two segments of 1 ms each have left the transmitter, the third is half through, two wait: these three are
 * lost at that instant. The two on the wire arrive. The transmitter is free at once when the link is up again. */
static void
test_down_stops_transmitter (Network *network, gconstpointer data)
{
  const SfTimedFault faults[] = {
    { .kind = SF_TIMED_LINK_DOWN, .at = 2500 * SF_USEC, .index = 0 },
    { .kind = SF_TIMED_LINK_UP, .at = 2600 * SF_USEC, .index = 0 },
  };

  (void) data;
  g_array_append_vals (network->plan->timed_faults, faults, G_N_ELEMENTS (faults));
  start_link (network, &(SfDirectionPlan){ .rate = 12 * MBIT, .delay = 10 * SF_MSEC });
  network_send_some (network->net, 0, 0, 1, 1460, 5);
  network_send_some (network->net, 3 * SF_MSEC, 0, 1, 1460, 1);
  network_assert_log (network, "send 1@0; send 2@0; send 3@0; send 4@0; send 5@0; link 0 down@2500; link-down 3@2500; "
                               "link-down 4@2500; link-down 5@2500; link 0 up@2600; send 6@3000; arrive 1@11000; "
                               "arrive 2@12000; arrive 6@14000");
}

/* The same for segments that may overtake each other, and whether the link goes down or the host before it crashes:
 * exactly what has left the transmitter arrives. */
static void
test_cut_out_of_order (void)
{
  for (guint kind = 0; kind < 2; kind++)
    {
      const SfTimedFault fault = { .kind = kind == 0 ? SF_TIMED_LINK_DOWN : SF_TIMED_CRASH,
                                   .at = 2500 * SF_USEC,
                                   .index = 0 };
      SfDirectionPlan plan = { .rate = 12 * MBIT, .delay = 10 * SF_MSEC, .has_jitter = TRUE, .jitter_reorders = TRUE };
      Network network;

      network_setup (&network, NULL);
      plan.jitter = (SfDist){ .kind = SF_DIST_CONSTANT, .a = SF_MSEC };
      g_array_append_val (network.plan->timed_faults, fault);
      start_link (&network, &plan);
      network_send_some (network.net, 0, 0, 1, 1460, 5);
      sf_net_run (network.net, SF_NEVER, G_MAXUINT64);
      g_assert_nonnull (strstr (network.log->str, "arrive 1@12000; arrive 2@13000"));
      g_assert_null (strstr (network.log->str, "arrive 3"));
      g_assert_nonnull (strstr (network.log->str, kind == 0 ? "link-down 5@2500" : "host-down 5@2500"));
      g_assert_cmpuint (network.net->segments.live, ==, 0);
      network_teardown (&network, NULL);
    }
}

static void
test_down_at_start (Network *network, gconstpointer data)
{
  guint16 a = network_add_host (network), b = network_add_host (network);

  (void) data;
  sf_plan_add_link (network->plan, a, b, &twelve);
  g_array_index (network->plan->links, SfLinkPlan, 0).down = TRUE;
  network_start (network);
  network_send_some (network->net, 0, a, b, 0, 1);
  network_assert_log (network, "send 1@0; link-down 1@0");
}

/* A segment that would arrive after the end of time arrives at the last instant. */
static void
test_end_of_time (Network *network, gconstpointer data)
{
  (void) data;
  start_link (network, &(SfDirectionPlan){ .delay = SF_NEVER / 2 });
  sf_net_listen (network->net, NULL, NULL);
  network_send_some (network->net, SF_NEVER - 10, 0, 1, 0, 1);
  g_assert_cmpint (sf_net_run (network->net, SF_NEVER, G_MAXUINT64), ==, SF_STOP_IDLE);
  g_assert_cmpint (network->net->sim.now, ==, SF_NEVER - 1);
}

/* Returns which of 200 segments of link 0 arrive if `n_links` lossy links, each with two hosts of its own, are busy. */
static char *
fates_of_link_0 (guint n_links)
{
  const SfDirectionPlan lossy = { .loss = { .kind = SF_LOSS_INDEPENDENT, .p = 0.5 }, .corrupt = 0.5 };
  g_autoptr (GString) fates = g_string_new (NULL);
  Network network;

  network_setup (&network, NULL);
  for (guint i = 0; i < n_links; i++)
    {
      guint16 a = network_add_host (&network), b = network_add_host (&network);

      sf_plan_add_link (network.plan, a, b, &lossy);
    }
  network_start (&network);
  sf_net_listen (network.net, NULL, NULL);
  for (guint i = 0; i < 200; i++)
    {
      guint64 before = network.net->directions[0].corrupt.n;

      for (guint16 link = 0; link < n_links; link++)
        network_send_some (network.net, network.net->sim.now, 2 * link, 2 * link + 1, 0, 1);
      sf_net_run (network.net, SF_NEVER, G_MAXUINT64);
      /* The link draws a number for corruption only if the segment is not lost. */
      g_string_append_c (fates, network.net->directions[0].corrupt.n > before ? '.' : 'x');
    }
  network_teardown (&network, NULL);
  return g_string_free (g_steal_pointer (&fates), FALSE);
}

static void
test_own_streams (void)
{
  g_autofree char *alone = fates_of_link_0 (1);
  g_autofree char *with_others = fates_of_link_0 (3);

  g_assert_nonnull (strchr (alone, 'x'));
  g_assert_nonnull (strchr (alone, '.'));
  g_assert_cmpstr (alone, ==, with_others);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  network_add_test ("/link/times", test_times);
  g_test_add_func ("/link/rounding", test_rounding);
  network_add_test ("/link/queue-segments", test_queue_segments);
  network_add_test ("/link/queue-bytes", test_queue_bytes);
  network_add_test ("/link/long-rings", test_long_rings);
  network_add_test ("/link/jitter-keeps-order", test_jitter_keeps_order);
  network_add_test ("/link/jitter-reorders", test_jitter_reorders);
  network_add_test ("/link/jitter-constant", test_jitter_constant);
  network_add_test ("/link/jitter-negative", test_jitter_negative);
  network_add_test ("/link/reorder", test_reorder);
  network_add_test ("/link/reorder-some", test_reorder_some);
  network_add_test ("/link/duplicate", test_duplicate);
  network_add_test ("/link/duplicate-and-reorder", test_duplicate_and_reorder);
  network_add_test ("/link/corrupt", test_corrupt);
  network_add_test ("/link/loss-takes-time", test_loss_takes_time);
  network_add_test ("/link/loss-and-queue", test_loss_and_queue);
  network_add_test ("/link/loss-independent", test_loss_independent);
  network_add_test ("/link/loss-gilbert-elliott", test_loss_gilbert_elliott);
  network_add_test ("/link/loss-in-both-states", test_loss_in_both_states);
  network_add_test ("/link/down-and-up", test_down_and_up);
  network_add_test ("/link/down-stops-transmitter", test_down_stops_transmitter);
  g_test_add_func ("/link/cut-out-of-order", test_cut_out_of_order);
  network_add_test ("/link/down-at-start", test_down_at_start);
  network_add_test ("/link/end-of-time", test_end_of_time);
  g_test_add_func ("/link/own-streams", test_own_streams);
  return g_test_run ();
}
