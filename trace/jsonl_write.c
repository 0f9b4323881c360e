/* SPDX-License-Identifier: MIT */
#include "trace/jsonl.h"

#include "base/json.h"
#include "base/units.h"
#include "models/names.h"
#include "models/segment_text.h"
#include "trace/jsonl_fields.h"

#include <string.h>

static void
write_bool (GString *out, gboolean value)
{
  g_string_append (out, value ? "true" : "false");
}

static void
write_address (GString *out, guint32 addr)
{
  g_string_append_c (out, '"');
  sf_append_address (out, addr);
  g_string_append_c (out, '"');
}

/* Writes one of our own names, which need no escaping. */
static void
write_name (GString *out, const char *name)
{
  g_string_append_c (out, '"');
  g_string_append (out, name);
  g_string_append_c (out, '"');
}

static void
write_bits (GString *out, const SfNames *names, guint bits)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < names->n; i++)
    if (bits >> i & 1)
      {
        sf_json_next (out);
        write_name (out, names->name (i));
      }
  g_string_append_c (out, ']');
}

static void
write_flags (GString *out, guint flags)
{
  g_string_append_c (out, '"');
  sf_segment_flags_text (out, flags);
  g_string_append_c (out, '"');
}

static void
write_link (GString *out, const SfTrace *trace, guint16 link)
{
  sf_json_string (out, link < trace->links->len ? sf_trace_link_name (trace, link) : NULL);
}

static void
write_host (GString *out, const SfTrace *trace, guint16 host)
{
  sf_json_string (out, host < sf_trace_n_hosts (trace) ? sf_trace_host_name (trace, host) : NULL);
}

static void
write_number_or_null (GString *out, gint64 value, gint64 null)
{
  if (value == null)
    g_string_append (out, "null");
  else
    sf_json_i64 (out, value);
}

static void
write_error (GString *out, int error)
{
  sf_json_string (out, error != 0 ? sf_errno_name (error) : NULL);
}

static void
write_value (GString *out, const SfTrace *trace, const SfField *field, const guint8 *at)
{
  switch (field->type)
    {
    case SF_FIELD_U8:
      sf_json_u64 (out, *at);
      break;
    case SF_FIELD_U16:
      sf_json_u64 (out, *(const guint16 *) (gconstpointer) at);
      break;
    case SF_FIELD_U32:
      sf_json_u64 (out, *(const guint32 *) (gconstpointer) at);
      break;
    case SF_FIELD_U64:
      sf_json_u64 (out, *(const guint64 *) (gconstpointer) at);
      break;
    case SF_FIELD_I64:
      sf_json_i64 (out, *(const gint64 *) (gconstpointer) at);
      break;
    case SF_FIELD_TIME:
      write_number_or_null (out, *(const SfTime *) (gconstpointer) at, SF_NEVER);
      break;
    case SF_FIELD_RULE:
      write_number_or_null (out, *(const gint32 *) (gconstpointer) at, -1);
      break;
    case SF_FIELD_BOOL:
      write_bool (out, *(const gboolean *) (gconstpointer) at);
      break;
    case SF_FIELD_NAME:
      write_name (out, field->names->name (*at));
      break;
    case SF_FIELD_BITS:
      write_bits (out, field->names, *(const guint16 *) (gconstpointer) at);
      break;
    case SF_FIELD_STATE:
      write_name (out, sf_state_name (*at));
      break;
    case SF_FIELD_FLAGS:
      write_flags (out, *(const guint16 *) (gconstpointer) at);
      break;
    case SF_FIELD_ERROR:
      write_error (out, *(const gint32 *) (gconstpointer) at);
      break;
    case SF_FIELD_HOST:
      write_host (out, trace, *(const guint16 *) (gconstpointer) at);
      break;
    case SF_FIELD_LINK:
      write_link (out, trace, *(const guint16 *) (gconstpointer) at);
      break;
    case SF_FIELD_ADDR:
      write_address (out, *(const guint32 *) (gconstpointer) at);
      break;
    }
}

static void
write_field (GString *out, const SfTrace *trace, const SfField *field, gconstpointer base)
{
  sf_json_key (out, field->name);
  if (sf_field_is_null (field, base))
    g_string_append (out, "null");
  else
    write_value (out, trace, field, (const guint8 *) base + field->at);
}

static void
write_fields (GString *out, const SfTrace *trace, const SfFields *fields, gconstpointer base)
{
  for (guint i = 0; i < fields->n; i++)
    write_field (out, trace, &fields->field[i], base);
}

static void
write_segment (GString *out, const SfTrace *trace, const SfSegment *seg)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_c (out, '{');
  write_fields (out, trace, &sf_trace_segment_fields, seg);
  sf_json_key (out, "text");
  sf_segment_text (text, seg, sf_trace_host_name (trace, seg->from), sf_trace_host_name (trace, seg->to), SF_TEXT_FULL);
  sf_json_string (out, text->str);
  g_string_append_c (out, '}');
}

