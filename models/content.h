/* SPDX-License-Identifier: MIT
 *
 * The bytes of a payload, made only when they are needed: for a capture, or a report of foreign bytes.
 *
 * What an application sends as text is that text. What it sends as a number of bytes is a pattern of 16-byte cells such
 * as "c12:00000000480\n": connection 12, offset 480. So the bytes of two incarnations always differ.
 */
#pragma once

#include <glib.h>

/* A piece of a stream that is literal text. */
typedef struct
{
  guint32 stream;
  guint64 offset;
  const char *text; /* not owned */
  gsize len;
} SfContentText;

/* Fills `buffer` with the `len` bytes of `stream` from `offset` on. `texts` (SfContentText) has the literal texts of
 * all streams; NULL: none. */
void sf_content_fill (const GArray *texts, guint32 stream, guint64 offset, gsize len, guint8 *buffer);
