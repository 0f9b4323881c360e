/* SPDX-License-Identifier: MIT */
#include "lab/judge/verdict.h"

#include "trace/record_text.h"

static void
clear_shown (gpointer data)
{
  g_free (((SfShown *) data)->text);
}

SfVerdict *
sf_verdict_new (SfWording *name, SfWording *because, guint32 line)
{
  SfVerdict *verdict = g_new0 (SfVerdict, 1);

  verdict->name = sf_wording_ref (name);
  verdict->because = sf_wording_ref (because);
  verdict->line = line;
  verdict->shown = g_array_new (FALSE, FALSE, sizeof (SfShown));
  g_array_set_clear_func (verdict->shown, clear_shown);
  return verdict;
}

void
sf_verdict_free (SfVerdict *verdict)
{
  if (verdict == NULL)
    return;
  sf_wording_unref (verdict->name);
  sf_wording_unref (verdict->because);
  g_free (verdict->expected);
  g_free (verdict->seen);
  g_array_unref (verdict->shown);
  g_free (verdict);
}

void
sf_verdict_show (SfVerdict *verdict, const SfTrace *trace, guint i)
{
  if (i >= sf_trace_n_records (trace))
    return;
  if (verdict->shown->len < SF_VERDICT_MAX_SHOWN)
    {
      SfShown shown = { i, sf_record_text (trace, i) };

      g_array_append_val (verdict->shown, shown);
    }
  else
    verdict->n_hidden++;
}

static int
compare_shown (gconstpointer a, gconstpointer b)
{
  guint left = ((const SfShown *) a)->record, right = ((const SfShown *) b)->record;

  return (left > right) - (left < right);
}

void
sf_verdict_sort (SfVerdict *verdict)
{
  g_array_sort (verdict->shown, compare_shown);
}

void
sf_verdict_say (SfVerdict *verdict, char *expected, char *seen)
{
  g_free (verdict->expected);
  g_free (verdict->seen);
  verdict->expected = expected;
  verdict->seen = seen;
}
