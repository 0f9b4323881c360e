/* SPDX-License-Identifier: MIT
 *
 * The form of trace.jsonl as tables: which fields a record of each kind has, what they are called and where they are
 * in SfRecord. Writer, reader and the test of docs/trace.md all go by them.
 */
#pragma once

#include "models/record.h"

/* The names of an enumeration, or of the bits of one: name (0) … name (n - 1). */
typedef struct
{
  const char *(*name) (guint value);
  guint n;
} SfNames;

typedef enum
{
  SF_FIELD_U8,
  SF_FIELD_U16,
  SF_FIELD_U32,
  SF_FIELD_U64,
  SF_FIELD_I64,
  SF_FIELD_TIME,  /* SfTime; null: never */
  SF_FIELD_RULE,  /* gint32; null: -1 */
  SF_FIELD_BOOL,  /* gboolean */
  SF_FIELD_NAME,  /* guint8 of an enumeration: its name */
  SF_FIELD_BITS,  /* guint8 of bits: array of their names */
  SF_FIELD_STATE, /* guint8 (SfState): its name */
  SF_FIELD_FLAGS, /* guint8 (SfFlags): "S." */
  SF_FIELD_ERROR, /* gint32 (errno): its name, null for none */
  SF_FIELD_HOST,  /* guint16: name of the host, null for SF_NO_HOST */
  SF_FIELD_LINK,  /* guint16: name of the link, null for SF_NO_LINK */
  SF_FIELD_ADDR,  /* guint32 in host byte order: "192.0.2.1" */
} SfFieldType;

typedef struct
{
  const char *name;
  SfFieldType type;
  gsize at;             /* offset in the structure */
  const SfNames *names; /* of NAME and BITS (by number of the bit) */
  gsize when_at;        /* if not 0: there is a guint8 there, and the field is null unless … */
  guint8 when;          /* … it is this */
} SfField;

typedef struct
{
  const SfField *field;
  guint n;
} SfFields;

/* TRUE if `field` of what is at `base` is null because of another one. */
static inline gboolean
sf_field_is_null (const SfField *field, gconstpointer base)
{
  return field->when_at != 0 && *((const guint8 *) base + field->when_at) != field->when;
}

/* Version of the form, the value of "synfin_trace" in the header. */
#define SF_TRACE_FORMAT 1

/* Fields of all records but "kind", which is the second one; of SfRecord. */
extern const SfFields sf_trace_head_fields;

/* Further fields by SfRecordKind; of SfRecord. */
extern const SfFields sf_trace_fields[SF_N_RECORD_KINDS];

/* Fields of "segment", which records have for which sf_record_segment() is not NULL; of SfSegment. "text" follows. */
extern const SfFields sf_trace_segment_fields;

/* SfRecordKind, the value of "kind". */
extern const SfNames sf_trace_kind_names;

/* SfEnd, the value of "end" in the header. */
extern const SfNames sf_trace_end_names;
