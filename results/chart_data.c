/* SPDX-License-Identifier: MIT */
#include "results/chart_data.h"

#include <string.h>

/* Lines that are drawn, at most, on pages with SF_CHART_LOOKS lines each. */
#define MAX_LINES 24

GPtrArray *
sf_chart_data_words (const SfSweep *sweep)
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

gboolean
sf_chart_data_is_rate (const SfChartData *data, guint axis)
{
  return data->plot->x_rate && axis == data->plot->x;
}

gboolean
sf_chart_data_divides (const SfChartData *data, guint axis, guint but, guint but_too)
{
  return axis != but && axis != but_too
         && (data->sweep->sampling == SF_SAMPLING_GRID || !sf_sweep_axis (data->sweep, axis)->numeric);
}

/* Returns the index of the value of `point` among the different values of parameter `axis`. In a list or sample, a
 * value can occur many times. */
static guint
word_of (const SfChartData *data, guint point, guint axis)
{
  const char *text = g_ptr_array_index (sf_sweep_axis (data->sweep, axis)->texts,
                                        sf_sweep_value (data->sweep, point, axis));
  char **words = g_ptr_array_index (data->words, axis);
  guint i = 0;

  if (data->sweep->sampling == SF_SAMPLING_GRID)
    return sf_sweep_value (data->sweep, point, axis);
  while (strcmp (words[i], text) != 0)
    i++;
  return i;
}

double
sf_chart_data_place (const SfChartData *data, guint point, guint axis)
{
  const SfSweepAxis *a = sf_sweep_axis (data->sweep, axis);
  guint value = sf_sweep_value (data->sweep, point, axis);

  if (sf_chart_data_is_rate (data, axis))
    return SF_SEC / a->numbers[value];
  return a->numeric ? a->numbers[value] / a->scale : word_of (data, point, axis);
}

/* Returns the index of the value of parameter `axis` at `point`, and stores the number of values. */
static guint
value_of (const SfChartData *data, guint point, guint axis, guint *ret_n)
{
  const SfSweepAxis *a = sf_sweep_axis (data->sweep, axis);

  *ret_n = a->texts->len;
  return a->numeric ? sf_sweep_value (data->sweep, point, axis) : word_of (data, point, axis);
}

/* Returns the number of the combination of values that `point` has in the parameters that separate lines. */
static guint64
combination (const SfChartData *data, guint point, guint but, guint but_too)
{
  guint64 number = 0;

  for (guint i = 0; i < data->sweep->axes->len; i++)
    if (sf_chart_data_divides (data, i, but, but_too))
      {
        guint n, value = value_of (data, point, i, &n);

        number = number * n + value;
      }
  return number;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const SfChartDataPlace *left = a, *right = b;

  if (left->combination != right->combination)
    return left->combination < right->combination ? -1 : 1;
  if (left->x != right->x)
    return left->x < right->x ? -1 : 1;
  return left->point < right->point ? -1 : left->point > right->point;
}

GArray *
sf_chart_data_places (const SfChartData *data, guint x, guint but_too)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (SfChartDataPlace));

  for (guint point = 0; point < sf_sweep_n_points (data->sweep); point++)
    {
      const SfChartDataPlace place = { combination (data, point, x, but_too), sf_chart_data_place (data, point, x),
                                       point };

      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return places;
}

gboolean
sf_chart_data_is_loose (const SfChartData *data)
{
  for (guint i = 0; i < data->sweep->axes->len; i++)
    if (i != data->plot->x && !sf_chart_data_divides (data, i, data->plot->x, data->plot->x))
      return TRUE;
  return FALSE;
}

GArray *
sf_chart_data_lines (const GArray *places)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (SfChartDataLine));
  guint first = 0;

  for (guint i = 1; i <= places->len; i++)
    if (i == places->len
        || g_array_index (places, SfChartDataPlace, i).combination
             != g_array_index (places, SfChartDataPlace, first).combination)
      {
        g_array_append_vals (lines, &(SfChartDataLine){ first, i - first }, 1);
        first = i;
      }
  return lines;
}

GArray *
sf_chart_data_choose (const GArray *lines)
{
  guint n = MIN (lines->len, MAX_LINES);
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (SfChartDataLine));

  for (guint i = 0; i < n; i++)
    g_array_append_vals (chosen,
                         &g_array_index (lines, SfChartDataLine,
                                         n > 1 ? (guint) ((guint64) i * (lines->len - 1) / (n - 1)) : 0),
                         1);
  return chosen;
}
