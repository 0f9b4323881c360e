/* SPDX-License-Identifier: MIT
 *
 * Private to models/: applies faults. Rules (models/fault.h) look at segments that hosts send, not at copies and forged
 * segments. All rules count a segment, then the first whose turn it is acts. The network keeps a segment that a rule
 * holds back, so it is sent even if its host crashes meanwhile.
 */
#pragma once

#include "models/net.h"

/* TRUE if `seg`, which is being sent now, meets all conditions of `match` but `nth`. */
gboolean sf_fault_matches (const SfNet *net, const SfMatch *match, const SfSegment *seg);

/* Tries the rules on segment `handle`; TRUE if one has dropped it, or keeps it for later. */
gboolean sf_fault_apply (SfNet *net, guint32 handle);

/* Queues the timed faults of the plan in a world at time 0. */
void sf_fault_start_all (SfNet *net);

/* Handlers of SF_EVENT_SEGMENT_RELEASE and SF_EVENT_TIMED_FAULT. */
void sf_fault_release_event (SfSim *sim, guint32 handle);
void sf_fault_timed_event (SfSim *sim, guint32 index);
