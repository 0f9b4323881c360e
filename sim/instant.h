/* SPDX-License-Identifier: MIT
 *
 * Simulated time: signed 64-bit nanoseconds since the start of the simulation, enough for 292 years. Nothing in the
 * simulator keeps time in floating point.
 */
#pragma once

#include <glib.h>

typedef gint64 SfTime;

#define SF_NSEC ((SfTime) 1)
#define SF_USEC ((SfTime) 1000)
#define SF_MSEC ((SfTime) 1000000)
#define SF_SEC ((SfTime) 1000000000)

/* The instant that never comes: a deadline that is not set. */
#define SF_NEVER G_MAXINT64

/* Returns `a + b` for an instant and a duration ≥ 0, SF_NEVER if the sum is too large. */
static inline SfTime
sf_time_add (SfTime a, SfTime b)
{
  return b >= SF_NEVER - a ? SF_NEVER : a + b;
}
