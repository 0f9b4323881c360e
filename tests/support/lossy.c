/* SPDX-License-Identifier: MIT */
#include "tests/support/lossy.h"

#include "models/segment_text.h"

#define N_CLIENTS 4

/* Returns how much host `index` writes: no more than its buffer makes possible in a reasonable number of round trips.
 */
static gint64
draw_amount (const SfPlan *plan, guint index, GRand *random)
{
  static const gint32 most[] = { 2, 2000, 20000, 90000 };
  gint64 amount = g_rand_int_range (random, 1, most[g_rand_int_range (random, 0, 4)]);

  return MIN (amount, 1000 * sf_plan_host (plan, index)->profile.send_buffer);
}

static SfProfile
draw_profile (GRand *random)
{
  static const char *const names[] = { "rfc9293", "linux", "freebsd", "freebsd-11", "windows" };
  SfProfile profile = *sf_profile_find (names[g_rand_int_range (random, 0, G_N_ELEMENTS (names))]);

  if (g_rand_boolean (random))
    profile.receive_buffer = g_rand_int_range (random, 1, 20000);
  if (g_rand_boolean (random))
    profile.send_buffer = g_rand_int_range (random, 1, 20000);
  if (g_rand_int_range (random, 0, 4) == 0)
    profile.mtu = g_rand_int_range (random, 100, 9000);
  if (g_rand_int_range (random, 0, 4) == 0)
    profile.delayed_ack = 0;
  profile.nagle = g_rand_boolean (random);
  profile.nagle_minshall = g_rand_boolean (random);
  profile.limited_transmit = g_rand_boolean (random);
  profile.tail_loss_probe = g_rand_boolean (random);
  profile.timestamps = g_rand_boolean (random);
  profile.window_scale = g_rand_boolean (random);
  profile.probe_with_data = g_rand_boolean (random);
  profile.slow_start_after_idle = g_rand_boolean (random);
  profile.ack_fin_at_once = g_rand_boolean (random);
  profile.window_growth = g_rand_boolean (random);
  profile.dupack_threshold = g_rand_int_range (random, 1, 6);
  profile.initial_window = g_rand_int_range (random, 0, 12);
  profile.ack_every = g_rand_int_range (random, 1, 5);
  profile.quick_acks = g_rand_int_range (random, 0, 40);
  profile.refused_ack_spacing = SF_MSEC * 500; /* 0 lets two ends refuse each other for ever */
  profile.backlog_extra = 100;
  profile.retries_by_time = FALSE;
  profile.data_retries = profile.orphan_retries = profile.syn_retries = profile.synack_retries = 60;
  return profile;
}

static SfDirectionPlan
draw_link (GRand *random)
{
  SfDirectionPlan link = {
    .rate = g_rand_boolean (random) ? 0 : (guint64) g_rand_int_range (random, 100000, 100000000),
    .delay = SF_USEC * g_rand_int_range (random, 10, 60000),
    .duplicate = g_rand_double_range (random, 0, 0.1),
    .corrupt = g_rand_double_range (random, 0, 0.05),
    .reorder = g_rand_double_range (random, 0, 0.2),
    .reorder_by = SF_USEC * g_rand_int_range (random, 1, 30000),
    .loss = { .kind = SF_LOSS_INDEPENDENT, .p = g_rand_double_range (random, 0, 0.15) },
  };

  return link;
}

/* Adds the server, which reads to the end, and answers before or after that. */
static void
add_server (SfPlan *plan, GRand *random)
{
  gint64 answer = draw_amount (plan, 1, random);
  gboolean small = MIN (sf_plan_host (plan, 0)->profile.send_buffer, sf_plan_host (plan, 1)->profile.send_buffer)
                   < 90000;
  const SfStep first[] = {
    { .op = SF_OP_SEND, .amount = answer }, { .op = SF_OP_RECEIVE_EOF }, { .op = SF_OP_CLOSE }, { .op = SF_OP_END }
  };
  const SfStep last[] = { { .op = SF_OP_RECEIVE_EOF }, { .op = SF_OP_SEND, .amount = answer }, { .op = SF_OP_END } };
  gboolean after = small || g_rand_boolean (random);
  guint32 child = after ? sf_plan_add_program (plan, last, G_N_ELEMENTS (last))
                        : sf_plan_add_program (plan, first, G_N_ELEMENTS (first));
  const SfStep serve[] = { { .op = SF_OP_LISTEN, .port = 80 },
                           { .op = SF_OP_EACH, .program = child },
                           { .op = SF_OP_END } };

  sf_plan_add_process (plan, 1, sf_plan_add_program (plan, serve, G_N_ELEMENTS (serve)));
}

