/* SPDX-License-Identifier: MIT
 *
 * A fast reader of records. A trace may have millions of lines, nearly all exactly as sf_trace_write() writes them.
 * Such a line is read directly, without making a tree of JSON values. Every other line (other spaces, another order of
 * the fields, an escape, an error) is left to the JSON parser, which also reports errors.
 */
#pragma once

#include "trace/jsonl_values.h"

/* Reads the line of `len` bytes at `text` into `record`. FALSE if the JSON parser has to read it. */
gboolean sf_trace_scan (const SfTraceReader *reader, const char *text, gsize len, SfRecord *record);
