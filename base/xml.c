/* SPDX-License-Identifier: MIT */
#include "base/xml.h"

void
sf_xml_add_text (GString *out, const char *text)
{
  g_autofree char *clean = g_strdup (text);
  g_autofree char *escaped = NULL;

  for (char *at = clean; *at != '\0'; at++)
    if ((guchar) *at < 0x20 && *at != '\n' && *at != '\t')
      *at = ' ';
  escaped = g_markup_escape_text (clean, -1);
  g_string_append (out, escaped);
}

void
sf_xml_add_attribute (GString *out, const char *name, const char *text)
{
  g_autofree char *line = g_strdup (text);

  g_string_append_printf (out, " %s=\"", name);
  sf_xml_add_text (out, g_strdelimit (line, "\n\t", ' '));
  g_string_append_c (out, '"');
}
