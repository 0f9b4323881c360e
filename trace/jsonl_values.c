/* SPDX-License-Identifier: MIT */
#include "trace/jsonl_values.h"

#include "models/names.h"
#include "models/segment_text.h"
#include "trace/jsonl.h"

#include <arpa/inet.h>
#include <string.h>

gboolean
sf_trace_complain (const SfTraceReader *reader, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (reader->error, SF_TRACE_ERROR, SF_TRACE_ERROR_FORMAT, "%s:%u:%u: error: %s", reader->name, reader->line,
               reader->column, what);
  return FALSE;
}

static gboolean
find_host (const SfTraceReader *reader, const SfTraceValue *value, guint16 *ret_host)
{
  *ret_host = value->kind == SF_VALUE_STRING ? sf_trace_host_named (reader->trace, value->texts[0]) : SF_NO_HOST;
  return value->kind == SF_VALUE_NULL || *ret_host != SF_NO_HOST;
}

static gboolean
find_link (const SfTraceReader *reader, const SfTraceValue *value, guint16 *ret_link)
{
  *ret_link = SF_NO_LINK;
  if (value->kind != SF_VALUE_STRING)
    return value->kind == SF_VALUE_NULL;
  for (guint i = 0; i < reader->trace->links->len; i++)
    if (strcmp (g_array_index (reader->trace->links, SfTraceLink, i).name, value->texts[0]) == 0)
      {
        *ret_link = (guint16) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_address (const char *text, guint32 *ret_addr)
{
  struct in_addr addr;

  if (inet_pton (AF_INET, text, &addr) != 1)
    return FALSE;
  *ret_addr = ntohl (addr.s_addr);
  return TRUE;
}

static gboolean
parse_flags (const char *text, guint16 *ret_flags)
{
  *ret_flags = 0;
  if (strcmp (text, "-") == 0)
    return TRUE;
  for (; *text != '\0'; text++)
    {
      guint16 flag = sf_segment_flag (*text);

      if (flag == 0)
        return FALSE;
      *ret_flags |= flag;
    }
  return TRUE;
}

gboolean
sf_trace_find_name (const SfNames *names, const char *name, guint *ret_value)
{
  for (guint i = 0; i < names->n; i++)
    if (strcmp (names->name (i), name) == 0)
      {
        *ret_value = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_bits (const SfTraceValue *value, const SfNames *names, guint16 *ret_bits)
{
  guint bit;

  *ret_bits = 0;
  for (gint64 i = 0; value->kind == SF_VALUE_LIST && i < value->number; i++)
    {
      if (!sf_trace_find_name (names, value->texts[i], &bit))
        return FALSE;
      *ret_bits |= (guint16) (1 << bit);
    }
  return value->kind == SF_VALUE_LIST;
}

static gboolean
parse_name (const char *text, const SfNames *names, guint8 *ret_value)
{
  guint value;

  if (!sf_trace_find_name (names, text, &value))
    return FALSE;
  *ret_value = (guint8) value;
  return TRUE;
}

static gboolean
parse_state (const char *text, guint8 *ret_state)
{
  SfState state;

  if (!sf_state_from_name (text, &state))
    return FALSE;
  *ret_state = (guint8) state;
  return TRUE;
}

/* Stores a number as an unsigned integer of `bytes` bytes at `at`. FALSE if it does not fit. */
static gboolean
store_unsigned (const SfTraceValue *value, guint bytes, gpointer at)
{
  gint64 number = value->number;

  if (value->kind != SF_VALUE_NUMBER || number < 0 || (bytes < 8 && number >> 8 * bytes != 0))
    return FALSE;
  if (bytes == 1)
    *(guint8 *) at = (guint8) number;
  else if (bytes == 2)
    *(guint16 *) at = (guint16) number;
  else if (bytes == 4)
    *(guint32 *) at = (guint32) number;
  else
    *(guint64 *) at = (guint64) number;
  return TRUE;
}

static gboolean
store_signed (const SfTraceValue *value, gint64 *at)
{
  *at = value->number;
  return value->kind == SF_VALUE_NUMBER;
}

/* Stores a time. FALSE if it is negative: a run begins at 0. */
static gboolean
store_time (const SfTraceValue *value, SfTime *at)
{
  *at = value->kind == SF_VALUE_NULL ? SF_NEVER : value->number;
  return value->kind == SF_VALUE_NULL || (value->kind == SF_VALUE_NUMBER && value->number >= 0);
}

static gboolean
store_rule (const SfTraceValue *value, gint32 *at)
{
  *at = value->kind == SF_VALUE_NULL ? -1 : (gint32) value->number;
  return value->kind == SF_VALUE_NULL
         || (value->kind == SF_VALUE_NUMBER && value->number >= 0 && value->number <= G_MAXINT32);
}

static gboolean
store_bool (const SfTraceValue *value, gboolean *at)
{
  *at = value->number != 0;
  return value->kind == SF_VALUE_BOOL;
}

static gboolean
store_error (const SfTraceValue *value, int *at)
{
  *at = 0;
  return value->kind == SF_VALUE_NULL || (value->kind == SF_VALUE_STRING && sf_errno_from_name (value->texts[0], at));
}

/* Stores the value of `field`, whose type is written as a string, at `at`. */
static gboolean
store_string (const SfField *field, const SfTraceValue *value, gpointer at)
{
  const char *text = value->texts[0];

  if (value->kind != SF_VALUE_STRING)
    return FALSE;
  if (field->type == SF_FIELD_NAME)
    return parse_name (text, field->names, at);
  if (field->type == SF_FIELD_STATE)
    return parse_state (text, at);
  if (field->type == SF_FIELD_FLAGS)
    return parse_flags (text, at);
  return parse_address (text, at);
}

/* Stores the value of `field` at `at`. FALSE if it is not of the field's type. */
static gboolean
store_value (const SfTraceReader *reader, const SfField *field, const SfTraceValue *value, gpointer at)
{
  switch (field->type)
    {
    case SF_FIELD_U8:
      return store_unsigned (value, 1, at);
    case SF_FIELD_U16:
      return store_unsigned (value, 2, at);
    case SF_FIELD_U32:
      return store_unsigned (value, 4, at);
    case SF_FIELD_U64:
      return store_unsigned (value, 8, at);
    case SF_FIELD_I64:
      return store_signed (value, at);
    case SF_FIELD_TIME:
      return store_time (value, at);
    case SF_FIELD_RULE:
      return store_rule (value, at);
    case SF_FIELD_BOOL:
      return store_bool (value, at);
    case SF_FIELD_BITS:
      return parse_bits (value, field->names, at);
    case SF_FIELD_ERROR:
      return store_error (value, at);
    case SF_FIELD_HOST:
      return find_host (reader, value, at);
    case SF_FIELD_LINK:
      return find_link (reader, value, at);
    case SF_FIELD_NAME:
    case SF_FIELD_STATE:
    case SF_FIELD_FLAGS:
    case SF_FIELD_ADDR:
      return store_string (field, value, at);
    }
  g_return_val_if_reached (FALSE);
}

gboolean
sf_trace_store (const SfTraceReader *reader, const SfField *field, const SfTraceValue *value, gpointer base)
{
  if (value->kind == SF_VALUE_NULL && sf_field_is_null (field, base))
    return TRUE;
  return store_value (reader, field, value, (guint8 *) base + field->at);
}
