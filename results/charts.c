/* SPDX-License-Identifier: MIT */
#include "results/charts.h"

#include "base/files.h"
#include "base/gettext.h"
#include "results/axis_names.h"
#include "results/chart_data.h"

#include <math.h>

/* --- what the store says --- */

/* Returns the unit in which values up to `most` are shown, and its name. */
static double
unit_for (const SfMeasure *measure, double most, const char **ret_name)
{
  static const struct
  {
    double size;
    const char *times, *bytes, *rates;
  } units[] = { { 1e9, "s", "GB", "Gbit/s" },
                { 1e6, "ms", "MB", "Mbit/s" },
                { 1e3, "µs", "kB", "kbit/s" },
                { 1, "ns", "B", "bit/s" } };
  guint i = 0;

  *ret_name = measure->fraction ? "%" : "";
  if (measure->fraction || measure->unit == SF_UNIT_COUNT || measure->unit == SF_UNIT_MEAN)
    return measure->fraction ? 0.01 : measure->unit == SF_UNIT_MEAN ? 1e6 : 1;
  while (i < 3 && most > 0 && most < units[i].size)
    i++;
  if (most == 0)
    i = measure->unit == SF_UNIT_TIME ? 0 : 3;
  *ret_name = measure->unit == SF_UNIT_TIME    ? units[i].times
              : measure->unit == SF_UNIT_BYTES ? units[i].bytes
                                               : units[i].rates;
  return units[i].size;
}

static SfChartShape
shape_of (const SfChartData *data)
{
  return sf_sweep_chart_shape (data->plot->kind);
}

static void
choose_unit (SfChartData *data)
{
  guint n = sf_sweep_n_points (data->sweep);
  double most = 0;

  for (guint point = 0; point < n; point++)
    {
      const SfStats *stats = &data->stats[point];

      if (stats->n > 0)
        most = fmax (most, fabs (shape_of (data) != SF_CHART_OF_VALUES ? stats->mean : stats->p95));
    }
  data->unit = unit_for (data->measure, most, &data->unit_name);
}

/* --- words --- */

static char *
with_unit (const char *text, const char *unit)
{
  return *unit != '\0' ? g_strdup_printf ("%s (%s)", text, unit) : g_strdup (text);
}

/* Returns the title of the chart's axis for parameter `axis`; `given` is the one that the sweep gives, or NULL. */
static char *
axis_title (const SfChartData *data, guint axis, const SfWording *given)
{
  const SfSweepAxis *a = sf_sweep_axis (data->sweep, axis);
  gboolean rate = sf_chart_data_is_rate (data, axis);
  g_autofree char *own = g_strdup_printf (rate ? "1 / %s" : "%s", data->names[axis]);

  return with_unit (given != NULL ? sf_wording_in (given, data->lang) : own, rate         ? "1/s"
                                                                             : a->numeric ? a->scale_name
                                                                                          : "");
}

static char *
measure_title (const SfChartData *data, const SfWording *given)
{
  return with_unit (sf_wording_in (given != NULL ? given : data->measure->title, data->lang), data->unit_name);
}

/* Returns the values that `point` has in all parameters but two: "loss 10%, delay 50ms". With `of_line`, only those of
 * parameters that separate lines. NULL if there are none. */
