/* SPDX-License-Identifier: MIT */
#include "trace/jsonl.h"

#include "trace/jsonl_scan.h"
#include "trace/jsonl_values.h"

#include <jansson.h>
#include <string.h>

/* clang-format would put blanks into the name. */
/* clang-format off */
G_DEFINE_QUARK (sf-trace-error-quark, sf_trace_error)
/* clang-format on */

/* Values from Jansson. */

static SfTraceValue
list_value (const json_t *list)
{
  SfTraceValue value = { .kind = SF_VALUE_LIST, .number = (gint64) json_array_size (list) };

  if (value.number > SF_VALUE_TEXTS)
    return (SfTraceValue){ .kind = SF_VALUE_OTHER };
  for (gint64 i = 0; i < value.number; i++)
    {
      value.texts[i] = json_string_value (json_array_get (list, (gsize) i));
      if (value.texts[i] == NULL)
        return (SfTraceValue){ .kind = SF_VALUE_OTHER };
    }
  return value;
}

static SfTraceValue
value_of (const json_t *json)
{
  switch (json_typeof (json))
    {
    case JSON_NULL:
      return (SfTraceValue){ .kind = SF_VALUE_NULL };
    case JSON_TRUE:
    case JSON_FALSE:
      return (SfTraceValue){ .kind = SF_VALUE_BOOL, .number = json_is_true (json) };
    case JSON_INTEGER:
      return (SfTraceValue){ .kind = SF_VALUE_NUMBER, .number = json_integer_value (json) };
    case JSON_STRING:
      return (SfTraceValue){ .kind = SF_VALUE_STRING, .texts = { json_string_value (json) } };
    case JSON_ARRAY:
      return list_value (json);
    case JSON_OBJECT:
    case JSON_REAL:
      break;
    }
  return (SfTraceValue){ .kind = SF_VALUE_OTHER };
}

/* Reads `fields` of `object` into the structure at `base`; FALSE after a complaint. */
static gboolean
read_fields (const SfTraceReader *reader, const json_t *object, const SfFields *fields, gpointer base)
{
  for (guint i = 0; i < fields->n; i++)
    {
      const json_t *json = json_object_get (object, fields->field[i].name);
      SfTraceValue value;

      if (json == NULL)
        return sf_trace_complain (reader, "\"%s\" is missing", fields->field[i].name);
      value = value_of (json);
      if (!sf_trace_store (reader, &fields->field[i], &value, base))
        return sf_trace_complain (reader, "\"%s\" has a value that it cannot have", fields->field[i].name);
    }
  return TRUE;
}

/* Records. */

static gboolean
needs_host (SfRecordKind kind)
{
  return kind != SF_RECORD_LINK && kind != SF_RECORD_FATE; /* a forged segment may come from no host */
}

/* Checks what types cannot: times do not go back, and numbers of hosts, links and so on name something that exists. */
static gboolean
check_record (const SfTraceReader *reader, const SfRecord *record)
{
  const SfSegment *seg = sf_record_segment (record);
  guint n = sf_trace_n_records (reader->trace);
  const SfRecord *last = n > 0 ? sf_trace_record (reader->trace, n - 1) : NULL;

  if (record->head.t == SF_NEVER)
    return sf_trace_complain (reader, "\"t_ns\" is null, but it has happened");
  if (last != NULL && record->head.t < last->head.t)
    return sf_trace_complain (reader, "this has happened before the line above");
  if (record->conn > reader->n_lines)
    return sf_trace_complain (reader, "there cannot be a connection %u", record->conn);
  if (seg != NULL && seg->conn > reader->n_lines)
    return sf_trace_complain (reader, "there cannot be a connection %u", seg->conn);
  if (needs_host (record->head.kind) && record->host == SF_NO_HOST)
    return sf_trace_complain (reader, "\"host\" is null, but it has happened at one");
  if ((record->head.kind == SF_RECORD_CONN || record->head.kind == SF_RECORD_GONE) && record->conn == 0)
    return sf_trace_complain (reader, "a connection needs a number");
  return TRUE;
}

static gboolean
read_record (const SfTraceReader *reader, const json_t *object, SfRecord *record)
{
  const char *name = json_string_value (json_object_get (object, "kind"));
  SfSegment *seg;
  const json_t *segment;
  guint kind;

  *record = (SfRecord){ 0 };
  if (name == NULL || !sf_trace_find_name (&sf_trace_kind_names, name, &kind))
    return sf_trace_complain (reader, "there is no kind of record called \"%s\"", name != NULL ? name : "");
  record->head.kind = (guint16) kind;
  if (!read_fields (reader, object, &sf_trace_head_fields, record)
      || !read_fields (reader, object, &sf_trace_fields[kind], record))
    return FALSE;

  seg = (SfSegment *) sf_record_segment (record); /* not const: we own the record */
  if (seg == NULL)
    return TRUE;
  segment = json_object_get (object, "segment");
  if (!json_is_object (segment))
    return sf_trace_complain (reader, "\"segment\" is missing");
  return read_fields (reader, segment, &sf_trace_segment_fields, seg);
}

