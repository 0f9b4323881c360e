/* SPDX-License-Identifier: MIT
 *
 * Answers: written ones can be read back, and mistakes are reported.
 */
#include "lab/grade/answers.h"

#include <string.h>

static SfAnswers *
load (const char *text, SfDiagnostics *diag)
{
  g_autoptr (SfSource) source = sf_source_new ("sheet", text, strlen (text));

  return sf_answers_load (source, diag);
}

static const char *
answer_of (const SfAnswers *answers, const char *variant, guint i)
{
  SfPlace place;

  return sf_answers_at (answers, variant, i, &place);
}

static void
test_round_trip (void)
{
  static const char *const texts[] = {
    "SYN-RECEIVED", "client > server: S. 0:0(0)", "a \"quoted\" \\ word", "没有", "- x: [y", "~"
  };
  g_autoptr (SfAnswers) answers = sf_answers_new ("three-way"), again = NULL;
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    sf_answers_add (answers, "standard", texts[i]);
  sf_answers_add (answers, "standard", NULL);
  sf_answers_add (answers, "fast", "3");
  sf_answers_write (text, answers);

  again = load (text->str, diag);
  g_assert_nonnull (again);
  g_assert_true (sf_answers_check_lesson (again, "three-way", diag));
  g_assert_true (sf_answers_check_lesson (again, "scenarios/handshake/three-way.yaml", diag));
  g_assert_false (sf_answers_check_lesson (again, "two-way", diag));
  g_assert_cmpstr (sf_diagnostics_error (diag)->message, ==, "these answers are about 'three-way', not 'two-way'");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpstr (answer_of (again, "standard", i), ==, texts[i]);
  g_assert_null (answer_of (again, "standard", G_N_ELEMENTS (texts)));
  g_assert_cmpstr (answer_of (again, "fast", 0), ==, "3");
  g_assert_null (answer_of (again, "slow", 0));
}

/* A file as a person writes it, without quotes and without variants. */
static void
test_by_hand (void)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  g_autoptr (SfAnswers)
    answers = load ("synfin-answers: 1\nanswers:\n  - TIME-WAIT\n  -\n  - client > server: F.\n  - 3\n", diag);
  SfPlace place;

  g_assert_nonnull (answers);
  g_assert_true (sf_answers_check_lesson (answers, "anything", diag));
  g_assert_cmpstr (answer_of (answers, "standard", 0), ==, "TIME-WAIT");
  g_assert_null (answer_of (answers, "standard", 1));
  g_assert_cmpstr (sf_answers_at (answers, "standard", 2, &place), ==, "client > server: F.");
  g_assert_cmpuint (place.line, ==, 5);
  g_assert_cmpstr (answer_of (answers, "standard", 3), ==, "3");
}

static const struct
{
  const char *text, *message;
} mistakes[] = {
  { "answers: []\n", "sheet:1:1: error: a file of answers begins with 'synfin-answers: 1'" },
  { "answers: []\nsynfin-answers: 1\n", "begins with 'synfin-answers: 1'" },
  { "synfin-answers: 2\nanswers: []\n",
    "sheet:1:17: error: expected 1, the version that this program reads, found '2'" },
  { "synfin-answers: 1\n", "'answers' is missing" },
  { "synfin-answers: 1\nanswer: []\n",
    "sheet:2:1: error: unknown key of the answers 'answer'; did you mean 'answers'?" },
  { "synfin-answers: 1\nanswers: yes\n", "a list of answers, or a mapping of such lists by variant" },
  { "synfin-answers: 1\nanswers: {standard: 3}\n", "sheet:2:21: error: expected a list of answers" },
  { "synfin-answers: 1\nanswers: [[1]]\n", "sheet:2:11: error: expected an answer, found a list" },
  { "synfin-answers: 1\nanswers: [{a: [b]}]\n", "expected an answer, found a mapping" },
  { "- 1\n", "a mapping that begins with 'synfin-answers: 1'" },
};

static void
test_mistakes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (SfAnswers) answers = load (mistakes[i].text, diag);
      g_autofree char *message = NULL;

      g_assert_null (answers);
      message = sf_diagnostic_format (sf_diagnostics_error (diag));
      if (strstr (message, mistakes[i].message) == NULL)
        g_error ("%s: %s", mistakes[i].text, message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/round-trip", test_round_trip);
  g_test_add_func ("/sheet/by-hand", test_by_hand);
  g_test_add_func ("/sheet/mistakes", test_mistakes);
  return g_test_run ();
}
