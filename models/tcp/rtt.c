/* SPDX-License-Identifier: MIT */
#include "models/tcp/rtt.h"

void
sf_rtt_init (SfRtt *rtt, const SfProfile *profile)
{
  *rtt = (SfRtt){ .rto = profile->rto_initial, .timed_at = -1 };
}

/* RTO <- SRTT + max (G, K*RTTVAR) with K = 4 (2.2, 2.3), then the bounds (2.4, 2.5). */
static void
set_rto (SfRtt *rtt, const SfProfile *profile)
{
  SfTime spread = MAX (4 * rtt->rttvar, MAX (profile->clock_granularity, profile->rttvar_min));

  rtt->rto = CLAMP (rtt->srtt + spread, profile->rto_min, profile->rto_max);
}

void
sf_rtt_sample (SfRtt *rtt, const SfProfile *profile, SfTime sample)
{
  if (rtt->srtt == 0) /* (2.2) */
    {
      rtt->srtt = sample;
      rtt->rttvar = sample / 2;
    }
  else /* (2.3), alpha = 1/8, beta = 1/4, RTTVAR first */
    {
      SfTime error = ABS (rtt->srtt - sample);

      rtt->rttvar += (error - rtt->rttvar) / 4;
      rtt->srtt += (sample - rtt->srtt) / 8;
    }
  rtt->srtt = MAX (rtt->srtt, 1); /* 0 means that there is no sample */
  set_rto (rtt, profile);
}

void
sf_rtt_back_off (SfRtt *rtt, const SfProfile *profile)
{
  rtt->rto = rtt->rto >= profile->rto_max / 2 ? MAX (profile->rto_max, rtt->rto) : rtt->rto * 2;
}

void
sf_rtt_after_syn_loss (SfRtt *rtt, const SfProfile *profile)
{
  if (rtt->srtt == 0 || profile->syn_loss_outweighs_rtt)
    rtt->rto = MAX (profile->rto_after_syn_loss, profile->rto_initial);
}
