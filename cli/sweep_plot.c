/* SPDX-License-Identifier: MIT */
#include "cli/sweep_plot.h"

#include "lab/files.h"
#include "lab/formula.h"
#include "models/gettext.h"
#include "plots/chart.h"

#include <math.h>
#include <string.h>

/* More distributions than this are not told apart in one graph. */
#define MAX_DISTRIBUTIONS 8

/* Points of a line that was computed. */
#define THEORY_POINTS 300

/* A graph in the making. */
typedef struct
{
  SfStore *store;
  const SfSweep *sweep;
  const SfSweepPlot *plot;
  const SfMeasure *measure;
  const char *lang;
  const SfStats *stats;    /* of the measure, by point */
  double unit;             /* of its values, in their base unit … */
  const char *unit_name;   /* … and its name, "" for none */
} Drawing;

static const char *const kind_names[] = {
  [SF_SWEEP_CHART_LINE] = "line",
  [SF_SWEEP_CHART_HEATMAP] = "heatmap",
  [SF_SWEEP_CHART_HISTOGRAM] = "histogram",
  [SF_SWEEP_CHART_CDF] = "cdf",
};

/* --- what the store says --- */

/* Returns the unit in which values up to `most` are shown, and its name. */
static double
unit_for (const SfMeasure *measure, double most, const char **ret_name)
{
  static const struct
  {
    double size;
    const char *times, *bytes, *rates;
  } units[] = { { 1e9, "s", "GB", "Gbit/s" }, { 1e6, "ms", "MB", "Mbit/s" }, { 1e3, "µs", "kB", "kbit/s" }, { 1, "ns", "B", "bit/s" } };
  guint i = 0;

  *ret_name = measure->fraction ? "%" : "";
  if (measure->fraction || measure->unit == SF_UNIT_COUNT || measure->unit == SF_UNIT_MEAN)
    return measure->fraction ? 0.01 : measure->unit == SF_UNIT_MEAN ? 1e6 : 1;
  while (i < 3 && most > 0 && most < units[i].size)
    i++;
  if (most == 0)
    i = measure->unit == SF_UNIT_TIME ? 0 : 3;
  *ret_name = measure->unit == SF_UNIT_TIME ? units[i].times : measure->unit == SF_UNIT_BYTES ? units[i].bytes : units[i].rates;
  return units[i].size;
}

static void
choose_unit (Drawing *drawing)
{
  guint n = sf_sweep_n_points (drawing->sweep);
  double most = 0;

  for (guint point = 0; point < n; point++)
    {
      const SfStats *stats = &drawing->stats[point];

      if (stats->n > 0)
        most = fmax (most, fabs (drawing->plot->kind == SF_SWEEP_CHART_LINE || drawing->plot->kind == SF_SWEEP_CHART_HEATMAP
                                   ? stats->mean : stats->p95));
    }
  drawing->unit = unit_for (drawing->measure, most, &drawing->unit_name);
}

/* --- words --- */

static char *
with_unit (const char *text, const char *unit)
{
  return *unit != '\0' ? g_strdup_printf ("%s (%s)", text, unit) : g_strdup (text);
}

static const char *
axis_name (const Drawing *drawing, guint axis)
{
  return sf_wording_in (sf_sweep_axis (drawing->sweep, axis)->title, drawing->lang);
}

/* The title of the axis of a chart for parameter `axis`. */
static char *
axis_title (const Drawing *drawing, guint axis, const SfWording *wish)
{
  const SfSweepAxis *a = sf_sweep_axis (drawing->sweep, axis);

  return with_unit (wish != NULL ? sf_wording_in (wish, drawing->lang) : axis_name (drawing, axis),
                    a->numeric ? a->scale_name : "");
}

static char *
measure_title (const Drawing *drawing, const SfWording *wish)
{
  return with_unit (sf_wording_in (wish != NULL ? wish : drawing->measure->title, drawing->lang), drawing->unit_name);
}

