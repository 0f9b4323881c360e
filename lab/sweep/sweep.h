/* SPDX-License-Identifier: MIT
 *
 * A sweep: a scenario run over points of a grid (or a list, or a Latin hypercube) of parameters, each many times.
 *
 * Here is what is fixed before anything runs: axes, points, replications, measures. Points are numbered from 0. The
 * values of a point override those of the scenario. Its runs are replications of the scenario's seed, numbered from 0.
 * So (point, replication) names a run, and its result depends on nothing else: not on threads, shards, or earlier runs.
 *
 * lab/sweep/threads.h runs a sweep, lab/sweep/store.h keeps its results, lab/sweep/statistics.h summarizes them.
 */
#pragma once

#include "lab/judge/comparison.h"
#include "lab/judge/metrics.h"
#include "lab/judge/selection.h"
#include "lab/language/charts.h"
#include "lab/language/limits.h"
#include "lab/report/run.h"

/* A parameter. */
typedef struct
{
  char *path;       /* "links.0.loss"; SF_SWEEP_VARIANT: the variant of the scenario */
  SfWording *title; /* for tables and graphs: the title that the sweep gives, or the path */
  GPtrArray *texts; /* char *: the values as YAML, in order: "1%" */
  double *numbers;  /* the values as numbers in the base unit (ns, bit/s, bytes, 1); NAN: no number */
  SfUnit unit;      /* of `numbers` */
  gboolean numeric; /* all values are numbers of one unit, so it can be an axis of a graph */
  double scale; /* the unit in which the sweep writes the values, in base units: 0.01 for percent, 1e6 for ms; … */
  char *scale_name; /* … and its name: "%", "ms", "MSL"; "" for none */

  GArray *places; /* SfPlace: where the path is written, and from index 1 on where each value is */
  guint *order;   /* Latin hypercube: by point, the index of its value; otherwise NULL */
} SfSweepAxis;

/* The path of the axis whose values are names of variants. */
#define SF_SWEEP_VARIANT "variant"

/* The kinds of measures. */
typedef enum
{
  SF_MEASURE_METRIC,   /* a metric of lab/judge/metrics.h */
  SF_MEASURE_EXPECT,   /* whether an expectation holds: 0 or 1 */
  SF_MEASURE_ERROR,    /* how many calls of applications fail with an error */
  SF_MEASURE_SEGMENTS, /* how many segments match a pattern */
} SfMeasureKind;

typedef struct
{
  SfMeasureKind kind;
  char *name;             /* name of the column: letters, digits, '-' and '_'; unique even if case is ignored */
  SfWording *title;       /* for tables and graphs */
  const SfMetric *metric; /* METRIC */
  SfScope scope;          /* METRIC, ERROR */
  guint expect;           /* EXPECT: index into the expectations of the scenario … */
  char *expect_name;      /* … and its name, since a variant may have other expectations */
  int error;              /* ERROR: errno value, 0: any */
  const char *call;       /* ERROR: a name of sf_call_names(), NULL: any */
  SfSelection selection;  /* SEGMENTS */
  SfUnit unit;            /* unit of the values; EXPECT: SF_UNIT_COUNT, shown as a fraction */
  gboolean fraction;      /* values are 0 or 1: the interval is Wilson's */
} SfMeasure;

/* The value of a run in which the measure does not exist (the time of a handshake that never ended). */
#define SF_NO_VALUE G_MININT64

typedef enum
{
  SF_SAMPLING_GRID,            /* all combinations of values; the last axis varies fastest */
  SF_SAMPLING_LIST,            /* point i has the i-th value of every axis */
  SF_SAMPLING_LATIN_HYPERCUBE, /* n points; each axis is cut into n equal parts, and each part is used once */
} SfSampling;

#define SF_THEORY_NAMES \
  {                     \
    "x", "y", NULL      \
  }

typedef struct
{
  SfSweepChart kind;
  guint measure; /* index */
  guint x, y;    /* indices of axes; `y` only for a heat map */
  gboolean x_log, y_log;
  gboolean x_rate;                      /* the x axis shows the rate 1/x instead of the interval x */
  SfWording *title, *x_title, *y_title; /* NULL: made from names and units */
  /* A formula (lab/sweep/formula.h) to be drawn, NULL: none. Its names are SF_THEORY_NAMES: x, and y for the second
   * numeric axis, in which the lines of a family differ. Times are in seconds, rates in bit/s, amounts in bytes,
   * multiples of the MSL in MSL, probabilities from 0 to 1; so is the value. With `x_rate`, x is still the interval. */
  char *theory;
  SfWording *theory_title;
} SfSweepPlot;

