/* SPDX-License-Identifier: MIT
 *
 * The graphs of a sweep: results from the store as charts.
 */
#pragma once

#include "cli/pictures.h"
#include "lab/sweep_stats.h"

/* Adds the graphs of `sweep` to `album`, for files in directory `dir`; their words are in `lang` (NULL: English). FALSE with `error`. */
gboolean sf_sweep_plot (SfAlbum *album, SfStore *store, const SfSweep *sweep, const char *dir, const char *lang, GError **error);

/* Draws the graphs in `formats` ("svg", "png,pdf") into directory `dir`. FALSE with `error`; `formats` must be such as
 * sf_album_new() takes. */
gboolean sf_sweep_draw (SfStore *store, const SfSweep *sweep, const char *dir, const char *formats, const char *lang, GError **error);
