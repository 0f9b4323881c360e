/* SPDX-License-Identifier: MIT
 *
 * The text diagram, compared with pages that a person has checked (tests/plots/terminal/golden), and properties of
 * every diagram. SYNFIN_REDRAW=1 writes the pages anew and fails: look at the difference, then run it without.
 */
#include "plots/terminal/timeline.h"
#include "models/segment_text.h"
#include "tests/support/trace_maker.h"
#include "tests/support/traces.h"

#include <string.h>

typedef struct
{
  const char *page; /* file in golden/ */
  const char *trace;
  SfTimelineOptions options;
} Page;

static const Page pages[] = {
  { "life.txt", "life", { 0 } },
  { "life_ascii.txt", "life", { .ascii = TRUE } },
  { "syn_ack_lost.txt", "syn_ack_lost", { 0 } },
  { "syn_ack_lost_narrow.txt", "syn_ack_lost", { .width = 72 } },
  { "old_duplicate.txt", "old_duplicate", { 0 } },
  { "old_duplicate_end.txt", "old_duplicate", { .from = 1200 * SF_MSEC, .to = 1250 * SF_MSEC } },
  { "window.txt", "window", { .width = 110 } },
  { "troubles.txt", "troubles", { 0 } },
  { "troubles_colour.txt", "troubles", { .from = 5 * SF_SEC, .color = TRUE } },
  { "options.txt", "options", { .width = 90 } },
  { "three_hosts.txt", "three_hosts", { .width = 120 } },
};

static SfTrace *
make_trace (const char *name)
{
  guint i = 0;

  while (strcmp (test_traces[i].name, name) != 0)
    i++;
  return test_traces[i].make ();
}

