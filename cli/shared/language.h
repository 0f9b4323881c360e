/* SPDX-License-Identifier: MIT
 *
 * The language in which the program speaks to people.
 */
#pragma once

#include <glib.h>

/* Returns the language that the environment variables LC_ALL, LC_MESSAGES, LANG and LANGUAGE ask for: "zh", or "en" if
 * there is no catalog for it. */
const char *sf_language_of_environment (void);

/* TRUE if the locale of the environment uses UTF-8. */
gboolean sf_language_is_utf8 (void);

/* The codes of the languages: "en", "zh"; NULL-terminated. */
extern const char *const sf_language_names[];

/* Returns the complaint about `text`, which names no language. */
char *sf_language_complaint (const char *text);

/* Returns "en" or "zh" if `text` is that, or a locale of that language ("zh_CN.UTF-8"). Otherwise NULL. */
const char *sf_language_find (const char *text);

/* Switches messages to `lang`. Numbers, dates and sorting stay the same. Not while there are other threads. */
void sf_language_speak (const char *lang);

/* Returns the language of messages. */
const char *sf_language_spoken (void);
