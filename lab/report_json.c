/* SPDX-License-Identifier: MIT */
#include "lab/report.h"

#include "lab/verdict_json.h"

static const char *
status_of (const SfOutcome *outcome)
{
  if (outcome->verdicts == NULL)
    return "error";
  return outcome->n_failed > 0 ? "failed" : "passed";
}

static void
add_diagnostics (JsonBuilder *json, const SfDiagnostics *diag)
{
  const SfDiagnostic *error = sf_diagnostics_error (diag);

  if (error != NULL)
    {
      json_builder_set_member_name (json, "error");
      json_builder_begin_object (json);
      sf_json_add_text (json, "file", error->file);
      sf_json_add_int (json, "line", error->line);
      sf_json_add_int (json, "column", error->column);
      sf_json_add_text (json, "message", error->message);
      json_builder_end_object (json);
    }
  json_builder_set_member_name (json, "warnings");
  json_builder_begin_array (json);
  for (guint i = 0; i < sf_diagnostics_n_warnings (diag); i++)
    {
      const SfDiagnostic *warning = sf_diagnostics_warning (diag, i);

      json_builder_begin_object (json);
      sf_json_add_int (json, "line", warning->line);
      sf_json_add_text (json, "message", warning->message);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_test (JsonBuilder *json, const SfOutcome *outcome)
{
  json_builder_begin_object (json);
  sf_json_add_text (json, "file", outcome->file);
  sf_json_add_text (json, "variant", outcome->variant);
  sf_json_add_text (json, "title", outcome->title);
  sf_json_add_text (json, "status", status_of (outcome));
  add_diagnostics (json, outcome->diag);
  if (outcome->verdicts != NULL)
    sf_json_add_verdicts (json, outcome->verdicts);
  json_builder_end_object (json);
}

void
sf_report_json (GString *out, const GPtrArray *outcomes, const char *version, const SfStyle *style G_GNUC_UNUSED)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  SfTally tally = sf_tally (outcomes);

  json_builder_begin_object (json);
  sf_json_add_text (json, "synfin", version);
  sf_json_add_int (json, "tests", tally.n);
  sf_json_add_int (json, "passed", tally.n_passed);
  sf_json_add_int (json, "failed", tally.n_failed);
  sf_json_add_int (json, "errors", tally.n_errors);
  json_builder_set_member_name (json, "results");
  json_builder_begin_array (json);
  for (guint i = 0; i < outcomes->len; i++)
    add_test (json, g_ptr_array_index (outcomes, i));
  json_builder_end_array (json);
  json_builder_end_object (json);
  sf_json_print (out, json);
}
