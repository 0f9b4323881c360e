/* SPDX-License-Identifier: MIT
 *
 * The runs that `synfin plot` draws: simulated from scenarios, or read from traces.
 */
#pragma once

#include "cli/shared/options.h"

/* The options that say how a scenario is to be run. */
typedef struct
{
  char *variant, *seed; /* NULL: not said */
  char *replay;         /* "DB:ROW", a run of a sweep in the place of a scenario */
  char **sets;
} SfPlotStoryOptions;

void sf_plot_story_options_clear (SfPlotStoryOptions *options);

/* Stores the story of `argument`, a scenario, lesson or trace; NULL: of what --replay names. FALSE with `*ret_exit` set after a message. */
gboolean sf_plot_story_load (const char *command, const char *argument, const SfPlotStoryOptions *options,
                             SfStory **ret_story, SfExit *ret_exit);

/* Stores two stories: of two files, or of one scenario and its variant `against` (NULL: the first). */
gboolean sf_plot_stories_load (const char *command, char **arguments, const SfPlotStoryOptions *options,
                               const char *against, SfStory **ret_left, SfStory **ret_right, SfExit *ret_exit);
