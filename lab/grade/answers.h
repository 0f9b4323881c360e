/* SPDX-License-Identifier: MIT
 *
 * The answers: what a person has answered to the questions of a scenario and its variants. As a file:
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

typedef struct SfAnswers SfAnswers;

/* Returns an empty list of answers for the scenario that the person calls `lesson`. */
SfAnswers *sf_answers_new (const char *lesson);

/* Loads the answers in `source`, to which the places of its answers refer; NULL after a diagnostic. */
SfAnswers *sf_answers_load (SfSource *source, SfDiagnostics *diag);
void sf_answers_free (SfAnswers *answers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfAnswers, sf_answers_free)

/* Checks that loaded answers are about the scenario that somebody calls `lesson`, or does not say. */
gboolean sf_answers_check_lesson (const SfAnswers *answers, const char *lesson, SfDiagnostics *diag);

/* Appends an answer, NULL for none, to those about `variant`. */
void sf_answers_add (SfAnswers *answers, const char *variant, const char *answer);

/* Returns answer number `i` about `variant`, and its place; NULL if there is none. */
const char *sf_answers_at (const SfAnswers *answers, const char *variant, guint i, SfPlace *ret_place);

/* Appends the answers as a file. */
void sf_answers_write (GString *out, const SfAnswers *answers);
