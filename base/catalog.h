/* SPDX-License-Identifier: MIT
 *
 * The texts of the program in other languages. A catalog is what msgfmt makes of po/LANG.po: a file in GNU's MO format
 * (https://www.gnu.org/software/gettext/manual/html_node/MO-Files.html).
 *
 * libintl has one language at a time, the language of the process, and needs an installed locale. Here the language is
 * an argument: a report in two languages is two calls, from any thread, on any machine. A language is named by its
 * code, "zh". English, the language of the code, is "en" or NULL and needs no catalog.
 *
 * Open the catalogs and choose the spoken language while there is only one thread. After that nothing changes. The code
 * uses the macros of base/gettext.h.
 */
#pragma once

#include <glib.h>

/* Opens the catalog of `lang` in the file `path`; does nothing if one is open already. FALSE if the file cannot be read
 * or is not a catalog: then that language is English. */
gboolean sf_catalog_open (const char *lang, const char *path, GError **error);

/* Chooses the language in which the program speaks to its user: errors, progress, help. The default is English. */
void sf_catalog_speak (const char *lang);

/* Returns the language chosen by sf_catalog_speak(). */
const char *sf_catalog_spoken (void);

/* Returns `text` in `lang`; `text` itself if there is no translation. */
const char *sf_catalog_text (const char *lang, const char *text) G_GNUC_FORMAT (2);

/* Translates a text with a number `n`. Without a translation, returns `one` if `n` is 1, else `many`. */
const char *sf_catalog_plural (const char *lang, const char *one, const char *many, gulong n) G_GNUC_FORMAT (2)
  G_GNUC_FORMAT (3);
