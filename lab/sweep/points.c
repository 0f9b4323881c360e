/* SPDX-License-Identifier: MIT
 *
 * Points of a sweep: the values of each, and the run that the scenario becomes with them.
 */
#include "lab/sweep/load.h"

#include "base/gettext.h"

#include <string.h>

static guint
n_values (const SfSweep *sweep, guint axis)
{
  return sf_sweep_axis (sweep, axis)->texts->len;
}

/* --- which values --- */

/* Reports how many values each parameter has: at `place`, or at the option of the command line that is more likely
 * wrong. */
static gboolean
fail_with_values (const SfSweep *sweep, const SfPlace *place, SfDiagnostics *diag)
{
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint i = 0; i < sweep->axes->len; i++)
    {
      const SfSweepAxis *axis = sf_sweep_axis (sweep, i);
      const SfPlace *of_axis = &g_array_index (axis->places, SfPlace, 0);

      if (!sf_source_is_file (of_axis->source))
        place = of_axis;
      if (axis->texts->len == 1)
        continue;
      g_string_append (values, values->len > 0 ? ", " : "");
      g_string_append_printf (values, _ ("%u values of %s"), axis->texts->len, axis->path);
    }
  return sf_error (diag, place, _ ("more than %d points: %s"), SF_MOST_POINTS, values->str);
}

static gboolean
count_grid (SfSweep *sweep, const SfPlace *place, SfDiagnostics *diag)
{
  guint64 n = 1;

  for (guint i = 0; i < sweep->axes->len; i++)
    {
      n *= n_values (sweep, i);
      if (n > SF_MOST_POINTS)
        return fail_with_values (sweep, place, diag);
    }
  sweep->n_points = (guint) n;
  return TRUE;
}

static gboolean
count_list (SfSweep *sweep, const SfPlace *place, SfDiagnostics *diag)
{
  if (sweep->axes->len == 0)
    return sf_error (diag, place, _ ("a list of points of nothing: nothing varies"));
  sweep->n_points = n_values (sweep, 0);
  for (guint i = 1; i < sweep->axes->len; i++)
    if (n_values (sweep, i) != sweep->n_points)
      return sf_error (diag, &g_array_index (sf_sweep_axis (sweep, i)->places, SfPlace, 0),
                       _ ("'%s' and '%s' go together in a list, but have %u and %u values"),
                       sf_sweep_axis (sweep, 0)->path, sf_sweep_axis (sweep, i)->path, sweep->n_points,
                       n_values (sweep, i));
  return TRUE;
}

/* Shuffles the parts of `axis`, and gives each point one of them. */
static void
shuffle (SfSweepAxis *axis, guint n, guint64 seed)
{
  g_autofree char *name = g_strdup_printf ("sweep.order %s", axis->path);
  SfRandom random = { sf_random_stream (name, 0), 0 };
  const SfSeed of_sweep = { seed, 0 };

  axis->order = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    {
      guint j = (guint) sf_random_below (&random, &of_sweep, i + 1);

      if (j < i)
        axis->order[i] = axis->order[j];
      axis->order[j] = i;
    }
  /* If values were listed, each stands for the same number of parts. */
  for (guint i = 0; i < n; i++)
    axis->order[i] = (guint) ((guint64) axis->order[i] * axis->texts->len / n);
}

