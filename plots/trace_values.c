/* SPDX-License-Identifier: MIT */
#include "plots/trace_values.h"

#include "models/names.h"
#include "plots/trace_jsonl.h"

#include <string.h>

gboolean
sf_trace_complain (const SfTraceReader *reader, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (reader->error, SF_TRACE_ERROR, SF_TRACE_ERROR_FORMAT, "%s:%u:1: error: %s", reader->name, reader->line,
               what);
  return FALSE;
}

static gboolean
find_host (const SfTraceReader *reader, const json_t *value, guint16 *ret_host)
{
  *ret_host = json_is_string (value) ? sf_story_host_named (reader->story, json_string_value (value)) : SF_NO_HOST;
  return json_is_null (value) || *ret_host != SF_NO_HOST;
}

static gboolean
find_link (const SfTraceReader *reader, const json_t *value, guint16 *ret_link)
{
  *ret_link = SF_NO_HOST;
  if (!json_is_string (value))
    return json_is_null (value);
  for (guint i = 0; i < reader->story->links->len; i++)
    if (strcmp (g_array_index (reader->story->links, SfStoryLink, i).name, json_string_value (value)) == 0)
      {
        *ret_link = (guint16) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_address (const char *text, guint32 *ret_addr)
{
  guint part[4];
  int end = 0;

  if (sscanf (text, "%3u.%3u.%3u.%3u%n", &part[0], &part[1], &part[2], &part[3], &end) != 4 || text[end] != '\0')
    return FALSE;
  *ret_addr = 0;
  for (guint i = 0; i < 4; i++)
    {
      if (part[i] > 255)
        return FALSE;
      *ret_addr = *ret_addr << 8 | part[i];
    }
  return TRUE;
}

static gboolean
parse_flags (const char *text, guint8 *ret_flags)
{
  static const char letters[] = "FSRP.UEW"; /* by bit */

  *ret_flags = 0;
  if (strcmp (text, "-") == 0)
    return TRUE;
  for (; *text != '\0'; text++)
    {
      const char *letter = strchr (letters, *text);

      if (letter == NULL)
        return FALSE;
      *ret_flags |= (guint8) (1 << (letter - letters));
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
parse_bits (const json_t *value, const SfNames *names, guint8 *ret_bits)
{
  guint bit;

  *ret_bits = 0;
  for (gsize i = 0; i < json_array_size (value); i++)
    {
      const json_t *item = json_array_get (value, i);

      if (!json_is_string (item) || !sf_trace_find_name (names, json_string_value (item), &bit))
        return FALSE;
      *ret_bits |= (guint8) (1 << bit);
    }
  return json_is_array (value);
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

/* Puts an unsigned number of `bytes` bytes to `at`. */
static gboolean
store_unsigned (const json_t *value, guint bytes, gpointer at)
{
  json_int_t number = json_integer_value (value);

  if (!json_is_integer (value) || number < 0 || (bytes < 8 && number >> 8 * bytes != 0))
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
store_signed (const json_t *value, gint64 *at)
{
  *at = json_integer_value (value);
  return json_is_integer (value);
}

static gboolean
store_time (const json_t *value, SfTime *at)
{
  if (!json_is_null (value))
    return store_signed (value, at);
  *at = SF_NEVER;
  return TRUE;
}

static gboolean
store_rule (const json_t *value, gint32 *at)
{
  json_int_t number = json_is_null (value) ? -1 : json_integer_value (value);

  *at = (gint32) number;
  return json_is_null (value) || (json_is_integer (value) && number >= 0 && number <= G_MAXINT32);
}

static gboolean
store_bool (const json_t *value, gboolean *at)
{
  *at = json_is_true (value);
  return json_is_boolean (value);
}

static gboolean
store_error (const json_t *value, int *at)
{
  *at = 0;
  return json_is_null (value) || (json_is_string (value) && sf_errno_from_name (json_string_value (value), at));
}

/* Puts the value of `field`, of a type that is written as a string, to `at`. */
static gboolean
store_string (const SfField *field, const char *text, gpointer at)
{
  if (text == NULL)
    return FALSE;
  if (field->type == SF_FIELD_NAME)
    return parse_name (text, field->names, at);
  if (field->type == SF_FIELD_STATE)
    return parse_state (text, at);
  if (field->type == SF_FIELD_FLAGS)
    return parse_flags (text, at);
  return parse_address (text, at);
}

/* Puts the value of `field` to `at`; FALSE if it is not of the field's type. */
static gboolean
store_value (const SfTraceReader *reader, const SfField *field, const json_t *value, gpointer at)
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
      return store_string (field, json_string_value (value), at);
    }
  g_return_val_if_reached (FALSE);
}

gboolean
sf_trace_read_fields (const SfTraceReader *reader, const json_t *object, const SfFields *fields, gpointer base)
{
  for (guint i = 0; i < fields->n; i++)
    {
      const SfField *field = &fields->field[i];
      const json_t *value = json_object_get (object, field->name);

      if (value == NULL)
        return sf_trace_complain (reader, "\"%s\" is missing", field->name);
      if (sf_field_is_null (field, base) && json_is_null (value))
        continue;
      if (!store_value (reader, field, value, (guint8 *) base + field->at))
        return sf_trace_complain (reader, "\"%s\" has a value that it cannot have", field->name);
    }
  return TRUE;
}
