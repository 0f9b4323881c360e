/* SPDX-License-Identifier: MIT */
#include "models/tcp/isn.h"

#define ISN_TICK (4 * SF_USEC) /* RFC 9293 §3.4.1: the clock ticks about every 4 microseconds */

/* Returns a hash of the 4-tuple of `tcb` and the host's secret: F() of RFC 6528 section 3. Each boot changes the
 * secret, because it resets the clock; otherwise sequence numbers would repeat. */
static guint64
hash_tuple (const SfNet *net, const SfTcb *tcb)
{
  const SfRandom *host = &net->hosts[tcb->host].isn;
  guint64 addresses = (guint64) tcb->laddr << 32 | tcb->raddr, ports = (guint64) tcb->lport << 16 | tcb->rport;
  guint64 secret = host->stream ^ (guint64) net->hosts[tcb->host].booted * G_GUINT64_CONSTANT (0xc2b2ae3d27d4eb4f);
  SfRandom random = { .stream = secret ^ addresses * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15), .n = ports };

  return sf_random_u64 (&random, &net->sim.seed);
}

SfSeq
sf_isn_choose (SfNet *net, const SfTcb *tcb)
{
  SfHost *host = &net->hosts[tcb->host];
  guint32 clock = (guint32) ((net->sim.now - host->booted) / ISN_TICK);

  switch ((SfIsnKind) sf_tcb_profile (net, tcb)->isn)
    {
    case SF_ISN_RFC6528:
      return sf_seq (clock + (guint32) hash_tuple (net, tcb));
    case SF_ISN_CLOCK:
      return sf_seq (clock);
    case SF_ISN_RANDOM:
      return sf_seq ((guint32) sf_random_u64 (&host->isn, &net->sim.seed));
    case SF_ISN_ZERO:
      break;
    }
  return sf_seq (0);
}
