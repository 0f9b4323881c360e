/* SPDX-License-Identifier: MIT */
#include "plots/trace_jsonl.h"

#include "plots/trace_values.h"

#include <string.h>

/* A header holds lists of objects: nothing is nested deeper. */
#define MAX_DEPTH 8

G_DEFINE_QUARK (sf-trace-error-quark, sf_trace_error)

/* What no type can say: numbers that name something must name something that is there. */
static gboolean
check_record (const SfTraceReader *reader, const SfRecord *record)
{
  if (record->conn > reader->n_lines)
    return sf_trace_complain (reader, "there cannot be a connection %u", record->conn);
  if (record->head.kind == SF_RECORD_CONN && (record->conn == 0 || record->host == SF_NO_HOST))
    return sf_trace_complain (reader, "a connection needs a number and a host");
  if (record->head.kind == SF_RECORD_GONE && record->conn == 0)
    return sf_trace_complain (reader, "a connection needs a number");
  return TRUE;
}

static gboolean
read_record (const SfTraceReader *reader, struct fy_node *object)
{
  const char *name = sf_trace_scalar (sf_trace_lookup (object, "kind"));
  SfRecord record = { 0 };
  SfSegment *seg;
  guint kind;

  if (name == NULL || !sf_trace_find_name (&sf_trace_kind_names, name, &kind))
    return sf_trace_complain (reader, "there is no kind of record called \"%s\"", name != NULL ? name : "");
  record.head.kind = (guint16) kind;
  if (!sf_trace_read_fields (reader, object, &sf_trace_head_fields, &record)
      || !sf_trace_read_fields (reader, object, &sf_trace_fields[kind], &record))
    return FALSE;

  seg = (SfSegment *) sf_record_segment (&record); /* the record is ours */
  if (seg != NULL)
    {
      struct fy_node *node = sf_trace_lookup (object, "segment");

      if (node == NULL || !fy_node_is_mapping (node))
        return sf_trace_complain (reader, "\"segment\" is missing");
      if (!sf_trace_read_fields (reader, node, &sf_trace_segment_fields, seg))
        return FALSE;
      if (seg->conn > reader->n_lines)
        return sf_trace_complain (reader, "there cannot be a connection %u", seg->conn);
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
read_header_list (const SfTraceReader *reader, struct fy_node *object, guint which)
{
  struct fy_node *list = sf_trace_lookup (object, header_lists[which].key);
  struct fy_node *node;
  void *at = NULL;

  if (list == NULL || !fy_node_is_sequence (list))
    return sf_trace_complain (reader, "\"%s\" is missing", header_lists[which].key);
  while ((node = fy_node_sequence_iterate (list, &at)) != NULL)
    {
      const char *name = sf_trace_scalar (sf_trace_lookup (node, header_lists[which].name_key));
      HeaderItem item = { 0 };

      if (name == NULL)
        return sf_trace_complain (reader, "an item of \"%s\" has no name", header_lists[which].key);
      if (!sf_trace_read_fields (reader, node, &header_lists[which].fields, &item))
        return FALSE;
      header_lists[which].add (reader->story, name, &item);
    }
  return TRUE;
}

static gboolean
read_texts (const SfTraceReader *reader, struct fy_node *object)
{
  struct fy_node *list = sf_trace_lookup (object, "texts");
  struct fy_node *node;
  void *at = NULL;

  if (list == NULL || !fy_node_is_sequence (list))
    return sf_trace_complain (reader, "\"texts\" is missing");
  while ((node = fy_node_sequence_iterate (list, &at)) != NULL)
    {
      if (sf_trace_scalar (node) == NULL)
        return sf_trace_complain (reader, "\"texts\" holds something that is no text");
      g_ptr_array_add (reader->story->texts, g_strdup (sf_trace_scalar (node)));
    }
  return TRUE;
}

static char *
header_string (struct fy_node *object, const char *key)
{
  struct fy_node *node = sf_trace_lookup (object, key);

  return sf_trace_scalar (node) == NULL || sf_trace_is_null (node) ? NULL : g_strdup (sf_trace_scalar (node));
}

/* A text and its translations. */
static SfWording *
header_wording (struct fy_node *object, const char *key)
{
  struct fy_node *translations = sf_trace_lookup (object, "translations");
  g_autofree char *text = header_string (object, key);
  SfWording *wording = sf_wording_plain (text);
  struct fy_node_pair *pair;
  void *at = NULL;

  while (wording != NULL && translations != NULL
         && (pair = fy_node_mapping_iterate (translations, &at)) != NULL)
    {
      const char *lang = sf_trace_scalar (fy_node_pair_key (pair));
      g_autofree char *translation = header_string (fy_node_pair_value (pair), key);

      if (lang != NULL && translation != NULL)
        sf_wording_add (wording, lang, translation);
    }
  return wording;
}

static gboolean
read_header (const SfTraceReader *reader, struct fy_node *object)
{
  const SfFields fields = { header_fields, G_N_ELEMENTS (header_fields) };
  SfStory *story = reader->story;
  Header header = { 0 };

  if (sf_trace_lookup (object, "synfin_trace") == NULL)
    return sf_trace_complain (reader, "this is no synfin trace");
  if (!sf_trace_read_fields (reader, object, &fields, &header))
    return FALSE;
  if (header.format != SF_TRACE_FORMAT)
    return sf_trace_complain (reader, "this trace has format %u, and only %u can be read", header.format,
                              SF_TRACE_FORMAT);
  for (guint i = 0; i < G_N_ELEMENTS (header_lists); i++)
    if (!read_header_list (reader, object, i))
      return FALSE;
  if (!read_texts (reader, object))
    return FALSE;
  story->file = header_string (object, "file");
  story->title = header_wording (object, "title");
  story->asks = header_wording (object, "asks");
  story->explain = header_wording (object, "explain");
  story->variant = header_string (object, "variant");
  story->seed = (SfSeed){ header.seed, header.replication };
  story->end = header.end;
  story->end_time = header.end_time;
  story->n_events = header.events;
  return TRUE;
}

/* TRUE if `text` is nested deeper than any trace: what parses it would go down as deep. */
static gboolean
is_too_deep (const char *text, gsize len)
{
  gboolean in_string = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < len && depth <= MAX_DEPTH; i++)
    if (in_string && text[i] == '\\')
      i++;
    else if (text[i] == '"')
      in_string = !in_string;
    else if (!in_string && (text[i] == '[' || text[i] == '{'))
      depth++;
    else if (!in_string && depth > 0 && (text[i] == ']' || text[i] == '}'))
      depth--;
  return depth > MAX_DEPTH;
}

/* Parses a line; NULL if it is not JSON. libfyaml's own words go nowhere: it is enough to know the line. */
static struct fy_document *
parse_line (const SfTraceReader *reader, const char *text, gsize len)
{
  const struct fy_parse_cfg config = { .flags = FYPCF_QUIET | FYPCF_JSON_FORCE, .diag = reader->silence };

  return is_too_deep (text, len) ? NULL : fy_document_build_from_string (&config, text, len);
}

static gboolean
read_line (const SfTraceReader *reader, const char *text, gsize len)
{
  struct fy_document *document = parse_line (reader, text, len);
  struct fy_node *root = document != NULL ? fy_document_root (document) : NULL;
  gboolean good;

  if (root == NULL || !fy_node_is_mapping (root))
    good = sf_trace_complain (reader, "this line is no JSON object");
  else if (reader->line == 1)
    good = read_header (reader, root);
  else
    good = read_record (reader, root);
  fy_document_destroy (document);
  return good;
}

static void
say_nothing (G_GNUC_UNUSED struct fy_diag *diag, G_GNUC_UNUSED void *user, G_GNUC_UNUSED const char *text,
             G_GNUC_UNUSED size_t len)
{
}

static struct fy_diag *
make_silence (void)
{
  struct fy_diag_cfg config;

  fy_diag_cfg_default (&config);
  config.fp = NULL;
  config.output_fn = say_nothing;
  return fy_diag_create (&config);
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

SfStory *
sf_trace_read (const char *text, gsize len, const char *name, GError **error)
{
  SfTraceReader reader = {
    .story = sf_story_new (),
    .name = name,
    .n_lines = count_lines (text, len),
    .silence = make_silence (),
    .error = error,
  };
  gboolean good = read_lines (&reader, text, len);

  fy_diag_destroy (reader.silence);
  if (!good)
    {
      sf_story_free (reader.story);
      return NULL;
    }
  sf_story_index (reader.story);
  return reader.story;
}
