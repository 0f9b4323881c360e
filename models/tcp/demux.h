/* SPDX-License-Identifier: MIT
 *
 * The 4-tuple table finds the connection of a 4-tuple in O(1). It is a hash table with open addressing, one for all
 * hosts: the local address identifies the host.
 */
#pragma once

#include "models/net.h"

/* TRUE if a connection can have `addr`: neither 0 nor multicast, reserved or broadcast (RFC 1122 §3.2.1.3). */
static inline gboolean
sf_address_is_unicast (guint32 addr)
{
  return addr != 0 && addr < 0xe0000000;
}

/* Adds `conn`. No other connection in the table may have its 4-tuple. */
void sf_demux_add (SfNet *net, guint32 conn);

/* Removes `conn`, which must be in the table. */
void sf_demux_remove (SfNet *net, guint32 conn);

/* Returns the connection with this 4-tuple, 0 if there is none. */
guint32 sf_demux_find (const SfNet *net, guint32 laddr, guint16 lport, guint32 raddr, guint16 rport);

/* Returns the connection that receives `seg`, 0 if there is none. Mostly it needs no search, because seg->to_conn is
 * right. */
guint32 sf_demux_receiver (const SfNet *net, const SfSegment *seg);

/* Empty the table, keeping its memory; free it; copy it. */
void sf_demux_reset (SfNet *net);
void sf_demux_clear (SfNet *net);
void sf_demux_copy (SfNet *copy, const SfNet *net);
