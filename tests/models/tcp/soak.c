/* SPDX-License-Identifier: MIT
 *
 * Whatever the network does, each stream arrives as it was written: every byte, in order, once, and no byte of another
 * stream (RFC 9293 §2.2). Runs many random worlds (tests/support/lossy.h), checks the invariants after every event, and
 * that all is freed at the end.
 */
#include "models/tcp/invariants.h"
#include "tests/support/lossy.h"

#define N_WORLDS 10000
#define MAX_SERIALS 64

typedef struct
{
  guint32 seed;
  guint64 sent[MAX_SERIALS], delivered[MAX_SERIALS]; /* by serial of the connection that wrote them */
  guint n_calls;
} Streams;

static void
on_record (gpointer user, const SfRecordHead *head)
{
  const SfRecord *record = (gconstpointer) head;
  Streams *streams = user;

  if (head->kind == SF_RECORD_CALL)
    {
      streams->n_calls++;
      if (record->call.error != 0)
        g_error ("seed %u: call %u fails with %d", streams->seed, record->call.op, record->call.error);
      if (record->call.op == SF_OP_SEND && record->call.waiting == 0)
        streams->sent[record->conn] += (guint64) record->call.amount;
    }
  else if (head->kind == SF_RECORD_DELIVER)
    {
      g_assert_cmpuint (record->deliver.stream, <, MAX_SERIALS);
      if (record->deliver.foreign)
        g_error ("seed %u: connection %u reads foreign bytes of %u", streams->seed, record->conn,
                 record->deliver.stream);
      g_assert_cmpuint (record->deliver.at, ==, record->deliver.offset);
      g_assert_cmpuint (record->deliver.offset, ==, streams->delivered[record->deliver.stream]);
      streams->delivered[record->deliver.stream] += record->deliver.len;
    }
}

static void
assert_nothing_left (const SfNet *net)
{
  g_assert_cmpuint (net->segments.live, ==, 0);
  g_assert_cmpuint (net->tcbs.live, ==, 0);
  g_assert_cmpuint (net->transfers.live, ==, 0);
  g_assert_cmpuint (net->extents.live, ==, 0);
  g_assert_cmpuint (net->demux_used, ==, 0);
  g_assert_cmpuint (net->listeners.live, ==, 1); /* the server never stops listening */
}

static void
run_world (guint32 seed)
{
  g_autoptr (SfPlan) plan = lossy_plan (seed);
  g_autoptr (SfNet) net = sf_net_new (plan, (SfSeed){ seed, 0 });
  Streams streams = { .seed = seed };

  sf_net_listen (net, on_record, &streams);
  for (guint n = 0; sf_net_run (net, SF_NEVER, 1) != SF_STOP_IDLE; n++)
    {
      const char *complaint = sf_tcp_complaint (net);

      if (complaint != NULL || n > 2000000)
        g_error ("seed %u, event %u: %s", seed, n, complaint != NULL ? complaint : "does not end");
    }
  assert_nothing_left (net);
  g_assert_cmpuint (streams.n_calls, >, 0);
  for (guint i = 0; i < MAX_SERIALS; i++)
    g_assert_cmpuint (streams.delivered[i], ==, streams.sent[i]);
}

static void
test_soak (void)
{
  for (guint32 seed = 1; seed <= N_WORLDS; seed++)
    run_world (seed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (argc == 3) /* worlds FIRST to LAST */
    {
      for (guint64 seed = g_ascii_strtoull (argv[1], NULL, 10); seed <= g_ascii_strtoull (argv[2], NULL, 10); seed++)
        run_world ((guint32) seed);
      return 0;
    }
  g_test_add_func ("/tcp/soak", test_soak);
  return g_test_run ();
}
