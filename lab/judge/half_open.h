/* SPDX-License-Identifier: MIT
 *
 * The useless time of a connection: while it is synchronized (ESTABLISHED or later, TIME-WAIT not counted) and the
 * other end has no connection of the same incarnation. It is what a half-open connection costs whoever holds it (RFC
 * 9293 §3.5.1), and what the third segment of the handshake prevents (§3.5).
 */
#pragma once

#include "lab/judge/peer_index.h"

/* Returns that of `conn`; `peer_index` are those of `trace`. */
SfTime sf_half_open_time (const SfTrace *trace, const SfPeerIndex *peer_index, const SfTraceConn *conn);
