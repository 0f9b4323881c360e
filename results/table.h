/* SPDX-License-Identifier: MIT
 *
 * The results of a sweep for people: what was swept, and for each measure a table with a line per point.
 */
#pragma once

#include "lab/report/report.h"
#include "lab/sweep/point_stats.h"

/* Appends the results to `out`. If lines would be wider than `style` allows, points stand above their numbers. */
void sf_sweep_table (GString *out, const SfPointStats *point_stats, const SfSweep *sweep, const SfTextStyle *style);
