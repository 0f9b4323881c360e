/* SPDX-License-Identifier: MIT
 *
 * The files that people write, read: scenarios, courses, assignments, answers.
 */
#pragma once

#include "base/diagnostic.h"

/* A file that a person writes is not larger. */
#define SF_SOURCE_MAX_BYTES (4u << 20)

/* Reads file `path`, which diagnostics call `name`: no more of it than shows that it is larger than
 * SF_SOURCE_MAX_BYTES. NULL after a diagnostic. */
SfSource *sf_source_read (const char *path, const char *name, SfDiagnostics *diag);

/* Larger than whatever a student has to say, and small enough for nothing in it to keep a grader busy. */
#define SF_SUBMITTED_MAX_BYTES (64 * 1024)

/* The same of file `name` in `folder`, which somebody has written who is not to be trusted: only a regular file that is
 * really there, no link to elsewhere, and of at most SF_SUBMITTED_MAX_BYTES. */
SfSource *sf_source_read_inside (const char *folder, const char *name, SfDiagnostics *diag);
