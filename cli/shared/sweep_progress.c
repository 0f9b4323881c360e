/* SPDX-License-Identifier: MIT
 *
 * The line of progress, and the signals that stop a sweep.
 */
#include "cli/shared/sweep_progress.h"

#include "base/columns.h"
#include "base/gettext.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define CLEAR_LINE "\r\033[K"
#define INTERVAL (G_USEC_PER_SEC / 5)

void
sf_sweep_progress_begin (SfSweepProgress *progress)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP };
  struct sigaction old;

  *progress = (SfSweepProgress){ .shown = isatty (STDERR_FILENO), .began = g_get_monotonic_time () };
  sigemptyset (&progress->stops);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    if (sigaction (signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
      sigaddset (&progress->stops, signals[i]);
  /* Signals are polled, not handled. Threads that begin later have them blocked, too. */
  sigprocmask (SIG_BLOCK, &progress->stops, NULL);
}

static gboolean
goes_on (SfSweepProgress *progress)
{
  static const struct timespec now = { 0, 0 };
  int number = progress->stopped == 0 ? sigtimedwait (&progress->stops, NULL, &now) : -1;

  if (number > 0)
    progress->stopped = number;
  return progress->stopped == 0;
}

/* Returns the maximum width of the line. A wider one would wrap, and could not be cleared. */
static int
room (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col - 1 : G_MAXINT;
}

gboolean
sf_sweep_progress_say (SfSweepProgress *progress, const char *line)
{
  const char *end = line + strlen (line);
  int columns = room ();

  while (end > line && sf_columns_to (line, end) > columns)
    end = g_utf8_prev_char (end);
  if (progress->shown)
    {
      fprintf (stderr, CLEAR_LINE "%.*s", (int) (end - line), line);
      fflush (stderr);
    }
  return goes_on (progress);
}

/* Returns a length of time in words: "42 s", "3 min 5 s", "2 h 10 min". */
static char *
time_text (gint64 seconds)
{
  if (seconds < 60)
    return g_strdup_printf (_ ("%d s"), (int) seconds);
  if (seconds < 3600)
    return g_strdup_printf (_ ("%d min %d s"), (int) (seconds / 60), (int) (seconds % 60));
  return g_strdup_printf (_ ("%d h %d min"), (int) MIN (seconds / 3600, G_MAXINT), (int) (seconds / 60 % 60));
}

char *
sf_sweep_progress_text (guint64 done, guint64 total, double rate, int columns)
{
  g_autofree char *runs = g_strdup_printf ("%" G_GUINT64_FORMAT, done);
  g_autofree char *all = g_strdup_printf ("%" G_GUINT64_FORMAT, total);
  g_autofree char *left = time_text ((gint64) ((double) (total - done) / rate + 0.5));
  int part = (int) ((double) done * 100 / (double) MAX (total, 1));
  g_autofree char *line = g_strdup_printf (_ ("%s of %s runs (%d %%), %.0f a second, %s left"), runs, all, part, rate,
                                           left);

  return sf_columns (line) <= columns ? g_steal_pointer (&line)
                                      : g_strdup_printf (_ ("%d %%, %.0f a second, %s left"), part, rate, left);
}

gboolean
sf_sweep_progress (gpointer user, guint64 done, guint64 total)
{
  SfSweepProgress *progress = user;
  gint64 now = g_get_monotonic_time ();
  g_autofree char *line = NULL;
  double rate;

  if (!progress->begun)
    {
      progress->begun = TRUE;
      progress->first = done;
      progress->began = progress->told = now;
    }
  if (!progress->shown || now < progress->told + INTERVAL || done == progress->first)
    return goes_on (progress);
  progress->told = now;
  rate = (double) (done - progress->first) * G_USEC_PER_SEC / (double) (now - progress->began);
  line = sf_sweep_progress_text (done, total, rate, room ());
  return sf_sweep_progress_say (progress, line);
}

void
sf_sweep_progress_end (SfSweepProgress *progress)
{
  if (progress->shown)
    {
      fputs (CLEAR_LINE, stderr);
      fflush (stderr);
    }
  sigprocmask (SIG_UNBLOCK, &progress->stops, NULL);
}
