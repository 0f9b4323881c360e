/* SPDX-License-Identifier: MIT */
#include "lab/node_print.h"

/* Where the line is cut: aliases can make a small file say a great deal. */
#define LONGEST_LINE 2000

static void
print (GString *out, const SfNode *node)
{
  if (node->kind == SF_NODE_SCALAR)
    {
      g_autofree char *text = g_utf8_substring (node->text, 0, MIN (g_utf8_strlen (node->text, -1), LONGEST_LINE));

      g_string_append (out, g_strdelimit (text, "\n", ' '));
      return;
    }

  g_string_append_c (out, node->kind == SF_NODE_LIST ? '[' : '{');
  for (guint i = 0; i < sf_node_n (node) && out->len < LONGEST_LINE; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      if (node->kind == SF_NODE_MAP)
        g_string_append_printf (out, "%s: ", sf_node_key (node, i)->text);
      print (out, sf_node_item (node, i));
    }
  g_string_append_c (out, node->kind == SF_NODE_LIST ? ']' : '}');
}

char *
sf_node_print (const SfNode *node)
{
  GString *out = g_string_new (NULL);

  print (out, node);
  return g_string_free (out, FALSE);
}
