/* SPDX-License-Identifier: MIT
 *
 * Heat maps: cells of equal size, darker for larger values so that they can be read in gray, and with their values
 * written in them if there is room.
 */
#include "plots/chart/page.h"

#include "base/gettext.h"
#include "plots/page/text_width.h"

#include <stdlib.h>

/* The color scale at the side, in points: the gap before it, its width, and its room including numbers. */
#define SCALE_GAP 16
#define SCALE_WIDTH 14
#define SCALE_ROOM 86

/* The number of colors that are drawn in the scale. */
#define SCALE_STEPS 64

/* Cells narrower or lower than this, in points, have no edges. */
#define CELL_EDGES 9

/* The size of values in cells, per size of letters. Cells darker than this have white letters. */
#define VALUE_SIZE 0.85
#define DARK 0.55

/* The columns, rows and values of the map. */
typedef struct
{
  GArray *columns; /* double: the x of the columns, sorted */
  GArray *rows;    /* const SfChartSeries *, sorted by `at` */
  SfChartAxis z;
} Map;

static void
clear_map (Map *map)
{
  g_clear_pointer (&map->columns, g_array_unref);
  g_clear_pointer (&map->rows, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Map, clear_map)

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  return compare_numbers (&(*(SfChartSeries *const *) a)->at, &(*(SfChartSeries *const *) b)->at);
}

static void
read_map (const SfChart *chart, Map *map)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < chart->series->len; i++)
    {
      const SfChartSeries *series = sf_chart_series (chart, i);

      g_array_append_val (map->rows, series);
      g_array_append_vals (all, series->x->data, series->x->len);
      for (guint k = 0; k < series->y->len; k++)
        sf_chart_axis_take (&map->z, sf_chart_number (series->y, k));
    }
  if (chart->z_low != chart->z_high)
    {
      map->z.low = chart->z_low;
      map->z.high = chart->z_high;
    }
  g_array_sort (map->rows, compare_rows);
  g_array_sort (all, compare_numbers);
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || sf_chart_number (all, i) != sf_chart_number (all, i - 1))
      g_array_append_vals (map->columns, &g_array_index (all, double, i), 1);
}

/* --- colors --- */

/* Returns the place of `z` between the smallest and the largest value, 0 to 1. */
static double
darkness (const Map *map, double z)
{
  return map->z.high > map->z.low ? CLAMP ((z - map->z.low) / (map->z.high - map->z.low), 0, 1) : 0.3;
}

/* Returns the color for `dark` (0 to 1): from nearly white to dark blue, with lightness falling evenly. */
static guint32
color (double dark)
{
  static const double stops[][3] = { { 247, 250, 253 }, { 176, 208, 232 }, { 84, 148, 196 }, { 8, 64, 120 } };
  static const guint last = G_N_ELEMENTS (stops) - 1;
  double place = CLAMP (dark, 0, 1) * last;
  guint below = MIN ((guint) place, last - 1);
  guint32 rgb = 0;

  for (guint i = 0; i < 3; i++)
    rgb = rgb << 8 | (guint32) lround (stops[below][i] + (stops[below + 1][i] - stops[below][i]) * (place - below));
  return rgb;
}

/* --- cells --- */

/* Returns `value` in three digits: "0.52", "12.3", "1230". */
static char *
short_number (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (value == 0)
    return g_strdup ("0");
  if (fabs (value) >= 99.95 && fabs (value) < 1e6)
    return g_strdup (g_ascii_formatd (text, sizeof text, "%.0f", value));
  return g_strdup (g_ascii_formatd (text, sizeof text, "%.3g", value));
}

static guint
column_of (const Map *map, double x)
{
  guint at = 0;

  g_array_binary_search (map->columns, &x, compare_numbers, &at);
  return at;
}

/* Returns the mean of the points of `row` from `k` on that have the x of point `k`; NAN if none has a value. Stores
 * their number. */
