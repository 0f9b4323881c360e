/* SPDX-License-Identifier: MIT */
#include "results/chart_data.h"

#include <string.h>

/* More lines than this are not drawn; they are on pages of SF_CHART_LOOKS. */
#define MAX_LINES 24

GPtrArray *
sf_drawing_words (const SfSweep *sweep)
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
sf_drawing_is_rate (const SfDrawing *drawing, guint axis)
{
  return drawing->plot->x_rate && axis == drawing->plot->x;
}

gboolean
sf_drawing_divides (const SfDrawing *drawing, guint axis, guint but, guint but_too)
{
  return axis != but && axis != but_too
         && (drawing->sweep->sampling == SF_SAMPLING_GRID || !sf_sweep_axis (drawing->sweep, axis)->numeric);
}

/* Returns the place of a value among the different ones of parameter `axis`: in a grid it is there once, but elsewhere many times. */
static guint
word_of (const SfDrawing *drawing, guint point, guint axis)
{
  const char *text = g_ptr_array_index (sf_sweep_axis (drawing->sweep, axis)->texts, sf_sweep_value (drawing->sweep, point, axis));
  char **words = g_ptr_array_index (drawing->words, axis);
  guint i = 0;

  if (drawing->sweep->sampling == SF_SAMPLING_GRID)
    return sf_sweep_value (drawing->sweep, point, axis);
  while (strcmp (words[i], text) != 0)
    i++;
  return i;
}

double
sf_drawing_place (const SfDrawing *drawing, guint point, guint axis)
{
  const SfSweepAxis *a = sf_sweep_axis (drawing->sweep, axis);
  guint value = sf_sweep_value (drawing->sweep, point, axis);

  if (sf_drawing_is_rate (drawing, axis))
    return SF_SEC / a->numbers[value];
  return a->numeric ? a->numbers[value] / a->scale : word_of (drawing, point, axis);
}

/* Returns which of its values parameter `axis` has at `point`, and how many there are. */
static guint
value_of (const SfDrawing *drawing, guint point, guint axis, guint *ret_n)
{
  const SfSweepAxis *a = sf_sweep_axis (drawing->sweep, axis);

  *ret_n = a->texts->len;
  return a->numeric ? sf_sweep_value (drawing->sweep, point, axis) : word_of (drawing, point, axis);
}

/* Returns the number of the combination of values that `point` has of the parameters that divide points into lines. */
static guint64
combination (const SfDrawing *drawing, guint point, guint but, guint but_too)
{
  guint64 number = 0;

  for (guint i = 0; i < drawing->sweep->axes->len; i++)
    if (sf_drawing_divides (drawing, i, but, but_too))
      {
        guint n, value = value_of (drawing, point, i, &n);

        number = number * n + value;
      }
  return number;
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const SfDrawnPlace *left = a, *right = b;

  if (left->combination != right->combination)
    return left->combination < right->combination ? -1 : 1;
  if (left->x != right->x)
    return left->x < right->x ? -1 : 1;
  return left->point < right->point ? -1 : left->point > right->point;
}

GArray *
sf_drawing_places (const SfDrawing *drawing, guint x, guint but_too)
{
  GArray *places = g_array_new (FALSE, FALSE, sizeof (SfDrawnPlace));

  for (guint point = 0; point < sf_sweep_n_points (drawing->sweep); point++)
    {
      const SfDrawnPlace place = { combination (drawing, point, x, but_too), sf_drawing_place (drawing, point, x), point };

      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  return places;
}

gboolean
sf_drawing_is_loose (const SfDrawing *drawing)
{
  for (guint i = 0; i < drawing->sweep->axes->len; i++)
    if (i != drawing->plot->x && !sf_drawing_divides (drawing, i, drawing->plot->x, drawing->plot->x))
      return TRUE;
  return FALSE;
}

GArray *
sf_drawing_lines (const GArray *places)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (SfDrawnLine));
  guint first = 0;

  for (guint i = 1; i <= places->len; i++)
    if (i == places->len || g_array_index (places, SfDrawnPlace, i).combination != g_array_index (places, SfDrawnPlace, first).combination)
      {
        g_array_append_vals (lines, &(SfDrawnLine){ first, i - first }, 1);
        first = i;
      }
  return lines;
}

GArray *
sf_drawing_choose (const GArray *lines)
{
  guint n = MIN (lines->len, MAX_LINES);
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (SfDrawnLine));

  for (guint i = 0; i < n; i++)
    g_array_append_vals (chosen, &g_array_index (lines, SfDrawnLine, n > 1 ? (guint) ((guint64) i * (lines->len - 1) / (n - 1)) : 0), 1);
  return chosen;
}
