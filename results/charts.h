/* SPDX-License-Identifier: MIT
 *
 * The graphs of a sweep: results from the store as charts.
 */
#pragma once

#include "lab/sweep/point_stats.h"
#include "results/pictures.h"

/* Draws the graphs of `sweep`, of which `point_stats` says what is in `store`, in `formats` ("svg", "png,pdf", such as
 * sf_picture_set_new() takes) into directory `dir`; their words are in `lang` (NULL: English). FALSE with `error`. */
gboolean sf_sweep_draw (SfStore *store, const SfPointStats *point_stats, const SfSweep *sweep, const char *dir,
                        const char *formats, const char *lang, GError **error);
