/* SPDX-License-Identifier: MIT
 *
 * A run depends only on its scenario and seed. Every scenario of the project, in every variant, gives the same trace,
 * capture and summary, byte for byte, when it is run again, at the same time as others, and by another process.
 *
 * With --print ROOT the program only prints two lines per run below the project's root, so that builds can be compared.
 */
#include "base/files.h"
#include "lab/report/run.h"
#include "lab/report/run_summary.h"
#include "trace/capture.h"
#include "trace/jsonl.h"

#include <stdio.h>
#include <string.h>

/* A run and its results. The result of a scenario that does not load is its diagnostic. */
typedef struct
{
  SfRun *run; /* NULL: it does not load */
  char *name;
  char *print; /* hash of all results */
} Item;

static const char *program;
static char *root; /* root of the project */

static void
item_clear (gpointer data)
{
  Item *item = data;

  sf_run_free (item->run);
  g_free (item->name);
  g_free (item->print);
}

static char *
print_of (const SfOutcome *outcome)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GByteArray) capture = g_byte_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  sf_trace_write (text, outcome->trace, "test");
  sf_run_summary_write (text, outcome, "test");
  sf_capture_write (capture, outcome->trace);
  g_checksum_update (sum, (const guint8 *) text->str, (gssize) text->len);
  g_checksum_update (sum, capture->data, (gssize) capture->len);
  return g_strdup (g_checksum_get_string (sum));
}

static void
do_item (gpointer data, gpointer user G_GNUC_UNUSED)
{
  Item *item = data;
  g_autoptr (SfOutcome) outcome = NULL;

  if (item->run == NULL)
    return;
  outcome = sf_run_do (item->run);
  item->print = print_of (outcome);
}

static void
load_file (GArray *items, const char *path)
{
  SfRunOptions options = { 0 };
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GPtrArray) runs = sf_runs_load (path, &options, diag);

  if (runs == NULL)
    {
      Item item = { NULL, g_strdup (path), sf_diagnostic_format (sf_diagnostics_error (diag)) };

      g_array_append_val (items, item);
      return;
    }
  g_ptr_array_set_free_func (runs, NULL);
  for (guint i = 0; i < runs->len; i++)
    {
      SfRun *run = g_ptr_array_index (runs, i);
      Item item = { run, g_strdup_printf ("%s (%s)", path, run->scenario->variant), NULL };

      g_array_append_val (items, item);
    }
}

static void
load_folder (GArray *items, const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;

  files = sf_files_find (path, ".yaml", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, >, 0);
  for (guint i = 0; i < files->len; i++)
    load_file (items, g_ptr_array_index (files, i));
}

/* Returns all runs of the project, not yet done. */
static GArray *
load_all (void)
{
  GArray *items = g_array_new (FALSE, FALSE, sizeof (Item));

  g_array_set_clear_func (items, item_clear);
  load_folder (items, "scenarios");
  load_folder (items, "tests");
  return items;
}

static Item *
item_at (const GArray *items, guint i)
{
  return &g_array_index (items, Item, i);
}

static guint
count_runs (const GArray *items)
{
  guint n = 0;

  for (guint i = 0; i < items->len; i++)
    n += item_at (items, i)->run != NULL;
  return n;
}

/* Returns all runs of the project, done one after the other. The other tests compare with these. */
static GArray *
do_first (void)
{
  GArray *items = load_all ();

  for (guint i = 0; i < items->len; i++)
    do_item (item_at (items, i), NULL);
  return items;
}

/* Does all runs, `threads` at a time. */
static void
do_all (GArray *items, int threads)
{
  GThreadPool *pool = g_thread_pool_new (do_item, NULL, threads, TRUE, NULL);

  for (guint i = 0; i < items->len; i++)
    g_thread_pool_push (pool, item_at (items, i), NULL);
  g_thread_pool_free (pool, FALSE, TRUE);
}

static void
assert_same (const GArray *expected, const GArray *seen)
{
  g_assert_cmpuint (expected->len, >, 0);
  g_assert_cmpuint (expected->len, ==, seen->len);
  for (guint i = 0; i < expected->len; i++)
    {
      g_assert_cmpstr (item_at (expected, i)->name, ==, item_at (seen, i)->name);
      if (strcmp (item_at (expected, i)->print, item_at (seen, i)->print) == 0)
        continue;
      g_test_message ("differs: %s", item_at (expected, i)->name);
      g_test_fail ();
    }
}

