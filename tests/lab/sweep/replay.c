/* SPDX-License-Identifier: MIT
 *
 * A row of results run again: it is found, it is the run that was swept, and a changed row is noticed.
 */
#include "lab/sweep/replay.h"
#include "tests/support/sweeps.h"

#include <string.h>

static const struct
{
  const char *text, *path; /* NULL: it is refused */
  guint64 row;
} rows[] = {
  { "out/sweep.sqlite:17", "out/sweep.sqlite", 17 },
  { "a:1", "a", 1 },
  { "a:b:9223372036854775807", "a:b", G_MAXINT64 },
  { "a", NULL, 0 },
  { ":1", NULL, 0 },
  { "a:", NULL, 0 },
  { "a:0", NULL, 0 },
  { "a:-1", NULL, 0 },
  { "a:1x", NULL, 0 },
  { "a:9223372036854775808", NULL, 0 },
  { "", NULL, 0 },
};

static void
test_split (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint64 row = 0;
      g_autofree char *path = sf_replay_split (rows[i].text, &row);

      g_assert_cmpstr (path, ==, rows[i].path);
      if (path != NULL)
        g_assert_cmpuint (row, ==, rows[i].row);
    }
}

/* Running any row of a sweep again gives the stored values. */
static void
test_rows (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_GRID "  replications: 3\n");
  const char *path = sweeps_path ("replay.sqlite");
  g_autoptr (SfStore) store = NULL;

  sweeps_run (sweep, path, 1, 0, 1);
  store = sweeps_open (sweep, path, 0, 1);
  for (guint64 row = 1; row <= 6 * 3; row++)
    {
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (GError) error = NULL;
      gint64 values[2];
      guint point;
      g_autoptr (SfRun) run = sf_replay_load_row (store, sweep, row, &point, values, diag, &error);

      g_assert_no_error (error);
      g_assert_nonnull (run);
      g_assert_cmpuint (point, ==, (row - 1) / 3);
      g_assert_cmpuint (run->replication, ==, (row - 1) % 3);
      g_assert_true (sf_replay_gives (sweep, run, values));
      values[1]++;
      g_assert_false (sf_replay_gives (sweep, run, values));
    }
}

static void
test_no_row (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_GRID "  replications: 3\n");
  const char *path = sweeps_path ("no-row.sqlite");
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfStore) store = NULL;
  g_autoptr (GError) error = NULL;
  gint64 values[2];
  guint point;

  sweeps_run (sweep, path, 1, 0, 1);
  store = sweeps_open (sweep, path, 0, 1);
  g_assert_null (sf_replay_load_row (store, sweep, 6 * 3 + 1, &point, values, diag, &error));
  sweeps_assert_error (&error, SF_STORE_ERROR_NO_ROW, "19");
}

static void
test_text (void)
{
  g_autoptr (SfSweep) sweep = sweeps_load (SWEEPS_GRID);
  g_autofree char *first = sf_replay_text (sweep, 0, 0), *last = sf_replay_text (sweep, 5, 1234567890123);

  g_assert_cmpstr (first, ==, "links.0.loss = 0%, links.0.delay = 5ms, replication 0");
  g_assert_cmpstr (last, ==, "links.0.loss = 60%, links.0.delay = 50ms, replication 1234567890123");
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/lab/sweep/replay/split", test_split);
  g_test_add_func ("/lab/sweep/replay/rows", test_rows);
  g_test_add_func ("/lab/sweep/replay/no-row", test_no_row);
  g_test_add_func ("/lab/sweep/replay/text", test_text);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
