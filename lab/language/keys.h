/* SPDX-License-Identifier: MIT
 *
 * Every key of the scenario language, as data: lab/language/keys.inc has a section per kind of mapping and a row per
 * key. The loader accepts exactly these, and docs/scenario.schema.json is made from them.
 */
#pragma once

#include <glib.h>

typedef enum
{
#define SF_KEYS(id, name, doc) SF_KEYS_##id,
#define SF_KEY(name, type, doc)
#define SF_MUST(name, type, doc)
#include "lab/language/keys.inc"
#undef SF_KEYS
#undef SF_KEY
#undef SF_MUST
  SF_N_SECTIONS
} SfSection;

typedef struct
{
  const char *name;
  const char *type; /* "time", "state", "match", … */
  const char *doc;
  gboolean required;
} SfKeyInfo;

/* Returns the id of `section` in lower case with '-' for '_': "fault-drop"; to be freed. */
char *sf_section_id (SfSection section);

/* Returns what messages call a mapping of `section`: "link". */
const char *sf_section_name (SfSection section);
const char *sf_section_doc (SfSection section);

/* Returns the names of the keys of `section`, NULL-terminated; not to be freed. */
const char *const *sf_section_keys (SfSection section);

/* Returns the rows of `section` and their number. */
const SfKeyInfo *sf_section_rows (SfSection section, guint *ret_n);
