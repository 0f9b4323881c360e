/* SPDX-License-Identifier: MIT
 *
 * The statistics of all points and measures of a sweep, computed once for whatever is made of them.
 */
#pragma once

#include "lab/sweep/statistics.h"
#include "lab/sweep/store.h"

typedef struct SfPointStats SfPointStats;

/* Sums up what is in `store`, which holds `sweep`, on `n_threads` threads (0: one per processor). NULL with `error`. */
SfPointStats *sf_point_stats_new (SfStore *store, const SfSweep *sweep, guint n_threads, GError **error);
void sf_point_stats_free (SfPointStats *point_stats);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfPointStats, sf_point_stats_free)

/* Returns the statistics of measure `measure`, those of a point at the place of its number. */
const SfStats *sf_point_stats_of (const SfPointStats *point_stats, guint measure);
