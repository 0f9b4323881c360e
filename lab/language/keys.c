/* SPDX-License-Identifier: MIT */
#include "lab/language/keys.h"

/* clang-format off */

/* The rows of each section in a table of its own: a section ends the one before it with a row of NULLs, and begins its
 * own. */
#define NO_KEY { NULL, NULL, NULL, FALSE }
#define SF_KEYS(id, name, doc) NO_KEY }; static const SfKeyInfo rows_##id[] = {
#define SF_KEY(name, type, doc) { name, type, doc, FALSE },
#define SF_MUST(name, type, doc) { name, type, doc, TRUE },
static const SfKeyInfo rows_of_none[] G_GNUC_UNUSED = {
#include "lab/language/keys.inc"
NO_KEY };
#undef SF_KEYS
#undef SF_KEY
#undef SF_MUST

/* The names alone, in the same way. */
#define SF_KEYS(id, name, doc) NULL }; static const char *const names_##id[] = {
#define SF_KEY(name, type, doc) name,
#define SF_MUST(name, type, doc) name,
static const char *const names_of_none[] G_GNUC_UNUSED = {
#include "lab/language/keys.inc"
NULL };
#undef SF_KEYS
#undef SF_KEY
#undef SF_MUST

/* clang-format on */

static const struct
{
  const char *id;
  const char *name;
  const char *doc;
  const SfKeyInfo *rows;
  guint n_rows;
  const char *const *names;
} sections[] = {
#define SF_KEYS(id, name, doc) { #id, name, doc, rows_##id, G_N_ELEMENTS (rows_##id) - 1, names_##id },
#define SF_KEY(name, type, doc)
#define SF_MUST(name, type, doc)
#include "lab/language/keys.inc"
#undef SF_KEYS
#undef SF_KEY
#undef SF_MUST
};

char *
sf_section_id (SfSection section)
{
  g_autofree char *lower = g_ascii_strdown (sections[section].id, -1);

  return g_strdelimit (g_steal_pointer (&lower), "_", '-');
}

const char *
sf_section_name (SfSection section)
{
  return sections[section].name;
}

const char *
sf_section_doc (SfSection section)
{
  return sections[section].doc;
}

const char *const *
sf_section_keys (SfSection section)
{
  return sections[section].names;
}

const SfKeyInfo *
sf_section_rows (SfSection section, guint *ret_n)
{
  *ret_n = sections[section].n_rows;
  return sections[section].rows;
}
