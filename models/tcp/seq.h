/* SPDX-License-Identifier: MIT
 *
 * Sequence numbers (RFC 9293 §3.4), modulo 2^32. They have their own type, so that `a < b` and `a + 1` do not compile.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint32 v;
} SfSeq;

static inline SfSeq
sf_seq (guint32 v)
{
  return (SfSeq){ v };
}

static inline SfSeq
sf_seq_add (SfSeq a, guint32 n)
{
  return (SfSeq){ a.v + n };
}

static inline SfSeq
sf_seq_sub (SfSeq a, guint32 n)
{
  return (SfSeq){ a.v - n };
}

/* Returns the distance from `from` forward to `to`, modulo 2^32. */
static inline guint32
sf_seq_distance (SfSeq from, SfSeq to)
{
  return to.v - from.v;
}

static inline gboolean
sf_seq_eq (SfSeq a, SfSeq b)
{
  return a.v == b.v;
}

/* a < b. The two must be less than 2^31 apart. */
static inline gboolean
sf_seq_lt (SfSeq a, SfSeq b)
{
  return (gint32) (a.v - b.v) < 0;
}

/* a =< b, as the RFC writes it; see sf_seq_lt(). */
static inline gboolean
sf_seq_le (SfSeq a, SfSeq b)
{
  return (gint32) (a.v - b.v) <= 0;
}

/* first =< a < first + size. `size` may be up to 2^32 - 1. */
static inline gboolean
sf_seq_in (SfSeq a, SfSeq first, guint32 size)
{
  return a.v - first.v < size;
}

static inline SfSeq
sf_seq_max (SfSeq a, SfSeq b)
{
  return sf_seq_lt (a, b) ? b : a;
}
