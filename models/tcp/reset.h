/* SPDX-License-Identifier: MIT
 *
 * Answers to segments that no connection accepts: RST (RFC 9293 §3.5.2) and challenge ACKs (RFC 5961).
 */
#pragma once

#include "models/tcp/tcb.h"

/* Answers `seg`, which arrived at `host`, with the RST of §3.10.7.1, if the profile of the host wants it and `seg` is
 * no RST itself: <SEQ=SEG.ACK><CTL=RST>, or <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>. */
void sf_reset_answer (SfNet *net, guint16 host, const SfSegment *seg);

/* Sends a challenge ACK for `conn` unless the limits of RFC 5961 section 7 forbid it. */
void sf_challenge_ack (SfNet *net, guint32 conn);

/* Reports that TCP at `host` (connection `conn`, a serial, or 0) does not take `seg`, and why. */
void sf_discard (const SfNet *net, guint16 host, guint32 conn, const SfSegment *seg, SfDiscard reason);
