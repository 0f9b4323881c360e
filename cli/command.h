/* SPDX-License-Identifier: MIT
 *
 * The subcommands: one function each, in a file of the same name.
 */
#pragma once

#include "cli/shared/options.h"
#include "cli/shared/output.h"

typedef struct
{
  const char *name;
  const char *summary;                   /* N_(); NULL: not for people */
  SfExit (*run) (int argc, char **argv); /* argv[0] is the name of the command */
} SfCommand;

SfExit sf_command_run (int argc, char **argv);
SfExit sf_command_check (int argc, char **argv);
SfExit sf_command_knobs (int argc, char **argv);
SfExit sf_command_lessons (int argc, char **argv);
SfExit sf_command_plot (int argc, char **argv);
SfExit sf_command_quiz (int argc, char **argv);
SfExit sf_command_sweep (int argc, char **argv);
SfExit sf_command_sweep_merge (int argc, char **argv);
SfExit sf_command_grade (int argc, char **argv);
SfExit sf_command_complete (int argc, char **argv);
