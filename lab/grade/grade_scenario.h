/* SPDX-License-Identifier: MIT
 *
 * The scenario of a student, held against the expectations of a task. Private to lab/grade/grade.c.
 */
#pragma once

#include "lab/grade/grade.h"

/* Judges the scenario in `source` into `grade`. FALSE after a diagnostic, if it is none or does not come to its end. */
gboolean sf_grade_scenario (SfTaskGrade *grade, SfSource *source, SfDiagnostics *diag);