static void
add_client (SfPlan *plan, GRand *random)
{
  const SfStep steps[] = {
    { .op = SF_OP_WAIT, .time = SF_USEC * g_rand_int_range (random, 0, 300000) },
    { .op = SF_OP_CONNECT, .peer = 1, .port = 80 },
    { .op = SF_OP_SEND, .amount = draw_amount (plan, 0, random), .urgent = (guint8) g_rand_boolean (random) },
    { .op = SF_OP_WAIT, .time = SF_USEC * g_rand_int_range (random, 0, 900000) },
    { .op = SF_OP_SEND, .amount = draw_amount (plan, 0, random) },
    { .op = SF_OP_SHUTDOWN },
    { .op = SF_OP_WAIT, .time = SF_USEC * g_rand_int_range (random, 0, 3000000) },
    { .op = SF_OP_RECEIVE_EOF },
    { .op = SF_OP_CLOSE },
    { .op = SF_OP_REPEAT, .target = 1, .amount = g_rand_int_range (random, 1, 3) },
    { .op = SF_OP_END },
  };

  sf_plan_add_process (plan, 0, sf_plan_add_program (plan, steps, G_N_ELEMENTS (steps)));
}

/* Returns as much as the host `index` can write without waiting, at most. */
static gint64
draw_buffered (const SfPlan *plan, guint index, GRand *random)
{
  return g_rand_int_range (random, 1, (gint32) MIN (sf_plan_host (plan, index)->profile.send_buffer, 20000) + 1);
}

/* Two-way traffic: both ends write as much as their buffers hold before either reads, and begin to read at about the
 * same time. So windows close in both directions, and probes and window updates cross. */
static void
add_two_way (SfPlan *plan, GRand *random)
{
  SfTime pause = SF_MSEC * g_rand_int_range (random, 1000, 9000);
  const SfStep child[] = { { .op = SF_OP_SEND, .amount = draw_buffered (plan, 1, random) },
                           { .op = SF_OP_SHUTDOWN },
                           { .op = SF_OP_WAIT, .time = pause + SF_USEC * g_rand_int_range (random, 0, 100000) },
                           { .op = SF_OP_RECEIVE_EOF },
                           { .op = SF_OP_CLOSE },
                           { .op = SF_OP_END } };
  const SfStep serve[] = { { .op = SF_OP_LISTEN, .port = 80 },
                           { .op = SF_OP_EACH, .program = sf_plan_add_program (plan, child, G_N_ELEMENTS (child)) },
                           { .op = SF_OP_END } };
  const SfStep steps[] = { { .op = SF_OP_CONNECT, .peer = 1, .port = 80 },
                           { .op = SF_OP_SEND, .amount = draw_buffered (plan, 0, random) },
                           { .op = SF_OP_SHUTDOWN },
                           { .op = SF_OP_WAIT, .time = pause + SF_USEC * g_rand_int_range (random, 0, 100000) },
                           { .op = SF_OP_RECEIVE_EOF },
                           { .op = SF_OP_CLOSE },
                           { .op = SF_OP_END } };

  sf_plan_add_process (plan, 1, sf_plan_add_program (plan, serve, G_N_ELEMENTS (serve)));
  sf_plan_add_process (plan, 0, sf_plan_add_program (plan, steps, G_N_ELEMENTS (steps)));
}

SfPlan *
lossy_plan (guint32 seed)
{
  GRand *random = g_rand_new_with_seed (seed);
  SfPlan *plan = sf_plan_new ();
  gboolean two_way = g_rand_boolean (random), lossless = two_way && g_rand_boolean (random);

  for (guint i = 0; i < 2; i++)
    {
      SfProfile profile = draw_profile (random);

      if (two_way)
        profile.receive_buffer = g_rand_int_range (random, 1, 4000);
      sf_plan_add_host (plan, i == 0 ? "client" : "server", 0x0a000001 + i, 1, &profile);
    }
  sf_plan_add_link (plan, 0, 1, &(SfDirectionPlan){ 0 });
  for (guint i = 0; i < 2; i++)
    g_array_index (plan->links, SfLinkPlan, 0).direction[i] = draw_link (random);
  if (lossless)
    for (guint i = 0; i < 2; i++)
      g_array_index (plan->links, SfLinkPlan, 0).direction[i] = (SfDirectionPlan){
        .delay = SF_USEC * g_rand_int_range (random, 10, 60000)
      };
  if (two_way)
    add_two_way (plan, random);
  else
    {
      add_server (plan, random);
      for (guint i = 0; i < N_CLIENTS; i++)
        add_client (plan, random);
    }
  sf_plan_finish (plan);
  g_rand_free (random);
  return plan;
}

void
lossy_log (GString *log, const SfRecord *record)
{
  g_string_append_printf (log, "%" G_GINT64_FORMAT " %u %u %u", record->head.t, record->head.kind, record->host,
                          record->conn);
  if (record->head.kind == SF_RECORD_SEND || record->head.kind == SF_RECORD_ARRIVE)
    {
      g_string_append_c (log, ' ');
      sf_segment_text (log, &record->send, "x", "y", SF_TEXT_ABSOLUTE);
    }
  else if (record->head.kind == SF_RECORD_CWND)
    g_string_append_printf (log, " %u %u", record->cwnd.cwnd, record->cwnd.ssthresh);
  else if (record->head.kind == SF_RECORD_DELIVER)
    g_string_append_printf (log, " %" G_GUINT64_FORMAT "+%u", record->deliver.at, record->deliver.len);
  g_string_append_c (log, '\n');
}
