/* SPDX-License-Identifier: MIT
 *
 * The index of peers, compared with a linear search.
 */
#include "lab/judge/peer_index.h"

#include "lab/judge/history.h"

/* Appends a connection of random numbers, drawn from so few that many connections match. */
static void
add_conn (SfTrace *trace, GRand *rand)
{
  SfTraceConn conn = {
    .serial = g_rand_int_range (rand, 0, 20) == 0 ? 0 : trace->conns->len + 1,
    .listener = g_rand_int_range (rand, 0, 20) == 0,
    .laddr = 1,
    .raddr = (guint32) g_rand_int_range (rand, 1, 3),
    .rport = (guint16) g_rand_int_range (rand, 1, 3),
    .seen_addr = (guint32) g_rand_int_range (rand, 1, 3),
    .seen_port = (guint16) g_rand_int_range (rand, 1, 3),
    .has_iss = g_rand_int_range (rand, 0, 4) != 0,
  };

  conn.has_irs = conn.has_iss && g_rand_boolean (rand);
  /* Numbers that are not known must not matter. */
  conn.iss = sf_seq ((guint32) g_rand_int_range (rand, 0, 4));
  conn.irs = sf_seq ((guint32) g_rand_int_range (rand, 0, 4));
  g_array_append_val (trace->conns, conn);
}

static void
test_peer_index (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint n_found = 0, n_alone = 0;

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (SfTrace) trace = sf_trace_new ();
      g_autoptr (SfPeerIndex) peer_index = NULL;
      gint n = g_rand_int_range (rand, 0, 120);

      for (gint i = 0; i < n; i++)
        add_conn (trace, rand);
      peer_index = sf_peer_index_new (trace);
      for (guint i = 0; i < trace->conns->len; i++)
        {
          const SfTraceConn *conn = &g_array_index (trace->conns, SfTraceConn, i);
          const SfTraceConn *peer = sf_peer_index_find (peer_index, conn);

          g_assert_true (peer == sf_history_peer (trace, conn));
          peer != NULL ? n_found++ : n_alone++;
        }
    }
  /* The random connections included enough of both. */
  g_assert_cmpuint (n_found, >, 1000);
  g_assert_cmpuint (n_alone, >, 1000);
}

/* The peers of 200,000 connections are found in seconds. It would take minutes if each search were linear. */
static void
test_many (void)
{
  g_autoptr (SfTrace) trace = sf_trace_new ();
  g_autoptr (SfPeerIndex) peer_index = NULL;
  const guint n = 200000;

  /* All with the same 4-tuple; each incarnation has its own sequence numbers. */
  for (guint i = 0; i < n; i++)
    {
      guint32 other = i ^ 1;
      SfTraceConn conn = { .serial = i + 1,
                           .raddr = 1 + other % 2,
                           .seen_addr = 1 + i % 2,
                           .rport = 80,
                           .seen_port = 80,
                           .has_iss = TRUE,
                           .has_irs = TRUE,
                           .iss = sf_seq (i),
                           .irs = sf_seq (other) };

      g_array_append_val (trace->conns, conn);
    }
  peer_index = sf_peer_index_new (trace);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (sf_peer_index_find (peer_index, &g_array_index (trace->conns, SfTraceConn, i))->serial, ==,
                      (i ^ 1) + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/peers/the table and looking through all", test_peer_index);
  g_test_add_func ("/peers/very many", test_many);
  return g_test_run ();
}
