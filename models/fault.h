/* SPDX-License-Identifier: MIT
 *
 * Faults: what is done on purpose to chosen segments, and what happens to links and hosts at chosen instants.
 *
 * A rule looks at every segment that a host sends, in the order of the rules, before the first link; the first
 * rule that matches and whose turn it is acts. `nth` counts the segments that match everything else of the rule.
 */
#pragma once

#include "models/segment.h"
#include "models/tcp/state.h"
#include "sim/random.h"

#define SF_ANY_STATE 0xff

/* What a segment must be. Zero-filled fields (SF_NO_HOST for hosts, SF_ANY_STATE for the state) ask nothing. */
typedef struct
{
  guint16 from, to;     /* hosts, SF_NO_HOST: any */
  guint16 sport, dport; /* 0: any */
  guint16 flags_set;    /* SfFlags that must be there */
  guint16 flags_clear;  /* SfFlags that must not */
  gboolean has_len;     /* payload length within [len_min, len_max] */
  guint32 len_min, len_max;
  gboolean has_seq; /* relative sequence number of the first byte within [seq_min, seq_max] */
  guint32 seq_min, seq_max;
  gboolean has_ack; /* the same for the relative acknowledgment number */
  guint32 ack_min, ack_max;
  guint32 conn_nth;        /* only of the n-th connection that `from` has opened or accepted; 0: any */
  gboolean has_retransmit; /* only (or never) retransmissions */
  gboolean retransmit;
  SfTime not_before, not_after; /* sent within; not_after 0: no end */
  guint16 state_host;           /* SF_NO_HOST: no condition; else the end of this 4-tuple at that host … */
  guint8 state;                 /* … must be in this state (CLOSED: has no connection) */
  guint32 nth_first, nth_last;  /* which of the matching segments, from 1; 0, 0: all; nth_last 0: from nth_first on */
} SfMatch;

/* TRUE if `seg` meets the conditions of `match` on the segment itself: its ends, its header, when it was sent. The
 * state of its ends and the counting of segments are checked elsewhere. */
gboolean sf_match_segment (const SfMatch *match, const SfSegment *seg);

/* TRUE if the rule of `match` acts on the `n`-th (from 1) of the segments that meet all its other conditions. */
gboolean sf_match_turn (const SfMatch *match, guint32 n);

typedef enum
{
#define SF_FAULT(id) SF_FAULT_##id,
#define SF_TIMED_FAULT(id)
#include "models/faults.inc"
#undef SF_FAULT
#undef SF_TIMED_FAULT
} SfFaultAction;

typedef struct
{
  SfMatch match;
  SfFaultAction action;
  SfTime time;
  guint32 copies; /* of DUPLICATE and REPLAY, at least 1 */
  SfTime spacing; /* between those copies */
  gboolean has_chance;
  guint64 chance; /* acts with this probability (sf_probability()) on a segment whose turn it is */
  gboolean has_jitter;
  SfDist jitter; /* DELAY: ns added to `time`; below 0 counts as 0 */
  guint32 line;  /* of the scenario file, for messages */
} SfFaultRule;

typedef enum
{
#define SF_FAULT(id)
#define SF_TIMED_FAULT(id) SF_TIMED_##id,
#include "models/faults.inc"
#undef SF_FAULT
#undef SF_TIMED_FAULT
} SfTimedFaultKind;

typedef struct
{
  SfTimedFaultKind kind;
  SfTime at;
  guint16 index;     /* link or host */
  SfSegment segment; /* INJECT: addresses, ports, flags, len, wnd …; seq and ack as below */
  gboolean relative; /* INJECT: seq and ack count from the ISS of the connection of this 4-tuple at either end */
  guint32 line;
} SfTimedFault;
