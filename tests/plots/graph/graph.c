/* SPDX-License-Identifier: MIT
 *
 * Graphs: their points, for a small trace made by hand; and that the graphs of all traces can be drawn, and are the
 * same for a trace that was written and read back.
 */
#include "plots/graph/graph.h"
#include "plots/graph/flow.h"
#include "plots/graph/page.h"
#include "tests/support/trace_maker.h"
#include "tests/support/traces.h"
#include "trace/jsonl.h"

#include <string.h>

#define MS ((SfTime) 1000000)

/* Three segments of 100 bytes: the second is lost and sent again; there is one duplicate ACK. All numbers are relative
 * to the ISS, 1000. */
static SfTrace *
make_loss (void)
{
  TraceMaker m;
  guint32 conn;
  guint64 first, lost, third, again;

  maker_init (&m, "Loss");
  conn = maker_connect (&m, MAKER_CLIENT, 49152);
  first = maker_send (&m, conn, (MakerSegment){ .flags = SF_ACK, .seq = 1, .len = 100, .ack = 1 });
  lost = maker_send (&m, conn, (MakerSegment){ .flags = SF_ACK, .seq = 101, .len = 100, .ack = 1 });
  maker_fate (&m, lost, SF_FATE_DROPPED_BY_FAULT, -1, 0);
  third = maker_send (&m, conn, (MakerSegment){ .flags = SF_ACK, .seq = 201, .len = 100, .ack = 1 });
  m.t = 50 * MS;
  maker_arrive (&m, first);
  maker_arrive (&m, third);
  m.t = 300 * MS;
  maker_timer (&m, conn, SF_TIMER_RETRANSMIT, SF_TIMER_EXPIRED, 300 * MS, 1);
  again = maker_send (&m, conn,
                      (MakerSegment){ .flags = SF_ACK, .seq = 101, .len = 100, .ack = 1, .marks = SF_SEG_RETRANSMIT });
  m.t = 350 * MS;
  maker_arrive (&m, again);
  return maker_finish (&m, SF_END_IDLE);
}

static void
assert_point (const GArray *points, guint i, SfTime t, double y, double z)
{
  g_assert_cmpuint (points->len, >, i);
  g_assert_cmpint (g_array_index (points, SfPoint, i).t, ==, t);
  g_assert_cmpfloat (g_array_index (points, SfPoint, i).y, ==, y);
  g_assert_cmpfloat (g_array_index (points, SfPoint, i).z, ==, z);
}

static void
test_flow (void)
{
  g_autoptr (SfTrace) trace = make_loss ();
  g_autoptr (SfFlow) flow = sf_flow_new (trace, sf_trace_conn (trace, sf_graph_busiest (trace)));

  g_assert_cmpuint (flow->sent->len, ==, 3);
  assert_point (flow->sent, 0, 0, 1, 101);
  assert_point (flow->sent, 1, 0, 101, 201);
  assert_point (flow->sent, 2, 0, 201, 301);
  g_assert_cmpuint (flow->again->len, ==, 1);
  assert_point (flow->again, 0, 300 * MS, 101, 201);
  g_assert_cmpuint (flow->lost->len, ==, 1);
  assert_point (flow->lost, 0, 0, 151, 0);
  g_assert_cmpint (flow->first, ==, 0);
  g_assert_cmpint (flow->last, ==, 300 * MS);
}