static double
cell_value (const SfChartSeries *row, guint k, guint *ret_n)
{
  double sum = 0;
  guint n = 0, i = k;

  for (; i < row->y->len && sf_chart_number (row->x, i) == sf_chart_number (row->x, k); i++)
    if (isfinite (sf_chart_number (row->y, i)))
      {
        sum += sf_chart_number (row->y, i);
        n++;
      }
  *ret_n = i - k;
  return n > 0 ? sum / n : (double) NAN;
}

/* Adds a note if cells have several points. */
static void
say_means (SfChartPage *page, const Map *map)
{
  guint most = 1, n;

  for (guint i = 0; i < map->rows->len; i++)
    for (guint k = 0; k < g_array_index (map->rows, const SfChartSeries *, i)->y->len; k += n)
      {
        cell_value (g_array_index (map->rows, const SfChartSeries *, i), k, &n);
        most = MAX (most, n);
      }
  if (most > 1)
    sf_chart_page_note (page, tr (page->chart->lang, "Some cells have several points, and show their mean."));
}

/* Draws every cell that has a value. A line of data has its x, y, edges and color. */
static void
draw_cells (SfChartPage *page, const Map *map, gboolean edges)
{
  guint block = sf_chart_page_begin_data (page);

  for (guint i = 0; i < map->rows->len; i++)
    {
      const SfChartSeries *row = g_array_index (map->rows, const SfChartSeries *, i);
      guint n;

      for (guint k = 0; k < row->y->len; k += n)
        {
          double z = cell_value (row, k, &n), x = column_of (map, sf_chart_number (row->x, k));

          if (isfinite (z))
            sf_chart_page_row (page, (double[]){ x, i, x - 0.5, x + 0.5, i - 0.5, i + 0.5, color (darkness (map, z)) },
                               7);
        }
    }
  sf_chart_page_end_data (page);
  sf_chart_page_plot (page, "$g%u using 1:2:3:4:5:6:7 with boxxyerror fs solid 1 %s lc rgb variable", block,
                      edges ? "border lc rgb '#ffffff' lw 0.7" : "noborder");
}

/* Writes the values into the cells if all of them fit. */
static void
write_values (SfChartPage *page, const Map *map, double width, double height)
{
  GString *script = page->page->script;
  double size = page->letters * VALUE_SIZE;
  g_autoptr (GString) labels = g_string_new (NULL);

  if (height < size * SF_TEXT_HEIGHT + 2)
    return;
  for (guint i = 0; i < map->rows->len; i++)
    {
      const SfChartSeries *row = g_array_index (map->rows, const SfChartSeries *, i);
      guint n;

      for (guint k = 0; k < row->y->len; k += n)
        {
          double z = cell_value (row, k, &n);
          g_autofree char *text = isfinite (z) ? short_number (z) : g_strdup ("–");

          if (sf_text_width (text, size, FALSE) + 3 > width)
            return;
          g_string_append_printf (labels,
                                  "set label '%s' at first %u, first %u center front font '" SF_PICTURE_FONT ",", text,
                                  column_of (map, sf_chart_number (row->x, k)), i);
          sf_gnuplot_number (labels, size, 1);
          g_string_append_printf (labels, "' tc rgb '%s'\n",
                                  isfinite (z) && darkness (map, z) > DARK ? "#ffffff" : "#1a1a1a");
        }
    }
  g_string_append (script, labels->str);
}

/* --- axes --- */

/* Returns the labels of the columns: names, or numbers. */
static char **
column_names (const SfChart *chart, const Map *map)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n_names = chart->x_names != NULL ? g_strv_length (chart->x_names) : 0;

  for (guint i = 0; i < map->columns->len; i++)
    {
      double x = sf_chart_number (map->columns, i);
      g_autofree char *number = short_number (x);

      g_strv_builder_add (names, x >= 0 && x < n_names ? chart->x_names[(guint) x] : number);
    }
  return g_strv_builder_end (names);
}

static char **
row_names (const SfChart *chart, const Map *map)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint n_names = chart->y_names != NULL ? g_strv_length (chart->y_names) : 0;

  for (guint i = 0; i < map->rows->len; i++)
    {
      double y = g_array_index (map->rows, const SfChartSeries *, i)->at;
      g_autofree char *number = short_number (y);

      g_strv_builder_add (names, y >= 0 && y < n_names ? chart->y_names[(guint) y] : number);
    }
  return g_strv_builder_end (names);
}

