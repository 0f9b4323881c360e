/* SPDX-License-Identifier: MIT
 *
 * synfin grade: grades the submissions of a class, or of one student.
 */
#include "cli/command.h"
#include "cli/shared/lessons_folder.h"

#include "base/files.h"
#include "base/gettext.h"
#include "base/source_file.h"
#include "cli/shared/language.h"
#include "lab/grade/grade_report.h"
#include "lab/language/lessons.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define ASSIGNMENT "assignment.yaml"

typedef struct
{
  char *assignment, *out, *student;
  SfArgument format, color;
  gboolean class;
} Options;

static const SfOptionValues formats = { .choices = (const char *const[]){ "human", "junit", "json", "gradescope",
                                                                          NULL },
                                        .complaint = N_ ("unknown format '%s': human, junit, json or gradescope") };

static const SfOption rows[] = {
  { "assignment", 'a', SF_OPTION_FILE, offsetof (Options, assignment),
    N_ ("The assignment (default: assignment.yaml beside DIR)"), "FILE", NULL },
  { "format", 'f', SF_OPTION_CHOICE, offsetof (Options, format), N_ ("human (default), junit, json or gradescope"),
    "FORMAT", &formats },
  { "out", 0, SF_OPTION_FILE, offsetof (Options, out),
    N_ ("Write the report there; for Gradescope and a class, a file per student"), "FILE|DIR", NULL },
  { "class", 0, SF_OPTION_FLAG, offsetof (Options, class),
    N_ ("DIR has a folder per student (default: if it looks so)"), NULL, NULL },
  { "student", 0, SF_OPTION_TEXT, offsetof (Options, student),
    N_ ("DIR is the submission of this student, whatever is in it"), "NAME", NULL },
  SF_COLOR_ROW (Options),
  SF_OPTION_END,
};

/* --- finding submissions --- */

static char *
find_lesson (const char *name)
{
  g_autofree char *folder = sf_lessons_folder ();

  return sf_lesson_find (folder, name);
}

/* Returns the path of the assignment: as asked for, or beside the folder of submissions, where students cannot
 * write. */
static char *
assignment_path (const char *folder, const char *asked)
{
  g_autofree char *full = g_canonicalize_filename (folder, NULL);
  g_autofree char *parent = g_path_get_dirname (full);

  return asked != NULL ? g_strdup (asked) : g_build_filename (parent, ASSIGNMENT, NULL);
}

/* TRUE if `name` in `folder` is a folder, and not a link to one. */
static gboolean
is_folder (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  struct stat st;

  return lstat (path, &st) == 0 && S_ISDIR (st.st_mode);
}

/* Returns the sorted names of the folders in `folder`, without hidden ones. NULL with `error` if it cannot be read. */
static GPtrArray *
list_students (const char *folder, GError **error)
{
  GPtrArray *names = sf_directory_list (folder, error);
  guint i = 0;

  while (names != NULL && i < names->len)
    if (is_folder (folder, g_ptr_array_index (names, i)))
      i++;
    else
      g_ptr_array_remove_index (names, i);
  return names;
}

