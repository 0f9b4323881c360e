/* SPDX-License-Identifier: MIT
 *
 * A TCP segment on the network: its header and options as numbers. It does not carry the bytes of its payload, but
 * names them by (stream, offset, len); models/content.h makes them. So the receiver knows whether the peer of *this*
 * incarnation wrote what it delivers.
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

#define SF_ALL_FLAGS 0xffu

/* Options that a segment carries. Each has a row of models/segment_options.inc, with its size, notation, bytes and
 * name. */
typedef enum
{
#define SF_OPTION(id, name, kind, n_nops, bytes, place, syn_only, numbers) SF_SEGMENT_##id,
#include "models/segment_options.inc"
#undef SF_OPTION
  SF_N_SEGMENT_OPTIONS
} SfSegmentOption;

typedef enum
{
#define SF_OPTION(id, name, kind, n_nops, bytes, place, syn_only, numbers) SF_OPT_##id = 1 << SF_SEGMENT_##id,
#include "models/segment_options.inc"
#undef SF_OPTION
} SfOptionBits;

#define SF_ALL_SEGMENT_OPTIONS ((1u << SF_N_SEGMENT_OPTIONS) - 1)

/* The protocol of a packet: a row of the table in models/host.c, which has the functions that handle it. */
typedef enum
{
  SF_PROTOCOL_TCP,
  SF_N_PROTOCOLS
} SfProtocol;

/* What has happened to a segment so far. */
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
  SfTime sent_at;    /* when its host sent it; of a copy: when it was made, which is when it leaves */
  SfTime arrives_at; /* when it arrives at the end of the link that carries it now */
  guint32 src, dst;  /* IPv4 addresses, host byte order */
  guint16 sport, dport;
  guint16 from, to; /* hosts, as indices of the plan; SF_NO_HOST for an address that no host has */
  SfSeq seq, ack;
  SfSeq seq_base, ack_base; /* what `seq` and `ack` are relative to when printed: ISS and IRS of the sender */
  guint32 conn;             /* serial of the connection that sent it, 0 for none */
  guint32 conn_nth;         /* number of that connection among those that its host has opened or accepted, 0 for none */
  guint32 stream;           /* serial of the connection whose application wrote the payload */
  guint32 len;              /* payload bytes */
  guint64 offset;           /* place of the first payload byte in that stream, from 0 */
  guint32 from_conn;        /* handle of the connection that sent it, 0 for none */
  guint32 to_conn;          /* a hint: handle of the connection that it is for, 0 if its sender does not know it */
  guint32 tsval, tsecr;
  guint16 wnd; /* as in the header, before scaling */
  guint16 mss;
  guint16 urg;     /* urgent pointer */
  guint16 via;     /* direction of a link that carries it now, SF_NO_DIRECTION: none yet */
  guint16 rule;    /* fault rule that holds it back now */
  guint16 flags;   /* SfFlags */
  guint16 options; /* SfOptionBits */
  guint16 marks;   /* SfSegmentMarks */
  guint8 wscale;
  guint8 protocol;  /* SfProtocol */
  guint16 spare;    /* 0 */
  guint32 variable; /* handle of the content of an option of variable length, such as SACK blocks; 0: no such option */
} SfSegment;

SF_NO_PADDING_END

/* At most two cache lines. */
G_STATIC_ASSERT (sizeof (SfSegment) == 128);
G_STATIC_ASSERT (SF_ALL_FLAGS <= G_MAXUINT16 && SF_ALL_SEGMENT_OPTIONS <= G_MAXUINT16);

/* SEG.LEN: the sequence space that the segment occupies, including SYN and FIN (RFC 9293 §3.4). */
static inline guint32
sf_segment_space (const SfSegment *seg)
{
  return seg->len + ((seg->flags & SF_SYN) != 0) + ((seg->flags & SF_FIN) != 0);
}

/* A number that an option carries. */
typedef struct
{
  const char *words; /* text before it in the notation: "mss" */
  guint8 at;         /* offset of the number in SfSegment */
  guint8 size;       /* bytes, in SfSegment and on the wire: 1, 2 or 4; 0: the option has no such number */
} SfSegmentNumber;

#define SF_SEGMENT_NUMBERS 2

typedef struct
{
  const char *name;  /* in traces */
  guint8 kind;       /* on the wire */
  guint8 n_nops;     /* NOPs before it on the wire, to fill up words of 32 bits */
  guint8 bytes;      /* length on the wire with these NOPs */
  guint8 place;      /* its place among the options on the wire, from 0; as Linux orders them */
  gboolean syn_only; /* only a segment with SYN may carry it */
  guint (*more_bytes) (const SfSegment *seg); /* returns the length beyond `bytes`; NULL: its length is fixed */
  SfSegmentNumber numbers[SF_SEGMENT_NUMBERS];
} SfSegmentOptionInfo;

/* Returns the row of option `option` < SF_N_SEGMENT_OPTIONS. */
const SfSegmentOptionInfo *sf_segment_option (guint option);

/* Returns the bytes of an option of `seg` on the wire, with its NOPs. */
static inline guint
sf_segment_option_bytes (const SfSegmentOptionInfo *info, const SfSegment *seg)
{
  return info->bytes + (info->more_bytes != NULL ? info->more_bytes (seg) : 0);
}

/* Returns the value of `number` in `seg`. */
guint32 sf_segment_number (const SfSegmentNumber *number, const SfSegment *seg);

/* Sets `number` in `seg` to `value`, which must fit into it. */
void sf_segment_set_number (const SfSegmentNumber *number, SfSegment *seg, guint32 value);

/* TRUE if both segments have the same options with the same numbers. */
gboolean sf_segment_options_equal (const SfSegment *a, const SfSegment *b);

/* Returns the bytes of the TCP header with its options, padded to 32-bit words. */
guint sf_segment_header_bytes (const SfSegment *seg);

/* Returns the bytes of the segment on a link: IPv4 header (20), TCP header with options, payload. */
guint sf_segment_wire_bytes (const SfSegment *seg);
