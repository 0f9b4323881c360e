/* SPDX-License-Identifier: MIT
 *
 * The connections and listeners that a host has at present, as one goes through the records of a story.
 */
#pragma once

#include "trace/trace.h"

typedef struct SfPresent SfPresent;

/* Returns what `host` has before the first record of `story`: nothing. */
SfPresent *sf_present_new (const SfStory *story, guint16 host);
void sf_present_free (SfPresent *present);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPresent, sf_present_free)

/* Takes `record` into account, which follows the one before. */
void sf_present_follow (SfPresent *present, const SfRecord *record);

/* Returns the state of the end of the 4-tuple of `seg`, whichever way it goes: of the connection that is there (of two, the older one), or
 * else of a listener of one of the ports; CLOSED if there is neither. */
SfState sf_present_state (const SfPresent *present, const SfSegment *seg);
