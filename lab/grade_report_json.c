/* SPDX-License-Identifier: MIT */
#include "lab/grade_report.h"

#include "lab/grade_json.h"

static void
add_notes (JsonBuilder *json, const GPtrArray *notes)
{
  json_builder_set_member_name (json, "notes");
  json_builder_begin_array (json);
  for (guint i = 0; i < notes->len; i++)
    json_builder_add_string_value (json, g_ptr_array_index (notes, i));
  json_builder_end_array (json);
}

static void
add_task (JsonBuilder *json, const SfTaskGrade *grade)
{
  json_builder_begin_object (json);
  sf_json_add_text (json, "name", grade->task->name);
  sf_json_add_text (json, "title", sf_wording_in (grade->task->title, NULL));
  sf_json_add_text (json, "file", grade->task->file);
  sf_json_add_points (json, "points", grade->points);
  sf_json_add_points (json, "max_points", grade->task->points);
  sf_json_add_text (json, "problem", grade->problem);
  add_notes (json, grade->notes);
  sf_json_add_verdicts (json, grade->verdicts);
  json_builder_end_object (json);
}

void
sf_grade_report_json (GString *out, const SfAssignment *assignment, const GPtrArray *grades, const char *version,
                      const SfStyle *style G_GNUC_UNUSED)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();

  json_builder_begin_object (json);
  sf_json_add_text (json, "synfin", version);
  sf_json_add_text (json, "assignment", sf_wording_in (assignment->title, NULL));
  sf_json_add_points (json, "max_points", sf_assignment_points (assignment));
  json_builder_set_member_name (json, "students");
  json_builder_begin_array (json);
  for (guint i = 0; i < grades->len; i++)
    {
      const SfGrade *grade = g_ptr_array_index (grades, i);

      json_builder_begin_object (json);
      sf_json_add_text (json, "student", grade->student);
      sf_json_add_points (json, "points", sf_grade_points (grade));
      json_builder_set_member_name (json, "tasks");
      json_builder_begin_array (json);
      for (guint k = 0; k < grade->tasks->len; k++)
        add_task (json, sf_grade_task (grade, k));
      json_builder_end_array (json);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
  sf_json_print_points (out, json);
}
