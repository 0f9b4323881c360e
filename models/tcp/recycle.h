/* SPDX-License-Identifier: MIT
 *
 * The last timestamps of peers, by address, which a host keeps with the knob `tw-recycle`. Linux had this as
 * tcp_tw_recycle before 4.12. No RFC asks for it, and hosts behind an address translator share one address.
 */
#pragma once

#include "models/tcp/tcb.h"

SF_NO_PADDING_BEGIN

/* The last timestamp that came from an address. */
typedef struct
{
  guint32 addr;
  guint32 tsval;
  SfTime at;
  guint32 next; /* next one of the same host, 0: last */
  guint32 spare;
} SfLastStamp;

SF_NO_PADDING_END

/* Call this when `tcb` enters TIME-WAIT. With `tw-recycle`, remembers the last timestamp of its peer. */
void sf_recycle_remember (SfNet *net, const SfTcb *tcb);

/* TRUE if `host` must drop the SYN `seg`: a connection from its address that entered TIME-WAIT in the last 60 s had a
 * later timestamp. */
gboolean sf_recycle_refuses (const SfNet *net, guint16 host, const SfSegment *seg);

/* Frees all timestamps of `host`. */
void sf_recycle_forget (SfNet *net, guint16 host);
