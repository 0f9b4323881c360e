/* SPDX-License-Identifier: MIT
 *
 * From values of JSON to members of SfRecord, by the tables of jsonl_fields.h.
 */
#pragma once

#include "trace/jsonl_fields.h"
#include "trace/trace.h"

/* The kinds of JSON values that fields have. */
typedef enum
{
  SF_VALUE_NULL,
  SF_VALUE_BOOL,   /* `number`: 0 or 1 */
  SF_VALUE_NUMBER, /* whole */
  SF_VALUE_STRING, /* texts[0] */
  SF_VALUE_LIST,   /* of strings: the first `number` of `texts` */
  SF_VALUE_OTHER,  /* no field has such a value */
} SfTraceValueKind;

/* The longest list: names of eight bits. */
#define SF_VALUE_TEXTS 8

typedef struct
{
  SfTraceValueKind kind;
  gint64 number;
  const char *texts[SF_VALUE_TEXTS];
} SfTraceValue;

/* The state of the reader: where it is. */
typedef struct
{
  SfTrace *trace;
  const char *name; /* of the file */
  guint line;       /* from 1 */
  guint column;     /* from 1; always 1, unless the line is no JSON */
  gsize n_lines;    /* upper bound of lines, hence of serial numbers */
  GError **error;
} SfTraceReader;

/* Sets the error of `reader` with the current file, line and column. Returns FALSE. */
gboolean sf_trace_complain (const SfTraceReader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Finds the value called `name` and stores it. FALSE if there is none. */
gboolean sf_trace_find_name (const SfNames *names, const char *name, guint *ret_value);

/* Stores `value` as `field` of the structure at `base`. FALSE after a complaint if the field cannot have such a value.
 */
gboolean sf_trace_store (const SfTraceReader *reader, const SfField *field, const SfTraceValue *value, gpointer base);
