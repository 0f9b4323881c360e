/* SPDX-License-Identifier: MIT */
#include "cli/sweep_plot.h"

#include "cli/sweep_names.h"
#include "lab/files.h"
#include "lab/formula.h"
#include "models/gettext.h"
#include "plots/chart.h"

#include <math.h>
#include <string.h>

/* More lines than this are not drawn; they are on pages of SF_CHART_LOOKS. */
#define MAX_LINES 24

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
  char **names;            /* of the parameters */
  const GPtrArray *words;  /* of the parameters: char **, their different values unless they are numbers */
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

/* TRUE if `axis` is shown as how many there are per second. */
static gboolean
is_rate (const Drawing *drawing, guint axis)
{
  return drawing->plot->x_rate && axis == drawing->plot->x;
}

/* The title of the axis of a chart for parameter `axis`. */
static char *
axis_title (const Drawing *drawing, guint axis, const SfWording *wish)
{
  const SfSweepAxis *a = sf_sweep_axis (drawing->sweep, axis);
  gboolean rate = is_rate (drawing, axis);
  g_autofree char *own = g_strdup_printf (rate ? "1 / %s" : "%s", drawing->names[axis]);

  return with_unit (wish != NULL ? sf_wording_in (wish, drawing->lang) : own, rate ? "1/s" : a->numeric ? a->scale_name : "");
}

static char *
measure_title (const Drawing *drawing, const SfWording *wish)
{
  return with_unit (sf_wording_in (wish != NULL ? wish : drawing->measure->title, drawing->lang), drawing->unit_name);
}

/* TRUE if points that differ in parameter `axis` are not of one line or map. Of points that are no grid those with the same words are: hardly
 * any two have the same numbers. */
static gboolean
divides (const Drawing *drawing, guint axis, guint but, guint but_too)
{
  return axis != but && axis != but_too
         && (drawing->sweep->sampling == SF_SAMPLING_GRID || !sf_sweep_axis (drawing->sweep, axis)->numeric);
}

/* "loss 10%, delay 50ms": the values that `point` has of all parameters but two, or of those of them that divide points into lines if
 * `of_line`; NULL if there are none. */
static char *
point_title (const Drawing *drawing, guint point, guint but, guint but_too, gboolean of_line)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < drawing->sweep->axes->len; i++)
    if (of_line ? divides (drawing, i, but, but_too) : i != but && i != but_too)
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", drawing->names[i],
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

/* Returns the names on the axis of a chart for parameter `axis`; NULL: it has numbers. */
static char **
axis_names (const Drawing *drawing, guint axis)
{
  return sf_sweep_axis (drawing->sweep, axis)->numeric ? NULL : g_strdupv (g_ptr_array_index (drawing->words, axis));
}

/* Returns the place of a value among the different ones of parameter `axis`: in a list it may be there many times. */
static guint
word_of (const Drawing *drawing, guint point, guint axis)
{
  const char *text = g_ptr_array_index (sf_sweep_axis (drawing->sweep, axis)->texts, sf_sweep_value (drawing->sweep, point, axis));
  char **words = g_ptr_array_index (drawing->words, axis);
  guint i = 0;

  while (strcmp (words[i], text) != 0)
    i++;
  return i;
}

/* Returns where `point` is on the axis of a chart for parameter `axis`. */
static double
place_on_axis (const Drawing *drawing, guint point, guint axis)
{
  const SfSweepAxis *a = sf_sweep_axis (drawing->sweep, axis);
  guint value = sf_sweep_value (drawing->sweep, point, axis);

  if (is_rate (drawing, axis))
    return SF_SEC / a->numbers[value];
  return a->numeric ? a->numbers[value] / a->scale : word_of (drawing, point, axis);
}

/* Returns which of its values parameter `axis` has at `point`, and how many there are. */
static guint
value_of (const Drawing *drawing, guint point, guint axis, guint *ret_n)
{
  const SfSweepAxis *a = sf_sweep_axis (drawing->sweep, axis);

  *ret_n = a->texts->len;
  return a->numeric ? sf_sweep_value (drawing->sweep, point, axis) : word_of (drawing, point, axis);
}

