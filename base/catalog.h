/* SPDX-License-Identifier: MIT
 *
 * The texts of the program in other languages. A catalog is what msgfmt makes of po/LANG.po: a file in GNU's MO format
 * (https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html).
 *
 * The functions of libintl have one language at a time, that of the process, and need a locale that is installed. Here
 * the language is an argument: a report in two languages is two calls, from any thread, on any machine. A language is
 * named by its code, "zh"; "en" and NULL are the language of the code, which needs no catalog.
 *
 * Catalogs are opened, and the language that is spoken is chosen, while there is one thread; then nothing changes any
 * more. The code uses the macros of base/gettext.h.
 */
#pragma once

#include <glib.h>

/* Opens the catalog of `lang` in the file `path`; does nothing if there is one already. FALSE if it cannot be read, or
 * is none: then that language is English. */
gboolean sf_catalog_open (const char *lang, const char *path, GError **error);

/* Chooses the language in which the program speaks to whoever uses it: errors, progress, help. English at first. */
void sf_catalog_speak (const char *lang);

/* Returns that language. */
const char *sf_catalog_spoken (void);

/* Returns `text` in `lang`, `text` itself where there is no translation. */
const char *sf_catalog_text (const char *lang, const char *text) G_GNUC_FORMAT (2);

/* The same of a text with a number `n`: `one` in English if that is 1, else `many`. */
const char *sf_catalog_plural (const char *lang, const char *one, const char *many, gulong n) G_GNUC_FORMAT (2)
  G_GNUC_FORMAT (3);
