/* SPDX-License-Identifier: MIT */
#include "models/tcp/ports.h"

#include "models/tcp/demux.h"

#include <errno.h>

static guint32
first_try (SfNet *net, const SfTcb *tcb, const SfProfile *profile, guint32 n)
{
  SfHost *host = &net->hosts[tcb->host];

  if (profile->ephemeral_order == SF_PORTS_RANDOM)
    return (guint32) sf_random_below (&host->port, &net->sim.seed, n);
  return (host->next_port - (guint32) profile->ephemeral_first) % n;
}

int
sf_ports_choose (SfNet *net, SfTcb *tcb)
{
  const SfProfile *profile = sf_tcb_profile (net, tcb);
  guint32 first = (guint32) profile->ephemeral_first, n = (guint32) profile->ephemeral_last - first + 1;
  guint32 start = first_try (net, tcb, profile, n);

  for (guint32 i = 0; i < n; i++)
    {
      guint16 port = (guint16) (first + (start + i) % n);

      if (sf_demux_find (net, tcb->laddr, port, tcb->raddr, tcb->rport) == 0)
        {
          net->hosts[tcb->host].next_port = (guint16) (first + (start + i + 1) % n);
          tcb->lport = port;
          return 0;
        }
    }
  return EADDRNOTAVAIL;
}
