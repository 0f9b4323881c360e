/* SPDX-License-Identifier: MIT
 *
 * The bytes of a payload, made when somebody wants to see them (a capture, a report of foreign bytes).
 *
 * An application's literal text is itself; what it sends by amount is a pattern in which every byte tells
 * its stream: 16-byte cells such as "c12:00000000480\n" (connection 12, offset 480), so that two
 * incarnations never look alike.
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

/* Fills `buffer` with the `len` bytes of `stream` from `offset` on; `texts` (SfContentText) names what is literal,
 * NULL: nothing. */
void sf_content_fill (const GArray *texts, guint32 stream, guint64 offset, gsize len, guint8 *buffer);
