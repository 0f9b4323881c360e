/* SPDX-License-Identifier: MIT
 *
 * Reports of grades for programs: every part that a reader of their formats relies on.
 */
#include "base/source_file.h"
#include "lab/grade/grade_json.h"
#include "lab/grade/grade_report.h"

#include <string.h>

/* A task of two points whose first check holds and whose second fails: one point. For the other nothing is there. */
#define ASSIGNMENT                                                                      \
  "synfin-assignment: 1\n"                                                              \
  "title: An exercise\n"                                                                \
  "tasks:\n"                                                                            \
  "- {name: first, title: The first, points: 2, scenario: own.yaml, hosts: [a],\n"      \
  "   expect: [{name: quiet, errors: none}, {name: loud, errors: {count: 1}}]}\n"       \
  "- {name: second, points: 3, scenario: other.yaml, visibility: hidden, hosts: [a],\n" \
  "   expect: [{errors: none}]}\n"
#define SCENARIO "synfin: 1\ntitle: t\nhosts: {a: {}}\n"

typedef struct
{
  SfAssignment *assignment;
  GPtrArray *grades; /* SfGrade of ada and ben */
} Fixture;

static char *
no_lesson (const char *name G_GNUC_UNUSED)
{
  return NULL;
}

static SfGrade *
grade_of (const SfAssignment *assignment, const char *student)
{
  SfGrade *grade = sf_grade_new (student);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSource) own = sf_source_new ("own.yaml", SCENARIO, strlen (SCENARIO));
  g_autoptr (SfSource) none = sf_source_read_inside ("/dev/null", "other.yaml", diag);

  g_assert_null (none);
  sf_grade_add (grade, sf_assignment_task (assignment, 0), own, diag);
  sf_grade_add (grade, sf_assignment_task (assignment, 1), none, diag);
  return grade;
}

static void
set_up (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfSource) written = sf_source_new ("assignment.yaml", ASSIGNMENT, strlen (ASSIGNMENT));

  fixture->assignment = sf_assignment_load (written, no_lesson, diag);
  g_assert_nonnull (fixture->assignment);
  fixture->grades = g_ptr_array_new_with_free_func ((GDestroyNotify) sf_grade_free);
  g_ptr_array_add (fixture->grades, grade_of (fixture->assignment, "ada"));
  g_ptr_array_add (fixture->grades, grade_of (fixture->assignment, "ben"));
}

static void
tear_down (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  g_ptr_array_unref (fixture->grades);
  sf_assignment_free (fixture->assignment);
}

/* Returns the report called `name`. */
static GString *
report (const Fixture *fixture, const char *name)
{
  GString *out = g_string_new (NULL);

  for (const SfGradeReport *format = sf_grade_reports (); format->name != NULL; format++)
    if (strcmp (format->name, name) == 0)
      format->write (out, fixture->assignment, fixture->grades, "1.0", &(SfTextStyle){ .width = 0 });
  g_assert_cmpuint (out->len, >, 0);
  return out;
}

static json_t *
read_json (const Fixture *fixture, const char *name)
{
  g_autoptr (GString) text = report (fixture, name);
  json_error_t error;
  json_t *json = json_loads (text->str, 0, &error);

  g_assert_cmpstr (error.text, ==, "");
  return json;
}

/* Asserts that the keys of `json` are `keys`, separated by spaces. */
static void
assert_keys (const json_t *json, const char *keys)
{
  g_auto (GStrv) names = g_strsplit (keys, " ", -1);

  for (guint i = 0; names[i] != NULL; i++)
    if (json_object_get (json, names[i]) == NULL)
      g_error ("'%s' is missing", names[i]);
  g_assert_cmpuint (json_object_size (json), ==, g_strv_length (names));
}

/* Asserts that `json` has these texts: name, value, …, NULL. */
static void G_GNUC_NULL_TERMINATED
assert_texts (const json_t *json, ...)
{
  va_list rest;
  const char *name;

  va_start (rest, json);
  while ((name = va_arg (rest, const char *)) != NULL)
    g_assert_cmpstr (json_string_value (json_object_get (json, name)), ==, va_arg (rest, const char *));
  va_end (rest);
}

