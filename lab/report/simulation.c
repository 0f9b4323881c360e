/* SPDX-License-Identifier: MIT */
#include "lab/report/simulation.h"

#include "models/net.h"

struct SfSimulation
{
  const SfScenario *scenario;
  SfNet *net;     /* NULL before the first run */
  SfStory *story; /* NULL: given away */
};

static SfStory *
begin_story (const SfScenario *scenario)
{
  SfStory *story = sf_story_of_plan (scenario->plan);

  story->file = g_strdup (scenario->name);
  story->title = sf_wording_ref (scenario->title);
  story->lesson = sf_wording_ref (scenario->lesson);
  story->asks = sf_wording_ref (scenario->asks);
  story->explain = sf_wording_ref (scenario->explain);
  story->variant = g_strdup (scenario->variant);
  for (guint i = 0; i < scenario->plan->faults->len; i++)
    sf_story_add_fault (story, g_ptr_array_index (scenario->fault_texts, i),
                        g_array_index (scenario->plan->faults, SfFaultRule, i).line);
  return story;
}

SfSimulation *
sf_simulation_new (const SfScenario *scenario)
{
  SfSimulation *simulation = g_new0 (SfSimulation, 1);

  simulation->scenario = scenario;
  simulation->story = begin_story (scenario);
  return simulation;
}

void
sf_simulation_free (SfSimulation *simulation)
{
  if (simulation == NULL)
    return;
  if (simulation->net != NULL)
    sf_net_free (simulation->net);
  sf_story_free (simulation->story);
  g_free (simulation);
}

static SfEnd
end_of (SfStop stop, const SfRunLimits *limits)
{
  switch (stop)
    {
    case SF_STOP_IDLE:
      return SF_END_IDLE;
    case SF_STOP_TIME:
      return limits->until <= limits->time_limit ? SF_END_UNTIL : SF_END_TIME_LIMIT;
    case SF_STOP_EVENTS:
      return SF_END_EVENT_LIMIT;
    }
  g_return_val_if_reached (SF_END_IDLE);
}

/* A run that is asked to last until an instant does, though nothing may happen any more: what is still open then has been
 * open all the time. Without such an instant the last record is the end; the clock may stand later, because a timer that
 * nobody needs any more can still expire, unseen. */
static SfTime
end_time_of (const SfStory *story, const SfRunLimits *limits, SfTime now)
{
  guint n = sf_story_n_records (story);

  if (story->end != SF_END_IDLE)
    return now;
  if (limits->until != SF_NEVER)
    return limits->until;
  return n > 0 ? sf_story_record (story, n - 1)->head.t : 0;
}

const SfStory *
sf_simulation_run (SfSimulation *simulation, guint64 replication)
{
  const SfRunLimits *limits = &simulation->scenario->run;
  SfSeed seed = { limits->seed, replication };
  SfStory *story = simulation->story;
  SfNet *net = simulation->net;

  if (net == NULL)
    net = simulation->net = sf_net_new (simulation->scenario->plan, seed);
  else
    sf_net_reset (net, seed);
  sf_story_reset (story, seed);
  sf_net_listen (net, sf_story_sink, story);
  story->end = end_of (sf_net_run (net, MIN (limits->until, limits->time_limit), limits->max_events), limits);
  story->n_events = net->sim.n_events;
  story->end_time = end_time_of (story, limits, net->sim.now);
  sf_story_index (story);
  return story;
}

SfStory *
sf_simulate (const SfScenario *scenario, guint64 replication)
{
  g_autoptr (SfSimulation) simulation = sf_simulation_new (scenario);

  sf_simulation_run (simulation, replication);
  return g_steal_pointer (&simulation->story);
}
