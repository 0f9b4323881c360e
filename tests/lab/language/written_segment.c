/* SPDX-License-Identifier: MIT
 *
 * Written segments: the notation that models/segment_text.h prints is read back, and mistakes give diagnostics.
 */
#include "lab/language/written_segment.h"

#include "models/segment_text.h"

#include <string.h>

static SfPlan *
make_plan (void)
{
  SfPlan *plan = sf_plan_new ();

  sf_plan_add_host (plan, "client", 1, 1, NULL);
  sf_plan_add_host (plan, "server", 2, 1, NULL);
  return plan;
}

static gboolean
parse (const char *text, SfDiagnostics *diag, SfWrittenSegment *ret_segment)
{
  g_autoptr (SfPlan) plan = make_plan ();
  g_autoptr (SfSource) source = sf_source_new ("test", text, strlen (text));
  SfPlace place = { source, 1, 1 };

  return sf_written_segment_parse (text, plan, &place, diag, ret_segment);
}

static void
test_whole (void)
{
  g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
  SfWrittenSegment seg = { 0 };

  g_assert_true (
    parse ("0.150000001 client > server: P.U 1:101(100) ack 2 win 65535 urg 7 <mss 1460,wscale 7,TS val 3 ecr 4>", diag,
           &seg));
  g_assert_cmphex (seg.present, ==, 0x7f);
  g_assert_cmpint (seg.time, ==, 150000001);
  g_assert_cmpuint (seg.from, ==, 0);
  g_assert_cmpuint (seg.to, ==, 1);
  g_assert_cmphex (seg.flags, ==, SF_PSH | SF_ACK | SF_URG);
  g_assert_cmpuint (seg.first, ==, 1);
  g_assert_cmpuint (seg.len, ==, 100);
  g_assert_cmpuint (seg.ack, ==, 2);
  g_assert_cmpuint (seg.win, ==, 65535);
  g_assert_cmpuint (seg.urg, ==, 7);
  g_assert_cmpuint (seg.carried.mss, ==, 1460);
  g_assert_cmpuint (seg.carried.tsecr, ==, 4);
}

static void
test_beginnings (void)
{
  static const struct
  {
    const char *text;
    guint present;
  } rows[] = {
    { "client > server: S", 0 },
    { "50ms client > server: S", SF_WRITTEN_TIME },
    { "60 client > server: S", SF_WRITTEN_TIME },
    { "#2 client > server: S", SF_WRITTEN_CONN },
    { "0.15 #2 client > server: S", SF_WRITTEN_TIME | SF_WRITTEN_CONN },
    { "client > server: S 0:0(0)", SF_WRITTEN_SEQ },
    { "client > server: . ack 1", SF_WRITTEN_ACK },
    { "client > server: P. win 5", SF_WRITTEN_PSH | SF_WRITTEN_WIN },
    { "client > server: S <>", SF_WRITTEN_OPTIONS },
    { "client > server: - 4294967295:99(100)", SF_WRITTEN_SEQ },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      SfWrittenSegment seg = { 0 };

      if (!g_str_has_suffix (rows[i].text, "<>"))
        g_assert_true (parse (rows[i].text, diag, &seg));
      else
        {
          g_assert_true (parse (rows[i].text, diag, &seg));
          g_assert_cmphex (seg.carried.options, ==, 0);
        }
      g_assert_cmphex (seg.present, ==, rows[i].present);
    }
}

