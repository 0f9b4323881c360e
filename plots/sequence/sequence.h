/* SPDX-License-Identifier: MIT
 *
 * The sequence diagram of a run as pages. Time runs down. Every host that takes part has a lifeline, with bars for the
 * states of its connections. Every segment is an arrow, from where and when it was sent to where and when it arrived or
 * was lost. Calls, timers and remarks stand beside the lifelines.
 *
 * Time is not to scale, unless `linear`: an instant takes the room that its words need, and silences are folded. No two
 * labels overlap.
 */
#pragma once

#include "plots/page/paper.h"
#include "plots/page/scene.h"
#include "trace/trace.h"

/* All zero: defaults. */
typedef struct
{
  gboolean linear;   /* time to scale, all on one page; labels without room are moved or left out */
  gboolean absolute; /* sequence numbers as in the header, not relative to ISS and IRS */
  SfTime from, to;   /* only what happened in between; `to` 0: no end */
  SfPaper paper;
  const char *lang; /* of all words; NULL: English */
  guint max_pages;  /* 0: all */
} SfSequenceOptions;

/* Returns the diagram of `trace` (indexed) as pages (SfScene), at least one. `options` may be NULL. Stores in
 * `*ret_left_out`, if not NULL, the number of pages beyond `max_pages`, which are not drawn. */
GPtrArray *sf_sequence (const SfTrace *trace, const SfSequenceOptions *options, guint *ret_left_out);
