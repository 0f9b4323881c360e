/* SPDX-License-Identifier: MIT
 *
 * The notation of a segment (docs/scenario.md), like that of tcpdump and packetdrill:
 *
 *   client > server: P. 1:101(100) ack 1 win 65535 <TS val 7 ecr 3>
 *
 * The most important tokens come first. The pattern of an expectation may stop after any token. As in packetdrill, the
 * second number does not count a SYN or FIN.
 */
#pragma once

#include "models/segment.h"

typedef enum
{
  SF_TEXT_FULL = 0,
  SF_TEXT_ABSOLUTE = 1 << 0, /* sequence numbers as in the header, not relative to ISS and IRS */
  SF_TEXT_SHORT = 1 << 1,    /* without names, window and options, for arrows: "S. 0:0(0) ack 1" */
} SfTextFlags;

/* Returns the flag (SfFlags) that `letter` stands for, 0 if none. */
guint16 sf_segment_flag (char letter);

/* Appends the flags of a segment: "S.", "FP."; "-" for none. */
void sf_segment_flags_text (GString *out, guint flags);

/* Appends `seg` in the notation; `from` and `to` are the names of its ends. */
void sf_segment_text (GString *out, const SfSegment *seg, const char *from, const char *to, SfTextFlags how);
