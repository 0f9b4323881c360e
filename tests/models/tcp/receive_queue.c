/* SPDX-License-Identifier: MIT
 *
 * The receive queue against a map of bytes: random segments of several streams that overlap, with sequence numbers that
 * wrap at 2^32. The first copy of a byte counts (RFC 9293 §3.10.7.4, seventh; SHLD-31).
 */
#include "models/tcp/receive_queue.h"

#define SPACE 400 /* bytes of the stream in one round */

typedef struct
{
  guint32 stream; /* 0: not there */
  guint64 offset;
} Byte;

typedef struct
{
  SfNet net;
  SfTransfer transfer;
  Byte map[SPACE]; /* byte i has sequence number first + i */
  SfSeq first;
  guint32 in_order, taken;
} Fixture;

static SfSeq
seq_at (const Fixture *fixture, guint32 i)
{
  return sf_seq_add (fixture->first, i);
}

/* Adds bytes to the map; a byte that is in it already is not replaced. */
static void
put (Fixture *fixture, guint32 at, guint32 len, guint32 stream, guint64 offset)
{
  for (guint32 i = at; i < at + len; i++)
    if (fixture->map[i].stream == 0)
      fixture->map[i] = (Byte){ stream, offset + i - at };
}

/* Receives a segment of `stream` as input_text.c does: without the part before RCV.NXT. */
static void
arrive (Fixture *fixture, guint32 at, guint32 len, guint32 stream, guint64 offset)
{
  SfSeq rcv_nxt = seq_at (fixture, fixture->in_order);

  put (fixture, at, len, stream, offset);
  if (at == fixture->in_order)
    {
      fixture->in_order += sf_receive_queue_add (&fixture->net, &fixture->transfer, rcv_nxt, stream, offset, len);
      return;
    }
  sf_receive_queue_hold (&fixture->net, &fixture->transfer, rcv_nxt, seq_at (fixture, at), stream, offset, len);
}

static void
take (Fixture *fixture, guint64 max)
{
  SfExtent run;

  if (!sf_receive_queue_take (&fixture->net, &fixture->transfer, max, &run))
    {
      g_assert_true (fixture->taken == fixture->in_order || max == 0);
      return;
    }
  g_assert_cmpuint (run.len, <=, max);
  for (guint32 i = 0; i < run.len; i++, fixture->taken++)
    {
      g_assert_cmpuint (fixture->map[fixture->taken].stream, ==, run.stream);
      g_assert_cmpuint (fixture->map[fixture->taken].offset, ==, run.offset + i);
    }
}

static void
check (const Fixture *fixture)
{
  guint32 held = 0, there = 0;

  for (guint32 i = fixture->in_order; i < SPACE; i++)
    held += fixture->map[i].stream != 0;
  while (there < SPACE && fixture->map[there].stream != 0)
    there++;
  g_assert_cmpuint (fixture->in_order, ==, there); /* all that is in order has been pulled */
  g_assert_cmpuint (fixture->transfer.reassembly_bytes, ==, held);
  g_assert_cmpuint (fixture->transfer.unread, ==, fixture->in_order - fixture->taken);
}

static void
play (Fixture *fixture, GRand *rand, gboolean same_stream)
{
  while (fixture->taken < SPACE)
    {
      guint32 at = (guint32) g_rand_int_range (rand, (gint32) fixture->in_order, SPACE + 1);
      guint32 len = (guint32) g_rand_int_range (rand, 1, 60),
              stream = same_stream ? 7 : (guint32) g_rand_int_range (rand, 1, 4);

      if (g_rand_boolean (rand))
        at = fixture->in_order;
      len = MIN (len, SPACE - at);
      if (len > 0) /* the offsets of this stream begin at 0, those of the others elsewhere */
        arrive (fixture, at, len, stream, at + 1000 * (stream - 1));
      check (fixture);
      take (fixture, (guint64) g_rand_int_range (rand, 0, 100));
      check (fixture);
    }
}

static void
test_random (gconstpointer same_stream)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint round = 0; round < 2000; round++)
    {
      Fixture fixture = { .first = sf_seq ((guint32) -g_rand_int_range (rand, 0, SPACE)) };

      sf_pool_init (&fixture.net.extents, sizeof (SfExtent));
      play (&fixture, rand, GPOINTER_TO_INT (same_stream));
      g_assert_cmpuint (fixture.net.extents.live, ==, 0);
      sf_pool_clear (&fixture.net.extents);
    }
}

/* A bulk transfer in order needs only one run, and a flush frees all. */
static void
test_runs (void)
{
  SfNet net = { 0 };
  SfTransfer transfer = { 0 };

  sf_pool_init (&net.extents, sizeof (SfExtent));
  for (guint i = 0; i < 100; i++)
    sf_receive_queue_add (&net, &transfer, sf_seq (0), 1, 1000 * i, 1000);
  g_assert_cmpuint (net.extents.live, ==, 1);
  sf_receive_queue_add (&net, &transfer, sf_seq (0), 2, 100000, 1000); /* another stream */
  sf_receive_queue_add (&net, &transfer, sf_seq (0), 2, 102000, 1000); /* and not what follows */
  g_assert_cmpuint (net.extents.live, ==, 3);
  for (guint i = 0; i < 100; i++)
    sf_receive_queue_hold (&net, &transfer, sf_seq (0), sf_seq (5000 + 1000 * i), 2, 200000 + 1000 * i, 1000);
  g_assert_cmpuint (net.extents.live, ==, 4);
  sf_receive_queue_drop_held (&net, &transfer);
  g_assert_cmpuint (net.extents.live, ==, 3);
  g_assert_cmpuint (transfer.reassembly_bytes, ==, 0);
  g_assert_cmpuint (transfer.unread, ==, 102000);
  sf_receive_queue_flush (&net, &transfer);
  g_assert_cmpuint (net.extents.live, ==, 0);
  g_assert_cmpuint (transfer.unread, ==, 0);
  sf_pool_clear (&net.extents);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/tcp/receive-queue/one-stream", GINT_TO_POINTER (TRUE), test_random);
  g_test_add_data_func ("/tcp/receive-queue/streams", GINT_TO_POINTER (FALSE), test_random);
  g_test_add_func ("/tcp/receive-queue/runs", test_runs);
  return g_test_run ();
}
