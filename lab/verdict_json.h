/* SPDX-License-Identifier: MIT
 *
 * Verdicts as JSON, the same in reports and in summary.json.
 */
#pragma once

#include "lab/verdict.h"

#include <json-glib/json-glib.h>

/* Adds the member "verdicts": an array of {name, holds, because, expected, seen, line, trace: [{line, text}]}. */
void sf_json_add_verdicts (JsonBuilder *json, const GPtrArray *verdicts);

/* Adds member `name`, null if `text` is. */
void sf_json_add_text (JsonBuilder *json, const char *name, const char *text);

void sf_json_add_int (JsonBuilder *json, const char *name, gint64 value);
void sf_json_add_bool (JsonBuilder *json, const char *name, gboolean value);

/* Appends what was built, indented, with a newline at its end. */
void sf_json_print (GString *out, JsonBuilder *json);
