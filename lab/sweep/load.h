/* SPDX-License-Identifier: MIT
 *
 * The parts of the loader of sweeps, in the order in which they run. Private to lab/sweep*.c.
 */
#pragma once

#include "base/units.h"
#include "lab/sweep/sweep.h"

/* Bounds that keep a sweep within what a person can have meant. */
#define SF_MOST_VALUES 100000
#define SF_MOST_POINTS 1000000

/* Something that was written, and where. */
typedef struct
{
  const char *text;
  SfPlace place;
} SfSweepText;

/* FROM to TO, as written. `step` or `steps` is there, unless points are drawn at random. */
typedef struct
{
  SfSweepText from, to, step; /* step: text NULL: not said */
  guint steps;                /* 0: not said */
  gboolean log;
  SfPlace place;
} SfSweepRange;

SfSweepAxis *sf_sweep_axis_new (const char *path, const SfPlace *place);
void sf_sweep_axis_free (SfSweepAxis *axis);

/* Appends a value. */
void sf_sweep_axis_add (SfSweepAxis *axis, const char *text, const SfPlace *place);

/* Appends all values of `range` to `axis`: exact sums of the step, or `steps` of them. */
gboolean sf_sweep_range_fill (SfSweepAxis *axis, const SfSweepRange *range, SfDiagnostics *diag);

/* Cuts `range` into `n` equal parts and appends a value of each, drawn by `seed`. */
gboolean sf_sweep_range_draw (SfSweepAxis *axis, const SfSweepRange *range, guint n, guint64 seed, SfDiagnostics *diag);

/* Finds out what numbers the values of `axis` are, now that all are there. */
void sf_sweep_axis_number (SfSweepAxis *axis);

/* vary, --vary: the axes of `sweep`, whose base, sampling and n_points are known. */
gboolean sf_sweep_load_axes (const SfNode *vary, const char *const *options, SfSweep *sweep, SfDiagnostics *diag);

/* The number of points, and which values they have. */
gboolean sf_sweep_load_points (SfSweep *sweep, const SfPlace *place, SfDiagnostics *diag);

/* Loads the run that has value number `values[i]` of axis i. NULL after a diagnostic. */
SfRun *sf_sweep_load_values (const SfSweep *sweep, const guint *values, SfDiagnostics *diag);

/* Loads all points, or of a large grid the values, one axis after the other, and of very many some; `again`: only those
 * in which something else may be expected than in the others. Appends to `expectations` the names (SfWording) of all
 * that is expected in any of them. */
gboolean sf_sweep_try_points (const SfSweep *sweep, gboolean again, GPtrArray *expectations, SfDiagnostics *diag);

/* measure, and behind its `*ret_n_own` measures those of --measure; `expectations` as above. */
gboolean sf_sweep_load_measures (const SfNode *list, const char *const *options, const GPtrArray *expectations,
                                 SfSweep *sweep, SfDiagnostics *diag, guint *ret_n_own);
void sf_measure_free (SfMeasure *measure);

/* Finds the measure called `name`, which is written at `place`. */
gboolean sf_sweep_find_measure (const SfSweep *sweep, const char *name, const SfPlace *place, SfDiagnostics *diag,
                                guint *ret_measure);

/* plot and --plot; without --plot also graphs of those measures that `plot` cannot know, being behind the first
 * `n_own`; without either graphs of all. */
gboolean sf_sweep_load_plots (const SfNode *list, const char *const *options, guint n_own, SfSweep *sweep,
                              SfDiagnostics *diag);
void sf_sweep_plot_free (SfSweepPlot *plot);

/* Keeps `text` as the source `name` of an option of `sweep`, for places in it. */
SfSource *sf_sweep_option_source (SfSweep *sweep, const char *name, const char *text);
