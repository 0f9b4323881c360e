/* SPDX-License-Identifier: MIT
 *
 * Traces for the tests of pictures, traces and captures.
 */
#pragma once

#include "trace/trace.h"

typedef struct
{
  const char *name;
  SfTrace *(*make) (void);
} TestStory;

/* A NULL name ends the table. */
extern const TestStory test_traces[];
