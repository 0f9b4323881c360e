/* SPDX-License-Identifier: MIT
 *
 * What the parameters of a sweep are called, in its table and on its graphs alike.
 */
#pragma once

#include "lab/sweep/sweep.h"

/* Returns the names of the parameters in the language `lang`, in their order: their titles, and of the paths of those
 * without one as many of the last parts as tell it from all others ("loss" of "links.0.loss"; "0.loss" if
 * "links.1.loss" varies, too). */
char **sf_sweep_axis_names (const SfSweep *sweep, const char *lang);
