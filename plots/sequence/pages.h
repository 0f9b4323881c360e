/* SPDX-License-Identifier: MIT
 *
 * The pages of a diagram that is laid out: what sf_sequence() and sf_compare() have in common.
 */
#pragma once

#include "plots/sequence/layout.h"

/* What stands at the head of the first page, and names all. */
typedef struct
{
  const char *title;
  const char *subtitle; /* NULL: none, also below */
  const char *asks;
  const char *kind;                /* "Sequence diagram" */
  const char *part[1 + SF_PANELS]; /* where the runs part: in all, and what each does */
} SfSequenceTitle;

/* Returns the page of `paper` for a diagram of the runs `rows`. */
SfPageSize sf_page_size (SfPaper paper, const SfRows *const *rows, guint n_panels);

/* Returns the height that `title` takes on `page_size`. */
double sf_sequence_title_height (const SfPageSize *page_size, const SfSequenceTitle *title);

/* Draws the pages of `layout` (SfScene), as many as its options want, and stores in `*ret_left_out`, if not NULL, how
 * many more there would be. Where labels find no place, `layout` makes more room. */
GPtrArray *sf_sequence_pages (SfSequenceLayout *layout, const SfSequenceTitle *title, guint *ret_left_out);
