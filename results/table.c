/* SPDX-License-Identifier: MIT */
#include "results/table.h"

#include "base/columns.h"
#include "base/gettext.h"
#include "base/paragraph.h"
#include "results/axis_names.h"

#include <math.h>

#define GAP 2              /* columns between two columns */
#define MAX_DIGITS 4       /* decimal places, at most */
#define MAX_SHARE_DIGITS 6 /* the same for fractions */

/* How the numbers of a table are written. */
typedef struct
{
  double size;      /* the unit, in base units */
  const char *name; /* name of the unit, "": none */
  int digits;       /* decimal places */
} Scale;

/* A table while it is made: rows of texts, the first with the headings. */
typedef struct
{
  GPtrArray *rows; /* GPtrArray of char * */
  guint n_left; /* the first columns, with the values of the point, are aligned to the left, the others to the right */
} Grid;

/* --- numbers --- */

static Scale
scale_of_unit (SfUnit unit, double most)
{
  static const Scale times[] = { { 1e9, "s", 0 }, { 1e6, "ms", 0 }, { 1e3, "us", 0 }, { 1, "ns", 0 } };
  static const Scale bytes[] = { { 1e9, "GB", 0 }, { 1e6, "MB", 0 }, { 1e3, "kB", 0 }, { 1, "B", 0 } };
  static const Scale rates[] = { { 1e9, "Gbit/s", 0 }, { 1e6, "Mbit/s", 0 }, { 1e3, "kbit/s", 0 }, { 1, "bit/s", 0 } };
  const Scale *scales = unit == SF_UNIT_TIME ? times : unit == SF_UNIT_BYTES ? bytes : rates;
  guint i = 0;

  if (unit == SF_UNIT_COUNT)
    return (Scale){ 1, "", 0 };
  if (unit == SF_UNIT_MEAN)
    return (Scale){ 1e6, "", 0 };
  if (most == 0)
    return unit == SF_UNIT_TIME ? times[0] : scales[3];
  while (i < 3 && most < scales[i].size)
    i++;
  return scales[i];
}

/* Returns the decimal places for means: three digits of the smallest mean, at most MAX_DIGITS places. */
static int
digits_for (double least, double size)
{
  if (least == 0)
    return 0;
  return (int) CLAMP (2 - floor (log10 (least / size)), 0, MAX_DIGITS);
}

/* Returns the decimal places for fractions in percent: two digits of half the narrowest interval. With fewer, "0.00 …
 * 0.00" would look certain. */
static int
digits_for_share (const SfStats *stats, guint n)
{
  double least = INFINITY;

  for (guint i = 0; i < n; i++)
    if (stats[i].n > 0 && stats[i].high > stats[i].low)
      least = MIN (least, (stats[i].high - stats[i].low) / 2 * 100);
  return isinf (least) ? 0 : (int) CLAMP (1 - floor (log10 (least)), 0, MAX_SHARE_DIGITS);
}

static Scale
find_scale (const SfMeasure *measure, const SfStats *stats, guint n)
{
  double most = 0, least = INFINITY;
  gboolean whole = measure->unit == SF_UNIT_COUNT;
  Scale scale;

  if (measure->fraction)
    return (Scale){ 0.01, "%", digits_for_share (stats, n) };
  for (guint i = 0; i < n; i++)
    if (stats[i].n > 0)
      {
        double mean = fabs (stats[i].mean);

        most = MAX (most, MAX (mean, fabs (stats[i].p95)));
        if (mean > 0)
          least = MIN (least, mean);
        whole = whole && (stats[i].n < 2 || stats[i].sd == 0) && mean == floor (mean);
      }
  scale = scale_of_unit (measure->unit, most);
  scale.digits = whole || isinf (least) ? 0 : digits_for (least, scale.size);
  return scale;
}

static char *
number_text (double value, const Scale *scale)
{
  char format[8], text[G_ASCII_DTOSTR_BUF_SIZE * 2];

  if (isnan (value))
    return g_strdup ("–");
  g_snprintf (format, sizeof format, "%%.%df", scale->digits);
  g_ascii_formatd (text, sizeof text, format, value / scale->size);
  return g_strdup (text);
}

