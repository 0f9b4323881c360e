/* SPDX-License-Identifier: MIT
 *
 * An assignment: what students have to hand in, and how many points it is worth (docs/grading.md). Everything that
 * decides about points is here, nothing in the files of the students.
 *
 * Points are counted in whole hundredths, so that sums are exact.
 */
#pragma once

#include "lab/report/run.h"

typedef gint64 SfGradePoints; /* hundredths of a point */

typedef enum
{
  SF_TASK_QUIZ,     /* answers to the questions of a scenario */
  SF_TASK_SCENARIO, /* a scenario by the student, judged by expectations of the assignment */
} SfTaskKind;

typedef struct
{
  SfTaskKind kind;
  char *name;       /* unique */
  SfWording *title; /* NULL: none */
  SfGradePoints points;
  char *file;             /* its name in the submission */
  const char *visibility; /* for Gradescope: "visible", "hidden", "after_due_date", "after_published" */

  /* quiz */
  char *lesson;          /* the scenario, as the assignment names it */
  GPtrArray *runs;       /* SfRun: the runs with questions */
  GPtrArray *outcomes;   /* SfOutcome of each run, with its trace */
  gboolean show_answers; /* reports give the right answers */

  /* scenario */
  SfSource *base;        /* the scenario that the student changes; NULL: the student writes all of it */
  GPtrArray *may_change; /* char *: paths that the student may change */
  SfPlan *hosts;         /* the hosts that expectations may name: those of the base, or as the assignment lists them */
  SfNode *expect;        /* the checks without their weights */
  GArray *weights;       /* guint: the weight of each check */
  SfDocument *limits;    /* max-events and time-limit */
} SfTask;

typedef struct
{
  SfWording *title;
  GPtrArray *tasks;     /* SfTask */
  SfDocument *document; /* owns the nodes that tasks point to */
} SfAssignment;

/* Loads the assignment in `source`, whose name is its path. `find` returns the path of the lesson called `name`, NULL
 * if there is none. Scenarios named by a file are looked for beside the assignment. NULL after a diagnostic. */
SfAssignment *sf_assignment_load (SfSource *source, char *(*find) (const char *name), SfDiagnostics *diag);
void sf_assignment_free (SfAssignment *assignment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfAssignment, sf_assignment_free)

static inline const SfTask *
sf_assignment_task (const SfAssignment *assignment, guint i)
{
  return g_ptr_array_index (assignment->tasks, i);
}

/* Returns the sum of the points of all tasks. */
SfGradePoints sf_assignment_points (const SfAssignment *assignment);

/* Appends points as "2", "2.5" or "0.66". */
void sf_grade_points_text (GString *out, SfGradePoints points);
