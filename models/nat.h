/* SPDX-License-Identifier: MIT
 *
 * Routers that translate addresses and ports (NAPT, RFC 3022; RFC 5382 for TCP), so that the hosts behind one share its
 * address.
 *
 * A pair of address and port inside is mapped to one port outside, the same for all peers (RFC 5382 REQ-1). The mapping
 * is made by the first segment and lasts to the end of the run. Ports are assigned in ascending order, from 1024 on. A
 * segment from outside for a port without a mapping is lost. Only addresses and ports of a segment are translated; its
 * hosts, `from` and `to`, stay the same.
 */
#pragma once

#include "models/net.h"

SF_NO_PADDING_BEGIN

/* A pair of address and port behind `nat`; its port outside follows from its handle. */
typedef struct
{
  guint32 addr;
  guint32 next; /* mapping of the same host, 0: last */
  guint16 port;
  guint16 nat;
  guint32 spare;
} SfMapping;

SF_NO_PADDING_END

/* Translates segment `seg`, which arrives at router `at` for another node. FALSE if it is lost there. */
gboolean sf_nat_translate (SfNet *net, guint16 at, SfSegment *seg);

/* Gives `seg` the addresses and ports that it has, or would have, on arrival at `host`. */
void sf_nat_view (const SfNet *net, guint16 host, SfSegment *seg);
