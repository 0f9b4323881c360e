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
