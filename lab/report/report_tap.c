/* SPDX-License-Identifier: MIT
 *
 * TAP 14 (https://testanything.org/tap-version-14-specification.html): a test for each run, a subtest with its
 * expectations, and a YAML block under each failure. Values in the block are JSON strings, which are valid YAML.
 */
#include "lab/report/report.h"

#define INDENT "    "

/* Appends a description. '#' is escaped, since it would begin a directive. */
static void
add_description (GString *out, const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (*text == '#' || *text == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *text == '\n' ? ' ' : *text);
    }
}

/* Appends `text` in double quotes. */
static void
add_quoted (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_printf (out, "\\%c", *text);
      else if ((guchar) *text < 0x20)
        g_string_append_printf (out, "\\u%04x", (guchar) *text);
      else
        g_string_append_c (out, *text);
    }
  g_string_append_c (out, '"');
}

static void
add_field (GString *out, const char *indent, const char *name, const char *text)
{
  if (text == NULL)
    return;
  g_string_append_printf (out, "%s%s: ", indent, name);
  add_quoted (out, text);
  g_string_append_c (out, '\n');
}

static void
add_diagnostic_block (GString *out, const SfVerdict *verdict)
{
  g_autoptr (SfVerdictText) text = sf_verdict_text (verdict, NULL);

  g_string_append (out, INDENT "  ---\n");
  add_field (out, INDENT "  ", "expected", text->expected);
  add_field (out, INDENT "  ", "seen", text->seen);
  add_field (out, INDENT "  ", "because", sf_wording_in (verdict->because, NULL));
  if (verdict->line > 0)
    g_string_append_printf (out, INDENT "  line: %u\n", verdict->line);
  if (verdict->shown->len > 0)
    g_string_append (out, INDENT "  trace:\n");
  for (guint i = 0; i < verdict->shown->len; i++)
    {
      const SfShown *shown = &g_array_index (verdict->shown, SfShown, i);

      g_string_append_printf (out, INDENT "    - line: %u\n", sf_trace_line (shown->record));
      add_field (out, INDENT "      ", "text", text->shown[i]);
    }
  g_string_append (out, INDENT "  ...\n");
}

static void
add_subtest (GString *out, const char *name, const SfOutcome *outcome)
{
  g_string_append (out, INDENT "# Subtest: ");
  add_description (out, name);
  g_string_append_printf (out, "\n" INDENT "1..%u\n", outcome->verdicts->len);
  for (guint i = 0; i < outcome->verdicts->len; i++)
    {
      const SfVerdict *verdict = g_ptr_array_index (outcome->verdicts, i);

      g_string_append_printf (out, INDENT "%sok %u - ", verdict->holds ? "" : "not ", i + 1);
      add_description (out, sf_verdict_name (verdict, NULL));
      g_string_append_c (out, '\n');
      if (!verdict->holds)
        add_diagnostic_block (out, verdict);
    }
}

static void
add_test (GString *out, const SfOutcome *outcome, guint number)
{
  g_autofree char *name = sf_outcome_name (outcome);

  if (outcome->verdicts != NULL && outcome->verdicts->len > 0)
    add_subtest (out, name, outcome);
  g_string_append_printf (out, "%sok %u - ", sf_outcome_holds (outcome) ? "" : "not ", number);
  add_description (out, name);
  g_string_append_c (out, '\n');
  if (outcome->verdicts == NULL)
    {
      g_autofree char *message = sf_diagnostic_format (sf_diagnostics_error (outcome->diag));

      g_string_append (out, "  ---\n");
      add_field (out, "  ", "message", g_strchomp (message));
      g_string_append (out, "  ...\n");
    }
}

void
sf_report_tap (GString *out, const GPtrArray *outcomes, const char *version G_GNUC_UNUSED,
               const SfTextStyle *style G_GNUC_UNUSED)
{
  g_string_append_printf (out, "TAP version 14\n1..%u\n", outcomes->len);
  for (guint i = 0; i < outcomes->len; i++)
    add_test (out, g_ptr_array_index (outcomes, i), i + 1);
}
