/* SPDX-License-Identifier: MIT
 *
 * Finds the folder of the lessons, and the scenario that an argument names.
 */
#include "cli/shared/lessons_folder.h"

#include "base/gettext.h"
#include "lab/language/lessons.h"

#include <stdio.h>
#include <string.h>

#define SUFFIX ".yaml"

static gboolean
has_course (const char *folder)
{
  g_autofree char *course = g_build_filename (folder, SF_COURSE_FILE, NULL);

  return g_file_test (course, G_FILE_TEST_EXISTS);
}

char *
sf_lessons_folder (void)
{
  const char *wish = g_getenv ("SYNFIN_LESSONS");
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : ".");
  g_autofree char *built = g_canonicalize_filename ("../scenarios", folder);

  if (wish != NULL && *wish != '\0')
    return g_strdup (wish);
  if (has_course (built))
    return g_steal_pointer (&built);
  return g_canonicalize_filename (SYNFIN_LESSONSDIR, folder);
}

char *
sf_scenario_meant (const char *argument, const char *folder)
{
  if (strchr (argument, '/') != NULL || g_str_has_suffix (argument, SUFFIX)
      || g_file_test (argument, G_FILE_TEST_EXISTS))
    return g_strdup (argument);
  return sf_lesson_find (folder, argument);
}

char *
sf_scenario_find (const char *argument)
{
  g_autofree char *folder = sf_lessons_folder ();
  g_autofree char *path = sf_scenario_meant (argument, folder);
  g_autofree char *hint = NULL;
  g_auto (GStrv) names = NULL;

  if (path != NULL)
    return g_steal_pointer (&path);
  names = sf_lesson_names (folder);
  hint = sf_did_you_mean (argument, (const char *const *) names);
  fprintf (stderr, _ ("%s: error: there is no such file, nor a lesson of that name%s\n"), argument, hint);
  if (*names == NULL)
    fprintf (stderr, _ ("(no lessons in %s; the variable SYNFIN_LESSONS may name another folder)\n"), folder);
  return NULL;
}
