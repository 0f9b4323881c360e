/* SPDX-License-Identifier: MIT */
#include "lab/grade/grade_json.h"

/* A real number would be printed with a fraction, 3.0; whole points have none. */
json_t *
sf_grade_points_json (SfGradePoints points)
{
  return points % 100 == 0 ? json_integer (points / 100) : json_real ((double) points / 100);
}
