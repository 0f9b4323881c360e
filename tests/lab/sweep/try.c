/* SPDX-License-Identifier: MIT
 *
 * Mistakes at a few of many points are found before anything runs; or else, results of earlier points stay.
 */
#include "tests/support/mistakes.h"
#include "tests/support/sweeps.h"

/* 2000 points. Only the last one has a mistake: its two values do not go together. */
#define LAST_OF_2000                                 \
  SWEEPS_LESSON                                      \
  "sweep:\n"                                         \
  "  vary:\n"                                        \
  "    run.time-limit: [2000s, 999s]\n"              \
  "    run.until: {from: 1s, to: 1000s, step: 1s}\n" \
  "  measure: [segments]\n"

static const Mistake last_of_2000 = { LAST_OF_2000, "11:16", "'1000s' lies after the time limit (999s)" };

static void
assert_found (const SfSweep *sweep, guint n_threads, guint shard, guint n_shards, const Mistake *mistake)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();

  g_assert_false (sf_sweep_try (sweep, n_threads, shard, n_shards, diag));
  mistakes_check (sf_diagnostics_error (diag), SWEEPS_FILE, mistake);
}

/* The mistake is at point 1999. */
static void
test_combination (void)
{
  g_autoptr (SfSweep) sweep = sweeps_make (LAST_OF_2000, &(SfSweepOptions){ 0 });
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();

  g_assert_cmpuint (sf_sweep_n_points (sweep), ==, 2000);
  for (guint n_threads = 0; n_threads < 4; n_threads++)
    assert_found (sweep, n_threads, 0, 1, &last_of_2000);
  assert_found (sweep, 2, 1, 2, &last_of_2000);
  g_assert_true (sf_sweep_try (sweep, 2, 0, 2, diag));
  g_assert_true (sf_sweep_try (sweep, 2, 5000, 6000, diag));
}

/* Of several mistakes that of the first point is reported, whichever thread finds it. */
static void
test_first (void)
{
  g_autoptr (SfSweep) sweep = sweeps_make (SWEEPS_LESSON "sweep:\n  vary:\n"
                                                         "    run.until: {from: 1s, to: 1000s, step: 1s}\n"
                                                         "    run.time-limit: [2000s, 997s]\n",
                                           &(SfSweepOptions){ 0 });
  const Mistake first = { NULL, "10:16", "'998s' lies after the time limit (997s)" };

  for (guint n_threads = 1; n_threads < 4; n_threads++)
    assert_found (sweep, n_threads, 0, 1, &first);
}

/* Of 24 000 points not all are tried, but every value is: one of 1200 is wrong. */
static void
test_value (void)
{
  g_autoptr (GString)
    text = g_string_new (SWEEPS_LESSON "sweep:\n  vary:\n    links.0.delay: {from: 1ms, to: 20ms, step: 1ms}\n"
                                       "    links.0.rate:\n");
  g_autoptr (SfSweep) sweep = NULL;
  const Mistake mistake = { NULL, "17:9", "'some' is not a number" };

  for (guint i = 0; i < 1200; i++)
    if (i == 5)
      g_string_append (text, "      - some\n");
    else
      g_string_append_printf (text, "      - %ubit/s\n", i + 1000);
  sweep = sweeps_make (text->str, &(SfSweepOptions){ 0 });
  g_assert_cmpuint (sf_sweep_n_points (sweep), ==, 24000);
  assert_found (sweep, 0, 0, 1, &mistake);
}

/* A check of the scenario finds the same. */
static void
test_check (void)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSweep) sweep = sweeps_make (LAST_OF_2000, &(SfSweepOptions){ 0 });

  g_assert_false (sf_sweep_check (sweep->base->scenario, diag));
  mistakes_check (sf_diagnostics_error (diag), SWEEPS_FILE, &last_of_2000);
}

/* If the last point is not tried, the runs of the others are stored. */
static void
test_later (void)
{
  const SfSweepRunOptions options = { .n_threads = 2, .n_shards = 1 };
  g_autoptr (SfSweep) sweep = sweeps_make (LAST_OF_2000, &(SfSweepOptions){ 0 });
  g_autoptr (SfStore) store = sweeps_open (sweep, sweeps_path ("later.sqlite"), 0, 1);
  g_autoptr (GError) error = NULL;

  g_assert_false (sf_sweep_run (sweep, store, &options, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_SCENARIO, "after the time limit");
  g_assert_cmpuint (sf_store_n_rows (store, &error), ==, 1999);
  g_assert_false (sf_store_is_complete (store));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/sweep-try/combination", test_combination);
  g_test_add_func ("/sweep-try/first", test_first);
  g_test_add_func ("/sweep-try/value", test_value);
  g_test_add_func ("/sweep-try/check", test_check);
  g_test_add_func ("/sweep-try/later", test_later);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
