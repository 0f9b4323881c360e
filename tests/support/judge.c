/* SPDX-License-Identifier: MIT */
#include "tests/support/judge.h"

#include <string.h>

SfPlan *
judge_plan (void)
{
  SfPlan *plan = sf_plan_new ();

  sf_plan_add_host (plan, "client", 0xc0000201u, 1, sf_profile_find ("rfc9293"));
  sf_plan_add_host (plan, "server", 0xc6336401u, 1, sf_profile_find ("rfc9293"));
  return plan;
}

static SfExpect *
load (const char *list, const SfPlan *plan, SfDiagnostics *diag)
{
  g_autoptr (SfSource) source = sf_source_new ("test.yaml", list, strlen (list));
  g_autoptr (SfDocument) doc = sf_document_parse (source, diag);

  return doc != NULL ? sf_expect_load (sf_document_root (doc), plan, diag) : NULL;
}

static void
explain (const SfDiagnostics *diag)
{
  g_autofree char *text = sf_diagnostic_format (sf_diagnostics_error (diag));

  g_test_message ("%s", text);
}

SfExpect *
judge_expect (const char *list, const SfPlan *plan)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfExpect *expect = load (list, plan, diag);

  if (expect == NULL)
    explain (diag);
  g_assert_nonnull (expect);
  return expect;
}

static char *
shown_lines (const SfVerdict *verdict)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < verdict->shown->len; i++)
    g_string_append_printf (out, "%s%u", i > 0 ? " " : "",
                            sf_trace_line (g_array_index (verdict->shown, SfShown, i).record));
  return g_string_free (out, FALSE);
}

void
judge_rows (const JudgeRow *rows, guint n, const SfPlan *plan, const SfTrace *trace)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *list = g_strdup_printf ("- %s\n", rows[i].check);
      g_autoptr (SfExpect) expect = NULL;
      g_autoptr (GPtrArray) verdicts = NULL;
      g_autoptr (SfVerdictText) text = NULL;
      g_autofree char *lines = NULL;
      const SfVerdict *verdict;

      g_test_message ("%s", rows[i].check);
      expect = judge_expect (list, plan);
      verdicts = sf_expect_evaluate (expect, trace);
      g_assert_cmpuint (verdicts->len, ==, 1);
      verdict = g_ptr_array_index (verdicts, 0);
      text = sf_verdict_text (verdict, NULL);
      lines = shown_lines (verdict);
      g_assert_cmpstr (text->expected, ==, rows[i].expected);
      g_assert_cmpstr (text->seen, ==, rows[i].seen);
      g_assert_cmpint (verdict->holds, ==, rows[i].holds);
      if (rows[i].trace != NULL)
        g_assert_cmpstr (lines, ==, rows[i].trace);
    }
}

void
refuse_rows (const RefuseRow *rows, guint n, const SfPlan *plan)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *list = g_strdup_printf ("- %s\n", rows[i].check);
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (SfExpect) expect = load (list, plan, diag);

      g_test_message ("%s", rows[i].check);
      g_assert_null (expect);
      explain (diag);
      g_assert_nonnull (strstr (sf_diagnostics_error (diag)->message, rows[i].message));
      g_assert_cmpuint (sf_diagnostics_error (diag)->line, ==, 1);
    }
}
