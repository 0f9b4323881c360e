/* SPDX-License-Identifier: MIT
 *
 * The points of a sweep share a scenario that was parsed once. The run of a point must equal that of the scenario
 * parsed anew with the values of the point. This is checked with all scenarios of the project, by traces and by
 * measures.
 */
#include "base/files.h"
#include "lab/report/simulation.h"
#include "lab/sweep/sweep.h"
#include "trace/jsonl.h"

#include <string.h>

/* Points of a sweep that are compared, at most, and replications of each. */
#define MOST_POINTS 8
#define MOST_RUNS 2

/* --- the other way --- */

/* Returns the run of `point` with everything parsed anew. A line break after a value keeps it from being a plain
 * scalar, which would not be parsed. */
static SfRun *
load_anew (const SfSweep *sweep, guint point)
{
  gsize len;
  const char *text = sf_source_text (sweep->source, &len), *variant = sweep->variant;
  g_autoptr (SfSource) source = sf_source_new (sweep->file, text, len);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfDocument) written = sf_document_parse (source, diag);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) sets = g_array_new (FALSE, FALSE, sizeof (SfOverride));
  SfRun *run;

  for (guint i = 0; i < sweep->axes->len; i++)
    {
      const SfSweepAxis *axis = sf_sweep_axis (sweep, i);
      const char *value = g_ptr_array_index (axis->texts, sf_sweep_value (sweep, point, i));
      SfOverride override = { axis->path, g_strconcat (value, "\n", NULL), NULL };

      g_ptr_array_add (values, (char *) override.value);
      if (strcmp (axis->path, SF_SWEEP_VARIANT) == 0)
        variant = value;
      else
        g_array_append_val (sets, override);
    }
  run = sf_run_load (written, variant, (const SfOverride *) (gpointer) sets->data, sets->len, diag);
  g_assert_nonnull (run);
  run->scenario->run.seed = sweep->seed;
  return run;
}

/* --- comparing --- */

/* Returns the trace of replication `n` of `run` and its measures as text. */
static char *
print_of (const SfSweep *sweep, const SfRun *run, guint64 n)
{
  g_autoptr (SfSimulation) simulation = sf_simulation_new (run->scenario);
  const SfTrace *trace = sf_simulation_run (simulation, n);
  g_autofree gint64 *values = g_new0 (gint64, sweep->measures->len + 1);
  GString *text = g_string_new (NULL);

  sf_trace_write (text, trace, "test");
  sf_sweep_measure (sweep, run, trace, values);
  for (guint i = 0; i < sweep->measures->len; i++)
    g_string_append_printf (text, "%" G_GINT64_FORMAT "\n", values[i]);
  return g_string_free (text, FALSE);
}

static void
compare_point (const SfSweep *sweep, guint point)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfRun) run = sf_sweep_load_point (sweep, point, diag), anew = load_anew (sweep, point);

  g_assert_nonnull (run);
  for (guint64 n = 0; n < MOST_RUNS; n++)
    {
      g_autofree char *print = print_of (sweep, run, n), *expected = print_of (sweep, anew, n);

      g_assert_cmpstr (print, ==, expected);
    }
}

/* Compares points of a sweep, from the last to the first: their order must not matter. */
static void
compare (const char *path, const SfSweepOptions *options)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) sweep = sf_sweep_load (path, options, diag);
  guint n;

  if (sweep == NULL)
    g_error ("%s: %s", path, sf_diagnostics_error (diag)->message);
  n = sf_sweep_n_points (sweep);
  for (guint i = MIN (n, MOST_POINTS); i > 0; i--)
    compare_point (sweep, (guint) ((guint64) (i - 1) * (n - 1) / MAX (MIN (n, MOST_POINTS) - 1, 1)));
}

/* --- scenarios --- */

/* Returns "variant=standard,…" for a scenario that has variants, otherwise NULL. */
static char *
vary_variants (const char *path)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfScenario) scenario = sf_scenario_load (path, NULL, NULL, NULL, 0, diag);
  g_autofree const char **names = NULL;
  g_autofree char *all = NULL;

  g_assert_nonnull (scenario);
  names = sf_scenario_variants (scenario);
  all = g_strjoinv (",", (char **) names);
  return scenario->variants->len > 0 ? g_strconcat ("variant=", all, NULL) : NULL;
}

static void
compare_file (const char *path)
{
  g_autofree char *variants = vary_variants (path);
  const char *varies[] = { "links.0.loss=0%,20%", "tcp.rto-initial=700ms,2s", variants, NULL };
  const char *measures[] = { "segments", "expectations", NULL };
  const SfSweepOptions own = { 0 }, others = { .varies = varies, .sample = "grid", .measures = measures };

  compare (path, &own);
  compare (path, &others);
}

static void
test_files (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", "scenarios", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = sf_files_find (folder, ".yaml", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (files->len, >, 20);
  for (guint i = 0; i < files->len; i++)
    compare_file (g_ptr_array_index (files, i));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sweep-points/files", test_files);
  return g_test_run ();
}
