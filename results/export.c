/* SPDX-License-Identifier: MIT */
#include "results/export.h"

#include "base/json.h"
#include "base/stream.h"

#include <math.h>
#include <string.h>

/* An export while it is written, and the values of the axes as it writes them. */
typedef struct
{
  const SfSweep *sweep;
  gboolean json;
  SfStream *stream;
  GString *line;
  gboolean begun;    /* the line has a column already */
  GPtrArray *values; /* by axis: GPtrArray of char * */
} Export;

/* --- columns --- */

static char *
quote_csv (const char *text)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *doubled = NULL;

  if (strpbrk (text, ",\"\r\n") == NULL)
    return g_strdup (text);
  parts = g_strsplit (text, "\"", -1);
  doubled = g_strjoinv ("\"\"", parts);
  return g_strdup_printf ("\"%s\"", doubled);
}

static char *
quote (const Export *export, const char *text)
{
  GString *quoted;

  if (!export->json)
    return quote_csv (text);
  quoted = g_string_new (NULL);
  sf_json_string (quoted, text);
  return g_string_free (quoted, FALSE);
}

/* Appends the next column with the text `value`, NULL: empty. */
static void
add_column (Export *export, const char *name, const char *value)
{
  GString *line = export->line;

  if (export->begun)
    g_string_append_c (line, ',');
  else if (export->json)
    g_string_append_c (line, '{');
  export->begun = TRUE;
  if (export->json)
    {
      sf_json_string (line, name);
      g_string_append_c (line, ':');
    }
  g_string_append (line, value != NULL ? value : export->json ? "null" : "");
}

static void
add_text (Export *export, const char *name, const char *text)
{
  g_autofree char *quoted = text != NULL ? quote (export, text) : NULL;

  add_column (export, name, quoted);
}

static void
add_integer (Export *export, const char *name, gint64 value)
{
  char text[32];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  add_column (export, name, text);
}

/* Writes `value` into `text` with the fewest digits that give the same number when read. */
static void
print_number (char text[G_ASCII_DTOSTR_BUF_SIZE], double value)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_ascii_formatd (text, G_ASCII_DTOSTR_BUF_SIZE, formats[i], value);
      if (g_ascii_strtod (text, NULL) == value)
        return;
    }
}

static void
add_number (Export *export, const char *name, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  if (isfinite (value))
    print_number (text, value);
  add_column (export, name, isfinite (value) ? text : NULL);
}

static void
add_axes (Export *export, guint point)
{
  for (guint i = 0; i < export->sweep->axes->len; i++)
    {
      const GPtrArray *values = g_ptr_array_index (export->values, i);

      add_column (export, sf_sweep_axis (export->sweep, i)->path,
                  g_ptr_array_index (values, sf_sweep_value (export->sweep, point, i)));
    }
}

static void
end_line (Export *export)
{
  g_string_append (export->line, export->json ? "}\n" : "\n");
  sf_stream_add (export->stream, export->line);
  g_string_truncate (export->line, 0);
  export->begun = FALSE;
}

/* Writes the names of the columns as the first line of a CSV file. An empty name in `names` stands for the names of all
 * axes. */
static void
add_heading (Export *export, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (*names[i] != '\0')
        add_text (export, "", names[i]);
      for (guint k = 0; *names[i] == '\0' && k < export->sweep->axes->len; k++)
        add_text (export, "", sf_sweep_axis (export->sweep, k)->path);
    }
}

/* --- the file --- */

static GPtrArray *
write_values (const Export *export, const SfSweepAxis *axis)
{
  GPtrArray *values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < axis->texts->len; i++)
    {
      char number[G_ASCII_DTOSTR_BUF_SIZE];

      if (axis->numeric)
        print_number (number, axis->numbers[i]);
      g_ptr_array_add (values, axis->numeric ? g_strdup (number) : quote (export, g_ptr_array_index (axis->texts, i)));
    }
  return values;
}

