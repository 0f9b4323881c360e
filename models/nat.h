/* SPDX-License-Identifier: MIT
 *
 * Routers that translate addresses and ports (NAPT, RFC 3022; RFC 5382 for TCP), so that the hosts behind one share its
 * address.
 *
 * A pair of address and port inside is mapped to one port outside, the same for all peers (RFC 5382 REQ-1). The mapping
 * is made by a SYN from inside, and ends when nothing has used it for the time-outs of the router (REQ-5), or when the
 * router crashes. Each router assigns its own ports, in ascending order from SF_NAT_FIRST_PORT on. A segment without a
 * mapping is lost, and may be answered with a RST. Only addresses and ports of a segment are translated; its hosts,
 * `from` and `to`, stay the same.
 */
#pragma once

#include "models/net.h"

#define SF_NAT_FIRST_PORT 1024

/* What has passed through a mapping, in which direction. */
typedef enum
{
  SF_NAT_SYN_OUT = 0x01,
  SF_NAT_SYN_IN = 0x02,
  SF_NAT_FIN_OUT = 0x04,
  SF_NAT_FIN_IN = 0x08,
  SF_NAT_RST = 0x10,
} SfNatSeen;

SF_NO_PADDING_BEGIN

/* A pair of address and port behind a router, and its port outside. */
typedef struct
{
  SfTime used_at; /* when the last segment passed */
  guint32 addr;
  guint32 next; /* mapping of the same router, 0: last */
  guint16 port;
  guint16 outside;
  guint8 seen; /* SfNatSeen */
  guint8 spare[3];
} SfMapping;

SF_NO_PADDING_END

/* Translates segment `seg`, which arrives at router `at` for another node. FALSE if it has no mapping, and is lost
 * there. It may send another segment, so `seg` is not to be used after FALSE. */
gboolean sf_nat_translate (SfNet *net, guint16 at, SfSegment *seg);

/* Removes the mappings of router `nat` that have been idle for too long, or `all`. */
void sf_nat_forget (SfNet *net, guint16 nat, gboolean all);

/* Gives `seg` the addresses and ports that it has, or would have, on arrival at `host`. */
void sf_nat_view (const SfNet *net, guint16 host, SfSegment *seg);
