/* SPDX-License-Identifier: MIT
 *
 * A file that is written piece by piece, and appears complete or not at all; or standard output.
 */
#pragma once

#include <glib.h>

typedef struct SfStream SfStream;

/* FALSE with `error` if sf_stream_open() cannot begin file `path` as things are now: to be known before long work.
 * What is there stays. */
gboolean sf_stream_check (const char *path, GError **error);

/* Begins file `path`; "-" is standard output. NULL with `error`. */
SfStream *sf_stream_open (const char *path, GError **error);

/* Appends `text`. What goes wrong is told by sf_stream_close(). */
void sf_stream_add (SfStream *stream, const GString *text);

/* Ends the file and frees `stream`; if `complete` is FALSE, nothing was written. FALSE with `error`; that nobody reads
 * standard output on is none. */
gboolean sf_stream_close (SfStream *stream, gboolean complete, GError **error);