static char *
point_title (const SfChartData *data, guint point, guint but, guint but_too, gboolean of_line)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < data->sweep->axes->len; i++)
    if (of_line ? sf_chart_data_divides (data, i, but, but_too) : i != but && i != but_too)
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", data->names[i],
                              (char *) g_ptr_array_index (sf_sweep_axis (data->sweep, i)->texts,
                                                          sf_sweep_value (data->sweep, point, i)));
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* Returns how many runs a point has, and what is drawn of them. */
static char *
runs_text (const SfChartData *data)
{
  guint64 least = G_MAXUINT64, most = 0, missing = 0;
  g_autofree char *from = NULL, *to = NULL,
                  *none = NULL; /* xgettext cuts a string at G_GUINT64_FORMAT, so numbers are printed first */
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint point = 0; point < sf_sweep_n_points (data->sweep); point++)
    {
      const SfStats *stats = &data->stats[point];

      least = MIN (least, stats->n + stats->missing);
      most = MAX (most, stats->n + stats->missing);
      missing += stats->missing;
    }
  from = g_strdup_printf ("%" G_GUINT64_FORMAT, least);
  to = g_strdup_printf ("%" G_GUINT64_FORMAT, most);
  none = g_strdup_printf ("%" G_GUINT64_FORMAT, missing);
  if (least < most)
    g_string_append_printf (text, tr (data->lang, "%s to %s runs at each point"), from, to);
  else
    g_string_append_printf (text, trn (data->lang, "%s run at each point", "%s runs at each point", most), to);
  if (shape_of (data) == SF_CHART_ON_X && most > 1)
    g_string_append_printf (text, ", %s",
                            data->measure->fraction ? tr (data->lang, "share with its interval of 95 % (Wilson)")
                                                    : tr (data->lang, "mean with its interval of 95 % (Student)"));
  if (missing > 0)
    g_string_append_printf (text, tr (data->lang, "; left out: %s without a value"), none);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* --- the chart --- */

static SfChart *
new_chart (const SfChartData *data, const char *more)
{
  const SfWording *title = data->plot->title != NULL ? data->plot->title : data->sweep->title;
  g_autofree char *runs = runs_text (data);
  SfChart *chart = sf_chart_new (sf_chart_kind_find (sf_sweep_chart_names ()[data->plot->kind]));

  chart->lang = data->lang;
  chart->title = g_strdup (title != NULL ? sf_wording_in (title, data->lang) : data->measure->name);
  chart->subtitle = more != NULL ? g_strdup_printf ("%s · %s", more, runs) : g_strdup (runs);
  chart->x_log = data->plot->x_log;
  chart->y_log = data->plot->y_log;
  return chart;
}

/* Returns the names on the chart's axis for parameter `axis`, NULL if it has numbers. */
static char **
axis_names (const SfChartData *data, guint axis)
{
  return sf_sweep_axis (data->sweep, axis)->numeric ? NULL : g_strdupv (g_ptr_array_index (data->words, axis));
}

static void
add_point (const SfChartData *data, SfChartSeries *series, const SfChartDataPlace *place)
{
  const SfStats *stats = &data->stats[place->point];

  if (stats->n == 0)
    sf_chart_add_point (series, place->x, NAN, NAN, NAN);
  else
    sf_chart_add_point (series, place->x, stats->mean / data->unit, stats->low / data->unit, stats->high / data->unit);
}

/* --- kinds --- */

static void
free_page (gpointer data)
{
  sf_page_free (data);
}

static void
add_line (const SfChartData *data, SfChart *chart, const GArray *places, const SfChartDataLine *line)
{
  guint x = data->plot->x;
  g_autofree char *title = point_title (data, g_array_index (places, SfChartDataPlace, line->first).point, x, x, TRUE);
  SfChartSeries *series = sf_chart_add_series (chart, title == NULL && data->plot->theory != NULL
                                                        ? tr (data->lang, "measured")
                                                        : title);

  series->loose = sf_chart_data_is_loose (data);
  for (guint i = 0; i < line->n; i++)
    add_point (data, series, &g_array_index (places, SfChartDataPlace, line->first + i));
}

/* Returns the chart of `n_lines` lines from `lines` on. `more`: see new_chart(). */
static SfChart *
line_chart (const SfChartData *data, const char *more, const GArray *places, const SfChartDataLine *lines,
            guint n_lines)
{
  guint x = data->plot->x;
  SfChart *chart = new_chart (data, more);

  chart->x_title = axis_title (data, x, data->plot->x_title);
  chart->y_title = measure_title (data, data->plot->y_title);
  chart->x_names = axis_names (data, x);
  for (guint i = 0; i < n_lines; i++)
    add_line (data, chart, places, &lines[i]);
  if (data->plot->theory != NULL && chart->x_names == NULL)
    sf_chart_data_add_theory (data, chart, places, lines, n_lines);
  return chart;
}

