/* SPDX-License-Identifier: MIT
 *
 * trace.jsonl: traces are the same when written and read back, files that are no traces are rejected, and docs/trace.md
 * describes exactly the fields that exist.
 */
#include "trace/jsonl.h"
#include "plots/terminal/timeline.h"
#include "tests/support/trace_maker.h"
#include "tests/support/traces.h"
#include "trace/jsonl_fields.h"

#include <errno.h>
#include <string.h>

#define HEADER                                                                                                     \
  "{\"synfin_trace\":1,\"synfin\":\"0\",\"seed\":1,\"replication\":0,\"hosts\":[{\"name\":\"a\",\"router\":false," \
  "\"addr\":\"192.0.2.1\",\"n_addrs\":1}],\"links\":[],\"faults\":[],\"texts\":[],\"end\":\"idle\",\"end_ns\":0,"  \
  "\"events\":0}\n"

static GString *
write_trace (const SfTrace *trace)
{
  GString *out = g_string_new (NULL);

  sf_trace_write (out, trace, "0.0.0");
  return out;
}

static SfTrace *
read_trace (const GString *text)
{
  g_autoptr (GError) error = NULL;
  SfTrace *trace = sf_trace_read (text->str, text->len, "trace.jsonl", &error);

  g_assert_no_error (error);
  return trace;
}

/* A trace with a record of every kind, and values at the ends of their ranges. */
static SfTrace *
make_kinds (void)
{
  TraceMaker m;
  guint32 conn;
  guint64 id;

  maker_init (&m, "Every \"kind\"\nof \\ record: \x01 é 客");
  m.trace->file = g_strdup ("kinds.yaml");
  m.trace->lesson = sf_wording_plain ("All kinds");
  sf_wording_add (m.trace->lesson, "zh", "各种");
  m.trace->asks = sf_wording_plain ("");
  sf_wording_add (m.trace->asks, "zh", "为什么？\n");
  m.trace->explain = sf_wording_plain ("null");
  sf_wording_add (m.trace->explain, "de", "nichts");
  sf_wording_add (m.trace->explain, "zh", "空");
  m.trace->seed = (SfSeed){ G_MAXINT64, 7 };
  sf_trace_add_fault (m.trace, "drop from client", 3);
  conn = maker_connect (&m, MAKER_CLIENT, 65535);
  maker_state (&m, conn, SF_SYN_SENT, SF_WHY_CALL);
  id = maker_send (&m, conn,
                   (MakerSegment){ .flags = 0xff,
                                   .options = 7,
                                   .marks = SF_SEG_RETRANSMIT,
                                   .seq = G_MAXUINT32,
                                   .tsval = G_MAXUINT32,
                                   .wscale = 14,
                                   .mss = 65495 });
  maker_fate (&m, id, SF_FATE_DROPPED_BY_FAULT, 0, 0);
  maker_fate (&m, id, SF_FATE_HELD, -1, SF_NEVER);
  maker_arrive (&m, maker_copy (&m, id, 0));
  maker_discard (&m, id, SF_DISCARD_MUTANT);
  maker_timer (&m, conn, SF_TIMER_2MSL, SF_TIMER_RESTARTED, SF_SEC, 3);
  maker_call (&m, conn, SF_OP_RECEIVE_EOF, -1, ETIMEDOUT);
  maker_call (&m, conn, SF_OP_EACH, 0, 0);
  maker_send_text (&m, conn, "tab\tand \"quotes\"", G_MAXUINT64 / 2);
  maker_send_waits (&m, conn, G_MAXINT64, G_MAXINT64, 0);
  maker_deliver_foreign (&m, conn, conn, 5, 6);
  maker_cwnd (&m, conn, 4380, 65535);
  maker_rtt (&m, conn, 100 * SF_MSEC);
  maker_link (&m, FALSE);
  maker_power (&m, MAKER_SERVER, FALSE);
  maker_gone (&m, conn);
  m.t = SF_NEVER - 1;
  return maker_finish (&m, SF_END_TIME_LIMIT);
}

