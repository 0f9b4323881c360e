/* SPDX-License-Identifier: MIT
 *
 * Records read fast. A trace may have millions of lines, all of one form: that in which sf_trace_write() writes them. A
 * line of exactly this form is read as it stands, without making a tree of it; what is different in the least (spaces,
 * the order of the fields, an escape) is left to a parser of JSON, and so is all that is wrong: that one says what.
 */
#pragma once

#include "trace/jsonl_values.h"

/* Reads the line at `text` into `record`; FALSE if it is not of this form, or wrong. */
gboolean sf_trace_scan (const SfTraceReader *reader, const char *text, gsize len, SfRecord *record);
