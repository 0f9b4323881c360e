/* SPDX-License-Identifier: MIT
 *
 * Charts: their axes, the numbers that they draw, and that gnuplot can draw every kind with any numbers.
 */
#include "plots/chart/chart.h"
#include "plots/chart/page.h"

#include <string.h>

static void
assert_has (const SfPage *page, const char *what)
{
  if (strstr (page->script->str, what) == NULL)
    g_error ("no '%s' in\n%s", what, page->script->str);
}

static void
assert_has_not (const SfPage *page, const char *what)
{
  if (strstr (page->script->str, what) != NULL)
    g_error ("'%s' in\n%s", what, page->script->str);
}

static SfChart *
new_chart (SfChartKind kind)
{
  SfChart *chart = sf_chart_new (kind);

  chart->title = g_strdup ("A title");
  chart->subtitle = g_strdup ("1000 runs");
  chart->x_title = g_strdup ("loss (%)");
  chart->y_title = g_strdup ("time (s)");
  chart->z_title = g_strdup ("useless (s)");
  return chart;
}

/* --- axes --- */

static SfChartAxis
axis_of (double a, double b, gboolean log)
{
  SfChartAxis axis = { INFINITY, -INFINITY, log, 10, NULL, "x" };

  sf_chart_axis_take (&axis, a);
  sf_chart_axis_take (&axis, b);
  return axis;
}

static void
test_axis (void)
{
  SfChartAxis axis = axis_of (2, 10, FALSE);

  sf_chart_axis_finish (&axis, TRUE);
  g_assert_cmpfloat (axis.low, ==, 0); /* 0 is near enough */
  g_assert_cmpfloat (axis.high, >, 10);
  axis = axis_of (1000, 1010, FALSE);
  sf_chart_axis_finish (&axis, TRUE);
  g_assert_cmpfloat (axis.low, >, 990);
  axis = axis_of (5, 5, FALSE);
  sf_chart_axis_finish (&axis, FALSE);
  g_assert_cmpfloat (axis.low, <, 5);
  g_assert_cmpfloat (axis.high, >, 5);
  axis = axis_of (0, 100, TRUE); /* a logarithmic axis has no 0 */
  g_assert_cmpfloat (axis.low, ==, 100);
  axis = axis_of ((double) NAN, (double) NAN, FALSE);
  g_assert_false (sf_chart_axis_has_values (&axis));
}

/* --- lines --- */

static void
test_lines (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_LINE);
  g_autoptr (SfPage) page = NULL;
  SfChartSeries *series = sf_chart_add_series (chart, "measured");

  sf_chart_add_point (series, 0, 1, 0.5, 1.5);
  sf_chart_add_point (series, 10, 2, NAN, NAN);
  series = sf_chart_add_series (chart, "theory");
  series->theory = TRUE;
  sf_chart_add_point (series, 0, 1, NAN, NAN);
  sf_chart_add_point (series, 10, 3, NAN, NAN);
  page = sf_chart (chart);
  assert_has (page, "0 1 0.5 1.5\n10 2 2 2\n"); /* without an interval: a point */
  assert_has (page, "with yerrorbars");
  assert_has (page, SF_CHART_THEORY);
  assert_has (page, "\"A title\"");
  assert_has (page, "\"1000 runs\"");
  assert_has (page, "\"loss (%)\"");
  assert_has_not (page, "filledcurves");
  assert_has_not (page, "logscale");
}

/* Many points: a band, and the mark of every 6th. */
static void
test_band (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_LINE);
  SfChartSeries *series = sf_chart_add_series (chart, NULL);
  g_autoptr (SfPage) page = NULL;

  for (guint i = 0; i < 100; i++)
    sf_chart_add_point (series, i, i, i - 1, i + 1);
  page = sf_chart (chart);
  assert_has (page, "filledcurves");
  assert_has (page, "every 6 ");
  assert_has_not (page, "yerrorbars");
}

/* A logarithmic axis cannot show values of 0 and less. An interval that begins there is clipped to the axis. */
static void
test_log (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_LINE);
  SfChartSeries *series = sf_chart_add_series (chart, NULL);
  g_autoptr (SfPage) page = NULL;

  chart->y_log = chart->x_log = TRUE;
  sf_chart_add_point (series, 1, 0, 0, 0);
  sf_chart_add_point (series, 10, 10, -5, 20);
  sf_chart_add_point (series, 1000, 1000, 900, 1100);
  page = sf_chart (chart);
  assert_has (page, "set logscale x");
  assert_has (page, "set logscale y");
  assert_has (page, "1 NaN ");
  assert_has (page, "'10' 10, '100' 100, '1000' 1000");
  assert_has (page, "1 point at 0 or below has no place");
}

