/* SPDX-License-Identifier: MIT
 *
 * Parts of the file that the student may not decide are ignored: expectations, questions, variants and limits. If the
 * task has a base, only the parts that may be changed are taken from the student's file, all others from the base. The
 * result is loaded, run and judged like any scenario.
 */
#include "lab/grade/grade_scenario.h"

#include "base/gettext.h"
#include "lab/language/node.h"

#include <string.h>

/* Top-level keys of the student's file that are ignored, … */
static const char *const taken_away[] = { "expect", "predict", "variants", NULL };

/* … and those that have no effect on the run. */
static const char *const words[] = { "title", "asks", "rfc", "explain", NULL };

/* --- what counts --- */

/* Returns the node at `path` below `root`, NULL if there is none. */
static const SfNode *
node_at (const SfNode *root, const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, ".", -1);
  const SfNode *node = root;

  for (char **part = parts; *part != NULL && node != NULL; part++)
    {
      guint64 i;

      if (node->kind != SF_NODE_LIST)
        node = sf_node_get (node, *part);
      else if (g_ascii_string_to_unsigned (*part, 10, 0, G_MAXUINT32, &i, NULL) && i < sf_node_n (node))
        node = sf_node_item (node, (guint) i);
      else
        node = NULL;
    }
  return node;
}

/* Sets `path` of `doc` to what `from` has there, or to `nothing`. FALSE after a diagnostic. */
static gboolean
take (SfDocument *doc, const SfNode *from, const char *path, const SfNode *nothing, SfDiagnostics *diag)
{
  const SfNode *value = node_at (from, path);

  if (value == NULL && node_at (sf_document_root (doc), path) == NULL)
    return TRUE;
  return sf_document_set (doc, path, value != NULL ? value : nothing, value != NULL ? &value->place : &nothing->place,
                          diag);
}

static gboolean
set_limits (SfDocument *doc, const SfDocument *limits, SfDiagnostics *diag)
{
  const SfNode *root = sf_document_root (limits);

  for (guint i = 0; i < sf_node_n (root); i++)
    {
      g_autofree char *path = g_strdup_printf ("run.%s", sf_node_key (root, i)->text);
      const SfNode *value = sf_node_item (root, i);

      if (!sf_document_set (doc, path, value, &value->place, diag))
        return FALSE;
    }
  return TRUE;
}

/* Returns a document with an empty value only. */
static SfDocument *
parse_nothing (void)
{
  g_autoptr (SfSource) source = sf_source_new ("nothing", "~", 1);
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();

  return sf_document_parse (source, diag);
}

/* --- what was changed without leave --- */

static void
add_note (SfTaskGrade *grade, guint line, const char *text)
{
  g_ptr_array_add (grade->notes, g_strdup_printf ("%s:%u: %s", grade->task->file, line, text));
}

/* Adds a note on the first place at which `theirs`, at `path`, differs from `ours`. TRUE if they are equal. */
static gboolean
compare (const SfNode *ours, const SfNode *theirs, const char *path, SfTaskGrade *grade)
{
  gboolean same = ours->kind == theirs->kind && sf_node_n (ours) == sf_node_n (theirs)
                  && (ours->kind != SF_NODE_SCALAR || strcmp (ours->text, theirs->text) == 0);

  for (guint i = 0; same && i < sf_node_n (ours); i++)
    {
      g_autofree char *name = ours->kind == SF_NODE_MAP ? g_strdup (sf_node_key (ours, i)->text)
                                                        : g_strdup_printf ("%u", i);
      g_autofree char *below = g_strdup_printf ("%s.%s", path, name);
      const SfNode *other = ours->kind == SF_NODE_MAP ? sf_node_get (theirs, name) : sf_node_item (theirs, i);

      if (other == NULL)
        same = FALSE;
      else if (!compare (sf_node_item (ours, i), other, below, grade))
        return FALSE;
    }
  if (!same)
    {
      g_autofree char *text = g_strdup_printf (_ ("%s may not be changed, and was left as the assignment has it"),
                                               path);

      add_note (grade, theirs->place.line, text);
    }
  return same;
}

/* Adds notes on parts of the student's file `theirs` that differ from `ours`, the scenario that is run. */
static void
note_changes (const SfNode *ours, const SfNode *theirs, SfTaskGrade *grade)
{
  for (guint i = 0; i < sf_node_n (theirs); i++)
    {
      const SfNode *key = sf_node_key (theirs, i), *own = sf_node_get (ours, key->text);

      if (g_strv_contains (taken_away, key->text) || g_strv_contains (words, key->text))
        continue;
      if (own != NULL)
        compare (own, sf_node_item (theirs, i), key->text, grade);
      else if (!sf_node_is_empty (sf_node_item (theirs, i)))
        {
          g_autofree char *text = g_strdup_printf (_ ("%s may not be added, and was left out"), key->text);

          add_note (grade, key->place.line, text);
        }
    }
}

