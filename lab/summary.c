/* SPDX-License-Identifier: MIT */
#include "lab/summary.h"

#include "lab/metrics.h"
#include "lab/verdict_json.h"

static void
add_end (JsonBuilder *json, const SfStory *story)
{
  json_builder_set_member_name (json, "end");
  json_builder_begin_object (json);
  sf_json_add_text (json, "how", sf_end_name (story->end));
  sf_json_add_int (json, "t_ns", story->end_time);
  sf_json_add_int (json, "events", (gint64) story->n_events);
  json_builder_end_object (json);
}

/* Times are nanoseconds, amounts bytes, rates bit/s, as the suffix of the name says. */
static void
add_metrics (JsonBuilder *json, const SfStory *story, guint16 host)
{
  static const char *const suffixes[] = {
    [SF_UNIT_COUNT] = "",
    [SF_UNIT_TIME] = "_ns",
    [SF_UNIT_BYTES] = "",
    [SF_UNIT_RATE] = "_bit_s",
  };
  guint n;
  const SfMetric *metrics = sf_metrics (&n);

  json_builder_begin_object (json);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strconcat (metrics[i].name, suffixes[metrics[i].unit], NULL);
      gint64 value;

      g_strdelimit (name, "-", '_');
      if (metrics[i].value (story, (SfScope){ host, 0 }, &value))
        sf_json_add_int (json, name, value);
      else
        {
          json_builder_set_member_name (json, name);
          json_builder_add_null_value (json);
        }
    }
  json_builder_end_object (json);
}

void
sf_summary_write (GString *out, const SfOutcome *outcome, const char *version)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  const SfStory *story = outcome->story;

  json_builder_begin_object (json);
  sf_json_add_text (json, "synfin", version);
  sf_json_add_text (json, "scenario", outcome->file);
  sf_json_add_text (json, "variant", outcome->variant);
  sf_json_add_text (json, "title", outcome->title);
  sf_json_add_text (json, "asks", sf_wording_in (story->asks, NULL));
  json_builder_set_member_name (json, "seed");
  json_builder_add_int_value (json, (gint64) story->seed.seed);
  add_end (json, story);
  sf_json_add_bool (json, "holds", sf_outcome_holds (outcome));
  sf_json_add_verdicts (json, outcome->verdicts);

  json_builder_set_member_name (json, "metrics");
  json_builder_begin_object (json);
  for (guint i = 0; i < sf_story_n_hosts (story); i++)
    if (!g_array_index (story->hosts, SfStoryHost, i).router)
      {
        json_builder_set_member_name (json, sf_story_host_name (story, (guint16) i));
        add_metrics (json, story, (guint16) i);
      }
  json_builder_end_object (json);
  json_builder_end_object (json);
  sf_json_print (out, json);
}
