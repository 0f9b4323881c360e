/* SPDX-License-Identifier: MIT
 *
 * One scenario simulated again and again, with one replication of its seed after the other: the world and the trace are
 * made once and used anew for every run.
 */
#pragma once

#include "lab/language/scenario.h"
#include "trace/trace.h"

typedef struct SfSimulation SfSimulation;

/* Returns a simulation of `scenario`, which must outlive it. */
SfSimulation *sf_simulation_new (const SfScenario *scenario);
void sf_simulation_free (SfSimulation *simulation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfSimulation, sf_simulation_free)

/* Simulates replication `replication` to its end. Returns its trace, indexed, which is the simulation's and good until
 * the next run. */
const SfTrace *sf_simulation_run (SfSimulation *simulation, guint64 replication);

/* The same once and for all: the trace is the caller's. */
SfTrace *sf_simulate (const SfScenario *scenario, guint64 replication);
