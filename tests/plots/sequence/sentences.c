/* SPDX-License-Identifier: MIT
 *
 * The sentences that describe a diagram: a remark on a segment, and what became of it, stand behind it.
 */
#include "plots/sequence/sentences.h"
#include "tests/support/trace_maker.h"

static void
test_remarks (void)
{
  static const char *const expected[] = {
    "client: connect to server:80",
    "client > server: S 0:0(0) (lost)",
    "client > server: S 0:0(0) (retransmission)",
    "server gets S 0:0(0)",
  };
  TraceMaker m;
  g_autoptr (SfTrace) trace = NULL;
  g_autoptr (SfRows) rows = NULL;
  guint32 conn;
  guint n = 0;

  maker_init (&m, "A lost SYN");
  conn = maker_connect (&m, MAKER_CLIENT, 49152);
  maker_fate (&m, maker_send (&m, conn, (MakerSegment){ .flags = SF_SYN }), SF_FATE_LOST, -1, 0);
  m.t = 1000;
  maker_send (&m, conn, (MakerSegment){ .flags = SF_SYN, .marks = SF_SEG_RETRANSMIT });
  m.t = 2000;
  maker_arrive (&m, m.next_id - 1);
  trace = maker_finish (&m, SF_END_IDLE);
  rows = sf_rows_new (trace, NULL);
  for (guint i = 0; i < sf_rows_n (rows); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      sf_sequence_sentence (out, rows, i, FALSE);
      g_test_message ("%s", out->str);
      g_assert_cmpuint (n, <, G_N_ELEMENTS (expected));
      g_assert_cmpstr (out->str, ==, expected[n]);
      n++;
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sentences/remarks", test_remarks);
  return g_test_run ();
}
