/* SPDX-License-Identifier: MIT
 *
 * The reports: those for programs are parsed, the one for people is compared as text.
 */
#include "lab/report/report.h"

#include "base/gettext.h"
#include "lab/report/run_summary.h"
#include "tests/support/catalogs.h"
#include "tests/support/judge.h"
#include "tests/support/lost_syn.h"

#include <jansson.h>
#include <string.h>

/* Names with all characters that a format might have trouble with. */
#define EXPECTATIONS                                                                                    \
  "- {name: 'two SYNs # \\ <&> \"', because: RFC 6298, segments: {from: client, flags: S, count: 2}}\n" \
  "- {name: 'three <SYNs> # 2', because: 'it is <so>', segments: {from: client, flags: S, count: 3}}\n"

static void
free_outcome (gpointer data)
{
  sf_outcome_free (data);
}

static SfOutcome *
make_outcome (const char *expectations, const char *variant)
{
  g_autoptr (SfPlan) plan = judge_plan ();
  SfTrace *trace = lost_syn_trace ();
  g_autoptr (SfExpect) expect = judge_expect (expectations, plan);

  g_free (trace->variant);
  trace->variant = g_strdup (variant);
  return sf_outcome_new (trace, sf_expect_evaluate (expect, trace));
}

/* One outcome that failed, one without expectations, one that could not be loaded. */
static GPtrArray *
make_outcomes (void)
{
  GPtrArray *outcomes = g_ptr_array_new_with_free_func (free_outcome);
  g_autoptr (SfSource) source = sf_source_new ("bad.yaml", "x: y\n", 5);
  SfDiagnostics *diag = sf_diagnostics_new ();
  SfPlace place = { source, 1, 4 };

  g_ptr_array_add (outcomes, make_outcome (EXPECTATIONS, "standard"));
  g_ptr_array_add (outcomes, make_outcome ("[]\n", "quiet"));
  sf_error (diag, &place, "'y' <is> wrong");
  g_ptr_array_add (outcomes, sf_outcome_of_error ("bad.yaml", diag));
  return outcomes;
}

static GString *
report (void (*write) (GString *, const GPtrArray *, const char *, const SfTextStyle *))
{
  g_autoptr (GPtrArray) outcomes = make_outcomes ();
  GString *out = g_string_new (NULL);
  SfTextStyle style = { .width = 80 };

  write (out, outcomes, "1.2.3", &style);
  return out;
}

static void
test_human (void)
{
  g_autoptr (GString) out = report (sf_report_human);

  g_assert_cmpstr (out->str, ==,
                   "FAIL  lost.yaml  1 of 2\n"
                   "  FAIL  three <SYNs> # 2 (line 2)\n"
                   "        expected  3 segments\n"
                   "        seen      2 segments, sent at 0s, 1s\n"
                   "        because   it is <so>\n"
                   "        trace     line 6    0.000 client > server: S 0:0(0) win 65535\n"
                   "                  line 8    1.000 client > server: S 0:0(0) win 65535\n"
                   "ok    lost.yaml (quiet)  nothing is expected\n"
                   "ERROR bad.yaml\n"
                   "\n"
                   "1 of 3 runs as expected, 1 not, 1 could not be loaded (1 of 2 expectations hold)\n");
}

/* The same outcomes, reported in two languages. */
static void
test_two_languages (void)
{
  g_autoptr (GPtrArray) outcomes = make_outcomes ();
  g_autoptr (GString) chinese = g_string_new (NULL), english = g_string_new (NULL);
  g_autoptr (GString) before = report (sf_report_human);

  catalogs_open ("zh");
  sf_report_human (chinese, outcomes, "1.2.3", &(SfTextStyle){ .width = 80, .lang = "zh" });
  sf_report_human (english, outcomes, "1.2.3", &(SfTextStyle){ .width = 80, .lang = "en" });
  g_assert_cmpstr (english->str, ==, before->str);
  g_assert_nonnull (strstr (chinese->str, tr ("zh", "FAIL")));
  g_assert_cmpstr (tr ("zh", "FAIL"), !=, "FAIL");
  g_assert_nonnull (strstr (chinese->str, "2 个报文段，发送于 0s, 1s"));
  g_assert_null (strstr (chinese->str, "segments"));
}