/* Returns the number of the combination of values that `point` has of the parameters that divide points into lines. */
static guint64
combination (const Drawing *drawing, guint point, guint but, guint but_too)
{
  guint64 number = 0;

  for (guint i = 0; i < drawing->sweep->axes->len; i++)
    if (divides (drawing, i, but, but_too))
      {
        guint n, value = value_of (drawing, point, i, &n);

        number = number * n + value;
      }
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

/* TRUE if points of a line may differ in more than where they are on the x axis, and so are not to be joined. */
static gboolean
are_loose (const Drawing *drawing)
{
  for (guint i = 0; i < drawing->sweep->axes->len; i++)
    if (i != drawing->plot->x && !divides (drawing, i, drawing->plot->x, drawing->plot->x))
      return TRUE;
  return FALSE;
}

/* Points of one combination: `n` of the places, from `first` on. */
typedef struct
{
  guint first, n;
} Line;

/* Returns the lines of sorted `places`: Line. */
static GArray *
find_lines (const GArray *places)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  guint first = 0;

  for (guint i = 1; i <= places->len; i++)
    if (i == places->len || g_array_index (places, Place, i).combination != g_array_index (places, Place, first).combination)
      {
        g_array_append_vals (lines, &(Line){ first, i - first }, 1);
        first = i;
      }
  return lines;
}

/* Returns the most lines that are drawn, evenly spread over all: Line. */
static GArray *
choose_lines (const GArray *lines)
{
  guint n = MIN (lines->len, MAX_LINES);
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (Line));

  for (guint i = 0; i < n; i++)
    g_array_append_vals (chosen, &g_array_index (lines, Line, n > 1 ? (guint) ((guint64) i * (lines->len - 1) / (n - 1)) : 0), 1);
  return chosen;
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
theory_argument (const Drawing *drawing, guint axis, double at)
{
  const SfSweepAxis *a = sf_sweep_axis (drawing->sweep, axis);

  if (is_rate (drawing, axis))
    return 1 / at;
  if (strcmp (a->scale_name, "MSL") == 0)
    return at;
  return a->unit == SF_UNIT_TIME ? at * a->scale / SF_SEC : at * a->scale;
}

/* Adds what the formula says at `x` on the axis of the chart; `y`: see SF_THEORY_NAMES. */
static void
add_theory_point (const Drawing *drawing, SfChartSeries *series, double x, double y)
{
  static const char *const names[] = SF_THEORY_NAMES;
  double one = drawing->measure->unit == SF_UNIT_TIME ? SF_SEC : drawing->measure->unit == SF_UNIT_MEAN ? 1e6 : 1, value;
  double arguments[] = { theory_argument (drawing, drawing->plot->x, x), y };
  g_autofree char *complaint = NULL;

  if (sf_formula (drawing->plot->theory, names, arguments, &value, &complaint))
    sf_chart_add_point (series, x, value * one / drawing->unit, NAN, NAN);
}

