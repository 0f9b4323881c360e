/* SPDX-License-Identifier: MIT
 *
 * Private to models/: faults at work. Rules (models/fault.h) look at what hosts send, not at copies and forged
 * segments; all rules count, then the first whose turn it is acts. What a rule holds back is kept by the
 * network, so that it goes on even if its host crashes meanwhile.
 */
#pragma once

#include "models/net.h"

/* Whether `seg`, which is being sent now, is what `match` asks for, `nth` left out. */
gboolean sf_fault_matches (const SfNet *net, const SfMatch *match, const SfSegment *seg);

/* Tries the rules on segment `handle`; TRUE if one has taken it: dropped it, or keeps it for later. */
gboolean sf_fault_apply (SfNet *net, guint32 handle);

/* Queues the timed faults of the plan in a world at time 0. */
void sf_fault_start_all (SfNet *net);

/* Handlers of SF_EVENT_SEGMENT_RELEASE and SF_EVENT_TIMED_FAULT. */
void sf_fault_release_event (SfSim *sim, guint32 handle);
void sf_fault_timed_event (SfSim *sim, guint32 index);
