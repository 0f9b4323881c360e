/* SPDX-License-Identifier: MIT */
#include "lab/grade_json.h"

/* Numbers with a fraction would be printed as the nearest binary ones. So they are built as strings that begin with a control character, which
 * nothing else in a report has, and put right in the text. */
#define MARK "\001"
#define PRINTED_MARK "\"\\\\u0001([0-9.]+)\""

void
sf_json_add_points (JsonBuilder *json, const char *name, SfPoints points)
{
  g_autoptr (GString) text = g_string_new (MARK);

  sf_points_text (text, points);
  sf_json_add_text (json, name, text->str);
}

void
sf_json_print_points (GString *out, JsonBuilder *json)
{
  g_autoptr (GString) printed = g_string_new (NULL);
  g_autoptr (GRegex) mark = g_regex_new (PRINTED_MARK, 0, 0, NULL);
  g_autofree char *text = NULL;

  sf_json_print (printed, json);
  text = g_regex_replace (mark, printed->str, -1, 0, "\\1", 0, NULL);
  g_string_append (out, text);
}
