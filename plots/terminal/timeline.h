/* SPDX-License-Identifier: MIT
 *
 * The text diagram of a run for a terminal, or another way to tell it in text. In the diagram time runs down, every
 * host has a lifeline with the state of its connection beside it.
 *
 *   0.000000   SYN-SENT │── client > server: S 0:0(0) win 65535 <mss 1460> ──╮    │
 *   0.050000            │                                                    ╰───>│ SYN-RECEIVED
 *
 * A segment has the row of its sending and the row of its arrival, each with its time. If nothing else is sent or
 * arrives in between, a line joins them; otherwise both carry the same number, as do the arrows that cross. An arrow
 * that no host has sent (a copy, a forgery, the release of what was held) is drawn broken. The lifeline of a host
 * without a connection is broken, that of a host that is down is missing. Long silences are folded.
 *
 * The notation of a segment in the row of its sending is a pattern that can be pasted into an expectation; what does
 * not fit there stands in the row below it, but for a window that is the same as in the segment before.
 */
#pragma once

#include "trace/trace.h"

/* How it is told. */
typedef enum
{
  SF_VOICE_DIAGRAM,
  SF_VOICE_LETTERS, /* as an exchange of letters, see plots/terminal/letters.h */
} SfVoice;

/* All zero: defaults. */
typedef struct
{
  SfVoice voice;
  guint width;     /* columns, at least SF_TIMELINE_MIN_WIDTH; 0: 100. No line is longer. */
  gboolean ascii;  /* no characters outside ASCII */
  gboolean color;  /* ANSI escape sequences */
  SfTime from, to; /* only what happened within; to 0: no end */
  SfTime fold;     /* silences from this length on are folded; 0: by the usual flight time */
} SfTimelineOptions;

#define SF_TIMELINE_WIDTH 100
#define SF_TIMELINE_MIN_WIDTH 72

/* Finds the way of telling called `name`: "plain", "letters". FALSE if there is none. */
gboolean sf_voice_find (const char *name, SfVoice *ret_voice);

/* Appends the diagram of `trace` (indexed) to `out`; `options` may be NULL. */
void sf_timeline (GString *out, const SfTrace *trace, const SfTimelineOptions *options);
