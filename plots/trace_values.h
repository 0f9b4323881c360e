/* SPDX-License-Identifier: MIT
 *
 * Values of a trace, read back by the tables of trace_fields.h.
 */
#pragma once

#include "models/story.h"
#include "plots/trace_fields.h"

#include <jansson.h>

/* Where the reader is. */
typedef struct
{
  SfStory *story;
  const char *name; /* of the file */
  guint line;       /* from 1 */
  gsize n_lines;    /* at most so many: no serial number is greater */
  GError **error;
} SfTraceReader;

/* Sets the error of `reader`, with the line at which it is; returns FALSE. */
gboolean sf_trace_complain (const SfTraceReader *reader, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* Finds the value called `name`; FALSE if there is none. */
gboolean sf_trace_find_name (const SfNames *names, const char *name, guint *ret_value);

/* Reads `fields` of `object` into the structure at `base`; FALSE after a complaint. */
gboolean sf_trace_read_fields (const SfTraceReader *reader, const json_t *object, const SfFields *fields,
                               gpointer base);
