/* SPDX-License-Identifier: MIT
 *
 * What one end of a connection sent and received, as points for graphs. Sequence numbers are relative to its ISS and do
 * not wrap.
 */
#pragma once

#include "plots/graph/page.h"
#include "trace/trace.h"

typedef struct
{
  GArray *sent;        /* SfPoint: segments with new payload; y to z are the sequence numbers of the payload */
  GArray *again;       /* the same, but part of the payload was sent before */
  GArray *lost;        /* segments of either kind that never arrived: y is the middle of the payload */
  GArray *acks;        /* ACKs that arrived: y is the highest acknowledgment so far */
  GArray *duplicates;  /* duplicate ACKs (RFC 5681 §2) */
  GArray *edges;       /* the right edge of the advertised window */
  GArray *flight;      /* bytes sent and not acknowledged */
  GArray *syns, *fins; /* SYNs and FINs, where they were sent */
  GArray *resets;      /* RSTs sent or received: y is the highest number sent */
  SfTime first, last;  /* the time of the first and the last point */
} SfFlow;

/* Returns the flow of connection `conn` of `trace`. */
SfFlow *sf_flow_new (const SfTrace *trace, const SfTraceConn *conn);
void sf_flow_free (SfFlow *flow);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfFlow, sf_flow_free)
