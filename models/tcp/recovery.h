/* SPDX-License-Identifier: MIT
 *
 * Loss detection by duplicate ACKs, fast retransmit and fast recovery: RFC 5681 §3.2 with NewReno's partial ACKs (RFC
 * 6582). The congestion control algorithm (cc.h) decides how far cwnd is reduced.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Processes a duplicate ACK: counts it; retransmits at the third; inflates cwnd during fast recovery. */
void sf_recovery_on_duplicate_ack (SfNet *net, guint32 conn);

/* Processes an ACK that has advanced SND.UNA by `acked` bytes. TRUE if it belongs to fast recovery; then congestion
 * control must not process it. */
gboolean sf_recovery_on_new_ack (SfNet *net, guint32 conn, guint32 acked);

/* TRUE if the ACK that has just advanced SND.UNA must not restart the retransmission timer: it is a partial ACK, but
 * not the first. RFC 6582 §3.2 step 3, the Impatient variant (section 4). */
static inline gboolean
sf_recovery_keeps_timer (const SfTcb *tcb, const SfRecovery *recovery)
{
  return recovery->fast && recovery->partial && sf_seq_lt (tcb->snd_una, recovery->recover);
}

/* Call this when the retransmission timer expires. Ends fast recovery; duplicate ACKs of data sent before do not start
 * another. */
void sf_recovery_on_timeout (SfNet *net, guint32 conn);

/* Reports the congestion variables of `conn`. */
void sf_recovery_report (const SfNet *net, guint32 conn);