static void
test_errors (void)
{
  static const struct
  {
    const char *text;
    guint column;
    const char *words;
  } rows[] = {
    { "", 1, "ends where 'FROM > TO: FLAGS' should follow" },
    { "client", 1, "'FROM > TO: FLAGS'" },
    { "#x client > server: S", 1, "'FROM > TO: FLAGS'" },
    { "clint > server: S", 1, "unknown host 'clint'; did you mean 'client'?" },
    { "client > srver: S", 10, "unknown host 'srver'; did you mean 'server'?" },
    { "client > server S", 10, "a colon" },
    { "client > server:", 10, "ends where flags" },
    { "client > server: SA", 18, "flags such as S, S.|found 'SA'" },
    { "client > server: S 0", 20, "FIRST:LAST(LENGTH)" },
    { "client > server: P. 1:101(99)", 21, "from 1 to 101 there are 100 bytes, not 99" },
    { "client > server: S. ack", 21, "ends where a number" },
    { "client > server: S. win 65536", 25, "0 to 65535 after 'win'" },
    { "client > server: S. <mss>", 21, "options such as" },
    { "client > server: S. <mss 1", 21, "end in '>'" },
    { "client > server: S. win 5 ack 1", 27, "its next part|found 'ack'" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_auto (GStrv) words = g_strsplit (rows[i].words, "|", -1);
      SfWrittenSegment seg;
      const SfDiagnostic *error;

      g_assert_false (parse (rows[i].text, diag, &seg));
      error = sf_diagnostics_error (diag);
      for (char **word = words; *word != NULL; word++)
        if (strstr (error->message, *word) == NULL)
          g_error ("'%s': expected \"%s\" in \"%s\"", rows[i].text, *word, error->message);
      if (error->column != rows[i].column && *rows[i].text != '\0')
        g_error ("'%s': expected at %u, found at %u", rows[i].text, rows[i].column, error->column);
    }
}

/* A segment matches its own notation, but not if one of the numbers in it has changed. */
static void
test_round_trip (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (GString) text = g_string_new (NULL);
      SfSegment seg = {
        .from = 0,
        .to = 1,
        .flags = (guint16) g_rand_int_range (rand, 0, 256),
        .options = (guint16) g_rand_int_range (rand, 0, SF_ALL_SEGMENT_OPTIONS + 1),
        .seq = sf_seq ((guint32) g_rand_int (rand)),
        .ack = sf_seq ((guint32) g_rand_int (rand)),
        .seq_base = sf_seq ((guint32) g_rand_int (rand)),
        .ack_base = sf_seq ((guint32) g_rand_int (rand)),
        .len = (guint32) g_rand_int_range (rand, 0, 65536),
        .wnd = (guint16) g_rand_int_range (rand, 0, 65536),
        .mss = (guint16) g_rand_int_range (rand, 0, 65536),
        .wscale = (guint8) g_rand_int_range (rand, 0, 256),
        .tsval = (guint32) g_rand_int (rand),
        .tsecr = (guint32) g_rand_int (rand),
        .urg = (guint16) g_rand_int_range (rand, 0, 65536),
      };
      SfWrittenSegment written;

      sf_segment_text (text, &seg, "client", "server", SF_TEXT_FULL);
      if (!parse (text->str, diag, &written))
        g_error ("%s: %s", text->str, sf_diagnostics_error (diag)->message);
      g_assert_true (sf_written_segment_fits (&written, &seg));
      seg.wnd ^= 1;
      g_assert_false (sf_written_segment_fits (&written, &seg));
      seg.wnd ^= 1;
      seg.seq.v++;
      g_assert_false (sf_written_segment_fits (&written, &seg));
      seg.seq.v--;
      seg.flags ^= SF_FIN;
      g_assert_false (sf_written_segment_fits (&written, &seg));
      seg.flags ^= SF_FIN;
      g_assert_true (parse (g_string_prepend (text, "#7 ")->str, diag, &written));
      seg.conn_nth = 8;
      g_assert_false (sf_written_segment_fits (&written, &seg));
      seg.conn_nth = 7;
      g_assert_true (sf_written_segment_fits (&written, &seg));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/written-segment/whole", test_whole);
  g_test_add_func ("/written-segment/beginnings", test_beginnings);
  g_test_add_func ("/written-segment/errors", test_errors);
  g_test_add_func ("/written-segment/round-trip", test_round_trip);
  return g_test_run ();
}
