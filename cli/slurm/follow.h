/* SPDX-License-Identifier: MIT
 *
 * Submits and follows the jobs of a sweep on a cluster, and reports what becomes of them.
 */
#pragma once

#include "cli/shared/sweep_progress.h"
#include "cli/shared/sweep_results.h"
#include "lab/cluster/shards.h"

/* Submits all shards without an element, and the job that joins the shards; saves that. FALSE with `error`. */
gboolean sf_shards_submit_left (SfShards *shards, GError **error);

/* Submits the job that joins the shards. Warns if that fails: then they are joined here in the end. */
void sf_shards_submit_join (SfShards *shards);

/* Follows the jobs until all shards are complete and the job that joins them has ended: SF_EXIT_OK. Another status
 * after a message. */
SfExit sf_shards_follow (SfShards *shards, SfSweepProgress *progress);
