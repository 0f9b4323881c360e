/* SPDX-License-Identifier: MIT
 *
 * Sequence numbers (RFC 9293 §3.4) against arithmetic on 64-bit numbers, which do not wrap.
 */
#include "models/tcp/seq.h"

static const gint64 distances[] = { 0, 1, 2, 1000, 65535, 65536, (gint64) 1 << 30, ((gint64) 1 << 31) - 1 };

static void
check_pair (gint64 a, gint64 b)
{
  SfSeq sa = sf_seq ((guint32) a), sb = sf_seq ((guint32) b);

  g_assert_cmpint (sf_seq_lt (sa, sb), ==, a < b);
  g_assert_cmpint (sf_seq_le (sa, sb), ==, a <= b);
  g_assert_cmpint (sf_seq_eq (sa, sb), ==, a == b);
  g_assert_cmpuint (sf_seq_max (sa, sb).v, ==, (guint32) MAX (a, b));
  if (a <= b)
    g_assert_cmpuint (sf_seq_distance (sa, sb), ==, (guint32) (b - a));
}

static void
test_order (void)
{
  for (gint64 base = ((gint64) 1 << 32) - 3; base <= ((gint64) 1 << 32) + 3; base++)
    for (guint i = 0; i < G_N_ELEMENTS (distances); i++)
      {
        check_pair (base, base + distances[i]);
        check_pair (base, base - distances[i]);
        check_pair (base + distances[i], base);
      }
}

static void
test_sums (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 10000; i++)
    {
      guint64 a = ((guint64) 1 << 32) + (guint32) g_rand_int (rand);
      guint32 n = (guint32) g_rand_int (rand);

      g_assert_cmpuint (sf_seq_add (sf_seq ((guint32) a), n).v, ==, (guint32) (a + n));
      g_assert_cmpuint (sf_seq_sub (sf_seq ((guint32) a), n).v, ==, (guint32) (a - n));
    }
}

/* first =< a < first + size, for windows of every size, also across 2^32 and beyond 2^31. */
static void
test_window (void)
{
  static const guint64 sizes[] = { 0, 1, 2, 65535, (guint64) 1 << 31, ((guint64) 1 << 32) - 1 };

  for (guint64 first = ((guint64) 1 << 32) - 2; first <= ((guint64) 1 << 32) + 2; first++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      for (guint64 at = 0; at < ((guint64) 1 << 32); at += ((guint64) 1 << 32) / 97 + 1)
        g_assert_cmpint (sf_seq_in (sf_seq ((guint32) (first + at)), sf_seq ((guint32) first), (guint32) sizes[i]), ==,
                         at < sizes[i]);
  g_assert_true (sf_seq_in (sf_seq (4), sf_seq (0xfffffffe), 7));
  g_assert_false (sf_seq_in (sf_seq (5), sf_seq (0xfffffffe), 7));
  g_assert_false (sf_seq_in (sf_seq (0xfffffffd), sf_seq (0xfffffffe), 7));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tcp/seq/order", test_order);
  g_test_add_func ("/tcp/seq/sums", test_sums);
  g_test_add_func ("/tcp/seq/window", test_window);
  return g_test_run ();
}
