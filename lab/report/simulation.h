/* SPDX-License-Identifier: MIT
 *
 * One scenario simulated again and again, with one replication of its seed after another. The net and the trace are
 * created once and reused for every run.
 */
#pragma once

#include "lab/language/scenario.h"
#include "trace/trace.h"

typedef struct SfSimulation SfSimulation;

/* Returns a simulation of `scenario`. `scenario` must live longer. */
SfSimulation *sf_simulation_new (const SfScenario *scenario);
void sf_simulation_free (SfSimulation *simulation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSimulation, sf_simulation_free)

/* Simulates replication `replication` to its end. Returns its indexed trace, which belongs to the simulation and is
 * valid until the next run. */
const SfTrace *sf_simulation_run (SfSimulation *simulation, guint64 replication);

/* Simulates once. The caller owns the trace. */
SfTrace *sf_simulate (const SfScenario *scenario, guint64 replication);
