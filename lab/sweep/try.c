/* SPDX-License-Identifier: MIT
 *
 * Trying points of a sweep before anything runs, so that a mistake that shows at some of them only is found then: some
 * of them when a sweep is loaded, which also tells what is expected; and nearly always all before the first run.
 */
#include "lab/sweep/load.h"

#include <string.h>

/* Of more points than this, or values of a parameter, so many are tried at first, … */
#define MOST_AT_FIRST 1000

/* … and so many later. A point takes 10 to 50 µs, so that this is a matter of a second. */
#define MOST_TRIED 20000

static guint
n_values (const SfSweep *sweep, guint axis)
{
  return sf_sweep_axis (sweep, axis)->texts->len;
}

/* Returns which of `n` is to be tried as number `i` of `most`: all of few, of many the first, the last and some
 * between. */
static guint
nth_tried (guint n, guint most, guint i)
{
  return n <= most ? i : (guint) ((guint64) i * (n - 1) / (most - 1));
}

static void
get_values (const SfSweep *sweep, guint point, guint *values)
{
  for (guint i = 0; i < sweep->axes->len; i++)
    values[i] = sf_sweep_value (sweep, point, i);
}

/* --- at first --- */

/* What is tried, and the names of what is expected there. */
typedef struct
{
  const SfSweep *sweep;
  gboolean again;      /* the points are known to be right: only the names are wanted */
  GHashTable *expects; /* again: values that decide about what is expected, as text, that have been looked at */
  GHashTable *seen;    /* names */
  GPtrArray *names;    /* SfWording, in the order in which they came */
  SfDiagnostics *diag;
} Search;

/* TRUE if other values of `axis` can mean that something else is expected. */
static gboolean
decides_expectations (const SfSweepAxis *axis)
{
  return strcmp (axis->path, SF_SWEEP_VARIANT) == 0 || strcmp (axis->path, "expect") == 0
         || g_str_has_prefix (axis->path, "expect.");
}

/* Returns those of `values` that decide about what is expected. */
static char *
deciding_values (const SfSweep *sweep, const guint *values)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sweep->axes->len; i++)
    if (decides_expectations (sf_sweep_axis (sweep, i)))
      g_string_append_printf (text, "%u ", values[i]);
  return g_string_free (text, FALSE);
}

/* Appends the names of what `run` expects that are not there yet. */
static void
collect_names (Search *search, const SfRun *run)
{
  for (guint i = 0; i < run->expect->checks->len; i++)
    {
      SfWording *name = g_array_index (run->expect->checks, SfCheck, i).name;

      if (g_hash_table_add (search->seen, g_strdup (sf_wording_in (name, NULL))))
        g_ptr_array_add (search->names, sf_wording_ref (name));
    }
}

static gboolean
try_values (Search *search, const guint *values)
{
  g_autoptr (SfRun) run = NULL;

  if (search->again && !g_hash_table_add (search->expects, deciding_values (search->sweep, values)))
    return TRUE;
  run = sf_sweep_load_values (search->sweep, values, search->diag);
  if (run != NULL)
    collect_names (search, run);
  return run != NULL;
}

/* Tries the values of each axis, with the first ones of the others. */
static gboolean
try_axes (Search *search)
{
  const SfSweep *sweep = search->sweep;
  g_autofree guint *values = g_new0 (guint, sweep->axes->len + 1);

  for (guint i = 0; i < sweep->axes->len; i++)
    {
      for (guint k = 0; k < MIN (n_values (sweep, i), MOST_AT_FIRST); k++)
        {
          values[i] = nth_tried (n_values (sweep, i), MOST_AT_FIRST, k);
          if (!try_values (search, values))
            return FALSE;
        }
      values[i] = 0;
    }
  return TRUE;
}

static gboolean
try_some (Search *search)
{
  const SfSweep *sweep = search->sweep;
  g_autofree guint *values = g_new (guint, sweep->axes->len + 1);

  for (guint k = 0; k < MIN (sweep->n_points, MOST_AT_FIRST); k++)
    {
      get_values (sweep, nth_tried (sweep->n_points, MOST_AT_FIRST, k), values);
      if (!try_values (search, values))
        return FALSE;
    }
  return TRUE;
}

