/* SPDX-License-Identifier: MIT
 *
 * The results of a sweep as CSV and JSON lines, for other programs. docs/sweeps-db.md describes their columns.
 */
#pragma once

#include "lab/sweep/point_stats.h"

/* Writes a line per run to file `path` ("-": standard output): JSON objects if `json`, else CSV. FALSE with `error`. */
gboolean sf_sweep_export_runs (SfStore *store, const SfSweep *sweep, const char *path, gboolean json, GError **error);

/* Writes a line per point and measure: JSON objects if the name ends in ".jsonl", else CSV. FALSE with `error`. */
gboolean sf_sweep_export_stats (const SfPointStats *point_stats, const SfSweep *sweep, const char *path,
                                GError **error);
