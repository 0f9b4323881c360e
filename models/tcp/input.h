/* SPDX-License-Identifier: MIT
 *
 * Private to models/tcp: SEGMENT ARRIVES, RFC 9293 §3.10.7, one function per step, in the order of the RFC.
 */
#pragma once

#include "models/tcp/tcb.h"

/* An arriving segment: as it arrived (`seg`), and the part of it that lies in the window (`seq` to `flags`), "the
 * idealized segment that begins at RCV.NXT and does not exceed the window" (§3.10.7.4). */
typedef struct
{
  SfNet *net;
  guint32 conn;
  SfTcb *tcb;
  const SfSegment *seg;
  SfSeq seq;      /* sequence number of the first byte of text in the window */
  guint64 offset; /* offset of this byte in the stream */
  guint32 len;    /* number of bytes of text in the window */
  guint flags;    /* SfFlags, without a SYN or FIN outside the window */
} SfArrival;

/* SEGMENT ARRIVES in CLOSED, LISTEN and SYN-SENT, which have steps of their own (§3.10.7.1 to §3.10.7.3). */
void sf_input_closed (SfNet *net, guint16 host, const SfSegment *seg);
void sf_input_listen (SfNet *net, guint16 host, guint32 listener, const SfSegment *seg);
void sf_input_syn_sent (SfArrival *arrival);

/* Opens a connection for the SYN `seg` at `listener`. `after` is a sequence number that the ISS must not be less than;
 * NULL: any ISS. Returns the connection. */
guint32 sf_input_open_passively (SfNet *net, guint32 listener, const SfSegment *seg, const SfSeq *after);

/* Answers a segment to a passive SYN-RECEIVED, or to TIME-WAIT, in the way of stacks that do so before they look at its
 * sequence number. FALSE if the profile does not, and the steps follow. */
gboolean sf_input_answer_in_syn_received (const SfArrival *arrival);
gboolean sf_input_answer_in_time_wait (const SfArrival *arrival);

/* The steps of §3.10.7.4. Each returns TRUE if the next step follows, FALSE if processing of the segment has ended; the
 * connection may then have been deleted. */
gboolean sf_input_check_sequence (SfArrival *arrival); /* first */
gboolean sf_input_check_rst (SfArrival *arrival);      /* second; the third, security, is outside the model */
gboolean sf_input_check_syn (SfArrival *arrival);      /* fourth */
gboolean sf_input_check_ack (SfArrival *arrival);      /* fifth */
gboolean sf_input_check_urg (SfArrival *arrival);      /* sixth */
gboolean sf_input_text (SfArrival *arrival);           /* seventh */
gboolean sf_input_check_fin (SfArrival *arrival);      /* eighth */

/* Takes the ACK field and the window of an old segment without text. FALSE if the connection is gone then. */
gboolean sf_input_take_old_ack (SfArrival *arrival);

/* Removes the parts of the segment that lie outside the window: before RCV.NXT, and behind its right edge. */
void sf_input_trim (SfArrival *arrival);

/* Sets what is known from the peer's SYN `seg`: IRS, RCV.NXT, the window, the stream that the peer writes, options. */
void sf_input_learn_syn (SfNet *net, SfTcb *tcb, const SfSegment *seg);

/* Sets SND.WND, SND.WL1 and SND.WL2 from `seg`. */
void sf_input_take_window (SfTcb *tcb, const SfSegment *seg);

/* Takes a round-trip time sample after `seg` has advanced SND.UNA, if the segment that is being timed is acknowledged,
 * or a timestamp gives one (RFC 6298, RFC 7323 §4). */
void sf_input_sample_rtt (SfNet *net, SfTcb *tcb, const SfSegment *seg);

/* Reports that the segment is dropped, and why. Always FALSE. */
gboolean sf_input_discard (const SfArrival *arrival, SfDiscard reason);
