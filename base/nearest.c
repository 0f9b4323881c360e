/* SPDX-License-Identifier: MIT
 *
 * Finds the name nearest to a misspelled one, by Damerau-Levenshtein distance (optimal string alignment) over short
 * ASCII words.
 */
#include "base/diagnostic.h"
#include "base/gettext.h"

#include <string.h>

/* Longer words are not compared: no name is so long. */
#define LONGEST 48

static guint
min3 (guint a, guint b, guint c)
{
  return MIN (MIN (a, b), c);
}

/* Returns the number of insertions, deletions, substitutions and swaps of neighbors that turn `a` into `b`, ignoring
 * case. */
static guint
distance (const char *a, gsize n_a, const char *b, gsize n_b)
{
  guint rows[3][LONGEST + 1];
  guint *before = rows[0], *above = rows[1], *row = rows[2];

  for (gsize j = 0; j <= n_b; j++)
    above[j] = j;
  for (gsize i = 1; i <= n_a; i++)
    {
      guint *free_row = before;
      char x = g_ascii_tolower (a[i - 1]);

      row[0] = i;
      for (gsize j = 1; j <= n_b; j++)
        {
          char y = g_ascii_tolower (b[j - 1]);

          row[j] = min3 (above[j] + 1, row[j - 1] + 1, above[j - 1] + (x != y));
          if (i > 1 && j > 1 && x == g_ascii_tolower (b[j - 2]) && g_ascii_tolower (a[i - 2]) == y)
            row[j] = MIN (row[j], before[j - 2] + 1);
        }
      before = above;
      above = row;
      row = free_row;
    }
  return above[n_b];
}

const char *
sf_nearest_name (const char *word, const char *const *names)
{
  gsize len = strlen (word);
  guint best = G_MAXUINT;
  const char *nearest = NULL;

  if (len == 0 || len > LONGEST)
    return NULL;
  for (; *names != NULL; names++)
    {
      gsize name_len = strlen (*names);
      guint d, allowed = MAX (1, (MIN (len, name_len) + 1) / 3);

      if (name_len > LONGEST || (name_len > len ? name_len - len : len - name_len) > allowed)
        continue;
      d = distance (word, len, *names, name_len);
      if (d <= allowed && d < best && d < MAX (len, name_len))
        {
          best = d;
          nearest = *names;
        }
    }
  return nearest;
}

char *
sf_did_you_mean (const char *word, const char *const *names)
{
  const char *nearest = sf_nearest_name (word, names);

  return nearest == NULL ? g_strdup ("") : g_strdup_printf (_ ("; did you mean '%s'?"), nearest);
}

char *
sf_one_of (const char *const *names)
{
  GString *text = g_string_new (names[0]);

  for (guint i = 1; names[i] != NULL; i++)
    g_string_append_printf (text, names[i + 1] != NULL ? _ (", %s") : _ (" or %s"), names[i]);
  return g_string_free (text, FALSE);
}
