/* SPDX-License-Identifier: MIT
 *
 * Draws the graphs of a sweep whose results were made by hand: checks the files, and the text in them.
 */
#include "results/charts.h"

#include "base/files.h"
#include "tests/support/sweeps.h"

#include <glib/gstdio.h>
#include <string.h>

#define NONE SF_NO_VALUE
#define MS(n) ((gint64) (n) *1000000)

#define MEASURES "  replications: 2\n  measure: [{metric: handshake-time, name: time, title: time of it}, segments]\n"

/* Two points with two runs each. */
static const gint64 two_points[] = { MS (10), 8, MS (30), 8, MS (2), 8, NONE, 8 };

static const struct
{
  const char *name, *section;
  const char *files;     /* names of the files in the folder */
  const char *looked_at; /* one of these files */
  const char *texts[5];  /* texts in that file */
} rows[] = {
  { "line",
    "  vary: {links.0.loss: [0%, 20%]}\n" MEASURES "  plot: [{kind: line, y: time}]\n",
    "line-time.svg",
    "line-time.svg",
    { "loss (%)", "time of it (ms)",
      "2 runs at each point, mean with its interval of 95 % (Student); left out: 1 without a value", "a test" } },
  { "twice",
    "  vary: {links.0.loss: [0%, 20%]}\n" MEASURES
    "  plot: [{kind: line, y: time, title: first}, {kind: line, y: time, title: second}]\n",
    "line-time-2.svg line-time.svg",
    "line-time-2.svg",
    { "second" } },
  /* A graph may name both axes. Units stay. */
  { "titles",
    "  vary: {links.0.delay: [5ms, 50ms]}\n" MEASURES
    "  plot: [{kind: line, y: time, x-title: the way, y-title: the wait}]\n",
    "line-time.svg",
    "line-time.svg",
    { "the way (ms)", "the wait (ms)" } },
  { "rate",
    "  vary: {links.0.delay: [5ms, 50ms]}\n" MEASURES "  plot: [{kind: line, y: time, x-as: rate}]\n",
    "line-time.svg",
    "line-time.svg",
    { "1 / delay (1/s)" } },
  { "theory",
    "  vary: {links.0.delay: [5ms, 50ms]}\n" MEASURES
    "  plot: [{kind: line, y: time, theory: 2 * x, theory-title: two ways}]\n",
    "line-time.svg",
    "line-time.svg",
    { "measured", "two ways" } },
  { "family",
    "  vary: {links.0.loss: [0%], links.0.delay: [5ms, 50ms]}\n" MEASURES
    "  plot: [{kind: line, y: segments, x: links.0.loss}]\n",
    "line-segments.svg",
    "line-segments.svg",
    { "delay 5ms", "delay 50ms" } },
  { "heatmap",
    "  vary: {links.0.loss: [0%], links.0.delay: [5ms, 50ms]}\n" MEASURES
    "  plot: [{kind: heatmap, x: links.0.loss, y: links.0.delay, z: time}]\n",
    "heatmap-time.svg",
    "heatmap-time.svg",
    { "loss (%)", "delay (ms)", "time of it (ms)" } },
  /* A map for each value of a third parameter. */
  { "heatmaps",
    "  vary: {links.0.loss: [0%], links.0.delay: [5ms], links.0.duplicate: [2%, 3%]}\n" MEASURES
    "  plot: [{kind: heatmap, x: links.0.loss, y: links.0.delay, z: time}]\n",
    "heatmap-time-1.svg heatmap-time-2.svg",
    "heatmap-time-2.svg",
    { "duplicate 3% · 2 runs at each point" } },
  { "histogram",
    "  vary: {links.0.loss: [0%, 20%]}\n" MEASURES "  plot: [{kind: histogram, of: time}]\n",
    "histogram-time.svg",
    "histogram-time.svg",
    { "time of it (ms)", "loss 0%", "loss 20%" } },
  { "cdf",
    "  vary: {links.0.loss: [0%, 20%]}\n" MEASURES "  plot: [{kind: cdf, of: segments}]\n",
    "cdf-segments.svg",
    "cdf-segments.svg",
    { "loss 0%", "loss 20%" } },
  { "none", "  vary: {links.0.loss: [0%, 20%]}\n" MEASURES "  plot: []\n", "", NULL, { NULL } },
};

