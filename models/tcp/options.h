/* SPDX-License-Identifier: MIT
 *
 * TCP options: what a connection puts on its segments and what it makes of the peer's. A new option is a bit
 * of models/segment.h, a row of models/segment_options.inc, and its two functions here.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Puts options on the SYN or SYN-ACK `seg`: what the profile offers; on a SYN-ACK only what the peer has offered
 * too. */
void sf_tcp_options_put_on_syn (const SfNet *net, const SfTcb *tcb, SfSegment *seg);

/* The window shift to offer: what the profile says, unless it is so coarse that the whole buffer is less than a unit of
 * it, which would keep the window closed for ever. */
guint8 sf_tcp_options_own_shift (const SfProfile *profile, guint32 rcv_buffer);

/* Bytes of text that the next segment has room for. An option that only some segments have comes off here; those of
 * every segment are off the SMSS already. */
static inline guint32
sf_tcp_options_room (const SfTransfer *transfer)
{
  return transfer->mss;
}

/* Puts options on any other segment. */
void sf_tcp_options_put (const SfNet *net, const SfTcb *tcb, SfSegment *seg);

/* Takes what the peer's SYN or SYN-ACK `seg` offers, as far as this end offers it too: MSS, scale, timestamps. */
void sf_tcp_options_take_syn (const SfNet *net, SfTcb *tcb, const SfSegment *seg);

/* The timestamp clock of `host` (RFC 7323 §5.4). */
guint32 sf_tcp_options_clock (const SfNet *net, guint16 host);

/* TRUE if `seg` lacks the timestamp that both ends have agreed on. */
gboolean sf_tcp_options_is_missing (const SfTcb *tcb, const SfSegment *seg);

/* PAWS (RFC 7323 §5.3, R1): TRUE if `seg` is older than what was seen last. */
gboolean sf_tcp_options_is_stale (const SfNet *net, const SfTcb *tcb, const SfSegment *seg);

/* Remembers the timestamp of the acceptable segment `seg` (RFC 7323 §4.3 (2)). */
void sf_tcp_options_remember (const SfNet *net, SfTcb *tcb, const SfSegment *seg);
