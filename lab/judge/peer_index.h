/* SPDX-License-Identifier: MIT
 *
 * An index of which connections of a trace belong together. It gives the same answers as sf_history_peer(), which
 * searches the whole trace for each; the index searches it once, so that runs with 100,000 connections are fast, too.
 */
#pragma once

#include "trace/trace.h"

typedef struct SfPeerIndex SfPeerIndex;

/* Returns an index of `trace`, which must not change afterwards. */
SfPeerIndex *sf_peer_index_new (const SfTrace *trace);
void sf_peer_index_free (SfPeerIndex *peer_index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPeerIndex, sf_peer_index_free)

/* Returns the same as sf_history_peer(). */
const SfTraceConn *sf_peer_index_find (const SfPeerIndex *peer_index, const SfTraceConn *conn);
