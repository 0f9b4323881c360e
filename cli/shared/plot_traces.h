/* SPDX-License-Identifier: MIT
 *
 * The traces that `synfin plot` draws: simulated from scenarios, or read from files.
 */
#pragma once

#include "cli/shared/options.h"

/* Options that say how to run a scenario. */
typedef struct
{
  char *variant; /* NULL: none given */
  char *replay;  /* "DB:ROW", a run of a sweep instead of a scenario */
  char **sets;
  SfArgument seed;
} SfPlotTraceOptions;

/* Stores the trace of `argument`, a scenario, lesson or trace; NULL: the run that --replay names. FALSE after a
 * message; `*ret_exit` is then set. */
gboolean sf_plot_trace_load (const char *command, const char *argument, const SfPlotTraceOptions *options,
                             SfTrace **ret_trace, SfExit *ret_exit);

/* Stores two traces: of two files, or of one scenario and its variant `against` (NULL: the first). FALSE after a
 * message; `*ret_exit` is then set. */
gboolean sf_plot_traces_load (const char *command, char **arguments, const SfPlotTraceOptions *options,
                              const char *against, SfTrace **ret_left, SfTrace **ret_right, SfExit *ret_exit);