/* --- the grid --- */

static GPtrArray *
add_row (Grid *grid)
{
  GPtrArray *row = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (grid->rows, row);
  return row;
}

static void
add_cell (GPtrArray *row, const char *text)
{
  g_ptr_array_add (row, g_strdup (text));
}

static guint
width_of_column (const Grid *grid, guint column)
{
  guint width = 0;

  for (guint i = 0; i < grid->rows->len; i++)
    width = MAX (width,
                 (guint) sf_columns (g_ptr_array_index ((GPtrArray *) g_ptr_array_index (grid->rows, i), column)));
  return width;
}

static void
add_spaces (GString *out, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (out, ' ');
}

/* Appends row `row` from column `from` on. */
static void
print_row (GString *out, const Grid *grid, guint row, guint from, const guint *widths)
{
  const GPtrArray *cells = g_ptr_array_index (grid->rows, row);

  for (guint i = from; i < cells->len; i++)
    {
      const char *text = g_ptr_array_index (cells, i);
      guint room = widths[i] - (guint) sf_columns (text);

      add_spaces (out, GAP + (i < grid->n_left ? 0 : room));
      g_string_append (out, text);
      add_spaces (out, i < grid->n_left && i + 1 < cells->len ? room : 0);
    }
  g_string_append_c (out, '\n');
}

/* Appends the values of row `row` with their headings: "loss = 1%, variant = two-way". */
static void
print_point (GString *out, const Grid *grid, guint row)
{
  const GPtrArray *head = g_ptr_array_index (grid->rows, 0), *cells = g_ptr_array_index (grid->rows, row);

  for (guint i = 0; i < grid->n_left; i++)
    g_string_append_printf (out, "%s%s = %s", i > 0 ? ", " : "  ", (const char *) g_ptr_array_index (head, i),
                            (const char *) g_ptr_array_index (cells, i));
  g_string_append_c (out, '\n');
}

/* Stores the widths of the columns. Returns the width of a row. */
static guint
measure_columns (const Grid *grid, guint *widths, guint n)
{
  guint width = 0;

  for (guint i = 0; i < n; i++)
    {
      widths[i] = width_of_column (grid, i);
      width += GAP + widths[i];
    }
  return width;
}

/* Prints the table. If it is too wide, points stand above their numbers. */
static void
print_grid (GString *out, Grid *grid, guint max_width)
{
  guint n = ((GPtrArray *) g_ptr_array_index (grid->rows, 0))->len;
  g_autofree guint *widths = g_new (guint, n);
  gboolean above = measure_columns (grid, widths, n) > max_width && max_width > 0 && grid->n_left > 0;

  for (guint i = 0; i < grid->rows->len; i++)
    {
      if (above && i > 0)
        print_point (out, grid, i);
      if (above)
        add_spaces (out, GAP);
      print_row (out, grid, i, above ? grid->n_left : 0, widths);
    }
}

/* --- a measure --- */

static void
add_headings (Grid *grid, const SfSweep *sweep, const SfMeasure *measure, gboolean missing, const char *lang)
{
  g_auto (GStrv) names = sf_sweep_axis_names (sweep, lang);
  GPtrArray *row = add_row (grid);

  for (guint i = 0; i < sweep->axes->len; i++)
    add_cell (row, names[i]);
  add_cell (row, "n");
  if (missing)
    add_cell (row, tr (lang, "none"));
  add_cell (row, measure->fraction ? tr (lang, "share") : tr (lang, "mean"));
  add_cell (row, measure->fraction ? tr (lang, "interval (95 %)") : tr (lang, "± 95 %"));
  if (measure->fraction)
    return;
  add_cell (row, tr (lang, "median"));
  add_cell (row, "5 %");
  add_cell (row, "95 %");
  add_cell (row, tr (lang, "sd"));
}

static void
add_interval (GPtrArray *row, const SfMeasure *measure, const SfStats *stats, const Scale *scale)
{
  g_autofree char *low = number_text (stats->low, scale), *high = number_text (stats->high, scale);

  if (!measure->fraction)
    g_ptr_array_add (row, number_text ((stats->high - stats->low) / 2, scale));
  else if (isnan (stats->low))
    add_cell (row, "–");
  else
    g_ptr_array_add (row, g_strdup_printf ("%s … %s", low, high));
}