/* ACKs count when they arrive, those of a SYN and with a window that is scaled, too. */
static void
test_flow_acks (void)
{
  g_autoptr (SfTrace) trace = NULL;
  g_autoptr (SfFlow) flow = NULL;
  TraceMaker m;
  guint32 client, server;
  guint64 ack;

  maker_init (&m, "ACK");
  client = maker_connect (&m, MAKER_CLIENT, 49152);
  server = maker_accept (&m, maker_listen (&m, MAKER_SERVER, 80), MAKER_CLIENT, 49152);
  maker_send (&m, client, (MakerSegment){ .flags = SF_ACK, .seq = 1, .len = 100, .ack = 1 });
  m.t = 50 * MS;
  ack = maker_send (&m, server, (MakerSegment){ .flags = SF_ACK, .seq = 1, .ack = 101, .wnd = 4000 });
  m.t = 100 * MS;
  maker_arrive_at (&m, ack, client);
  trace = maker_finish (&m, SF_END_IDLE);
  flow = sf_flow_new (trace, sf_trace_conn (trace, client));
  g_assert_cmpuint (flow->acks->len, ==, 1);
  assert_point (flow->acks, 0, 100 * MS, 101, 0);
  assert_point (flow->edges, 0, 100 * MS, 4101, 0);
}

/* A trace in which nobody connects. */
static void
test_empty (void)
{
  static const char *const sentences[] = { "No connection has sent anything then.",
                                           "The congestion window never changed.", "No round-trip time was measured." };
  TraceMaker m;
  g_autoptr (SfTrace) trace = NULL;

  maker_init (&m, "Nothing");
  trace = maker_finish (&m, SF_END_IDLE);
  g_assert_cmpuint (sf_graph_busiest (trace), ==, 0);
  for (guint kind = 0; kind < SF_N_GRAPHS; kind++)
    {
      g_autoptr (SfPage) page = sf_graph ((SfGraphKind) kind, trace, NULL);

      g_assert_false (sf_graph_has_data ((SfGraphKind) kind, trace, NULL));
      if (kind < G_N_ELEMENTS (sentences))
        g_assert_nonnull (strstr (page->script->str, sentences[kind]));
    }
}

static gboolean
has_data (SfGraphKind kind, TraceMaker *m)
{
  g_autoptr (SfTrace) trace = maker_finish (m, SF_END_IDLE);

  return sf_graph_has_data (kind, trace, NULL);
}

/* Sequence numbers are worth a look if three segments were sent, and not all at once. */
static void
test_stevens_worth (void)
{
  static const SfTime instants[][3] = { { 0, 50 * MS, -1 }, { 0, 0, 0 }, { 0, 0, 50 * MS } };
  static const gboolean worth[] = { FALSE, FALSE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (instants); i++)
    {
      TraceMaker m;
      guint32 conn;

      maker_init (&m, "Few");
      conn = maker_connect (&m, MAKER_CLIENT, 49152);
      for (guint k = 0; k < 3 && instants[i][k] >= 0; k++)
        {
          m.t = instants[i][k];
          maker_send (&m, conn, (MakerSegment){ .flags = SF_ACK, .seq = 1 + 100 * k, .len = 100, .ack = 1 });
        }
      g_assert_cmpint (has_data (SF_GRAPH_STEVENS, &m), ==, worth[i]);
    }
}

/* Windows are worth a look if they change twice. The first value is no change, nor is the same value again. */
static void
test_window_worth (void)
{
  static const guint32 values[][4] = { { 4380, 4380, 4380, 4380 },
                                       { 4380, 4380, 5840, 5840 },
                                       { 4380, 5840, 5840, 4380 } };
  static const gboolean worth[] = { FALSE, FALSE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      TraceMaker m;
      guint32 conn;

      maker_init (&m, "Windows");
      conn = maker_connect (&m, MAKER_CLIENT, 49152);
      maker_send (&m, conn, (MakerSegment){ .flags = SF_ACK, .seq = 1, .len = 100, .ack = 1 });
      for (guint k = 0; k < G_N_ELEMENTS (values[i]); k++)
        maker_cwnd (&m, conn, values[i][k], 65535);
      g_assert_cmpint (has_data (SF_GRAPH_WINDOW, &m), ==, worth[i]);
    }
}

