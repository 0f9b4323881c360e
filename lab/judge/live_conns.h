/* SPDX-License-Identifier: MIT
 *
 * The connections and listeners that a host has at one moment, while the records of a trace are read in order.
 */
#pragma once

#include "trace/trace.h"

typedef struct SfLiveConns SfLiveConns;

/* Returns an object for `host` before the first record of `trace`: it has no connections. */
SfLiveConns *sf_live_conns_new (const SfTrace *trace, guint16 host);
void sf_live_conns_free (SfLiveConns *live);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfLiveConns, sf_live_conns_free)

/* Takes the next record into account. */
void sf_live_conns_follow (SfLiveConns *live, const SfRecord *record);

/* Returns the state of the host's end of the 4-tuple of `seg`, in either direction: the state of its connection (of
 * two, the older one); without one, that of a listener on one of the ports; otherwise CLOSED. */
SfState sf_live_conns_state (const SfLiveConns *live, const SfSegment *seg);
