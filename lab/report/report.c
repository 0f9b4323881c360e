/* SPDX-License-Identifier: MIT
 *
 * The table of report formats, and what they share.
 */
#include "lab/report/report.h"

const SfReport *
sf_reports (void)
{
  static const SfReport reports[] = {
    { "human", sf_report_human }, { "tap", sf_report_tap }, { "junit", sf_report_junit },
    { "json", sf_report_json },   { NULL, NULL },
  };

  return reports;
}

SfTally
sf_tally (const GPtrArray *outcomes)
{
  SfTally tally = { .n = outcomes->len };

  for (guint i = 0; i < outcomes->len; i++)
    {
      const SfOutcome *outcome = g_ptr_array_index (outcomes, i);

      if (outcome->verdicts == NULL)
        {
          tally.n_errors++;
          continue;
        }
      if (outcome->n_failed > 0)
        tally.n_failed++;
      else
        tally.n_passed++;
      tally.n_verdicts += outcome->verdicts->len;
      tally.n_verdicts_failed += outcome->n_failed;
    }
  return tally;
}