/* "loss 10%, delay 50ms": the values that `point` has of all parameters but two; NULL if there are no others. */
static char *
point_title (const Drawing *drawing, guint point, guint but, guint but_too)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < drawing->sweep->axes->len; i++)
    if (i != but && i != but_too)
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", axis_name (drawing, i),
                              (char *) g_ptr_array_index (sf_sweep_axis (drawing->sweep, i)->texts,
                                                          sf_sweep_value (drawing->sweep, point, i)));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* How many runs there are of a point, and what is drawn of them. */
static char *
runs_text (const Drawing *drawing)
{
  guint64 least = G_MAXUINT64, most = 0, missing = 0;
  g_autofree char *from = NULL, *to = NULL, *none = NULL; /* a format of GLib would be cut short where texts are collected */
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint point = 0; point < sf_sweep_n_points (drawing->sweep); point++)
    {
      const SfStats *stats = &drawing->stats[point];

      least = MIN (least, stats->n + stats->missing);
      most = MAX (most, stats->n + stats->missing);
      missing += stats->missing;
    }
  from = g_strdup_printf ("%" G_GUINT64_FORMAT, least);
  to = g_strdup_printf ("%" G_GUINT64_FORMAT, most);
  none = g_strdup_printf ("%" G_GUINT64_FORMAT, missing);
  if (least < most)
    g_string_append_printf (text, _("%s to %s runs at each point"), from, to);
  else
    g_string_append_printf (text, ngettext ("%s run at each point", "%s runs at each point", most), to);
  if (drawing->plot->kind == SF_SWEEP_CHART_LINE && most > 1)
    g_string_append_printf (text, ", %s", drawing->measure->fraction ? _("share with its interval of 95 % (Wilson)")
                                                                     : _("mean with its interval of 95 % (Student)"));
  if (missing > 0)
    g_string_append_printf (text, _("; left out: %s without a value"), none);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- the chart --- */

static SfChart *
new_chart (const Drawing *drawing, SfChartKind kind, const char *more)
{
  const SfWording *title = drawing->plot->title != NULL ? drawing->plot->title : drawing->sweep->title;
  g_autofree char *runs = runs_text (drawing);
  SfChart *chart = sf_chart_new (kind);

  chart->title = g_strdup (title != NULL ? sf_wording_in (title, drawing->lang) : drawing->measure->name);
  chart->subtitle = more != NULL ? g_strdup_printf ("%s · %s", more, runs) : g_strdup (runs);
  chart->x_log = drawing->plot->x_log;
  chart->y_log = drawing->plot->y_log;
  return chart;
}

static char **
axis_names (const SfSweepAxis *axis)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (axis->numeric)
    return NULL;
  for (guint i = 0; i < axis->texts->len; i++)
    g_strv_builder_add (names, g_ptr_array_index (axis->texts, i));
  return g_strv_builder_end (names);
}

/* Returns where `point` is on the axis of a chart for parameter `axis`. */
static double
place_on_axis (const Drawing *drawing, guint point, guint axis)
{
  const SfSweepAxis *a = sf_sweep_axis (drawing->sweep, axis);
  guint value = sf_sweep_value (drawing->sweep, point, axis);

  return a->numeric ? a->numbers[value] / a->scale : value;
}

/* Returns the number of the combination of values that `point` has of all parameters but two: points of a list and
 * of a sample are one line. */
static guint64
combination (const Drawing *drawing, guint point, guint but, guint but_too)
{
  guint64 number = 0;

  if (drawing->sweep->sampling != SF_SAMPLING_GRID)
    return 0;
  for (guint i = 0; i < drawing->sweep->axes->len; i++)
    if (i != but && i != but_too)
      number = number * sf_sweep_axis (drawing->sweep, i)->texts->len + sf_sweep_value (drawing->sweep, point, i);
  return number;
}

/* Returns the points in the order of their combination, then of where they are on axis `x`: guint. */
typedef struct
{
  guint64 combination;
  double x;
  guint point;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *left = a, *right = b;

  if (left->combination != right->combination)
    return left->combination < right->combination ? -1 : 1;
  if (left->x != right->x)
    return left->x < right->x ? -1 : 1;
  return left->point < right->point ? -1 : left->point > right->point;
}

