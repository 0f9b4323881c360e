/* SPDX-License-Identifier: MIT
 *
 * Reports of grades, for people and for programs. Those for programs are in English.
 */
#pragma once

#include "lab/grade/grade.h"
#include "lab/report/report.h"

typedef struct
{
  const char *name; /* "gradescope" */
  gboolean for_people;
  /* Appends the report on all `grades` (SfGrade) of `assignment`. `version` is the version of the program. */
  void (*write) (GString *out, const SfAssignment *assignment, const GPtrArray *grades, const char *version,
                 const SfTextStyle *style);
} SfGradeReport;

/* Returns the formats: human, junit, json, gradescope. An entry without a name ends the list. */
const SfGradeReport *sf_grade_reports (void);

/* Appends the results.json of Gradescope for one student. */
void sf_grade_gradescope (GString *out, const SfGrade *grade);

/* --- the reports, one per file --- */

void sf_grade_report_human (GString *out, const SfAssignment *assignment, const GPtrArray *grades, const char *version,
                            const SfTextStyle *style);
void sf_grade_report_junit (GString *out, const SfAssignment *assignment, const GPtrArray *grades, const char *version,
                            const SfTextStyle *style);
void sf_grade_report_json (GString *out, const SfAssignment *assignment, const GPtrArray *grades, const char *version,
                           const SfTextStyle *style);
void sf_grade_report_gradescope (GString *out, const SfAssignment *assignment, const GPtrArray *grades,
                                 const char *version, const SfTextStyle *style);
