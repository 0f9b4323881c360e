/* SPDX-License-Identifier: MIT */
#include "trace/packet.h"

#include <string.h>

#define IP_BYTES 20
#define TCP_BYTES 20
#define MAX_OPTION_BYTES 40
#define NOP 1
#define PROTOCOL_TCP 6

G_STATIC_ASSERT (SF_N_PROTOCOLS == 1); /* whatever travels is TCP */

/* Offsets of the checksums in their headers. */
#define IP_CHECKSUM_AT 10
#define TCP_CHECKSUM_AT 16

static void
put16 (guint8 *at, guint value)
{
  at[0] = (guint8) (value >> 8);
  at[1] = (guint8) value;
}

static void
put32 (guint8 *at, guint32 value)
{
  put16 (at, value >> 16);
  put16 (at + 2, value & 0xffff);
}

/* Adds the 16-bit words of `data` to the sum of an Internet checksum (RFC 1071). */
static guint32
sum_words (guint32 sum, const guint8 *data, gsize len)
{
  for (gsize i = 0; i + 1 < len; i += 2)
    sum += (guint32) (data[i] << 8 | data[i + 1]);
  if (len % 2 == 1)
    sum += (guint32) (data[len - 1] << 8);
  return sum;
}

static guint16
fold_sum (guint32 sum)
{
  while (sum > 0xffff)
    sum = (sum & 0xffff) + (sum >> 16);
  return (guint16) ~sum;
}

static guint8 *
write_number (guint8 *at, guint32 value, guint size)
{
  for (guint i = 0; i < size; i++)
    at[i] = (guint8) (value >> 8 * (size - 1 - i));
  return at + size;
}

static guint8 *
write_option (guint8 *at, const SfSegmentOptionInfo *info, const SfSegment *seg)
{
  guint bytes = sf_segment_option_bytes (info, seg);
  guint8 *p = at;

  for (guint i = 0; i < info->n_nops; i++)
    *p++ = NOP;
  *p++ = info->kind;
  *p++ = (guint8) (bytes - info->n_nops);
  for (const SfSegmentNumber *n = info->numbers; n < info->numbers + SF_SEGMENT_NUMBERS && n->size > 0; n++)
    p = write_number (p, sf_segment_number (n, seg), n->size);
  g_assert (p == at + bytes);
  return p;
}

/* Writes the options; returns their length. */
static guint
write_options (guint8 *at, const SfSegment *seg)
{
  guint8 *p = at;

  for (guint place = 0; place < SF_N_SEGMENT_OPTIONS; place++)
    for (guint i = 0; i < SF_N_SEGMENT_OPTIONS; i++)
      if (seg->options >> i & 1 && sf_segment_option (i)->place == place)
        p = write_option (p, sf_segment_option (i), seg);
  return (guint) (p - at);
}

static void
write_ip_header (guint8 *ip, const SfSegment *seg, guint total)
{
  ip[0] = 0x45; /* version 4, five words */
  put16 (ip + 2, total);
  put16 (ip + 4, (guint) (seg->id & 0xffff));
  put16 (ip + 6, 0x4000); /* don't fragment */
  ip[8] = 64;             /* time to live */
  ip[9] = PROTOCOL_TCP;
  put32 (ip + 12, seg->src);
  put32 (ip + 16, seg->dst);
  put16 (ip + IP_CHECKSUM_AT, fold_sum (sum_words (0, ip, IP_BYTES)));
}

/* Writes the TCP header, with 0 for its checksum. */
static void
write_tcp_header (guint8 *tcp, const SfSegment *seg, guint option_bytes)
{
  put16 (tcp, seg->sport);
  put16 (tcp + 2, seg->dport);
  put32 (tcp + 4, seg->seq.v);
  put32 (tcp + 8, seg->flags & SF_ACK ? seg->ack.v : 0);
  put16 (tcp + 12, (TCP_BYTES + option_bytes) / 4 << 12 | seg->flags);
  put16 (tcp + 14, seg->wnd);
  put16 (tcp + 18, seg->flags & SF_URG ? seg->urg : 0);
}

/* Returns the checksum over the pseudo-header (RFC 9293 §3.1) and the whole segment. */
static guint16
tcp_checksum (const SfSegment *seg, const guint8 *tcp, gsize len)
{
  guint8 pseudo[12] = { 0 };

  put32 (pseudo, seg->src);
  put32 (pseudo + 4, seg->dst);
  pseudo[9] = PROTOCOL_TCP;
  put16 (pseudo + 10, (guint) len);
  return fold_sum (sum_words (sum_words (0, pseudo, sizeof pseudo), tcp, len));
}

void
sf_packet_write (GByteArray *out, const SfSegment *seg, const GArray *texts, gboolean corrupt)
{
  guint8 options[MAX_OPTION_BYTES];
  guint option_bytes = write_options (options, seg);
  guint tcp_bytes = TCP_BYTES + option_bytes + seg->len;
  guint start = out->len;
  guint8 *tcp;

  g_byte_array_set_size (out, start + IP_BYTES + tcp_bytes);
  memset (out->data + start, 0, IP_BYTES + TCP_BYTES);
  write_ip_header (out->data + start, seg, IP_BYTES + tcp_bytes);

  tcp = out->data + start + IP_BYTES;
  write_tcp_header (tcp, seg, option_bytes);
  memcpy (tcp + TCP_BYTES, options, option_bytes);
  sf_content_fill (texts, seg->stream, seg->offset, seg->len, tcp + TCP_BYTES + option_bytes);
  put16 (tcp + TCP_CHECKSUM_AT, tcp_checksum (seg, tcp, tcp_bytes) ^ (corrupt ? 1 : 0));
}
