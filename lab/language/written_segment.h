/* SPDX-License-Identifier: MIT
 *
 * A segment as people write it, and as models/segment_text.h prints it, read back:
 *
 *   0.150000000 #2 client > server: P. 1:101(100) ack 1 win 65535 <mss 1460,wscale 7,TS val 1 ecr 0>
 *
 * Time (seconds, or with a unit) and the number of the sender's connection may be left out, and the rest may end after
 * any part from the flags on. What is not written is not compared: `present` says what is.
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
  SF_WRITTEN_OPTIONS = 0x010, /* `carried` has exactly the options */
  SF_WRITTEN_PSH = 0x020,     /* P is among the flags; otherwise PSH is not compared */
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
  SfSegment carried; /* of it only the options and their numbers are set */
} SfWrittenSegment;

/* Parses `text`, whose first character is at `place`; host names are those of `plan`. FALSE after a diagnostic that
 * points at the offending word. */
gboolean sf_written_segment_parse (const char *text, const SfPlan *plan, const SfPlace *place, SfDiagnostics *diag,
                                   SfWrittenSegment *ret_segment);

/* TRUE if everything that `written` says holds for `seg`; the time is not looked at. */
gboolean sf_written_segment_fits (const SfWrittenSegment *written, const SfSegment *seg);

/* Reads flags in tcpdump's notation, in any order: S SYN, F FIN, R RST, P PSH, U URG, E ECE, W CWR, '.' ACK, or
 * '-' alone for none. FALSE if there is another character, one twice, or none at all. */
gboolean sf_flags_parse (const char *text, guint16 *ret_flags);
