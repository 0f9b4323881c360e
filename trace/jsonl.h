/* SPDX-License-Identifier: MIT
 *
 * trace.jsonl: a trace as text, one JSON object per line; docs/trace.md describes it. It holds everything that an
 * SfTrace holds, so every picture can be made from the file alone.
 */
#pragma once

#include "trace/trace.h"

/* Appends all of `trace` to `out`: header and records. `version` is the version of the program. */
void sf_trace_write (GString *out, const SfTrace *trace, const char *version);

/* Appends record number `i` of `trace` as a line. */
void sf_trace_write_record (GString *out, const SfTrace *trace, guint i);

#define SF_TRACE_ERROR (sf_trace_error_quark ())
GQuark sf_trace_error_quark (void);

typedef enum
{
  SF_TRACE_ERROR_FORMAT,
} SfTraceError;

/* Reads a trace from the `len` bytes at `text`. Returns it indexed; NULL and an error with the message "NAME:LINE:1:
 * error: …" if the text is no trace. `name` is the name of the file, for messages. */
SfTrace *sf_trace_read (const char *text, gsize len, const char *name, GError **error);
