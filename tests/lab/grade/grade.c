/* SPDX-License-Identifier: MIT
 *
 * Points: how they are written and divided, and that they add up; and the names of students.
 */
#include "lab/grade/grade_json.h"

#include <string.h>

static void
test_text (void)
{
  /* clang-format off */
  static const struct
  {
    SfGradePoints points;
    const char *text;
  } rows[] = {
    { 0, "0" }, { 5, "0.05" }, { 10, "0.1" }, { 66, "0.66" }, { 100, "1" }, { 105, "1.05" }, { 250, "2.5" },
    { 100000, "1000" },
    { 9999999999999, "99999999999.99" },
  };
  /* clang-format on */

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL), printed = g_string_new (NULL);
      g_autofree char *json = g_strdup_printf ("[\n  %s\n]\n", rows[i].text);

      sf_grade_points_text (text, rows[i].points);
      g_assert_cmpstr (text->str, ==, rows[i].text);
      sf_json_print (printed, json_pack ("[o]", sf_grade_points_json (rows[i].points)));
      g_assert_cmpstr (printed->str, ==, json);
    }
}

static char *
no_lesson (const char *name G_GNUC_UNUSED)
{
  return NULL;
}

/* One host, for which nothing ever happens. */
#define SCENARIO "synfin: 1\ntitle: t\nhosts: {a: {}}\n"
#define HOLDS "{errors: none, weight: %u}"
#define FAILS "{errors: {count: 1}, weight: %u}"

/* A task worth `points`, with one check of weight `holding` that holds and one of weight `failing` that fails. The
 * share, computed by hand, is points * holding / (holding + failing), rounded down. */
static const struct
{
  const char *points;
  guint holding, failing;
  SfGradePoints share;
} shares[] = {
  { "1", 1, 1, 50 },
  { "1", 2, 1, 66 },
  { "1", 1, 2, 33 },
  { "0.01", 999, 1, 0 }, /* only all checks give all points */
  { "2.5", 1, 3, 62 },   /* 62.5 */
  { "10", 6, 1, 857 },   /* 857.14… */
  { "1000000", 999, 1, 99900000 },
  { "0", 1, 1, 0 },
};

static SfSource *
source_of (const char *text)
{
  return sf_source_new ("test.yaml", text, strlen (text));
}

static void
test_shares (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("synfin-assignment: 1\ntitle: t\ntasks:\n- {name: x, points: %s, scenario: own.yaml, "
                         "hosts: [a], expect: [" HOLDS ", " FAILS "]}\n",
                         shares[i].points, shares[i].holding, shares[i].failing);
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (SfSource) written = source_of (text), own = source_of (SCENARIO);
      g_autoptr (SfAssignment) assignment = sf_assignment_load (written, no_lesson, diag);
      g_autoptr (SfGrade) grade = sf_grade_new ("student");

      g_assert_nonnull (assignment);
      sf_grade_add (grade, sf_assignment_task (assignment, 0), own, diag);
      g_assert_null (sf_grade_task (grade, 0)->problem);
      g_assert_cmpint (sf_grade_points (grade), ==, shares[i].share);
    }
}

static void
test_names (void)
{
  static const struct
  {
    const char *folder, *name;
  } rows[] = {
    { "ada", "ada" },
    { "Zoë 李", "Zoë 李" },
    { "a\xff", "a\\xFF" },
    { "a\xfe", "a\\xFE" },
    { "a\\xFF", "a\\x5CxFF" },
    { "a\tb\x7f", "a\\x09b\\x7F" },
    { "\xc2\x85", "\\xC2\\x85" },
    { "\xe4\xb8", "\\xE4\\xB8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SfGrade) grade = sf_grade_new (rows[i].folder);

      g_assert_cmpstr (grade->student, ==, rows[i].name);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grade/text", test_text);
  g_test_add_func ("/grade/shares", test_shares);
  g_test_add_func ("/grade/names", test_names);
  return g_test_run ();
}
