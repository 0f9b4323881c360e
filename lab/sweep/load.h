/* SPDX-License-Identifier: MIT
 *
 * The parts of the loader of sweeps, in the order in which they run. Private to lab/sweep/.
 */
#pragma once

#include "base/units.h"
#include "lab/sweep/sweep.h"

/* The limit of points; more must be a mistake. */
#define SF_MOST_POINTS 1000000

/* A text, and the place where it was written. */
typedef struct
{
  const char *text;
  SfPlace place;
} SfSweepText;

/* FROM to TO, as written, with `step` or `steps`. Random sampling has neither. */
typedef struct
{
  SfSweepText from, to, step; /* text of `step` NULL: not given */
  guint steps;                /* 0: not given */
  gboolean log;
  SfPlace place;
} SfSweepRange;

SfSweepAxis *sf_sweep_axis_new (const char *path, const SfPlace *place);
void sf_sweep_axis_free (SfSweepAxis *axis);

/* Appends a value. */
void sf_sweep_axis_add (SfSweepAxis *axis, const char *text, const SfPlace *place);

/* Appends all values of `range` to `axis`: exact multiples of the step, or `steps` values. FALSE after a diagnostic. */
gboolean sf_sweep_range_fill (SfSweepAxis *axis, const SfSweepRange *range, SfDiagnostics *diag);

/* Cuts `range` into `n` equal parts and appends a random value of each, drawn by `seed`. */
gboolean sf_sweep_range_draw (SfSweepAxis *axis, const SfSweepRange *range, guint n, guint64 seed, SfDiagnostics *diag);

/* Converts the values of `axis` to numbers. Call it when all values are there. */
void sf_sweep_axis_number (SfSweepAxis *axis);

/* Loads the axes of `sweep` from `vary` and the `options` --vary. Its base, sampling and n_points must be known. */
gboolean sf_sweep_load_axes (const SfNode *vary, const char *const *options, SfSweep *sweep, SfDiagnostics *diag);

/* Finds the number of points and their values. */
gboolean sf_sweep_load_points (SfSweep *sweep, const SfPlace *place, SfDiagnostics *diag);

/* Loads the run with value number `values[i]` of axis i. NULL after a diagnostic. */
SfRun *sf_sweep_load_values (const SfSweep *sweep, const guint *values, SfDiagnostics *diag);

/* Loads points to find mistakes: all of them; in a large grid each value of each axis once; in a very large one a
 * sample. With `again` only points whose expectations may differ. Appends the names (SfWording) of all expectations of
 * these points to `expectations`. */
gboolean sf_sweep_try_points (const SfSweep *sweep, gboolean again, GPtrArray *expectations, SfDiagnostics *diag);

/* Loads the measures from `list` (`measure`), then those of the `options` --measure. `*ret_n_own` is the number of the
 * former. `expectations` are those of sf_sweep_try_points(). */
gboolean sf_sweep_load_measures (const SfNode *list, const char *const *options, const GPtrArray *expectations,
                                 SfSweep *sweep, SfDiagnostics *diag, guint *ret_n_own);
void sf_measure_free (SfMeasure *measure);

/* Finds the measure called `name`. FALSE after a diagnostic at `place`. */
gboolean sf_sweep_find_measure (const SfSweep *sweep, const char *name, const SfPlace *place, SfDiagnostics *diag,
                                guint *ret_measure);

/* Loads the graphs from `list` (`plot`) and the `options` --plot. Without --plot, measures after the first `n_own` get
 * graphs as well, because `list` cannot name them. Without either, all measures get graphs. */
gboolean sf_sweep_load_plots (const SfNode *list, const char *const *options, guint n_own, SfSweep *sweep,
                              SfDiagnostics *diag);
void sf_sweep_plot_free (SfSweepPlot *plot);

/* Returns a source called `name` with `text`, an option of the command line, for places in it. `sweep` keeps it. */
SfSource *sf_sweep_option_source (SfSweep *sweep, const char *name, const char *text);
