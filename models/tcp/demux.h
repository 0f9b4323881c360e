/* SPDX-License-Identifier: MIT
 *
 * Finds the connection of a 4-tuple in O(1): an open-addressing table over the whole world, keyed by the
 * four numbers themselves (the local address tells the host).
 */
#pragma once

#include "models/net.h"

/* TRUE if a connection can have `addr`: neither 0 nor multicast, reserved or broadcast (RFC 1122 §3.2.1.3). */
static inline gboolean
sf_address_is_unicast (guint32 addr)
{
  return addr != 0 && addr < 0xe0000000;
}

/* Enters connection `conn`, whose 4-tuple nobody else has. */
void sf_demux_add (SfNet *net, guint32 conn);

/* Takes it out again. */
void sf_demux_remove (SfNet *net, guint32 conn);

/* Returns the connection, 0 if there is none. */
guint32 sf_demux_find (const SfNet *net, guint32 laddr, guint16 lport, guint32 raddr, guint16 rport);

/* Returns the connection that `seg` is for, 0 if there is none: the same, but mostly without the table, thanks to
 * seg->to_conn. */
guint32 sf_demux_receiver (const SfNet *net, const SfSegment *seg);

/* Empties the table, keeping its memory. */
void sf_demux_reset (SfNet *net);
void sf_demux_clear (SfNet *net);
void sf_demux_copy (SfNet *copy, const SfNet *net);
