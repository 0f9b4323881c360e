/* SPDX-License-Identifier: MIT
 *
 * A text for people in one or more languages: what a scenario says of itself and of what it expects. English is always
 * there, and stands in for every language that is not. Once shared, a wording does not change any more.
 */
#pragma once

#include <glib.h>

/* The language that every text has, and that all machine-readable output is in. */
#define SF_DEFAULT_LANG "en"

/* One text of one language. */
typedef struct
{
  char *lang; /* "en", "zh": the code of ISO 639 in lower case */
  char *text;
} SfWordingText;

typedef struct
{
  gatomicrefcount refs;
  GArray *texts; /* SfWordingText, in the order in which they were given */
} SfWording;

/* Returns a wording that says nothing yet. */
SfWording *sf_wording_new (void);

/* Returns one that says `text` in English; NULL for NULL. */
SfWording *sf_wording_plain (const char *text);

/* Both do nothing with NULL. */
SfWording *sf_wording_ref (SfWording *wording);
void sf_wording_unref (SfWording *wording);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfWording, sf_wording_unref)

/* Adds what it says in `lang`. Only while nobody else has a reference. */
void sf_wording_add (SfWording *wording, const char *lang, const char *text);

/* Returns what it says in `lang`: a code, or a locale that begins with one ("zh_CN.UTF-8"); in English if it says
 * nothing in that language, or for NULL. NULL if `wording` is NULL. */
const char *sf_wording_in (const SfWording *wording, const char *lang);

/* TRUE if it has a text in exactly `lang`. */
gboolean sf_wording_has (const SfWording *wording, const char *lang);