/* Returns the words for the number of the page, and for lines that are not drawn; NULL if there is nothing to say. */
static char *
page_text (guint page, guint n_pages, guint n_drawn, guint n_lines, const char *lang)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (n_pages > 1)
    g_string_append_printf (text, tr (lang, "page %u of %u"), page + 1, n_pages);
  if (n_drawn < n_lines)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, tr (lang, "%u of %u lines"), n_drawn, n_lines);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
free_chart (gpointer data)
{
  sf_chart_free (data);
}

/* Draws lines. If one page cannot tell them apart, they are on several pages with the same axes. */
static GPtrArray *
draw_lines (const SfChartData *data)
{
  g_autoptr (GArray) places = sf_chart_data_places (data, data->plot->x, data->plot->x);
  g_autoptr (GArray) all = sf_chart_data_lines (places);
  g_autoptr (GArray) lines = sf_chart_data_choose (all);
  g_autoptr (GPtrArray) charts = g_ptr_array_new_with_free_func (free_chart);
  GPtrArray *pages = g_ptr_array_new_with_free_func (free_page);
  guint n = (lines->len + SF_CHART_LOOKS - 1) / SF_CHART_LOOKS;

  for (guint i = 0; i < n; i++)
    {
      guint first = i * lines->len / n, end = (i + 1) * lines->len / n;
      g_autofree char *more = page_text (i, n, lines->len, all->len, data->lang);
      SfChart *chart = line_chart (data, more, places, &g_array_index (lines, SfChartDataLine, first), end - first);

      chart->group = charts;
      g_ptr_array_add (charts, chart);
    }
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (pages, sf_chart (g_ptr_array_index (charts, i)));
  return pages;
}

/* Sets the range of colors, the same for all maps of a graph. */
static void
set_z_range (const SfChartData *data, SfChart *chart)
{
  double low = INFINITY, high = -INFINITY;

  for (guint point = 0; point < sf_sweep_n_points (data->sweep); point++)
    if (data->stats[point].n > 0)
      {
        low = fmin (low, data->stats[point].mean / data->unit);
        high = fmax (high, data->stats[point].mean / data->unit);
      }
  if (high > low)
    {
      chart->z_low = low;
      chart->z_high = high;
    }
}

/* Adds the map of the points from `first` on that have the same combination. Returns the index of the first point of
 * the next map. */
static guint
draw_map (const SfChartData *data, const GArray *places, guint first, GPtrArray *pages)
{
  guint x = data->plot->x, y = data->plot->y, i = first;
  guint64 here = g_array_index (places, SfChartDataPlace, first).combination;
  g_autofree char *more = NULL;
  g_autoptr (GHashTable) rows = g_hash_table_new (g_double_hash, g_double_equal); /* SfChartSeries by their `at` */
  g_autoptr (SfChart) chart = NULL;

  more = point_title (data, g_array_index (places, SfChartDataPlace, first).point, x, y, TRUE);
  chart = new_chart (data, more);
  chart->x_title = axis_title (data, x, data->plot->x_title);
  chart->y_title = axis_title (data, y, data->plot->y_title);
  chart->z_title = measure_title (data, NULL);
  set_z_range (data, chart);
  chart->x_names = axis_names (data, x);
  chart->y_names = axis_names (data, y);
  for (; i < places->len && g_array_index (places, SfChartDataPlace, i).combination == here; i++)
    {
      const SfChartDataPlace *place = &g_array_index (places, SfChartDataPlace, i);
      double at = sf_chart_data_place (data, place->point, y);
      SfChartSeries *row = g_hash_table_lookup (rows, &at);

      if (row == NULL)
        {
          row = sf_chart_add_series (chart, NULL);
          row->at = at;
          g_hash_table_insert (rows, &row->at, row);
        }
      add_point (data, row, place);
    }
  g_ptr_array_add (pages, sf_chart (chart));
  return i;
}

