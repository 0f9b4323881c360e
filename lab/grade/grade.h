/* SPDX-License-Identifier: MIT
 *
 * What a submission is worth: the files of one student held against an assignment.
 *
 * The points of a task are shared out by weight over its parts (the questions of a quiz are all alike), and rounded
 * down to the hundredth, so that only who has everything right has all points. Whatever is in the files of a student,
 * and whatever is not: it costs points, and nothing else.
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
  char *problem;       /* why there was nothing to judge, several lines; NULL: there was */
  GPtrArray *notes;    /* char *: what was not taken into account, and what is odd */
  GPtrArray *verdicts; /* SfVerdict: of each question or check */
} SfTaskGrade;

typedef struct
{
  char *student;    /* the name of the folder, printable; no other folder has the same */
  GPtrArray *tasks; /* SfTaskGrade, as in the assignment */
} SfGrade;

/* Returns the grade of `student` before any task. */
SfGrade *sf_grade_new (const char *student);

/* Adds what `source`, handed in for `task`, is worth; NULL if there is none, for the reason that `diag` has. */
void sf_grade_add (SfGrade *grade, const SfTask *task, SfSource *source, SfDiagnostics *diag);

/* Grades what is in `folder`, the submission of `student`. */
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
