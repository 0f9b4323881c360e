/* SPDX-License-Identifier: MIT
 *
 * Judges the scenario of a student by the expectations of a task. Private to lab/grade/grade.c.
 */
#pragma once

#include "lab/grade/grade.h"

/* Judges the scenario in `source` and stores verdicts and notes in `grade`. FALSE after a diagnostic if it is no
 * scenario, or if its run reaches a limit. */
gboolean sf_grade_scenario (SfTaskGrade *grade, SfSource *source, SfDiagnostics *diag);