/* Changes of SND.WND count where it is drawn: up to 2.5 times cwnd, which is 10 950 here. */
static void
test_window_above (void)
{
  static const guint32 wnd[][3] = {
    { 65535, 64075, 65535 }, { 2920, 0, 2920 }, { 10950, 0, 10950 }, { 10951, 0, 10951 }
  };
  static const gboolean worth[] = { FALSE, TRUE, TRUE, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (wnd); i++)
    {
      g_autoptr (SfTrace) trace = NULL;
      TraceMaker m;
      guint32 conn;

      maker_init (&m, "Windows");
      conn = maker_connect (&m, MAKER_CLIENT, 49152);
      maker_send (&m, conn, (MakerSegment){ .flags = SF_ACK, .seq = 1, .len = 100, .ack = 1 });
      for (guint k = 0; k < 3; k++)
        maker_cwnd (&m, conn, 4380, 65535);
      trace = maker_finish (&m, SF_END_IDLE);
      for (guint r = 0, k = 0; r < sf_trace_n_records (trace); r++)
        {
          SfRecord *record = (SfRecord *) sf_trace_record (trace, r);

          if (record->head.kind == SF_RECORD_CWND)
            record->cwnd.snd_wnd = wnd[i][k++];
        }
      g_assert_cmpint (sf_graph_has_data (SF_GRAPH_WINDOW, trace, NULL), ==, worth[i]);
    }
}

/* Round-trip times are worth a look if there are three and they differ. An expiry of the timer counts as different. */
static void
test_rtt_worth (void)
{
  static const SfTime samples[][3] = { { 100, 100, 100 }, { 100, 200, 0 }, { 100, 100, 200 }, { 100, 100, -1 } };
  static const gboolean worth[] = { FALSE, FALSE, TRUE, TRUE };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      TraceMaker m;
      guint32 conn;

      maker_init (&m, "Times");
      conn = maker_connect (&m, MAKER_CLIENT, 49152);
      for (guint k = 0; k < 3; k++)
        if (samples[i][k] > 0)
          maker_rtt (&m, conn, samples[i][k] * MS);
        else if (samples[i][k] < 0)
          maker_timer (&m, conn, SF_TIMER_RETRANSMIT, SF_TIMER_EXPIRED, 1000 * MS, 1);
      g_assert_cmpint (has_data (SF_GRAPH_RTT, &m), ==, worth[i]);
    }
}

