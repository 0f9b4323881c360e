/* SPDX-License-Identifier: MIT
 *
 * Opening and reporting results: exit statuses, messages, where reports go, and what is checked beforehand.
 */
#include "cli/shared/sweep_results.h"

#include "base/files.h"
#include "tests/support/capture.h"
#include "tests/support/sweeps.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static const gint64 values[] = { 10000000, 8, 10000000, 8 };

/* Makes file `name` with complete results of one point with two runs. */
static void
make_results (const char *name)
{
  g_autoptr (SfSweep) sweep = sweeps_load ("  vary: {links.0.loss: [0%]}\n  replications: 2\n"
                                           "  measure: [{metric: handshake-time, name: time}, segments]\n");

  sf_store_close (sweeps_fill (sweep, name, values));
}

/* --- errors --- */

static const struct
{
  SfStoreError code;
  SfExit expected;
} codes[] = {
  { SF_STORE_ERROR_OTHER_SWEEP, SF_EXIT_INPUT }, { SF_STORE_ERROR_EXISTS, SF_EXIT_INPUT },
  { SF_STORE_ERROR_DAMAGED, SF_EXIT_INPUT },     { SF_STORE_ERROR_FAILED, SF_EXIT_FAULT },
  { SF_STORE_ERROR_NO_ROW, SF_EXIT_INPUT },      { SF_STORE_ERROR_SHARDS, SF_EXIT_INPUT },
  { SF_STORE_ERROR_SCENARIO, SF_EXIT_INPUT },
};

static void
test_errors (void)
{
  g_autoptr (GError) other = g_error_new_literal (G_FILE_ERROR, G_FILE_ERROR_NOSPC, "full");
  g_autofree char *said = NULL;
  Capture capture;
  SfExit status;

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = g_error_new_literal (SF_STORE_ERROR, codes[i].code, "what it is");

      capture_begin (&capture, STDERR_FILENO);
      status = sf_sweep_error (error);
      g_free (said);
      said = capture_end (&capture);
      g_assert_cmpint (status, ==, codes[i].expected);
      g_assert_cmpstr (said, ==, "synfin: what it is\n");
    }
  capture_begin (&capture, STDERR_FILENO);
  status = sf_sweep_error (other);
  g_free (capture_end (&capture));
  g_assert_cmpint (status, ==, SF_EXIT_FAULT);
}

/* --- opening --- */

static void
write_file (const char *name, const char *text, gssize len)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (sweeps_path (name), text, len, &error);
  g_assert_no_error (error);
}

static void
test_is_store (void)
{
  make_results ("store.sqlite");
  write_file ("short", "SQLite", -1);
  write_file ("no-end", "SQLite format 3", -1);
  write_file ("text", "SQLite format 3 is what this file is about", -1);
  write_file ("begins", "SQLite format 3\0", 16);
  write_file ("scenario.yaml", "synfin: 1\n", -1);
  g_assert_true (sf_sweep_is_store (sweeps_path ("store.sqlite")));
  g_assert_true (sf_sweep_is_store (sweeps_path ("begins")));
  g_assert_false (sf_sweep_is_store (sweeps_path ("short")));
  g_assert_false (sf_sweep_is_store (sweeps_path ("no-end")));
  g_assert_false (sf_sweep_is_store (sweeps_path ("text")));
  g_assert_false (sf_sweep_is_store (sweeps_path ("scenario.yaml")));
  g_assert_false (sf_sweep_is_store (sweeps_path ("not there")));
  g_assert_false (sf_sweep_is_store ("/"));
}

/* Opens `path`. Returns the message. */
static char *
open_results (const char *path, gboolean *ret_opened, SfExit *ret_exit)
{
  g_autoptr (SfSweep) sweep = NULL;
  g_autoptr (SfStore) store = NULL;
  Capture capture;

  capture_begin (&capture, STDERR_FILENO);
  store = sf_sweep_open (path, &sweep, ret_exit);
  *ret_opened = store != NULL;
  return capture_end (&capture);
}

