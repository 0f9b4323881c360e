/* SPDX-License-Identifier: MIT
 *
 * Which connections of a trace belong together: sf_history_peer() for all of them. That looks through the trace for
 * each; this looks once, so that a run with a hundred thousand connections takes no longer for each than a run with
 * two.
 */
#pragma once

#include "trace/trace.h"

typedef struct SfPeerIndex SfPeerIndex;

/* Looks through `trace`, which must stay as it is. */
SfPeerIndex *sf_peer_index_new (const SfTrace *trace);
void sf_peer_index_free (SfPeerIndex *peer_index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPeerIndex, sf_peer_index_free)

/* Returns the same as sf_history_peer(). */
const SfTraceConn *sf_peer_index_find (const SfPeerIndex *peer_index, const SfTraceConn *conn);
