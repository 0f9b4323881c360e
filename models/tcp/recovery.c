/* SPDX-License-Identifier: MIT */
#include "models/tcp/recovery.h"

#include "models/tcp/cc.h"
#include "models/tcp/output.h"
#include "models/tcp/timers.h"

static SfCcPhase
phase (const SfTcb *tcb, const SfTransfer *transfer)
{
  if (transfer->recovery.fast)
    return SF_CC_RECOVERY;
  if (tcb->retries > 0)
    return SF_CC_LOSS;
  return transfer->cc.cwnd < transfer->cc.ssthresh ? SF_CC_SLOW_START : SF_CC_AVOIDANCE;
}

void
sf_recovery_report (const SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  SfRecord record = { .host = tcb->host, .conn = tcb->serial };
  const SfTransfer *transfer;

  if (!sf_net_traced (net) || tcb->transfer == 0)
    return;
  transfer = sf_transfer (net, tcb);
  record.cwnd.cwnd = transfer->cc.cwnd;
  record.cwnd.ssthresh = transfer->cc.ssthresh;
  record.cwnd.flight = sf_seq_distance (tcb->snd_una, tcb->snd_nxt);
  record.cwnd.snd_wnd = tcb->snd_wnd;
  record.cwnd.phase = phase (tcb, transfer);
  sf_net_trace (net, SF_RECORD_CWND, &record);
}

static SfCcView
view_of (const SfNet *net, const SfTcb *tcb, SfTransfer *transfer)
{
  return (SfCcView){
    .cc = &transfer->cc,
    .profile = sf_tcb_profile (net, tcb),
    .now = net->sim.now,
    .srtt = transfer->rtt.srtt,
    .mss = transfer->mss,
    .flight = sf_seq_distance (tcb->snd_una, tcb->snd_max),
  };
}

/* Retransmits the first unacknowledged segment. It may also have text that was not sent before; SND.NXT then moves
 * behind it. */
static void
send_first_hole (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  tcb->snd_nxt = sf_seq_max (tcb->snd_nxt, sf_tcp_send_again (net, conn));
}

/* Enters fast recovery: RFC 6582 §3.2 step 2; RFC 5681 §3.2 (2), (3). */
static void
enter (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer = sf_transfer (net, tcb);
  SfCcView view = view_of (net, tcb, transfer);

  transfer->recovery.fast = TRUE;
  transfer->recovery.partial = FALSE;
  transfer->recovery.recover = tcb->snd_max;
  view.flight -= MIN (transfer->recovery.limited, view.flight); /* RFC 5681 §3.2 (2): limited transmit does not count */
  sf_cc_algorithm (view.profile)->on_loss (&view);
  if (view.profile->congestion_control != SF_CC_NONE)
    transfer->cc.cwnd += (guint32) view.profile->dupack_threshold * transfer->mss;
  send_first_hole (net, conn);
}

/* Inflates cwnd by one segment, because one has left the network: RFC 5681 §3.2 (4). Not more often than segments are
 * outstanding, as the note there demands. */
static void
inflate (const SfTcb *tcb, SfTransfer *transfer)
{
  guint64 most = (guint64) transfer->cc.ssthresh + sf_seq_distance (tcb->snd_una, tcb->snd_max);

  if (transfer->cc.cwnd < most)
    transfer->cc.cwnd = (guint32) MIN (most, (guint64) transfer->cc.cwnd + transfer->mss);
}

void
sf_recovery_on_duplicate_ack (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer = sf_transfer (net, tcb);
  const SfProfile *profile = sf_tcb_profile (net, tcb);

  if (transfer->recovery.dupacks++ == 0)
    transfer->recovery.limited = 0;
  if (transfer->recovery.fast)
    {
      if (profile->congestion_control != SF_CC_NONE)
        inflate (tcb, transfer);
    }
  else if (transfer->recovery.dupacks == profile->dupack_threshold
           && sf_seq_lt (transfer->recovery.recover, tcb->snd_una)) /* RFC 6582 §3.2 step 2, in terms of SND.MAX */
    enter (net, conn);
  sf_recovery_report (net, conn);
}

/* Leaves fast recovery on a full acknowledgment: RFC 6582 §3.2 step 3, cwnd = min (ssthresh, max (FlightSize, SMSS) +
 * SMSS). */
static void
leave (const SfTcb *tcb, SfTransfer *transfer, const SfProfile *profile)
{
  guint32 flight = sf_seq_distance (tcb->snd_una, tcb->snd_max);

  transfer->recovery.fast = FALSE;
  transfer->recovery.dupacks = 0;
  if (profile->congestion_control != SF_CC_NONE)
    transfer->cc.cwnd = MIN (transfer->cc.ssthresh, MAX (flight, transfer->mss) + transfer->mss);
}

/* Processes a partial acknowledgment: RFC 6582 §3.2 step 3. Retransmits the first unacknowledged segment, and deflates
 * cwnd by the `acked` bytes. */
static void
fill_next_hole (SfNet *net, guint32 conn, guint32 acked)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer = sf_transfer (net, tcb);

  send_first_hole (net, conn);
  if (sf_tcb_profile (net, tcb)->congestion_control != SF_CC_NONE)
    {
      transfer->cc.cwnd -= MIN (acked, transfer->cc.cwnd);
      if (acked >= transfer->mss)
        transfer->cc.cwnd += transfer->mss;
      transfer->cc.cwnd = MAX (transfer->cc.cwnd, transfer->mss);
    }
  transfer->recovery.partial = TRUE;
}

gboolean
sf_recovery_on_new_ack (SfNet *net, guint32 conn, guint32 acked)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer = sf_transfer (net, tcb);

  if (!transfer->recovery.fast)
    {
      transfer->recovery.dupacks = 0;
      if (sf_seq_lt (transfer->recovery.recover, tcb->snd_una)) /* keep it within half the sequence space */
        transfer->recovery.recover = sf_seq_sub (tcb->snd_una, 1);
      return FALSE;
    }
  if (sf_seq_lt (tcb->snd_una, transfer->recovery.recover))
    fill_next_hole (net, conn, acked);
  else
    leave (tcb, transfer, sf_tcb_profile (net, tcb));
  return TRUE;
}

void
sf_recovery_on_timeout (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer = sf_transfer (net, tcb);
  SfCcView view = view_of (net, tcb, transfer);

  transfer->recovery.fast = FALSE;
  transfer->recovery.dupacks = 0;
  transfer->recovery.recover = tcb->snd_max; /* RFC 6582 §3.2 step 4 */
  sf_cc_algorithm (view.profile)->on_timeout (&view, tcb->retries == 1);
}
