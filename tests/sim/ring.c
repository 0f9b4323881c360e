/* SPDX-License-Identifier: MIT
 *
 * The ring, compared with a queue of GLib.
 */
#include "sim/ring.h"

#define N_STEPS 200000

/* A size that is no power of two. */
typedef struct
{
  guint32 mark[3];
} Item;

static void
add (SfRing *ring, GQueue *model, guint32 mark)
{
  *(Item *) sf_ring_add (ring) = (Item){ { mark, ~mark, mark } };
  g_queue_push_tail (model, GUINT_TO_POINTER (mark));
}

static void
drop_first (SfRing *ring, GQueue *model)
{
  sf_ring_drop_first (ring);
  g_queue_pop_head (model);
}

static void
truncate_ring (SfRing *ring, GQueue *model, guint32 len)
{
  sf_ring_truncate (ring, len);
  while (model->length > len)
    g_queue_pop_tail (model);
}

static void
assert_same (const SfRing *ring, const GQueue *model)
{
  guint32 i = 0;

  g_assert_cmpuint (ring->len, ==, model->length);
  for (const GList *at = model->head; at != NULL; at = at->next)
    {
      const Item *item = sf_ring_at (ring, i++);
      guint32 mark = GPOINTER_TO_UINT (at->data);

      g_assert_cmpuint (item->mark[0], ==, mark);
      g_assert_cmpuint (item->mark[1], ==, ~mark);
      g_assert_cmpuint (item->mark[2], ==, mark);
    }
}

/* Adds or drops an item at random. The probability alternates, so that the ring fills, wraps, grows and drains. */
static void
random_step (SfRing *ring, GQueue *model, GRand *rand, guint32 step)
{
  double p_add = step / 2000 % 2 ? 0.45 : 0.55;

  if (ring->len == 0 || g_rand_double (rand) < p_add)
    add (ring, model, step);
  else if (g_rand_int_range (rand, 0, 20) == 0)
    truncate_ring (ring, model, (guint32) g_rand_int_range (rand, 0, (gint32) ring->len + 1));
  else
    drop_first (ring, model);
}

/* From time to time the ring is replaced by a copy of it, made in a ring that has held something else. */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  GQueue model = G_QUEUE_INIT;
  SfRing ring, copy;

  sf_ring_init (&ring, sizeof (Item));
  sf_ring_init (&copy, sizeof (Item));
  for (guint32 step = 0; step < N_STEPS; step++)
    {
      random_step (&ring, &model, rand, step);
      if (step % 97 == 0)
        {
          SfRing before = ring;

          sf_ring_copy (&copy, &ring);
          assert_same (&ring, &model);
          ring = copy;
          copy = before;
          assert_same (&ring, &model);
        }
    }
  g_assert_cmpuint (ring.cap, >, 16);
  g_queue_clear (&model);
  sf_ring_clear (&ring);
  sf_ring_clear (&copy);
}

static void
test_reset (void)
{
  GQueue model = G_QUEUE_INIT;
  SfRing ring;
  const guint8 *items;

  sf_ring_init (&ring, sizeof (Item));
  g_assert_null (ring.items);
  for (guint32 i = 0; i < 100; i++)
    add (&ring, &model, i);
  g_assert_cmpuint (ring.cap, ==, 128);
  items = ring.items;
  sf_ring_reset (&ring);
  g_queue_clear (&model);
  assert_same (&ring, &model);
  for (guint32 i = 0; i < 128; i++)
    add (&ring, &model, i);
  assert_same (&ring, &model);
  g_assert_true (ring.items == items);

  sf_ring_clear (&ring);
  g_queue_clear (&model);
  assert_same (&ring, &model);
  add (&ring, &model, 1);
  assert_same (&ring, &model);
  sf_ring_clear (&ring);
  g_queue_clear (&model);
}

/* Copies an empty ring, and copies onto a ring that holds more. */
static void
test_copy_of_empty (void)
{
  GQueue model = G_QUEUE_INIT;
  SfRing empty, copy;

  sf_ring_init (&empty, sizeof (Item));
  sf_ring_init (&copy, sizeof (Item));
  sf_ring_copy (&copy, &empty);
  assert_same (&copy, &model);
  *(Item *) sf_ring_add (&copy) = (Item){ { 0 } };
  sf_ring_copy (&copy, &empty);
  assert_same (&copy, &model);
  sf_ring_clear (&copy);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ring/random", test_random);
  g_test_add_func ("/ring/reset", test_reset);
  g_test_add_func ("/ring/copy-of-empty", test_copy_of_empty);
  return g_test_run ();
}
