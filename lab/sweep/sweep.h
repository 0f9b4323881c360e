/* SPDX-License-Identifier: MIT
 *
 * A sweep: a scenario run over points of a grid (or a list, or a Latin hypercube) of parameters, each many times.
 *
 * What is fixed before anything runs is here: axes, points, replications, measures. A point is a number from 0; a
 * point's values are overrides of the scenario, and its runs are replications from 0 of the scenario's seed. So a run
 * is named by (point, replication), and its result depends on nothing else: not on threads, shards, or what ran before.
 *
 * lab/sweep/threads.h runs one, lab/sweep/store.h keeps what came of it, lab/sweep/statistics.h sums it up.
 */
#pragma once

#include "lab/judge/comparison.h"
#include "lab/judge/metrics.h"
#include "lab/judge/selection.h"
#include "lab/report/run.h"

/* One parameter. */
typedef struct
{
  char *path;       /* "links.0.loss"; SF_SWEEP_VARIANT: the variant itself */
  SfWording *title; /* for tables and graphs: what the sweep calls it, else the path */
  GPtrArray *texts; /* char *: the values as YAML, in order: "1%" */
  double *numbers;  /* the same as numbers in the base unit (ns, bit/s, bytes, 1); NAN: no number */
  SfUnit unit;      /* of `numbers` */
  gboolean numeric; /* all are numbers of one unit: an axis of a graph */
  double scale;     /* as the sweep writes them, numbers are so many times smaller: 0.01 for percent, 1e6 for ms; … */
  char *scale_name; /* … and have this unit: "%", "ms", "MSL"; "" for none */

  GArray *places; /* SfPlace: where the path is written, and from index 1 on, where each value is */
  guint *order;   /* Latin hypercube: by point the place of its value; otherwise NULL */
} SfSweepAxis;

/* The path of the axis whose values are names of variants. */
#define SF_SWEEP_VARIANT "variant"

/* What is measured in every run. */
typedef enum
{
  SF_MEASURE_METRIC,   /* a number of lab/judge/metrics.h */
  SF_MEASURE_EXPECT,   /* whether an expectation held: 0 or 1 */
  SF_MEASURE_ERROR,    /* how many calls of applications failed with an error */
  SF_MEASURE_SEGMENTS, /* how many segments fit a matcher */
} SfMeasureKind;

typedef struct
{
  SfMeasureKind kind;
  char *name;             /* column: unique in any case, of letters, digits, '-' and '_' */
  SfWording *title;       /* for tables and graphs */
  const SfMetric *metric; /* METRIC */
  SfScope scope;          /* METRIC, ERROR */
  guint expect;           /* EXPECT: index into the expectations of the scenario … */
  char *expect_name;      /* … and its name, since those of a variant may be others */
  int error;              /* ERROR: errno value, 0: any */
  const char *call;       /* ERROR: of sf_call_names(), NULL: any */
  SfSelection selection;  /* SEGMENTS */
  SfUnit unit;            /* of the values; EXPECT: SF_UNIT_COUNT, shown as a fraction */
  gboolean fraction;      /* values are 0 or 1: statistics are Wilson's */
} SfMeasure;

/* A run in which the number does not exist (the time of a handshake that never ended). */
#define SF_NO_VALUE G_MININT64

typedef enum
{
  SF_SAMPLING_GRID,            /* all combinations; the last axis runs fastest */
  SF_SAMPLING_LIST,            /* the i-th values of all axes together */
  SF_SAMPLING_LATIN_HYPERCUBE, /* n points, each axis cut into n equal parts, each part used once */
} SfSampling;

typedef enum
{
  SF_SWEEP_CHART_LINE, /* mean with its confidence interval over the first numeric axis, a line per combination of the
                          others */
  SF_SWEEP_CHART_HEATMAP,   /* mean over two axes */
  SF_SWEEP_CHART_HISTOGRAM, /* of the values of a measure, a panel or line per point */
  SF_SWEEP_CHART_CDF,
} SfSweepChart;

#define SF_THEORY_NAMES \
  {                     \
    "x", "y", NULL      \
  }

typedef struct
{
  SfSweepChart kind;
  guint measure; /* index */
  guint x, y;    /* axes; `y` only for a heat map */
  gboolean x_log, y_log;
  gboolean x_rate; /* the x axis shows not the time between two but how many there are per second */
  SfWording *title, *x_title, *y_title; /* NULL: made of names and units */
  /* A formula (lab/sweep/formula.h) that is drawn in, NULL: none. Its names are SF_THEORY_NAMES: x and, for the
   * parameter that the lines of a family differ in (the second numeric axis), y. Times are in seconds, rates in bit/s,
   * amounts in bytes, multiples of the MSL in MSL, probabilities from 0 to 1; so is its value. With `x_rate` x is the
   * time all the same. */
  char *theory;
  SfWording *theory_title;
} SfSweepPlot;

