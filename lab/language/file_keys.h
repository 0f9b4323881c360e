/* SPDX-License-Identifier: MIT
 *
 * The keys of the files that go with scenarios (courses, assignments, answers): each is short, and lists its keys where
 * it is read. Scenarios have theirs in lab/language/keys.inc.
 */
#pragma once

#include "lab/language/document.h"

/* Checks that `node` is a mapping, which messages call `what` (marked for translation; it is translated here), that it
 * has all keys of `must`, and no others than those and the ones of `may` (both NULL-terminated). */
gboolean sf_fields_check (const SfNode *node, const char *what, const char *const *must, const char *const *may,
                          SfDiagnostics *diag);

/* Checks that `root` is a mapping whose first key is `key`, the version of a language, and its value 1; `what` says
 * what the file is, also marked: "a course". */
gboolean sf_fields_check_version (const SfNode *root, const char *key, const char *what, SfDiagnostics *diag);