static void
test_tap (void)
{
  g_autoptr (GString) out = report (sf_report_tap);

  g_assert_cmpstr (out->str, ==,
                   "TAP version 14\n"
                   "1..3\n"
                   "    # Subtest: lost.yaml\n"
                   "    1..2\n"
                   "    ok 1 - two SYNs \\# \\\\ <&> \"\n"
                   "    not ok 2 - three <SYNs> \\# 2\n"
                   "      ---\n"
                   "      expected: \"3 segments\"\n"
                   "      seen: \"2 segments, sent at 0s, 1s\"\n"
                   "      because: \"it is <so>\"\n"
                   "      line: 2\n"
                   "      trace:\n"
                   "        - line: 6\n"
                   "          text: \"0.000 client > server: S 0:0(0) win 65535\"\n"
                   "        - line: 8\n"
                   "          text: \"1.000 client > server: S 0:0(0) win 65535\"\n"
                   "      ...\n"
                   "not ok 1 - lost.yaml\n"
                   "ok 2 - lost.yaml (quiet)\n"
                   "not ok 3 - bad.yaml\n"
                   "  ---\n"
                   "  message: \"bad.yaml:1:4: error: 'y' <is> wrong\\u000a  x: y\\u000a     ^\"\n"
                   "  ...\n");
}

#define STRING G_MARKUP_COLLECT_STRING

/* Counts of elements that a parser of the XML finds. */
typedef struct
{
  guint suites, cases, failures, errors;
  guint declared_cases, declared_failures, declared_errors;
  GString *names;
} Junit;

static void
junit_start (GMarkupParseContext *context G_GNUC_UNUSED, const char *element, const char **names, const char **values,
             gpointer user, GError **error)
{
  Junit *junit = user;

  if (strcmp (element, "testsuites") == 0)
    {
      const char *tests, *failures, *errors;

      g_assert_true (g_markup_collect_attributes (element, names, values, error, STRING, "tests", &tests, STRING,
                                                  "failures", &failures, STRING, "errors", &errors, STRING, "name",
                                                  NULL, G_MARKUP_COLLECT_INVALID));
      junit->declared_cases = (guint) g_ascii_strtoull (tests, NULL, 10);
      junit->declared_failures = (guint) g_ascii_strtoull (failures, NULL, 10);
      junit->declared_errors = (guint) g_ascii_strtoull (errors, NULL, 10);
    }
  else if (strcmp (element, "testcase") == 0)
    {
      const char *name;

      g_assert_true (g_markup_collect_attributes (element, names, values, error, STRING, "name", &name, STRING,
                                                  "classname", NULL, G_MARKUP_COLLECT_INVALID));
      g_string_append_printf (junit->names, "%s\n", name);
      junit->cases++;
    }
  junit->suites += strcmp (element, "testsuite") == 0;
  junit->failures += strcmp (element, "failure") == 0;
  junit->errors += strcmp (element, "error") == 0;
}

