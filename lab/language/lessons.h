/* SPDX-License-Identifier: MIT
 *
 * The shipped lessons: where they are, each by its name, and in the order in which they are taught.
 *
 * A folder of lessons has a folder per topic with its scenarios, *.yaml, and the file course.yml, which says the order.
 */
#pragma once

#include "lab/language/node.h"

#define SF_COURSE_FILE "course.yml"

/* Returns the path of the lesson called `name`, the file `name`.yaml of any topic below `folder`; NULL if there is
 * none. */
char *sf_lesson_find (const char *folder, const char *name);

/* Returns the names of all lessons below `folder`, sorted, NULL-terminated. */
char **sf_lesson_names (const char *folder);

typedef struct
{
  char *name; /* of its folder */
  SfWording *title;
  GPtrArray *lessons; /* char *: names, in the order in which they are taught */
} SfTopic;

typedef struct
{
  GPtrArray *topics; /* SfTopic */
} SfCourse;

/* Loads the course of `folder`; NULL after a diagnostic. Whether its lessons are there is not looked at. */
SfCourse *sf_course_load (const char *folder, SfDiagnostics *diag);
void sf_course_free (SfCourse *course);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfCourse, sf_course_free)

static inline const SfTopic *
sf_course_topic (const SfCourse *course, guint i)
{
  return g_ptr_array_index (course->topics, i);
}
