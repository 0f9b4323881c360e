/* SPDX-License-Identifier: MIT
 *
 * What a person reads is written in English in the code and translated by the catalogs of po/ (base/catalog.h). What is
 * said at once, to whoever has called the program, is in the language that is spoken:
 *
 *   _("connection refused")      is the translation
 *   ngettext ("%u run", "%u runs", n)   for a number
 *
 * What is written for a reader, into a report, a diagram or a file, is in the language of that reader, which is an
 * argument or a member `lang` ("zh"; NULL: English) of everything that makes words:
 *
 *   tr (lang, "connection refused")
 *   trn (lang, "%u run", "%u runs", n)
 *
 * And N_("connection refused") marks a text of a table, which is translated where it is used: tr (lang, row->text).
 * What machines read is never marked.
 */
#pragma once

#include "base/catalog.h"

#define _(text) sf_catalog_text (sf_catalog_spoken (), text)
#define N_(text) text
#define ngettext(one, many, n) sf_catalog_plural (sf_catalog_spoken (), one, many, n)
#define tr(lang, text) sf_catalog_text (lang, text)
#define trn(lang, one, many, n) sf_catalog_plural (lang, one, many, n)
