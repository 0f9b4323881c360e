/* SPDX-License-Identifier: MIT
 *
 * Words for records: times, calls, foreign bytes; and breaking lines.
 */
#include "trace/words.h"
#include "tests/support/trace_maker.h"
#include "trace/rows.h"

#include <errno.h>
#include <string.h>

static const struct
{
  SfTime duration;
  const char *text;
} durations[] = {
  { 0, "0 s" },
  { 1, "1 ns" },
  { 999, "999 ns" },
  { 1000, "1 us" },
  { 1500, "1.5 us" },
  { 50 * SF_MSEC, "50 ms" },
  { SF_MSEC + 1, "1.000001 ms" },
  { SF_SEC - 1, "999.999999 ms" },
  { SF_SEC, "1 s" },
  { 59 * SF_SEC + 800 * SF_MSEC, "59.8 s" },
  { SF_NEVER, "9223372036.854775807 s" },
};

static void
test_durations (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (durations); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      sf_words_duration (out, durations[i].duration);
      g_assert_cmpstr (out->str, ==, durations[i].text);
    }
}

static void
test_calls (void)
{
  TraceMaker m;
  g_autoptr (SfTrace) trace = NULL;
  static const char *const expected[] = {
    "send 100 B",
    "",
    "",
    "receive 7 B until the end",
    "connect fails: ECONNREFUSED",
    "send \"a\\\"b\\n\\x01\"",
    "send 100 B waits: 30 B taken",
    "send returns: 100 B taken",
  };
  guint32 conn;

  maker_init (&m, "Calls");
  conn = maker_connect (&m, MAKER_CLIENT, 49152);
  maker_call (&m, conn, SF_OP_SEND, 100, 0);
  maker_call (&m, conn, SF_OP_CONNECT, 0, 0);
  maker_call (&m, conn, SF_OP_WAIT, 0, 0);
  maker_call (&m, conn, SF_OP_RECEIVE_EOF, 7, 0);
  maker_call (&m, conn, SF_OP_CONNECT, 0, ECONNREFUSED);
  maker_send_text (&m, conn, "a\"b\n\x01", 0);
  maker_send_waits (&m, conn, 30, 70, 4);
  maker_call (&m, conn, SF_OP_SEND, 100, 0);
  trace = maker_finish (&m, SF_END_IDLE);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      sf_words_call (out, trace, sf_trace_record (trace, 1 + i), i == G_N_ELEMENTS (expected) - 1, NULL);
      g_assert_cmpstr (out->str, ==, expected[i]);
    }
}

/* What an application calls at one instant is one row; of another connection, or later, another. */
static void
test_joined_calls (void)
{
  static const char *const expected[] = { "connect to server:80; send 100 B; close",
                                          "#2 connect to server:80; #2 send 7 B", "#2 close" };
  TraceMaker m;
  g_autoptr (SfTrace) trace = NULL;
  g_autoptr (SfRows) rows = NULL;
  guint32 conn, other;
  guint n = 0;

  maker_init (&m, "Calls");
  conn = maker_connect (&m, MAKER_CLIENT, 49152);
  maker_call (&m, conn, SF_OP_SEND, 100, 0);
  maker_call (&m, conn, SF_OP_CLOSE, 0, 0);
  other = maker_connect (&m, MAKER_CLIENT, 49153);
  maker_call (&m, other, SF_OP_SEND, 7, 0);
  m.t = 1000;
  maker_call (&m, other, SF_OP_CLOSE, 0, 0);
  trace = maker_finish (&m, SF_END_IDLE);
  rows = sf_rows_new (trace, NULL);
  for (guint i = 0; i < sf_rows_n (rows); i++)
    {
      const SfRow *row = &g_array_index (rows->rows, SfRow, i);

      if (row->kind != SF_ROW_NOTE || row->text == NULL)
        continue;
      g_test_message ("%s", row->text);
      g_assert_cmpuint (n, <, G_N_ELEMENTS (expected));
      g_assert_cmpstr (row->text, ==, expected[n]);
      n++;
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
}

/* Foreign bytes are shown (the first 32 of many), with the connection that wrote them. */
static void
test_foreign (void)
{
  TraceMaker m;
  g_autoptr (SfTrace) trace = NULL;
  g_autoptr (GArray) content = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  guint32 first, second;

  maker_init (&m, "Foreign bytes");
  first = maker_connect (&m, MAKER_CLIENT, 40000);
  maker_send_text (&m, first, "old\t", 0);
  second = maker_connect (&m, MAKER_SERVER, 40000);
  maker_deliver_foreign (&m, second, first, 1, 19);
  trace = maker_finish (&m, SF_END_IDLE);
  content = sf_trace_content (trace);
  sf_words_foreign (out, trace, content, sf_trace_record (trace, sf_trace_n_records (trace) - 1), NULL);
  g_assert_cmpstr (out->str, ==, "19 foreign bytes delivered: \"ld\\t00000000000\\nc1:0\" of connection 1 of client");
}

static void
test_many_foreign (void)
{
  TraceMaker m;
  g_autoptr (SfTrace) trace = NULL;
  g_autoptr (GArray) content = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  guint32 first, second;

  maker_init (&m, "Many foreign bytes");
  first = maker_connect (&m, MAKER_CLIENT, 40000);
  second = maker_connect (&m, MAKER_SERVER, 40000);
  maker_send_text (&m, first, "abcdefghijklmnopqrstuvwxyz0123456789", 0);
  maker_deliver_foreign (&m, second, first, 1, 33);
  trace = maker_finish (&m, SF_END_IDLE);
  content = sf_trace_content (trace);
  sf_words_foreign (out, trace, content, sf_trace_record (trace, sf_trace_n_records (trace) - 1), NULL);
  g_assert_cmpstr (out->str, ==,
                   "33 foreign bytes delivered: \"bcdefghijklmnopqrstuvwxyz0123456\"... of connection 1 of client");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/durations", test_durations);
  g_test_add_func ("/words/calls", test_calls);
  g_test_add_func ("/words/joined-calls", test_joined_calls);
  g_test_add_func ("/words/foreign", test_foreign);
  g_test_add_func ("/words/many-foreign", test_many_foreign);
  return g_test_run ();
}
