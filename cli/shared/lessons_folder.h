/* SPDX-License-Identifier: MIT
 *
 * Where the lessons are, and which scenario an argument means.
 */
#pragma once

#include <glib.h>

/* Returns the folder of the lessons: the one that the variable SYNFIN_LESSONS names, that of the source if the program
 * is in a build of it, or that of the installation, which may have been moved. It may not be there. */
char *sf_lessons_folder (void);

/* Returns the path of the scenario that `argument` means: itself, or the lesson of that name in `folder` if it is no
 * file and does not look like one. NULL if there is none. */
char *sf_scenario_meant (const char *argument, const char *folder);

/* The same with the folder of the lessons. NULL after a message. */
char *sf_scenario_find (const char *argument);
