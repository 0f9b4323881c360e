/* SPDX-License-Identifier: MIT
 *
 * JUnit's XML as Jenkins, GitLab and others read it: a testsuite for each run, a testcase for each expectation. A run
 * without expectations, and a scenario that cannot be loaded, have one testcase.
 */
#include "lab/report/report.h"

#include "base/xml.h"

static void
add_failure (GString *out, const SfVerdict *verdict)
{
  g_autoptr (SfVerdictText) words = sf_verdict_text (verdict, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "expected: %s\nseen: %s\n", words->expected, words->seen);
  if (verdict->because != NULL)
    g_string_append_printf (text, "because: %s\n", sf_wording_in (verdict->because, NULL));
  for (guint i = 0; i < verdict->shown->len; i++)
    {
      const SfShown *shown = &g_array_index (verdict->shown, SfShown, i);

      g_string_append_printf (text, "trace line %u: %s\n", sf_trace_line (shown->record), words->shown[i]);
    }

  g_string_append (out, "      <failure type=\"expectation\"");
  sf_xml_add_attribute (out, "message", words->seen);
  g_string_append_c (out, '>');
  sf_xml_add_text (out, text->str);
  g_string_append (out, "</failure>\n");
}

static void
begin_case (GString *out, const char *class_name, const char *name)
{
  g_string_append (out, "    <testcase");
  sf_xml_add_attribute (out, "classname", class_name);
  sf_xml_add_attribute (out, "name", name);
}

static void
add_error_case (GString *out, const char *name, const SfOutcome *outcome)
{
  const SfDiagnostic *error = sf_diagnostics_error (outcome->diag);
  g_autofree char *text = sf_diagnostic_format (error);

  begin_case (out, name, "can be loaded");
  g_string_append (out, ">\n      <error type=\"input\"");
  sf_xml_add_attribute (out, "message", error->message);
  g_string_append_c (out, '>');
  sf_xml_add_text (out, text);
  g_string_append (out, "</error>\n    </testcase>\n");
}

static void
add_cases (GString *out, const char *name, const SfOutcome *outcome)
{
  if (outcome->verdicts->len == 0)
    {
      begin_case (out, name, "runs to its end");
      g_string_append (out, "/>\n");
    }
  for (guint i = 0; i < outcome->verdicts->len; i++)
    {
      const SfVerdict *verdict = g_ptr_array_index (outcome->verdicts, i);

      begin_case (out, name, sf_verdict_name (verdict, NULL));
      if (verdict->holds)
        {
          g_string_append (out, "/>\n");
          continue;
        }
      g_string_append (out, ">\n");
      add_failure (out, verdict);
      g_string_append (out, "    </testcase>\n");
    }
}

static void
add_suite (GString *out, const SfOutcome *outcome)
{
  g_autofree char *name = sf_outcome_name (outcome);
  gboolean loaded = outcome->verdicts != NULL;

  g_string_append (out, "  <testsuite");
  sf_xml_add_attribute (out, "name", name);
  g_string_append_printf (out, " tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"0\">\n",
                          loaded ? MAX (outcome->verdicts->len, 1) : 1, outcome->n_failed, loaded ? 0 : 1);
  if (loaded)
    add_cases (out, name, outcome);
  else
    add_error_case (out, name, outcome);
  g_string_append (out, "  </testsuite>\n");
}

/* Returns the number of testcases in all suites. */
static guint
count_cases (const GPtrArray *outcomes)
{
  guint n = 0;

  for (guint i = 0; i < outcomes->len; i++)
    {
      const SfOutcome *outcome = g_ptr_array_index (outcomes, i);

      n += outcome->verdicts != NULL ? MAX (outcome->verdicts->len, 1) : 1;
    }
  return n;
}

void
sf_report_junit (GString *out, const GPtrArray *outcomes, const char *version G_GNUC_UNUSED,
                 const SfTextStyle *style G_GNUC_UNUSED)
{
  SfTally tally = sf_tally (outcomes);

  g_string_append_printf (out,
                          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                          "<testsuites name=\"synfin\" tests=\"%u\" failures=\"%u\" errors=\"%u\">\n",
                          count_cases (outcomes), tally.n_verdicts_failed, tally.n_errors);
  for (guint i = 0; i < outcomes->len; i++)
    add_suite (out, g_ptr_array_index (outcomes, i));
  g_string_append (out, "</testsuites>\n");
}
