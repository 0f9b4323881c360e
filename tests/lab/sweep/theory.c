/* SPDX-License-Identifier: MIT
 *
 * The shipped sweeps agree with their theory: where a graph has a formula, each mean is within twice its 95 % interval
 * (random errors exceed that in one point of ten thousand); where nothing is random, within 3 %.
 *
 * Some points are also compared with numbers computed by hand from the explanation, so that formula and simulation
 * cannot be wrong together.
 */
#include "lab/sweep/formula.h"
#include "tests/support/sweeps.h"

#include "lab/sweep/point_stats.h"

#include <math.h>
#include <string.h>

/* Returns the value of `axis` at `point` as formulas have it. */
static double
argument (const SfSweep *sweep, guint point, guint axis)
{
  const SfSweepAxis *a = sf_sweep_axis (sweep, axis);
  double number = a->numbers[sf_sweep_value (sweep, point, axis)];

  if (strcmp (a->scale_name, "MSL") == 0)
    return number / a->scale;
  return a->unit == SF_UNIT_TIME ? number / SF_SEC : number;
}

/* Returns the second numeric axis, `x` if there is none. */
static guint
second_axis (const SfSweep *sweep, guint x)
{
  for (guint i = 0; i < sweep->axes->len; i++)
    if (i != x && sf_sweep_axis (sweep, i)->numeric)
      return i;
  return x;
}

static gboolean
agree (const SfStats *stats, double value)
{
  double margin = stats->n > 1 ? fmax (stats->high - stats->mean, stats->mean - stats->low) * 2 : fabs (value) * 0.03;

  return fabs (stats->mean - value) <= margin + fabs (value) * 1e-3 + 1e-9;
}

static void
check_point (const SfStats *stats, const SfSweep *sweep, const SfSweepPlot *plot, guint point)
{
  static const char *const names[] = SF_THEORY_NAMES;
  const SfMeasure *measure = sf_sweep_measure_at (sweep, plot->measure);
  double arguments[] = { argument (sweep, point, plot->x), argument (sweep, point, second_axis (sweep, plot->x)) };
  g_autofree char *complaint = NULL;
  double value;

  g_assert_true (sf_formula (plot->theory, names, arguments, &value, &complaint));
  value *= measure->unit == SF_UNIT_TIME ? SF_SEC : 1;
  if (!agree (stats, value))
    {
      g_test_message ("%s at x = %g, y = %g: %g (%g to %g), theory %g", measure->name, arguments[0], arguments[1],
                      stats->mean, stats->low, stats->high, value);
      g_test_fail ();
    }
}

/* A sweep, and those of its points to which the theory applies: not those with the three-way handshake, or with
 * cookies. */
typedef struct
{
  const char *name;
  const char *axis, *value; /* only points with this value; NULL: all */
  guint n_points;           /* the number of points that must be compared */
  double x, expected;       /* a point of the first graph, computed by hand */
} Row;

/* TRUE if the theory applies to `point`. */
static gboolean
is_spoken_of (const Row *row, const SfSweep *sweep, guint point)
{
  for (guint i = 0; i < sweep->axes->len && row->axis != NULL; i++)
    {
      const SfSweepAxis *axis = sf_sweep_axis (sweep, i);

      if (strcmp (axis->path, row->axis) == 0)
        return strcmp (g_ptr_array_index (axis->texts, sf_sweep_value (sweep, point, i)), row->value) == 0;
    }
  return row->axis == NULL;
}

static void
test_sweep (gconstpointer data)
{
  const Row *row = data;
  static const char *const names[] = SF_THEORY_NAMES;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "scenarios", "sweeps", row->name, NULL);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) sweep = sf_sweep_load (path, &(SfSweepOptions){ 0 }, diag);
  g_autoptr (GError) error = NULL;
  g_autofree char *complaint = NULL;
  g_autoptr (SfStore) store = NULL;
  g_autoptr (SfPointStats) point_stats = NULL;
  const SfSweepPlot *plot;
  guint n_compared = 0;
  double value;

  g_assert_nonnull (sweep);
  plot = g_ptr_array_index (sweep->plots, 0);
  store = sweeps_open (sweep, sweeps_path (row->name), 0, 1);
  sf_sweep_run (sweep, store, &(SfSweepRunOptions){ .n_shards = 1 }, &error);
  g_assert_no_error (error);
  point_stats = sf_point_stats_new (store, sweep, 0, &error);
  g_assert_no_error (error);
  for (guint point = 0; point < sf_sweep_n_points (sweep); point++)
    if (is_spoken_of (row, sweep, point))
      {
        check_point (&sf_point_stats_of (point_stats, plot->measure)[point], sweep, plot, point);
        n_compared++;
      }
  g_assert_cmpuint (n_compared, ==, row->n_points);
  g_assert_true (sf_formula (plot->theory, names, (double[]){ row->x, 10 }, &value, &complaint));
  g_assert_cmpfloat_with_epsilon (value, row->expected, 0.005 * row->expected + 1e-12);
}

static const Row rows[] = {
  /* 0.1 + 2 * 0.2 / 0.6, less what waits of more than 60 s would add */
  { "handshake-loss.yaml", NULL, NULL, 31, 0.2, 0.765 },
  /* y = 10 s of delay: 60 s (1 - 0.09) */
  { "useless-connections.yaml", "tcp.handshake", "two-way", 33, 0.3, 54.6 },
  /* (1/2)^3 / 6 */
  { "why-2.yaml", NULL, NULL, 16, 1.5, 1.0 / 48 },
  /* y = 10 s: the pauses of 1, 2, 4 and 8 s are bridged, so five ACKs: 0.5^5 */
  { "last-ack.yaml", NULL, NULL, 44, 0.5, 0.03125 },
  /* 10 ports, 2 MSL = 2 s */
  { "ports-rate.yaml", NULL, NULL, 27, 1, 300 },
  /* 8 Erlang on 8 lines: a table of Erlang's B says 0.2356 */
  { "flood-rate.yaml", "hosts.server.tcp.syn-cookies", "never", 10, 0.03125, 0.7644 },
};

/* Every shipped sweep has its row. */
static void
test_all_shipped (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "scenarios", "sweeps", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (folder) != NULL)
    n_files++;
  g_assert_cmpuint (n_files, ==, G_N_ELEMENTS (rows));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strconcat ("/sweep-theory/", rows[i].name, NULL);

      g_test_add_data_func (name, &rows[i], test_sweep);
    }
  g_test_add_func ("/sweep-theory/all-shipped", test_all_shipped);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