static gboolean
begin (Export *export, const SfSweep *sweep, const char *path, gboolean json, GError **error)
{
  *export = (Export){ .sweep = sweep, .json = json };
  export->stream = sf_stream_open (path, error);
  if (export->stream == NULL)
    return FALSE;
  export->line = g_string_new (NULL);
  export->values = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < sweep->axes->len; i++)
    g_ptr_array_add (export->values, write_values (export, sf_sweep_axis (sweep, i)));
  return TRUE;
}

static gboolean
end (Export *export, gboolean complete, GError **error)
{
  g_ptr_array_unref (export->values);
  g_string_free (export->line, TRUE);
  return sf_stream_close (export->stream, complete, complete ? error : NULL) && complete;
}

/* --- runs --- */

static gboolean
add_run (gpointer user, guint64 row, guint point, guint64 replication, const gint64 *values)
{
  Export *export = user;

  add_integer (export, "row", (gint64) row);
  add_integer (export, "point", point);
  add_integer (export, "replication", (gint64) replication);
  add_axes (export, point);
  for (guint i = 0; i < export->sweep->measures->len; i++)
    {
      const char *name = sf_sweep_measure_at (export->sweep, i)->name;

      if (values[i] == SF_NO_VALUE)
        add_column (export, name, NULL);
      else
        add_integer (export, name, values[i]);
    }
  end_line (export);
  return TRUE;
}

gboolean
sf_sweep_export_runs (SfStore *store, const SfSweep *sweep, const char *path, gboolean json, GError **error)
{
  static const char *const names[] = { "row", "point", "replication", "", NULL };
  Export export;

  if (!begin (&export, sweep, path, json, error))
    return FALSE;
  if (!json)
    {
      add_heading (&export, names);
      for (guint i = 0; i < sweep->measures->len; i++)
        add_text (&export, "", sf_sweep_measure_at (sweep, i)->name);
      end_line (&export);
    }
  return end (&export, sf_store_foreach (store, add_run, &export, error), error);
}

/* --- statistics --- */

static void
add_stats (Export *export, guint point, const SfMeasure *measure, const SfStats *stats)
{
  const char *unit = sf_unit_name (measure->unit);

  add_integer (export, "point", point);
  add_axes (export, point);
  add_text (export, "measure", measure->name);
  add_text (export, "unit", *unit != '\0' ? unit : NULL);
  add_integer (export, "n", (gint64) stats->n);
  add_integer (export, "missing", (gint64) stats->missing);
  add_number (export, "mean", stats->mean);
  add_number (export, "sd", stats->sd);
  add_number (export, "median", stats->median);
  add_number (export, "p5", stats->p5);
  add_number (export, "p95", stats->p95);
  add_number (export, "low", stats->low);
  add_number (export, "high", stats->high);
  end_line (export);
}

static void
add_all_stats (Export *export, const SfPointStats *point_stats)
{
  guint n_points = sf_sweep_n_points (export->sweep), n_measures = export->sweep->measures->len;

  for (guint point = 0; point < n_points; point++)
    for (guint i = 0; i < n_measures; i++)
      add_stats (export, point, sf_sweep_measure_at (export->sweep, i), &sf_point_stats_of (point_stats, i)[point]);
}

gboolean
sf_sweep_export_stats (const SfPointStats *point_stats, const SfSweep *sweep, const char *path, GError **error)
{
  static const char *const names[] = { "point", "",       "measure", "unit", "n",   "missing", "mean",
                                       "sd",    "median", "p5",      "p95",  "low", "high",    NULL };
  Export export;

  if (!begin (&export, sweep, path, g_str_has_suffix (path, ".jsonl"), error))
    return FALSE;
  if (!export.json)
    {
      add_heading (&export, names);
      end_line (&export);
    }
  add_all_stats (&export, point_stats);
  return end (&export, TRUE, error);
}
