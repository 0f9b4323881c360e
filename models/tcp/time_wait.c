/* SPDX-License-Identifier: MIT */
#include "models/tcp/time_wait.h"

#include "models/tcp/demux.h"
#include "models/tcp/output.h"
#include "models/tcp/reset.h"
#include "models/tcp/timers.h"

SfTime
sf_time_wait_length (const SfNet *net, const SfTcb *tcb)
{
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  SfTime length = sf_profile_time_wait (profile);

  return profile->tw_recycle && tcb->flags & SF_TCB_TS ? MIN (length, profile->rto_min * 7 / 2) : length;
}

gboolean
sf_time_wait_enter (SfNet *net, guint32 conn)
{
  SfTcb *tcb = sf_tcb (net, conn);

  if (sf_profile_time_wait (sf_tcb_profile (net, tcb)) > 0)
    {
      sf_tcb_set_state (net, conn, SF_TIME_WAIT);
      return TRUE;
    }
  if (tcb->flags & SF_TCB_ACK_NOW)
    sf_tcp_send_ack (net, conn);
  sf_tcb_set_state (net, conn, SF_CLOSED);
  return FALSE;
}

void
sf_time_wait_restart (SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);

  if (sf_profile_has (sf_tcb_profile (net, tcb), SF_MUTANT_TIME_WAIT_NO_RESTART))
    return;
  sf_timer_arm (net, conn, SF_TIMER_2MSL, sf_time_wait_length (net, tcb));
  sf_timer_report (net, tcb, SF_TIMER_2MSL, SF_TIMER_RESTARTED, 1, tcb->deadline[SF_TIMER_2MSL]);
}

void
sf_time_wait_repeated_fin (SfNet *net, guint32 conn, const SfSegment *seg)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  const SfProfile *profile = sf_tcb_profile (net, tcb);

  sf_time_wait_restart (net, conn);
  if (profile->ack_in_time_wait && !sf_profile_has (profile, SF_MUTANT_TIME_WAIT_NO_ACK))
    sf_tcp_send_ack (net, conn);
  else
    sf_discard (net, tcb->host, tcb->serial, seg, SF_DISCARD_MUTANT);
}

void
sf_time_wait_set_aside (SfNet *net, guint32 conn)
{
  sf_demux_remove (net, conn);
  sf_tcb (net, conn)->flags |= SF_TCB_SET_ASIDE;
}

void
sf_time_wait_replace (SfNet *net, guint32 conn, guint32 child)
{
  SfTcb *old = sf_tcb (net, conn), *new = sf_tcb (net, child);
  gboolean unchecked = sf_profile_has (sf_tcb_profile (net, old), SF_MUTANT_TIME_WAIT_TAKES_ANY_SYN);

  if (new->state != SF_SYN_RECEIVED || unchecked)
    {
      sf_tcb_set_state (net, conn, SF_CLOSED);
      return;
    }
  old->twin = child;
  new->twin = conn;
}

void
sf_time_wait_settle (SfNet *net, guint32 conn, SfState state)
{
  SfTcb *tcb = sf_tcb (net, conn);

  if (sf_state_is_synchronized (state))
    {
      sf_tcb_set_state (net, conn, SF_CLOSED);
      return;
    }
  tcb->twin = 0;
  tcb->flags &= (guint16) ~SF_TCB_SET_ASIDE;
  sf_demux_add (net, conn);
}

/* TRUE if RFC 6191 section 2 accepts the SYN `seg`; `newer` if its sequence number is greater. Timestamps decide if the
 * SYN has one. */
static gboolean
rfc6191_takes (const SfTcb *tcb, const SfProfile *profile, const SfSegment *seg, gboolean newer)
{
  gboolean stamped = profile->timestamps && seg->options & SF_OPT_TS;
  gint32 age = (gint32) (seg->tsval - tcb->ts_recent);

  if (!stamped)
    return newer;
  if (!(tcb->flags & SF_TCB_TS))
    return TRUE;
  return age > 0 || (age == 0 && newer);
}

gboolean
sf_time_wait_takes_syn (const SfNet *net, guint32 conn, const SfSegment *seg)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  gboolean newer = profile->time_wait_edge_syn ? sf_seq_le (tcb->rcv_nxt, seg->seq) /* the last one was RCV.NXT - 1 */
                                               : sf_seq_lt (tcb->rcv_nxt, seg->seq);

  if (sf_profile_has (profile, SF_MUTANT_TIME_WAIT_REFUSES_SYN))
    return FALSE;
  if (sf_profile_has (profile, SF_MUTANT_TIME_WAIT_TAKES_ANY_SYN))
    return TRUE;
  switch ((SfReuse) profile->time_wait_reuse)
    {
    case SF_REUSE_NEVER:
      break;
    case SF_REUSE_RFC1122:
      return newer;
    case SF_REUSE_RFC6191:
      return rfc6191_takes (tcb, profile, seg, newer);
    }
  return FALSE;
}

gboolean
sf_time_wait_drops_syn (const SfNet *net, guint32 conn, const SfSegment *seg)
{
  const SfProfile *profile = sf_tcb_profile (net, sf_tcb (net, conn));

  return profile->drop_refused_syn && profile->time_wait_reuse == SF_REUSE_RFC6191 && profile->timestamps
         && seg->options & SF_OPT_TS;
}

void
sf_2msl_expired (SfNet *net, guint32 conn)
{
  const SfTcb *tcb = sf_tcb (net, conn);
  const SfProfile *profile = sf_tcb_profile (net, tcb);

  if (tcb->state != SF_TIME_WAIT && tcb->state != SF_FIN_WAIT_2)
    return;
  sf_timer_report (net, tcb, SF_TIMER_2MSL, SF_TIMER_EXPIRED, 1,
                   tcb->state == SF_TIME_WAIT ? sf_time_wait_length (net, tcb) : profile->fin_wait_2_timeout);
  sf_tcb_set_state (net, conn, SF_CLOSED); /* §3.10.8 */
}
