/* SPDX-License-Identifier: MIT
 *
 * Reads a mapping by the rows of its section in lab/language/keys.inc: each value by the reader of its type, or of its
 * row, into the field that the row names. A key that is absent leaves its field alone, so defaults are set before.
 */
#pragma once

#include "lab/language/node.h"

/* Checks that `map` is a mapping with the keys of `section`, and reads them into the struct `into` of that section.
 * `plan` is where names of hosts and links are looked up. */
gboolean sf_read_keys (const SfNode *map, SfSection section, const SfPlan *plan, SfDiagnostics *diag, gpointer into);

/* Reads the keys of one part only. The caller has checked `map`, which may be NULL or empty. */
gboolean sf_read_part (const SfNode *map, SfSection section, SfPart part, const SfPlan *plan, SfDiagnostics *diag,
                       gpointer into);

/* Reads `node` (NULL: absent) as the value of `key`, which has a field, into the struct `into` of its section. */
gboolean sf_read_key (const SfNode *node, const SfKey *key, const SfPlan *plan, SfDiagnostics *diag, gpointer into);

/* Gives the range of `key`: its own, or that of its type. FALSE: it has none. */
gboolean sf_key_range (const SfKey *key, gint64 *ret_min, gint64 *ret_max);

/* Returns the words of a choice (SF_CHOICE of lab/language/types.inc), NULL-terminated; not to be freed. */
const char *const *sf_type_names (SfType type);
