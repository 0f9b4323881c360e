/* SPDX-License-Identifier: MIT
 *
 * TCP options: those that a connection sends, and how it processes those of the peer. A new option is a bit of
 * models/segment.h, a row of models/segment_options.inc, and its two functions here.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Puts the options that the profile offers on the SYN or SYN-ACK `seg`. A SYN-ACK has window scale and timestamps only
 * if the peer has offered them, too. */
void sf_tcp_options_put_on_syn (const SfNet *net, const SfTcb *tcb, SfSegment *seg);

/* Returns the window shift to offer: the profile's, or the largest for which a buffer of `rcv_buffer` bytes is at least
 * one unit. With a larger one the window would always be closed. */
guint8 sf_tcp_options_own_shift (const SfProfile *profile, guint32 rcv_buffer);

/* Returns the bytes of text that the next segment has room for. The SMSS excludes the options of every segment; an
 * option that only some segments have must be subtracted here. */
static inline guint32
sf_tcp_options_room (const SfTransfer *transfer)
{
  return transfer->mss;
}

/* Puts options on any other segment. */
void sf_tcp_options_put (const SfNet *net, const SfTcb *tcb, SfSegment *seg);

/* Processes the options of the peer's SYN or SYN-ACK `seg`: MSS, and window scale and timestamps if the profile offers
 * them, too. */
void sf_tcp_options_take_syn (const SfNet *net, SfTcb *tcb, const SfSegment *seg);

/* Returns the value of the timestamp clock of `host` (RFC 7323 §5.4). */
guint32 sf_tcp_options_clock (const SfNet *net, guint16 host);

/* TRUE if `seg` lacks the timestamp that both ends have agreed on. */
gboolean sf_tcp_options_is_missing (const SfNet *net, const SfTcb *tcb, const SfSegment *seg);

/* PAWS (RFC 7323 §5.3, R1): TRUE if `seg` has an older timestamp than TS.Recent. */
gboolean sf_tcp_options_is_stale (const SfNet *net, const SfTcb *tcb, const SfSegment *seg);

/* Sets TS.Recent from the acceptable segment `seg`, if it is in order (RFC 7323 §4.3 (2)). */
void sf_tcp_options_remember (const SfNet *net, SfTcb *tcb, const SfSegment *seg);
