/* SPDX-License-Identifier: MIT
 *
 * A TCP segment as it travels: header fields as numbers, options as fields, and of the payload only where it came from.
 * Bytes are not carried: (stream, offset, len) names them exactly, so the receiver can tell whether what it delivers is
 * what the peer of *this* incarnation wrote (see models/content.h for the bytes themselves).
 */
#pragma once

#include "models/tcp/seq.h"
#include "sim/instant.h"
#include "sim/pool.h"

/* Control bits (RFC 9293 §3.1), with the values of the header. */
typedef enum
{
  SF_FIN = 0x01,
  SF_SYN = 0x02,
  SF_RST = 0x04,
  SF_PSH = 0x08,
  SF_ACK = 0x10,
  SF_URG = 0x20,
  SF_ECE = 0x40,
  SF_CWR = 0x80,
} SfFlags;

/* Options that a segment carries; see the table in models/tcp/options.c. */
typedef enum
{
  SF_OPT_MSS = 0x01,    /* kind 2, RFC 9293 §3.7.1 */
  SF_OPT_WSCALE = 0x02, /* kind 3, RFC 7323 §2 */
  SF_OPT_TS = 0x04,     /* kind 8, RFC 7323 §3 */
} SfOptionBits;

/* What happened to a segment on its way. */
typedef enum
{
  SF_SEG_CORRUPT = 0x01,    /* its checksum is wrong */
  SF_SEG_COPY = 0x02,       /* made by the network or by a fault, not sent by a host */
  SF_SEG_INJECTED = 0x04,   /* forged by a fault */
  SF_SEG_RETRANSMIT = 0x08, /* its sender has sent (part of) this sequence space before */
} SfSegmentMarks;

#define SF_NO_HOST 0xffff
#define SF_NO_LINK 0xffff
#define SF_NO_DIRECTION 0xffff

SF_NO_PADDING_BEGIN

typedef struct
{
  guint64 id;        /* number in this run, from 1; a copy has a number of its own */
  guint64 copy_of;   /* id of the original, 0 for none */
  SfTime sent_at;    /* when its host sent it (for a copy: when it was made, which is when it leaves) */
  SfTime arrives_at; /* when the link that now carries it hands it over */
  guint32 src, dst;  /* IPv4 addresses, host byte order */
  guint16 sport, dport;
  guint16 from, to; /* hosts, as indices of the plan; SF_NO_HOST for an address that nobody has */
  SfSeq seq, ack;
  SfSeq seq_base, ack_base; /* what `seq` and `ack` are relative to when printed: ISS and IRS of the sender */
  guint32 conn;             /* serial of the connection that sent it, 0 for none */
  guint32 conn_nth;         /* that connection is the n-th that its host has opened or accepted, 0 for none */
  guint32 stream;           /* whose bytes the payload is: serial of the connection whose application wrote them */
  guint32 len;              /* payload bytes */
  guint64 offset;           /* place of the first payload byte in that stream, from 0 */
  guint32 from_conn;        /* handle of the connection that sent it, 0 for none */
  guint32 to_conn; /* a hint: handle of the connection that it is for, as far as its sender knows, 0 if it does not */
  guint32 tsval, tsecr;
  guint16 wnd; /* as in the header, before scaling */
  guint16 mss;
  guint16 urg;  /* urgent pointer */
  guint16 via;  /* direction of a link that carries it now, SF_NO_DIRECTION: none yet */
  guint16 rule; /* fault rule that holds it back now */
  guint8 wscale;
  guint8 flags;   /* SfFlags */
  guint8 options; /* SfOptionBits */
  guint8 marks;   /* SfSegmentMarks */
  guint16 spare;  /* 0: no byte of a segment is without a name, so that worlds can be compared byte by byte */
} SfSegment;

SF_NO_PADDING_END

/* SEG.LEN: the sequence space that the segment takes, SYN and FIN counted (RFC 9293 §3.4). */
static inline guint32
sf_segment_space (const SfSegment *seg)
{
  return seg->len + ((seg->flags & SF_SYN) != 0) + ((seg->flags & SF_FIN) != 0);
}

/* Bytes of the TCP header with its options, padded to 32-bit words. */
guint sf_segment_header_bytes (const SfSegment *seg);

/* Bytes that the segment takes on a link: IPv4 header (20), TCP header with options, payload. */
guint sf_segment_wire_bytes (const SfSegment *seg);
