/* SPDX-License-Identifier: MIT
 *
 * Theory in graphs: the formula gets and gives base units (docs/sweeps.md), in whatever units the axes are.
 */
#include "results/chart_data.h"
#include "tests/support/sweeps.h"

#include <math.h>

/* A sweep whose first parameter is on the x axis. */
static const struct
{
  const char *name, *section;
  double unit;       /* unit of the graph in base units: 1e6 for ms */
  guint n_series;    /* number of lines of theory */
  double x[2], y[2]; /* first and last point of the first line, which goes from the smallest x to the greatest */
} rows[] = {
  /* Shares are from 0 to 1. */
  { "percent",
    "  vary: {links.0.loss: [20%, 0%, 10%]}\n  measure: [segments]\n  plot: [{kind: line, y: segments, theory: 3 * "
    "x}]\n",
    1,
    1,
    { 0, 20 },
    { 0, 0.6 } },
  /* Times are in seconds: twice 50 ms is 0.1 s, which the graph shows as 100 ms. */
  { "time",
    "  vary: {links.0.delay: [50ms, 500ms]}\n  measure: [{metric: handshake-time, name: time}]\n"
    "  plot: [{kind: line, y: time, theory: 2 * x}]\n",
    1e6,
    1,
    { 50, 500 },
    { 100, 1000 } },
  /* x stays the time if the axis shows a rate. */
  { "rate",
    "  vary: {links.0.delay: [50ms, 500ms]}\n  measure: [{metric: handshake-time, name: time}]\n"
    "  plot: [{kind: line, y: time, x-as: rate, theory: 2 * x}]\n",
    1e6,
    1,
    { 2, 20 },
    { 1000, 100 } },
  { "msl",
    "  vary: {hosts.client.tcp.time-wait: [1MSL, 2MSL]}\n  measure: [segments]\n"
    "  plot: [{kind: line, y: segments, theory: x + 1}]\n",
    1,
    1,
    { 1, 2 },
    { 2, 3 } },
  /* On a logarithmic axis it begins and ends at the same positions. */
  { "logarithmic",
    "  vary: {links.0.delay: [10ms, 1s]}\n  measure: [segments]\n"
    "  plot: [{kind: line, y: segments, x-scale: log, theory: x}]\n",
    1,
    1,
    { 10, 1000 },
    { 0.01, 1 } },
  /* A line for each y, a parameter with numbers. */
  { "family",
    "  vary: {links.0.loss: [0%, 20%], variant: [standard, slow], links.0.delay: [50ms, 100ms, 200ms]}\n"
    "  measure: [segments]\n  plot: [{kind: line, x: links.0.loss, y: segments, theory: x + 10 * y}]\n",
    1,
    3,
    { 0, 20 },
    { 0.5, 0.7 } },
  /* A formula without y has one line, however many lines of data there are. */
  { "family-without-y",
    "  vary: {links.0.loss: [0%, 20%], links.0.delay: [50ms, 100ms, 200ms]}\n"
    "  measure: [segments]\n  plot: [{kind: line, x: links.0.loss, y: segments, theory: x}]\n",
    1,
    1,
    { 0, 20 },
    { 0, 0.2 } },
};

/* Adds the theory of the first graph of `sweep` to `chart`. */
static void
add_theory (const SfSweep *sweep, double unit, SfChart *chart)
{
  const SfSweepPlot *plot = g_ptr_array_index (sweep->plots, 0);
  g_autoptr (GPtrArray) words = sf_chart_data_words (sweep);
  const SfChartData data = {
    .sweep = sweep, .plot = plot, .measure = sf_sweep_measure_at (sweep, plot->measure), .unit = unit, .words = words
  };
  g_autoptr (GArray) places = sf_chart_data_places (&data, plot->x, plot->x);
  g_autoptr (GArray) lines = sf_chart_data_lines (places);

  chart->x_log = plot->x_log;
  sf_chart_data_add_theory (&data, chart, places, (const SfChartDataLine *) (gpointer) lines->data, lines->len);
}

static SfSweep *
load (const char *section)
{
  g_autofree char *text = g_strconcat (SWEEPS_SCENARIO "variants: {slow: {set: {links.0.delay: 1s}}}\nsweep:\n",
                                       section, NULL);

  return sweeps_make (text, &(SfSweepOptions){ 0 });
}

static void
test_row (gconstpointer user)
{
  guint i = GPOINTER_TO_UINT (user);
  g_autoptr (SfSweep) sweep = load (rows[i].section);
  g_autoptr (SfChart) chart = sf_chart_new (SF_CHART_LINE);
  const SfChartSeries *first;
  guint last;

  add_theory (sweep, rows[i].unit, chart);
  g_assert_cmpuint (chart->series->len, ==, rows[i].n_series);
  first = g_ptr_array_index (chart->series, 0);
  last = first->x->len - 1;
  g_assert_true (first->theory && !first->loose);
  g_assert_cmpuint (last, >, 100);
  for (guint k = 0; k < 2; k++)
    {
      g_assert_cmpfloat_with_epsilon (g_array_index (first->x, double, k *last), rows[i].x[k], 1e-9 * rows[i].x[1]);
      g_assert_cmpfloat_with_epsilon (g_array_index (first->y, double, k *last), rows[i].y[k],
                                      1e-9 * rows[i].y[1] + 1e-9);
    }
  /* One title for all lines. */
  g_assert_cmpstr (first->title, ==, "theory");
  for (guint k = 1; k < chart->series->len; k++)
    g_assert_null (((const SfChartSeries *) g_ptr_array_index (chart->series, k))->title);
}

/* Points that form no lines have a point of theory each, at their own x and y. */
static void
test_loose (void)
{
  g_autoptr (SfSweep) sweep = load ("  sample: list\n  vary: {links.0.loss: [20%, 0%], links.0.delay: [50ms, 100ms]}\n"
                                    "  measure: [segments]\n"
                                    "  plot: [{kind: line, x: links.0.loss, y: segments, theory: x + 10 * y}]\n");
  g_autoptr (SfChart) chart = sf_chart_new (SF_CHART_LINE);
  const SfChartSeries *points;

  add_theory (sweep, 1, chart);
  g_assert_cmpuint (chart->series->len, ==, 1);
  points = g_ptr_array_index (chart->series, 0);
  g_assert_true (points->theory && points->loose);
  g_assert_cmpuint (points->x->len, ==, 2);
  g_assert_cmpfloat_with_epsilon (g_array_index (points->x, double, 0), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (g_array_index (points->y, double, 0), 0 + 10 * 0.1, 1e-9);
  g_assert_cmpfloat_with_epsilon (g_array_index (points->x, double, 1), 20, 1e-9);
  g_assert_cmpfloat_with_epsilon (g_array_index (points->y, double, 1), 0.2 + 10 * 0.05, 1e-9);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/results/theory/loose", test_loose);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/results/theory/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  status = g_test_run ();
  sweeps_end ();
  return status;
}
