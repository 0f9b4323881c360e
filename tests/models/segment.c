/* SPDX-License-Identifier: MIT
 *
 * Sizes of segments: 20 bytes of TCP header (RFC 9293 §3.1), options in whole words, 20 bytes of IPv4 header.
 */
#include "models/segment.h"

static void
test_sizes (void)
{
  const struct
  {
    guint options;
    guint32 len;
    guint header, wire_bytes;
  } rows[] = {
    { 0, 0, 20, 40 },
    { 0, 1460, 20, 1500 },
    { SF_OPT_MSS, 0, 24, 44 },
    { SF_OPT_WSCALE, 0, 24, 44 },
    { SF_OPT_MSS | SF_OPT_WSCALE, 0, 28, 48 },
    { SF_OPT_TS, 1448, 32, 1500 },
    { SF_OPT_TS | SF_OPT_MSS, 0, 36, 56 },
    { SF_OPT_TS | SF_OPT_WSCALE, 0, 36, 56 },
    { SF_OPT_TS | SF_OPT_MSS | SF_OPT_WSCALE, 0, 40, 60 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const SfSegment seg = { .options = (guint16) rows[i].options, .len = rows[i].len };

      g_assert_cmpuint (sf_segment_header_bytes (&seg), ==, rows[i].header);
      g_assert_cmpuint (sf_segment_wire_bytes (&seg), ==, rows[i].wire_bytes);
    }
}

/* SYN and FIN take one sequence number each (RFC 9293 §3.4). */
static void
test_space (void)
{
  g_assert_cmpuint (sf_segment_space (&(SfSegment){ .flags = SF_ACK }), ==, 0);
  g_assert_cmpuint (sf_segment_space (&(SfSegment){ .flags = SF_SYN }), ==, 1);
  g_assert_cmpuint (sf_segment_space (&(SfSegment){ .flags = SF_FIN | SF_ACK, .len = 10 }), ==, 11);
  g_assert_cmpuint (sf_segment_space (&(SfSegment){ .flags = SF_FIN | SF_SYN, .len = 10 }), ==, 12);
}

static guint
four_more (const SfSegment *seg)
{
  return seg->len + 4;
}

/* Every option has a consistent row, and no two rows are the same. */
static void
test_options (void)
{
  const SfSegmentOptionInfo longer = { .bytes = 2, .more_bytes = four_more };
  guint32 kinds = 0;

  for (guint i = 0; i < SF_N_SEGMENT_OPTIONS; i++)
    {
      const SfSegmentOptionInfo *info = sf_segment_option (i);
      guint bytes = info->n_nops + 2u;

      g_assert_nonnull (info->name);
      g_assert_cmpuint (info->kind, >, 1);
      g_assert_cmpuint (info->kind, <, 32);
      g_assert_cmpuint (kinds >> info->kind & 1, ==, 0);
      kinds |= 1u << info->kind;
      for (guint n = 0; n < SF_SEGMENT_NUMBERS; n++)
        bytes += info->numbers[n].size;
      g_assert_cmpuint (sf_segment_option_bytes (info, &(SfSegment){ 0 }), ==, bytes);
      g_assert_cmpuint (bytes % 4, ==, 0);
    }
  g_assert_cmpuint (sf_segment_option_bytes (&longer, &(SfSegment){ .len = 1 }), ==, 7);
}

/* Each number of each option is set, read and compared separately. */
static void
test_option_numbers (void)
{
  guint n_numbers = 0;

  for (guint i = 0; i < SF_N_SEGMENT_OPTIONS; i++)
    for (guint n = 0; n < SF_SEGMENT_NUMBERS; n++)
      {
        const SfSegmentNumber *number = &sf_segment_option (i)->numbers[n];
        SfSegment a = { .options = (guint16) (1 << i) }, b = a;
        guint32 most = G_MAXUINT32 >> (32 - 8 * MAX (number->size, 1));

        if (number->size == 0)
          continue;
        n_numbers++;
        g_assert_nonnull (number->words);
        sf_segment_set_number (number, &a, most);
        g_assert_cmpuint (sf_segment_number (number, &a), ==, most);
        g_assert_false (sf_segment_options_equal (&a, &b));
        a.options = b.options = (guint16) (SF_ALL_SEGMENT_OPTIONS
                                           & ~a.options); /* the number of an absent option does not count */
        g_assert_true (sf_segment_options_equal (&a, &b));
        a.options = 0;
        g_assert_false (sf_segment_options_equal (&a, &b));
      }
  g_assert_cmpuint (n_numbers, >=, SF_N_SEGMENT_OPTIONS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segment/sizes", test_sizes);
  g_test_add_func ("/segment/space", test_space);
  g_test_add_func ("/segment/options", test_options);
  g_test_add_func ("/segment/option-numbers", test_option_numbers);
  return g_test_run ();
}
