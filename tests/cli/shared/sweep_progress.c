/* SPDX-License-Identifier: MIT
 *
 * The line of progress, the part of it that fits on a terminal, and signals that stop a sweep.
 */
#include "cli/shared/sweep_progress.h"

#include "tests/support/capture.h"

#include <string.h>
#include <unistd.h>

static const struct
{
  guint64 done, total;
  double rate; /* runs a second */
  int columns;
  const char *expected;
} texts[] = {
  { 25, 100, 5, 80, "25 of 100 runs (25 %), 5 a second, 15 s left" },
  { 25, 100, 5, 44, "25 of 100 runs (25 %), 5 a second, 15 s left" },
  { 25, 100, 5, 43, "25 %, 5 a second, 15 s left" },
  { 0, 3, 1, 80, "0 of 3 runs (0 %), 1 a second, 3 s left" },
  { 2, 3, 1, 80, "2 of 3 runs (66 %), 1 a second, 1 s left" },
  { 3, 3, 1, 80, "3 of 3 runs (100 %), 1 a second, 0 s left" },
  { 40, 100, 1, 80, "40 of 100 runs (40 %), 1 a second, 1 min 0 s left" },
  { 41, 100, 1, 80, "41 of 100 runs (41 %), 1 a second, 59 s left" },
  { 0, 185, 1, 80, "0 of 185 runs (0 %), 1 a second, 3 min 5 s left" },
  { 0, 7800, 1, 80, "0 of 7800 runs (0 %), 1 a second, 2 h 10 min left" },
  { 0, 3599, 1, 80, "0 of 3599 runs (0 %), 1 a second, 59 min 59 s left" },
  { 1000000, 4000000, 1e6, 80, "1000000 of 4000000 runs (25 %), 1000000 a second, 3 s left" },
};

static void
test_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = sf_sweep_progress_text (texts[i].done, texts[i].total, texts[i].rate, texts[i].columns);

      g_assert_cmpstr (text, ==, texts[i].expected);
    }
}

/* Without a terminal nothing is shown. */
static void
test_file (void)
{
  SfSweepProgress progress;
  Capture capture;
  gboolean goes_on;
  g_autofree char *said = NULL;

  capture_begin (&capture, STDERR_FILENO);
  sf_sweep_progress_begin (&progress);
  goes_on = sf_sweep_progress_say (&progress, "line") && sf_sweep_progress (&progress, 1, 2);
  sf_sweep_progress_end (&progress);
  said = capture_end (&capture);
  g_assert_true (goes_on);
  g_assert_cmpstr (said, ==, "");
}

/* A line leaves the last column of a terminal free. Wide characters are not cut in two. */
static const struct
{
  const char *line, *shown; /* on ten columns */
} lines[] = {
  { "short", "short" },       { "123456789", "123456789" }, { "1234567890", "123456789" },
  { "丢失丢失", "丢失丢失" }, { "1丢失丢失", "1丢失丢失" }, { "丢失丢失丢", "丢失丢失" },
};

static void
test_terminal (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      SfSweepProgress progress;
      Capture capture;
      int master = capture_terminal (&capture, STDERR_FILENO, 10);
      g_autofree char *shown = NULL, *expected = g_strdup_printf ("\r\033[K%s\r\033[K", lines[i].shown);

      sf_sweep_progress_begin (&progress);
      sf_sweep_progress_say (&progress, lines[i].line);
      sf_sweep_progress_end (&progress);
      shown = capture_read (master);
      g_free (capture_end (&capture));
      close (master);
      g_assert_cmpstr (shown, ==, expected);
    }
}

/* Signals only stop the sweep, unless they are ignored. */
static void
test_signals (void)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    {
      SfSweepProgress progress;

      signal (signals[i], SIG_DFL); /* the process that started the test may have ignored it */
      sf_sweep_progress_begin (&progress);
      g_assert_true (sf_sweep_progress (&progress, 0, 10));
      raise (signals[i]);
      g_assert_false (sf_sweep_progress (&progress, 1, 10));
      g_assert_false (sf_sweep_progress_say (&progress, "line"));
      g_assert_cmpint (progress.stopped, ==, signals[i]);
      sf_sweep_progress_end (&progress);
    }
}

static void
test_ignored (void)
{
  SfSweepProgress progress;
  void (*old) (int) = signal (SIGHUP, SIG_IGN);

  sf_sweep_progress_begin (&progress);
  raise (SIGHUP);
  g_assert_true (sf_sweep_progress (&progress, 1, 10));
  sf_sweep_progress_end (&progress);
  signal (SIGHUP, old);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/shared/sweep_progress/text", test_text);
  g_test_add_func ("/cli/shared/sweep_progress/file", test_file);
  g_test_add_func ("/cli/shared/sweep_progress/terminal", test_terminal);
  g_test_add_func ("/cli/shared/sweep_progress/signals", test_signals);
  g_test_add_func ("/cli/shared/sweep_progress/ignored", test_ignored);
  return g_test_run ();
}
