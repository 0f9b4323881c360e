/* SPDX-License-Identifier: MIT
 *
 * The data of graphs of sweeps: the positions of points on the axes, which points form a line, and which lines are
 * drawn.
 */
#include "results/chart_data.h"
#include "tests/support/sweeps.h"

#include <string.h>

#define RUNS "  replications: 1\n  measure: [segments]\n"

#define LINE(x_axis) "  plot: [{kind: line, y: segments, x: " x_axis "}]\n"

/* The data of the first graph of a sweep. Clear it. */
typedef struct
{
  SfSweep *sweep;
  GPtrArray *words;
  SfChartData data;
} Graph;

static void
graph_load (Graph *graph, const char *section)
{
  g_autofree char *text = g_strconcat (SWEEPS_SCENARIO "variants: {two-way: {set: {tcp.handshake: two-way}}, "
                                                       "slow: {set: {links.0.delay: 1s}}}\nsweep:\n",
                                       section, NULL);

  graph->sweep = sweeps_make (text, &(SfSweepOptions){ 0 });
  graph->words = sf_chart_data_words (graph->sweep);
  graph->data = (SfChartData){ .sweep = graph->sweep,
                               .plot = g_ptr_array_index (graph->sweep->plots, 0),
                               .measure = sf_sweep_measure_at (graph->sweep, 0),
                               .unit = 1,
                               .words = graph->words };
}

static void
graph_clear (Graph *graph)
{
  g_ptr_array_unref (graph->words);
  sf_sweep_free (graph->sweep);
}

/* --- where points are --- */

/* The position of each point on the axis of the first parameter. */
static const struct
{
  const char *name, *section;
  guint n;
  double places[4];
} placed[] = {
  { "percent", "  vary: {links.0.loss: [0%, 20%, 2.5%]}\n" RUNS LINE ("links.0.loss"), 3, { 0, 20, 2.5 } },
  { "milliseconds", "  vary: {links.0.delay: [5ms, 1s]}\n" RUNS LINE ("links.0.delay"), 2, { 5, 1000 } },
  { "msl",
    "  vary: {hosts.client.tcp.time-wait: [1MSL, 2MSL]}\n" RUNS LINE ("hosts.client.tcp.time-wait"),
    2,
    { 1, 2 } },
  /* The rate per second. */
  { "rate",
    "  vary: {links.0.delay: [5ms, 20ms]}\n" RUNS "  plot: [{kind: line, y: segments, x: links.0.delay, x-as: rate}]\n",
    2,
    { 200, 50 } },
  { "words", "  vary: {variant: [standard, two-way, slow]}\n" RUNS LINE ("variant"), 3, { 0, 1, 2 } },
  /* A word that comes twice in a list has one position. */
  { "same-words",
    "  sample: list\n  vary: {variant: [slow, standard, slow, standard], links.0.loss: [1%, 2%, 3%, 4%]}\n" RUNS LINE (
      "variant"),
    4,
    { 0, 1, 0, 1 } },
};

static void
test_placed (gconstpointer user)
{
  guint i = GPOINTER_TO_UINT (user);
  Graph graph;

  graph_load (&graph, placed[i].section);
  g_assert_cmpuint (sf_sweep_n_points (graph.sweep), ==, placed[i].n);
  for (guint point = 0; point < placed[i].n; point++)
    g_assert_cmpfloat_with_epsilon (sf_chart_data_place (&graph.data, point, 0), placed[i].places[point], 1e-9);
  graph_clear (&graph);
}

static void
test_words (void)
{
  Graph graph;
  char **variants, **losses;

  graph_load (&graph,
              "  sample: list\n  vary: {variant: [slow, standard, slow], links.0.loss: [1%, 2%, 3%]}\n" RUNS LINE (
                "links.0.loss"));
  variants = g_ptr_array_index (graph.words, 0);
  losses = g_ptr_array_index (graph.words, 1);
  g_assert_cmpuint (g_strv_length (variants), ==, 2);
  g_assert_cmpstr (variants[0], ==, "slow");
  g_assert_cmpstr (variants[1], ==, "standard");
  g_assert_cmpuint (g_strv_length (losses), ==, 0);
  graph_clear (&graph);
}

/* --- which points are one line --- */

/* Returns the points in their order, with a '|' between lines. */
static char *
order_of (const GArray *places)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < places->len; i++)
    {
      const SfChartDataPlace *place = &g_array_index (places, SfChartDataPlace, i);

      if (i > 0)
        g_string_append_c (text, place[-1].combination != place->combination ? '|' : ' ');
      g_string_append_printf (text, "%u", place->point);
    }
  return g_string_free (text, FALSE);
}

