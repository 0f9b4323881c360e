/* SPDX-License-Identifier: MIT
 *
 * A file that is written piece by piece and appears complete or not at all; or standard output.
 */
#pragma once

#include <glib.h>

typedef struct SfStream SfStream;

/* FALSE with `error` if sf_stream_open() would fail for `path` now. Call it before long work. Changes no file. */
gboolean sf_stream_check (const char *path, GError **error);

/* Opens file `path` for writing; "-" is standard output. NULL with `error`. */
SfStream *sf_stream_open (const char *path, GError **error);

/* Appends `text`. sf_stream_close() reports errors. */
void sf_stream_add (SfStream *stream, const GString *text);

/* Closes the file and frees `stream`. Unless `complete`, no file appears. FALSE with `error`; it is no error if nobody
 * reads standard output any more. */
gboolean sf_stream_close (SfStream *stream, gboolean complete, GError **error);