static GArray *
sorted_points (const Drawing *drawing, guint x, guint but_too)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (Place));

  for (guint point = 0; point < sf_sweep_n_points (drawing->sweep); point++)
    {
      const Place place = { combination (drawing, point, x, but_too), place_on_axis (drawing, point, x), point };

      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return places;
}

static void
add_point (const Drawing *drawing, SfChartSeries *series, const Place *place)
{
  const SfStats *stats = &drawing->stats[place->point];

  if (stats->n == 0)
    sf_chart_add_point (series, place->x, NAN, NAN, NAN);
  else
    sf_chart_add_point (series, place->x, stats->mean / drawing->unit, stats->low / drawing->unit, stats->high / drawing->unit);
}

/* --- theory --- */

/* Returns the number of a value of parameter `axis` that formulas know, from where it is on the axis of a chart. */
static double
theory_argument (const SfSweepAxis *axis, double at)
{
  if (strcmp (axis->scale_name, "MSL") == 0)
    return at;
  return axis->unit == SF_UNIT_TIME ? at * axis->scale / SF_SEC : at * axis->scale;
}

/* Adds a line from `low` to `high` on the axis of the chart; `y`: see SF_THEORY_NAMES. */
static void
add_theory_line (const Drawing *drawing, SfChart *chart, double low, double high, double y, const char *title)
{
  static const char *const names[] = SF_THEORY_NAMES;
  const SfSweepAxis *axis = sf_sweep_axis (drawing->sweep, drawing->plot->x);
  SfChartSeries *series = sf_chart_add_series (chart, title);
  double one = drawing->measure->unit == SF_UNIT_TIME ? SF_SEC : drawing->measure->unit == SF_UNIT_MEAN ? 1e6 : 1;
  gboolean log = chart->x_log && low > 0;

  series->theory = TRUE;
  for (guint i = 0; i <= THEORY_POINTS; i++)
    {
      double part = (double) i / THEORY_POINTS, x = log ? low * pow (high / low, part) : low + (high - low) * part, value;
      g_autofree char *complaint = NULL;

      if (sf_formula (drawing->plot->theory, names, (double[]){ theory_argument (axis, x), y }, &value, &complaint))
        sf_chart_add_point (series, x, value * one / drawing->unit, NAN, NAN);
    }
}

/* Returns the second axis with numbers, or the number of axes if there is none. */
static guint
second_axis (const Drawing *drawing)
{
  for (guint i = 0; i < drawing->sweep->axes->len; i++)
    if (i != drawing->plot->x && sf_sweep_axis (drawing->sweep, i)->numeric)
      return i;
  return drawing->sweep->axes->len;
}

/* TRUE if the formula asks for y. */
static gboolean
theory_has_y (const Drawing *drawing)
{
  static const char *const names[] = { "x", NULL };
  g_autofree char *complaint = NULL;
  double value;

  return !sf_formula (drawing->plot->theory, names, (double[]){ 1 }, &value, &complaint);
}

static void
add_theory (const Drawing *drawing, SfChart *chart, const GArray *places)
{
  const char *title = drawing->plot->theory_title != NULL ? sf_wording_in (drawing->plot->theory_title, drawing->lang) : _("theory");
  double low = INFINITY, high = -INFINITY;
  guint second = second_axis (drawing);

  if (drawing->plot->theory == NULL || chart->x_names != NULL)
    return;
  for (guint i = 0; i < places->len; i++)
    {
      low = fmin (low, g_array_index (places, Place, i).x);
      high = fmax (high, g_array_index (places, Place, i).x);
    }
  if (second == drawing->sweep->axes->len || !theory_has_y (drawing))
    add_theory_line (drawing, chart, low, high, NAN, title);
  else
    {
      const SfSweepAxis *axis = sf_sweep_axis (drawing->sweep, second);

      for (guint i = 0; i < axis->texts->len; i++)
        add_theory_line (drawing, chart, low, high, theory_argument (axis, axis->numbers[i] / axis->scale), i == 0 ? title : NULL);
    }
}

