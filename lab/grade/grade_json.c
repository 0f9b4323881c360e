/* SPDX-License-Identifier: MIT */
#include "lab/grade/grade_json.h"

/* Whole points are integers: JSON would print the real number 3 as 3.0. */
json_t *
sf_grade_points_json (SfGradePoints points)
{
  return points % 100 == 0 ? json_integer (points / 100) : json_real ((double) points / 100);
}