/* What Gradescope reads (https://gradescope-autograders.readthedocs.io/en/latest/specs/). */
static void
test_gradescope (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  json_t *json = read_json (fixture, "gradescope"), *results, *tests, *first, *second;

  assert_keys (json, "ada ben");
  results = json_object_get (json, "ben");
  assert_keys (results, "score tests");
  tests = json_object_get (results, "tests");
  g_assert_cmpuint (json_array_size (tests), ==, 2);
  first = json_array_get (tests, 0);
  second = json_array_get (tests, 1);
  assert_keys (first, "name score max_score status output output_format visibility");
  assert_keys (second, "name score max_score status output output_format visibility");
  assert_texts (first, "name", "The first", "status", "failed", "output_format", "text", "visibility", "visible", NULL);
  assert_texts (second, "name", "second", "status", "failed", "output_format", "text", "visibility", "hidden", NULL);
  g_assert_cmpfloat (json_number_value (json_object_get (first, "score")), ==, 1);
  g_assert_cmpfloat (json_number_value (json_object_get (first, "max_score")), ==, 2);
  g_assert_nonnull (strstr (json_string_value (json_object_get (first, "output")), "loud"));
  json_decref (json);
}

static void
test_json (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const char *const students[] = { "ada", "ben" };
  json_t *json = read_json (fixture, "json"), *list = json_object_get (json, "students");

  assert_keys (json, "synfin assignment max_points students");
  assert_texts (json, "synfin", "1.0", "assignment", "An exercise", NULL);
  g_assert_cmpfloat (json_number_value (json_object_get (json, "max_points")), ==, 5);
  g_assert_cmpuint (json_array_size (list), ==, G_N_ELEMENTS (students));
  for (guint i = 0; i < G_N_ELEMENTS (students); i++)
    {
      json_t *student = json_array_get (list, i), *tasks = json_object_get (student, "tasks");
      json_t *first = json_array_get (tasks, 0), *second = json_array_get (tasks, 1);

      assert_keys (student, "student points tasks");
      assert_texts (student, "student", students[i], NULL);
      g_assert_cmpuint (json_array_size (tasks), ==, 2);
      assert_keys (first, "name title file points max_points problem notes verdicts");
      assert_texts (first, "name", "first", "title", "The first", "file", "own.yaml", NULL);
      g_assert_true (json_is_null (json_object_get (first, "problem")));
      g_assert_cmpuint (json_array_size (json_object_get (first, "verdicts")), ==, 2);
      assert_texts (second, "name", "second", "file", "other.yaml", NULL);
      g_assert_true (json_is_string (json_object_get (second, "problem")));
    }
  json_decref (json);
}

/* Appends an element with its attributes in order, "NAME ATTRIBUTE=VALUE …;", to `seen`; but not the words of failures,
 * which are text for people. */
static void
on_element (GMarkupParseContext *context G_GNUC_UNUSED, const char *element, const char **names, const char **values,
            gpointer seen, GError **error G_GNUC_UNUSED)
{
  g_string_append (seen, element);
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], "message") != 0)
      g_string_append_printf (seen, " %s=%s", names[i], values[i]);
  g_string_append (seen, ";\n");
}

#define SUITE(student)                                                              \
  "testsuite name=" student " tests=3 failures=2 errors=0 skipped=0;\n"             \
  "properties;\nproperty name=points value=1;\nproperty name=max-points value=5;\n" \
  "testcase classname=first name=quiet;\n"                                          \
  "testcase classname=first name=loud;\nfailure type=expectation;\n"                \
  "testcase classname=second name=can be judged;\nfailure type=submission;\n"

static void
test_junit (Fixture *fixture, gconstpointer data G_GNUC_UNUSED)
{
  static const GMarkupParser parser = { .start_element = on_element };
  g_autoptr (GString) text = report (fixture, "junit"), seen = g_string_new (NULL);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, seen, NULL);
  g_autoptr (GError) error = NULL;

  g_markup_parse_context_parse (context, text->str, (gssize) text->len, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (seen->str, ==,
                   "testsuites name=An exercise tests=6 failures=4 errors=0;\n" SUITE ("ada") SUITE ("ben"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/grade/reports/gradescope", Fixture, NULL, set_up, test_gradescope, tear_down);
  g_test_add ("/grade/reports/json", Fixture, NULL, set_up, test_json, tear_down);
  g_test_add ("/grade/reports/junit", Fixture, NULL, set_up, test_junit, tear_down);
  return g_test_run ();
}
