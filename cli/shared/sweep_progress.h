/* SPDX-License-Identifier: MIT
 *
 * The progress of a sweep: a line on the terminal, nothing elsewhere. And whether a signal has asked it to stop.
 */
#pragma once

#include <glib.h>
#include <signal.h>

typedef struct
{
  gboolean shown;     /* standard error is a terminal */
  gint64 began, told; /* monotonic time in us */
  guint64 first;      /* number of runs done when it began */
  gboolean begun;
  sigset_t stops; /* the signals that stop a sweep */
  int stopped;    /* the signal that came, 0: none */
} SfSweepProgress;

/* Begins. From now on SIGINT, SIGTERM and SIGHUP, unless they are ignored, only stop the sweep. Call it before other
 * threads begin. */
void sf_sweep_progress_begin (SfSweepProgress *progress);

/* Shows that `done` of `total` runs are done. For SfSweepRunOptions. FALSE: stop. */
gboolean sf_sweep_progress (gpointer progress, guint64 done, guint64 total);

/* Shows `line`, cut to the width of the terminal, in place of the last one. FALSE: stop. */
gboolean sf_sweep_progress_say (SfSweepProgress *progress, const char *line);

/* Returns the state of a sweep that does `rate` runs a second: "17 of 40 runs (42 %), 3 a second, 8 s left"; less if
 * that is wider than `columns`. */
char *sf_sweep_progress_text (guint64 done, guint64 total, double rate, int columns);

/* Clears the line. Signals have their former effect again. */
void sf_sweep_progress_end (SfSweepProgress *progress);