/* Adds a line from `low` to `high` on the axis of the chart. */
static void
add_theory_line (const Drawing *drawing, SfChart *chart, double low, double high, double y, const char *title)
{
  SfChartSeries *series = sf_chart_add_series (chart, title);
  gboolean log = chart->x_log && low > 0;

  series->theory = TRUE;
  for (guint i = 0; i <= THEORY_POINTS; i++)
    {
      double part = (double) i / THEORY_POINTS;

      add_theory_point (drawing, series, log ? low * pow (high / low, part) : low + (high - low) * part, y);
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

/* Returns the number of y that the formula knows at `point`. */
static double
theory_y (const Drawing *drawing, guint point)
{
  guint second = second_axis (drawing);

  return theory_argument (drawing, second, place_on_axis (drawing, point, second));
}

/* Adds a point of theory to each of `places`, which have any x and y. */
static void
add_theory_points (const Drawing *drawing, SfChart *chart, const GArray *places, const char *title)
{
  SfChartSeries *series = sf_chart_add_series (chart, title);

  series->theory = series->loose = TRUE;
  for (guint i = 0; i < places->len; i++)
    {
      const Place *place = &g_array_index (places, Place, i);

      add_theory_point (drawing, series, place->x, theory_y (drawing, place->point));
    }
}

/* Adds theory for `lines` of `places`: a line, or one for every y that they have. */
static void
add_theory (const Drawing *drawing, SfChart *chart, const GArray *places, const Line *lines, guint n_lines)
{
  const char *title = drawing->plot->theory_title != NULL ? sf_wording_in (drawing->plot->theory_title, drawing->lang) : _("theory");
  double low = g_array_index (places, Place, 0).x, high = low;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_double_hash, g_double_equal, g_free, NULL);
  gboolean has_y = second_axis (drawing) < drawing->sweep->axes->len && theory_has_y (drawing);

  for (guint i = 0; i < places->len; i++)
    {
      low = fmin (low, g_array_index (places, Place, i).x);
      high = fmax (high, g_array_index (places, Place, i).x);
    }
  if (has_y && are_loose (drawing))
    add_theory_points (drawing, chart, places, title);
  else if (!has_y)
    add_theory_line (drawing, chart, low, high, NAN, title);
  else
    for (guint i = 0; i < n_lines; i++)
      {
        double y = theory_y (drawing, g_array_index (places, Place, lines[i].first).point);

        if (g_hash_table_add (seen, g_memdup2 (&y, sizeof y)))
          add_theory_line (drawing, chart, low, high, y, g_hash_table_size (seen) == 1 ? title : NULL);
      }
}

/* --- kinds --- */

static void
free_page (gpointer data)
{
  sf_page_free (data);
}

static void
add_line (const Drawing *drawing, SfChart *chart, const GArray *places, const Line *line)
{
  guint x = drawing->plot->x;
  g_autofree char *title = point_title (drawing, g_array_index (places, Place, line->first).point, x, x, TRUE);
  SfChartSeries *series = sf_chart_add_series (chart, title == NULL && drawing->plot->theory != NULL ? _("measured") : title);

  series->loose = are_loose (drawing);
  for (guint i = 0; i < line->n; i++)
    add_point (drawing, series, &g_array_index (places, Place, line->first + i));
}

/* Returns the chart of `n_lines` of the lines; `more`: see new_chart(). */
static SfChart *
line_chart (const Drawing *drawing, const char *more, const GArray *places, const Line *lines, guint n_lines)
{
  guint x = drawing->plot->x;
  SfChart *chart = new_chart (drawing, SF_CHART_LINES, more);

  chart->x_title = axis_title (drawing, x, drawing->plot->x_title);
  chart->y_title = measure_title (drawing, drawing->plot->y_title);
  chart->x_names = axis_names (drawing, x);
  for (guint i = 0; i < n_lines; i++)
    add_line (drawing, chart, places, &lines[i]);
  if (drawing->plot->theory != NULL && chart->x_names == NULL)
    add_theory (drawing, chart, places, lines, n_lines);
  return chart;
}

/* Says which page of how many it is, and how many of all lines are drawn; NULL if there is nothing to say. */
static char *
page_text (guint page, guint n_pages, guint n_drawn, guint n_lines)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (n_pages > 1)
    g_string_append_printf (text, _("page %u of %u"), page + 1, n_pages);
  if (n_drawn < n_lines)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _("%u of %u lines"), n_drawn, n_lines);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
free_chart (gpointer data)
{
  sf_chart_free (data);
}

