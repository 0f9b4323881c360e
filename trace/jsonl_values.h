/* SPDX-License-Identifier: MIT
 *
 * Values of a trace, read back by the tables of trace_fields.h.
 */
#pragma once

#include "trace/jsonl_fields.h"
#include "trace/trace.h"

/* A value of JSON, as far as fields have such. */
typedef enum
{
  SF_VALUE_NULL,
  SF_VALUE_BOOL,   /* `number`: 0 or 1 */
  SF_VALUE_NUMBER, /* whole */
  SF_VALUE_STRING, /* texts[0] */
  SF_VALUE_LIST,   /* of strings: the first `number` of `texts` */
  SF_VALUE_OTHER,  /* none that a field can have */
} SfTraceValueKind;

/* A list of bits has no more. */
#define SF_VALUE_TEXTS 8

typedef struct
{
  SfTraceValueKind kind;
  gint64 number;
  const char *texts[SF_VALUE_TEXTS];
} SfTraceValue;

/* Where the reader is. */
typedef struct
{
  SfTrace *trace;
  const char *name; /* of the file */
  guint line;       /* from 1 */
  guint column;     /* the same; 1 unless the line is no JSON */
  gsize n_lines;    /* at most so many: no serial number is greater */
  GError **error;
} SfTraceReader;

/* Sets the error of `reader`, with the place at which it is; returns FALSE. */
gboolean sf_trace_complain (const SfTraceReader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Finds the value called `name`; FALSE if there is none. */
gboolean sf_trace_find_name (const SfNames *names, const char *name, guint *ret_value);

/* Puts `value` to where `field` is in the structure at `base`; FALSE if it is none that the field can have. */
gboolean sf_trace_store (const SfTraceReader *reader, const SfField *field, const SfTraceValue *value, gpointer base);
