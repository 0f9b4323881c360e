/* SPDX-License-Identifier: MIT */
#include "models/tcp/cc.h"

static const SfCcAlgorithm *const algorithms[SF_N_CCS] = {
#define SF_CC(id, symbol, name) &sf_cc_##symbol,
#include "models/tcp/cc.inc"
#undef SF_CC
};

const SfCcAlgorithm *
sf_cc_algorithm (const SfProfile *profile)
{
  return algorithms[profile->congestion_control];
}

guint32
sf_cc_initial_window (const SfProfile *profile, guint32 mss)
{
  if (profile->initial_window > 0)
    return (guint32) profile->initial_window * mss;
  if (mss > 2190)
    return 2 * mss;
  if (mss > 1095)
    return 3 * mss;
  return 4 * mss;
}
