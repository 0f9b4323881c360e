/* SPDX-License-Identifier: MIT
 *
 * The report in JSON.
 */
#include "lab/report/report.h"

#include "lab/report/verdict_json.h"

static const char *
status_of (const SfOutcome *outcome)
{
  if (outcome->verdicts == NULL)
    return "error";
  return outcome->n_failed > 0 ? "failed" : "passed";
}

static json_t *
error_json (const SfDiagnostic *error)
{
  json_t *json = json_object ();

  json_object_set_new (json, "file", sf_json_text (error->file));
  json_object_set_new (json, "line", json_integer (error->line));
  json_object_set_new (json, "column", json_integer (error->column));
  json_object_set_new (json, "message", sf_json_text (error->message));
  return json;
}

static json_t *
warnings_json (const SfDiagnostics *diag)
{
  json_t *json = json_array ();

  for (guint i = 0; i < sf_diagnostics_n_warnings (diag); i++)
    {
      const SfDiagnostic *warning = sf_diagnostics_warning (diag, i);
      json_t *item = json_object ();

      json_object_set_new (item, "line", json_integer (warning->line));
      json_object_set_new (item, "message", sf_json_text (warning->message));
      json_array_append_new (json, item);
    }
  return json;
}

static json_t *
test_json (const SfOutcome *outcome)
{
  const SfDiagnostic *error = sf_diagnostics_error (outcome->diag);
  json_t *json = json_object ();

  json_object_set_new (json, "file", sf_json_text (outcome->file));
  json_object_set_new (json, "variant", sf_json_text (outcome->variant));
  json_object_set_new (json, "title", sf_json_text (outcome->title));
  json_object_set_new (json, "status", sf_json_text (status_of (outcome)));
  if (error != NULL)
    json_object_set_new (json, "error", error_json (error));
  json_object_set_new (json, "warnings", warnings_json (outcome->diag));
  if (outcome->verdicts != NULL)
    json_object_set_new (json, "verdicts", sf_verdicts_json (outcome->verdicts));
  return json;
}

void
sf_report_json (GString *out, const GPtrArray *outcomes, const char *version, const SfTextStyle *style G_GNUC_UNUSED)
{
  SfTally tally = sf_tally (outcomes);
  json_t *json = json_object (), *results = json_array ();

  for (guint i = 0; i < outcomes->len; i++)
    json_array_append_new (results, test_json (g_ptr_array_index (outcomes, i)));
  json_object_set_new (json, "synfin", sf_json_text (version));
  json_object_set_new (json, "tests", json_integer (tally.n));
  json_object_set_new (json, "passed", json_integer (tally.n_passed));
  json_object_set_new (json, "failed", json_integer (tally.n_failed));
  json_object_set_new (json, "errors", json_integer (tally.n_errors));
  json_object_set_new (json, "results", results);
  sf_json_print (out, json);
}
