/* SPDX-License-Identifier: MIT
 *
 * The retransmission timer: RFC 6298 section 5, RFC 9293 §3.8.1 and §3.8.3, §3.10.8.
 */
#include "models/tcp/output.h"
#include "models/tcp/recovery.h"
#include "models/tcp/rtt.h"
#include "models/tcp/timers.h"

#include <errno.h>

/* Returns R2, the number of retransmissions before the connection is closed. It depends on what is retransmitted. */
static guint
most_retries (const SfTcb *tcb, const SfProfile *profile)
{
  if (tcb->state == SF_SYN_SENT)
    return (guint) (profile->syn_retries + profile->syn_linear_timeouts);
  if (tcb->state == SF_SYN_RECEIVED)
    return sf_profile_has (profile, SF_MUTANT_SYN_ACK_FOREVER) ? G_MAXUINT : (guint) profile->synack_retries;
  return (guint) (tcb->flags & SF_TCB_ORPHAN ? profile->orphan_retries : profile->data_retries);
}

/* TRUE if the connection has a user timeout. "For any state if the user timeout expires" (§3.10.8), but a passive
 * connection in SYN-RECEIVED has no user yet. */
static gboolean
has_user_timeout (const SfTcb *tcb, const SfTransfer *transfer)
{
  return transfer->user_timeout > 0 && !(tcb->state == SF_SYN_RECEIVED && tcb->flags & SF_TCB_PASSIVE);
}

gboolean
sf_user_timeout_is_over (const SfNet *net, const SfTcb *tcb)
{
  const SfTransfer *transfer = sf_transfer (net, tcb);

  return has_user_timeout (tcb, transfer) && net->sim.now - transfer->unacked_since >= transfer->user_timeout;
}

SfTime
sf_user_timeout_limits (const SfNet *net, const SfTcb *tcb, SfTime wait)
{
  const SfTransfer *transfer = sf_transfer (net, tcb);
  SfTime left = transfer->unacked_since + transfer->user_timeout - net->sim.now;

  return has_user_timeout (tcb, transfer) ? CLAMP (left, 0, wait) : wait;
}

/* Ends the connection at R2: §3.8.3. An embryonic one returns to LISTEN silently; any other reports ETIMEDOUT. */
static void
give_up (SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);

  if (tcb->state == SF_SYN_RECEIVED && tcb->flags & SF_TCB_PASSIVE)
    sf_tcb_set_state (net, conn, SF_LISTEN);
  else
    sf_tcb_fail (net, conn, ETIMEDOUT);
}

/* Returns how long `retries` retransmissions with back-off from the smallest RTO to the largest would take. */
static SfTime
time_of_retries (const SfProfile *profile, guint retries)
{
  SfTime wait = profile->rto_min, sum = 0;

  for (guint i = 0; i <= retries; i++)
    {
      sum = sf_time_add (sum, wait);
      wait = MIN (2 * wait, profile->rto_max);
    }
  return sum;
}

/* TRUE if the first retransmission was `limit` ns ago. The timers of a real kernel expire late, never early, so that
 * the sum of its waits is more than the sum of its RTOs: a thousandth more is assumed. */
static gboolean
is_time_over (const SfNet *net, const SfTcb *tcb, SfTime limit)
{
  SfTime elapsed = net->sim.now - sf_transfer (net, tcb)->resent_at;

  return elapsed + elapsed / 1000 >= limit;
}

gboolean
sf_retransmit_count (SfNet *net, guint32 conn, SfTime waited)
{
  SfTcb *tcb = sf_tcb (net, conn);
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  gboolean answered = net->sim.now - sf_transfer (net, tcb)->heard_at <= waited;
  guint count;

  if (tcb->snd_wnd == 0 && sf_state_is_synchronized (tcb->state) && answered)
    tcb->retries = 0; /* MUST-37: the connection stays open while the peer acknowledges probes of its closed window */
  count = tcb->retries + 1u;
  tcb->retries = (guint16) MIN (count, G_MAXUINT16);
  if (count == 1)
    sf_transfer (net, tcb)->resent_at = net->sim.now;
  if (profile->retries_by_time && sf_state_is_synchronized (tcb->state) && tcb->snd_wnd > 0)
    return count > 1 && is_time_over (net, tcb, time_of_retries (profile, most_retries (tcb, profile)));
  return count > most_retries (tcb, profile);
}

void
sf_retransmit_start (SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);

  sf_timer_arm (net, conn, SF_TIMER_RETRANSMIT, sf_user_timeout_limits (net, tcb, sf_transfer (net, tcb)->rtt.rto));
}

static void
repeat_syn (SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);

  if (tcb->state == SF_SYN_SENT || sf_tcb_profile (net, tcb)->retransmit_syn_ack)
    sf_tcp_send_syn (net, conn);
}

/* Retransmits the earliest unacknowledged segment: RFC 6298 (5.4). Sets SND.NXT behind it, so that what follows is sent
 * again as cwnd grows. */
static void
repeat_data (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  sf_recovery_on_timeout (net, conn);
  tcb->snd_nxt = sf_tcp_send_again (net, conn);
  sf_recovery_report (net, conn);
}

void
sf_retransmit_expired (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  SfTransfer *transfer;
  gboolean hopeless;

  if (tcb->transfer == 0 || sf_seq_eq (tcb->snd_una, tcb->snd_max))
    return;
  transfer = sf_transfer (net, tcb);
  if (sf_user_timeout_is_over (net, tcb)) /* sf_retransmit_start() set this instant */
    {
      give_up (net, conn);
      return;
    }
  hopeless = sf_retransmit_count (net, conn, transfer->rtt.rto);
  sf_timer_report (net, tcb, SF_TIMER_RETRANSMIT, SF_TIMER_EXPIRED, tcb->retries, transfer->rtt.rto);
  if (hopeless)
    {
      give_up (net, conn);
      return;
    }
  if (tcb->state != SF_SYN_SENT || tcb->retries > profile->syn_linear_timeouts)
    sf_rtt_back_off (&transfer->rtt, profile); /* (5.5) */
  sf_retransmit_start (net, conn);             /* (5.6) */
  if (sf_seq_eq (tcb->snd_una, tcb->iss) && !(tcb->flags & SF_TCB_OPENED))
    repeat_syn (net, conn);
  else
    repeat_data (net, conn);
}
