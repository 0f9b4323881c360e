/* SPDX-License-Identifier: MIT */
#include "lab/grade/grade_report.h"

const SfGradeReport *
sf_grade_reports (void)
{
  static const SfGradeReport reports[] = {
    { "human", TRUE, sf_grade_report_human },
    { "junit", FALSE, sf_grade_report_junit },
    { "json", FALSE, sf_grade_report_json },
    { "gradescope", FALSE, sf_grade_report_gradescope },
    { NULL, FALSE, NULL },
  };

  return reports;
}
