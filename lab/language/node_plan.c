/* SPDX-License-Identifier: MIT
 *
 * Those readers of lab/language/node.h that look up names in a plan.
 */
#include "lab/language/node.h"

#include "base/gettext.h"

#include <string.h>

static gboolean
check_name (const SfNode *node, const char *expected, SfDiagnostics *diag)
{
  if (node->kind != SF_NODE_SCALAR || sf_node_is_empty (node))
    return sf_node_unexpected (node, expected, diag);
  return TRUE;
}

gboolean
sf_host_find (const SfPlan *plan, const char *name, gboolean routers, const SfPlace *place, SfDiagnostics *diag,
              guint16 *ret_host)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < plan->hosts->len; i++)
    {
      const SfHostPlan *host = sf_plan_host (plan, i);

      if (host->router && !routers)
        continue;
      if (strcmp (host->name, name) == 0)
        {
          *ret_host = (guint16) i;
          return TRUE;
        }
      g_ptr_array_add (names, host->name);
    }
  g_ptr_array_add (names, NULL);
  return sf_unknown_name (_ ("host"), name, (const char *const *) names->pdata, place, diag);
}

gboolean
sf_node_host (const SfNode *node, const SfPlan *plan, gboolean routers, SfDiagnostics *diag, guint16 *ret_host)
{
  if (node == NULL)
    return TRUE;
  return check_name (node, _ ("the name of a host"), diag)
         && sf_host_find (plan, node->text, routers, &node->place, diag, ret_host);
}

static const SfLinkPlan *
link_at (const SfPlan *plan, guint i)
{
  return &g_array_index (plan->links, SfLinkPlan, i);
}

/* Finds the only link between the two nodes named in list `node`. FALSE after a diagnostic. */
static gboolean
link_between (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, guint16 *ret_link)
{
  guint16 a = SF_NO_HOST, b = SF_NO_HOST;
  guint found = 0, last = 0;

  if (!sf_node_check_pair (node, _ ("the two ends of a link"), diag)
      || !sf_node_host (sf_node_item (node, 0), plan, TRUE, diag, &a)
      || !sf_node_host (sf_node_item (node, 1), plan, TRUE, diag, &b))
    return FALSE;
  for (guint i = 0; i < plan->links->len; i++)
    {
      const SfLinkPlan *link = link_at (plan, i);

      if ((link->a == a && link->b == b) || (link->a == b && link->b == a))
        {
          found++;
          last = i;
        }
    }
  if (found == 0)
    return sf_node_error (node, diag, _ ("no link between '%s' and '%s'"), sf_plan_host (plan, a)->name,
                          sf_plan_host (plan, b)->name);
  if (found > 1)
    return sf_node_error (node, diag, _ ("%u links between '%s' and '%s': say which by its name"), found,
                          sf_plan_host (plan, a)->name, sf_plan_host (plan, b)->name);
  *ret_link = (guint16) last;
  return TRUE;
}

gboolean
sf_node_link (const SfNode *node, const SfPlan *plan, SfDiagnostics *diag, guint16 *ret_link)
{
  g_autoptr (GPtrArray) names = NULL;

  if (node == NULL)
    return TRUE;
  if (node->kind == SF_NODE_LIST)
    return link_between (node, plan, diag, ret_link);
  if (!check_name (node, _ ("the name of a link, or its two ends"), diag))
    return FALSE;
  names = g_ptr_array_new ();
  for (guint i = 0; i < plan->links->len; i++)
    {
      if (strcmp (link_at (plan, i)->name, node->text) == 0)
        {
          *ret_link = (guint16) i;
          return TRUE;
        }
      g_ptr_array_add (names, link_at (plan, i)->name);
    }
  g_ptr_array_add (names, NULL);
  return sf_unknown_name (_ ("link"), node->text, (const char *const *) names->pdata, &node->place, diag);
}