/* Scalar fields of the header; its lists are read apart. */
typedef struct
{
  guint32 format;
  guint64 seed, replication, events;
  SfTime end_time;
  guint8 end;
} Header;

static const SfField header_fields[] = {
  { "synfin_trace", SF_FIELD_U32, G_STRUCT_OFFSET (Header, format), NULL, 0, 0 },
  { "seed", SF_FIELD_U64, G_STRUCT_OFFSET (Header, seed), NULL, 0, 0 },
  { "replication", SF_FIELD_U64, G_STRUCT_OFFSET (Header, replication), NULL, 0, 0 },
  { "end", SF_FIELD_NAME, G_STRUCT_OFFSET (Header, end), &sf_trace_end_names, 0, 0 },
  { "end_ns", SF_FIELD_TIME, G_STRUCT_OFFSET (Header, end_time), NULL, 0, 0 },
  { "events", SF_FIELD_U64, G_STRUCT_OFFSET (Header, events), NULL, 0, 0 },
};

/* A host or link of the header. */
typedef struct
{
  gboolean router;
  guint32 addr, n_addrs, line;
  guint16 a, b;
} HeaderItem;

static const SfField host_fields[] = {
  { "router", SF_FIELD_BOOL, G_STRUCT_OFFSET (HeaderItem, router), NULL, 0, 0 },
  { "addr", SF_FIELD_ADDR, G_STRUCT_OFFSET (HeaderItem, addr), NULL, 0, 0 },
  { "n_addrs", SF_FIELD_U32, G_STRUCT_OFFSET (HeaderItem, n_addrs), NULL, 0, 0 },
};

static const SfField link_fields[] = {
  { "a", SF_FIELD_HOST, G_STRUCT_OFFSET (HeaderItem, a), NULL, 0, 0 },
  { "b", SF_FIELD_HOST, G_STRUCT_OFFSET (HeaderItem, b), NULL, 0, 0 },
};

static const SfField fault_fields[] = {
  { "line", SF_FIELD_U32, G_STRUCT_OFFSET (HeaderItem, line), NULL, 0, 0 },
};

static void
add_host (SfTrace *trace, const char *name, const HeaderItem *item)
{
  sf_trace_add_host (trace, name, item->router, item->addr, item->n_addrs);
}

static void
add_link (SfTrace *trace, const char *name, const HeaderItem *item)
{
  sf_trace_add_link (trace, name, item->a, item->b);
}

static void
add_fault (SfTrace *trace, const char *text, const HeaderItem *item)
{
  sf_trace_add_fault (trace, text, item->line);
}

/* The lists of the header, in an order that must stay: links name hosts. */
static const struct
{
  const char *key, *name_key;
  SfFields fields;
  void (*add) (SfTrace *trace, const char *name, const HeaderItem *item);
} header_lists[] = {
  { "hosts", "name", { host_fields, G_N_ELEMENTS (host_fields) }, add_host },
  { "links", "name", { link_fields, G_N_ELEMENTS (link_fields) }, add_link },
  { "faults", "text", { fault_fields, G_N_ELEMENTS (fault_fields) }, add_fault },
};

static gboolean
read_header_list (const SfTraceReader *reader, const json_t *object, guint which)
{
  const json_t *list = json_object_get (object, header_lists[which].key);

  if (!json_is_array (list))
    return sf_trace_complain (reader, "\"%s\" is missing", header_lists[which].key);
  for (gsize i = 0; i < json_array_size (list); i++)
    {
      const json_t *node = json_array_get (list, i);
      const char *name = json_string_value (json_object_get (node, header_lists[which].name_key));
      HeaderItem item = { 0 };

      if (name == NULL)
        return sf_trace_complain (reader, "an item of \"%s\" has no name", header_lists[which].key);
      if (!read_fields (reader, node, &header_lists[which].fields, &item))
        return FALSE;
      header_lists[which].add (reader->trace, name, &item);
    }
  return TRUE;
}

static gboolean
read_texts (const SfTraceReader *reader, const json_t *object)
{
  const json_t *list = json_object_get (object, "texts");

  if (!json_is_array (list))
    return sf_trace_complain (reader, "\"texts\" is missing");
  for (gsize i = 0; i < json_array_size (list); i++)
    {
      const char *text = json_string_value (json_array_get (list, i));

      if (text == NULL)
        return sf_trace_complain (reader, "\"texts\" holds something that is no text");
      g_ptr_array_add (reader->trace->texts, g_strdup (text));
    }
  return TRUE;
}

static char *
header_string (const json_t *object, const char *key)
{
  return g_strdup (json_string_value (json_object_get (object, key)));
}

