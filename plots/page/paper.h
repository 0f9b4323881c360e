/* SPDX-License-Identifier: MIT
 *
 * The paper or screen that the pages of pictures must fit.
 */
#pragma once

typedef enum
{
  SF_PAPER_FREE,  /* any length, within reason */
  SF_PAPER_A4,    /* portrait; a comparison: landscape */
  SF_PAPER_SLIDE, /* 16:9, large type */
} SfPaper;

/* The head of a page of graphs. The left margin and the size of the title, per size of the page's letters; the y of the
 * title's first line and the distance of its lines, per size of the title. */
#define SF_HEAD_MARGIN 1.4
#define SF_HEAD_TITLE 1.3
#define SF_HEAD_TITLE_Y 1.3
#define SF_HEAD_TITLE_PITCH 1.35
