/* SPDX-License-Identifier: MIT
 *
 * The JSON Schema (draft 7) of the scenario language, for editors. It is made from the tables that the loader reads by
 * (lab/language/keys.inc, the knobs and mutants), so the two always agree. docs/scenario.schema.json is a copy; a test
 * compares it.
 */
#pragma once

#include <glib.h>

/* Returns the schema as indented JSON that ends in a newline; to be freed. `metrics` are the names of all metrics,
 * NULL-terminated. */
char *sf_schema_text (const char *const *metrics);
