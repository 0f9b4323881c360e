/* SPDX-License-Identifier: MIT
 *
 * The traces that are drawn: of scenarios, files and rows of sweeps; and arguments that do not go together.
 */
#include "cli/shared/plot_traces.h"

#include "base/files.h"
#include "tests/support/capture.h"
#include "tests/support/sweeps.h"
#include "trace/jsonl.h"

#include <string.h>
#include <unistd.h>

/* Makes files of these names: a scenario with the variants slow and other, its trace, and a sweep of one run. */
#define LESSON "lesson.yaml"
#define PLAIN "plain.yaml"
#define TRACE "trace.jsonl"
#define RESULTS "plot.sqlite"

static char *replay_right, *replay_missing;

static void
write_trace (const char *name, const SfTrace *trace)
{
  g_autoptr (GString) text = g_string_new (NULL);

  sf_trace_write (text, trace, "1.0");
  g_assert_true (sf_file_write (sweeps_path (name), text->str, text->len, NULL));
}

static void
make_files (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load ("  vary: {links.0.loss: [0%]}\n  measure: [segments]\n");
  const SfPlotTraceOptions options = { .variant = NULL };
  SfTrace *trace = NULL;
  SfExit status;

  g_assert_true (sf_file_write (sweeps_path (LESSON), SWEEPS_LESSON, strlen (SWEEPS_LESSON), NULL));
  g_assert_true (sf_file_write (sweeps_path (PLAIN), SWEEPS_SCENARIO, strlen (SWEEPS_SCENARIO), NULL));
  g_assert_true (sf_plot_trace_load ("plot", sweeps_path (LESSON), &options, &trace, &status));
  write_trace (TRACE, trace);
  sf_trace_free (trace);
  sweeps_run (sweep, sweeps_path (RESULTS), 1, 0, 1);
  replay_right = g_strconcat (sweeps_path (RESULTS), ":1", NULL);
  replay_missing = g_strconcat (sweeps_path (RESULTS), ":2", NULL);
}

/* --- one run --- */

static const struct
{
  const char *name, *file; /* NULL: the run that --replay names */
  const char *variant, *seed;
  const char *set;
  const char *const *replay;
  const char *loaded;  /* variant of the trace; NULL: it is refused */
  const char *message; /* the message if it is refused */
} runs[] = {
  { "standard", LESSON, NULL, NULL, NULL, NULL, "standard", NULL },
  { "variant", LESSON, "slow", NULL, NULL, NULL, "slow", NULL },
  { "seed-and-set", LESSON, NULL, "7", "links.0.delay=1s", NULL, "standard", NULL },
  { "trace", TRACE, NULL, NULL, NULL, NULL, "standard", NULL },
  { "replay", NULL, NULL, NULL, NULL, (const char *const *) &replay_right, "standard", NULL },
  { "no-variant", LESSON, "fast", NULL, NULL, NULL, NULL, "fast" },
  { "wrong-set", LESSON, NULL, NULL, "links", NULL, NULL, "error: " },
  { "trace-with-seed", TRACE, NULL, "7", NULL, NULL, NULL,
    "is a trace: --variant, --set and --seed are for scenarios" },
  { "replay-with-seed", NULL, NULL, "7", NULL, (const char *const *) &replay_right, NULL,
    "--replay has its own variant" },
  { "no-row", NULL, NULL, NULL, NULL, (const char *const *) &replay_missing, NULL, "synfin: " },
};

/* Loads run `i`. Returns the message. */
static char *
load (guint i, SfTrace **ret_trace, SfExit *ret_exit)
{
  const char *path = runs[i].file != NULL ? sweeps_path (runs[i].file) : NULL;
  char *sets[] = { (char *) runs[i].set, NULL };
  const SfPlotTraceOptions options = { .variant = (char *) runs[i].variant,
                                       .seed = { (char *) runs[i].seed, 7 },
                                       .replay = runs[i].replay != NULL ? (char *) *runs[i].replay : NULL,
                                       .sets = runs[i].set != NULL ? sets : NULL };
  Capture capture;

  capture_begin (&capture, STDERR_FILENO);
  if (!sf_plot_trace_load ("plot", path, &options, ret_trace, ret_exit))
    *ret_trace = NULL;
  return capture_end (&capture);
}

static void
test_run (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  SfTrace *trace = NULL;
  SfExit status = SF_EXIT_OK;
  g_autofree char *said = load (i, &trace, &status);

  if (runs[i].loaded == NULL)
    {
      g_assert_null (trace);
      g_assert_cmpint (status, ==, SF_EXIT_INPUT);
      assert_says (said, runs[i].message);
      return;
    }
  g_assert_cmpstr (said, ==, "");
  g_assert_nonnull (trace);
  g_assert_cmpstr (trace->variant, ==, runs[i].loaded);
  sf_trace_free (trace);
}

/* The trace read from a file equals that of the scenario, byte for byte. */
static void
test_same (void)
{
  const SfPlotTraceOptions options = { .variant = NULL };
  SfTrace *trace;
  SfExit status;

  g_assert_true (sf_plot_trace_load ("plot", sweeps_path (TRACE), &options, &trace, &status));
  write_trace ("again.jsonl", trace);
  sf_trace_free (trace);
  sweeps_assert_same (sweeps_path (TRACE), sweeps_path ("again.jsonl"));
}

/* --- two runs --- */

static const struct
{
  const char *name, *first, *second, *against;
  const char *left, *right; /* variants; NULL: they are refused */
  const char *message;      /* the message if they are refused */
} pairs[] = {
  { "first-variant", LESSON, NULL, NULL, "standard", "slow", NULL },
  { "against", LESSON, NULL, "other", "standard", "other", NULL },
  { "two-files", LESSON, TRACE, NULL, "standard", "standard", NULL },
  { "both", LESSON, TRACE, "other", NULL, NULL, "either a second file or --against" },
  { "lone-trace", TRACE, NULL, NULL, NULL, NULL, "is a trace, which holds one run: give a second file" },
  { "no-variants", PLAIN, NULL, NULL, NULL, NULL, "has no variants to compare with; give a second file" },
};

static void
test_pair (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  const SfPlotTraceOptions options = { .variant = NULL };
  char *arguments[] = { (char *) sweeps_path (pairs[i].first),
                        pairs[i].second != NULL ? (char *) sweeps_path (pairs[i].second) : NULL, NULL };
  SfTrace *left = NULL, *right = NULL;
  g_autofree char *said = NULL;
  SfExit status = SF_EXIT_OK;
  Capture capture;
  gboolean loaded;

  capture_begin (&capture, STDERR_FILENO);
  loaded = sf_plot_traces_load ("plot", arguments, &options, pairs[i].against, &left, &right, &status);
  said = capture_end (&capture);
  g_assert_cmpint (loaded, ==, pairs[i].left != NULL);
  if (!loaded)
    {
      g_assert_cmpint (status, ==, SF_EXIT_INPUT);
      assert_says (said, pairs[i].message);
      return;
    }
  g_assert_cmpstr (said, ==, "");
  g_assert_cmpstr (left->variant, ==, pairs[i].left);
  g_assert_cmpstr (right->variant, ==, pairs[i].right);
  sf_trace_free (left);
  sf_trace_free (right);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  make_files ();
  g_test_add_func ("/cli/shared/plot_traces/same", test_same);
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/shared/plot_traces/run/", runs[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_run);
    }
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/shared/plot_traces/pair/", pairs[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_pair);
    }
  status = g_test_run ();
  g_free (replay_right);
  g_free (replay_missing);
  sweeps_end ();
  return status;
}