void
sf_trace_write_record (GString *out, const SfTrace *trace, guint i)
{
  const SfRecord *record = sf_trace_record (trace, i);
  const SfSegment *seg = sf_record_segment (record);

  g_string_append_c (out, '{');
  write_field (out, trace, &sf_trace_head_fields.field[0], record);
  sf_json_key (out, "kind");
  write_name (out, sf_trace_kind_names.name (record->head.kind));
  for (guint k = 1; k < sf_trace_head_fields.n; k++)
    write_field (out, trace, &sf_trace_head_fields.field[k], record);
  write_fields (out, trace, &sf_trace_fields[record->head.kind], record);
  if (seg != NULL)
    {
      sf_json_key (out, "segment");
      write_segment (out, trace, seg);
    }
  g_string_append (out, "}\n");
}

static void
write_string (GString *out, const char *key, const char *value)
{
  sf_json_key (out, key);
  sf_json_string (out, value);
}

static void
write_number (GString *out, const char *key, guint64 value)
{
  sf_json_key (out, key);
  sf_json_u64 (out, value);
}

static void
write_hosts (GString *out, const SfTrace *trace)
{
  sf_json_key (out, "hosts");
  g_string_append_c (out, '[');
  for (guint i = 0; i < sf_trace_n_hosts (trace); i++)
    {
      const SfTraceHost *host = &g_array_index (trace->hosts, SfTraceHost, i);

      sf_json_next (out);
      g_string_append_c (out, '{');
      write_string (out, "name", host->name);
      sf_json_key (out, "router");
      write_bool (out, host->router);
      sf_json_key (out, "addr");
      write_address (out, host->addr);
      write_number (out, "n_addrs", host->n_addrs);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
write_links (GString *out, const SfTrace *trace)
{
  sf_json_key (out, "links");
  g_string_append_c (out, '[');
  for (guint i = 0; i < trace->links->len; i++)
    {
      const SfTraceLink *link = &g_array_index (trace->links, SfTraceLink, i);

      sf_json_next (out);
      g_string_append_c (out, '{');
      write_string (out, "name", link->name);
      sf_json_key (out, "a");
      write_host (out, trace, link->a);
      sf_json_key (out, "b");
      write_host (out, trace, link->b);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
write_faults (GString *out, const SfTrace *trace)
{
  sf_json_key (out, "faults");
  g_string_append_c (out, '[');
  for (guint i = 0; i < trace->faults->len; i++)
    {
      const SfTraceFault *fault = &g_array_index (trace->faults, SfTraceFault, i);

      sf_json_next (out);
      g_string_append_c (out, '{');
      write_string (out, "text", fault->text);
      write_number (out, "line", fault->line);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

static void
write_texts (GString *out, const SfTrace *trace)
{
  sf_json_key (out, "texts");
  g_string_append_c (out, '[');
  for (guint i = 0; i < trace->texts->len; i++)
    {
      sf_json_next (out);
      sf_json_string (out, g_ptr_array_index (trace->texts, i));
    }
  g_string_append_c (out, ']');
}

/* Returns the languages of `wordings` other than English, in the order in which they appear. */
static GPtrArray *
list_languages (const SfWording *const wordings[], guint n)
{
  GPtrArray *langs = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    for (guint k = 0; wordings[i] != NULL && k < wordings[i]->texts->len; k++)
      {
        char *lang = g_array_index (wordings[i]->texts, SfWordingText, k).lang;

        if (strcmp (lang, SF_DEFAULT_LANG) != 0 && !g_ptr_array_find_with_equal_func (langs, lang, g_str_equal, NULL))
          g_ptr_array_add (langs, lang);
      }
  return langs;
}

static void
write_translations (GString *out, const SfTrace *trace)
{
  static const char *const names[] = { "title", "lesson", "asks", "explain" };
  const SfWording *const wordings[] = { trace->title, trace->lesson, trace->asks, trace->explain };
  g_autoptr (GPtrArray) langs = list_languages (wordings, G_N_ELEMENTS (wordings));

  sf_json_key (out, "translations");
  g_string_append_c (out, '{');
  for (guint i = 0; i < langs->len; i++)
    {
      const char *lang = g_ptr_array_index (langs, i);

      sf_json_key (out, lang);
      g_string_append_c (out, '{');
      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        if (sf_wording_has (wordings[k], lang))
          write_string (out, names[k], sf_wording_in (wordings[k], lang));
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, '}');
}

static void
write_header (GString *out, const SfTrace *trace, const char *version)
{
  g_string_append_c (out, '{');
  write_number (out, "synfin_trace", SF_TRACE_FORMAT);
  write_string (out, "synfin", version);
  write_string (out, "file", trace->file);
  write_string (out, "title", sf_wording_in (trace->title, NULL));
  write_string (out, "lesson", sf_wording_in (trace->lesson, NULL));
  write_string (out, "asks", sf_wording_in (trace->asks, NULL));
  write_string (out, "explain", sf_wording_in (trace->explain, NULL));
  write_translations (out, trace);
  write_string (out, "variant", trace->variant);
  write_number (out, "seed", trace->seed.seed);
  write_number (out, "replication", trace->seed.replication);
  write_hosts (out, trace);
  write_links (out, trace);
  write_faults (out, trace);
  write_texts (out, trace);
  write_string (out, "end", sf_trace_end_names.name (trace->end));
  sf_json_key (out, "end_ns");
  sf_json_i64 (out, trace->end_time);
  write_number (out, "events", trace->n_events);
  g_string_append (out, "}\n");
}

void
sf_trace_write (GString *out, const SfTrace *trace, const char *version)
{
  write_header (out, trace, version);
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    sf_trace_write_record (out, trace, i);
}
