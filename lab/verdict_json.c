/* SPDX-License-Identifier: MIT */
#include "lab/verdict_json.h"

void
sf_json_add_text (JsonBuilder *json, const char *name, const char *text)
{
  json_builder_set_member_name (json, name);
  if (text != NULL)
    json_builder_add_string_value (json, text);
  else
    json_builder_add_null_value (json);
}

void
sf_json_add_int (JsonBuilder *json, const char *name, gint64 value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, value);
}

void
sf_json_add_bool (JsonBuilder *json, const char *name, gboolean value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_boolean_value (json, value);
}

static void
add_verdict (JsonBuilder *json, const SfVerdict *verdict)
{
  json_builder_begin_object (json);
  sf_json_add_text (json, "name", sf_wording_in (verdict->name, NULL));
  sf_json_add_bool (json, "holds", verdict->holds);
  sf_json_add_text (json, "because", sf_wording_in (verdict->because, NULL));
  sf_json_add_text (json, "expected", verdict->expected);
  sf_json_add_text (json, "seen", verdict->seen);
  sf_json_add_int (json, "line", verdict->line);

  json_builder_set_member_name (json, "trace");
  json_builder_begin_array (json);
  for (guint i = 0; i < verdict->shown->len; i++)
    {
      const SfShown *shown = &g_array_index (verdict->shown, SfShown, i);

      json_builder_begin_object (json);
      sf_json_add_int (json, "line", sf_trace_line (shown->record));
      sf_json_add_text (json, "text", shown->text);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
  json_builder_end_object (json);
}

void
sf_json_add_verdicts (JsonBuilder *json, const GPtrArray *verdicts)
{
  json_builder_set_member_name (json, "verdicts");
  json_builder_begin_array (json);
  for (guint i = 0; i < verdicts->len; i++)
    add_verdict (json, g_ptr_array_index (verdicts, i));
  json_builder_end_array (json);
}

void
sf_json_print (GString *out, JsonBuilder *json)
{
  g_autoptr (JsonNode) root = json_builder_get_root (json);
  g_autofree char *text = json_to_string (root, TRUE);

  g_string_append (out, text);
  g_string_append_c (out, '\n');
}