/* Spaces, as another writer may leave, make no difference: lines of synfin have the fast reader, all others the JSON
 * parser. */
static void
assert_spaces_are_nothing (const GString *text)
{
  g_autoptr (GString) loose = g_string_new_len (text->str, (gssize) text->len);
  g_autoptr (SfTrace) trace = NULL;
  g_autoptr (GString) again = NULL;

  g_string_replace (loose, "{\"t_ns\"", "{ \"t_ns\"", 0);
  trace = read_trace (loose);
  again = write_trace (trace);
  g_assert_cmpstr (again->str, ==, text->str);
}

static void
assert_round_trip (const SfTrace *trace)
{
  g_autoptr (GString) first = write_trace (trace);
  g_autoptr (SfTrace) back = read_trace (first);
  g_autoptr (GString) second = write_trace (back);
  g_autoptr (GString) page = g_string_new (NULL), page_back = g_string_new (NULL);

  g_assert_cmpstr (second->str, ==, first->str);
  g_assert_cmpuint (sf_trace_n_records (back), ==, sf_trace_n_records (trace));
  sf_timeline (page, trace, NULL);
  sf_timeline (page_back, back, NULL);
  g_assert_cmpstr (page_back->str, ==, page->str);
  assert_spaces_are_nothing (first);
}

/* Values that only look like those of the format. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *number;
    gboolean good;
  } numbers[] = {
    { "0", TRUE },
    { "7", TRUE },
    { "1000000000000000000", TRUE },
    { "9223372036854775806", TRUE },
    { "-0", TRUE },
    { "01", FALSE },
    { "", FALSE },
    { "-", FALSE },
    { "1.", FALSE },
    { "1e2", FALSE },
    { "1 ", TRUE },
    { "+1", FALSE },
    { "1,", FALSE },
    { "null", FALSE },
    { "9223372036854775808", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *text = g_strdup_printf (HEADER "{\"t_ns\":%s,\"kind\":\"gone\",\"host\":\"a\",\"conn\":1}\n",
                                               numbers[i].number);
      g_autoptr (SfTrace) trace = sf_trace_read (text, strlen (text), "t", NULL);

      g_test_message ("%s", numbers[i].number);
      g_assert_true ((trace != NULL) == numbers[i].good);
      if (trace != NULL)
        g_assert_cmpint (sf_trace_record (trace, 0)->head.t, ==, g_ascii_strtoll (numbers[i].number, NULL, 10));
    }
}

static void
test_round_trip (void)
{
  g_autoptr (SfTrace) kinds = make_kinds ();

  assert_round_trip (kinds);
  for (guint i = 0; test_traces[i].name != NULL; i++)
    {
      g_autoptr (SfTrace) trace = test_traces[i].make ();

      assert_round_trip (trace);
    }
}

/* The trace of make_kinds() has records of all kinds. */
static void
test_kinds (void)
{
  g_autoptr (SfTrace) trace = make_kinds ();
  guint seen = 0;

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    seen |= 1u << sf_trace_record (trace, i)->head.kind;
  g_assert_cmphex (seen, ==, (1u << SF_N_RECORD_KINDS) - 1);
}

