/* SPDX-License-Identifier: MIT
 *
 * The report of grades for people: by student and task what was wrong, and a table of all students.
 */
#include "lab/grade/grade_report.h"

#include "base/columns.h"
#include "base/gettext.h"
#include "base/paragraph.h"

/* Appends "3 of 4 points", in green if these are all. */
static void
add_points (GString *out, SfGradePoints points, SfGradePoints most, const SfTextStyle *style)
{
  g_autoptr (GString) earned = g_string_new (NULL), all = g_string_new (NULL);

  sf_grade_points_text (earned, points);
  sf_grade_points_text (all, most);
  g_string_append (out, !style->color ? "" : points == most ? "\033[32m" : "\033[1;31m");
  g_string_append_printf (out, tr (style->lang, "%s of %s points"), earned->str, all->str);
  g_string_append (out, style->color ? "\033[0m" : "");
}

static void
add_task (GString *out, const SfTaskGrade *grade, const SfTextStyle *style)
{
  const char *title = sf_wording_in (grade->task->title, style->lang);

  g_string_append_printf (out, " %s", grade->task->name);
  if (title != NULL)
    g_string_append_printf (out, ": %s", title);
  g_string_append (out, "  ");
  add_points (out, grade->points, grade->task->points, style);
  g_string_append_c (out, '\n');
  if (grade->problem != NULL)
    sf_paragraph (out, "  ", "  ", grade->problem, 0);
  for (guint i = 0; i < grade->notes->len; i++)
    {
      g_autofree char *head = g_strdup_printf ("  %s", tr (style->lang, "note: "));
      g_autofree char *indent = g_strnfill ((gsize) sf_columns (head), ' ');

      sf_paragraph (out, head, indent, g_ptr_array_index (grade->notes, i), style->width);
    }
  for (guint i = 0; i < grade->verdicts->len; i++)
    sf_report_verdict (out, g_ptr_array_index (grade->verdicts, i), style);
}

static void
add_grade (GString *out, const SfGrade *grade, SfGradePoints most, const SfTextStyle *style)
{
  g_string_append_printf (out, "%s%s%s  ", style->color ? "\033[1m" : "", grade->student,
                          style->color ? "\033[0m" : "");
  add_points (out, sf_grade_points (grade), most, style);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < grade->tasks->len; i++)
    add_task (out, sf_grade_task (grade, i), style);
  g_string_append_c (out, '\n');
}

/* Appends a table with a line per student. */
static void
add_table (GString *out, const GPtrArray *grades, SfGradePoints most, const SfTextStyle *style)
{
  int widest = 0;

  for (guint i = 0; i < grades->len; i++)
    widest = MAX (widest, sf_columns (((const SfGrade *) g_ptr_array_index (grades, i))->student));
  for (guint i = 0; i < grades->len; i++)
    {
      const SfGrade *grade = g_ptr_array_index (grades, i);

      g_string_append_printf (out, "%s%*s", grade->student, widest - sf_columns (grade->student) + 2, "");
      add_points (out, sf_grade_points (grade), most, style);
      g_string_append_c (out, '\n');
    }
}

void
sf_grade_report_human (GString *out, const SfAssignment *assignment, const GPtrArray *grades,
                       const char *version G_GNUC_UNUSED, const SfTextStyle *style)
{
  SfGradePoints most = sf_assignment_points (assignment);

  sf_paragraph (out, "", "", sf_wording_in (assignment->title, style->lang), style->width);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < grades->len; i++)
    add_grade (out, g_ptr_array_index (grades, i), most, style);
  if (grades->len > 1)
    add_table (out, grades, most, style);
}
