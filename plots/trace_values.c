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

struct fy_node *
sf_trace_lookup (struct fy_node *object, const char *key)
{
  return fy_node_mapping_lookup_value_by_simple_key (object, key, FY_NT);
}

const char *
sf_trace_scalar (struct fy_node *node)
{
  return node != NULL && fy_node_is_scalar (node) ? fy_node_get_scalar0 (node) : NULL;
}

gboolean
sf_trace_is_null (struct fy_node *node)
{
  return fy_node_get_style (node) == FYNS_PLAIN && strcmp (sf_trace_scalar (node), "null") == 0;
}

static gboolean
find_host (const SfTraceReader *reader, struct fy_node *node, guint16 *ret_host)
{
  *ret_host = sf_trace_is_null (node) ? SF_NO_HOST : sf_story_host_named (reader->story, sf_trace_scalar (node));
  return sf_trace_is_null (node) || *ret_host != SF_NO_HOST;
}

static gboolean
find_link (const SfTraceReader *reader, struct fy_node *node, guint16 *ret_link)
{
  *ret_link = SF_NO_HOST;
  if (sf_trace_is_null (node))
    return TRUE;
  for (guint i = 0; i < reader->story->links->len; i++)
    if (strcmp (g_array_index (reader->story->links, SfStoryLink, i).name, sf_trace_scalar (node)) == 0)
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
parse_bits (struct fy_node *node, const SfNames *names, guint8 *ret_bits)
{
  struct fy_node *item;
  void *at = NULL;
  guint bit;

  *ret_bits = 0;
  if (!fy_node_is_sequence (node))
    return FALSE;
  while ((item = fy_node_sequence_iterate (node, &at)) != NULL)
    {
      if (sf_trace_scalar (item) == NULL || !sf_trace_find_name (names, sf_trace_scalar (item), &bit))
        return FALSE;
      *ret_bits |= (guint8) (1 << bit);
    }
  return TRUE;
}

static gboolean
parse_unsigned (const char *text, guint64 max, guint64 *ret_value)
{
  return g_ascii_string_to_unsigned (text, 10, 0, max, ret_value, NULL);
}

static gboolean
parse_signed (const char *text, gint64 *ret_value)
{
  return g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, ret_value, NULL);
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
store_unsigned (const char *text, guint bytes, gpointer at)
{
  guint64 value;

  if (!parse_unsigned (text, bytes == 8 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << 8 * bytes) - 1, &value))
    return FALSE;
  if (bytes == 1)
    *(guint8 *) at = (guint8) value;
  else if (bytes == 2)
    *(guint16 *) at = (guint16) value;
  else if (bytes == 4)
    *(guint32 *) at = (guint32) value;
  else
    *(guint64 *) at = value;
  return TRUE;
}

static gboolean
store_rule (struct fy_node *node, gint32 *at)
{
  guint64 value = 0;

  if (!sf_trace_is_null (node) && !parse_unsigned (sf_trace_scalar (node), G_MAXINT32, &value))
    return FALSE;
  *at = sf_trace_is_null (node) ? -1 : (gint32) value;
  return TRUE;
}

static gboolean
store_error (struct fy_node *node, int *at)
{
  *at = 0;
  return sf_trace_is_null (node) || sf_errno_from_name (sf_trace_scalar (node), at);
}

static gboolean
store_time (struct fy_node *node, SfTime *at)
{
  *at = SF_NEVER;
  return sf_trace_is_null (node) || parse_signed (sf_trace_scalar (node), at);
}

/* Puts the value `node` of `field` to `at`; FALSE if it is not of the field's type. */
static gboolean
store_value (const SfTraceReader *reader, const SfField *field, struct fy_node *node, gpointer at)
{
  const char *text = sf_trace_scalar (node);

  if (field->type == SF_FIELD_BITS)
    return parse_bits (node, field->names, at);
  if (text == NULL)
    return FALSE;
  switch (field->type)
    {
    case SF_FIELD_U8:
      return store_unsigned (text, 1, at);
    case SF_FIELD_U16:
      return store_unsigned (text, 2, at);
    case SF_FIELD_U32:
      return store_unsigned (text, 4, at);
    case SF_FIELD_U64:
      return store_unsigned (text, 8, at);
    case SF_FIELD_I64:
      return parse_signed (text, at);
    case SF_FIELD_TIME:
      return store_time (node, at);
    case SF_FIELD_RULE:
      return store_rule (node, at);
    case SF_FIELD_BOOL:
      *(gboolean *) at = strcmp (text, "true") == 0;
      return *(gboolean *) at || strcmp (text, "false") == 0;
    case SF_FIELD_NAME:
      return parse_name (text, field->names, at);
    case SF_FIELD_STATE:
      return parse_state (text, at);
    case SF_FIELD_FLAGS:
      return parse_flags (text, at);
    case SF_FIELD_ERROR:
      return store_error (node, at);
    case SF_FIELD_HOST:
      return find_host (reader, node, at);
    case SF_FIELD_LINK:
      return find_link (reader, node, at);
    case SF_FIELD_ADDR:
      return parse_address (text, at);
    case SF_FIELD_BITS:
      break;
    }
  return FALSE;
}

gboolean
sf_trace_read_fields (const SfTraceReader *reader, struct fy_node *object, const SfFields *fields, gpointer base)
{
  for (guint i = 0; i < fields->n; i++)
    {
      const SfField *field = &fields->field[i];
      struct fy_node *node = sf_trace_lookup (object, field->name);

      if (node == NULL)
        return sf_trace_complain (reader, "\"%s\" is missing", field->name);
      if (sf_field_is_null (field, base) && sf_trace_scalar (node) != NULL && sf_trace_is_null (node))
        continue;
      if (!store_value (reader, field, node, (guint8 *) base + field->at))
        return sf_trace_complain (reader, "\"%s\" has a value that it cannot have", field->name);
    }
  return TRUE;
}
