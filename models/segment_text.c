/* SPDX-License-Identifier: MIT */
#include "models/segment_text.h"

#include <string.h>

/* Ordered by the bits of SfFlags. tcpdump and packetdrill use the same order. */
static const char flag_letters[] = "FSRP.UEW";

G_STATIC_ASSERT ((1u << (sizeof flag_letters - 1)) - 1 == SF_ALL_FLAGS);

guint16
sf_segment_flag (char letter)
{
  const char *found = letter != '\0' ? strchr (flag_letters, letter) : NULL;

  return found != NULL ? (guint16) (1 << (found - flag_letters)) : 0;
}

void
sf_segment_flags_text (GString *out, guint flags)
{
  if (flags == 0)
    g_string_append_c (out, '-');
  for (guint i = 0; flag_letters[i] != '\0'; i++)
    if (flags >> i & 1)
      g_string_append_c (out, flag_letters[i]);
}

static void
append_option (GString *out, const SfSegmentOptionInfo *info, const SfSegment *seg)
{
  const char *before = "";

  for (const SfSegmentNumber *n = info->numbers; n < info->numbers + SF_SEGMENT_NUMBERS && n->size > 0; n++)
    {
      g_string_append_printf (out, "%s%s %u", before, n->words, sf_segment_number (n, seg));
      before = " ";
    }
}

static void
append_options (GString *out, const SfSegment *seg)
{
  const char *before = " <";

  if (seg->options == 0)
    return;
  for (guint i = 0; i < SF_N_SEGMENT_OPTIONS; i++)
    if (seg->options >> i & 1)
      {
        g_string_append (out, before);
        append_option (out, sf_segment_option (i), seg);
        before = ",";
      }
  g_string_append_c (out, '>');
}

void
sf_segment_text (GString *out, const SfSegment *seg, const char *from, const char *to, SfTextFlags how)
{
  guint32 seq = how & SF_TEXT_ABSOLUTE ? seg->seq.v : sf_seq_distance (seg->seq_base, seg->seq);
  guint32 ack = how & SF_TEXT_ABSOLUTE ? seg->ack.v : sf_seq_distance (seg->ack_base, seg->ack);

  if (!(how & SF_TEXT_SHORT))
    g_string_append_printf (out, "%s > %s: ", from, to);
  sf_segment_flags_text (out, seg->flags);
  g_string_append_printf (out, " %u:%u(%u)", seq, seq + seg->len, seg->len);
  if (seg->flags & SF_ACK)
    g_string_append_printf (out, " ack %u", ack);
  if (how & SF_TEXT_SHORT)
    return;
  g_string_append_printf (out, " win %u", seg->wnd);
  if (seg->flags & SF_URG)
    g_string_append_printf (out, " urg %u", seg->urg);
  append_options (out, seg);
}
