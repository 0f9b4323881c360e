/* SPDX-License-Identifier: MIT
 *
 * A text for people in one or more languages, as scenarios have them. There is always an English text; it stands in for
 * every missing language. A wording must not change once it is shared.
 */
#pragma once

#include <glib.h>

/* The language that every text has, and that machine-readable output uses. */
#define SF_DEFAULT_LANG "en"

/* A text in one language. */
typedef struct
{
  char *lang; /* code of ISO 639 in lower case: "en", "zh" */
  char *text;
} SfWordingText;

typedef struct
{
  gatomicrefcount refs;
  GArray *texts; /* SfWordingText, in the order in which they were added */
} SfWording;

/* Returns a wording without texts. */
SfWording *sf_wording_new (void);

/* Returns a wording with the English `text`; NULL if `text` is NULL. */
SfWording *sf_wording_plain (const char *text);

/* Both accept NULL and then do nothing. */
SfWording *sf_wording_ref (SfWording *wording);
void sf_wording_unref (SfWording *wording);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SfWording, sf_wording_unref)

/* Adds a text in `lang`. Call it only while there is one reference. */
void sf_wording_add (SfWording *wording, const char *lang, const char *text);

/* Returns the text in `lang`: a code, or a locale that begins with one ("zh_CN.UTF-8"). English if there is none, or if
 * `lang` is NULL. NULL if `wording` is NULL. */
const char *sf_wording_in (const SfWording *wording, const char *lang);

/* TRUE if there is a text in exactly `lang`. */
gboolean sf_wording_has (const SfWording *wording, const char *lang);