typedef struct
{
  char *file;          /* as given */
  SfSource *source;    /* the scenario as it was read: kept with the results for replays */
  SfDocument *written; /* the same parsed: what all points have in common */
  SfRun *base;         /* it without the values of any point */
  char *variant;       /* NULL: the standard run, unless an axis says */
  GPtrArray *sets;     /* char *: "PATH=VALUE" of the command line */
  guint64 seed;
  SfSampling sampling;
  guint n_points;       /* Latin hypercube: how many; otherwise follows from the axes */
  GPtrArray *axes;      /* SfSweepAxis */
  GPtrArray *measures;  /* SfMeasure */
  GPtrArray *plots;     /* SfSweepPlot */
  guint64 replications; /* at most so many at a point */
  int precise_measure;  /* stops at a point when the interval of this measure is narrow enough; -1: never */
  double precision;     /* half the width of the 95 % interval, as a part of the mean (of 1 for fractions) */
  SfWording *title, *asks;
  char *command_line; /* what the command line said, for sf_sweep_restore() */
  GPtrArray *options; /* SfSource: its options, which places may be in */
} SfSweep;

/* More replications nobody can have meant. */
#define SF_MOST_REPLICATIONS G_GINT64_CONSTANT (1000000000)

/* What the command line says on top of the `sweep` section. */
typedef struct
{
  SfRunOptions run; /* variant, --set, --seed */
  const char *const
    *varies; /* "KEY=FROM:TO:STEP", "KEY=FROM:TO:7steps", "KEY=FROM:TO:7log" or "KEY=a,b,c"; NULL-terminated, or NULL */
  guint64 replications; /* 0: as the scenario says (1 if it says nothing) */
  const char *const *
    measures; /* on top of the scenario's, as there: "handshake-time", "{error: ETIMEDOUT}"; NULL-terminated, or NULL */
  const char *precision; /* "MEASURE:PERCENT", NULL: none */
  const char *sample;    /* "grid", "list", "latin-hypercube:100"; NULL: as the scenario says */
  const char *const
    *plots; /* on top of the scenario's, as there: "{kind: cdf, of: segments}"; NULL-terminated, or NULL */
} SfSweepOptions;

/* Loads the sweep of the scenario file `path`. Points are tried, up to a thousand, so that mistakes in paths and ranges
 * are found. NULL after a diagnostic. */
SfSweep *sf_sweep_load (const char *path, const SfSweepOptions *options, SfDiagnostics *diag);
void sf_sweep_free (SfSweep *sweep);

/* Tries what sf_sweep_load() has not, before anything runs: the points of a shard (0 of 1: all), or of very many some
 * and at least every value, on `n_threads` threads (0: one per processor). FALSE after a diagnostic. */
gboolean sf_sweep_try (const SfSweep *sweep, guint n_threads, guint shard, guint n_shards, SfDiagnostics *diag);

/* Checks the sweep that `scenario` asks for, if it does: as much as loading and trying it does. FALSE after a
 * diagnostic. */
gboolean sf_sweep_check (const SfScenario *scenario, SfDiagnostics *diag);

/* Makes the sweep again from the text of its scenario, called `name`, and `command_line` of the sweep that it was,
 * whose points were tried then. NULL after a diagnostic. */
SfSweep *sf_sweep_restore (const char *name, const char *text, gsize len, const char *command_line,
                           SfDiagnostics *diag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSweep, sf_sweep_free)

/* Returns the number of points. */
guint sf_sweep_n_points (const SfSweep *sweep);

/* Returns the place in axis `axis` of the value that `point` has. */
guint sf_sweep_value (const SfSweep *sweep, guint point, guint axis);

/* Loads the run of `point`: the scenario with the point's values. NULL after a diagnostic. */
SfRun *sf_sweep_load_point (const SfSweep *sweep, guint point, SfDiagnostics *diag);

/* Measures `trace`, a run of `run`: one value per measure, SF_NO_VALUE where there is none. */
void sf_sweep_measure (const SfSweep *sweep, const SfRun *run, const SfTrace *trace, gint64 *ret_values);

/* Returns a digest of all that decides about results (scenario text, overrides, axes, measures, seed, replications,
 * precision, version of the program), in hexadecimal: shards and resumed sweeps must agree in it. */
char *sf_sweep_digest (const SfSweep *sweep, const char *version);

static inline SfSweepAxis *
sf_sweep_axis (const SfSweep *sweep, guint i)
{
  return (SfSweepAxis *) g_ptr_array_index (sweep->axes, i);
}

static inline SfMeasure *
sf_sweep_measure_at (const SfSweep *sweep, guint i)
{
  return (SfMeasure *) g_ptr_array_index (sweep->measures, i);
}
