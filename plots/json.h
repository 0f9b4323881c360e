/* SPDX-License-Identifier: MIT
 *
 * The little of JSON that writing a line by hand needs.
 */
#pragma once

#include <glib.h>

/* Appends `text` in quotes, NULL as null. */
void sf_json_string (GString *out, const char *text);

/* Appends a number; faster than printf, and traces have many. */
void sf_json_u64 (GString *out, guint64 value);
void sf_json_i64 (GString *out, gint64 value);

/* Appends `"name":`, with a comma in front unless an object or array has just been opened. */
void sf_json_key (GString *out, const char *name);

/* Appends a comma unless an object or array has just been opened. */
void sf_json_next (GString *out);
