/* SPDX-License-Identifier: MIT
 *
 * The list of checks: loaded, and judged.
 */
#include "lab/judge/expect.h"

#include "base/gettext.h"
#include "lab/language/node_print.h"

static const SfCheckKind *const kinds[] = {
#define SF_CHECK(name) &sf_check_##name,
#include "lab/judge/checks.inc"
#undef SF_CHECK
};

/* --- for the checks --- */

gboolean
sf_check_load_end (const SfNode *map, const char *host_key, const SfPlan *plan, SfDiagnostics *diag, SfEndRef *ret_end)
{
  SfEndRef end = *ret_end;

  if (!sf_node_host (sf_node_get (map, host_key), plan, FALSE, diag, &end.host)
      || !sf_node_count32 (sf_node_get (map, "conn"), 1, G_MAXUINT32, diag, &end.conn))
    return FALSE;
  *ret_end = end;
  return TRUE;
}

void
sf_check_end_text (GString *out, const SfTrace *trace, SfEndRef end, const char *lang)
{
  g_string_append (out, sf_trace_host_name (trace, end.host));
  if (end.conn > 1)
    g_string_append_printf (out, tr (lang, "'s connection %u"), end.conn);
}

char *
sf_check_amount (guint n, const char *lang)
{
  return g_strdup_printf (trn (lang, "%u segment", "%u segments", n), n);
}

/* --- reading --- */

static void
clear_check (gpointer data)
{
  SfCheck *check = data;

  if (check->data != NULL)
    check->kind->free (check->data);
  sf_wording_unref (check->name);
  sf_wording_unref (check->because);
}

static gboolean
complain_of_no_check (const SfNode *node, SfDiagnostics *diag)
{
  const char *keys[G_N_ELEMENTS (kinds) + 1] = { NULL };
  g_autofree char *text = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    keys[i] = kinds[i]->key;
  text = sf_one_of (keys);
  return sf_node_error (node, diag, _ ("an expectation needs a check: %s"), text);
}

/* Finds the kind of check `node`. It must have exactly one key that names a kind. */
static const SfCheckKind *
find_kind (const SfNode *node, SfDiagnostics *diag)
{
  const SfCheckKind *found = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const SfNode *value = sf_node_get (node, kinds[i]->key);

      if (value == NULL)
        continue;
      if (found != NULL)
        {
          sf_node_error (value, diag, _ ("'%s' and '%s' in one expectation: write two"), found->key, kinds[i]->key);
          return NULL;
        }
      found = kinds[i];
    }
  if (found == NULL)
    complain_of_no_check (node, diag);
  return found;
}

static gboolean
load_check (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, SfCheck *check)
{
  const SfNode *value;

  if (!sf_node_check_keys (node, SF_KEYS_CHECK, diag))
    return FALSE;
  check->kind = find_kind (node, diag);
  if (check->kind == NULL)
    return FALSE;
  check->line = node->place.line;
  if (!sf_node_wording (sf_node_get (node, "name"), diag, &check->name)
      || !sf_node_wording (sf_node_get (node, "because"), diag, &check->because))
    return FALSE;

  value = sf_node_get (node, check->kind->key);
  if (check->name == NULL)
    {
      g_autofree char *written = sf_node_print (value);
      g_autofree char *name = g_strdup_printf ("%s: %s", check->kind->key, written);

      check->name = sf_wording_plain (name);
    }
  check->data = check->kind->load (value, plan, diag);
  return check->data != NULL;
}

SfExpect *
sf_expect_load (const SfNode *list, const SfPlan *plan, SfDiagnostics *diag)
{
  g_autoptr (SfExpect) expect = g_new0 (SfExpect, 1);

  expect->checks = g_array_new (FALSE, TRUE, sizeof (SfCheck));
  g_array_set_clear_func (expect->checks, clear_check);
  if (list != NULL && !sf_node_check_kind (list, SF_NODE_LIST, _ ("a list of expectations"), diag))
    return NULL;
  for (guint i = 0; i < sf_node_n (list); i++)
    {
      g_array_set_size (expect->checks, i + 1);
      if (!load_check (sf_node_item (list, i), plan, diag, &g_array_index (expect->checks, SfCheck, i)))
        return NULL;
    }
  return g_steal_pointer (&expect);
}

void
sf_expect_free (SfExpect *expect)
{
  if (expect == NULL)
    return;
  g_array_unref (expect->checks);
  g_free (expect);
}

/* --- judging --- */

static void
free_verdict (gpointer data)
{
  sf_verdict_free (data);
}

gboolean
sf_expect_holds (const SfExpect *expect, guint i, const SfTrace *trace)
{
  const SfCheck *check = &g_array_index (expect->checks, SfCheck, i);

  return check->kind->holds (check->data, trace);
}

GPtrArray *
sf_expect_evaluate (const SfExpect *expect, const SfTrace *trace)
{
  GPtrArray *verdicts = g_ptr_array_new_with_free_func (free_verdict);

  for (guint i = 0; i < expect->checks->len; i++)
    {
      const SfCheck *check = &g_array_index (expect->checks, SfCheck, i);
      SfVerdict *verdict = sf_verdict_new (trace, check->name, check->because, check->line);

      verdict->holds = check->kind->holds (check->data, trace);
      check->kind->explain (check->data, trace, verdict);
      sf_verdict_sort (verdict);
      g_ptr_array_add (verdicts, verdict);
    }
  return verdicts;
}