/* The same loaded runs again, one after the other. */
static void
test_again (gconstpointer data)
{
  const GArray *expected = data;

  for (guint i = 0; i < expected->len; i++)
    {
      Item again = { item_at (expected, i)->run, NULL, NULL };

      do_item (&again, NULL);
      if (again.run != NULL && strcmp (again.print, item_at (expected, i)->print) != 0)
        {
          g_test_message ("differs: %s", item_at (expected, i)->name);
          g_test_fail ();
        }
      g_free (again.print);
    }
}

static void
test_one_thread (gconstpointer expected)
{
  g_autoptr (GArray) items = load_all ();

  do_all (items, 1);
  assert_same (expected, items);
}

static void
test_two_threads (gconstpointer expected)
{
  g_autoptr (GArray) items = load_all ();

  do_all (items, 2);
  assert_same (expected, items);
}

/* The same run many times at once: the threads share the loaded run. */
static void
test_one_run_at_once (gconstpointer data)
{
  enum
  {
    N = 4
  };
  const GArray *expected = data;

  for (guint i = 0; i < expected->len; i++)
    {
      Item copies[N] = { 0 };
      GThreadPool *pool = g_thread_pool_new (do_item, NULL, 4, TRUE, NULL);

      for (guint k = 0; k < N; k++)
        {
          copies[k].run = item_at (expected, i)->run;
          g_thread_pool_push (pool, &copies[k], NULL);
        }
      g_thread_pool_free (pool, FALSE, TRUE);
      for (guint k = 0; k < N; k++)
        {
          if (copies[k].run != NULL)
            g_assert_cmpstr (copies[k].print, ==, item_at (expected, i)->print);
          g_free (copies[k].print);
        }
    }
}

static char *
lines_of (const GArray *items)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < items->len; i++)
    g_string_append_printf (out, "%s\n%s\n", item_at (items, i)->name, item_at (items, i)->print);
  return g_string_free (out, FALSE);
}

/* Another process, with another layout and content of memory. */
static void
test_another_process (gconstpointer expected)
{
  char *argv[] = { (char *) program, (char *) "--print", root, NULL };
  g_auto (GStrv) env = g_environ_setenv (g_get_environ (), "MALLOC_PERTURB_", "90", TRUE);
  g_autofree char *text = lines_of (expected);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1), seen = NULL;
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, argv, env, G_SPAWN_DEFAULT, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  seen = g_strsplit (out, "\n", -1);
  g_assert_cmpuint (g_strv_length (seen), ==, g_strv_length (lines));
  for (guint i = 0; lines[i] != NULL; i++)
    if (strcmp (seen[i], lines[i]) != 0)
      {
        g_test_message ("differs: %s", i > 0 ? lines[i - 1] : lines[i]);
        g_test_fail ();
      }
}

/* Prints the results of all runs. */
static int
print (void)
{
  g_autoptr (GArray) items = do_first ();
  g_autofree char *lines = lines_of (items);

  return fputs (lines, stdout) >= 0 && fflush (stdout) == 0 ? 0 : 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GArray) items = NULL;
  int status;

  if (argc == 3 && strcmp (argv[1], "--print") == 0)
    {
      root = argv[2];
      return print ();
    }
  g_test_init (&argc, &argv, NULL);
  program = argv[0];
  root = g_test_build_filename (G_TEST_DIST, "..", NULL);
  items = do_first ();
  g_assert_cmpuint (count_runs (items), >, 100);
  g_test_add_data_func ("/determinism/again", items, test_again);
  g_test_add_data_func ("/determinism/one-thread", items, test_one_thread);
  g_test_add_data_func ("/determinism/two-threads", items, test_two_threads);
  g_test_add_data_func ("/determinism/one-run-at-once", items, test_one_run_at_once);
  g_test_add_data_func ("/determinism/another-process", items, test_another_process);
  status = g_test_run ();
  g_free (root);
  return status;
}
