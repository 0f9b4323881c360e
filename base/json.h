/* SPDX-License-Identifier: MIT
 *
 * JSON: trees by Jansson, and helpers to write a line by hand.
 */
#pragma once

#include <glib.h>
#include <jansson.h>

/* Appends `text` in quotes; NULL becomes null. */
void sf_json_string (GString *out, const char *text);

/* Appends a number. Faster than printf, since traces have many. */
void sf_json_u64 (GString *out, guint64 value);
void sf_json_i64 (GString *out, gint64 value);

/* Appends `"name":`, with a comma in front unless an object or array has just been opened. */
void sf_json_key (GString *out, const char *name);

/* Appends a comma unless an object or array has just been opened. */
void sf_json_next (GString *out);

/* Returns `text` as JSON; NULL becomes null. Bytes that are not UTF-8 become U+FFFD. */
json_t *sf_json_text (const char *text);

/* Appends `json`, indented, with a newline at its end. Takes ownership of `json`. */
void sf_json_print (GString *out, json_t *json);