/* Absolute sequence numbers are those of the header: they have all digits, and the largest is followed by 0. */
static void
test_absolute (void)
{
  const SfGraphOptions options = { .absolute = TRUE };
  g_autoptr (SfTrace) trace = make_loss ();
  g_autoptr (SfPage) page = sf_graph (SF_GRAPH_STEVENS, trace, &options), wrapped = NULL;
  SfGraph graph;

  g_assert_nonnull (strstr (page->script->str, "'1100' 1100, "));
  g_assert_null (strstr (page->script->str, "(B)"));
  sf_graph_begin (&graph, trace, NULL, &options, "Numbers", "numbers");
  sf_graph_y_numbers (&graph, "number", 4294967290.0, 4294967306.0);
  wrapped = sf_graph_end (&graph, "nothing");
  g_assert_nonnull (strstr (wrapped->script->str, "'4294967294' 4294967294, '0' 4294967296, '2' 4294967298"));
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

/* The legend of the states has all counts that are ever above 0, and no other. */
static void
test_states_legend (void)
{
  TraceMaker m;
  g_autoptr (SfTrace) trace = NULL;
  g_autoptr (SfPage) page = NULL;
  guint32 conn;

  maker_init (&m, "States");
  conn = maker_connect (&m, MAKER_CLIENT, 49152);
  maker_state (&m, conn, SF_SYN_SENT, SF_WHY_CALL);
  m.t = 100 * MS;
  maker_state (&m, conn, SF_ESTABLISHED, SF_WHY_SEGMENT);
  m.t = 200 * MS;
  maker_state (&m, conn, SF_TIME_WAIT, SF_WHY_SEGMENT);
  m.t = 300 * MS;
  trace = maker_finish (&m, SF_END_IDLE);
  page = sf_graph (SF_GRAPH_STATES, trace, NULL);
  g_assert_nonnull (strstr (page->script->str, "ESTABLISHED to LAST-ACK"));
  g_assert_nonnull (strstr (page->script->str, "in TIME-WAIT"));
  g_assert_null (strstr (page->script->str, "in SYN-RECEIVED"));
}

/* 20 000 segments, one every 50 µs: more than a picture can show. */
static void
test_thinned (void)
{
  TraceMaker m;
  g_autoptr (SfTrace) trace = NULL;
  g_autoptr (SfPage) page = NULL;
  guint32 conn;

  maker_init (&m, "Many");
  conn = maker_connect (&m, MAKER_CLIENT, 49152);
  for (guint i = 0; i < 20000; i++)
    {
      m.t = i * 50000;
      maker_send (&m, conn, (MakerSegment){ .flags = SF_ACK, .seq = 1 + 1000 * i, .len = 1000, .ack = 1 });
    }
  trace = maker_finish (&m, SF_END_IDLE);
  page = sf_graph (SF_GRAPH_STEVENS, trace, NULL);
  g_assert_cmpuint (count_lines (page->script->str), <, 6000);
  g_assert_nonnull (strstr (page->script->str, "points, drawn as"));
}

/* Every graph of every trace, whole and in parts, can be drawn, and is the same for a trace that was written and read
 * back. */
static void
test_all_traces (void)
{
  static const SfGraphOptions options[] = {
    { 0 },
    { .absolute = TRUE, .paper = SF_PAPER_A4 },
    { .from = 100 * MS, .to = 200 * MS, .paper = SF_PAPER_SLIDE },
    { .from = G_MAXINT64 / 2 },
  };
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify) sf_page_free);
  g_autofree char *program = g_find_program_in_path ("gnuplot");
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; test_traces[i].name != NULL; i++)
    {
      g_autoptr (SfTrace) trace = test_traces[i].make ();
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (SfTrace) read = NULL;

      sf_trace_write (text, trace, "0");
      read = sf_trace_read (text->str, text->len, "trace.jsonl", NULL);
      for (guint k = 0; k < G_N_ELEMENTS (options) * SF_N_GRAPHS; k++)
        {
          SfPage *page = sf_graph (k % SF_N_GRAPHS, trace, &options[k / SF_N_GRAPHS]);
          g_autoptr (SfPage) again = sf_graph (k % SF_N_GRAPHS, read, &options[k / SF_N_GRAPHS]);

          g_assert_cmpstr (page->script->str, ==, again->script->str);
          g_assert_cmpstr (page->title, ==, again->title);
          if (k / SF_N_GRAPHS == i % G_N_ELEMENTS (options)) /* drawing all of them would take long */
            g_ptr_array_add (pages, page);
          else
            sf_page_free (page);
        }
    }
  if (program == NULL)
    return;
  files = sf_gnuplot_draw (pages, SF_PICTURE_SVG, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, pages->len);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/graph/flow", test_flow);
  g_test_add_func ("/graph/flow/acks", test_flow_acks);
  g_test_add_func ("/graph/empty", test_empty);
  g_test_add_func ("/graph/absolute", test_absolute);
  g_test_add_func ("/graph/worth/stevens", test_stevens_worth);
  g_test_add_func ("/graph/worth/window", test_window_worth);
  g_test_add_func ("/graph/worth/window-above", test_window_above);
  g_test_add_func ("/graph/worth/rtt", test_rtt_worth);
  g_test_add_func ("/graph/states-legend", test_states_legend);
  g_test_add_func ("/graph/thinned", test_thinned);
  g_test_add_func ("/graph/traces", test_all_traces);
  return g_test_run ();
}
