/* SPDX-License-Identifier: MIT
 *
 * Keepalive (RFC 9293 §3.8.4): only for sockets that turn it on, and only while nothing is in flight. Segments do not
 * restart the timer; when it expires, it is armed again if the peer was not silent for all of the time.
 */
#include "models/tcp/output.h"
#include "models/tcp/timers.h"

#include <errno.h>

/* TRUE if the peer is given up after a silence of `silence` ns. */
static gboolean
is_over (const SfNet *net, const SfTcb *tcb, const SfTransfer *transfer, SfTime silence)
{
  if (sf_tcb_profile (net, tcb)->user_timeout_ends_keepalive && transfer->user_timeout > 0)
    return transfer->keepalive_sent > 0 && silence >= transfer->user_timeout;
  return transfer->keepalive_sent >= transfer->keepalive_probes;
}

void
sf_keepalive_expired (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer;
  SfTime silence;

  if (tcb->transfer == 0 || !sf_state_is_synchronized (tcb->state) || tcb->state == SF_TIME_WAIT)
    return;
  transfer = sf_transfer (net, tcb);
  silence = net->sim.now - transfer->heard_at;
  if (!transfer->keepalive)
    return;
  if (silence < transfer->keepalive_idle || !sf_seq_eq (tcb->snd_una, tcb->snd_max))
    {
      transfer->keepalive_sent = 0;
      sf_timer_arm (net, conn, SF_TIMER_KEEPALIVE,
                    silence < transfer->keepalive_idle ? transfer->keepalive_idle - silence : transfer->keepalive_idle);
      return;
    }
  sf_timer_report (net, tcb, SF_TIMER_KEEPALIVE, SF_TIMER_EXPIRED, transfer->keepalive_sent + 1u,
                   transfer->keepalive_sent == 0 ? transfer->keepalive_idle : transfer->keepalive_interval);
  if (is_over (net, tcb, transfer, silence))
    {
      sf_tcp_send_rst (net, conn);
      sf_tcb_fail (net, conn, ETIMEDOUT);
      return;
    }
  if (transfer->keepalive_sent < G_MAXUINT8)
    transfer->keepalive_sent++;
  sf_tcp_send_probe (net, conn);
  sf_timer_arm (net, conn, SF_TIMER_KEEPALIVE, transfer->keepalive_interval);
}
