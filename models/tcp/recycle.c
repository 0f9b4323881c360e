/* SPDX-License-Identifier: MIT */
#include "models/tcp/recycle.h"

#define MEMORY (60 * SF_SEC) /* TCP_PAWS_MSL of Linux */
#define SLACK 1              /* ticks: TCP_PAWS_WINDOW */

static SfLastStamp *
stamp_at (const SfNet *net, guint32 handle)
{
  return sf_pool_at (&net->stamps, handle);
}

/* Returns the handle of the last timestamp of `addr` at `host`, 0 if there is none. */
static guint32
find (const SfNet *net, guint16 host, guint32 addr)
{
  guint32 handle = net->hosts[host].stamps;

  while (handle != 0 && stamp_at (net, handle)->addr != addr)
    handle = stamp_at (net, handle)->next;
  return handle;
}

/* Returns by how many ticks `stamp` is later than `tsval`; 0 if it is too old. */
static gint32
lead (const SfNet *net, const SfLastStamp *stamp, guint32 tsval)
{
  return net->sim.now - stamp->at < MEMORY ? (gint32) (stamp->tsval - tsval) : 0;
}

void
sf_recycle_remember (SfNet *net, const SfTcb *tcb)
{
  guint32 handle;
  SfLastStamp *stamp;

  if (G_LIKELY (!sf_tcb_profile (net, tcb)->tw_recycle) || !(tcb->flags & SF_TCB_TS))
    return;
  handle = find (net, tcb->host, tcb->raddr);
  if (handle == 0)
    {
      handle = sf_pool_take (&net->stamps);
      stamp_at (net, handle)->addr = tcb->raddr;
      stamp_at (net, handle)->next = net->hosts[tcb->host].stamps;
      net->hosts[tcb->host].stamps = handle;
    }
  else if (lead (net, stamp_at (net, handle), tcb->ts_recent) > 0)
    return;
  stamp = stamp_at (net, handle);
  stamp->tsval = tcb->ts_recent;
  stamp->at = net->sim.now;
}

gboolean
sf_recycle_refuses (const SfNet *net, guint16 host, const SfSegment *seg)
{
  const SfProfile *profile = &sf_plan_host (net->plan, host)->profile;
  guint32 handle;

  if (G_LIKELY (!profile->tw_recycle) || !profile->timestamps || !(seg->options & SF_OPT_TS))
    return FALSE;
  handle = find (net, host, seg->src);
  return handle != 0 && lead (net, stamp_at (net, handle), seg->tsval) > SLACK;
}

void
sf_recycle_forget (SfNet *net, guint16 host)
{
  guint32 handle = net->hosts[host].stamps;

  while (handle != 0)
    {
      guint32 next = stamp_at (net, handle)->next;

      sf_pool_give (&net->stamps, handle);
      handle = next;
    }
  net->hosts[host].stamps = 0;
}
