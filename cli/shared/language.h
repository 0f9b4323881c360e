/* SPDX-License-Identifier: MIT
 *
 * The language in which the program speaks to people.
 */
#pragma once

#include <glib.h>

/* Returns the language that a person has asked for by the variables LC_ALL, LC_MESSAGES, LANG and LANGUAGE of the
 * environment, of those for which there is a catalog: "en", "zh". */
const char *sf_language_of_environment (void);

/* TRUE if that locale writes in UTF-8. */
gboolean sf_language_is_utf8 (void);

/* Returns "en" or "zh" if `text` names one of them, or a locale of one ("zh_CN.UTF-8"); NULL if not. */
const char *sf_language_find (const char *text);

/* Speaks `lang` from now on. All but messages (numbers, dates, the order of letters) stays as it was. Not while other
 * threads run. */
void sf_language_speak (const char *lang);

/* Returns the language that is spoken. */
const char *sf_language_spoken (void);
