/* SPDX-License-Identifier: MIT
 *
 * Answers to segments that no connection accepts: RST (RFC 9293 §3.5.2) and challenge ACKs (RFC 5961).
 */
#pragma once

#include "models/tcp/tcb.h"

/* Answers `seg`, which arrived at `host`, with the RST of §3.10.7.1, if the profile of the host wants it and `seg` is
 * no RST itself: <SEQ=SEG.ACK><CTL=RST> if `seg` has an ACK, else <SEQ=0><ACK=SEG.SEQ+SEG.LEN><CTL=RST,ACK>. */
void sf_reset_answer (SfNet *net, guint16 host, const SfSegment *seg);

/* The same for a segment of a connection that the profile resets in this way: also if it sends no RST to others. */
void sf_reset_reply (SfNet *net, guint16 host, const SfSegment *seg);

/* Sends an ACK for a segment with a suspicious SYN, RST or ACK field. It is a challenge ACK, if the limits of RFC 5961
 * section 7 allow it. If the profile has no RFC 5961, it is the ACK of RFC 9293 §3.10.7.4, which has no limit. */
void sf_challenge_ack (SfNet *net, guint32 conn);

/* Answers `seg`, which is not acceptable, with an ACK (RFC 9293 §3.10.7.4, first). If `seg` has neither text nor FIN,
 * at most once in `refused-ack-spacing`: otherwise two ends that drop each other's ACKs would answer forever. */
void sf_challenge_refused (SfNet *net, guint32 conn, const SfSegment *seg);

/* Reports that TCP at `host` drops `seg`, and why. `conn` is the serial of the connection, 0: none. */
void sf_discard (const SfNet *net, guint16 host, guint32 conn, const SfSegment *seg, SfDiscard reason);
