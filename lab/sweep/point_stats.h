/* SPDX-License-Identifier: MIT
 *
 * The statistics of all points and measures of a sweep, computed once for tables, exports and graphs.
 */
#pragma once

#include "lab/sweep/statistics.h"
#include "lab/sweep/store.h"

typedef struct SfPointStats SfPointStats;

/* Computes the statistics of `store`, which holds `sweep`, on `n_threads` threads (0: one per processor). NULL with
 * `error`. */
SfPointStats *sf_point_stats_new (SfStore *store, const SfSweep *sweep, guint n_threads, GError **error);
void sf_point_stats_free (SfPointStats *point_stats);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPointStats, sf_point_stats_free)

/* Returns the statistics of measure number `measure`: an array by number of the point. */
const SfStats *sf_point_stats_of (const SfPointStats *point_stats, guint measure);
