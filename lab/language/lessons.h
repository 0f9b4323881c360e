/* SPDX-License-Identifier: MIT
 *
 * The shipped lessons: finding one by its name, and the course, which is their order.
 *
 * A folder of lessons has a folder for each topic, with its scenarios (*.yaml), and the file course.yml with the order.
 */
#pragma once

#include "lab/language/node.h"

#define SF_COURSE_FILE "course.yml"

/* Returns the path of lesson `name`: the file `name`.yaml in any topic of `folder`; to be freed. NULL if there is none.
 * */
char *sf_lesson_find (const char *folder, const char *name);

/* Returns the names of all lessons of `folder`, sorted, NULL-terminated; to be freed. */
char **sf_lesson_names (const char *folder);

typedef struct
{
  char *name; /* the name of its folder */
  SfWording *title;
  GPtrArray *lessons; /* char *: names, in the order in which they are taught */
} SfTopic;

typedef struct
{
  GPtrArray *topics; /* SfTopic */
} SfCourse;

/* Loads the course of `folder`; NULL after a diagnostic. Does not check that its lessons exist. */
SfCourse *sf_course_load (const char *folder, SfDiagnostics *diag);
void sf_course_free (SfCourse *course);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfCourse, sf_course_free)

static inline const SfTopic *
sf_course_topic (const SfCourse *course, guint i)
{
  return g_ptr_array_index (course->topics, i);
}