/* Unrelated points have marks only, however many they are. */
static void
test_loose (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_LINE);
  SfChartSeries *series = sf_chart_add_series (chart, "measured");
  g_autoptr (SfPage) page = NULL;

  series->loose = TRUE;
  for (guint i = 0; i < 100; i++)
    sf_chart_add_point (series, i, i * i % 17, i * i % 17 - 1, i * i % 17 + 1);
  series = sf_chart_add_series (chart, "theory");
  series->loose = series->theory = TRUE;
  sf_chart_add_point (series, 50, 5, NAN, NAN);
  page = sf_chart (chart);
  assert_has (page, "with yerrorbars");
  assert_has (page, "every 1 using 1:2 with points");
  assert_has (page, "using 1:2 with points " SF_CHART_THEORY_MARK);
  assert_has_not (page, "filledcurves");
  assert_has_not (page, "with lines");
  assert_has_not (page, "set arrow"); /* nor in the legend */
}

/* A series without values is in the legend, which says so. */
static void
test_no_value (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_LINE);
  g_autoptr (SfPage) page = NULL;

  chart->y_log = TRUE;
  sf_chart_add_point (sf_chart_add_series (chart, "a"), 1, 5, 4, 6);
  sf_chart_add_point (sf_chart_add_series (chart, "b"), 1, NAN, NAN, NAN);
  sf_chart_add_point (sf_chart_add_series (chart, "c"), 1, 0, 0, 1);
  page = sf_chart (chart);
  assert_has (page, "\"a\"");
  assert_has (page, "\"b (no value)\"");
  assert_has (page, "\"c (nothing above 0)\"");
  assert_has_not (page, "$g1");
}

/* Lines that would look like others are not drawn, and the page says so. */
static void
test_too_many (void)
{
  static const SfChartKind kinds[] = { SF_CHART_LINE, SF_CHART_CDF };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (SfChart) chart = new_chart (kinds[k]);
      g_autoptr (SfPage) page = NULL;

      for (guint i = 0; i < SF_CHART_LOOKS + 3; i++)
        {
          g_autofree char *title = g_strdup_printf ("line %u", i);
          SfChartSeries *series = sf_chart_add_series (chart, title);

          if (kinds[k] == SF_CHART_LINE)
            sf_chart_add_point (series, 1, i, i, i);
          else
            sf_chart_add_value (series, i, 1);
        }
      page = sf_chart (chart);
      assert_has (page, "\"line 7\"");
      assert_has_not (page, "\"line 8\"");
      assert_has (page, "\"3 more are not shown\"");
    }
}

/* Charts of a group have the same axes, logarithmic ones as well. */
static void
test_group (void)
{
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func ((GDestroyNotify) sf_chart_free);
  g_autoptr (SfPage) first = NULL, second = NULL;

  for (guint i = 0; i < 2; i++)
    {
      SfChart *chart = new_chart (SF_CHART_LINE);

      chart->y_log = TRUE;
      chart->group = group;
      sf_chart_add_point (sf_chart_add_series (chart, "a"), i, i * 100, 0, i * 1000);
      sf_chart_add_point (sf_chart_add_series (chart, "b"), i, i * 10, NAN, NAN);
      g_ptr_array_add (group, chart);
    }
  first = sf_chart (g_ptr_array_index (group, 0));
  second = sf_chart (g_ptr_array_index (group, 1));
  for (guint i = 0; i < 2; i++)
    {
      assert_has (i == 0 ? first : second, "set logscale y");
      assert_has (i == 0 ? first : second, "set xrange [-0.03:1.03]");
      assert_has (i == 0 ? first : second, "'10' 10, '20' 20, '50' 50, '100' 100, '200' 200, '500' 500, '1000' 1000");
    }
}

