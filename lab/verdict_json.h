/* SPDX-License-Identifier: MIT
 *
 * Verdicts as JSON, the same in reports and in summary.json, and what else reports in JSON are made of.
 */
#pragma once

#include "lab/verdict.h"

#include <jansson.h>

/* Returns `text`, null if it is NULL. What is not UTF-8 in it becomes U+FFFD, which is better than no text at all. */
json_t *sf_json_text (const char *text);

/* Returns an array of {name, holds, because, expected, seen, line, trace: [{line, text}]}. */
json_t *sf_json_verdicts (const GPtrArray *verdicts);

/* Appends `json`, indented, with a newline at its end. Takes it over. */
void sf_json_print (GString *out, json_t *json);
