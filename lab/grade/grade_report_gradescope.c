/* SPDX-License-Identifier: MIT
 *
 * The results.json of Gradescope's autograders: a test per task. Its output lists the parts of the task.
 */
#include "lab/grade/grade_report.h"

#include "lab/grade/grade_json.h"

/* Returns the text that the student reads about a task. */
static char *
output_of (const SfTaskGrade *grade)
{
  const SfTextStyle plain = { .width = 0 };
  GString *out = g_string_new (NULL);

  if (grade->problem != NULL)
    g_string_append_printf (out, "%s\n", grade->problem);
  for (guint i = 0; i < grade->notes->len; i++)
    g_string_append_printf (out, "note: %s\n", (const char *) g_ptr_array_index (grade->notes, i));
  for (guint i = 0; i < grade->verdicts->len; i++)
    sf_report_verdict (out, g_ptr_array_index (grade->verdicts, i), &plain);
  return g_string_free (out, FALSE);
}

static json_t *
test_json (const SfTaskGrade *grade)
{
  g_autofree char *output = output_of (grade);
  const char *title = sf_wording_in (grade->task->title, NULL);
  json_t *json = json_object ();

  json_object_set_new (json, "name", sf_json_text (title != NULL ? title : grade->task->name));
  json_object_set_new (json, "score", sf_grade_points_json (grade->points));
  json_object_set_new (json, "max_score", sf_grade_points_json (grade->task->points));
  json_object_set_new (json, "status", sf_json_text (grade->points == grade->task->points ? "passed" : "failed"));
  json_object_set_new (json, "output", sf_json_text (output));
  json_object_set_new (json, "output_format", sf_json_text ("text"));
  json_object_set_new (json, "visibility", sf_json_text (grade->task->visibility));
  return json;
}

static json_t *
results_json (const SfGrade *grade)
{
  json_t *json = json_object (), *tests = json_array ();

  for (guint i = 0; i < grade->tasks->len; i++)
    json_array_append_new (tests, test_json (sf_grade_task (grade, i)));
  json_object_set_new (json, "score", sf_grade_points_json (sf_grade_points (grade)));
  json_object_set_new (json, "tests", tests);
  return json;
}

void
sf_grade_gradescope (GString *out, const SfGrade *grade)
{
  sf_json_print (out, results_json (grade));
}

void
sf_grade_report_gradescope (GString *out, const SfAssignment *assignment G_GNUC_UNUSED, const GPtrArray *grades,
                            const char *version G_GNUC_UNUSED, const SfTextStyle *style G_GNUC_UNUSED)
{
  json_t *json;

  if (grades->len == 1)
    {
      sf_grade_gradescope (out, g_ptr_array_index (grades, 0));
      return;
    }
  json = json_object ();
  for (guint i = 0; i < grades->len; i++)
    {
      const SfGrade *grade = g_ptr_array_index (grades, i);

      json_object_set_new (json, grade->student, results_json (grade));
    }
  sf_json_print (out, json);
}