/* The page grows with its legend. */
static void
test_long_legend (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_LINE);
  g_autoptr (SfPage) page = NULL;

  for (guint i = 0; i < 8; i++)
    sf_chart_add_point (
      sf_chart_add_series (chart,
                           "a title that is so long that only one of its kind finds room in a line of the legend"),
      1, i, i, i);
  page = sf_chart (chart);
  g_assert_cmpfloat (page->height, ==, 432 + 6 * 16);
}

/* Points at one name stand side by side: here three of the first of two series, around -0.25, over half of 0.5. */
static void
test_same_name (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_LINE);
  g_autoptr (SfPage) page = NULL;
  SfChartSeries *series = sf_chart_add_series (chart, "a");

  chart->x_names = g_strsplit ("two-way|three-way", "|", -1);
  for (guint i = 0; i < 4; i++)
    sf_chart_add_point (series, i / 3, i, i, i);
  sf_chart_add_point (sf_chart_add_series (chart, "b"), 1, 9, 9, 9);
  page = sf_chart (chart);
  assert_has (page, "-0.375 0 0 0\n-0.25 1 1 1\n-0.125 2 2 2\n0.75 3 3 3\n");
  assert_has (page, "1.25 9 9 9\n");
}

static void
test_names (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_LINE);
  g_autoptr (SfPage) page = NULL;

  chart->x_names = g_strsplit ("two-way|three-way, 5% `date`", "|", -1);
  for (guint k = 0; k < 2; k++)
    {
      SfChartSeries *series = sf_chart_add_series (chart, k == 0 ? "a" : "b");

      for (guint i = 0; i < 2; i++)
        sf_chart_add_point (series, i, 5, 4, 6);
    }
  page = sf_chart (chart);
  assert_has (page, "\"two-way\" at first 0");
  assert_has (page, "set xrange [-0.5:1.5]");
  assert_has (page, "-0.25 5 4 6\n0.75 5 4 6\n"); /* beside each other */
  assert_has (page, "0.25 5 4 6\n1.25 5 4 6\n");
  assert_has_not (page, "with lines");
  assert_has_not (page, "`");
}

/* --- heat maps --- */

static void
test_heatmap (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_HEATMAP);
  g_autoptr (SfPage) page = NULL;

  for (guint k = 0; k < 2; k++)
    {
      SfChartSeries *series = sf_chart_add_series (chart, NULL);

      series->at = k == 0 ? 50 : 20; /* rows in any order */
      for (guint i = 0; i < 3; i++)
        sf_chart_add_point (series, 5 * i, k == 0 ? 1000 + i : i == 1 ? (double) NAN : i, NAN, NAN);
    }
  page = sf_chart (chart);
  assert_has (page, "0 0 -0.5 0.5 -0.5 0.5 16251645\n"); /* 0xf7fafd, the lightest: x 0, y 20, z 0 */
  assert_has (page, "2 1 1.5 2.5 0.5 1.5 540792\n");     /* 0x084078, the darkest: x 10, y 50, z 1002 */
  assert_has (page, "'1002' at first 2, first 1");
  assert_has (page, "'–' at first 1, first 0");
  assert_has (page, "\"20\" 0, \"50\" 1");
  assert_has_not (page, "several points");
}

/* Points of one cell, as a list may have them: 4 and 8, and one without a value. */
static void
test_heatmap_mean (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_HEATMAP);
  SfChartSeries *series = sf_chart_add_series (chart, NULL);
  g_autoptr (SfPage) page = NULL;

  chart->z_high = 60;
  sf_chart_add_point (series, 1, 4, NAN, NAN);
  sf_chart_add_point (series, 1, NAN, NAN, NAN);
  sf_chart_add_point (series, 1, 8, NAN, NAN);
  sf_chart_add_point (series, 2, 60, NAN, NAN);
  page = sf_chart (chart);
  assert_has (page, "'6' at first 0, first 0");
  assert_has (page, "'60' at first 1, first 0");
  assert_has_not (page, "'4'");
  assert_has (page, "several points");
}

/* The same number has the same color in all maps of a group. */
static void
test_heatmap_range (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_HEATMAP);
  SfChartSeries *series = sf_chart_add_series (chart, NULL);
  g_autoptr (SfPage) page = NULL;

  chart->z_high = 60;
  sf_chart_add_point (series, 0, 0, NAN, NAN);
  page = sf_chart (chart);
  assert_has (page, "0 0 -0.5 0.5 -0.5 0.5 16251645\n");
  assert_has (page, "\"60\" at screen");
}

