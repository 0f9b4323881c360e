/* SPDX-License-Identifier: MIT
 *
 * JSON: trees by Jansson, and the little that writing a line by hand needs.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

/* Appends `text` in quotes, NULL as null. */
void sf_json_string (GString *out, const char *text);

/* Appends a number; faster than printf, and traces have many. */
void sf_json_u64 (GString *out, guint64 value);
void sf_json_i64 (GString *out, gint64 value);

/* Appends `"name":`, with a comma in front unless an object or array has just been opened. */
void sf_json_key (GString *out, const char *name);

/* Appends a comma unless an object or array has just been opened. */
void sf_json_next (GString *out);

/* Returns `text`, null if it is NULL. What is not UTF-8 in it becomes U+FFFD, which is better than no text at all. */
json_t *sf_json_text (const char *text);

/* Appends `json`, indented, with a newline at its end. Takes it over. */
void sf_json_print (GString *out, json_t *json);
