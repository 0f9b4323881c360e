/* SPDX-License-Identifier: MIT
 *
 * The results of a sweep for people: what was swept, and a table per measure with a line per point.
 */
#pragma once

#include "lab/report/report.h"
#include "lab/sweep/point_stats.h"

/* Appends them. A line that would be wider than `style` allows has its point above it. */
void sf_sweep_table (GString *out, const SfPointStats *point_stats, const SfSweep *sweep, const SfTextStyle *style);
