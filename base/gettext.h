/* SPDX-License-Identifier: MIT
 *
 * What a person reads is written in English in the code and translated by the catalogs of po/:
 *
 *   _("connection refused")      is the translation
 *   N_("connection refused")     marks a text of a table, which is translated where it is used: _(row->text)
 *   ngettext ("%u run", "%u runs", n)   for a number
 *
 * Where the catalogs are, and which language is spoken, is the program's affair (cli/shared/language.c); elsewhere it
 * is English. What machines read is never marked.
 */
#pragma once

#include <libintl.h>

#define _(text) gettext (text)
#define N_(text) text
