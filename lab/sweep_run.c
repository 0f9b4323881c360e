/* SPDX-License-Identifier: MIT */
#include "lab/sweep_run.h"

#include "lab/simulation.h"

gboolean
sf_sweep_run (const SfSweep *sweep G_GNUC_UNUSED, SfStore *store, const SfSweepRunOptions *options G_GNUC_UNUSED,
              GError **error)
{
  return sf_store_finish (store, error);
}

SfStory *
sf_sweep_replay (const SfSweep *sweep G_GNUC_UNUSED, const SfRun *run, guint64 replication)
{
  return sf_simulate (run->scenario, replication);
}