gboolean
sf_sweep_try_points (const SfSweep *sweep, gboolean again, GPtrArray *expectations, SfDiagnostics *diag)
{
  g_autoptr (GHashTable) expects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Search search = { sweep, again, expects, seen, expectations, diag };

  return sweep->n_points > MOST_AT_FIRST && sweep->sampling == SF_SAMPLING_GRID ? try_axes (&search)
                                                                                : try_some (&search);
}

/* --- before the first run --- */

/* Threads take trials in order, until there are no more or one has failed. */
typedef struct
{
  const SfSweep *sweep;
  guint shard, n_shards;
  gint n_taken; /* of this shard, which has every `n_shards`-th */
  gint failed;  /* the first that did; how many there are if none has */
} Trials;

/* Values of each axis of a large grid, with the first ones of the others: none is to be left out. */
static guint
n_trials_of_values (const SfSweep *sweep)
{
  guint n = 0;

  if (sweep->n_points > MOST_TRIED && sweep->sampling == SF_SAMPLING_GRID)
    for (guint i = 0; i < sweep->axes->len; i++)
      n += MIN (n_values (sweep, i), MOST_TRIED);
  return n;
}

static void
get_one_value (const SfSweep *sweep, guint trial, guint *values)
{
  for (guint i = 0; i < sweep->axes->len; i++)
    {
      guint n = MIN (n_values (sweep, i), MOST_TRIED);

      values[i] = trial < n ? nth_tried (n_values (sweep, i), MOST_TRIED, trial) : 0;
      /* Behind the axis that is tried there are first values only. */
      trial = trial < n ? G_MAXUINT : trial - n;
    }
}

/* Returns the `i`-th point to be tried: all of few, of many the last and others far and wide. They are not equally far
 * from each other, since they would be at the same few values of an axis: multiples of the golden section, which are
 * everywhere. */
static guint
nth_point (guint n, guint i)
{
  guint32 part = i * 2654435769u; /* of 2**32 */

  if (n <= MOST_TRIED)
    return i;
  return i < MOST_TRIED - 1 ? (guint) ((guint64) part * n >> 32) : n - 1;
}

static gboolean
try_one (const SfSweep *sweep, guint trial, SfDiagnostics *diag)
{
  g_autofree guint *values = g_new (guint, sweep->axes->len + 1);
  guint n_of_values = n_trials_of_values (sweep);
  g_autoptr (SfRun) run = NULL;

  if (trial < n_of_values)
    get_one_value (sweep, trial, values);
  else
    get_values (sweep, nth_point (sweep->n_points, trial - n_of_values), values);
  run = sf_sweep_load_values (sweep, values, diag);
  return run != NULL;
}

/* Notes that `trial` has failed, unless an earlier one has. */
static void
note_failure (Trials *trials, gint trial)
{
  gint failed;

  do
    failed = g_atomic_int_get (&trials->failed);
  while (trial < failed && !g_atomic_int_compare_and_exchange (&trials->failed, failed, trial));
}

static gpointer
try_many (gpointer data)
{
  Trials *trials = data;

  for (;;)
    {
      guint64 trial = (guint64) g_atomic_int_add (&trials->n_taken, 1) * trials->n_shards + trials->shard;
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();

      if (trial >= (guint) g_atomic_int_get (&trials->failed))
        return NULL;
      if (!try_one (trials->sweep, (guint) trial, diag))
        note_failure (trials, (gint) trial);
    }
}

gboolean
sf_sweep_try (const SfSweep *sweep, guint n_threads, guint shard, guint n_shards, SfDiagnostics *diag)
{
  g_autoptr (GPtrArray) threads = g_ptr_array_new ();
  Trials trials = { .sweep = sweep, .shard = shard, .n_shards = n_shards };
  gint n;

  /* All of them have been tried. */
  if (sweep->n_points <= MOST_AT_FIRST)
    return TRUE;
  n = (gint) (n_trials_of_values (sweep) + MIN (sweep->n_points, MOST_TRIED));
  trials.failed = n;
  for (guint i = 1; i < (n_threads > 0 ? n_threads : g_get_num_processors ()); i++)
    g_ptr_array_add (threads, g_thread_new ("try", try_many, &trials));
  try_many (&trials);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
  /* Once more, to say what is wrong with it. */
  return trials.failed == n || try_one (sweep, (guint) trials.failed, diag);
}
