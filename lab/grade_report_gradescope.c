/* SPDX-License-Identifier: MIT
 *
 * The results.json of Gradescope's autograders: a test per task, whose output lists its parts.
 */
#include "lab/grade_report.h"

#include "lab/grade_json.h"

/* What the student reads about a task. */
static char *
output_of (const SfTaskGrade *grade)
{
  const SfStyle plain = { .width = 0 };
  GString *out = g_string_new (NULL);

  if (grade->problem != NULL)
    g_string_append_printf (out, "%s\n", grade->problem);
  for (guint i = 0; i < grade->notes->len; i++)
    g_string_append_printf (out, "note: %s\n", (const char *) g_ptr_array_index (grade->notes, i));
  for (guint i = 0; i < grade->verdicts->len; i++)
    sf_report_verdict (out, g_ptr_array_index (grade->verdicts, i), &plain);
  return g_string_free (out, FALSE);
}

static void
add_test (JsonBuilder *json, const SfTaskGrade *grade)
{
  g_autofree char *output = output_of (grade);
  const char *title = sf_wording_in (grade->task->title, NULL);

  json_builder_begin_object (json);
  sf_json_add_text (json, "name", title != NULL ? title : grade->task->name);
  sf_json_add_points (json, "score", grade->points);
  sf_json_add_points (json, "max_score", grade->task->points);
  sf_json_add_text (json, "status", grade->points == grade->task->points ? "passed" : "failed");
  sf_json_add_text (json, "output", output);
  sf_json_add_text (json, "output_format", "text");
  sf_json_add_text (json, "visibility", grade->task->visibility);
  json_builder_end_object (json);
}

static void
add_results (JsonBuilder *json, const SfGrade *grade)
{
  json_builder_begin_object (json);
  sf_json_add_points (json, "score", sf_grade_points (grade));
  json_builder_set_member_name (json, "tests");
  json_builder_begin_array (json);
  for (guint i = 0; i < grade->tasks->len; i++)
    add_test (json, sf_grade_task (grade, i));
  json_builder_end_array (json);
  json_builder_end_object (json);
}

void
sf_grade_gradescope (GString *out, const SfGrade *grade)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  add_results (json, grade);
  sf_json_print_points (out, json);
}

void
sf_grade_report_gradescope (GString *out, const SfAssignment *assignment G_GNUC_UNUSED, const GPtrArray *grades,
                            const char *version G_GNUC_UNUSED, const SfStyle *style G_GNUC_UNUSED)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  if (grades->len == 1)
    {
      sf_grade_gradescope (out, g_ptr_array_index (grades, 0));
      return;
    }
  json_builder_begin_object (json);
  for (guint i = 0; i < grades->len; i++)
    {
      const SfGrade *grade = g_ptr_array_index (grades, i);

      json_builder_set_member_name (json, grade->student);
      add_results (json, grade);
    }
  json_builder_end_object (json);
  sf_json_print_points (out, json);
}
