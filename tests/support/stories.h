/* SPDX-License-Identifier: MIT
 *
 * Stories for the tests of pictures, traces and captures.
 */
#pragma once

#include "models/story.h"

typedef struct
{
  const char *name;
  SfStory *(*make) (void);
} TestStory;

/* A NULL name ends the table. */
extern const TestStory test_stories[];
