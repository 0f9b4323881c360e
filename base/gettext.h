/* SPDX-License-Identifier: MIT
 *
 * Texts that a person reads are in English in the code; the catalogs of po/ translate them (base/catalog.h). Messages
 * to the user of the program are in one language for the whole process, see sf_catalog_speak():
 *
 *   _("connection refused")      is the translation
 *   ngettext ("%u run", "%u runs", n)   for a number
 *
 * Text in a report, a diagram or a file is in the language of its reader. That is an argument or a member `lang` ("zh";
 * NULL: English) of everything that makes words:
 *
 *   tr (lang, "connection refused")
 *   trn (lang, "%u run", "%u runs", n)
 *
 * N_("connection refused") marks a text in a table; it is translated where it is used: tr (lang, row->text). Text for
 * programs is never marked.
 */
#pragma once

#include "base/catalog.h"

#define _(text) sf_catalog_text (sf_catalog_spoken (), text)
#define N_(text) text
#define ngettext(one, many, n) sf_catalog_plural (sf_catalog_spoken (), one, many, n)
#define tr(lang, text) sf_catalog_text (lang, text)
#define trn(lang, one, many, n) sf_catalog_plural (lang, one, many, n)