/* A text and its translations. */
static SfWording *
header_wording (const json_t *object, const char *key)
{
  SfWording *wording = sf_wording_plain (json_string_value (json_object_get (object, key)));
  const char *lang;
  json_t *texts;

  json_object_foreach (json_object_get (object, "translations"), lang, texts)
  {
    const char *text = json_string_value (json_object_get (texts, key));

    if (wording != NULL && text != NULL)
      sf_wording_add (wording, lang, text);
  }
  return wording;
}

static gboolean
read_header (const SfTraceReader *reader, const json_t *object)
{
  const SfFields fields = { header_fields, G_N_ELEMENTS (header_fields) };
  SfTrace *trace = reader->trace;
  Header header = { 0 };

  if (json_object_get (object, "synfin_trace") == NULL)
    return sf_trace_complain (reader, "this is no synfin trace");
  if (!read_fields (reader, object, &fields, &header))
    return FALSE;
  if (header.end_time == SF_NEVER)
    return sf_trace_complain (reader, "\"end_ns\" is null, but the run is over");
  if (header.format != SF_TRACE_FORMAT)
    return sf_trace_complain (reader, "this trace has format %u, and only %u can be read", header.format,
                              SF_TRACE_FORMAT);
  for (guint i = 0; i < G_N_ELEMENTS (header_lists); i++)
    if (!read_header_list (reader, object, i))
      return FALSE;
  if (!read_texts (reader, object))
    return FALSE;
  trace->file = header_string (object, "file");
  trace->title = header_wording (object, "title");
  trace->lesson = header_wording (object, "lesson");
  trace->asks = header_wording (object, "asks");
  trace->explain = header_wording (object, "explain");
  trace->variant = header_string (object, "variant");
  trace->seed = (SfSeed){ header.seed, header.replication };
  trace->end = header.end;
  trace->end_time = header.end_time;
  trace->n_events = header.events;
  return TRUE;
}

static gboolean
complain_of_json (const SfTraceReader *reader, const json_error_t *error)
{
  SfTraceReader there = *reader;

  there.column = (guint) MAX (error->column, 1);
  if (json_error_code (error) == json_error_numeric_overflow)
    return sf_trace_complain (&there, "a number is greater than 2^63 - 1 or less than -2^63");
  return sf_trace_complain (&there, "this is no JSON: %s", error->text);
}

/* Returns the JSON object that the line holds, NULL after a complaint. */
static json_t *
parse_line (const SfTraceReader *reader, const char *text, gsize len)
{
  json_error_t error;
  json_t *json = json_loadb (text, len, JSON_REJECT_DUPLICATES, &error);

  if (json == NULL)
    complain_of_json (reader, &error);
  else if (!json_is_object (json))
    sf_trace_complain (reader, "this line is no JSON object");
  else
    return json;
  json_decref (json);
  return NULL;
}

static gboolean
read_record_line (const SfTraceReader *reader, const char *text, gsize len)
{
  SfRecord record;

  if (!sf_trace_scan (reader, text, len, &record))
    {
      json_t *object = parse_line (reader, text, len);
      gboolean good = object != NULL && read_record (reader, object, &record);

      json_decref (object);
      if (!good)
        return FALSE;
    }
  if (!check_record (reader, &record))
    return FALSE;
  g_array_append_val (reader->trace->records, record);
  return TRUE;
}

static gboolean
read_header_line (const SfTraceReader *reader, const char *text, gsize len)
{
  json_t *object = parse_line (reader, text, len);
  gboolean good = object != NULL && read_header (reader, object);

  json_decref (object);
  return good;
}

static gboolean
read_line (const SfTraceReader *reader, const char *text, gsize len)
{
  return reader->line == 1 ? read_header_line (reader, text, len) : read_record_line (reader, text, len);
}

static gsize
count_lines (const char *text, gsize len)
{
  gsize n = 1;

  for (gsize i = 0; i < len; i++)
    n += text[i] == '\n';
  return n;
}

static gboolean
read_lines (SfTraceReader *reader, const char *text, gsize len)
{
  gsize at = 0;

  do
    {
      const char *end = memchr (text + at, '\n', len - at);
      gsize line_len = end != NULL ? (gsize) (end - text) - at : len - at;

      reader->line++;
      if (!read_line (reader, text + at, line_len))
        return FALSE;
      at += line_len + 1;
    }
  while (at < len);
  return TRUE;
}

SfTrace *
sf_trace_read (const char *text, gsize len, const char *name, GError **error)
{
  SfTraceReader reader = {
    .trace = sf_trace_new (),
    .name = name,
    .column = 1,
    .n_lines = count_lines (text, len),
    .error = error,
  };

  if (!read_lines (&reader, text, len))
    {
      sf_trace_free (reader.trace);
      return NULL;
    }
  sf_trace_index (reader.trace);
  return reader.trace;
}