/* Lines that one page can not tell apart are on several with the same axes. */
static GPtrArray *
draw_lines (const Drawing *drawing)
{
  g_autoptr (GArray) places = sorted_points (drawing, drawing->plot->x, drawing->plot->x);
  g_autoptr (GArray) all = find_lines (places);
  g_autoptr (GArray) lines = choose_lines (all);
  g_autoptr (GPtrArray) charts = g_ptr_array_new_with_free_func (free_chart);
  GPtrArray *pages = g_ptr_array_new_with_free_func (free_page);
  guint n = (lines->len + SF_CHART_LOOKS - 1) / SF_CHART_LOOKS;

  for (guint i = 0; i < n; i++)
    {
      guint first = i * lines->len / n, end = (i + 1) * lines->len / n;
      g_autofree char *more = page_text (i, n, lines->len, all->len);
      SfChart *chart = line_chart (drawing, more, places, &g_array_index (lines, Line, first), end - first);

      chart->group = charts;
      g_ptr_array_add (charts, chart);
    }
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (pages, sf_chart (g_ptr_array_index (charts, i)));
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
  guint64 here = g_array_index (places, Place, first).combination;
  g_autofree char *more = NULL;
  g_autoptr (GHashTable) rows = g_hash_table_new (g_double_hash, g_double_equal); /* SfChartSeries by their `at` */
  g_autoptr (SfChart) chart = NULL;

  more = point_title (drawing, g_array_index (places, Place, first).point, x, y, TRUE);
  chart = new_chart (drawing, SF_CHART_HEATMAP, more);
  chart->x_title = axis_title (drawing, x, drawing->plot->x_title);
  chart->y_title = axis_title (drawing, y, drawing->plot->y_title);
  chart->z_title = measure_title (drawing, NULL);
  set_z_range (drawing, chart);
  chart->x_names = axis_names (drawing, x);
  chart->y_names = axis_names (drawing, y);
  for (; i < places->len && g_array_index (places, Place, i).combination == here; i++)
    {
      const Place *place = &g_array_index (places, Place, i);
      double at = place_on_axis (drawing, place->point, y);
      SfChartSeries *row = g_hash_table_lookup (rows, &at);

      if (row == NULL)
        {
          row = sf_chart_add_series (chart, NULL);
          row->at = at;
          g_hash_table_insert (rows, &row->at, row);
        }
      add_point (drawing, row, place);
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
  g_autofree char *title = point_title (drawing, point, G_MAXUINT, G_MAXUINT, FALSE);
  Distribution distribution = { sf_chart_add_series (chart, title), drawing->unit };

  return sf_store_foreach_value (drawing->store, point, drawing->plot->measure, add_value, &distribution, error);
}

static GPtrArray *
draw_distributions (const Drawing *drawing, SfChartKind kind, GError **error)
{
  guint n = sf_sweep_n_points (drawing->sweep), n_shown = MIN (n, SF_CHART_LOOKS);
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

/* Takes `name`, or for several pages the names that an album gives them, unless one is taken. */
static gboolean
take_name (const char *name, guint n_pages, GHashTable *names)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n_pages; i++)
    {
      g_ptr_array_add (files, n_pages > 1 ? g_strdup_printf ("%s-%u", name, i + 1) : g_strdup (name));
      if (g_hash_table_contains (names, g_ptr_array_index (files, i)))
        return FALSE;
    }
  for (guint i = 0; i < n_pages; i++)
    g_hash_table_add (names, g_strdup (g_ptr_array_index (files, i)));
  return TRUE;
}

/* Returns a name that no graph has yet: "line-handshake-time", "line-handshake-time-2". */
static char *
file_name (const Drawing *drawing, guint n_pages, GHashTable *names)
{
  char *name = g_strdup_printf ("%s-%s", kind_names[drawing->plot->kind], drawing->measure->name);

  for (guint i = 2; !take_name (name, n_pages, names); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%s-%u", kind_names[drawing->plot->kind], drawing->measure->name, i);
    }
  return name;
}

/* Returns the different values of each parameter: char **, empty for one with numbers. */
static GPtrArray *
all_words (const SfSweep *sweep)
{
  GPtrArray *words = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = 0; i < sweep->axes->len; i++)
    {
      const SfSweepAxis *axis = sf_sweep_axis (sweep, i);
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
      g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

      for (guint k = 0; k < axis->texts->len && !axis->numeric; k++)
        if (g_hash_table_add (seen, g_ptr_array_index (axis->texts, k)))
          g_strv_builder_add (texts, g_ptr_array_index (axis->texts, k));
      g_ptr_array_add (words, g_strv_builder_end (texts));
    }
  return words;
}

static gboolean
add_graphs (SfAlbum *album, SfStore *store, const SfSummary *summary, const SfSweep *sweep, const char *dir, const char *lang,
            GError **error)
{
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) words = all_words (sweep);
  g_auto (GStrv) names = sf_sweep_axis_names (sweep, lang);

  for (guint i = 0; i < sweep->plots->len; i++)
    {
      const SfSweepPlot *plot = g_ptr_array_index (sweep->plots, i);
      Drawing drawing = { store, sweep, plot, sf_sweep_measure_at (sweep, plot->measure), lang,
                          sf_summary_of (summary, plot->measure), 1, "", names, words };
      g_autofree char *name = NULL;
      GPtrArray *pages;

      choose_unit (&drawing);
      pages = draw (&drawing, error);
      if (pages == NULL)
        return FALSE;
      name = file_name (&drawing, pages->len, files);
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
