/* SPDX-License-Identifier: MIT
 *
 * The report of grades as JSON: for every student the points and verdicts by task.
 */
#include "lab/grade/grade_report.h"

#include "lab/grade/grade_json.h"

static json_t *
notes_json (const GPtrArray *notes)
{
  json_t *json = json_array ();

  for (guint i = 0; i < notes->len; i++)
    json_array_append_new (json, sf_json_text (g_ptr_array_index (notes, i)));
  return json;
}

static json_t *
task_json (const SfTaskGrade *grade)
{
  json_t *json = json_object ();

  json_object_set_new (json, "name", sf_json_text (grade->task->name));
  json_object_set_new (json, "title", sf_json_text (sf_wording_in (grade->task->title, NULL)));
  json_object_set_new (json, "file", sf_json_text (grade->task->file));
  json_object_set_new (json, "points", sf_grade_points_json (grade->points));
  json_object_set_new (json, "max_points", sf_grade_points_json (grade->task->points));
  json_object_set_new (json, "problem", sf_json_text (grade->problem));
  json_object_set_new (json, "notes", notes_json (grade->notes));
  json_object_set_new (json, "verdicts", sf_verdicts_json (grade->verdicts));
  return json;
}

static json_t *
student_json (const SfGrade *grade)
{
  json_t *json = json_object (), *tasks = json_array ();

  for (guint i = 0; i < grade->tasks->len; i++)
    json_array_append_new (tasks, task_json (sf_grade_task (grade, i)));
  json_object_set_new (json, "student", sf_json_text (grade->student));
  json_object_set_new (json, "points", sf_grade_points_json (sf_grade_points (grade)));
  json_object_set_new (json, "tasks", tasks);
  return json;
}

void
sf_grade_report_json (GString *out, const SfAssignment *assignment, const GPtrArray *grades, const char *version,
                      const SfTextStyle *style G_GNUC_UNUSED)
{
  json_t *json = json_object (), *students = json_array ();

  for (guint i = 0; i < grades->len; i++)
    json_array_append_new (students, student_json (g_ptr_array_index (grades, i)));
  json_object_set_new (json, "synfin", sf_json_text (version));
  json_object_set_new (json, "assignment", sf_json_text (sf_wording_in (assignment->title, NULL)));
  json_object_set_new (json, "max_points", sf_grade_points_json (sf_assignment_points (assignment)));
  json_object_set_new (json, "students", students);
  sf_json_print (out, json);
}
