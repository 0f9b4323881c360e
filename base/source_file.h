/* SPDX-License-Identifier: MIT
 *
 * Reads files that people write: scenarios, courses, assignments, answers.
 */
#pragma once

#include "base/diagnostic.h"

/* Maximum size of a file that a person writes. */
#define SF_SOURCE_MAX_BYTES (4u << 20)

/* Reads file `path`, which diagnostics call `name`. NULL after a diagnostic, also if it is larger than
 * SF_SOURCE_MAX_BYTES. */
SfSource *sf_source_read (const char *path, const char *name, SfDiagnostics *diag);

/* Maximum size of a file that a student hands in: enough to write in, too little to keep a grader busy. */
#define SF_SUBMITTED_MAX_BYTES (64 * 1024)

/* Reads file `name` in `folder`, whose author is not trusted: only a regular file, no symbolic link, of at most
 * SF_SUBMITTED_MAX_BYTES. NULL after a diagnostic. */
SfSource *sf_source_read_inside (const char *folder, const char *name, SfDiagnostics *diag);
