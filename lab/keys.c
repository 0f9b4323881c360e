/* SPDX-License-Identifier: MIT */
#include "lab/keys.h"

static const struct
{
  const char *id;
  const char *name;
  const char *doc;
} sections[] = {
#define SF_KEYS(id, name, doc) { #id, name, doc },
#define SF_KEY(name, type, doc)
#define SF_MUST(name, type, doc)
#include "lab/keys.inc"
#undef SF_KEYS
#undef SF_KEY
#undef SF_MUST
};

/* The rows of all sections one after the other, each section preceded by a row of NULLs; one more ends the table. */
static const SfKeyInfo rows[] = {
#define SF_KEYS(id, name, doc) { NULL, NULL, NULL, FALSE },
#define SF_KEY(name, type, doc) { name, type, doc, FALSE },
#define SF_MUST(name, type, doc) { name, type, doc, TRUE },
#include "lab/keys.inc"
#undef SF_KEYS
#undef SF_KEY
#undef SF_MUST
  { NULL, NULL, NULL, FALSE },
};

/* The names alone, in the same places: from behind its NULL on, a section's names are a NULL-terminated list. */
static const char *const names[] = {
#define SF_KEYS(id, name, doc) NULL,
#define SF_KEY(name, type, doc) name,
#define SF_MUST(name, type, doc) name,
#include "lab/keys.inc"
#undef SF_KEYS
#undef SF_KEY
#undef SF_MUST
  NULL,
};

/* Index of the first row of `section`. */
static guint
first_row (SfSection section)
{
  guint i = 0;

  for (guint before = 0; before <= section; i++)
    before += rows[i].name == NULL;
  return i;
}

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
  return &names[first_row (section)];
}

const SfKeyInfo *
sf_section_rows (SfSection section, guint *ret_n)
{
  guint first = first_row (section), n = 0;

  while (rows[first + n].name != NULL)
    n++;
  *ret_n = n;
  return &rows[first];
}
