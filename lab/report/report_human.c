/* SPDX-License-Identifier: MIT
 *
 * The report for people.
 */
#include "lab/report/report.h"

#include "base/columns.h"
#include "base/gettext.h"
#include "base/paragraph.h"

/* Meanings that have a color. Color is never the only sign of a meaning. */
typedef enum
{
  LOOK_GOOD,
  LOOK_BAD,
  LOOK_FAINT,
} Look;

static void
add_look (GString *out, const SfTextStyle *style, Look look, const char *text)
{
  static const char *const codes[] = {
    [LOOK_GOOD] = "\033[32m",
    [LOOK_BAD] = "\033[1;31m",
    [LOOK_FAINT] = "\033[2m",
  };

  if (style->color)
    g_string_append_printf (out, "%s%s\033[0m", codes[look], text);
  else
    g_string_append (out, text);
}

/* Width in columns of the labels of details, and of line numbers of the trace. */
#define LABEL_WIDTH 9

/* Appends `text` padded to LABEL_WIDTH columns, and a blank. */
static void
add_padded (GString *out, const char *text)
{
  g_string_append (out, text);
  for (int i = sf_columns (text); i <= LABEL_WIDTH; i++)
    g_string_append_c (out, ' ');
}

/* Returns the beginning of a line with a detail. */
static GString *
detail_head (const char *label)
{
  GString *head = g_string_new ("        ");

  add_padded (head, label);
  return head;
}

/* Appends "      expected  TEXT". Further lines of `text` are indented to its first. */
static void
add_detail (GString *out, const SfTextStyle *style, const char *label, const char *text)
{
  g_autoptr (GString) head = detail_head (label);

  if (text != NULL)
    sf_paragraph (out, head->str, "                  ", text, style->width);
}

static void
add_trace (GString *out, const SfTextStyle *style, const SfVerdict *verdict, const SfVerdictText *text)
{
  for (guint i = 0; i < verdict->shown->len; i++)
    {
      const SfShown *shown = &g_array_index (verdict->shown, SfShown, i);
      g_autofree char *line = g_strdup_printf (tr (style->lang, "line %u"), sf_trace_line (shown->record));
      g_autoptr (GString) head = detail_head (i == 0 ? tr (style->lang, "trace") : "");

      add_padded (head, line);
      sf_paragraph (out, head->str, "                              ", text->shown[i], style->width);
    }
  if (verdict->n_hidden > 0)
    g_string_append_printf (out,
                            trn (style->lang, "                  and %u more\n", "                  and %u more\n",
                                 verdict->n_hidden),
                            verdict->n_hidden);
}

void
sf_report_verdict (GString *out, const SfVerdict *verdict, const SfTextStyle *style)
{
  const char *name = sf_verdict_name (verdict, style->lang);
  g_autofree char *with_line = NULL;
  g_autoptr (SfVerdictText) text = NULL;

  g_string_append (out, "  ");
  add_look (out, style, verdict->holds ? LOOK_GOOD : LOOK_BAD,
            verdict->holds ? tr (style->lang, "ok  ") : tr (style->lang, "FAIL"));
  if (!verdict->holds && verdict->line > 0)
    with_line = g_strdup_printf (tr (style->lang, "%s (line %u)"), name, verdict->line);
  sf_paragraph (out, "  ", "        ", with_line != NULL ? with_line : name, style->width > 6 ? style->width - 6 : 0);
  if (verdict->holds)
    return;

  text = sf_verdict_text (verdict, style->lang);
  add_detail (out, style, tr (style->lang, "expected"), text->expected);
  add_detail (out, style, tr (style->lang, "seen"), text->seen);
  add_detail (out, style, tr (style->lang, "because"), sf_wording_in (verdict->because, style->lang));
  add_trace (out, style, verdict, text);
}

void
sf_report_verdicts (GString *out, const SfOutcome *outcome, const SfTextStyle *style)
{
  guint n = outcome->verdicts->len;
  g_autofree char *sum = NULL;

  if (n == 0)
    {
      g_string_append (out, tr (style->lang, "nothing is expected of this run\n"));
      return;
    }
  for (guint i = 0; i < n; i++)
    sf_report_verdict (out, g_ptr_array_index (outcome->verdicts, i), style);
  sum = g_strdup_printf (trn (style->lang, "%u of %u expectation holds", "%u of %u expectations hold", n),
                         n - outcome->n_failed, n);
  add_look (out, style, outcome->n_failed > 0 ? LOOK_BAD : LOOK_GOOD, sum);
  g_string_append_c (out, '\n');
}

/* Appends one test: a line, and what failed. */
static void
add_outcome (GString *out, const SfOutcome *outcome, const SfTextStyle *style)
{
  g_autofree char *name = sf_outcome_name (outcome);
  gboolean holds = sf_outcome_holds (outcome);

  add_look (out, style, holds ? LOOK_GOOD : LOOK_BAD,
            outcome->verdicts == NULL ? tr (style->lang, "ERROR")
            : holds                   ? tr (style->lang, "ok   ")
                                      : tr (style->lang, "FAIL "));
  g_string_append_printf (out, " %s", name);
  if (outcome->verdicts != NULL && outcome->verdicts->len > 0)
    {
      guint n = outcome->verdicts->len;
      g_autofree char *sum = g_strdup_printf (tr (style->lang, "  %u of %u"), n - outcome->n_failed, n);

      add_look (out, style, LOOK_FAINT, sum);
    }
  else if (outcome->verdicts != NULL)
    add_look (out, style, LOOK_FAINT, tr (style->lang, "  nothing is expected"));
  g_string_append_c (out, '\n');

  for (guint i = 0; outcome->verdicts != NULL && i < outcome->verdicts->len; i++)
    {
      const SfVerdict *verdict = g_ptr_array_index (outcome->verdicts, i);

      if (!verdict->holds)
        sf_report_verdict (out, verdict, style);
    }
}

void
sf_report_human (GString *out, const GPtrArray *outcomes, const char *version G_GNUC_UNUSED, const SfTextStyle *style)
{
  SfTally tally = sf_tally (outcomes);

  for (guint i = 0; i < outcomes->len; i++)
    add_outcome (out, g_ptr_array_index (outcomes, i), style);
  g_string_append (out, outcomes->len > 0 ? "\n" : "");
  g_string_append_printf (out, trn (style->lang, "%u of %u run as expected", "%u of %u runs as expected", tally.n),
                          tally.n_passed, tally.n);
  if (tally.n_failed > 0)
    g_string_append_printf (out, tr (style->lang, ", %u not"), tally.n_failed);
  if (tally.n_errors > 0)
    g_string_append_printf (out, tr (style->lang, ", %u could not be loaded"), tally.n_errors);
  g_string_append_printf (out, tr (style->lang, " (%u of %u expectations hold)\n"),
                          tally.n_verdicts - tally.n_verdicts_failed, tally.n_verdicts);
}