/* --- kinds --- */

static void
free_page (gpointer data)
{
  sf_page_free (data);
}

static GPtrArray *
draw_lines (const Drawing *drawing)
{
  guint x = drawing->plot->x;
  g_autoptr (GArray) places = sorted_points (drawing, x, x);
  g_autoptr (SfChart) chart = new_chart (drawing, SF_CHART_LINES, NULL);
  GPtrArray *pages = g_ptr_array_new_with_free_func (free_page);
  SfChartSeries *series = NULL;

  chart->x_title = axis_title (drawing, x, drawing->plot->x_title);
  chart->y_title = measure_title (drawing, drawing->plot->y_title);
  chart->x_names = axis_names (sf_sweep_axis (drawing->sweep, x));
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      g_autofree char *title = NULL;

      if (series == NULL || place->combination != g_array_index (places, Place, i - 1).combination)
        {
          if (drawing->sweep->sampling == SF_SAMPLING_GRID)
            title = point_title (drawing, place->point, x, x);
          series = sf_chart_add_series (chart, title == NULL && drawing->plot->theory != NULL ? _("measured") : title);
        }
      add_point (drawing, series, place);
    }
  add_theory (drawing, chart, places);
  g_ptr_array_add (pages, sf_chart (chart));
  return pages;
}

/* All maps of a graph have the same colours. */
static void
set_z_range (const Drawing *drawing, SfChart *chart)
{
  double low = INFINITY, high = -INFINITY;

  for (guint point = 0; point < sf_sweep_n_points (drawing->sweep); point++)
    if (drawing->stats[point].n > 0)
      {
        low = fmin (low, drawing->stats[point].mean / drawing->unit);
        high = fmax (high, drawing->stats[point].mean / drawing->unit);
      }
  if (high > low)
    {
      chart->z_low = low;
      chart->z_high = high;
    }
}

/* Adds the map of the points from `first` on that have the same combination; returns where the next begins. */
static guint
draw_map (const Drawing *drawing, const GArray *places, guint first, GPtrArray *pages)
{
  guint x = drawing->plot->x, y = drawing->plot->y, i = first;
  const SfSweepAxis *rows = sf_sweep_axis (drawing->sweep, y);
  guint64 here = g_array_index (places, Place, first).combination;
  g_autofree char *more = NULL;
  g_autofree SfChartSeries **series = g_new0 (SfChartSeries *, rows->texts->len);
  g_autoptr (SfChart) chart = NULL;

  if (drawing->sweep->sampling == SF_SAMPLING_GRID)
    more = point_title (drawing, g_array_index (places, Place, first).point, x, y);
  chart = new_chart (drawing, SF_CHART_HEATMAP, more);
  chart->x_title = axis_title (drawing, x, drawing->plot->x_title);
  chart->y_title = axis_title (drawing, y, drawing->plot->y_title);
  chart->z_title = measure_title (drawing, NULL);
  set_z_range (drawing, chart);
  chart->x_names = axis_names (sf_sweep_axis (drawing->sweep, x));
  chart->y_names = axis_names (rows);
  for (; i < places->len && g_array_index (places, Place, i).combination == here; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      guint row = sf_sweep_value (drawing->sweep, place->point, y);

      if (series[row] == NULL)
        {
          series[row] = sf_chart_add_series (chart, NULL);
          series[row]->at = place_on_axis (drawing, place->point, y);
        }
      add_point (drawing, series[row], place);
    }
  g_ptr_array_add (pages, sf_chart (chart));
  return i;
}

static GPtrArray *
draw_maps (const Drawing *drawing)
{
  g_autoptr (GArray) places = sorted_points (drawing, drawing->plot->x, drawing->plot->y);
  GPtrArray *pages = g_ptr_array_new_with_free_func (free_page);

  for (guint i = 0; i < places->len;)
    i = draw_map (drawing, places, i, pages);
  return pages;
}

