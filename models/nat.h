/* SPDX-License-Identifier: MIT
 *
 * Routers that translate addresses and ports (NAPT, RFC 3022; RFC 5382 for TCP), so that the hosts behind one share its
 * address.
 *
 * A pair of address and port inside has one port outside, whoever is spoken to (RFC 5382 REQ-1), from its first segment
 * on and for the rest of the run. Outside ports are given out in turn, from 1024 on. What comes in and is for no such
 * port is lost. A segment is told who is to get it by `from` and `to`, which stay true; only its addresses and ports
 * are translated.
 */
#pragma once

#include "models/net.h"

SF_NO_PADDING_BEGIN

/* A pair of address and port behind `nat`; its handle tells the port outside. */
typedef struct
{
  guint32 addr;
  guint32 next; /* of its host, 0: last */
  guint16 port;
  guint16 nat;
  guint32 spare;
} SfMapping;

SF_NO_PADDING_END

/* Translates the segment `seg`, which passes router `at`; FALSE if it cannot go on. */
gboolean sf_nat_translate (SfNet *net, guint16 at, SfSegment *seg);

/* Gives `seg` the addresses and ports under which `host` gets or would get it. */
void sf_nat_view (const SfNet *net, guint16 host, SfSegment *seg);
