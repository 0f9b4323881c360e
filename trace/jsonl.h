/* SPDX-License-Identifier: MIT
 *
 * trace.jsonl: a trace as text, one JSON object a line; docs/trace.md describes it. It holds all that a trace does,
 * so every picture can be made of the file alone.
 */
#pragma once

#include "trace/trace.h"

/* Appends the whole trace of `trace`. `version` is that of the program. */
void sf_trace_write (GString *out, const SfTrace *trace, const char *version);

/* Appends record number `i` of `trace` as a line. */
void sf_trace_write_record (GString *out, const SfTrace *trace, guint i);

#define SF_TRACE_ERROR (sf_trace_error_quark ())
GQuark sf_trace_error_quark (void);

typedef enum
{
  SF_TRACE_ERROR_FORMAT,
} SfTraceError;

/* Returns the trace (indexed) that the `len` bytes at `text` tell; NULL and an error whose message
 * is "NAME:LINE:1: error: …" if it is no trace. `name` is that of the file. */
SfTrace *sf_trace_read (const char *text, gsize len, const char *name, GError **error);