typedef struct
{
  char *file;          /* as given */
  SfSource *source;    /* the scenario as it was read, stored with the results for replays */
  SfDocument *written; /* the same, parsed: what all points share */
  SfRun *base;         /* the run of the scenario without the values of a point */
  char *variant;       /* NULL: the standard run, unless the variant is an axis */
  GPtrArray *sets;     /* char *: "PATH=VALUE", from --set */
  guint64 seed;
  SfSampling sampling;
  guint n_points;       /* Latin hypercube: as given; otherwise it follows from the axes */
  GPtrArray *axes;      /* SfSweepAxis */
  GPtrArray *measures;  /* SfMeasure */
  GPtrArray *plots;     /* SfSweepPlot */
  guint64 replications; /* per point, at most */
  int precise_measure;  /* a point is done when the interval of this measure is narrow enough; -1: none */
  double precision;     /* half the width of the 95 % interval, relative to the mean (for fractions, absolute) */
  SfWording *title, *asks;
  char *command_line; /* the options of the command line as JSON, for sf_sweep_restore() */
  GPtrArray *options; /* SfSource: these options, since places may be in them */
} SfSweep;

/* Options of the command line, which add to the `sweep` section of the scenario or override it. */
typedef struct
{
  SfRunOptions run; /* variant, --set, --seed */
  const char *const
    *varies; /* "KEY=FROM:TO:STEP", "KEY=FROM:TO:7steps", "KEY=FROM:TO:7log" or "KEY=a,b,c"; NULL-terminated, or NULL */
  guint64 replications;        /* 0: those of the scenario, 1 by default */
  const char *const *measures; /* added to the scenario's, and written in the same way: "handshake-time", "{error:
                                  ETIMEDOUT}"; NULL-terminated, or NULL */
  const char *precision;       /* "MEASURE:PERCENT", NULL: none */
  const char *sample;          /* "grid", "list", "latin-hypercube:100"; NULL: that of the scenario */
  const char *const *plots;    /* added to the scenario's, and written in the same way: "{kind: cdf, of: segments}";
                                  NULL-terminated, or NULL */
} SfSweepOptions;

/* Loads the sweep of the scenario file `path`. Up to a thousand points are loaded, to find mistakes in paths and
 * ranges. NULL after a diagnostic. */
SfSweep *sf_sweep_load (const char *path, const SfSweepOptions *options, SfDiagnostics *diag);
void sf_sweep_free (SfSweep *sweep);

/* Loads the points that sf_sweep_load() has not loaded, to find mistakes before anything runs: those of shard `shard`
 * of `n_shards` (0 of 1: all). Of very many points it loads a sample and every value of every axis. Uses `n_threads`
 * threads (0: one per processor). FALSE after a diagnostic. */
gboolean sf_sweep_try (const SfSweep *sweep, guint n_threads, guint shard, guint n_shards, SfDiagnostics *diag);

/* Checks the sweep of `scenario`, if it has one, as sf_sweep_load() and sf_sweep_try() do. FALSE after a diagnostic. */
gboolean sf_sweep_check (const SfScenario *scenario, SfDiagnostics *diag);

/* Rebuilds a stored sweep: `text` (`len` bytes) is its scenario, `name` the name of the file, `command_line` that of
 * SfSweep. Points are not checked again. NULL after a diagnostic. */
SfSweep *sf_sweep_restore (const char *name, const char *text, gsize len, const char *command_line,
                           SfDiagnostics *diag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSweep, sf_sweep_free)

/* Returns the number of points. */
guint sf_sweep_n_points (const SfSweep *sweep);

/* Returns the index in axis `axis` of the value of `point`. */
guint sf_sweep_value (const SfSweep *sweep, guint point, guint axis);

/* Loads the run of `point`: the scenario with the point's values. NULL after a diagnostic. */
SfRun *sf_sweep_load_point (const SfSweep *sweep, guint point, SfDiagnostics *diag);

/* Measures `trace`, the trace of `run`. Stores one value per measure, SF_NO_VALUE if it does not exist. */
void sf_sweep_measure (const SfSweep *sweep, const SfRun *run, const SfTrace *trace, gint64 *ret_values);

/* Returns a digest, in hexadecimal, of everything that affects results: text of the scenario, overrides, axes,
 * measures, seed, replications, precision, version of the program. Shards and resumed sweeps must have the same. */
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