static const struct
{
  const char *text, *error;
} bad_traces[] = {
  { "", "t:1:1: error: this is no JSON: '[' or '{' expected near end of file" },
  { "synfin: 1\n", "t:1:6: error: this is no JSON: '[' or '{' expected near 'synfin'" },
  { "[1]\n", "t:1:1: error: this line is no JSON object" },
  { "{\"a\":1}\n", "t:1:1: error: this is no synfin trace" },
  { "{\"synfin_trace\":1}\n", "t:1:1: error: \"seed\" is missing" },
  { HEADER "\n", "t:2:1: error: this is no JSON: '[' or '{' expected near end of file" },
  { HEADER "{\"t_ns\":0,\"kind\":\"party\"}\n", "t:2:1: error: there is no kind of record called \"party\"" },
  { HEADER "{\"t_ns\":0,\"kind\":\"gone\",\"host\":\"a\"}\n", "t:2:1: error: \"conn\" is missing" },
  { HEADER "{\"t_ns\":0.5,\"kind\":\"gone\",\"host\":\"a\",\"conn\":1}\n",
    "t:2:1: error: \"t_ns\" has a value that it cannot have" },
  { HEADER "{\"t_ns\":0,\"kind\":\"gone\",\"host\":\"b\",\"conn\":1}\n",
    "t:2:1: error: \"host\" has a value that it cannot have" },
  { HEADER "{\"t_ns\":0,\"kind\":\"gone\",\"host\":\"a\",\"conn\":4294967296}\n",
    "t:2:1: error: \"conn\" has a value that it cannot have" },
  { HEADER "{\"t_ns\":0,\"kind\":\"gone\",\"host\":\"a\",\"conn\":9223372036854775808}\n",
    "t:2:61: error: a number is greater than 2^63 - 1 or less than -2^63" },
  { HEADER "{\"t_ns\":0,\"kind\":\"gone\",\"host\":\"a\",\"conn\":\"1\"}\n",
    "t:2:1: error: \"conn\" has a value that it cannot have" },
  { HEADER "{\"t_ns\":0,\"kind\":\"gone\",\"host\":\"a\",\"conn\":1,\"conn\":1}\n",
    "t:2:50: error: this is no JSON: duplicate object key near '\"conn\"'" },
  { HEADER "{\"t_ns\":0,\"kind\":\"gone\",\"host\":\"a\",\"conn\":1} {}\n",
    "t:2:46: error: this is no JSON: end of file expected near '{'" },
  { HEADER "{\"t_ns\":0,\"kind\":\"gone\",\"host\":\"a\",\"conn\":4000000000}\n",
    "t:2:1: error: there cannot be a connection 4000000000" },
  { HEADER "{\"t_ns\":0,\"kind\":\"gone\",\"host\":\"a\",\"conn\":[1]}\n",
    "t:2:1: error: \"conn\" has a value that it cannot have" },
  { HEADER "{\"t_ns\":0,\"kind\":\"send\",\"host\":\"a\",\"conn\":1}\n", "t:2:1: error: \"segment\" is missing" },
  { HEADER "{\"t_ns\":0,\"kind\":\"conn\",\"host\":null,\"conn\":1,\"laddr\":\"1.2.3.4\",\"lport\":1,"
           "\"raddr\":\"1.2.3.4\",\"rport\":1,\"parent\":0}\n",
    "t:2:1: error: \"host\" is null, but it has happened at one" },
  { HEADER "{\"t_ns\":null,\"kind\":\"gone\",\"host\":\"a\",\"conn\":1}\n",
    "t:2:1: error: \"t_ns\" is null, but it has happened" },
  { HEADER "{\"t_ns\":-1,\"kind\":\"gone\",\"host\":\"a\",\"conn\":1}\n",
    "t:2:1: error: \"t_ns\" has a value that it cannot have" },
  { HEADER "{\"t_ns\":5,\"kind\":\"gone\",\"host\":\"a\",\"conn\":1}\n"
           "{\"t_ns\":4,\"kind\":\"gone\",\"host\":\"a\",\"conn\":1}\n",
    "t:3:1: error: this has happened before the line above" },
  { HEADER "{\"t_ns\":0,\"kind\":\"gone\",\"host\":\"a\",\"conn\":0}\n", "t:2:1: error: a connection needs a number" },
  { HEADER "{\"t_ns\":0,\"kind\":\"conn\",\"host\":\"a\",\"conn\":1,\"laddr\":\"1.2.3.400\",\"lport\":1,"
           "\"raddr\":\"1.2.3.4\",\"rport\":1,\"parent\":0}\n",
    "t:2:1: error: \"laddr\" has a value that it cannot have" },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_traces); i++)
    {
      g_autoptr (GError) error = NULL;
      SfTrace *trace = sf_trace_read (bad_traces[i].text, strlen (bad_traces[i].text), "t", &error);

      g_assert_null (trace);
      g_assert_error (error, SF_TRACE_ERROR, SF_TRACE_ERROR_FORMAT);
      g_assert_cmpstr (error->message, ==, bad_traces[i].error);
    }
}

