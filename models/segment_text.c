/* SPDX-License-Identifier: MIT */
#include "models/segment_text.h"

/* In the order in which tcpdump and packetdrill write them. */
static const struct
{
  char letter;
  guint8 flag;
} flag_letters[] = {
  { 'F', SF_FIN }, { 'S', SF_SYN }, { 'R', SF_RST }, { 'P', SF_PSH },
  { '.', SF_ACK }, { 'U', SF_URG }, { 'E', SF_ECE }, { 'W', SF_CWR },
};

void
sf_segment_flags_text (GString *out, guint flags)
{
  if (flags == 0)
    g_string_append_c (out, '-');
  for (guint i = 0; i < G_N_ELEMENTS (flag_letters); i++)
    if (flags & flag_letters[i].flag)
      g_string_append_c (out, flag_letters[i].letter);
}

static void
append_options (GString *out, const SfSegment *seg)
{
  const char *before = " <";

  if (seg->options == 0)
    return;
  if (seg->options & SF_OPT_MSS)
    {
      g_string_append_printf (out, "%smss %u", before, seg->mss);
      before = ",";
    }
  if (seg->options & SF_OPT_WSCALE)
    {
      g_string_append_printf (out, "%swscale %u", before, seg->wscale);
      before = ",";
    }
  if (seg->options & SF_OPT_TS)
    g_string_append_printf (out, "%sTS val %u ecr %u", before, seg->tsval, seg->tsecr);
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
