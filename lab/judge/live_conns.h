/* SPDX-License-Identifier: MIT
 *
 * The connections and listeners that a host has at present, as one goes through the records of a trace.
 */
#pragma once

#include "trace/trace.h"

typedef struct SfLiveConns SfLiveConns;

/* Returns what `host` has before the first record of `trace`: nothing. */
SfLiveConns *sf_live_conns_new (const SfTrace *trace, guint16 host);
void sf_live_conns_free (SfLiveConns *live);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfLiveConns, sf_live_conns_free)

/* Takes `record` into account, which follows the one before. */
void sf_live_conns_follow (SfLiveConns *live, const SfRecord *record);

/* Returns the state of the end of the 4-tuple of `seg`, whichever way it goes: of the connection that is there (of two,
 * the older one), or else of a listener of one of the ports; CLOSED if there is neither. */
SfState sf_live_conns_state (const SfLiveConns *live, const SfSegment *seg);
