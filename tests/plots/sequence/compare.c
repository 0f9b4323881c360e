/* SPDX-License-Identifier: MIT
 *
 * Where two runs part, in traces made by hand.
 */
#include "plots/sequence/compare.h"
#include "plots/sequence/compare_part.h"
#include "tests/support/trace_maker.h"

#include <string.h>

#define DELAY (50 * SF_MSEC)

/* The differences of the second trace. */
typedef struct
{
  guint32 iss;     /* added to the client's ISS */
  SfTime late;     /* delay of the SYN-ACK */
  gboolean lost;   /* the SYN is dropped where it is sent */
  gboolean longer; /* the client aborts in the end */
} Change;

/* A client opens a connection; its rows are: 0 "listen", 1 "connect" with SYN-SENT, 2 the SYN leaves, 3 it arrives with
 * SYN-RECEIVED, 4 the SYN-ACK leaves, 5 it arrives with ESTABLISHED, 6 "abort". */
static SfTrace *
make_trace (Change change)
{
  TraceMaker m;
  guint32 client, server, listener;
  guint64 id;

  maker_init (&m, "two runs");
  listener = maker_listen (&m, MAKER_SERVER, 80);
  client = maker_connect (&m, MAKER_CLIENT, 49152);
  maker_state (&m, client, SF_SYN_SENT, SF_WHY_CALL);
  id = maker_send (&m, client, (MakerSegment){ .flags = SF_SYN });
  if (change.lost)
    {
      maker_fate (&m, id, SF_FATE_DROPPED_BY_FAULT, 0, 0);
      return maker_finish (&m, SF_END_IDLE);
    }
  m.t += DELAY;
  maker_arrive (&m, id);
  server = maker_accept (&m, listener, MAKER_CLIENT, 49152);
  maker_state (&m, server, SF_SYN_RECEIVED, SF_WHY_SEGMENT);
  m.t += change.late;
  id = maker_send (&m, server, (MakerSegment){ .flags = SF_SYN | SF_ACK, .ack = 1 });
  m.t += DELAY;
  maker_arrive (&m, id);
  maker_state (&m, client, SF_ESTABLISHED, SF_WHY_SEGMENT);
  if (change.longer)
    {
      m.t += SF_SEC;
      maker_call (&m, client, SF_OP_ABORT, 0, 0);
    }
  return maker_finish (&m, SF_END_IDLE);
}

/* Gives the client another ISS. */
static void
shift_iss (SfTrace *trace, guint32 by)
{
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      SfSegment *seg = (SfSegment *) sf_record_segment (sf_trace_record (trace, i));

      if (seg == NULL)
        continue;
      if (seg->from == MAKER_CLIENT)
        {
          seg->seq.v += by;
          seg->seq_base.v += by;
        }
      else
        {
          seg->ack.v += by;
          seg->ack_base.v += by;
        }
    }
}

static void
assert_part (Change change, guint expected)
{
  g_autoptr (SfTrace) left = make_trace ((Change){ 0 });
  g_autoptr (SfTrace) right = make_trace (change);
  g_autoptr (SfRows) left_rows = NULL, right_rows = NULL;

  shift_iss (right, change.iss);
  left_rows = sf_rows_new (left, NULL);
  right_rows = sf_rows_new (right, NULL);
  g_assert_cmpuint (sf_compare_part (left_rows, right_rows), ==, expected);
  g_assert_cmpuint (sf_compare_part (right_rows, left_rows), ==, expected);
}

static void
test_alike (void)
{
  assert_part ((Change){ 0 }, SF_NO_RECORD);
  /* All relative numbers are the same. */
  assert_part ((Change){ .iss = 77777 }, SF_NO_RECORD);
}

static void
test_part (void)
{
  assert_part ((Change){ .lost = TRUE }, 2);
  assert_part ((Change){ .late = 10 * SF_MSEC }, 4);
  assert_part ((Change){ .longer = TRUE }, 6);
}

static gboolean
has_label (const GPtrArray *pages, const char *text)
{
  for (guint i = 0; i < pages->len; i++)
    {
      const SfScene *page = g_ptr_array_index (pages, i);

      for (guint k = 0; k < page->labels->len; k++)
        if (strcmp (g_array_index (page->labels, SfLabel, k).text, text) == 0)
          return TRUE;
    }
  return FALSE;
}

/* The mark says what each run does. */
static void
test_mark (void)
{
  g_autoptr (SfTrace) left = make_trace ((Change){ 0 });
  g_autoptr (SfTrace) right = make_trace ((Change){ .late = 10 * SF_MSEC });
  g_autoptr (GPtrArray) pages = sf_compare (left, right, NULL, NULL);
  g_autoptr (GPtrArray) alike = sf_compare (left, left, NULL, NULL);

  g_assert_true (has_label (pages, "Here the two runs part"));
  g_assert_true (has_label (pages, "0.05 s: server > client: S. 0:0(0) ack 1"));
  g_assert_true (has_label (pages, "0.06 s: server > client: S. 0:0(0) ack 1"));
  g_assert_false (has_label (alike, "Here the two runs part"));
  g_assert_true (has_label (alike, "Both runs are alike."));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/alike", test_alike);
  g_test_add_func ("/compare/part", test_part);
  g_test_add_func ("/compare/mark", test_mark);
  return g_test_run ();
}