static void
add_stats (Grid *grid, const SfSweep *sweep, guint point, const SfMeasure *measure, const SfStats *stats,
           gboolean missing, const Scale *scale)
{
  GPtrArray *row = add_row (grid);

  for (guint i = 0; i < sweep->axes->len; i++)
    add_cell (row, g_ptr_array_index (sf_sweep_axis (sweep, i)->texts, sf_sweep_value (sweep, point, i)));
  g_ptr_array_add (row, g_strdup_printf ("%" G_GUINT64_FORMAT, stats->n));
  if (missing)
    g_ptr_array_add (row, g_strdup_printf ("%" G_GUINT64_FORMAT, stats->missing));
  g_ptr_array_add (row, number_text (stats->n > 0 ? stats->mean : NAN, scale));
  add_interval (row, measure, stats, scale);
  if (measure->fraction)
    return;
  g_ptr_array_add (row, number_text (stats->n > 0 ? stats->median : NAN, scale));
  g_ptr_array_add (row, number_text (stats->n > 0 ? stats->p5 : NAN, scale));
  g_ptr_array_add (row, number_text (stats->n > 0 ? stats->p95 : NAN, scale));
  g_ptr_array_add (row, number_text (stats->sd, scale));
}

static void
add_title (GString *out, const SfMeasure *measure, const Scale *scale, const SfTextStyle *style)
{
  const char *title = sf_wording_in (measure->title, style->lang);
  g_autofree char *text = *scale->name != '\0' ? g_strdup_printf (tr (style->lang, "%s, in %s"), title, scale->name)
                                               : g_strdup (title);

  g_string_append_c (out, '\n');
  sf_paragraph_title (out, text, style);
}

static void
add_measure (GString *out, const SfSweep *sweep, const SfMeasure *measure, const SfStats *stats,
             const SfTextStyle *style)
{
  guint n = sf_sweep_n_points (sweep);
  Scale scale = find_scale (measure, stats, n);
  Grid grid = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref), sweep->axes->len };
  gboolean missing = FALSE;

  for (guint i = 0; i < n; i++)
    missing = missing || stats[i].missing > 0;
  add_title (out, measure, &scale, style);
  add_headings (&grid, sweep, measure, missing, style->lang);
  for (guint i = 0; i < n; i++)
    add_stats (&grid, sweep, i, measure, &stats[i], missing, &scale);
  print_grid (out, &grid, style->width);
  g_ptr_array_unref (grid.rows);
}

/* --- all of it --- */

static void
add_heading (GString *out, const SfSweep *sweep, const SfTextStyle *style)
{
  guint n = sf_sweep_n_points (sweep);
  g_autofree char *runs = g_strdup_printf ("%" G_GUINT64_FORMAT, sweep->replications);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, sweep->seed);
  g_autoptr (GString) text = g_string_new (NULL);

  if (sweep->title != NULL)
    sf_paragraph_title (out, sf_wording_in (sweep->title, style->lang), style);
  if (sweep->asks != NULL)
    sf_paragraph (out, "", "", sf_wording_in (sweep->asks, style->lang), style->width);
  g_string_append_printf (text, trn (style->lang, "%u point, ", "%u points, ", n), n);
  if (sweep->precise_measure >= 0)
    g_string_append_printf (text, tr (style->lang, "up to %s runs each, "), runs);
  else
    g_string_append_printf (text, trn (style->lang, "%s run each, ", "%s runs each, ", sweep->replications), runs);
  g_string_append_printf (text, tr (style->lang, "seed %s"), seed);
  sf_paragraph (out, "", "", text->str, style->width);
}

void
sf_sweep_table (GString *out, const SfPointStats *point_stats, const SfSweep *sweep, const SfTextStyle *style)
{
  add_heading (out, sweep, style);
  for (guint i = 0; i < sweep->measures->len; i++)
    add_measure (out, sweep, sf_sweep_measure_at (sweep, i), sf_point_stats_of (point_stats, i), style);
}
