/* SPDX-License-Identifier: MIT
 *
 * The answers of a person to the questions of a scenario and its variants. As a file:
 *
 *   synfin-answers: 1
 *   lesson: three-way
 *   answers:
 *     standard: [SYN-RECEIVED, 3, "server > client: F."]
 *     no-time-wait: [none]
 *
 * `answers` may also be a list, for the standard run alone. Answers are in the order of the questions. An empty answer
 * counts as none.
 */
#pragma once

#include "base/source_file.h"

typedef struct SfAnswers SfAnswers;

/* Returns an empty list of answers to the scenario called `lesson`. */
SfAnswers *sf_answers_new (const char *lesson);

/* Loads the answers in `source`; their places point into it. NULL after a diagnostic. */
SfAnswers *sf_answers_load (SfSource *source, SfDiagnostics *diag);
void sf_answers_free (SfAnswers *answers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfAnswers, sf_answers_free)

/* Checks that loaded answers name the scenario `lesson`, or no scenario. FALSE after a diagnostic. */
gboolean sf_answers_check_lesson (const SfAnswers *answers, const char *lesson, SfDiagnostics *diag);

/* Appends an answer, NULL for none, to those on `variant`. */
void sf_answers_add (SfAnswers *answers, const char *variant, const char *answer);

/* Returns answer number `i` on `variant`, and stores its place. NULL if there is none. */
const char *sf_answers_at (const SfAnswers *answers, const char *variant, guint i, SfPlace *ret_place);

/* Appends the answers to `out` in the format of the file. */
void sf_answers_write (GString *out, const SfAnswers *answers);
