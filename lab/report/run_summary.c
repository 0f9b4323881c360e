/* SPDX-License-Identifier: MIT */
#include "lab/report/run_summary.h"

#include "lab/judge/metrics.h"
#include "lab/report/verdict_json.h"

static json_t *
end_json (const SfTrace *trace)
{
  json_t *json = json_object ();

  json_object_set_new (json, "how", sf_json_text (sf_end_name (trace->end)));
  json_object_set_new (json, "t_ns", json_integer (trace->end_time));
  json_object_set_new (json, "events", json_integer ((json_int_t) trace->n_events));
  return json;
}

/* Times are ns, amounts bytes, rates bit/s, means millionths; the suffix of the name tells the unit. */
static json_t *
metrics_json (const SfTrace *trace, guint16 host)
{
  static const char *const suffixes[] = {
    [SF_UNIT_COUNT] = "",      [SF_UNIT_TIME] = "_ns",         [SF_UNIT_BYTES] = "",
    [SF_UNIT_RATE] = "_bit_s", [SF_UNIT_MEAN] = "_millionths",
  };
  guint n;
  const SfMetric *metrics = sf_metrics (&n);
  json_t *json = json_object ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strconcat (metrics[i].name, suffixes[metrics[i].unit], NULL);
      gint64 value;

      g_strdelimit (name, "-", '_');
      if (sf_metric_value (&metrics[i], trace, (SfScope){ host, 0 }, &value))
        json_object_set_new (json, name, json_integer (value));
      else
        json_object_set_new (json, name, json_null ());
    }
  return json;
}

static json_t *
all_metrics_json (const SfTrace *trace)
{
  json_t *json = json_object ();

  for (guint i = 0; i < sf_trace_n_hosts (trace); i++)
    if (!g_array_index (trace->hosts, SfTraceHost, i).router)
      json_object_set_new (json, sf_trace_host_name (trace, (guint16) i), metrics_json (trace, (guint16) i));
  return json;
}

void
sf_run_summary_write (GString *out, const SfOutcome *outcome, const char *version)
{
  const SfTrace *trace = outcome->trace;
  json_t *json = json_object ();

  json_object_set_new (json, "synfin", sf_json_text (version));
  json_object_set_new (json, "scenario", sf_json_text (outcome->file));
  json_object_set_new (json, "variant", sf_json_text (outcome->variant));
  json_object_set_new (json, "title", sf_json_text (outcome->title));
  json_object_set_new (json, "asks", sf_json_text (sf_wording_in (trace->asks, NULL)));
  json_object_set_new (json, "seed", json_integer ((json_int_t) trace->seed.seed));
  if (trace->seed.replication != 0) /* a run of a sweep */
    json_object_set_new (json, "replication", json_integer ((json_int_t) trace->seed.replication));
  json_object_set_new (json, "end", end_json (trace));
  json_object_set_new (json, "holds", json_boolean (sf_outcome_holds (outcome)));
  json_object_set_new (json, "verdicts", sf_verdicts_json (outcome->verdicts));
  json_object_set_new (json, "metrics", all_metrics_json (trace));
  sf_json_print (out, json);
}
