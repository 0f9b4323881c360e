/* SPDX-License-Identifier: MIT
 *
 * Which connections of a story belong together: sf_life_peer() for all of them. That looks through the story for each; this looks
 * once, so that a run with a hundred thousand connections takes no longer for each than a run with two.
 */
#pragma once

#include "trace/trace.h"

typedef struct SfPeers SfPeers;

/* Looks through `story`, which must stay as it is. */
SfPeers *sf_peers_new (const SfStory *story);
void sf_peers_free (SfPeers *peers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPeers, sf_peers_free)

/* Returns the same as sf_life_peer(). */
const SfStoryConn *sf_peers_find (const SfPeers *peers, const SfStoryConn *conn);
