/* SPDX-License-Identifier: MIT
 *
 * The half-open time of a connection: it is synchronized (ESTABLISHED or later, except TIME-WAIT), and the other end
 * has no connection of the same incarnation. This is the cost of a half-open connection (RFC 9293 §3.5.1); the third
 * segment of the handshake prevents it (§3.5).
 */
#pragma once

#include "lab/judge/peer_index.h"

/* Returns the half-open time of `conn`. `peer_index` is the index of `trace`. */
SfTime sf_half_open_time (const SfTrace *trace, const SfPeerIndex *peer_index, const SfTraceConn *conn);
