/* SPDX-License-Identifier: MIT
 *
 * The persist timer: probes of a zero window (RFC 9293 §3.8.6.1), and the override timeout, which sends into a window
 * that is too small otherwise (§3.8.6.2.1).
 */
#include "models/tcp/options.h"
#include "models/tcp/output.h"
#include "models/tcp/timers.h"

#include <errno.h>

/* Returns the time until the next probe. */
static SfTime
interval (const SfTransfer *transfer, const SfProfile *profile)
{
  SfTime rto = transfer->rtt.rto;

  for (guint i = 0; i < transfer->persist_backoff && rto < profile->persist_max; i++)
    rto *= 2; /* SHLD-30 */
  return MIN (rto, profile->persist_max);
}

void
sf_persist_start (SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  const SfTransfer *transfer = sf_transfer (net, tcb);

  sf_timer_arm (net, conn, SF_TIMER_PERSIST,
                sf_user_timeout_limits (net, tcb, interval (transfer, sf_tcb_profile (net, tcb))));
}

void
sf_persist_progress (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  SfTransfer *transfer = sf_transfer (net, tcb);
  gboolean fin_waits = tcb->flags & SF_TCB_FIN_WANTED && transfer->acked <= transfer->written;

  transfer->persist_backoff = 0;
  if (transfer->written > transfer->acked || fin_waits)
    sf_persist_start (net, conn);
  else
    sf_timer_stop (tcb, SF_TIMER_PERSIST);
}

void
sf_persist_expired (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  SfTransfer *transfer;
  guint64 left;
  guint32 room;

  if (tcb->transfer == 0)
    return;
  transfer = sf_transfer (net, tcb);
  sf_timer_report (net, tcb, SF_TIMER_PERSIST, SF_TIMER_EXPIRED, transfer->persist_backoff + 1u,
                   interval (transfer, profile));
  if (sf_user_timeout_is_over (net, tcb) || sf_retransmit_count (net, conn, interval (transfer, profile)))
    {
      sf_tcb_fail (net, conn, ETIMEDOUT);
      return;
    }
  if (transfer->persist_backoff < G_MAXUINT8)
    transfer->persist_backoff++;
  left = transfer->written - MIN (transfer->acked, transfer->written);
  room = MAX (tcb->snd_wnd, 1); /* "at least one octet of new data" */
  if (tcb->snd_wnd > 0 || profile->probe_with_data)
    sf_tcp_send_window_probe (net, conn, (guint32) MIN (MIN (left, room), sf_tcp_options_room (transfer)));
  else
    sf_tcp_send_probe (net, conn);
  sf_persist_start (net, conn);
}
