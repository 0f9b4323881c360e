/* SPDX-License-Identifier: MIT
 *
 * Verdicts: collecting records, and telling facts in words.
 */
#include "lab/judge/verdict.h"

#include "base/gettext.h"
#include "trace/record_text.h"

SfVerdict *
sf_verdict_new (const SfTrace *trace, SfWording *name, SfWording *because, guint32 line)
{
  SfVerdict *verdict = g_new0 (SfVerdict, 1);

  verdict->name = sf_wording_ref (name);
  verdict->because = sf_wording_ref (because);
  verdict->line = line;
  verdict->excerpt = sf_trace_excerpt_new (trace);
  verdict->shown = g_array_new (FALSE, FALSE, sizeof (SfShown));
  return verdict;
}

void
sf_verdict_free (SfVerdict *verdict)
{
  if (verdict == NULL)
    return;
  sf_wording_unref (verdict->name);
  sf_wording_unref (verdict->because);
  if (verdict->kind != NULL)
    verdict->kind->free (verdict->facts);
  sf_trace_free (verdict->excerpt);
  g_array_unref (verdict->shown);
  g_free (verdict);
}

void
sf_verdict_take_facts (SfVerdict *verdict, const SfFactsKind *kind, gpointer facts)
{
  verdict->kind = kind;
  verdict->facts = facts;
}

void
sf_verdict_show (SfVerdict *verdict, const SfTrace *trace, guint i)
{
  if (i >= sf_trace_n_records (trace))
    return;
  if (verdict->shown->len < SF_VERDICT_MAX_SHOWN)
    {
      SfShown shown = { i, sf_trace_excerpt_add (verdict->excerpt, trace, i) };

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

/* --- words --- */

SfVerdictText *
sf_verdict_text (const SfVerdict *verdict, const char *lang)
{
  SfVerdictText *text = g_new0 (SfVerdictText, 1);
  GString *expected = g_string_new (NULL), *seen = g_string_new (NULL);

  verdict->kind->tell (verdict, lang, expected, seen);
  text->expected = g_string_free (expected, FALSE);
  text->seen = g_string_free (seen, FALSE);
  text->shown = g_new0 (char *, verdict->shown->len + 1);
  for (guint i = 0; i < verdict->shown->len; i++)
    text->shown[i] = sf_record_text (verdict->excerpt, g_array_index (verdict->shown, SfShown, i).copy, lang);
  return text;
}

void
sf_verdict_text_free (SfVerdictText *text)
{
  if (text == NULL)
    return;
  g_free (text->expected);
  g_free (text->seen);
  g_strfreev (text->shown);
  g_free (text);
}

const char *
sf_verdict_name (const SfVerdict *verdict, const char *lang)
{
  return verdict->name != NULL ? sf_wording_in (verdict->name, lang) : tr (lang, verdict->kind->name);
}