/* The first parameter is on the x axis. In a grid the last one runs fastest. */
static const struct
{
  const char *name, *section, *order;
  gboolean loose;
} families[] = {
  { "one-line", "  vary: {links.0.loss: [20%, 0%, 10%]}\n" RUNS LINE ("links.0.loss"), "1 2 0", FALSE },
  { "family", "  vary: {links.0.loss: [0%, 20%], links.0.delay: [5ms, 50ms, 1s]}\n" RUNS LINE ("links.0.loss"),
    "0 3|1 4|2 5", FALSE },
  { "two-more",
    "  vary: {links.0.loss: [0%, 20%], links.0.delay: [5ms, 50ms], variant: [standard, two-way]}\n" RUNS LINE (
      "links.0.loss"),
    "0 4|1 5|2 6|3 7", FALSE },
  /* Numbers of a list do not separate lines, but words do. */
  { "list",
    "  sample: list\n  vary: {links.0.loss: [20%, 0%, 10%], links.0.delay: [5ms, 50ms, 5ms]}\n" RUNS LINE (
      "links.0.loss"),
    "1 2 0", TRUE },
  { "list-of-words",
    "  sample: list\n  vary: {links.0.loss: [20%, 0%, 10%], variant: [slow, standard, slow]}\n" RUNS LINE (
      "links.0.loss"),
    "2 0|1", FALSE },
  /* Points at the same position are sorted by number. */
  { "same-place",
    "  sample: list\n  vary: {links.0.loss: [10%, 10%, 0%], links.0.delay: [9ms, 5ms, 5ms]}\n" RUNS LINE (
      "links.0.loss"),
    "2 0 1", TRUE },
};

static void
test_family (gconstpointer user)
{
  guint i = GPOINTER_TO_UINT (user);
  g_autoptr (GArray) places = NULL;
  g_autofree char *order = NULL;
  Graph graph;

  graph_load (&graph, families[i].section);
  places = sf_chart_data_places (&graph.data, 0, 0);
  order = order_of (places);
  g_assert_cmpstr (order, ==, families[i].order);
  g_assert_cmpint (sf_chart_data_is_loose (&graph.data), ==, families[i].loose);
  graph_clear (&graph);
}

/* In a map, two parameters do not separate points. */
static void
test_map (void)
{
  g_autoptr (GArray) places = NULL;
  g_autofree char *order = NULL;
  Graph graph;

  graph_load (&graph, "  vary: {links.0.loss: [0%, 20%], links.0.delay: [5ms, 50ms], variant: [standard, slow]}\n" RUNS
                      "  plot: [{kind: heatmap, x: links.0.loss, y: links.0.delay, z: segments}]\n");
  places = sf_chart_data_places (&graph.data, 0, 1);
  order = order_of (places);
  g_assert_cmpstr (order, ==, "0 2 4 6|1 3 5 7");
  graph_clear (&graph);
}

static void
test_lines (void)
{
  static const guint64 combinations[] = { 0, 0, 3, 7, 7, 7 };
  static const SfChartDataLine expected[] = { { 0, 2 }, { 2, 1 }, { 3, 3 } };
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (SfChartDataPlace));
  g_autoptr (GArray) none = sf_chart_data_lines (places);
  g_autoptr (GArray) lines = NULL;

  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (combinations); i++)
    g_array_append_vals (places, &(SfChartDataPlace){ .combination = combinations[i], .x = i, .point = i }, 1);
  lines = sf_chart_data_lines (places);
  g_assert_cmpuint (lines->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < lines->len; i++)
    {
      g_assert_cmpuint (g_array_index (lines, SfChartDataLine, i).first, ==, expected[i].first);
      g_assert_cmpuint (g_array_index (lines, SfChartDataLine, i).n, ==, expected[i].n);
    }
}

/* All lines; of more than 24, the first, the last, and others at even distances. */
static void
test_choose (void)
{
  static const guint counts[] = { 0, 1, 2, 24, 25, 100, 10000 };

  for (guint c = 0; c < G_N_ELEMENTS (counts); c++)
    {
      guint n = counts[c], step = n / 24;
      g_autoptr (GArray) lines = g_array_new (FALSE, FALSE, sizeof (SfChartDataLine));
      g_autoptr (GArray) chosen = NULL;

      for (guint i = 0; i < n; i++)
        g_array_append_vals (lines, &(SfChartDataLine){ i, 1 }, 1);
      chosen = sf_chart_data_choose (lines);
      g_assert_cmpuint (chosen->len, ==, MIN (n, 24));
      for (guint i = 0; i < chosen->len; i++)
        {
          guint line = g_array_index (chosen, SfChartDataLine, i).first;

          if (n <= 24)
            g_assert_cmpuint (line, ==, i);
          else if (i == 0)
            g_assert_cmpuint (line, ==, 0);
          else
            {
              guint distance = line - g_array_index (chosen, SfChartDataLine, i - 1).first;

              g_assert_cmpuint (distance, >=, MAX (step, 1));
              g_assert_cmpuint (distance, <=, (n - 1) / 23 + 1);
            }
          g_assert_true (i + 1 < chosen->len || line == n - 1);
        }
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/results/chart_data/words", test_words);
  g_test_add_func ("/results/chart_data/map", test_map);
  g_test_add_func ("/results/chart_data/lines", test_lines);
  g_test_add_func ("/results/chart_data/choose", test_choose);
  for (guint i = 0; i < G_N_ELEMENTS (placed); i++)
    {
      g_autofree char *path = g_strconcat ("/results/chart_data/placed/", placed[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_placed);
    }
  for (guint i = 0; i < G_N_ELEMENTS (families); i++)
    {
      g_autofree char *path = g_strconcat ("/results/chart_data/family/", families[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_family);
    }
  status = g_test_run ();
  sweeps_end ();
  return status;
}
