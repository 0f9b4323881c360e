/* SPDX-License-Identifier: MIT
 *
 * The pages of a diagram whose layout is done: what sf_sequence() and sf_compare() share.
 */
#pragma once

#include "plots/sequence/layout.h"

/* The head of the first page; it also names the other pages. */
typedef struct
{
  const char *title;
  const char *subtitle; /* NULL: none; so too the next */
  const char *asks;
  const char *kind;                /* "Sequence diagram" */
  const char *part[1 + SF_PANELS]; /* where the runs part: a heading, and what each run does */
} SfSequenceTitle;

/* Returns the size of the pages on `paper` for a diagram of the runs `rows`. */
SfPageSize sf_page_size (SfPaper paper, const SfRows *const *rows, guint n_panels);

/* Returns the height of `title` on `page_size`. */
double sf_sequence_title_height (const SfPageSize *page_size, const SfSequenceTitle *title);

/* Draws the pages of `layout` (SfScene), at most `max_pages` of its options. Stores in `*ret_left_out`, if not NULL,
 * how many more there would be. If labels find no room, `layout` is changed to make more. */
GPtrArray *sf_sequence_pages (SfSequenceLayout *layout, const SfSequenceTitle *title, guint *ret_left_out);
