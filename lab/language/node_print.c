/* SPDX-License-Identifier: MIT
 *
 * Prints a piece of the tree, for people and as YAML.
 */
#include "lab/language/node_print.h"

#include <string.h>

/* Maximum length, in bytes, of a line for people. With aliases, a small file can make very long ones. */
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

/* Appends `text` in double quotes. */
static void
append_quoted (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++)
    if (*p == '\n')
      g_string_append (out, "\\n");
    else if (*p == '\t')
      g_string_append (out, "\\t");
    else if (*p == '\r')
      g_string_append (out, "\\r");
    else
      g_string_append_printf (out, "%s%c", *p == '"' || *p == '\\' ? "\\" : "", *p);
  g_string_append_c (out, '"');
}

static void
append_yaml (GString *out, const SfNode *node, gboolean inside)
{
  if (node->kind == SF_NODE_SCALAR)
    {
      if (node->quoted || (inside && strpbrk (node->text, ",[]{}") != NULL))
        append_quoted (out, node->text);
      else
        g_string_append (out, *node->text != '\0' ? node->text : "~");
      return;
    }
  g_string_append_c (out, node->kind == SF_NODE_LIST ? '[' : '{');
  for (guint i = 0; i < sf_node_n (node); i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      if (node->kind == SF_NODE_MAP)
        {
          append_yaml (out, sf_node_key (node, i), TRUE);
          g_string_append (out, ": ");
        }
      append_yaml (out, sf_node_item (node, i), TRUE);
    }
  g_string_append_c (out, node->kind == SF_NODE_LIST ? ']' : '}');
}

char *
sf_node_yaml (const SfNode *node)
{
  GString *out = g_string_new (NULL);

  append_yaml (out, node, FALSE);
  return g_string_free (out, FALSE);
}
