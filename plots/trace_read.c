/* SPDX-License-Identifier: MIT */
#include "plots/trace_jsonl.h"

#include "models/names.h"
#include "plots/trace_fields.h"

#include <libfyaml.h>
#include <string.h>

G_DEFINE_QUARK (sf-trace-error-quark, sf_trace_error)

/* Where the reader is. */
typedef struct
{
  SfStory *story;
  const char *name; /* of the file */
  guint line;       /* from 1 */
  gsize n_lines;    /* at most so many: no serial number is greater */
  GError **error;
} Reader;

static gboolean G_GNUC_PRINTF (2, 3)
complain (const Reader *reader, const char *format, ...)
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

/* Returns the text of a string, number, boolean or null; NULL for anything else. Good while the document is. */
static const char *
scalar_text (struct fy_node *node)
{
  return node != NULL && fy_node_is_scalar (node) ? fy_node_get_scalar0 (node) : NULL;
}

static gboolean
is_null (struct fy_node *node)
{
  return fy_node_get_style (node) == FYNS_PLAIN && strcmp (scalar_text (node), "null") == 0;
}

static gboolean
find_host (const Reader *reader, struct fy_node *node, guint16 *ret_host)
{
  *ret_host = is_null (node) ? SF_NO_HOST : sf_story_host_named (reader->story, scalar_text (node));
  return is_null (node) || *ret_host != SF_NO_HOST;
}

static gboolean
find_link (const Reader *reader, struct fy_node *node, guint16 *ret_link)
{
  *ret_link = SF_NO_HOST;
  if (is_null (node))
    return TRUE;
  for (guint i = 0; i < reader->story->links->len; i++)
    if (strcmp (g_array_index (reader->story->links, SfStoryLink, i).name, scalar_text (node)) == 0)
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

static gboolean
find_name (const SfNames *names, const char *name, guint *ret_value)
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
      if (scalar_text (item) == NULL || !find_name (names, scalar_text (item), &bit))
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

  if (!find_name (names, text, &value))
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

  if (!is_null (node) && !parse_unsigned (scalar_text (node), G_MAXINT32, &value))
    return FALSE;
  *at = is_null (node) ? -1 : (gint32) value;
  return TRUE;
}

static gboolean
store_error (struct fy_node *node, int *at)
{
  *at = 0;
  return is_null (node) || sf_errno_from_name (scalar_text (node), at);
}

static gboolean
store_time (struct fy_node *node, SfTime *at)
{
  *at = SF_NEVER;
  return is_null (node) || parse_signed (scalar_text (node), at);
}