/* TRUE if `folder` itself has a file that the assignment asks for. */
static gboolean
is_submission (const char *folder, const SfAssignment *assignment)
{
  for (guint i = 0; i < assignment->tasks->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, sf_assignment_task (assignment, i)->file, NULL);
      struct stat st;

      if (lstat (path, &st) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
free_grade (gpointer grade)
{
  sf_grade_free (grade);
}

/* Grades the submission in `folder`. `student` NULL: the name of the folder is that of the student. */
static GPtrArray *
grade_one (const char *folder, const SfAssignment *assignment, const char *student)
{
  GPtrArray *grades = g_ptr_array_new_with_free_func (free_grade);
  g_autofree char *full = g_canonicalize_filename (folder, NULL);
  g_autofree char *name = g_path_get_basename (full);

  g_ptr_array_add (grades, sf_grade (assignment, student != NULL ? student : name, folder));
  return grades;
}

/* Grades the submissions of `students`, each in its folder in `folder`. */
static GPtrArray *
grade_class (const char *folder, const SfAssignment *assignment, const GPtrArray *students)
{
  GPtrArray *grades = g_ptr_array_new_with_free_func (free_grade);

  for (guint i = 0; i < students->len; i++)
    {
      const char *name = g_ptr_array_index (students, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_ptr_array_add (grades, sf_grade (assignment, name, path));
    }
  return grades;
}

/* --- reports --- */

static const SfGradeReport *
find_report (const char *name)
{
  for (const SfGradeReport *report = sf_grade_reports (); report->name != NULL; report++)
    if (strcmp (report->name, name) == 0)
      return report;
  return NULL;
}

/* Writes a file for Gradescope for each student. */
static gboolean
write_each (const GPtrArray *grades, const char *folder, GError **error)
{
  if (!sf_directory_make (folder, error))
    return FALSE;
  for (guint i = 0; i < grades->len; i++)
    {
      const SfGrade *grade = g_ptr_array_index (grades, i);
      g_autofree char *name = g_strconcat (grade->student, ".json", NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GString) text = g_string_new (NULL);

      sf_grade_gradescope (text, grade);
      if (!sf_file_write (path, text->str, text->len, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_all_points (const GPtrArray *grades, const SfAssignment *assignment)
{
  for (guint i = 0; i < grades->len; i++)
    if (sf_grade_points (g_ptr_array_index (grades, i)) < sf_assignment_points (assignment))
      return FALSE;
  return TRUE;
}

static SfExit
report_all (const GPtrArray *grades, const SfAssignment *assignment, gboolean class, const SfGradeReport *report,
            const SfTextStyle *style, const char *out)
{
  SfExit status = has_all_points (grades, assignment) ? SF_EXIT_OK : SF_EXIT_FAILED;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  report->write (text, assignment, grades, SYNFIN_VERSION, style);
  if (out == NULL)
    return sf_output_all (text, status);
  ok = class && strcmp (report->name, "gradescope") == 0 ? write_each (grades, out, &error)
                                                         : sf_file_write (out, text->str, text->len, &error);
  return ok ? status : sf_fatal_error ("%s", error->message);
}

/* --- the command --- */

static SfExit
grade (const char *command, char **folders, gconstpointer user)
{
  const Options *options = user;
  const SfGradeReport *report = find_report (formats.choices[options->format.value]);
  g_autofree char *path = NULL;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSource) source = NULL;
  g_autoptr (SfAssignment) assignment = NULL;
  g_autoptr (GPtrArray) students = NULL, grades = NULL;
  g_autoptr (GError) error = NULL;
  SfTextStyle style = { .width = sf_output_text_width (), .color = sf_output_color ((SfColor) options->color.value) };
  gboolean class;

  if (folders[0] == NULL || folders[1] != NULL)
    return sf_usage_error (command, "%s",
                           folders[0] == NULL ? _ ("which submissions? Name a directory")
                                              : _ ("one directory at a time"));
  if (options->class && options->student != NULL)
    return sf_usage_error (command, _ ("--class and --student exclude each other"));
  students = list_students (folders[0], &error);
  if (students == NULL)
    return sf_usage_error (command, "%s", error->message);
  path = assignment_path (folders[0], options->assignment);
  if (options->assignment == NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    return sf_usage_error (command, _ ("which assignment? There is no %s beside '%s'; name it with --assignment"),
                           ASSIGNMENT, folders[0]);
  /* Only the report for people is translated. */
  if (!report->for_people)
    sf_language_speak (SF_DEFAULT_LANG);
  style.lang = sf_language_spoken ();
  source = sf_source_read (path, path, diag);
  assignment = source != NULL ? sf_assignment_load (source, find_lesson, diag) : NULL;
  sf_print_diagnostics (diag);
  if (assignment == NULL)
    return SF_EXIT_INPUT;

  class = options->class || (options->student == NULL && students->len > 0 && !is_submission (folders[0], assignment));
  grades = class ? grade_class (folders[0], assignment, students)
                 : grade_one (folders[0], assignment, options->student);
  return report_all (grades, assignment, class, report, &style, options->out);
}

static const SfUsage usage = {
  .options = rows,
  .arguments = "DIR",
  .description = N_ (
    "Grades the submission in a directory, or those in its folders, one per student. Exit status: 0 all have\n"
    "all points, 1 some point was lost, 2 the assignment or the usage is wrong."),
};

SfExit
sf_command_grade (int argc, char **argv)
{
  Options options = { 0 };

  return sf_options_run (argc, argv, &usage, &options, grade);
}
