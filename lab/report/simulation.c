/* SPDX-License-Identifier: MIT
 *
 * The simulated net and its trace, reused from run to run.
 */
#include "lab/report/simulation.h"

#include "models/net.h"

struct SfSimulation
{
  const SfScenario *scenario;
  SfNet *net;     /* NULL before the first run */
  SfTrace *trace; /* NULL: the caller took it */
};

static SfTrace *
begin_trace (const SfScenario *scenario)
{
  SfTrace *trace = sf_trace_of_plan (scenario->plan);

  trace->file = g_strdup (scenario->name);
  trace->title = sf_wording_ref (scenario->title);
  trace->lesson = sf_wording_ref (scenario->lesson);
  trace->asks = sf_wording_ref (scenario->asks);
  trace->explain = sf_wording_ref (scenario->explain);
  trace->variant = g_strdup (scenario->variant);
  for (guint i = 0; i < scenario->plan->faults->len; i++)
    sf_trace_add_fault (trace, g_ptr_array_index (scenario->fault_texts, i),
                        g_array_index (scenario->plan->faults, SfFaultRule, i).line);
  return trace;
}

SfSimulation *
sf_simulation_new (const SfScenario *scenario)
{
  SfSimulation *simulation = g_new0 (SfSimulation, 1);

  simulation->scenario = scenario;
  simulation->trace = begin_trace (scenario);
  return simulation;
}

void
sf_simulation_free (SfSimulation *simulation)
{
  if (simulation == NULL)
    return;
  if (simulation->net != NULL)
    sf_net_free (simulation->net);
  sf_trace_free (simulation->trace);
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

/* Returns the end of the run. With `until` that is the end, even if nothing more happens: connections stay open until
 * then. Without it, the last record is the end. The clock may be later, since a timer that no longer matters can expire
 * without a record. */
static SfTime
end_time_of (const SfTrace *trace, const SfRunLimits *limits, SfTime now)
{
  guint n = sf_trace_n_records (trace);

  if (trace->end != SF_END_IDLE)
    return now;
  if (limits->until != SF_NEVER)
    return limits->until;
  return n > 0 ? sf_trace_record (trace, n - 1)->head.t : 0;
}

const SfTrace *
sf_simulation_run (SfSimulation *simulation, guint64 replication)
{
  const SfRunLimits *limits = &simulation->scenario->run;
  SfSeed seed = { limits->seed, replication };
  SfTrace *trace = simulation->trace;
  SfNet *net = simulation->net;

  if (net == NULL)
    net = simulation->net = sf_net_new (simulation->scenario->plan, seed);
  else
    sf_net_reset (net, seed);
  sf_trace_reset (trace, seed);
  sf_net_listen (net, sf_trace_sink, trace);
  trace->end = end_of (sf_net_run (net, MIN (limits->until, limits->time_limit), limits->max_events), limits);
  trace->n_events = net->sim.n_events;
  trace->end_time = end_time_of (trace, limits, net->sim.now);
  sf_trace_index (trace);
  return trace;
}

SfTrace *
sf_simulate (const SfScenario *scenario, guint64 replication)
{
  g_autoptr (SfSimulation) simulation = sf_simulation_new (scenario);

  sf_simulation_run (simulation, replication);
  return g_steal_pointer (&simulation->trace);
}
