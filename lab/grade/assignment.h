/* SPDX-License-Identifier: MIT
 *
 * An assignment: what students are to hand in, and how many points it is worth (docs/grading.md). All that decides
 * about points is here, and nothing of it in the files of the students.
 *
 * Points are whole hundredths, so that they add up exactly.
 */
#pragma once

#include "lab/report/run.h"

typedef gint64 SfGradePoints; /* hundredths of a point */

typedef enum
{
  SF_TASK_QUIZ,     /* answers to the questions of a scenario */
  SF_TASK_SCENARIO, /* a scenario of the student's, judged by expectations of the assignment's */
} SfTaskKind;

typedef struct
{
  SfTaskKind kind;
  char *name;       /* unique */
  SfWording *title; /* NULL: not said */
  SfGradePoints points;
  char *file;             /* of the submission */
  const char *visibility; /* for Gradescope: "visible", "hidden", "after_due_date", "after_published" */

  /* quiz */
  char *lesson;          /* as the assignment calls it */
  GPtrArray *runs;       /* SfRun, those with questions */
  GPtrArray *outcomes;   /* SfOutcome of each, with its trace */
  gboolean show_answers; /* reports say what is right where the student was wrong */

  /* scenario */
  SfSource *base;        /* what the student's is a change of; NULL: it is all the student's */
  GPtrArray *may_change; /* char *: paths */
  SfPlan *hosts;         /* of the base, or as the assignment lists them: what expectations may speak of */
  SfNode *expect;        /* the checks without their weights */
  GArray *weights;       /* guint, of each check */
  SfDocument *limits;    /* max-events and time-limit */
} SfTask;

typedef struct
{
  SfWording *title;
  GPtrArray *tasks;     /* SfTask */
  SfDocument *document; /* owns what tasks refer to */
} SfAssignment;

/* Loads the assignment in `source`, whose name is its path. `find` returns the path of the scenario of a given name,
 * NULL if there is none; scenarios that are named by a file are looked for beside the assignment. NULL after a
 * diagnostic. */
SfAssignment *sf_assignment_load (SfSource *source, char *(*find) (const char *name), SfDiagnostics *diag);
void sf_assignment_free (SfAssignment *assignment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfAssignment, sf_assignment_free)

static inline const SfTask *
sf_assignment_task (const SfAssignment *assignment, guint i)
{
  return g_ptr_array_index (assignment->tasks, i);
}

/* Returns the points of all tasks. */
SfGradePoints sf_assignment_points (const SfAssignment *assignment);

/* Appends "2", "2.5", "0.66". */
void sf_grade_points_text (GString *out, SfGradePoints points);