/* --- distributions --- */

/* 1, 1, 1, 2 and 4: whole numbers with a bar each. The highest, 60 %, takes 0.8 of the panel; the title is above it. */
static void
test_histogram (void)
{
  static const double values[] = { 1, 1, 1, 2, 4 };
  g_autoptr (SfChart) chart = new_chart (SF_CHART_HISTOGRAM);
  SfChartSeries *series = sf_chart_add_series (chart, "loss 10%");
  g_autoptr (SfPage) page = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    sf_chart_add_value (series, values[i], 1);
  sf_chart_add_series (chart, "loss 100%");
  page = sf_chart (chart);
  assert_has (page, "1 1 0.5 1.5 1 1.8\n2 1 1.5 2.5 1 1.266666667\n4 1 3.5 4.5 1 1.266666667\n");
  assert_has (page, "'0' 0, '30' 0.4, '60' 0.8, '0' 1, '30' 1.4, '60' 1.8)");
  assert_has (page, "\"loss 10%\" at graph 1, first 1.895 right");
  assert_has (page, "\"loss 100% (no value)\" at graph 1, first 0.895 right");
}

/* Equal values are stored once, and there may be more of them than 32 bits can count. Here 25 % and 75 %; a full panel
 * is 80 %. */
static void
test_values (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_HISTOGRAM);
  SfChartSeries *series = sf_chart_add_series (chart, "a");
  g_autoptr (SfPage) page = NULL;

  for (guint i = 0; i < 3; i++)
    sf_chart_add_value (series, 5, 1000000000);
  sf_chart_add_value (series, 7, 0);
  sf_chart_add_value (series, 8, G_GUINT64_CONSTANT (9000000000));
  g_assert_cmpuint (series->y->len, ==, 2);
  g_assert_cmpuint (g_array_index (series->times, guint64, 0), ==, G_GUINT64_CONSTANT (3000000000));
  g_assert_cmpuint (g_array_index (series->times, guint64, 1), ==, G_GUINT64_CONSTANT (9000000000));
  page = sf_chart (chart);
  assert_has (page, "5 0 4.5 5.5 0 0.25\n8 0 7.5 8.5 0 0.75\n");
}

static void
test_cdf (void)
{
  static const double values[] = { 1, 1, 2, 3 };
  g_autoptr (SfChart) chart = new_chart (SF_CHART_CDF);
  SfChartSeries *series = sf_chart_add_series (chart, "a");
  g_autoptr (SfPage) page = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    sf_chart_add_value (series, values[i], 1);
  sf_chart_add_series (chart, "b");
  page = sf_chart (chart);
  assert_has (page, "1 50\n2 75\n3 100\n");
  assert_has (page, "$g0 every 1::1::3 using 1:2 with points"); /* no marks at the ends of the axis */
  assert_has (page, "\"b (no value)\"");
}

/* Returns the share of a drawn distribution (a line with steps) at `x`: that of the last point at or before `x`. */
static double
drawn_share (const SfPage *page, double x)
{
  const char *row = strstr (page->script->str, "<< SYNFIN\n") + strlen ("<< SYNFIN\n");
  double share = 0;

  while (!g_str_has_prefix (row, "SYNFIN"))
    {
      char *end;
      double at = g_ascii_strtod (row, &end), here = g_ascii_strtod (end, &end);

      if (at > x)
        break;
      share = here;
      row = end + 1;
    }
  return share;
}

/* A thinned distribution of 10 000 values is wrong by at most 1 / 600. The first 100 values occur 10 times each; at 500
 * there is a step of a half. */
static void
test_thinned (void)
{
  g_autoptr (SfChart) chart = new_chart (SF_CHART_CDF);
  SfChartSeries *series = sf_chart_add_series (chart, "a");
  g_autoptr (SfPage) page = NULL;
  guint64 sum = 0;

  for (guint k = 0; k < 4101; k++)
    sf_chart_add_value (series, k, k < 100 ? 10 : k == 500 ? 5000 : 1);
  page = sf_chart (chart);
  for (guint k = 0; k < 4101; k++)
    {
      sum += k < 100 ? 10 : k == 500 ? 5000 : 1;
      g_assert_cmpfloat (fabs (drawn_share (page, k) - 100.0 * (double) sum / 10000), <=, 100.0 / 600 + 1e-6);
    }
  g_assert_cmpuint (sum, ==, 10000);
  g_assert_cmpuint (page->script->len, <, 30000); /* at most 601 rows */
}

