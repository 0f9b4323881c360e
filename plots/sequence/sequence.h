/* SPDX-License-Identifier: MIT
 *
 * The sequence diagram of a run as pages: time runs down, every host that takes part has a lifeline on which the states
 * of its connections are bars, and every segment is an arrow from where and when it was sent to where and when it
 * arrived or was lost. Calls, timers and remarks stand at the outer sides.
 *
 * Time is not to scale: an instant takes the room that its words need, and silences are folded. No two labels overlap.
 */
#pragma once

#include "plots/page/paper.h"
#include "plots/page/scene.h"
#include "trace/trace.h"

/* All zero: defaults. */
typedef struct
{
  gboolean linear;   /* time to scale, all on one page; a label for which there is no room is moved or left out */
  gboolean absolute; /* sequence numbers as in the header, not relative to ISS and IRS */
  SfTime from, to;   /* only what happened within; to 0: no end */
  SfPaper paper;
  const char *lang; /* of what the scenario says; NULL: English */
  guint max_pages;  /* 0: all */
} SfSequenceOptions;

/* Returns the diagram of `trace` (indexed) as pages (SfScene), at least one; `options` may be NULL. Stores in
 * `*ret_left_out`, if not NULL, how many pages are missing because of `max_pages`. */
GPtrArray *sf_sequence (const SfTrace *trace, const SfSequenceOptions *options, guint *ret_left_out);
