/* SPDX-License-Identifier: MIT
 *
 * Received bytes: those in order that wait for the application, and those that came too early and wait for the ones
 * before them. Both are lists of runs (SfExtent); a run grows as long as its stream goes on without a gap, so that a
 * bulk transfer keeps one run, however many segments it has.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Puts the `len` bytes that begin at `rcv_nxt` behind the last one in order, and with them the held ones that they make
 * complete; returns how many bytes have become in order. Of what is held already the first copy counts. */
guint32 sf_receive_queue_add (SfNet *net, SfTransfer *transfer, SfSeq rcv_nxt, guint32 stream, guint64 offset,
                              guint32 len);

/* Puts `len` bytes that have been in order before behind the last one, once more. */
void sf_receive_queue_repeat (SfNet *net, SfTransfer *transfer, guint32 stream, guint64 offset, guint32 len);

/* Keeps `len` bytes that begin at `seq`, after `rcv_nxt`; what is there already stays, as the first copy counts. */
void sf_receive_queue_hold (SfNet *net, SfTransfer *transfer, SfSeq rcv_nxt, SfSeq seq, guint32 stream, guint64 offset,
                            guint32 len);

/* Takes up to `max` bytes, all of one run, off the front into `*ret_run` (seq and next unset); FALSE if there are
 * none. */
gboolean sf_receive_queue_take (SfNet *net, SfTransfer *transfer, guint64 max, SfExtent *ret_run);

/* Drops the held runs. */
void sf_receive_queue_drop_held (SfNet *net, SfTransfer *transfer);

/* Drops what waits for the application. */
void sf_receive_queue_drop_unread (SfNet *net, SfTransfer *transfer);

/* Drops everything. */
void sf_receive_queue_flush (SfNet *net, SfTransfer *transfer);
