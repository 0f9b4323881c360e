/* SPDX-License-Identifier: MIT
 *
 * The format of trace.jsonl as tables: which fields a record of each kind has, their names and their places in
 * SfRecord. Writer, reader and the test of docs/trace.md use them.
 */
#pragma once

#include "models/record.h"

/* The names of the values of an enumeration, or of bits: name (0) … name (n - 1). */
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
  SF_FIELD_BITS,  /* guint16 of bits: array of their names */
  SF_FIELD_STATE, /* guint8 (SfState): its name */
  SF_FIELD_FLAGS, /* guint16 (SfFlags): "S." */
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
  const SfNames *names; /* for NAME (by value) and BITS (by number of the bit) */
  gsize when_at;        /* if not 0: offset of a guint8; the field is null unless … */
  guint8 when;          /* … that byte is `when` */
} SfField;

typedef struct
{
  const SfField *field;
  guint n;
} SfFields;

/* TRUE if `field` of the structure at `base` is null because another member (`when_at`) says so. */
static inline gboolean
sf_field_is_null (const SfField *field, gconstpointer base)
{
  return field->when_at != 0 && *((const guint8 *) base + field->when_at) != field->when;
}

/* Version of the format, the value of "synfin_trace" in the header. */
#define SF_TRACE_FORMAT 1

/* Fields that all records have, in SfRecord; "kind" is written after the first. */
extern const SfFields sf_trace_head_fields;

/* Further fields of a record, by SfRecordKind; in SfRecord. */
extern const SfFields sf_trace_fields[SF_N_RECORD_KINDS];

/* Fields of the object "segment", in SfSegment; "text" follows them. A record has one if sf_record_segment() is not
 * NULL. */
extern const SfFields sf_trace_segment_fields;

/* The names of SfRecordKind, values of "kind". */
extern const SfNames sf_trace_kind_names;

/* The names of SfEnd, values of "end" in the header. */
extern const SfNames sf_trace_end_names;
