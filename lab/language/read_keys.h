/* SPDX-License-Identifier: MIT
 *
 * Reads a mapping by the rows of its section in lab/language/keys.inc. The reader of a row, else of its type, reads the
 * value into the field that the row names. A key that is absent leaves its field unchanged, so set defaults before.
 */
#pragma once

#include "lab/language/node.h"

/* Checks that `map` is a mapping with keys of `section`, and reads them into `into`, the struct of that section. Names
 * of hosts and links are looked up in `plan`. FALSE after a diagnostic. */
gboolean sf_read_keys (const SfNode *map, SfSection section, const SfPlan *plan, SfDiagnostics *diag, gpointer into);

/* Reads the keys of one part only. The caller has checked `map`, which may be NULL or empty. */
gboolean sf_read_part (const SfNode *map, SfSection section, SfPart part, const SfPlan *plan, SfDiagnostics *diag,
                       gpointer into);

/* Reads `node` (NULL: absent) as the value of `key`, which must have a field, into `into`, the struct of its section.
 * */
gboolean sf_read_key (const SfNode *node, const SfKey *key, const SfPlan *plan, SfDiagnostics *diag, gpointer into);

/* Sets the range of `key`: its own, else the range of its type. FALSE if it has none. */
gboolean sf_key_range (const SfKey *key, gint64 *ret_min, gint64 *ret_max);

/* Returns the words of a choice (SF_CHOICE in lab/language/types.inc), NULL-terminated; not to be freed. */
const char *const *sf_type_names (SfType type);
