/* SPDX-License-Identifier: MIT
 *
 * Reads segments as people write them, and as models/segment_text.h prints them:
 *
 *   0.150000000 #2 client > server: P. 1:101(100) ack 1 win 65535 <mss 1460,wscale 7,TS val 1 ecr 0>
 *
 * The time (seconds, or with a unit) and the number of the sender's connection may be left out. The rest may end after
 * the flags or any later part. Only written parts are compared: those in `present`.
 */
#pragma once

#include "base/diagnostic.h"
#include "models/plan.h"

typedef enum
{
  SF_WRITTEN_TIME = 0x001,
  SF_WRITTEN_SEQ = 0x002, /* first, last and len */
  SF_WRITTEN_ACK = 0x004,
  SF_WRITTEN_WIN = 0x008,
  SF_WRITTEN_OPTIONS = 0x010, /* the segment has exactly the options of `carried` */
  SF_WRITTEN_PSH = 0x020,     /* P is among the flags; without it PSH is not compared */
  SF_WRITTEN_URG = 0x040,     /* the urgent pointer */
  SF_WRITTEN_CONN = 0x080,    /* the n-th connection of its sender */
} SfWrittenBits;

typedef struct
{
  guint present; /* SfWrittenBits */
  SfTime time;
  guint16 from, to;
  guint16 flags; /* SfFlags */
  guint16 win, urg;
  guint32 first, last, len; /* relative to the sender's ISS; last = first + len, SYN and FIN not counted */
  guint32 ack;              /* relative to the sender's IRS */
  guint32 conn_nth;
  SfSegment carried; /* only its options and their numbers are set */
} SfWrittenSegment;

/* Parses `text`, whose first character is at `place`. Host names are looked up in `plan`. FALSE after a diagnostic at
 * the wrong word. */
gboolean sf_written_segment_parse (const char *text, const SfPlan *plan, const SfPlace *place, SfDiagnostics *diag,
                                   SfWrittenSegment *ret_segment);

/* TRUE if `seg` has everything that is written. The time is not compared. */
gboolean sf_written_segment_fits (const SfWrittenSegment *written, const SfSegment *seg);

/* Parses flags in tcpdump's notation, in any order: S SYN, F FIN, R RST, P PSH, U URG, E ECE, W CWR, '.' ACK, or '-'
 * alone for none. FALSE if there is another character, one twice, or none at all. */
gboolean sf_flags_parse (const char *text, guint16 *ret_flags);