static void
test_junit (void)
{
  g_autoptr (GString) out = report (sf_report_junit);
  g_autoptr (GString) names = g_string_new (NULL);
  Junit junit = { .names = names };
  const GMarkupParser parser = { .start_element = junit_start };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, &junit, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (out->str, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
  g_markup_parse_context_parse (context, out->str, (gssize) out->len, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (junit.suites, ==, 3);
  g_assert_cmpuint (junit.cases, ==, 4);
  g_assert_cmpuint (junit.failures, ==, 1);
  g_assert_cmpuint (junit.errors, ==, 1);
  g_assert_cmpuint (junit.declared_cases, ==, 4);
  g_assert_cmpuint (junit.declared_failures, ==, 1);
  g_assert_cmpuint (junit.declared_errors, ==, 1);
  g_assert_cmpstr (names->str, ==,
                   "two SYNs # \\ <&> \"\n"
                   "three <SYNs> # 2\n"
                   "runs to its end\n"
                   "can be loaded\n");
}

static json_t *
parse_json (const GString *text)
{
  json_error_t error;
  json_t *json = json_loadb (text->str, text->len, JSON_REJECT_DUPLICATES, &error);

  if (json == NULL)
    g_error ("line %d: %s", error.line, error.text);
  return json;
}

static const char *
text_of (const json_t *json, const char *member)
{
  return json_string_value (json_object_get (json, member));
}

static gint64
int_of (const json_t *json, const char *member)
{
  const json_t *value = json_object_get (json, member);

  g_assert_true (json_is_integer (value));
  return json_integer_value (value);
}

static void
test_json (void)
{
  g_autoptr (GString) out = report (sf_report_json);
  json_auto_t *root = parse_json (out);
  const json_t *test, *verdict;

  g_assert_cmpstr (text_of (root, "synfin"), ==, "1.2.3");
  g_assert_cmpint (int_of (root, "tests"), ==, 3);
  g_assert_cmpint (int_of (root, "passed"), ==, 1);
  g_assert_cmpint (int_of (root, "failed"), ==, 1);
  g_assert_cmpint (int_of (root, "errors"), ==, 1);

  test = json_array_get (json_object_get (root, "results"), 0);
  g_assert_cmpstr (text_of (test, "status"), ==, "failed");
  verdict = json_array_get (json_object_get (test, "verdicts"), 1);
  g_assert_cmpstr (text_of (verdict, "name"), ==, "three <SYNs> # 2");
  g_assert_true (json_is_false (json_object_get (verdict, "holds")));
  g_assert_cmpstr (text_of (verdict, "expected"), ==, "3 segments");
  g_assert_cmpint (int_of (json_array_get (json_object_get (verdict, "trace"), 1), "line"), ==, 8);

  test = json_array_get (json_object_get (root, "results"), 2);
  g_assert_cmpstr (text_of (test, "status"), ==, "error");
  g_assert_cmpint (int_of (json_object_get (test, "error"), "column"), ==, 4);
}

static void
test_summary (void)
{
  g_autoptr (SfOutcome) outcome = make_outcome (EXPECTATIONS, "standard");
  g_autoptr (GString) out = g_string_new (NULL);
  json_auto_t *root = NULL;
  const json_t *client, *end;

  sf_run_summary_write (out, outcome, "1.2.3");
  root = parse_json (out);
  g_assert_cmpstr (text_of (root, "scenario"), ==, "lost.yaml");
  g_assert_cmpint (int_of (root, "seed"), ==, 1);
  g_assert_true (json_is_false (json_object_get (root, "holds")));
  g_assert_cmpuint (json_array_size (json_object_get (root, "verdicts")), ==, 2);
  end = json_object_get (root, "end");
  g_assert_cmpstr (text_of (end, "how"), ==, "idle");
  g_assert_cmpint (int_of (end, "t_ns"), ==, 3 * SF_SEC);
  client = json_object_get (json_object_get (root, "metrics"), "client");
  g_assert_cmpint (int_of (client, "handshake_time_ns"), ==, 1100 * SF_MSEC);
  g_assert_cmpint (int_of (client, "retransmissions"), ==, 1);
  g_assert_true (json_is_null (json_object_get (client, "goodput_bit_s")));
}

/* Texts are checked earlier, but none must get lost if that should fail. */
static void
test_no_utf8 (void)
{
  g_autoptr (SfOutcome) outcome = make_outcome (EXPECTATIONS, "a\xff\nb");
  g_autoptr (GString) out = g_string_new (NULL);
  json_auto_t *root = NULL;

  sf_run_summary_write (out, outcome, "1.2.3");
  root = parse_json (out);
  g_assert_cmpstr (text_of (root, "variant"), ==, "a\357\277\275\nb"); /* U+FFFD */
}

static void
test_verdicts (void)
{
  g_autoptr (SfOutcome) outcome = make_outcome (EXPECTATIONS, "standard");
  g_autoptr (SfOutcome) quiet = make_outcome ("[]\n", "standard");
  g_autoptr (GString) out = g_string_new (NULL);
  SfTextStyle plain = { .width = 0 }, colored = { .color = TRUE };

  sf_report_verdicts (out, outcome, &plain);
  g_assert_nonnull (strstr (out->str, "  ok    two SYNs"));
  g_assert_true (g_str_has_suffix (out->str, "1 of 2 expectations hold\n"));
  g_assert_null (strchr (out->str, '\033'));

  g_string_truncate (out, 0);
  sf_report_verdicts (out, outcome, &colored);
  g_assert_nonnull (strstr (out->str, "\033[32mok  \033[0m"));
  g_assert_nonnull (strstr (out->str, "\033[1;31mFAIL\033[0m"));

  g_string_truncate (out, 0);
  sf_report_verdicts (out, quiet, &plain);
  g_assert_cmpstr (out->str, ==, "nothing is expected of this run\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/human", test_human);
  g_test_add_func ("/report/two_languages", test_two_languages);
  g_test_add_func ("/report/tap", test_tap);
  g_test_add_func ("/report/junit", test_junit);
  g_test_add_func ("/report/json", test_json);
  g_test_add_func ("/report/summary", test_summary);
  g_test_add_func ("/report/no-utf8", test_no_utf8);
  g_test_add_func ("/report/verdicts", test_verdicts);
  return g_test_run ();
}