/* --- the scenario that is run --- */

/* Returns the base with the changeable parts of `theirs`, the student's file; the result keeps `theirs` alive. NULL
 * after a diagnostic. */
static SfDocument *
merge (SfTaskGrade *grade, SfDocument *theirs, const SfNode *nothing, SfDiagnostics *diag)
{
  const SfTask *task = grade->task;
  g_autoptr (SfDocument) doc = sf_document_parse (task->base, diag);
  const SfNode *root = sf_document_root (theirs);

  sf_document_adopt (doc, theirs);
  for (guint i = 0; i < task->may_change->len; i++)
    if (!take (doc, root, g_ptr_array_index (task->may_change, i), nothing, diag))
      return NULL;
  note_changes (sf_document_root (doc), root, grade);
  return g_steal_pointer (&doc);
}

/* Returns the scenario that is run; NULL after a diagnostic. */
static SfScenario *
load (SfTaskGrade *grade, SfSource *source, SfDiagnostics *diag)
{
  const SfTask *task = grade->task;
  SfDocument *theirs = sf_document_parse (source, diag), *nothing, *doc;
  gboolean ok = TRUE;

  if (theirs == NULL)
    return NULL;
  if (!sf_node_check_kind (sf_document_root (theirs), SF_NODE_MAP, _ ("a mapping that begins with 'synfin: 1'"), diag))
    {
      sf_document_free (theirs);
      return NULL;
    }
  nothing = parse_nothing ();
  doc = task->base != NULL ? merge (grade, theirs, sf_document_root (nothing), diag) : theirs;
  if (doc == NULL)
    {
      sf_document_free (nothing);
      return NULL;
    }
  sf_document_adopt (doc, nothing);
  for (guint i = 0; ok && taken_away[i] != NULL; i++)
    ok = take (doc, NULL, taken_away[i], sf_document_root (nothing), diag);
  if (!ok || !set_limits (doc, task->limits, diag))
    {
      sf_document_free (doc);
      return NULL;
    }
  return sf_scenario_of_document (doc, source, diag);
}

/* --- judging --- */

/* Checks that `plan` has the hosts that the assignment names. */
static gboolean
check_hosts (const SfPlan *plan, const SfTask *task, SfDiagnostics *diag)
{
  SfPlace place = { NULL, 0, 0 };

  for (guint i = 0; i < task->hosts->hosts->len; i++)
    {
      const SfHostPlan *host = sf_plan_host (task->hosts, i);
      g_autoptr (SfDiagnostics) own = sf_diagnostics_new ();
      guint16 found;

      if (!host->router && !sf_host_find (plan, host->name, FALSE, &place, own, &found))
        return sf_error_of_file (diag, task->file, _ ("the assignment asks for a host '%s', and there is none"),
                                 host->name);
    }
  return TRUE;
}

static gboolean
judge (SfTaskGrade *grade, const SfRun *run, SfDiagnostics *diag)
{
  g_autoptr (SfOutcome) outcome = sf_run_do (run);
  SfEnd end = outcome->trace->end;

  for (guint i = 0; i < sf_diagnostics_n_warnings (outcome->diag); i++)
    {
      const SfDiagnostic *warning = sf_diagnostics_warning (outcome->diag, i);

      add_note (grade, warning->line, warning->message);
    }
  if (end == SF_END_TIME_LIMIT || end == SF_END_EVENT_LIMIT)
    {
      g_autoptr (SfVerdictText) text = sf_verdict_text (g_ptr_array_index (outcome->verdicts, 0), sf_catalog_spoken ());

      return sf_error_of_file (diag, grade->task->file, _ ("the run does not come to its end: expected %s; it is %s"),
                               text->expected, text->seen);
    }
  for (guint i = 0; i < outcome->verdicts->len; i++)
    {
      SfVerdict *verdict = g_ptr_array_index (outcome->verdicts, i);

      verdict->line = 0; /* the line is in a file that the student does not have */
      g_ptr_array_add (grade->verdicts, verdict);
    }
  g_ptr_array_set_free_func (outcome->verdicts, NULL);
  return TRUE;
}

gboolean
sf_grade_scenario (SfTaskGrade *grade, SfSource *source, SfDiagnostics *diag)
{
  g_autoptr (SfScenario) scenario = load (grade, source, diag);
  g_autoptr (SfExpect) expect = NULL;
  g_autoptr (SfPredict) predict = NULL;

  if (scenario == NULL || !check_hosts (scenario->plan, grade->task, diag))
    return FALSE;
  expect = sf_expect_load (grade->task->expect, scenario->plan, diag);
  predict = sf_predict_load (NULL, scenario->plan, diag);
  return expect != NULL && judge (grade, &(SfRun){ .scenario = scenario, .expect = expect, .predict = predict }, diag);
}
