/* SPDX-License-Identifier: MIT
 *
 * The graphs of a sweep: from the results in the store to charts.
 */
#pragma once

#include "lab/sweep/point_stats.h"
#include "results/pictures.h"

/* Draws the graphs of `sweep` into directory `dir`. `store` has its results, `point_stats` their statistics. `formats`
 * is as for sf_picture_set_new(): "svg", "png,pdf". Texts of the scenario are in `lang` (NULL: English). FALSE with
 * `error`. */
gboolean sf_sweep_draw (SfStore *store, const SfPointStats *point_stats, const SfSweep *sweep, const char *dir,
                        const char *formats, const char *lang, GError **error);
