/* SPDX-License-Identifier: MIT
 *
 * JUnit's XML: a testsuite per student, a testcase per question or expectation, and the points as properties.
 */
#include "lab/grade/grade_report.h"

#include "base/xml.h"

static void
begin_case (GString *out, const SfTaskGrade *grade, const char *name)
{
  g_string_append (out, "    <testcase");
  sf_xml_add_attribute (out, "classname", grade->task->name);
  sf_xml_add_attribute (out, "name", name);
}

static void
add_failure (GString *out, const char *type, const char *message, const char *text)
{
  g_string_append (out, ">\n      <failure");
  sf_xml_add_attribute (out, "type", type);
  sf_xml_add_attribute (out, "message", message);
  g_string_append_c (out, '>');
  sf_xml_add_text (out, text);
  g_string_append (out, "</failure>\n    </testcase>\n");
}

static void
add_task (GString *out, const SfTaskGrade *grade)
{
  if (grade->problem != NULL)
    {
      begin_case (out, grade, "can be judged");
      add_failure (out, "submission", grade->problem, grade->problem);
    }
  for (guint i = 0; i < grade->verdicts->len; i++)
    {
      const SfVerdict *verdict = g_ptr_array_index (grade->verdicts, i);
      g_autoptr (SfVerdictText) words = sf_verdict_text (verdict, NULL);
      g_autofree char *text = g_strdup_printf ("expected: %s\nseen: %s\n", words->expected, words->seen);

      begin_case (out, grade, sf_verdict_name (verdict, NULL));
      if (verdict->holds)
        g_string_append (out, "/>\n");
      else
        add_failure (out, "expectation", words->seen, text);
    }
}

static void
count_cases (const SfGrade *grade, guint *tests, guint *failures)
{
  for (guint i = 0; i < grade->tasks->len; i++)
    {
      const SfTaskGrade *task = sf_grade_task (grade, i);

      *tests += task->verdicts->len + (task->problem != NULL);
      *failures += task->problem != NULL;
      for (guint k = 0; k < task->verdicts->len; k++)
        *failures += !((const SfVerdict *) g_ptr_array_index (task->verdicts, k))->holds;
    }
}

static void
add_property (GString *out, const char *name, SfGradePoints points)
{
  g_autoptr (GString) text = g_string_new (NULL);

  sf_grade_points_text (text, points);
  g_string_append (out, "      <property");
  sf_xml_add_attribute (out, "name", name);
  sf_xml_add_attribute (out, "value", text->str);
  g_string_append (out, "/>\n");
}

static void
add_suite (GString *out, const SfAssignment *assignment, const SfGrade *grade)
{
  guint tests = 0, failures = 0;

  count_cases (grade, &tests, &failures);
  g_string_append (out, "  <testsuite");
  sf_xml_add_attribute (out, "name", grade->student);
  g_string_append_printf (out, " tests=\"%u\" failures=\"%u\" errors=\"0\" skipped=\"0\">\n    <properties>\n", tests,
                          failures);
  add_property (out, "points", sf_grade_points (grade));
  add_property (out, "max-points", sf_assignment_points (assignment));
  g_string_append (out, "    </properties>\n");
  for (guint i = 0; i < grade->tasks->len; i++)
    add_task (out, sf_grade_task (grade, i));
  g_string_append (out, "  </testsuite>\n");
}

void
sf_grade_report_junit (GString *out, const SfAssignment *assignment, const GPtrArray *grades,
                       const char *version G_GNUC_UNUSED, const SfTextStyle *style G_GNUC_UNUSED)
{
  guint tests = 0, failures = 0;

  for (guint i = 0; i < grades->len; i++)
    count_cases (g_ptr_array_index (grades, i), &tests, &failures);
  g_string_append (out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
  sf_xml_add_attribute (out, "name", sf_wording_in (assignment->title, NULL));
  g_string_append_printf (out, " tests=\"%u\" failures=\"%u\" errors=\"0\">\n", tests, failures);
  for (guint i = 0; i < grades->len; i++)
    add_suite (out, assignment, g_ptr_array_index (grades, i));
  g_string_append (out, "</testsuites>\n");
}
