/* SPDX-License-Identifier: MIT
 *
 * Tail loss probe (RFC 8985 section 7): if the last segments of a flight are lost, no ACK tells of it, and only the RTO
 * would repair it. So after two round trips without an ACK a segment is sent, new or the last one again, whose ACK
 * tells. Of RFC 8985 the model has no RACK, so the ACK is looked at as any other.
 */
#include "models/tcp/output.h"
#include "models/tcp/rtt.h"
#include "models/tcp/timers.h"

/* Linux adds two ticks of its clock (HZ 250) to 2*SRTT. */
#define SLACK (8 * SF_MSEC)

/* PTO: 2*SRTT, and the time that the peer may delay the ACK of a single segment; Linux takes its smallest RTO for that.
 * Never later than the RTO (section 7.2). */
static SfTime
probe_timeout (const SfTcb *tcb, const SfTransfer *transfer, const SfProfile *profile)
{
  const SfRtt *rtt = &transfer->rtt;
  SfTime wait = rtt->srtt == 0 ? profile->rto_initial : 2 * rtt->srtt;

  if (rtt->srtt != 0)
    wait += sf_seq_le (transfer->last_seq, tcb->snd_una) ? profile->rto_min : SLACK;
  return MIN (wait, rtt->rto);
}

/* Section 7.2: only in open state, and one probe at a time. */
static gboolean
may_probe (const SfTcb *tcb, const SfTransfer *transfer)
{
  return tcb->flags & SF_TCB_OPENED && tcb->retries == 0 && transfer->recovery.dupacks == 0 && !transfer->recovery.fast
         && tcb->snd_wnd > 0 && !sf_seq_eq (tcb->snd_una, tcb->snd_max) && !sf_seq_lt (tcb->snd_una, transfer->probed);
}

void
sf_tail_loss_start (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  const SfTransfer *transfer = sf_transfer (net, tcb);
  const SfProfile *profile = sf_tcb_profile (net, tcb);

  if (!profile->tail_loss_probe)
    return;
  if (may_probe (tcb, transfer))
    sf_timer_arm (net, conn, SF_TIMER_TAIL_LOSS, probe_timeout (tcb, transfer, profile));
  else
    sf_timer_stop (tcb, SF_TIMER_TAIL_LOSS);
}

void
sf_tail_loss_expired (SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer;

  if (tcb->transfer == 0)
    return;
  transfer = sf_transfer (net, tcb);
  if (!may_probe (tcb, transfer))
    return;
  sf_timer_report (net, tcb, SF_TIMER_TAIL_LOSS, SF_TIMER_EXPIRED, 1,
                   probe_timeout (tcb, transfer, sf_tcb_profile (net, tcb)));
  sf_tcp_send_tail (net, conn);
  transfer->probed = tcb->snd_max;
  sf_retransmit_start (net, conn);
}