gboolean
sf_sweep_load_points (SfSweep *sweep, const SfPlace *place, SfDiagnostics *diag)
{
  switch (sweep->sampling)
    {
    case SF_SAMPLING_GRID:
      return count_grid (sweep, place, diag);
    case SF_SAMPLING_LIST:
      return count_list (sweep, place, diag);
    case SF_SAMPLING_LATIN_HYPERCUBE:
      if (sweep->axes->len == 0)
        return sf_error (diag, place, _ ("a sample of nothing: nothing varies"));
      for (guint i = 0; i < sweep->axes->len; i++)
        shuffle (sf_sweep_axis (sweep, i), sweep->n_points, sweep->seed);
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}

guint
sf_sweep_n_points (const SfSweep *sweep)
{
  return sweep->n_points;
}

guint
sf_sweep_value (const SfSweep *sweep, guint point, guint axis)
{
  if (sweep->sampling == SF_SAMPLING_LATIN_HYPERCUBE)
    return sf_sweep_axis (sweep, axis)->order[point];
  if (sweep->sampling == SF_SAMPLING_LIST)
    return point;
  for (guint i = sweep->axes->len - 1; i > axis; i--)
    point /= n_values (sweep, i);
  return point % n_values (sweep, axis);
}

/* --- loading --- */

static const char *
text_at (const SfSweep *sweep, guint axis, guint value)
{
  return g_ptr_array_index (sf_sweep_axis (sweep, axis)->texts, value);
}

/* The overrides of a run, and where they come from. */
typedef struct
{
  GArray *sets; /* SfOverride */
  GPtrArray *paths;
  SfPlace (*places)[2];
  const char *variant;
} Overrides;

static void
clear_overrides (Overrides *overrides)
{
  g_array_unref (overrides->sets);
  g_ptr_array_unref (overrides->paths);
  g_free (overrides->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Overrides, clear_overrides)

/* Appends the overrides of the command line, which were checked before. */
static void
add_sets (const SfSweep *sweep, Overrides *overrides)
{
  for (guint i = 0; i < sweep->sets->len; i++)
    {
      const char *set = g_ptr_array_index (sweep->sets, i), *equals = strchr (set, '=');
      SfOverride override = { g_strndup (set, equals - set), equals + 1, NULL };

      g_ptr_array_add (overrides->paths, (char *) override.path);
      g_array_append_val (overrides->sets, override);
    }
}

/* Appends the axes as overrides, axis i with value number `values[i]`. */
static void
add_axes (const SfSweep *sweep, const guint *values, Overrides *overrides)
{
  for (guint i = 0; i < sweep->axes->len; i++)
    {
      const SfSweepAxis *axis = sf_sweep_axis (sweep, i);
      SfOverride override = { axis->path, text_at (sweep, i, values[i]), overrides->places[i] };

      overrides->places[i][0] = g_array_index (axis->places, SfPlace, 0);
      overrides->places[i][1] = g_array_index (axis->places, SfPlace, values[i] + 1);
      if (strcmp (axis->path, SF_SWEEP_VARIANT) == 0)
        overrides->variant = override.value;
      else
        g_array_append_val (overrides->sets, override);
    }
}

/* TRUE if `error` is at the path of `axis`, or at its value number `value`. */
static gboolean
is_at (const SfDiagnostic *error, const SfSweepAxis *axis, guint value)
{
  const SfPlace *path = &g_array_index (axis->places, SfPlace, 0);
  const SfPlace *of_value = &g_array_index (axis->places, SfPlace, value + 1);

  return (error->line == path->line && error->column >= path->column
          && error->column <= path->column + strlen (axis->path))
         || (error->line == of_value->line && error->column == of_value->column);
}

/* Adds the values with which the run has the error, unless the error is at one of them. */
static void
note_values (const SfSweep *sweep, const guint *values, SfDiagnostics *diag)
{
  const SfDiagnostic *error = sf_diagnostics_error (diag);
  g_autoptr (GString) note = g_string_new (NULL);

  for (guint i = 0; i < sweep->axes->len; i++)
    {
      const SfSweepAxis *axis = sf_sweep_axis (sweep, i);

      if (is_at (error, axis, values[i]))
        return;
      g_string_append_printf (note, "%s%s: %s", i > 0 ? ", " : _ (", with "), axis->path,
                              text_at (sweep, i, values[i]));
    }
  sf_diagnostics_note (diag, note->str);
}

/* Returns the place of the value that can have changed the hosts: that of `hosts`, or the variant. */
static SfPlace
place_of_hosts (const SfSweep *sweep, const guint *values)
{
  for (guint i = 0; i < sweep->axes->len; i++)
    {
      const SfSweepAxis *axis = sf_sweep_axis (sweep, i);

      if (strcmp (axis->path, "hosts") == 0 || strcmp (axis->path, SF_SWEEP_VARIANT) == 0)
        return g_array_index (axis->places, SfPlace, values[i] + 1);
    }
  return (SfPlace){ sweep->source, 0, 0 };
}

/* Checks that the run has the hosts of the base, in the same order: measures use numbers of hosts. */
static gboolean
check_hosts (const SfSweep *sweep, const SfRun *run, const guint *values, SfDiagnostics *diag)
{
  const SfPlan *base = sweep->base->scenario->plan, *plan = run->scenario->plan;
  SfPlace place = place_of_hosts (sweep, values);

  for (guint i = 0; i < base->hosts->len; i++)
    if (i >= plan->hosts->len || strcmp (sf_plan_host (base, i)->name, sf_plan_host (plan, i)->name) != 0)
      return sf_error (diag, &place, _ ("host '%s' must be there at all points, and in the same order"),
                       sf_plan_host (base, i)->name);
  return TRUE;
}

SfRun *
sf_sweep_load_values (const SfSweep *sweep, const guint *values, SfDiagnostics *diag)
{
  g_auto (Overrides) overrides = { .sets = g_array_new (FALSE, FALSE, sizeof (SfOverride)),
                                   .paths = g_ptr_array_new_with_free_func (g_free),
                                   .places = g_malloc0_n (sweep->axes->len + 1, sizeof (SfPlace[2])),
                                   .variant = sweep->variant };
  /* Warnings were given when the scenario itself was loaded. */
  g_autoptr (SfDiagnostics) own = sf_diagnostics_new ();
  g_autoptr (SfRun) run = NULL;

  add_sets (sweep, &overrides);
  add_axes (sweep, values, &overrides);
  run = sf_run_load (sweep->written, overrides.variant, (const SfOverride *) (gpointer) overrides.sets->data,
                     overrides.sets->len, own);
  if (run != NULL && check_hosts (sweep, run, values, own))
    {
      run->scenario->run.seed = sweep->seed;
      return g_steal_pointer (&run);
    }
  note_values (sweep, values, own);
  sf_diagnostics_take (diag, own);
  return NULL;
}

SfRun *
sf_sweep_load_point (const SfSweep *sweep, guint point, SfDiagnostics *diag)
{
  g_autofree guint *values = g_new (guint, sweep->axes->len + 1);

  for (guint i = 0; i < sweep->axes->len; i++)
    values[i] = sf_sweep_value (sweep, point, i);
  return sf_sweep_load_values (sweep, values, diag);
}
