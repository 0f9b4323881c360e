/* SPDX-License-Identifier: MIT */
#include "models/segment.h"

#define IP_HEADER_BYTES 20
#define TCP_HEADER_BYTES 20

static const SfSegmentOptionInfo options[SF_N_SEGMENT_OPTIONS] = {
#define SF_NUMBER(type, member, words) \
  { words, G_STRUCT_OFFSET (SfSegment, member), sizeof (((SfSegment *) NULL)->member) },
#define SF_OPTION(id, name_, kind_, n_nops_, bytes_, place_, syn_only_, numbers_) \
  { .name = name_,                                                                \
    .kind = kind_,                                                                \
    .n_nops = n_nops_,                                                            \
    .bytes = bytes_,                                                              \
    .place = place_,                                                              \
    .syn_only = syn_only_,                                                        \
    .numbers = { numbers_ } },
#include "models/segment_options.inc"
#undef SF_OPTION
#undef SF_NUMBER
};

const SfSegmentOptionInfo *
sf_segment_option (guint option)
{
  return &options[option];
}

guint32
sf_segment_number (const SfSegmentNumber *number, const SfSegment *seg)
{
  gconstpointer at = (const guint8 *) seg + number->at;

  switch (number->size)
    {
    case 1:
      return *(const guint8 *) at;
    case 2:
      return *(const guint16 *) at;
    default:
      return *(const guint32 *) at;
    }
}

void
sf_segment_set_number (const SfSegmentNumber *number, SfSegment *seg, guint32 value)
{
  gpointer at = (guint8 *) seg + number->at;

  switch (number->size)
    {
    case 1:
      *(guint8 *) at = (guint8) value;
      break;
    case 2:
      *(guint16 *) at = (guint16) value;
      break;
    default:
      *(guint32 *) at = value;
      break;
    }
}

gboolean
sf_segment_options_equal (const SfSegment *a, const SfSegment *b)
{
  if (a->options != b->options)
    return FALSE;
  for (guint i = 0; i < SF_N_SEGMENT_OPTIONS; i++)
    for (const SfSegmentNumber *n = options[i].numbers; n < options[i].numbers + SF_SEGMENT_NUMBERS && n->size > 0; n++)
      if (a->options >> i & 1 && sf_segment_number (n, a) != sf_segment_number (n, b))
        return FALSE;
  return TRUE;
}

guint
sf_segment_header_bytes (const SfSegment *seg)
{
  guint bytes = TCP_HEADER_BYTES;

  for (guint left = seg->options; left != 0; left &= left - 1)
    bytes += sf_segment_option_bytes (&options[__builtin_ctz (left)], seg);
  return bytes;
}

guint
sf_segment_wire_bytes (const SfSegment *seg)
{
  return IP_HEADER_BYTES + sf_segment_header_bytes (seg) + seg->len;
}
