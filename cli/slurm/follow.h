/* SPDX-License-Identifier: MIT
 *
 * The jobs of a sweep on a cluster, submitted and followed: what becomes of them, told to people.
 */
#pragma once

#include "cli/shared/sweep_progress.h"
#include "cli/shared/sweep_results.h"
#include "lab/cluster/shards.h"

/* Submits all shards that nobody works at, if there are any, and the job that joins all; writes that down. FALSE with
 * `error`. */
gboolean sf_shards_submit_left (SfShards *shards, GError **error);

/* Submits the job that joins all. Warns if there can be none: then the shards are joined here in the end. */
void sf_shards_submit_join (SfShards *shards);

/* Follows the jobs until all shards are complete and the job that joins them has ended. Otherwise after a message. */
SfExit sf_shards_follow (SfShards *shards, SfSweepProgress *progress);
