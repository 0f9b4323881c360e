/* SPDX-License-Identifier: MIT
 *
 * The grade of a submission: the files of one student, judged by an assignment.
 *
 * The points of a task are divided among its parts by weight (all questions of a quiz weigh the same), and their sum is
 * rounded down to hundredths, so that only a faultless task gets all points. Whatever is wrong with a student's file
 * costs points; it never makes grading fail.
 */
#pragma once

#include "lab/grade/assignment.h"

/* The facts of a verdict on an answer. */
typedef struct
{
  SfAnswer right;
  gboolean is_shown; /* the student is told the right answer */
  char *given;       /* as typed; NULL: no answer */
  char *mistake;     /* why that is no answer: a diagnostic, in the language that is spoken; NULL: it is one */
} SfAnswerFacts;

typedef struct
{
  const SfTask *task;
  SfGradePoints points;
  char *problem;       /* why nothing could be judged, several lines; NULL: it could */
  GPtrArray *notes;    /* char *: what was ignored, and what is odd */
  GPtrArray *verdicts; /* SfVerdict on each question or check */
} SfTaskGrade;

typedef struct
{
  char *student;    /* the name of the folder, printable and unique */
  GPtrArray *tasks; /* SfTaskGrade, in the order of the assignment */
} SfGrade;

/* Returns a grade of `student` without tasks. */
SfGrade *sf_grade_new (const char *student);

/* Grades `source`, handed in for `task`, and adds the result to `grade`. NULL if there is no file; `diag` then says
 * why. */
void sf_grade_add (SfGrade *grade, const SfTask *task, SfSource *source, SfDiagnostics *diag);

/* Grades `folder`, the submission of `student`. */
SfGrade *sf_grade (const SfAssignment *assignment, const char *student, const char *folder);
void sf_grade_free (SfGrade *grade);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfGrade, sf_grade_free)

static inline const SfTaskGrade *
sf_grade_task (const SfGrade *grade, guint i)
{
  return g_ptr_array_index (grade->tasks, i);
}

/* Returns the sum of the points. */
SfGradePoints sf_grade_points (const SfGrade *grade);