/* Whatever is cut off or changed, the reader accepts or rejects it and does not crash. */
static void
test_damaged (void)
{
  g_autoptr (SfTrace) trace = test_traces[0].make ();
  g_autoptr (GString) text = write_trace (trace);

  for (gsize i = 0; i < text->len; i += 211)
    {
      g_autofree char *damaged = g_memdup2 (text->str, text->len);
      g_autoptr (GError) error = NULL;
      SfTrace *cut = sf_trace_read (text->str, i, "t", NULL);
      g_autoptr (SfTrace) changed = NULL;

      g_assert_true (cut == NULL || sf_trace_n_records (cut) <= sf_trace_n_records (trace));
      damaged[i] ^= 1;
      changed = sf_trace_read (damaged, text->len, "t", &error);
      g_assert_true ((changed == NULL) == (error != NULL));
      g_clear_pointer (&cut, sf_trace_free); /* a truncated trace may be readable or not */
    }
}

/* The documentation. */

/* Returns the names in the first column of the tables of section `title` (a "### `title`" heading) of `page`. */
static GHashTable *
documented_fields (const char *page, const char *title)
{
  g_autofree char *heading = g_strdup_printf ("\n### `%s`\n", title);
  const char *start = strstr (page, heading), *end;
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *section = NULL;
  g_auto (GStrv) lines = NULL;

  if (start == NULL)
    g_error ("docs/trace.md has no section %s", title);
  start += strlen (heading);
  end = strstr (start, "\n#");
  section = end != NULL ? g_strndup (start, (gsize) (end - start)) : g_strdup (start);
  lines = g_strsplit (section, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "| `"))
      {
        const char *name = lines[i] + strlen ("| `");

        g_hash_table_add (names, g_strndup (name, (gsize) (strchr (name, '`') - name)));
      }
  return names;
}

static void
assert_documented (const char *page, const char *title, const SfFields *fields, const char *also)
{
  g_autoptr (GHashTable) names = documented_fields (page, title);

  g_test_message ("section %s", title);
  for (guint i = 0; i < fields->n; i++)
    if (!g_hash_table_remove (names, fields->field[i].name))
      g_error ("docs/trace.md, section %s: field %s is missing", title, fields->field[i].name);
  if (also != NULL)
    g_assert_true (g_hash_table_remove (names, also));
  g_assert_cmpuint (g_hash_table_size (names), ==, 0);
}

static char *
read_page (void)
{
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "..", "docs", "trace.md", NULL);
  char *page = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (file, &page, NULL, &error);
  g_assert_no_error (error);
  return page;
}

static void
test_documented (void)
{
  g_autofree char *page = read_page ();

  assert_documented (page, "every record", &sf_trace_head_fields, "kind");
  assert_documented (page, "segment", &sf_trace_segment_fields, "text");
  for (guint kind = 0; kind < SF_N_RECORD_KINDS; kind++)
    {
      gboolean segment = kind == SF_RECORD_SEND || kind == SF_RECORD_ARRIVE || kind == SF_RECORD_FATE;

      assert_documented (page, sf_trace_kind_names.name (kind), &sf_trace_fields[kind], segment ? "segment" : NULL);
    }
}

