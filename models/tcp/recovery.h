/* SPDX-License-Identifier: MIT
 *
 * Loss detection by duplicate ACKs, fast retransmit and fast recovery: RFC 5681 §3.2 with NewReno's partial ACKs (RFC
 * 6582). How far the window comes down is the congestion control's decision (cc.h).
 */
#pragma once

#include "models/tcp/tcb.h"

/* A duplicate ACK has come: counts it, retransmits at the third, inflates the window during recovery. */
void sf_recovery_on_duplicate_ack (SfNet *net, guint32 conn);

/* An ACK has moved SND.UNA on by `acked` bytes (already done). TRUE if recovery has dealt with it: congestion
 * control is not to see it. */
gboolean sf_recovery_on_new_ack (SfNet *net, guint32 conn, guint32 acked);

/* RFC 6582 §3.2 step 3 (the impatient variant, section 4): only the first partial ACK restarts the retransmission
 * timer. TRUE if the new ACK of `tcb` is a later one. */
static inline gboolean
sf_recovery_keeps_timer (const SfTcb *tcb, const SfRecovery *recovery)
{
  return recovery->fast && recovery->partial && sf_seq_lt (tcb->snd_una, recovery->recover);
}

/* The retransmission timer has expired: recovery is over, and duplicate ACKs of before do not start another. */
void sf_recovery_on_timeout (SfNet *net, guint32 conn);

/* Reports the congestion variables of `conn`. */
void sf_recovery_report (const SfNet *net, guint32 conn);