static void
test_open (void)
{
  g_autofree char *fine = NULL, *missing = NULL, *damaged = NULL;
  gboolean opened;
  SfExit status;

  make_results ("fine.sqlite");
  write_file ("damaged.sqlite", "SQLite format 3\0and then nothing", 32);
  fine = open_results (sweeps_path ("fine.sqlite"), &opened, &status);
  g_assert_true (opened);
  g_assert_cmpstr (fine, ==, "");
  missing = open_results ("not there", &opened, &status);
  g_assert_false (opened);
  g_assert_cmpint (status, ==, SF_EXIT_INPUT);
  g_assert_cmpstr (missing, ==, "synfin: there is no 'not there'\n");
  damaged = open_results (sweeps_path ("damaged.sqlite"), &opened, &status);
  g_assert_false (opened);
  g_assert_cmpint (status, ==, SF_EXIT_INPUT);
  g_assert_true (g_str_has_prefix (damaged, "synfin: "));
}

/* --- reporting --- */

/* Folders are made. Files are not made, but it is checked that they can be. */
static void
test_prepare (void)
{
  g_autofree char *csv = g_build_filename (sweeps_path ("made"), "runs.csv", NULL);
  const char *dir = sweeps_path ("made"), *out = sweeps_path ("graphs");
  g_autofree char *said = NULL;
  Capture capture;
  gboolean right;

  g_assert_true (sf_sweep_prepare_report (&(SfSweepReport){ .csv = csv, .jsonl = "-", .out = out }));
  g_assert_true (g_file_test (dir, G_FILE_TEST_IS_DIR));
  g_assert_true (g_file_test (out, G_FILE_TEST_IS_DIR));
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  g_assert_cmpint (g_rmdir (out), ==, 0);
  capture_begin (&capture, STDERR_FILENO);
  right = sf_sweep_prepare_report (&(SfSweepReport){ .stats = "/dev/null/stats.csv" });
  said = capture_end (&capture);
  g_assert_false (right);
  g_assert_true (g_str_has_prefix (said, "synfin: "));
}

/* What is on standard output: the table, unless something else goes there. */
static const struct
{
  const char *csv, *jsonl, *stats; /* "-" or NULL */
  const char *first_line;
} reports[] = {
  { NULL, NULL, NULL, "a test" },
  { "-", NULL, NULL, "row,point,replication,links.0.loss,time,segments" },
  { NULL, "-", NULL, "{\"row\":1,\"point\":0,\"replication\":0,\"links.0.loss\":0,\"time\":10000000,\"segments\":8}" },
  { NULL, NULL, "-", "point,links.0.loss,measure,unit,n,missing,mean,sd,median,p5,p95,low,high" },
};

static void
test_report (void)
{
  g_autoptr (SfSweep) sweep = NULL;
  g_autoptr (SfStore) store = NULL;
  SfExit status = SF_EXIT_FAULT;

  make_results ("report.sqlite");
  store = sf_sweep_open (sweeps_path ("report.sqlite"), &sweep, &status);
  g_assert_nonnull (store);
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    {
      const SfSweepReport report = { .csv = reports[i].csv,
                                     .jsonl = reports[i].jsonl,
                                     .stats = reports[i].stats,
                                     .style = { .width = 80, .lang = "en" } };
      g_autofree char *printed = NULL;
      Capture capture;

      capture_begin (&capture, STDOUT_FILENO);
      status = sf_sweep_report (store, sweep, 1, &report);
      printed = capture_end (&capture);
      g_assert_cmpint (status, ==, SF_EXIT_OK);
      g_assert_nonnull (strchr (printed, '\n'));
      *strchr (printed, '\n') = '\0';
      g_assert_cmpstr (printed, ==, reports[i].first_line);
    }
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  sweeps_begin ();
  g_test_add_func ("/cli/shared/sweep_results/errors", test_errors);
  g_test_add_func ("/cli/shared/sweep_results/is-store", test_is_store);
  g_test_add_func ("/cli/shared/sweep_results/open", test_open);
  g_test_add_func ("/cli/shared/sweep_results/prepare", test_prepare);
  g_test_add_func ("/cli/shared/sweep_results/report", test_report);
  status = g_test_run ();
  sweeps_end ();
  return status;
}
