/* SPDX-License-Identifier: MIT
 *
 * The pool, compared with an array that has the content of every live item.
 */
#include "sim/pool.h"

#include <string.h>

#define N_STEPS 200000
#define MAX_LIVE 3000

/* An item filled with its own mark; 12 bytes become 16. */
typedef struct
{
  guint32 mark[3];
} Item;

typedef struct
{
  guint32 handle[MAX_LIVE];
  guint32 mark[MAX_LIVE];
  Item *at[MAX_LIVE];
  guint n;
} Model;

static void
fill (Item *item, guint32 mark)
{
  for (guint i = 0; i < G_N_ELEMENTS (item->mark); i++)
    item->mark[i] = mark;
}

static void
assert_filled (const Item *item, guint32 mark)
{
  for (guint i = 0; i < G_N_ELEMENTS (item->mark); i++)
    g_assert_cmpuint (item->mark[i], ==, mark);
}

static void
model_take (Model *model, SfPool *pool, guint32 mark)
{
  guint32 handle = sf_pool_take (pool);
  Item *item = sf_pool_at (pool, handle);

  g_assert_cmpuint (handle, !=, 0);
  g_assert_cmpuint ((gsize) item % 8, ==, 0);
  assert_filled (item, 0);
  fill (item, mark);
  model->handle[model->n] = handle;
  model->mark[model->n] = mark;
  model->at[model->n++] = item;
}

static void
model_give (Model *model, SfPool *pool, guint i)
{
  assert_filled (sf_pool_at (pool, model->handle[i]), model->mark[i]);
  sf_pool_give (pool, model->handle[i]);
  model->n--;
  model->handle[i] = model->handle[model->n];
  model->mark[i] = model->mark[model->n];
  model->at[i] = model->at[model->n];
}

static void
assert_same (const Model *model, const SfPool *pool)
{
  g_assert_cmpuint (pool->live, ==, model->n);
  for (guint i = 0; i < model->n; i++)
    assert_filled (sf_pool_at (pool, model->handle[i]), model->mark[i]);
}

/* Takes or gives back an item at random. The probability alternates, so that the pool fills and drains. */
static void
random_step (Model *model, SfPool *pool, GRand *rand, guint step)
{
  double p_take = step / 5000 % 2 ? 0.3 : 0.7;

  if (model->n == 0 || (model->n < MAX_LIVE && g_rand_double (rand) < p_take))
    model_take (model, pool, step + 1);
  else
    model_give (model, pool, (guint) g_rand_int_range (rand, 0, (gint32) model->n));
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autofree Model *model = g_new0 (Model, 1);
  SfPool pool;

  sf_pool_init (&pool, sizeof (Item));
  for (guint step = 0; step < N_STEPS; step++)
    {
      random_step (model, &pool, rand, step);
      if (step % 1000 == 0)
        assert_same (model, &pool);
    }
  for (guint i = 0; i < model->n; i++)
    g_assert_true (model->at[i] == sf_pool_at (&pool, model->handle[i]));
  sf_pool_clear (&pool);
}

static void
test_handles (void)
{
  SfPool pool;

  sf_pool_init (&pool, 1);
  g_assert_cmpuint (pool.item_size, ==, 8);
  for (guint32 i = 1; i <= 1000; i++)
    g_assert_cmpuint (sf_pool_take (&pool), ==, i);
  sf_pool_give (&pool, 7);
  sf_pool_give (&pool, 500);
  g_assert_cmpuint (pool.live, ==, 998);
  g_assert_cmpuint (sf_pool_take (&pool), ==, 500);
  g_assert_cmpuint (sf_pool_take (&pool), ==, 7);
  g_assert_cmpuint (sf_pool_take (&pool), ==, 1001);
  sf_pool_clear (&pool);
}

static void
test_reset (void)
{
  SfPool pool;
  gsize bytes;

  sf_pool_init (&pool, sizeof (Item));
  g_assert_cmpuint (sf_pool_bytes (&pool), ==, 0);
  for (guint i = 0; i < 100; i++)
    fill (sf_pool_at (&pool, sf_pool_take (&pool)), G_MAXUINT32);
  sf_pool_give (&pool, 3);
  bytes = sf_pool_bytes (&pool);
  g_assert_cmpuint (bytes, ==, (32 + 64 + 128) * 16);

  sf_pool_reset (&pool);
  g_assert_cmpuint (pool.live, ==, 0);
  for (guint32 i = 1; i <= 100; i++)
    {
      g_assert_cmpuint (sf_pool_take (&pool), ==, i);
      assert_filled (sf_pool_at (&pool, i), 0);
    }
  g_assert_cmpuint (sf_pool_bytes (&pool), ==, bytes);
  sf_pool_clear (&pool);
}

/* A copy has the same items, continues in the same way, and does not change the original. It may have held more or
 * fewer items before. */
static void
test_copy (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autofree Model *model = g_new0 (Model, 1);
  SfPool pool, copy;

  sf_pool_init (&pool, sizeof (Item));
  sf_pool_init (&copy, sizeof (Item));
  for (guint round = 0; round < 200; round++)
    {
      g_autofree Model *twin = NULL;
      g_autoptr (GRand) twin_rand = NULL;

      for (guint i = 0; i < 100; i++)
        random_step (model, &pool, rand, round * 100 + i);
      sf_pool_copy (&copy, &pool);
      twin = g_memdup2 (model, sizeof *model);
      twin_rand = g_rand_copy (rand);
      for (guint i = 0; i < 300; i++)
        random_step (twin, &copy, twin_rand, 1000000 + i);
      assert_same (twin, &copy);
      assert_same (model, &pool);
      if (round % 7 == 0)
        sf_pool_reset (&copy);
    }
  sf_pool_clear (&pool);
  sf_pool_clear (&copy);
}

static void
test_copy_of_nothing (void)
{
  SfPool pool, copy;

  sf_pool_init (&pool, sizeof (Item));
  sf_pool_init (&copy, sizeof (Item));
  sf_pool_take (&copy);
  sf_pool_copy (&copy, &pool);
  g_assert_cmpuint (copy.live, ==, 0);
  g_assert_cmpuint (sf_pool_take (&copy), ==, 1);
  sf_pool_clear (&copy);
  sf_pool_clear (&pool);
}

static void
test_clear_zeroed (void)
{
  SfPool pool = { 0 };

  sf_pool_clear (&pool);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/random", test_random);
  g_test_add_func ("/pool/handles", test_handles);
  g_test_add_func ("/pool/reset", test_reset);
  g_test_add_func ("/pool/copy", test_copy);
  g_test_add_func ("/pool/copy-of-nothing", test_copy_of_nothing);
  g_test_add_func ("/pool/clear-zeroed", test_clear_zeroed);
  return g_test_run ();
}