typedef struct
{
  SfChartSeries *series;
  double unit;
} Distribution;

static void
add_value (gpointer user, gint64 value, guint64 n)
{
  Distribution *distribution = user;

  if (value != SF_NO_VALUE)
    sf_chart_add_value (distribution->series, (double) value / distribution->unit, n);
}

/* Adds the values at `point`. */
static gboolean
add_distribution (const Drawing *drawing, SfChart *chart, guint point, GError **error)
{
  g_autofree char *title = point_title (drawing, point, G_MAXUINT, G_MAXUINT);
  Distribution distribution = { sf_chart_add_series (chart, title), drawing->unit };

  return sf_store_foreach_value (drawing->store, point, drawing->plot->measure, add_value, &distribution, error);
}

static GPtrArray *
draw_distributions (const Drawing *drawing, SfChartKind kind, GError **error)
{
  guint n = sf_sweep_n_points (drawing->sweep), n_shown = MIN (n, MAX_DISTRIBUTIONS);
  g_autofree char *more = n > n_shown ? g_strdup_printf (_("%u of %u points"), n_shown, n) : NULL;
  g_autoptr (SfChart) chart = new_chart (drawing, kind, more);
  GPtrArray *pages;

  chart->x_title = measure_title (drawing, drawing->plot->x_title);
  for (guint i = 0; i < n_shown; i++)
    if (!add_distribution (drawing, chart, n_shown > 1 ? (guint) ((guint64) i * (n - 1) / (n_shown - 1)) : 0, error))
      return NULL;
  pages = g_ptr_array_new_with_free_func (free_page);
  g_ptr_array_add (pages, sf_chart (chart));
  return pages;
}

static GPtrArray *
draw (const Drawing *drawing, GError **error)
{
  switch (drawing->plot->kind)
    {
    case SF_SWEEP_CHART_LINE:
      return draw_lines (drawing);
    case SF_SWEEP_CHART_HEATMAP:
      return draw_maps (drawing);
    case SF_SWEEP_CHART_HISTOGRAM:
      return draw_distributions (drawing, SF_CHART_HISTOGRAM, error);
    case SF_SWEEP_CHART_CDF:
      return draw_distributions (drawing, SF_CHART_CDF, error);
    }
  g_return_val_if_reached (NULL);
}

/* --- all of them --- */

/* Returns a name that no graph has yet: "line-handshake-time", "line-handshake-time-2". */
static char *
file_name (const Drawing *drawing, GHashTable *names)
{
  char *name = g_strdup_printf ("%s-%s", kind_names[drawing->plot->kind], drawing->measure->name);

  for (guint i = 2; !g_hash_table_add (names, g_strdup (name)); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%s-%u", kind_names[drawing->plot->kind], drawing->measure->name, i);
    }
  return name;
}

static gboolean
add_graphs (SfAlbum *album, SfStore *store, const SfSummary *summary, const SfSweep *sweep, const char *dir, const char *lang,
            GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < sweep->plots->len; i++)
    {
      const SfSweepPlot *plot = g_ptr_array_index (sweep->plots, i);
      Drawing drawing = { store, sweep, plot, sf_sweep_measure_at (sweep, plot->measure), lang,
                          sf_summary_of (summary, plot->measure), 1, "" };
      g_autofree char *name = file_name (&drawing, names);
      GPtrArray *pages;

      choose_unit (&drawing);
      pages = draw (&drawing, error);
      if (pages == NULL)
        return FALSE;
      sf_album_add_pages (album, dir, name, pages);
    }
  return TRUE;
}

gboolean
sf_sweep_draw (SfStore *store, const SfSummary *summary, const SfSweep *sweep, const char *dir, const char *formats,
               const char *lang, GError **error)
{
  g_autoptr (SfAlbum) album = sf_album_new (formats);

  g_return_val_if_fail (album != NULL, FALSE);
  return sf_directory_make (dir, error) && add_graphs (album, store, summary, sweep, dir, lang, error)
         && sf_album_write (album, error);
}
