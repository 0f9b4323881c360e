/* SPDX-License-Identifier: MIT */
#include "models/segment.h"

#define IP_HEADER_BYTES 20
#define TCP_HEADER_BYTES 20

/* Options as stacks lay them out, each padded to 32-bit words by NOPs before it: MSS 4; NOP, window scale 3;
 * NOP, NOP, timestamps 10. Indexed by SfOptionBits. */
static const guint8 option_bytes[8] = {
  [0] = 0,
  [SF_OPT_MSS] = 4,
  [SF_OPT_WSCALE] = 4,
  [SF_OPT_MSS | SF_OPT_WSCALE] = 8,
  [SF_OPT_TS] = 12,
  [SF_OPT_TS | SF_OPT_MSS] = 16,
  [SF_OPT_TS | SF_OPT_WSCALE] = 16,
  [SF_OPT_TS | SF_OPT_MSS | SF_OPT_WSCALE] = 20,
};

guint
sf_segment_header_bytes (const SfSegment *seg)
{
  return TCP_HEADER_BYTES + option_bytes[seg->options & (G_N_ELEMENTS (option_bytes) - 1)];
}

guint
sf_segment_wire_bytes (const SfSegment *seg)
{
  return IP_HEADER_BYTES + sf_segment_header_bytes (seg) + seg->len;
}