/* Draws the color scale. */
static void
draw_scale (SfChartPage *page, const Map *map)
{
  GString *script = page->page->script;
  double left = page->right + SCALE_GAP, unit = 1 / page->page->width;
  g_autofree char *low = short_number (map->z.low);
  g_autofree char *high = short_number (map->z.high);
  g_autofree char *middle = short_number ((map->z.low + map->z.high) / 2);
  const char *const texts[] = { low, middle, high };

  for (guint i = 0; i < SCALE_STEPS; i++)
    {
      g_string_append (script, "set object rect from screen ");
      sf_gnuplot_number (script, left * unit, 5);
      g_string_append (script, ", graph ");
      sf_gnuplot_number (script, (double) i / SCALE_STEPS, 5);
      g_string_append (script, " to screen ");
      sf_gnuplot_number (script, (left + SCALE_WIDTH) * unit, 5);
      g_string_append (script, ", graph ");
      sf_gnuplot_number (script, MIN (1, (i + 1.5) / SCALE_STEPS), 5); /* steps overlap, so that there are no seams */
      g_string_append_printf (script, " fc rgb '#%06x' fs solid 1 noborder\n", color ((i + 0.5) / SCALE_STEPS));
    }
  for (guint i = 0; i < (map->z.high > map->z.low ? 3 : 1); i++)
    {
      g_string_append (script, "set label ");
      sf_gnuplot_string (script, texts[i]);
      g_string_append (script, " at screen ");
      sf_gnuplot_number (script, (left + SCALE_WIDTH + 5) * unit, 5);
      g_string_append_printf (script, ", graph %g left front\n", i == 0 ? 0.015 : i == 1 ? 0.5 : 0.985);
    }
  g_string_append (script, "set label ");
  sf_gnuplot_string (script, page->chart->z_title != NULL ? page->chart->z_title : "");
  g_string_append (script, " at screen 0.985, graph 0.5 center rotate by 90 front\n");
}

SfPage *
sf_chart_heatmap (const SfChart *chart)
{
  g_auto (Map) map = { g_array_new (FALSE, FALSE, sizeof (double)),
                       g_array_new (FALSE, FALSE, sizeof (SfChartSeries *)),
                       { .low = INFINITY, .high = -INFINITY } };
  g_autofree char *desc = g_strdup_printf (tr (chart->lang, "%s over %s and %s, as a heat map."), chart->z_title,
                                           chart->x_title, chart->y_title);
  g_auto (GStrv) columns = NULL;
  g_auto (GStrv) rows = NULL;
  SfChartAxis x = { .title = chart->x_title }, y = { .title = chart->y_title };
  SfChartPage page;
  double width, height;

  sf_chart_page_begin (&page, chart, SF_CHART_HEIGHT, desc);
  read_map (chart, &map);
  if (!sf_chart_axis_has_values (&map.z))
    return sf_chart_page_end_empty (&page);
  x.names = columns = column_names (chart, &map);
  y.names = rows = row_names (chart, &map);
  page.right = page.page->width - SCALE_ROOM;
  g_string_append (page.page->script, "set rmargin at screen ");
  sf_gnuplot_number (page.page->script, page.right / page.page->width, 4);
  g_string_append_c (page.page->script, '\n');
  sf_chart_axis_finish (&y, FALSE);
  sf_chart_axis_finish (&x, FALSE);
  sf_chart_page_axis (&page, 'y', &y);
  sf_chart_page_axis (&page, 'x', &x);
  width = (page.right - page.left) / map.columns->len;
  height = (page.page->height - page.top - 5 * page.letters) / map.rows->len;
  draw_cells (&page, &map, MIN (width, height) >= CELL_EDGES);
  write_values (&page, &map, width, height);
  draw_scale (&page, &map);
  say_means (&page, &map);
  return sf_chart_page_end (&page);
}
