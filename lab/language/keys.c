/* SPDX-License-Identifier: MIT
 *
 * The sections of keys.inc as tables.
 */
#include "lab/language/keys.h"

#include "lab/language/load.h"

#include <stddef.h>

/* clang-format off */

/* The field of a key, as rows of keys.inc give it. */
#define BY_HAND .size = 0
#define FIELD(s, field) .at = offsetof (s, field), .size = sizeof (((s *) NULL)->field)
#define WHOLE(s) .at = 0, .size = sizeof (s)
#define IN(offset, where) .base = (offset), where
#define RANGE(lowest, highest) , .min = (lowest), .max = (highest)
#define BY(function) , .read = function
#define SEEN(s, field) , .seen = offsetof (s, field)
#define FIRST , .part = SF_PART_FIRST
#define LAST , .part = SF_PART_LAST
#define ID(number) , .id = (number)

/* The rows of each section, in a table each. SF_KEYS ends the table before it with a row of NULLs, and begins its own.
 * */
#define NO_KEY { .name = NULL }
#define SF_KEYS(section, title, text) NO_KEY }; static const SfKey rows_##section[] = {
#define SF_KEY(key, kind, where, text) { .name = key, .doc = text, .type = SF_TYPE_##kind, where },
#define SF_MUST(key, kind, where, text) { .name = key, .doc = text, .type = SF_TYPE_##kind, .required = TRUE, where },
static const SfKey rows_of_none[] G_GNUC_UNUSED = {
#include "lab/language/keys.inc"
NO_KEY };
#undef SF_KEYS
#undef SF_KEY
#undef SF_MUST

/* The names of the keys, in the same way. */
#define SF_KEYS(section, title, text) NULL }; static const char *const names_##section[] = {
#define SF_KEY(key, kind, where, text) key,
#define SF_MUST(key, kind, where, text) key,
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
  const SfKey *rows;
  guint n_rows;
  const char *const *names;
} sections[] = {
#define SF_KEYS(section, title, text) \
  { #section, title, text, rows_##section, G_N_ELEMENTS (rows_##section) - 1, names_##section },
#define SF_KEY(key, kind, where, text)
#define SF_MUST(key, kind, where, text)
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

const SfKey *
sf_section_rows (SfSection section, guint *ret_n)
{
  *ret_n = sections[section].n_rows;
  return sections[section].rows;
}
