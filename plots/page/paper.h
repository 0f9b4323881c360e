/* SPDX-License-Identifier: MIT
 *
 * What pictures are made for: the paper or screen that their pages must fit.
 */
#pragma once

typedef enum
{
  SF_PAPER_FREE,  /* as long as need be, within reason */
  SF_PAPER_A4,    /* upright; a comparison: across */
  SF_PAPER_SLIDE, /* 16:9, large letters */
} SfPaper;