/* Returns the sorted names in folder `dir`, separated by spaces. */
static char *
names_in (const char *dir)
{
  g_autoptr (GPtrArray) names = sf_directory_list (dir, NULL);

  g_assert_nonnull (names);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (" ", (char **) names->pdata);
}

static void
remove_folder (const char *dir)
{
  g_autoptr (GPtrArray) names = sf_directory_list (dir, NULL);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (dir, g_ptr_array_index (names, i), NULL);

      g_remove (path);
    }
  g_assert_cmpint (g_rmdir (dir), ==, 0);
}

/* Draws the graphs of `section` into `dir`, which it makes. */
static void
draw (const char *section, const gint64 *values, const char *dir, const char *formats)
{
  g_autoptr (SfSweep) sweep = sweeps_load (section);
  g_autoptr (SfStore) store = sweeps_fill (sweep, "charts.sqlite", values);
  g_autoptr (GError) error = NULL;
  g_autoptr (SfPointStats) stats = sf_point_stats_new (store, sweep, 1, &error);

  g_assert_no_error (error);
  g_assert_true (sf_sweep_draw (store, stats, sweep, dir, formats, NULL, &error));
  g_assert_no_error (error);
  sweeps_remove ("charts.sqlite");
}

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const char *dir = sweeps_path ("graphs");
  g_autofree char *gnuplot = g_find_program_in_path ("gnuplot");
  g_autofree char *names = NULL, *path = NULL, *text = NULL;

  if (gnuplot == NULL)
    {
      g_test_skip ("no gnuplot");
      return;
    }
  draw (rows[i].section, two_points, dir, "svg");
  names = names_in (dir);
  g_assert_cmpstr (names, ==, rows[i].files);
  if (rows[i].looked_at != NULL)
    {
      path = g_build_filename (dir, rows[i].looked_at, NULL);
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    }
  for (guint k = 0; k < G_N_ELEMENTS (rows[i].texts) && rows[i].texts[k] != NULL; k++)
    if (strstr (text, rows[i].texts[k]) == NULL)
      g_error ("no '%s' in\n%s", rows[i].texts[k], text);
  remove_folder (dir);
}

/* Ten lines are on two pages, since a page has fewer different styles. */
static void
test_pages (void)
{
  const char *dir = sweeps_path ("graphs");
  g_autofree char *gnuplot = g_find_program_in_path ("gnuplot");
  g_autofree char *names = NULL;
  gint64 values[10 * 2 * 2];

  if (gnuplot == NULL)
    {
      g_test_skip ("no gnuplot");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = MS (5);
  draw ("  vary: {links.0.loss: [0%], links.0.delay: {from: 1ms, to: 10ms, step: 1ms}}\n" MEASURES
        "  plot: [{kind: line, y: time, x: links.0.loss}]\n",
        values, dir, "svg");
  names = names_in (dir);
  g_assert_cmpstr (names, ==, "line-time-1.svg line-time-2.svg");
  remove_folder (dir);
}

/* Without formats nothing is drawn, and gnuplot is not needed. */
static void
test_no_format (void)
{
  const char *dir = sweeps_path ("graphs");
  g_autofree char *names = NULL;

  draw (rows[0].section, two_points, dir, "none");
  names = names_in (dir);
  g_assert_cmpstr (names, ==, "");
  remove_folder (dir);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/results/charts/pages", test_pages);
  g_test_add_func ("/results/charts/no-format", test_no_format);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/results/charts/", rows[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  status = g_test_run ();
  sweeps_end ();
  return status;
}
