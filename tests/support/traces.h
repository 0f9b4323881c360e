/* SPDX-License-Identifier: MIT
 *
 * Traces made by hand, for the tests of pictures, traces and captures.
 */
#pragma once

#include "trace/trace.h"

typedef struct
{
  const char *name;
  SfTrace *(*make) (void);
} TestTrace;

/* The traces. A NULL name ends the table. */
extern const TestTrace test_traces[];
