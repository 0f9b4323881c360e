/* SPDX-License-Identifier: MIT
 *
 * The JSON Schema (draft 7) of the scenario language, for editors: made from the same tables that the loader reads by
 * (lab/language/keys.inc, the knobs and mutants), so that it cannot say anything else. docs/scenario.schema.json is a
 * copy of it, which a test compares.
 */
#pragma once

#include <glib.h>

/* Returns the schema as indented JSON, which ends in a newline. `metrics` are the names that `metric:` takes
 * (NULL-terminated). */
char *sf_schema_text (const char *const *metrics);