/* --- all of them --- */

static void
test_empty (void)
{
  for (guint kind = 0; kind < SF_N_CHARTS; kind++)
    {
      g_autoptr (SfChart) chart = new_chart ((SfChartKind) kind);
      g_autoptr (SfPage) none = sf_chart (chart), missing = NULL;
      SfChartSeries *series;

      assert_has (none, "nothing to show");
      series = sf_chart_add_series (chart, "a");
      if (kind < SF_CHART_HISTOGRAM)
        sf_chart_add_point (series, 1, NAN, NAN, NAN);
      missing = sf_chart (chart);
      assert_has (missing, "nothing to show");
    }
}

/* Draws `n` series of `m` points of the given size, from very small to very large. */
static SfPage *
draw_many (SfChartKind kind, guint n, guint m, double size, gboolean log)
{
  g_autoptr (SfChart) chart = new_chart (kind);

  chart->x_log = chart->y_log = log;
  for (guint k = 0; k < n; k++)
    {
      g_autofree char *title = g_strdup_printf ("\"series\" %u {/Bold} with a rather long name, 10%% \\n", k);
      SfChartSeries *series = sf_chart_add_series (chart, title);

      series->at = k;
      for (guint i = 0; i < m; i++)
        if (kind < SF_CHART_HISTOGRAM)
          sf_chart_add_point (series, i * size, (k + i * i) * size, (k + i) * size / 2, (k + i * i) * size * 2);
        else
          sf_chart_add_value (series, (k + i * i) * size, i % 3);
    }
  return sf_chart (chart);
}

static void
test_drawn (void)
{
  static const double sizes[] = { 1e-9, 1, 1e12 };
  g_autofree char *program = g_find_program_in_path ("gnuplot");
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) sf_page_free);
  g_autoptr (GPtrArray) files = NULL, again = NULL;
  g_autoptr (GError) error = NULL;

  if (program == NULL)
    {
      g_test_skip ("no gnuplot");
      return;
    }
  for (guint kind = 0; kind < SF_N_CHARTS; kind++)
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
      for (guint log = 0; log < 2; log++)
        {
          g_ptr_array_add (pages, draw_many ((SfChartKind) kind, 1, 1, sizes[i], log));
          g_ptr_array_add (pages, draw_many ((SfChartKind) kind, 14, 12, sizes[i], log));
          g_ptr_array_add (pages, draw_many ((SfChartKind) kind, 3, 100, sizes[i], log));
        }
  files = sf_gnuplot_draw (pages, SF_PICTURE_SVG, &error);
  g_assert_no_error (error);
  again = sf_gnuplot_draw (pages, SF_PICTURE_SVG, &error);
  g_assert_cmpuint (files->len, ==, pages->len);
  for (guint i = 0; i < files->len; i++)
    g_assert_true (g_bytes_equal (g_ptr_array_index (files, i), g_ptr_array_index (again, i)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chart/axis", test_axis);
  g_test_add_func ("/chart/lines", test_lines);
  g_test_add_func ("/chart/band", test_band);
  g_test_add_func ("/chart/log", test_log);
  g_test_add_func ("/chart/names", test_names);
  g_test_add_func ("/chart/loose", test_loose);
  g_test_add_func ("/chart/no-value", test_no_value);
  g_test_add_func ("/chart/too-many", test_too_many);
  g_test_add_func ("/chart/group", test_group);
  g_test_add_func ("/chart/long-legend", test_long_legend);
  g_test_add_func ("/chart/same-name", test_same_name);
  g_test_add_func ("/chart/heatmap", test_heatmap);
  g_test_add_func ("/chart/heatmap-mean", test_heatmap_mean);
  g_test_add_func ("/chart/heatmap-range", test_heatmap_range);
  g_test_add_func ("/chart/histogram", test_histogram);
  g_test_add_func ("/chart/values", test_values);
  g_test_add_func ("/chart/cdf", test_cdf);
  g_test_add_func ("/chart/thinned", test_thinned);
  g_test_add_func ("/chart/empty", test_empty);
  g_test_add_func ("/chart/drawn", test_drawn);
  return g_test_run ();
}
