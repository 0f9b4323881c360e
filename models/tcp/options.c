/* SPDX-License-Identifier: MIT */
#include "models/tcp/options.h"

#define IP_AND_TCP_HEADERS 40 /* without options: 20 + 20 bytes */
#define TIMESTAMPS_BYTES 12   /* on every segment, padding included */

/* RFC 7323 §5.5: TS.Recent is invalid after 24 days without an update. */
#define PAWS_IDLE (24 * 86400 * SF_SEC)

guint32
sf_tcp_options_clock (const SfNet *net, guint16 host)
{
  const SfProfile *profile = &sf_plan_host (net->plan, host)->profile;

  /* Add 1, because some stacks read a TSval of 0 as "none". */
  return (guint32) ((net->sim.now - net->hosts[host].booted + profile->timestamp_offset) / profile->timestamp_tick) + 1;
}

static guint32
own_mss (const SfProfile *profile)
{
  return (guint32) profile->mtu - IP_AND_TCP_HEADERS;
}

guint8
sf_tcp_options_own_shift (const SfProfile *profile, guint32 rcv_buffer)
{
  guint shift = (guint) profile->window_shift;

  while (shift > 0 && rcv_buffer >> shift == 0)
    shift--;
  return (guint8) shift;
}

static void
put_timestamps (const SfNet *net, const SfTcb *tcb, SfSegment *seg)
{
  seg->options |= SF_OPT_TS;
  seg->tsval = sf_tcp_options_clock (net, tcb->host);
  /* RFC 7323 §3.2; §5.2: what a RST echoes can be checked by who gets it. */
  seg->tsecr = seg->flags & (SF_ACK | SF_RST) ? tcb->ts_recent : 0;
}

void
sf_tcp_options_put_on_syn (const SfNet *net, const SfTcb *tcb, SfSegment *seg)
{
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  gboolean answers = seg->flags & SF_ACK;

  seg->options |= SF_OPT_MSS; /* RFC 9293 SHLD-5 */
  seg->mss = (guint16) own_mss (profile);
  if (answers ? tcb->flags & SF_TCB_WSCALE : profile->window_scale)
    {
      seg->options |= SF_OPT_WSCALE;
      seg->wscale = tcb->own_wscale;
    }
  if (answers ? tcb->flags & SF_TCB_TS : profile->timestamps)
    put_timestamps (net, tcb, seg);
}

void
sf_tcp_options_put (const SfNet *net, const SfTcb *tcb, SfSegment *seg)
{
  if (tcb->flags & SF_TCB_TS)
    put_timestamps (net, tcb, seg);
}

void
sf_tcp_options_take_syn (const SfNet *net, SfTcb *tcb, const SfSegment *seg)
{
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  SfTransfer *transfer = sf_transfer (net, tcb);
  guint32 mss = seg->options & SF_OPT_MSS ? seg->mss : (guint32) profile->default_mss; /* RFC 9293 MUST-15 */

  transfer->mss = MAX (MIN (mss, own_mss (profile)), 1); /* §3.7.1: Eff.snd.MSS; a peer may announce 0 */
  if (profile->timestamps && seg->options & SF_OPT_TS)
    {
      tcb->flags |= SF_TCB_TS;
      tcb->ts_recent = seg->tsval;
      tcb->ts_recent_at = net->sim.now;
      transfer->mss -= MIN (TIMESTAMPS_BYTES, transfer->mss - 1);
    }
  if (profile->window_scale && seg->options & SF_OPT_WSCALE)
    {
      tcb->flags |= SF_TCB_WSCALE;
      tcb->peer_wscale = MIN (seg->wscale, 14); /* RFC 7323 §2.3 */
    }
}

gboolean
sf_tcp_options_is_missing (const SfNet *net, const SfTcb *tcb, const SfSegment *seg)
{
  return tcb->flags & SF_TCB_TS && !(seg->options & SF_OPT_TS) && !(seg->flags & SF_RST)
         && !sf_tcb_profile (net, tcb)->missing_timestamps;
}

/* TRUE if `seg` has an older timestamp than TS.Recent, and TS.Recent is valid. */
static gboolean
is_older (const SfNet *net, const SfTcb *tcb, const SfSegment *seg)
{
  return (gint32) (seg->tsval - tcb->ts_recent) < 0 && net->sim.now - tcb->ts_recent_at < PAWS_IDLE;
}

gboolean
sf_tcp_options_is_stale (const SfNet *net, const SfTcb *tcb, const SfSegment *seg)
{
  if (!(tcb->flags & SF_TCB_TS) || !(seg->options & SF_OPT_TS) || seg->flags & SF_RST
      || !sf_tcb_profile (net, tcb)->paws)
    return FALSE;
  return is_older (net, tcb, seg);
}

void
sf_tcp_options_remember (const SfNet *net, SfTcb *tcb, const SfSegment *seg)
{
  if (!(tcb->flags & SF_TCB_TS) || !(seg->options & SF_OPT_TS))
    return;
  if (!is_older (net, tcb, seg) && sf_seq_le (seg->seq, tcb->last_ack_sent))
    {
      tcb->ts_recent = seg->tsval;
      tcb->ts_recent_at = net->sim.now;
    }
}
