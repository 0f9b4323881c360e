/* SPDX-License-Identifier: MIT
 *
 * Loads points of a sweep before anything runs, to find mistakes that only some of them have. A sample is loaded with
 * the sweep, which also gives the names of expectations. Nearly always, all points are loaded before the first run.
 */
#include "lab/sweep/load.h"

#include <string.h>

/* How many points, or values of a parameter, are tried when a sweep is loaded, at most, … */
#define MOST_AT_FIRST 1000

/* … and before it runs. A point takes 10 to 50 µs, so that is about a second. */
#define MOST_TRIED 20000

static guint
n_values (const SfSweep *sweep, guint axis)
{
  return sf_sweep_axis (sweep, axis)->texts->len;
}

/* Returns number `i` of the (at most `most`) items of `n` that are tried: all of few; of many the first, the last, and
 * some in between. */
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

/* The search for the names of expectations. */
typedef struct
{
  const SfSweep *sweep;
  gboolean again; /* the points are known to be right; only names are needed */
  GHashTable
    *expects;       /* with `again`: combinations of values that decide about expectations and were loaded, as text */
  GHashTable *seen; /* names in `names` */
  GPtrArray *names; /* SfWording, in the order in which they were found */
  SfDiagnostics *diag;
} Search;

/* TRUE if values of `axis` can change the expectations. */
static gboolean
decides_expectations (const SfSweepAxis *axis)
{
  return strcmp (axis->path, SF_SWEEP_VARIANT) == 0 || strcmp (axis->path, "expect") == 0
         || g_str_has_prefix (axis->path, "expect.");
}

/* Returns those of `values` that decide about expectations, as text. */
static char *
deciding_values (const SfSweep *sweep, const guint *values)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sweep->axes->len; i++)
    if (decides_expectations (sf_sweep_axis (sweep, i)))
      g_string_append_printf (text, "%u ", values[i]);
  return g_string_free (text, FALSE);
}

/* Appends the names of the expectations of `run`, each once. */
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

/* Tries the values of each axis, with the first values of the others. */
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

/* Trials shared by threads, which take them in order until none is left or one has failed. */
typedef struct
{
  const SfSweep *sweep;
  guint shard, n_shards;
  gint n_taken; /* trials taken */
  gint failed;  /* the first failed trial; the number of trials if none failed */
} Trials;

/* Returns the number of trials for the values of axes in a large grid: each value of an axis, with the first values of
 * the others. */
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
      /* Axes after the one that is tried have their first values. */
      trial = trial < n ? G_MAXUINT : trial - n;
    }
}

/* Returns the `i`-th point to be tried: all of few; of many the last, and others spread evenly over all. Multiples of
 * the golden ratio are used, because equally spaced points would have the same few values of an axis. */
static guint
nth_point (guint n, guint i)
{
  guint32 part = i * 2654435769u; /* as a part of 2^32 */

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

/* Records that `trial` failed, unless an earlier one did. */
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

  /* All points were tried when the sweep was loaded. */
  if (sweep->n_points <= MOST_AT_FIRST)
    return TRUE;
  n = (gint) (n_trials_of_values (sweep) + MIN (sweep->n_points, MOST_TRIED));
  trials.failed = n;
  for (guint i = 1; i < (n_threads > 0 ? n_threads : g_get_num_processors ()); i++)
    g_ptr_array_add (threads, g_thread_new ("try", try_many, &trials));
  try_many (&trials);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (g_ptr_array_index (threads, i));
  /* Tries the failed one again, for its diagnostic. */
  return trials.failed == n || try_one (sweep, (guint) trials.failed, diag);
}
