/* SPDX-License-Identifier: MIT
 *
 * The text diagram of a run for a terminal, or another narration as text. In the diagram time runs down; every host has
 * a lifeline with the state of its connection beside it.
 *
 *   0.000000   SYN-SENT │── client > server: S 0:0(0) win 65535 <mss 1460> ──╮    │
 *   0.050000            │                                                    ╰───>│ SYN-RECEIVED
 *
 * A segment has a row where it is sent and a row where it arrives, each with its time. If nothing else is sent or
 * arrives in between, a line joins the two. Otherwise, and where arrows cross, both rows have the same number. An arrow
 * that no host sent (a copy, a forgery, the release of a held segment) is drawn broken. So is the lifeline of a host
 * without a connection; that of a host that is down is missing. Long silences are folded.
 *
 * The notation where a segment is sent is a pattern that can be pasted into an expectation. The part that does not fit
 * there stands in the row below, except for a window that is the same as in the segment before.
 */
#pragma once

#include "trace/trace.h"

/* How a run is told as text. */
typedef enum
{
  SF_VOICE_DIAGRAM,
  SF_VOICE_LETTERS, /* as an exchange of letters, see plots/terminal/letters.h */
} SfVoice;

/* All zero: defaults. */
typedef struct
{
  SfVoice voice;
  guint width;      /* columns, at least SF_TIMELINE_MIN_WIDTH; 0: 100. No line is longer. */
  const char *lang; /* of all words; NULL: English */
  gboolean ascii;   /* no characters outside ASCII */
  gboolean color;   /* ANSI escape sequences */
  SfTime from, to;  /* only what happened in between; `to` 0: no end */
  SfTime fold;      /* the shortest silence that is folded; 0: sf_rows_fold() */
} SfTimelineOptions;

#define SF_TIMELINE_WIDTH 100
#define SF_TIMELINE_MIN_WIDTH 72

/* Appends the diagram (or the letters) of `trace` (indexed) to `out`. `options` may be NULL. */
void sf_timeline (GString *out, const SfTrace *trace, const SfTimelineOptions *options);
