/* SPDX-License-Identifier: MIT
 *
 * The statistics of all points and measures of a sweep, computed once for whatever is made of them.
 */
#pragma once

#include "lab/sweep/statistics.h"
#include "lab/sweep/store.h"

typedef struct SfSummary SfSummary;

/* Sums up what is in `store`, which holds `sweep`, on `n_threads` threads (0: one per processor). NULL with `error`. */
SfSummary *sf_summary_new (SfStore *store, const SfSweep *sweep, guint n_threads, GError **error);
void sf_summary_free (SfSummary *summary);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSummary, sf_summary_free)

/* Returns the statistics of measure `measure`, those of a point at the place of its number. */
const SfStats *sf_summary_of (const SfSummary *summary, guint measure);
