/* SPDX-License-Identifier: MIT
 *
 * Finds the folder of the lessons, and the scenario that an argument names.
 */
#pragma once

#include <glib.h>

/* Returns the folder of the lessons: that of the variable SYNFIN_LESSONS; or that of the source, if the program is in a
 * build of it; or that of the installation, which may have been moved. It need not exist. */
char *sf_lessons_folder (void);

/* Returns the path of the scenario `argument`: itself, or the lesson of that name in `folder` if it is no file and does
 * not look like one. NULL if there is no such scenario. */
char *sf_scenario_meant (const char *argument, const char *folder);

/* The same, with the folder of sf_lessons_folder(). NULL after a message. */
char *sf_scenario_find (const char *argument);