/* Puts the value `node` of `field` to `at`; FALSE if it is not of the field's type. */
static gboolean
store_value (const Reader *reader, const SfField *field, struct fy_node *node, gpointer at)
{
  const char *text = scalar_text (node);

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

static gboolean
read_fields (const Reader *reader, struct fy_node *object, const SfFields *fields, gpointer base)
{
  for (guint i = 0; i < fields->n; i++)
    {
      const SfField *field = &fields->field[i];
      struct fy_node *node = fy_node_mapping_lookup_value_by_simple_key (object, field->name, FY_NT);

      if (node == NULL)
        return complain (reader, "\"%s\" is missing", field->name);
      if (!store_value (reader, field, node, (guint8 *) base + field->at))
        return complain (reader, "\"%s\" has a value that it cannot have", field->name);
    }
  return TRUE;
}

/* What no type can say: numbers that name something must name something that is there. */
static gboolean
check_record (const Reader *reader, const SfRecord *record)
{
  if (record->conn > reader->n_lines)
    return complain (reader, "there cannot be a connection %u", record->conn);
  if (record->head.kind == SF_RECORD_CONN && (record->conn == 0 || record->host == SF_NO_HOST))
    return complain (reader, "a connection needs a number and a host");
  return TRUE;
}

static gboolean
read_record (const Reader *reader, struct fy_node *object)
{
  const char *name = scalar_text (fy_node_mapping_lookup_value_by_simple_key (object, "kind", FY_NT));
  SfRecord record = { 0 };
  SfSegment *seg;
  guint kind;

  if (name == NULL || !find_name (&sf_trace_kind_names, name, &kind))
    return complain (reader, "there is no kind of record called \"%s\"", name != NULL ? name : "");
  record.head.kind = (guint16) kind;
  if (!read_fields (reader, object, &sf_trace_head_fields, &record)
      || !read_fields (reader, object, &sf_trace_fields[kind], &record))
    return FALSE;

  seg = (SfSegment *) sf_record_segment (&record); /* the record is ours */
  if (seg != NULL)
    {
      struct fy_node *node = fy_node_mapping_lookup_value_by_simple_key (object, "segment", FY_NT);

      if (node == NULL || !fy_node_is_mapping (node))
        return complain (reader, "\"segment\" is missing");
      if (!read_fields (reader, node, &sf_trace_segment_fields, seg))
        return FALSE;
      if (seg->conn > reader->n_lines)
        return complain (reader, "there cannot be a connection %u", seg->conn);
    }
  if (!check_record (reader, &record))
    return FALSE;
  g_array_append_val (reader->story->records, record);
  return TRUE;
}

/* The header: what is read into places of its own first, then the lists. */
typedef struct
{
  guint32 format;
  guint64 seed, replication, events;
  SfTime end_time;
  guint8 end;
} Header;

static const SfField header_fields[] = {
  { "synfin_trace", SF_FIELD_U32, G_STRUCT_OFFSET (Header, format), NULL },
  { "seed", SF_FIELD_U64, G_STRUCT_OFFSET (Header, seed), NULL },
  { "replication", SF_FIELD_U64, G_STRUCT_OFFSET (Header, replication), NULL },
  { "end", SF_FIELD_NAME, G_STRUCT_OFFSET (Header, end), &sf_trace_end_names },
  { "end_ns", SF_FIELD_TIME, G_STRUCT_OFFSET (Header, end_time), NULL },
  { "events", SF_FIELD_U64, G_STRUCT_OFFSET (Header, events), NULL },
};

/* A host or link of the header. */
typedef struct
{
  gboolean router;
  guint32 addr, n_addrs, line;
  guint16 a, b;
} HeaderItem;

static const SfField host_fields[] = {
  { "router", SF_FIELD_BOOL, G_STRUCT_OFFSET (HeaderItem, router), NULL },
  { "addr", SF_FIELD_ADDR, G_STRUCT_OFFSET (HeaderItem, addr), NULL },
  { "n_addrs", SF_FIELD_U32, G_STRUCT_OFFSET (HeaderItem, n_addrs), NULL },
};

static const SfField link_fields[] = {
  { "a", SF_FIELD_HOST, G_STRUCT_OFFSET (HeaderItem, a), NULL },
  { "b", SF_FIELD_HOST, G_STRUCT_OFFSET (HeaderItem, b), NULL },
};

static const SfField fault_fields[] = {
  { "line", SF_FIELD_U32, G_STRUCT_OFFSET (HeaderItem, line), NULL },
};

static void
add_host (SfStory *story, const char *name, const HeaderItem *item)
{
  sf_story_add_host (story, name, item->router, item->addr, item->n_addrs);
}

static void
add_link (SfStory *story, const char *name, const HeaderItem *item)
{
  sf_story_add_link (story, name, item->a, item->b);
}

static void
add_fault (SfStory *story, const char *text, const HeaderItem *item)
{
  sf_story_add_fault (story, text, item->line);
}

/* In this order: links are told by the names of hosts. */
static const struct
{
  const char *key, *name_key;
  SfFields fields;
  void (*add) (SfStory *story, const char *name, const HeaderItem *item);
} header_lists[] = {
  { "hosts", "name", { host_fields, G_N_ELEMENTS (host_fields) }, add_host },
  { "links", "name", { link_fields, G_N_ELEMENTS (link_fields) }, add_link },
  { "faults", "text", { fault_fields, G_N_ELEMENTS (fault_fields) }, add_fault },
};

static gboolean
read_header_list (const Reader *reader, struct fy_node *object, guint which)
{
  struct fy_node *list = fy_node_mapping_lookup_value_by_simple_key (object, header_lists[which].key, FY_NT);
  struct fy_node *node;
  void *at = NULL;

  if (list == NULL || !fy_node_is_sequence (list))
    return complain (reader, "\"%s\" is missing", header_lists[which].key);
  while ((node = fy_node_sequence_iterate (list, &at)) != NULL)
    {
      const char *name = scalar_text (fy_node_mapping_lookup_value_by_simple_key (node, header_lists[which].name_key, FY_NT));
      HeaderItem item = { 0 };

      if (name == NULL)
        return complain (reader, "an item of \"%s\" has no name", header_lists[which].key);
      if (!read_fields (reader, node, &header_lists[which].fields, &item))
        return FALSE;
      header_lists[which].add (reader->story, name, &item);
    }
  return TRUE;
}

static gboolean
read_texts (const Reader *reader, struct fy_node *object)
{
  struct fy_node *list = fy_node_mapping_lookup_value_by_simple_key (object, "texts", FY_NT);
  struct fy_node *node;
  void *at = NULL;

  if (list == NULL || !fy_node_is_sequence (list))
    return complain (reader, "\"texts\" is missing");
  while ((node = fy_node_sequence_iterate (list, &at)) != NULL)
    {
      if (scalar_text (node) == NULL)
        return complain (reader, "\"texts\" holds something that is no text");
      g_ptr_array_add (reader->story->texts, g_strdup (scalar_text (node)));
    }
  return TRUE;
}

static char *
header_string (struct fy_node *object, const char *key)
{
  struct fy_node *node = fy_node_mapping_lookup_value_by_simple_key (object, key, FY_NT);

  return scalar_text (node) == NULL || is_null (node) ? NULL : g_strdup (scalar_text (node));
}

static gboolean
read_header (const Reader *reader, struct fy_node *object)
{
  const SfFields fields = { header_fields, G_N_ELEMENTS (header_fields) };
  SfStory *story = reader->story;
  Header header = { 0 };

  if (fy_node_mapping_lookup_value_by_simple_key (object, "synfin_trace", FY_NT) == NULL)
    return complain (reader, "this is no synfin trace");
  if (!read_fields (reader, object, &fields, &header))
    return FALSE;
  if (header.format != SF_TRACE_FORMAT)
    return complain (reader, "this trace has format %u, and only %u can be read", header.format, SF_TRACE_FORMAT);
  for (guint i = 0; i < G_N_ELEMENTS (header_lists); i++)
    if (!read_header_list (reader, object, i))
      return FALSE;
  if (!read_texts (reader, object))
    return FALSE;
  story->file = header_string (object, "file");
  story->title = header_string (object, "title");
  story->asks = header_string (object, "asks");
  story->explain = header_string (object, "explain");
  story->variant = header_string (object, "variant");
  story->seed = (SfSeed){ header.seed, header.replication };
  story->end = header.end;
  story->end_time = header.end_time;
  story->n_events = header.events;
  return TRUE;
}

static gboolean
read_line (const Reader *reader, const char *text, gsize len)
{
  const struct fy_parse_cfg config = { .flags = FYPCF_QUIET | FYPCF_JSON_FORCE };
  struct fy_document *document = fy_document_build_from_string (&config, text, len);
  struct fy_node *root = document != NULL ? fy_document_root (document) : NULL;
  gboolean good;

  if (root == NULL || !fy_node_is_mapping (root))
    good = complain (reader, "this line is no JSON object");
  else if (reader->line == 1)
    good = read_header (reader, root);
  else
    good = read_record (reader, root);
  fy_document_destroy (document);
  return good;
}

static gsize
count_lines (const char *text, gsize len)
{
  gsize n = 1;

  for (gsize i = 0; i < len; i++)
    n += text[i] == '\n';
  return n;
}

SfStory *
sf_trace_read (const char *text, gsize len, const char *name, GError **error)
{
  g_autoptr (SfStory) story = sf_story_new ();
  Reader reader = { story, name, 0, count_lines (text, len), error };
  gsize at = 0;

  do
    {
      const char *end = memchr (text + at, '\n', len - at);
      gsize line_len = end != NULL ? (gsize) (end - text) - at : len - at;

      reader.line++;
      if (!read_line (&reader, text + at, line_len))
        return NULL;
      at += line_len + 1;
    }
  while (at < len);
  sf_story_index (story);
  return g_steal_pointer (&story);
}
