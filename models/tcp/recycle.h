/* SPDX-License-Identifier: MIT
 *
 * What a host remembers of its peers' timestamp clocks, address by address, with the knob `tw-recycle`: Linux had it as
 * tcp_tw_recycle until 4.12. No RFC asks for it, and behind an address there can be more than one clock.
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
  guint32 next; /* of its host, 0: last */
  guint32 spare;
} SfLastStamp;

SF_NO_PADDING_END

/* `tcb` enters TIME-WAIT: its host remembers the last timestamp of its peer, if the knob says so. */
void sf_recycle_remember (SfNet *net, const SfTcb *tcb);

/* TRUE if the SYN `seg` must be refused at `host`: a connection from its address that ended in the last 60 s had a
 * later timestamp. */
gboolean sf_recycle_refuses (const SfNet *net, guint16 host, const SfSegment *seg);

/* Lets `host` forget all. */
void sf_recycle_forget (SfNet *net, guint16 host);
