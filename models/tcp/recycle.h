/* SPDX-License-Identifier: MIT
 *
 * What a host remembers of its peers' timestamp clocks, address by address, with the knob `tw-recycle`: Linux had it as
 * tcp_tw_recycle until 4.12. No RFC asks for it, and behind an address there can be more than one clock.
 */
#pragma once

#include "models/tcp/tcb.h"

/* Prepares the memory of `net`, which is zero-filled. */
void sf_recycle_init (SfNet *net);

/* `tcb` enters TIME-WAIT: its host remembers the last timestamp of its peer, if the knob says so. */
void sf_recycle_remember (SfNet *net, const SfTcb *tcb);

/* TRUE if the SYN `seg` must be refused at `host`: a connection from its address that ended in the last 60 s had a
 * later timestamp. */
gboolean sf_recycle_refuses (const SfNet *net, guint16 host, const SfSegment *seg);

/* Lets `host` forget all. */
void sf_recycle_forget (SfNet *net, guint16 host);
