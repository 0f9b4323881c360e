/* SPDX-License-Identifier: MIT
 *
 * Private to models/tcp: SEGMENT ARRIVES, RFC 9293 §3.10.7, one function per step, in the order of the RFC.
 */
#pragma once

#include "models/tcp/tcb.h"

/* An arriving segment as the steps see it: the segment as it came, and what of it lies in the window
 * ("the idealized segment that begins at RCV.NXT and does not exceed the window", §3.10.7.4). */
typedef struct
{
  SfNet *net;
  guint32 conn;
  SfTcb *tcb;
  const SfSegment *seg;
  SfSeq seq;      /* of the first byte of text that is left */
  guint64 offset; /* and its place in the stream */
  guint32 len;    /* bytes of text that are left */
  guint flags;    /* SfFlags that are left: SYN and FIN outside the window are gone */
} SfArrival;

/* The states that have a ladder of their own. */
void sf_input_closed (SfNet *net, guint16 host, const SfSegment *seg);
void sf_input_listen (SfNet *net, guint16 host, guint32 listener, const SfSegment *seg);
void sf_input_syn_sent (SfArrival *arrival);

/* Opens a connection for the SYN `seg` at `listener`; `after`, if not NULL, is a sequence number that the ISS must lie
 * beyond. Returns the connection. */
guint32 sf_input_open_passively (SfNet *net, guint32 listener, const SfSegment *seg, const SfSeq *after);

/* The steps of §3.10.7.4. Each returns TRUE to go on with the next, FALSE when the segment is done with (the connection
 * may be gone). */
gboolean sf_input_check_sequence (SfArrival *arrival); /* first */
gboolean sf_input_check_rst (SfArrival *arrival);      /* second; the third, security, is outside the model */
gboolean sf_input_check_syn (SfArrival *arrival);      /* fourth */
gboolean sf_input_check_ack (SfArrival *arrival);      /* fifth */
gboolean sf_input_check_urg (SfArrival *arrival);      /* sixth */
gboolean sf_input_text (SfArrival *arrival);           /* seventh */
gboolean sf_input_check_fin (SfArrival *arrival);      /* eighth */

/* Cuts off what lies before RCV.NXT and beyond the window. */
void sf_input_trim (SfArrival *arrival);

/* What the peer's SYN says about it: IRS, RCV.NXT, the stream that it will write, options. */
void sf_input_learn_syn (SfNet *net, SfTcb *tcb, const SfSegment *seg);

/* SND.WND, SND.WL1 and SND.WL2 from `seg`. */
void sf_input_take_window (SfTcb *tcb, const SfSegment *seg);

/* An ACK has moved SND.UNA on: takes a round-trip sample if one was being timed (RFC 6298). */
void sf_input_sample_rtt (SfNet *net, SfTcb *tcb, const SfSegment *seg);

/* Reports that the segment is not taken, and why; always FALSE. */
gboolean sf_input_discard (const SfArrival *arrival, SfDiscard reason);
