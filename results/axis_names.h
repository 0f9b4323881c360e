/* SPDX-License-Identifier: MIT
 *
 * The names of the parameters of a sweep, for its table and its graphs.
 */
#pragma once

#include "lab/sweep/sweep.h"

/* Returns the names of the parameters in language `lang`, in order. The name is the title; without a title, it is the
 * shortest end of the path that no other parameter has: "loss" of "links.0.loss", or "0.loss" if "links.1.loss" varies
 * too. */
char **sf_sweep_axis_names (const SfSweep *sweep, const char *lang);
