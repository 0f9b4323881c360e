/* SPDX-License-Identifier: MIT */
#include "lab/language/file_keys.h"

#include "base/gettext.h"
#include "lab/language/node.h"

#include <string.h>

static void
add_names (GPtrArray *all, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (all, (gpointer) names[i]);
}

gboolean
sf_fields_check (const SfNode *node, const char *what, const char *const *must, const char *const *may,
                 SfDiagnostics *diag)
{
  g_autofree char *expected = g_strdup_printf (_ ("a mapping (%s)"), _ (what));
  g_autofree char *a_key = g_strdup_printf (_ ("key of %s"), _ (what));
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  if (!sf_node_check_kind (node, SF_NODE_MAP, expected, diag))
    return FALSE;
  add_names (known, must);
  add_names (known, may);
  g_ptr_array_add (known, NULL);
  for (guint i = 0; i < sf_node_n (node); i++)
    {
      const SfNode *key = sf_node_key (node, i);

      if (!g_strv_contains ((const char *const *) known->pdata, key->text))
        return sf_unknown_name (a_key, key->text, (const char *const *) known->pdata, &key->place, diag);
    }
  for (guint i = 0; must[i] != NULL; i++)
    if (sf_node_require (node, must[i], diag) == NULL)
      return FALSE;
  return TRUE;
}

gboolean
sf_fields_check_version (const SfNode *root, const char *key, const char *what, SfDiagnostics *diag)
{
  g_autofree char *expected = g_strdup_printf (_ ("a mapping that begins with '%s: 1'"), key);
  const SfNode *version;

  if (!sf_node_check_kind (root, SF_NODE_MAP, expected, diag))
    return FALSE;
  version = sf_node_get (root, key);
  if (version == NULL || strcmp (sf_node_key (root, 0)->text, key) != 0)
    return sf_node_error (root, diag, _ ("%s begins with '%s: 1'"), _ (what), key);
  if (version->kind != SF_NODE_SCALAR || strcmp (version->text, "1") != 0)
    return sf_node_unexpected (version, _ ("1, the version that this program reads"), diag);
  return TRUE;
}
