/* SPDX-License-Identifier: MIT */
#include "trace/jsonl_scan.h"

#include <string.h>

/* Bytes for the strings of one value, with their NULs. Longer strings are rare and left to the JSON parser. */
#define ROOM 256

/* Every number of this many digits fits into 63 bits. */
#define MOST_DIGITS 18

typedef struct
{
  const SfTraceReader *reader;
  const char *at, *end;
  char strings[ROOM]; /* the strings of the current value */
  gsize used;
} Scan;

/* Skips `c`. FALSE if another character comes next. */
static gboolean
skip (Scan *scan, char c)
{
  if (scan->at >= scan->end || *scan->at != c)
    return FALSE;
  scan->at++;
  return TRUE;
}

static gboolean
skip_word (Scan *scan, const char *word)
{
  gsize len = strlen (word);

  if ((gsize) (scan->end - scan->at) < len || memcmp (scan->at, word, len) != 0)
    return FALSE;
  scan->at += len;
  return TRUE;
}

/* Skips `open` and the name of a field with its colon. */
static gboolean
skip_key (Scan *scan, char open, const char *name)
{
  return skip (scan, open) && skip (scan, '"') && skip_word (scan, name) && skip (scan, '"') && skip (scan, ':');
}

/* Skips a string without escapes. Stores where it is, without its quotes. */
static gboolean
skip_string (Scan *scan, const char **ret_text, gsize *ret_len)
{
  if (!skip (scan, '"'))
    return FALSE;
  for (*ret_text = scan->at; scan->at < scan->end && *scan->at != '"'; scan->at++)
    if (*scan->at == '\\' || (guchar) *scan->at < 0x20)
      return FALSE;
  *ret_len = (gsize) (scan->at - *ret_text);
  return skip (scan, '"');
}

/* The same, but stores a copy that ends with NUL. */
static gboolean
scan_string (Scan *scan, const char **ret_text)
{
  const char *text;
  char *copy = scan->strings + scan->used;
  gsize len;

  if (!skip_string (scan, &text, &len) || len >= ROOM - scan->used)
    return FALSE;
  memcpy (copy, text, len);
  copy[len] = '\0';
  scan->used += len + 1;
  *ret_text = copy;
  return TRUE;
}

static gboolean
scan_number (Scan *scan, gint64 *ret_number)
{
  gboolean negative = skip (scan, '-');
  const char *begin = scan->at;

  for (*ret_number = 0; scan->at < scan->end && g_ascii_isdigit (*scan->at); scan->at++)
    {
      if (scan->at - begin == MOST_DIGITS)
        return FALSE;
      *ret_number = 10 * *ret_number + (*scan->at - '0');
    }
  if (negative)
    *ret_number = -*ret_number;
  return scan->at > begin && (*begin != '0' || scan->at == begin + 1);
}

static gboolean
scan_list (Scan *scan, SfTraceValue *value)
{
  for (value->number = 0; !skip (scan, ']'); value->number++)
    if (value->number == SF_VALUE_TEXTS || (value->number > 0 && !skip (scan, ','))
        || !scan_string (scan, &value->texts[value->number]))
      return FALSE;
  return TRUE;
}

static gboolean
scan_value (Scan *scan, SfTraceValue *value)
{
  scan->used = 0;
  if (scan->at >= scan->end)
    return FALSE;
  switch (*scan->at)
    {
    case '"':
      value->kind = SF_VALUE_STRING;
      return scan_string (scan, &value->texts[0]);
    case '[':
      value->kind = SF_VALUE_LIST;
      return skip (scan, '[') && scan_list (scan, value);
    case 'n':
      value->kind = SF_VALUE_NULL;
      return skip_word (scan, "null");
    case 't':
    case 'f':
      value->kind = SF_VALUE_BOOL;
      value->number = *scan->at == 't';
      return skip_word (scan, value->number != 0 ? "true" : "false");
    default:
      value->kind = SF_VALUE_NUMBER;
      return scan_number (scan, &value->number);
    }
}

static gboolean
scan_field (Scan *scan, char open, const SfField *field, gpointer base)
{
  SfTraceValue value;

  return skip_key (scan, open, field->name) && scan_value (scan, &value)
         && sf_trace_store (scan->reader, field, &value, base);
}

/* Reads all of `fields` into the structure at `base`. The first comes after `open`, the others after commas. */
static gboolean
scan_fields (Scan *scan, char open, const SfFields *fields, gpointer base)
{
  for (guint i = 0; i < fields->n; i++)
    if (!scan_field (scan, i == 0 ? open : ',', &fields->field[i], base))
      return FALSE;
  return TRUE;
}

static gboolean
scan_kind (Scan *scan, SfRecord *record)
{
  const char *name;
  guint kind;

  scan->used = 0;
  if (!skip_key (scan, ',', "kind") || !scan_string (scan, &name)
      || !sf_trace_find_name (&sf_trace_kind_names, name, &kind))
    return FALSE;
  record->head.kind = (guint16) kind;
  return TRUE;
}

static gboolean
scan_segment (Scan *scan, SfSegment *seg)
{
  const char *text;
  gsize len;

  return skip_key (scan, ',', "segment") && scan_fields (scan, '{', &sf_trace_segment_fields, seg)
         && skip_key (scan, ',', "text") && skip_string (scan, &text, &len) && g_utf8_validate_len (text, len, NULL)
         && skip (scan, '}');
}

gboolean
sf_trace_scan (const SfTraceReader *reader, const char *text, gsize len, SfRecord *record)
{
  Scan scan = { .reader = reader, .at = text, .end = text + len };
  const SfFields rest = { sf_trace_head_fields.field + 1, sf_trace_head_fields.n - 1 };
  SfSegment *seg;

  *record = (SfRecord){ 0 };
  if (!scan_field (&scan, '{', &sf_trace_head_fields.field[0], record) || !scan_kind (&scan, record)
      || !scan_fields (&scan, ',', &rest, record)
      || !scan_fields (&scan, ',', &sf_trace_fields[record->head.kind], record))
    return FALSE;
  seg = (SfSegment *) sf_record_segment (record); /* the record is ours */
  return (seg == NULL || scan_segment (&scan, seg)) && skip (&scan, '}') && scan.at == scan.end;
}
