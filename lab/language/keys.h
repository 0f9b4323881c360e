/* SPDX-License-Identifier: MIT
 *
 * Every key of the scenario language, as data: lab/language/keys.inc has a section per kind of mapping and a row per
 * key. The loader accepts exactly these, and reads them by their rows (lab/language/read_keys.h);
 * docs/scenario.schema.json is made from them.
 */
#pragma once

#include "lab/language/document.h"
#include "models/plan.h"

typedef enum
{
#define SF_KEYS(id, name, doc) SF_KEYS_##id,
#define SF_KEY(name, type, where, doc)
#define SF_MUST(name, type, where, doc)
#include "lab/language/keys.inc"
#undef SF_KEYS
#undef SF_KEY
#undef SF_MUST
  SF_N_SECTIONS
} SfSection;

typedef enum
{
#define SF_TYPE(id, schema) SF_TYPE_##id,
#define SF_READ(id, reader, min, max, schema) SF_TYPE_##id,
#define SF_INTEGER(id, min, max) SF_TYPE_##id,
#define SF_CHOICE(id, ...) SF_TYPE_##id,
#define SF_ALIAS(id, type, reader) SF_TYPE_##id,
#define SF_SECTION(id) SF_TYPE_##id,
#include "lab/language/types.inc"
#undef SF_TYPE
#undef SF_READ
#undef SF_INTEGER
#undef SF_CHOICE
#undef SF_ALIAS
#undef SF_SECTION
  SF_N_TYPES
} SfType;

/* When the keys of a section are read: these parts one after the other, the keys of each in the order of their rows. */
typedef enum
{
  SF_PART_MAIN,
  SF_PART_FIRST,
  SF_PART_LAST,
} SfPart;

typedef struct _SfKey SfKey;

/* Reads `node`, which is there, as `key` says; `into` is the field of the key. */
typedef gboolean SfKeyReader (const SfNode *node, const SfKey *key, const SfPlan *plan, SfDiagnostics *diag,
                              gpointer into);

struct _SfKey
{
  const char *name;
  const char *doc;
  SfType type;
  gboolean required;
  int id;            /* what the key is to the loader of its section */
  SfPart part;       /* when it is read */
  guint base;        /* where the struct that the next two count from lies in that of the section */
  guint at, size;    /* of the field; no size: it is read by the loader of its section */
  guint seen;        /* of the gboolean that says that the key is there; 0: there is none */
  gint64 min, max;   /* inclusive; both 0: those of the type */
  SfKeyReader *read; /* NULL: that of the type */
};

/* Returns the id of `section` in lower case with '-' for '_': "fault-drop"; to be freed. */
char *sf_section_id (SfSection section);

/* Returns what messages call a mapping of `section`: "link". */
const char *sf_section_name (SfSection section);
const char *sf_section_doc (SfSection section);

/* Returns the names of the keys of `section`, NULL-terminated; not to be freed. */
const char *const *sf_section_keys (SfSection section);

/* Returns the rows of `section` and their number. */
const SfKey *sf_section_rows (SfSection section, guint *ret_n);
