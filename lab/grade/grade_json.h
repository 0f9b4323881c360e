/* SPDX-License-Identifier: MIT
 *
 * Points as JSON: 3, 2.5 or 0.66, exactly these digits. Private to the reports of grades.
 */
#pragma once

#include "lab/grade/grade.h"
#include "lab/report/verdict_json.h"

json_t *sf_grade_points_json (SfGradePoints points);