/* The writer has no table of the header's keys, so they are taken from its output. */
static void
test_header_documented (void)
{
  g_autofree char *page = read_page ();
  g_autoptr (GHashTable) names = documented_fields (page, "header");
  g_autoptr (SfTrace) trace = make_kinds ();
  g_autoptr (GString) text = write_trace (trace);
  GHashTableIter iter;
  gpointer name;

  *strchr (text->str, '\n') = '\0';
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *key = g_strdup_printf ("\"%s\":", (const char *) name);

      g_assert_nonnull (strstr (text->str, key));
    }
  g_assert_cmpuint (g_hash_table_size (names), ==, 18);
}

/* The page has every name that a value can have. */
static void
test_names_documented (void)
{
  g_autofree char *page = read_page ();

  for (guint kind = 0; kind < SF_N_RECORD_KINDS; kind++)
    for (guint i = 0; i < sf_trace_fields[kind].n; i++)
      {
        const SfField *field = &sf_trace_fields[kind].field[i];

        for (guint k = 0; field->names != NULL && k < field->names->n; k++)
          {
            g_autofree char *name = g_strdup_printf ("`%s`", field->names->name (k));

            if (strstr (page, name) == NULL)
              g_error ("docs/trace.md does not speak of %s (%s)", name, field->name);
          }
      }
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gsize skip = strlen ("{\"t_ns\":");
  gint64 left = g_ascii_strtoll (*(const char *const *) a + skip, NULL, 10);
  gint64 right = g_ascii_strtoll (*(const char *const *) b + skip, NULL, 10);

  return left < right ? -1 : left > right;
}

/* Sorted by time, the examples of the page are a trace. */
static void
test_examples (void)
{
  g_autofree char *page = read_page ();
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);
  g_autoptr (GPtrArray) examples = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL), again = NULL;
  g_autoptr (SfTrace) trace = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "{"))
      g_ptr_array_add (examples, lines[i]);
  g_ptr_array_sort (examples, compare_times);
  for (guint i = 0; i < examples->len; i++)
    g_string_append_printf (text, "%s\n", (char *) g_ptr_array_index (examples, i));
  trace = read_trace (text);
  g_assert_cmpuint (sf_trace_n_records (trace), >=, SF_N_RECORD_KINDS);
  again = g_string_new (NULL);
  sf_trace_write (again, trace, "0.1.0");
  g_assert_cmpstr (again->str, ==, text->str);
}

/* Whatever number an option carries, a trace has it as a field, of the same size. */
static void
test_option_numbers (void)
{
  static const guint8 sizes[] = { [SF_FIELD_U8] = 1, [SF_FIELD_U16] = 2, [SF_FIELD_U32] = 4 };
  guint n_found = 0;

  for (guint i = 0; i < SF_N_SEGMENT_OPTIONS; i++)
    for (guint n = 0; n < SF_SEGMENT_NUMBERS; n++)
      {
        const SfSegmentNumber *number = &sf_segment_option (i)->numbers[n];
        const SfField *found = NULL;

        if (number->size == 0)
          continue;
        for (guint f = 0; f < sf_trace_segment_fields.n; f++)
          if (sf_trace_segment_fields.field[f].at == number->at)
            found = &sf_trace_segment_fields.field[f];
        g_assert_nonnull (found);
        g_assert_cmpuint (found->type, <, G_N_ELEMENTS (sizes));
        g_assert_cmpuint (sizes[found->type], ==, number->size);
        n_found++;
      }
  g_assert_cmpuint (n_found, >=, SF_N_SEGMENT_OPTIONS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace/round-trip", test_round_trip);
  g_test_add_func ("/trace/kinds", test_kinds);
  g_test_add_func ("/trace/bad", test_bad);
  g_test_add_func ("/trace/numbers", test_numbers);
  g_test_add_func ("/trace/damaged", test_damaged);
  g_test_add_func ("/trace/documented", test_documented);
  g_test_add_func ("/trace/header-documented", test_header_documented);
  g_test_add_func ("/trace/names-documented", test_names_documented);
  g_test_add_func ("/trace/examples", test_examples);
  g_test_add_func ("/trace/option-numbers", test_option_numbers);
  return g_test_run ();
}
