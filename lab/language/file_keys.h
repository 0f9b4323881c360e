/* SPDX-License-Identifier: MIT
 *
 * The keys of the files that go with scenarios: courses, assignments, answers. These files are short; the code that
 * reads one lists its keys. The keys of scenarios are in lab/language/keys.inc.
 */
#pragma once

#include "lab/language/document.h"

/* Checks that `node` is a mapping with all keys of `must`, and besides them only keys of `may` (both NULL-terminated).
 * `what` is its name in messages, marked for translation; it is translated here. FALSE after a diagnostic. */
gboolean sf_fields_check (const SfNode *node, const char *what, const char *const *must, const char *const *may,
                          SfDiagnostics *diag);

/* Checks that `root` is a mapping whose first key is `key`, a version, with the value 1. `what` is the kind of the
 * file, marked for translation: "a course". FALSE after a diagnostic. */
gboolean sf_fields_check_version (const SfNode *root, const char *key, const char *what, SfDiagnostics *diag);