static void
test_page (gconstpointer data)
{
  const Page *page = data;
  g_autoptr (SfTrace) trace = make_trace (page->trace);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autofree char *file = g_test_build_filename (G_TEST_DIST, "plots", "terminal", "golden", page->page, NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  sf_timeline (out, trace, &page->options);
  if (g_getenv ("SYNFIN_REDRAW") != NULL)
    {
      g_file_set_contents (file, out->str, (gssize) out->len, &error);
      g_assert_no_error (error);
      return;
    }
  g_file_get_contents (file, &expected, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, expected);
}

/* Pages that were just written have not been compared with anything. */
static void
test_redrawn (void)
{
  g_test_fail_printf ("the pages are drawn anew: look at the differences");
}

/* No line is longer than the width, whatever that is. */
static void
test_widths (void)
{
  for (guint i = 0; test_traces[i].name != NULL; i++)
    {
      g_autoptr (SfTrace) trace = test_traces[i].make ();

      for (guint width = SF_TIMELINE_MIN_WIDTH; width < 200; width += 7)
        {
          g_autoptr (GString) out = g_string_new (NULL);
          g_auto (GStrv) lines = NULL;

          sf_timeline (out, trace, &(SfTimelineOptions){ .width = width });
          g_assert_true (g_utf8_validate (out->str, -1, NULL));
          lines = g_strsplit (out->str, "\n", -1);
          for (guint k = 0; lines[k] != NULL; k++)
            {
              g_assert_cmpint (g_utf8_strlen (lines[k], -1), <=, width);
              g_assert_false (g_str_has_suffix (lines[k], " "));
            }
        }
    }
}

static void
test_ascii (void)
{
  for (guint i = 0; test_traces[i].name != NULL; i++)
    {
      g_autoptr (SfTrace) trace = test_traces[i].make ();
      g_autoptr (GString) out = g_string_new (NULL);

      sf_timeline (out, trace, &(SfTimelineOptions){ .ascii = TRUE });
      for (gsize k = 0; k < out->len; k++)
        g_assert_true (out->str[k] == '\n' || g_ascii_isprint (out->str[k]));
    }
}

/* Every segment that is sent can be found by its notation, up to its sequence numbers at least, on one line. */
static void
test_notation (void)
{
  for (guint i = 0; test_traces[i].name != NULL; i++)
    {
      g_autoptr (SfTrace) trace = test_traces[i].make ();
      g_autoptr (GString) out = g_string_new (NULL);

      sf_timeline (out, trace, &(SfTimelineOptions){ .width = SF_TIMELINE_MIN_WIDTH });
      for (guint k = 0; k < sf_trace_n_records (trace); k++)
        {
          const SfRecord *record = sf_trace_record (trace, k);
          g_autoptr (GString) text = g_string_new (NULL);

          if (record->head.kind != SF_RECORD_SEND)
            continue;
          sf_segment_text (text, &record->send, sf_trace_host_name (trace, record->send.from),
                           sf_trace_host_name (trace, record->send.to), SF_TEXT_FULL);
          g_string_truncate (text, (gsize) (strchr (text->str, ')') + 1 - text->str));
          g_assert_nonnull (strstr (out->str, text->str));
        }
    }
}

/* Wide characters in host names take two columns each, and the lifelines stay straight. */
static void
test_wide_names (void)
{
  g_autoptr (SfTrace) trace = make_trace ("syn_ack_lost");
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  g_free (g_array_index (trace->hosts, SfTraceHost, 0).name);
  g_array_index (trace->hosts, SfTraceHost, 0).name = g_strdup ("客户");
  sf_timeline (out, trace, NULL);
  g_assert_nonnull (strstr (out->str, "客户 > server: S 0:0(0)"));
  lines = g_strsplit (out->str, "\n", -1);
  for (guint i = 2; lines[i] != NULL && lines[i + 1] != NULL; i++)
    {
      int wide = strstr (lines[i], "客户") != NULL ? 2 : 0;

      g_assert_cmpint (g_utf8_strlen (lines[i], -1) + wide, <=, SF_TIMELINE_WIDTH);
    }
}

/* If nothing happened, or nothing between the requested times, there is still a page. */
static void
test_empty (void)
{
  TraceMaker maker;
  g_autoptr (SfTrace) trace = NULL;
  g_autoptr (GString) out = g_string_new (NULL);

  maker_init (&maker, "Nothing");
  trace = maker_finish (&maker, SF_END_IDLE);
  sf_timeline (out, trace, NULL);
  g_assert_nonnull (strstr (out->str, "client"));
  g_assert_nonnull (strstr (out->str, "nothing is left to do"));
}

#define MANY 20000

/* Thousands of segments in flight at once: the time to draw them must not grow with their square. */
static void
test_many (void)
{
  TraceMaker maker;
  g_autoptr (SfTrace) trace = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  guint32 conn;

  maker_init (&maker, "Many");
  conn = maker_connect (&maker, MAKER_CLIENT, 49152);
  for (guint32 i = 0; i < MANY; i++)
    maker_send (&maker, conn, (MakerSegment){ .flags = SF_ACK, .seq = 1 + i, .len = 1, .ack = 1 });
  maker.t = SF_SEC;
  for (guint32 i = 1; i <= MANY; i++)
    maker_arrive (&maker, i);
  trace = maker_finish (&maker, SF_END_IDLE);
  sf_timeline (out, trace, NULL);
  g_assert_nonnull (strstr (out->str, "(20000) . 20000:20001(1) ack 1"));
}

/* The state after an abort stands beside the call, where the lifeline changes. Connections closed by the end of a
 * process have other words than calls. A run that goes on with nothing left to do says so. */
static void
test_abort (void)
{
  TraceMaker maker;
  g_autoptr (SfTrace) trace = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  guint32 listener, conn;

  maker_init (&maker, "Abort");
  listener = maker_listen (&maker, MAKER_SERVER, 80);
  conn = maker_connect (&maker, MAKER_CLIENT, 49152);
  maker_state (&maker, conn, SF_ESTABLISHED, SF_WHY_CALL);
  maker.t = SF_SEC;
  maker_send (&maker, conn, (MakerSegment){ .flags = SF_RST, .seq = 1 });
  maker_state (&maker, conn, SF_CLOSED, SF_WHY_CALL);
  maker_gone (&maker, conn);
  maker_call (&maker, conn, SF_OP_ABORT, 0, 0);
  maker_call (&maker, listener, SF_OP_STOP_LISTEN, 0, 0);
  g_array_index (maker.trace->records, SfRecord, maker.trace->records->len - 1).call.line = 0;
  maker.t = 3 * SF_SEC;
  trace = maker_finish (&maker, SF_END_IDLE);
  sf_timeline (out, trace, &(SfTimelineOptions){ .ascii = TRUE });
  g_assert_true (
    g_regex_match_simple ("1\\.000000 +CLOSED : \\* abort +:\n +:-- client > server: R 1:1", out->str, 0, 0));
  g_assert_null (strstr (strstr (out->str, "R 1:1"), "CLOSED"));
  g_assert_nonnull (strstr (out->str, "ends, and stops listening *"));
  g_assert_true (
    g_regex_match_simple ("3\\.000000 .* the scenario ends here; nothing was left to do ", out->str, 0, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *path = g_strconcat ("/timeline/page/", pages[i].page, NULL);

      g_test_add_data_func (path, &pages[i], test_page);
    }
  g_test_add_func ("/timeline/widths", test_widths);
  g_test_add_func ("/timeline/ascii", test_ascii);
  g_test_add_func ("/timeline/notation", test_notation);
  g_test_add_func ("/timeline/wide-names", test_wide_names);
  g_test_add_func ("/timeline/empty", test_empty);
  g_test_add_func ("/timeline/many", test_many);
  g_test_add_func ("/timeline/abort", test_abort);
  if (g_getenv ("SYNFIN_REDRAW") != NULL)
    g_test_add_func ("/timeline/redrawn", test_redrawn);
  return g_test_run ();
}
