/* SPDX-License-Identifier: MIT
 *
 * How far a sweep is: a line on the terminal, nothing elsewhere. And whether somebody wants it to stop.
 */
#pragma once

#include <glib.h>
#include <signal.h>

typedef struct
{
  gboolean shown;     /* standard error is a terminal */
  gint64 began, told; /* monotonic time in us */
  guint64 first;      /* how many runs there were when it began */
  gboolean begun;
  sigset_t stops; /* the signals that mean it */
  int stopped;    /* the one that came, 0: none */
} SfSweepProgress;

/* Begins. From now on SIGINT, SIGTERM and SIGHUP, unless they are ignored, only stop the sweep; to be called before
 * there are other threads. */
void sf_sweep_progress_begin (SfSweepProgress *progress);

/* Says how many of `total` runs are done; for SfSweepRunOptions. */
gboolean sf_sweep_progress (gpointer progress, guint64 done, guint64 total);

/* Shows `line`, as much of it as the terminal is wide, in place of what was there; returns FALSE to stop. */
gboolean sf_sweep_progress_say (SfSweepProgress *progress, const char *line);

/* Returns how far a sweep is whose runs come at `rate` a second: "17 of 40 runs (42 %), 3 a second, 8 s left", or less
 * if that is wider than `columns`. */
char *sf_sweep_progress_text (guint64 done, guint64 total, double rate, int columns);

/* Takes the line away. Signals do again what they did. */
void sf_sweep_progress_end (SfSweepProgress *progress);
