/* SPDX-License-Identifier: MIT
 *
 * Stories for the tests of pictures, traces and captures.
 */
#pragma once

#include "trace/trace.h"

typedef struct
{
  const char *name;
  SfStory *(*make) (void);
} TestStory;

/* A NULL name ends the table. */
extern const TestStory test_stories[];
