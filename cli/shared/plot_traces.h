/* SPDX-License-Identifier: MIT
 *
 * The runs that `synfin plot` draws: simulated from scenarios, or read from traces.
 */
#pragma once

#include "cli/shared/options.h"

/* The options that say how a scenario is to be run. */
typedef struct
{
  char *variant; /* NULL: not said */
  char *replay;  /* "DB:ROW", a run of a sweep in the place of a scenario */
  char **sets;
  SfArgument seed;
} SfPlotTraceOptions;

/* Stores the trace of `argument`, a scenario, lesson or trace; NULL: of what --replay names. FALSE with `*ret_exit` set
 * after a message. */
gboolean sf_plot_trace_load (const char *command, const char *argument, const SfPlotTraceOptions *options,
                             SfTrace **ret_trace, SfExit *ret_exit);

/* Stores two traces: of two files, or of one scenario and its variant `against` (NULL: the first). */
gboolean sf_plot_traces_load (const char *command, char **arguments, const SfPlotTraceOptions *options,
                              const char *against, SfTrace **ret_left, SfTrace **ret_right, SfExit *ret_exit);
