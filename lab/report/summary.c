/* SPDX-License-Identifier: MIT */
#include "lab/report/summary.h"

#include "lab/judge/metrics.h"
#include "lab/report/verdict_json.h"

static json_t *
end_json (const SfStory *story)
{
  json_t *json = json_object ();

  json_object_set_new (json, "how", sf_json_text (sf_end_name (story->end)));
  json_object_set_new (json, "t_ns", json_integer (story->end_time));
  json_object_set_new (json, "events", json_integer ((json_int_t) story->n_events));
  return json;
}

/* Times are nanoseconds, amounts bytes, rates bit/s, means millionths, as the suffix of the name says. */
static json_t *
metrics_json (const SfStory *story, guint16 host)
{
  static const char *const suffixes[] = {
    [SF_UNIT_COUNT] = "",
    [SF_UNIT_TIME] = "_ns",
    [SF_UNIT_BYTES] = "",
    [SF_UNIT_RATE] = "_bit_s",
    [SF_UNIT_MEAN] = "_millionths",
  };
  guint n;
  const SfMetric *metrics = sf_metrics (&n);
  json_t *json = json_object ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strconcat (metrics[i].name, suffixes[metrics[i].unit], NULL);
      gint64 value;

      g_strdelimit (name, "-", '_');
      if (metrics[i].value (story, (SfScope){ host, 0 }, &value))
        json_object_set_new (json, name, json_integer (value));
      else
        json_object_set_new (json, name, json_null ());
    }
  return json;
}

static json_t *
all_metrics_json (const SfStory *story)
{
  json_t *json = json_object ();

  for (guint i = 0; i < sf_story_n_hosts (story); i++)
    if (!g_array_index (story->hosts, SfStoryHost, i).router)
      json_object_set_new (json, sf_story_host_name (story, (guint16) i), metrics_json (story, (guint16) i));
  return json;
}

void
sf_summary_write (GString *out, const SfOutcome *outcome, const char *version)
{
  const SfStory *story = outcome->story;
  json_t *json = json_object ();

  json_object_set_new (json, "synfin", sf_json_text (version));
  json_object_set_new (json, "scenario", sf_json_text (outcome->file));
  json_object_set_new (json, "variant", sf_json_text (outcome->variant));
  json_object_set_new (json, "title", sf_json_text (outcome->title));
  json_object_set_new (json, "asks", sf_json_text (sf_wording_in (story->asks, NULL)));
  json_object_set_new (json, "seed", json_integer ((json_int_t) story->seed.seed));
  if (story->seed.replication != 0) /* a run of a sweep */
    json_object_set_new (json, "replication", json_integer ((json_int_t) story->seed.replication));
  json_object_set_new (json, "end", end_json (story));
  json_object_set_new (json, "holds", json_boolean (sf_outcome_holds (outcome)));
  json_object_set_new (json, "verdicts", sf_json_verdicts (outcome->verdicts));
  json_object_set_new (json, "metrics", all_metrics_json (story));
  sf_json_print (out, json);
}
