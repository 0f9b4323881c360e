/* SPDX-License-Identifier: MIT */
#include "lab/report/verdict_json.h"

static json_t *
shown_json (const SfShown *shown, const char *text)
{
  json_t *json = json_object ();

  json_object_set_new (json, "line", json_integer (sf_trace_line (shown->record)));
  json_object_set_new (json, "text", sf_json_text (text));
  return json;
}

static json_t *
verdict_json (const SfVerdict *verdict)
{
  g_autoptr (SfVerdictText) text = sf_verdict_text (verdict, NULL);
  json_t *json = json_object (), *trace = json_array ();

  for (guint i = 0; i < verdict->shown->len; i++)
    json_array_append_new (trace, shown_json (&g_array_index (verdict->shown, SfShown, i), text->shown[i]));
  json_object_set_new (json, "name", sf_json_text (sf_verdict_name (verdict, NULL)));
  json_object_set_new (json, "holds", json_boolean (verdict->holds));
  json_object_set_new (json, "because", sf_json_text (sf_wording_in (verdict->because, NULL)));
  json_object_set_new (json, "expected", sf_json_text (text->expected));
  json_object_set_new (json, "seen", sf_json_text (text->seen));
  json_object_set_new (json, "line", json_integer (verdict->line));
  json_object_set_new (json, "trace", trace);
  return json;
}

json_t *
sf_verdicts_json (const GPtrArray *verdicts)
{
  json_t *json = json_array ();

  for (guint i = 0; i < verdicts->len; i++)
    json_array_append_new (json, verdict_json (g_ptr_array_index (verdicts, i)));
  return json;
}
