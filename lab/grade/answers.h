/* SPDX-License-Identifier: MIT
 *
 * An answer sheet: what a person has answered to the questions of a scenario and its variants. As a file:
 *
 *   synfin-answers: 1
 *   lesson: three-way
 *   answers:
 *     standard: [SYN-RECEIVED, 3, "server > client: F."]
 *     no-time-wait: [none]
 *
 * `answers` may also be the list of the standard run. Answers are in the order of the questions; an empty one is none.
 */
#pragma once

#include "base/source_file.h"

typedef struct SfSheet SfSheet;

/* Returns an empty sheet for the scenario that the person calls `lesson`. */
SfSheet *sf_sheet_new (const char *lesson);

/* Loads the sheet in `source`, to which the places of its answers refer; NULL after a diagnostic. */
SfSheet *sf_sheet_load (SfSource *source, SfDiagnostics *diag);
void sf_sheet_free (SfSheet *sheet);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSheet, sf_sheet_free)

/* Checks that a loaded sheet is about the scenario that somebody calls `lesson`, or does not say. */
gboolean sf_sheet_check_lesson (const SfSheet *sheet, const char *lesson, SfDiagnostics *diag);

/* Appends an answer, NULL for none, to those about `variant`. */
void sf_sheet_add (SfSheet *sheet, const char *variant, const char *answer);

/* Returns answer number `i` about `variant`, and its place; NULL if there is none. */
const char *sf_sheet_answer (const SfSheet *sheet, const char *variant, guint i, SfPlace *ret_place);

/* Appends the sheet as a file. */
void sf_sheet_write (GString *out, const SfSheet *sheet);
