/* SPDX-License-Identifier: MIT
 *
 * The keys of the scenario language, as data: lab/language/keys.inc has a section for each kind of mapping, and a row
 * for each key. The loader accepts exactly these keys, and reads them by their rows (lab/language/read_keys.h).
 * docs/scenario.schema.json is made from the same rows.
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

/* The parts of a section, read one after the other. Within a part, keys are read in the order of their rows. */
typedef enum
{
  SF_PART_MAIN,
  SF_PART_FIRST,
  SF_PART_LAST,
} SfPart;

typedef struct _SfKey SfKey;

/* Reads `node`, never NULL, as the value of `key` into its field `into`. FALSE after a diagnostic. */
typedef gboolean SfKeyReader (const SfNode *node, const SfKey *key, const SfPlan *plan, SfDiagnostics *diag,
                              gpointer into);

struct _SfKey
{
  const char *name;
  const char *doc;
  SfType type;
  gboolean required;
  int id;            /* what the loader of its section knows it by */
  SfPart part;       /* when it is read */
  guint base;        /* offset, in the struct of the section, of the struct that `at` and `seen` count from */
  guint at, size;    /* offset and size of the field; size 0: the loader of its section reads the key */
  guint seen;        /* offset of the gboolean that is set if the key is there; 0: none */
  gint64 min, max;   /* inclusive; both 0: the range of the type */
  SfKeyReader *read; /* NULL: the reader of the type */
};

/* Returns the id of `section` in lower case with '-' for '_': "fault-drop"; to be freed. */
char *sf_section_id (SfSection section);

/* Returns the name of a mapping of `section` in messages: "link". */
const char *sf_section_name (SfSection section);
const char *sf_section_doc (SfSection section);

/* Returns the names of the keys of `section`, NULL-terminated; not to be freed. */
const char *const *sf_section_keys (SfSection section);

/* Returns the rows of `section` and their number. */
const SfKey *sf_section_rows (SfSection section, guint *ret_n);