static GPtrArray *
draw_maps (const SfChartData *data)
{
  g_autoptr (GArray) places = sf_chart_data_places (data, data->plot->x, data->plot->y);
  GPtrArray *pages = g_ptr_array_new_with_free_func (free_page);

  for (guint i = 0; i < places->len;)
    i = draw_map (data, places, i, pages);
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
add_distribution (const SfChartData *data, SfChart *chart, guint point, GError **error)
{
  g_autofree char *title = point_title (data, point, G_MAXUINT, G_MAXUINT, FALSE);
  Distribution distribution = { sf_chart_add_series (chart, title), data->unit };

  return sf_store_foreach_value (data->store, point, data->plot->measure, add_value, &distribution, error);
}

static GPtrArray *
draw_distributions (const SfChartData *data, GError **error)
{
  guint n = sf_sweep_n_points (data->sweep), n_shown = MIN (n, SF_CHART_LOOKS);
  g_autofree char *more = n > n_shown ? g_strdup_printf (tr (data->lang, "%u of %u points"), n_shown, n) : NULL;
  g_autoptr (SfChart) chart = new_chart (data, more);
  GPtrArray *pages;

  chart->x_title = measure_title (data, data->plot->x_title);
  for (guint i = 0; i < n_shown; i++)
    if (!add_distribution (data, chart, n_shown > 1 ? (guint) ((guint64) i * (n - 1) / (n_shown - 1)) : 0, error))
      return NULL;
  pages = g_ptr_array_new_with_free_func (free_page);
  g_ptr_array_add (pages, sf_chart (chart));
  return pages;
}

static GPtrArray *
draw (const SfChartData *data, GError **error)
{
  switch (shape_of (data))
    {
    case SF_CHART_ON_X:
      return draw_lines (data);
    case SF_CHART_ON_XY:
      return draw_maps (data);
    case SF_CHART_OF_VALUES:
      return draw_distributions (data, error);
    case SF_N_CHART_SHAPES:
      break;
    }
  g_return_val_if_reached (NULL);
}

/* --- all of them --- */

/* Takes `name`, or for several pages the names that a picture set gives them. FALSE if one is taken. */
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

/* Returns an unused name for the graph: "line-handshake-time", "line-handshake-time-2". */
static char *
file_name (const SfChartData *data, guint n_pages, GHashTable *names)
{
  char *name = g_strdup_printf ("%s-%s", sf_sweep_chart_names ()[data->plot->kind], data->measure->name);

  for (guint i = 2; !take_name (name, n_pages, names); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s-%s-%u", sf_sweep_chart_names ()[data->plot->kind], data->measure->name, i);
    }
  return name;
}

static gboolean
add_graphs (SfPictureSet *picture_set, SfStore *store, const SfPointStats *point_stats, const SfSweep *sweep,
            const char *dir, const char *lang, GError **error)
{
  g_autoptr (GHashTable) files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) words = sf_chart_data_words (sweep);
  g_auto (GStrv) names = sf_sweep_axis_names (sweep, lang);

  for (guint i = 0; i < sweep->plots->len; i++)
    {
      const SfSweepPlot *plot = g_ptr_array_index (sweep->plots, i);
      SfChartData data = { store, sweep,
                           plot,  sf_sweep_measure_at (sweep, plot->measure),
                           lang,  sf_point_stats_of (point_stats, plot->measure),
                           1,     "",
                           names, words };
      g_autofree char *name = NULL;
      GPtrArray *pages;

      choose_unit (&data);
      pages = draw (&data, error);
      if (pages == NULL)
        return FALSE;
      name = file_name (&data, pages->len, files);
      sf_picture_set_add_pages (picture_set, dir, name, pages);
    }
  return TRUE;
}

gboolean
sf_sweep_draw (SfStore *store, const SfPointStats *point_stats, const SfSweep *sweep, const char *dir,
               const char *formats, const char *lang, GError **error)
{
  g_autoptr (SfPictureSet) picture_set = sf_picture_set_new (formats);

  g_return_val_if_fail (picture_set != NULL, FALSE);
  return sf_directory_make (dir, error) && add_graphs (picture_set, store, point_stats, sweep, dir, lang, error)
         && sf_picture_set_write (picture_set, error);
}
