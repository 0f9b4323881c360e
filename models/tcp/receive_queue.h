/* SPDX-License-Identifier: MIT
 *
 * Received bytes: the receive queue has those in order, for the application; the reassembly queue holds those that
 * arrived out of order until all bytes before them have arrived. Both are lists of runs (SfExtent). A run grows while
 * its stream continues without a gap, so a bulk transfer needs only one, however many segments it has.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Appends the `len` bytes at `rcv_nxt` to the receive queue, and held bytes that follow them without a gap. Returns the
 * number of bytes appended. Bytes that are held already are not replaced: the first copy counts. */
guint32 sf_receive_queue_add (SfNet *net, SfTransfer *transfer, SfSeq rcv_nxt, guint32 stream, guint64 offset,
                              guint32 len);

/* Appends `len` bytes to the receive queue that were in it before (a counterfactual). */
void sf_receive_queue_repeat (SfNet *net, SfTransfer *transfer, guint32 stream, guint64 offset, guint32 len);

/* Holds the `len` bytes at `seq`, not before `rcv_nxt`. Bytes that are held already are not replaced. */
void sf_receive_queue_hold (SfNet *net, SfTransfer *transfer, SfSeq rcv_nxt, SfSeq seq, guint32 stream, guint64 offset,
                            guint32 len);

/* Removes up to `max` bytes, all of the first run, from the receive queue. `*ret_run` gets them, with seq and next
 * unset. FALSE if there are none. */
gboolean sf_receive_queue_take (SfNet *net, SfTransfer *transfer, guint64 max, SfExtent *ret_run);

/* Drops the reassembly queue. */
void sf_receive_queue_drop_held (SfNet *net, SfTransfer *transfer);

/* Drops the receive queue. */
void sf_receive_queue_drop_unread (SfNet *net, SfTransfer *transfer);

/* Drops both queues. */
void sf_receive_queue_flush (SfNet *net, SfTransfer *transfer);
