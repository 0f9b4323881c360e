/* SPDX-License-Identifier: MIT
 *
 * The 4-tuple table against GHashTable: random adds, removes and finds. The tuples are from a set so small that they
 * collide, and from one in which they differ in one field only.
 */
#include "models/tcp/demux.h"
#include "models/tcp/tcb.h"

typedef struct
{
  SfNet net;         /* only its 4-tuple table and its pool of TCBs are used */
  GHashTable *model; /* tuple as a number → handle */
} Fixture;

/* Returns one of a few tuples; the low bits of `which` select it. */
static SfTcb
tuple (guint32 which)
{
  return (SfTcb){
    .laddr = 0x0a000001 + (which & 1),
    .raddr = 0x0a000101 + (which >> 1 & 7),
    .lport = (guint16) (80 + (which >> 4 & 3)),
    .rport = (guint16) (49152 + (which >> 6)),
  };
}

static guint32
find (const Fixture *fixture, guint32 which)
{
  SfTcb who = tuple (which);

  return sf_demux_find (&fixture->net, who.laddr, who.lport, who.raddr, who.rport);
}

static guint32
expected (const Fixture *fixture, guint32 which)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (fixture->model, GUINT_TO_POINTER (which + 1)));
}

static void
toggle (Fixture *fixture, guint32 which)
{
  guint32 conn = expected (fixture, which);

  if (conn == 0)
    {
      conn = sf_pool_take (&fixture->net.tcbs);
      *sf_tcb (&fixture->net, conn) = tuple (which);
      sf_demux_add (&fixture->net, conn);
      g_hash_table_insert (fixture->model, GUINT_TO_POINTER (which + 1), GUINT_TO_POINTER (conn));
      return;
    }
  sf_demux_remove (&fixture->net, conn);
  sf_pool_give (&fixture->net.tcbs, conn);
  g_hash_table_remove (fixture->model, GUINT_TO_POINTER (which + 1));
}

static void
test_random (gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint32 space = GPOINTER_TO_UINT (data);
  Fixture fixture = { .model = g_hash_table_new (NULL, NULL) };
  SfNet copy = { 0 };

  sf_pool_init (&fixture.net.tcbs, sizeof (SfTcb));
  g_assert_cmpuint (find (&fixture, 0), ==, 0); /* an empty table has no memory */
  for (guint i = 0; i < 40000; i++)
    {
      guint32 which = (guint32) g_rand_int_range (rand, 0, (gint32) space);

      toggle (&fixture, which);
      which = (guint32) g_rand_int_range (rand, 0, (gint32) space);
      g_assert_cmpuint (find (&fixture, which), ==, expected (&fixture, which));
      g_assert_cmpuint (fixture.net.demux_used, ==, g_hash_table_size (fixture.model));
      if (i % 1000 == 0)
        for (which = 0; which < space; which++)
          g_assert_cmpuint (find (&fixture, which), ==, expected (&fixture, which));
    }
  sf_demux_copy (&copy, &fixture.net);
  copy.tcbs = fixture.net.tcbs;
  for (guint32 which = 0; which < space; which++)
    g_assert_cmpuint (find (&(Fixture){ .net = copy }, which), ==, expected (&fixture, which));
  sf_demux_reset (&fixture.net);
  for (guint32 which = 0; which < space; which++)
    g_assert_cmpuint (find (&fixture, which), ==, 0);
  sf_demux_clear (&copy);
  sf_demux_clear (&fixture.net);
  sf_pool_clear (&fixture.net.tcbs);
  g_hash_table_unref (fixture.model);
}

/* A segment may name its receiving connection. This is only a hint: a connection that is not in the table under the
 * 4-tuple of the segment does not receive it. */
static void
test_hint (void)
{
  SfNet net = { 0 };
  SfTcb who = tuple (0);
  SfSegment seg = { .src = who.raddr, .dst = who.laddr, .sport = who.rport, .dport = who.lport };
  guint32 right, wrong;

  sf_pool_init (&net.tcbs, sizeof (SfTcb));
  right = sf_pool_take (&net.tcbs);
  wrong = sf_pool_take (&net.tcbs);
  *sf_tcb (&net, right) = *sf_tcb (&net, wrong) = who;
  sf_tcb (&net, right)->serial = sf_tcb (&net, wrong)->serial = 1;
  sf_tcb (&net, right)->state = sf_tcb (&net, wrong)->state = SF_ESTABLISHED;
  sf_demux_add (&net, right);
  g_assert_cmpuint (sf_demux_receiver (&net, &seg), ==, right);
  seg.to_conn = right;
  g_assert_cmpuint (sf_demux_receiver (&net, &seg), ==, right);

  seg.to_conn = wrong;
  sf_tcb (&net, wrong)->flags = SF_TCB_SET_ASIDE;
  g_assert_cmpuint (sf_demux_receiver (&net, &seg), ==, right);
  sf_tcb (&net, wrong)->flags = 0;
  sf_tcb (&net, wrong)->state = SF_CLOSED; /* its socket is still open */
  g_assert_cmpuint (sf_demux_receiver (&net, &seg), ==, right);
  sf_tcb (&net, wrong)->state = SF_ESTABLISHED;
  sf_tcb (&net, wrong)->serial = 0; /* given back */
  g_assert_cmpuint (sf_demux_receiver (&net, &seg), ==, right);
  sf_tcb (&net, wrong)->serial = 2;
  sf_tcb (&net, wrong)->rport++; /* somebody else */
  g_assert_cmpuint (sf_demux_receiver (&net, &seg), ==, right);

  sf_demux_remove (&net, right);
  g_assert_cmpuint (sf_demux_receiver (&net, &seg), ==, 0);
  sf_demux_clear (&net);
  sf_pool_clear (&net.tcbs);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/tcp/demux/few", GUINT_TO_POINTER (12),
                        test_random); /* the table stays as small as it begins */
  g_test_add_data_func ("/tcp/demux/some", GUINT_TO_POINTER (200), test_random);
  g_test_add_data_func ("/tcp/demux/many", GUINT_TO_POINTER (20000), test_random);
  g_test_add_func ("/tcp/demux/hint", test_hint);
  return g_test_run ();
}
