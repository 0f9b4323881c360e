/* SPDX-License-Identifier: MIT
 *
 * What one end of a connection sent and what came back, as points for graphs. Sequence numbers are counted from its ISS
 * and do not wrap.
 */
#pragma once

#include "plots/graph/page.h"
#include "trace/trace.h"

typedef struct
{
  GArray *sent;        /* SfPoint: segments with payload, from the first byte to behind the last, for the first time */
  GArray *again;       /* the same, but (part of) it had been sent before */
  GArray *lost;        /* those of either kind that never arrived: at their middle */
  GArray *acks;        /* acknowledgments that arrived: y is the highest so far */
  GArray *duplicates;  /* duplicate ACKs (RFC 5681 §2) */
  GArray *edges;       /* the right edge of the advertised window */
  GArray *flight;      /* bytes sent and not acknowledged */
  GArray *syns, *fins; /* where they were sent */
  GArray *resets;      /* RSTs sent or received: at the highest number sent */
  SfTime first, last;  /* of all this */
} SfFlow;

/* Returns the flow of connection `conn` of `trace`. */
SfFlow *sf_flow_new (const SfTrace *trace, const SfTraceConn *conn);
void sf_flow_free (SfFlow *flow);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfFlow, sf_flow_free)
