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
      const SfSegment seg = { .options = (guint8) rows[i].options, .len = rows[i].len };

      g_assert_cmpuint (sf_segment_header_bytes (&seg), ==, rows[i].header);
      g_assert_cmpuint (sf_segment_wire_bytes (&seg), ==, rows[i].wire_bytes);
    }
}

/* SYN and FIN take one number each (§3.4). */
static void
test_space (void)
{
  g_assert_cmpuint (sf_segment_space (&(SfSegment){ .flags = SF_ACK }), ==, 0);
  g_assert_cmpuint (sf_segment_space (&(SfSegment){ .flags = SF_SYN }), ==, 1);
  g_assert_cmpuint (sf_segment_space (&(SfSegment){ .flags = SF_FIN | SF_ACK, .len = 10 }), ==, 11);
  g_assert_cmpuint (sf_segment_space (&(SfSegment){ .flags = SF_FIN | SF_SYN, .len = 10 }), ==, 12);
}

/* sf_net_hash() takes segments as memory: every byte of one has a name. */
static void
test_no_padding (void)
{
  g_assert_cmpuint (sizeof (SfSegment), ==, G_STRUCT_OFFSET (SfSegment, spare) + sizeof (guint16));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segment/sizes", test_sizes);
  g_test_add_func ("/segment/space", test_space);
  g_test_add_func ("/segment/no-padding", test_no_padding);
  return g_test_run ();
}
