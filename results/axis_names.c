/* SPDX-License-Identifier: MIT */
#include "results/axis_names.h"

#include <string.h>

/* Parts of a path that are compared, at most: equal titles stay equal with any number of parts. */
#define MAX_PARTS 16

/* Returns the last `n` parts of a path: "0.loss" of "links.0.loss" for 2. */
static const char *
last_parts (const char *path, guint n)
{
  const char *part = path + strlen (path);

  while (part > path && (part[-1] != '.' || --n > 0))
    part--;
  return part;
}

/* Returns the title of parameter `i`, or `n` parts of its path if it has none. */
static const char *
name_of (const SfSweep *sweep, guint i, const char *lang, guint n)
{
  const SfSweepAxis *axis = sf_sweep_axis (sweep, i);
  const char *title = sf_wording_in (axis->title, lang);

  return strcmp (title, axis->path) == 0 ? last_parts (title, n) : title;
}

/* TRUE if another parameter has the same name as parameter `i` with `n` parts. */
static gboolean
is_like_another (const SfSweep *sweep, guint i, const char *lang, guint n)
{
  for (guint k = 0; k < sweep->axes->len; k++)
    if (k != i && strcmp (name_of (sweep, i, lang, n), name_of (sweep, k, lang, n)) == 0)
      return TRUE;
  return FALSE;
}

char **
sf_sweep_axis_names (const SfSweep *sweep, const char *lang)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < sweep->axes->len; i++)
    {
      guint n = 1;

      while (n < MAX_PARTS && is_like_another (sweep, i, lang, n))
        n++;
      g_strv_builder_add (names, name_of (sweep, i, lang, n));
    }
  return g_strv_builder_end (names);
}
