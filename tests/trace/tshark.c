/* SPDX-License-Identifier: MIT
 *
 * Captures as Wireshark understands them: tshark reads those of all scenarios of the project, in every variant, and
 * must agree with the traces. One tshark reads them all, since pcapng files may be concatenated. For tests that follow
 * connections, every run first gets its own addresses; otherwise the second run would look like a repetition of the
 * first.
 *
 * What is asserted of each frame:
 *
 *   - Headers: sequence and acknowledgment number, flags and length are those of the trace; nothing is malformed.
 *   - Checksums: right, except that of TCP where the trace says that the segment was corrupted.
 *   - Retransmissions: tshark says "retransmission" (or calls it fast, spurious or out of order) exactly if the trace
 *     marks the frame as one, or as a copy of one that takes sequence space. This is so because every host captures
 *     what it sends: each segment is there once, in the order of sending, whether it arrived or not; so sequence space
 *     that comes again was sent again. Which of the four words tshark takes is a guess at what the sender knew, and
 *     not compared. Not so: a probe of a zero window, which tshark calls by that name, is sending to TCP but not to
 *     tshark; and text that begins with the last octet sent is a keepalive to it, or what follows one.
 *   - Duplicate ACKs: tshark says so exactly if the segment carries nothing and repeats the acknowledgment and the (not
 *     zero) window of the one before it, answers to keepalives and window probes included.
 *
 * The last two go by 4-tuple. What tshark cannot know is not compared: everything after a forged segment or after the
 * copy of a segment of an earlier connection, and connections with the initial sequence number of an earlier one (isn:
 * zero).
 */
#include "base/files.h"
#include "lab/report/run.h"
#include "models/segment_text.h"
#include "trace/capture.h"

#include <glib/gstdio.h>
#include <string.h>

typedef enum
{
  FIELD_IP_CHECKSUM,
  FIELD_TCP_CHECKSUM,
  FIELD_MALFORMED,
  FIELD_SEQ,
  FIELD_ACK,
  FIELD_FLAGS,
  FIELD_LEN,
  FIELD_RETRANSMISSION,
  FIELD_FAST,
  FIELD_SPURIOUS,
  FIELD_OUT_OF_ORDER,
  FIELD_REUSED_PORTS,
  FIELD_WINDOW_PROBE,
  FIELD_DUPLICATE_ACK,
  FIELD_KEEPALIVE,
  FIELD_KEEPALIVE_ACK,
  FIELD_WINDOW_PROBE_ACK,
  N_FIELDS
} Field;

static const char *const field_names[N_FIELDS] = {
  [FIELD_IP_CHECKSUM] = "ip.checksum.status",
  [FIELD_TCP_CHECKSUM] = "tcp.checksum.status",
  [FIELD_MALFORMED] = "_ws.malformed",
  [FIELD_SEQ] = "tcp.seq_raw",
  [FIELD_ACK] = "tcp.ack_raw",
  [FIELD_FLAGS] = "tcp.flags",
  [FIELD_LEN] = "tcp.len",
  [FIELD_RETRANSMISSION] = "tcp.analysis.retransmission",
  [FIELD_FAST] = "tcp.analysis.fast_retransmission",
  [FIELD_SPURIOUS] = "tcp.analysis.spurious_retransmission",
  [FIELD_OUT_OF_ORDER] = "tcp.analysis.out_of_order",
  [FIELD_REUSED_PORTS] = "tcp.analysis.reused_ports",
  [FIELD_WINDOW_PROBE] = "tcp.analysis.zero_window_probe",
  [FIELD_DUPLICATE_ACK] = "tcp.analysis.duplicate_ack",
  [FIELD_KEEPALIVE] = "tcp.analysis.keep_alive",
  [FIELD_KEEPALIVE_ACK] = "tcp.analysis.keep_alive_ack",
  [FIELD_WINDOW_PROBE_ACK] = "tcp.analysis.zero_window_probe_ack",
};

#define CHECKSUM_BAD "0"
#define CHECKSUM_GOOD "1"

/* A frame: what the trace and tshark say about it. */
typedef struct
{
  const char *run;
  SfTime t;
  SfSegment seg;
  gboolean corrupt;
  gboolean arrives; /* captured where it arrived, behind a router that changed its addresses */
  char **fields;
} Frame;

typedef struct
{
  GPtrArray *runs;      /* names */
  GArray *frames;       /* Frame */
  GByteArray *captures; /* as they are written */
  GByteArray *apart;    /* with different addresses for every run */
} Lot;

static Lot lot;
static char *tshark;

static const Frame *
frame_at (guint i)
{
  return &g_array_index (lot.frames, Frame, i);
}

static gboolean
says (const Frame *frame, Field field)
{
  return *frame->fields[field] != '\0';
}

static void
complain (guint i, const char *what)
{
  const Frame *frame = frame_at (i);
  g_autoptr (GString) text = g_string_new (NULL);

  sf_segment_text (text, &frame->seg, "", "", SF_TEXT_FULL);
  g_test_message ("%s, %.6f s, frame %u, %s: %s", frame->run, (double) frame->t / SF_SEC, i + 1, text->str, what);
  g_test_fail ();
}

/* --- collecting --- */

/* Returns the ids of segments that were corrupted in transit. They point into `trace`. */
static GHashTable *
corrupted (const SfTrace *trace)
{
  GHashTable *ids = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->head.kind == SF_RECORD_FATE && record->fate.fate == SF_FATE_CORRUPTED)
        g_hash_table_add (ids, (gpointer) &record->fate.id);
    }
  return ids;
}

/* Gives the hosts of `trace` addresses that no other run has: `n` changes their upper half. */
static void
set_apart (SfTrace *trace, guint n)
{
  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      SfSegment *seg = (SfSegment *) sf_record_segment (sf_trace_record (trace, i));

      if (seg == NULL)
        continue;
      seg->src ^= n << 16;
      seg->dst ^= n << 16;
    }
}

/* TRUE if `seg` arrives with other addresses or ports than `sent` had. */
static gboolean
is_translated (const SfSegment *sent, const SfSegment *seg)
{
  return sent->src != seg->src || sent->dst != seg->dst || sent->sport != seg->sport || sent->dport != seg->dport;
}

static void
collect_frames (const SfTrace *trace, const char *run)
{
  g_autoptr (GHashTable) bad = corrupted (trace);
  g_autoptr (GHashTable) sent = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);
      const SfSegment *seg = sf_record_segment (record);
      Frame frame = { .run = run, .t = record->head.t, .arrives = record->head.kind == SF_RECORD_ARRIVE };

      if (seg == NULL || (frame.arrives && !is_translated (g_hash_table_lookup (sent, &seg->id), seg)))
        continue;
      if (!frame.arrives)
        g_hash_table_insert (sent, (gpointer) &seg->id, (gpointer) seg);
      frame.seg = *seg;
      frame.corrupt = seg->marks & SF_SEG_CORRUPT || g_hash_table_contains (bad, &seg->id);
      g_array_append_val (lot.frames, frame);
    }
}

static void
collect_run (const SfRun *run, const char *path)
{
  g_autoptr (SfOutcome) outcome = sf_run_do (run);
  char *name = g_strdup_printf ("%s (%s)", path, run->scenario->variant);

  sf_capture_write (lot.captures, outcome->trace);
  set_apart (outcome->trace, lot.runs->len);
  sf_capture_write (lot.apart, outcome->trace);
  collect_frames (outcome->trace, name);
  g_ptr_array_add (lot.runs, name);
}

static void
collect_folder (const char *name)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "..", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = NULL;

  files = sf_files_find (folder, ".yaml", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, >, 0);
  for (guint i = 0; i < files->len; i++)
    {
      SfRunOptions options = { 0 };
      const char *path = g_ptr_array_index (files, i);
      g_autoptr (SfDiagnostics) diag = sf_diagnostics_new ();
      g_autoptr (GPtrArray) runs = sf_runs_load (path, &options, diag);

      for (guint k = 0; runs != NULL && k < runs->len; k++)
        collect_run (g_ptr_array_index (runs, k), path + strlen (folder) + 1);
    }
}

/* Returns what tshark says of the frames of `capture`: a line per frame, the fields between '|'. */
static char **
run_tshark (const GByteArray *capture)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("synfin-XXXXXX", &error);
  g_autofree char *path = g_build_filename (dir, "capture.pcapng", NULL);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  /* The settings of the user must not matter. */
  g_auto (GStrv) env = g_environ_setenv (g_get_environ (), "WIRESHARK_CONFIG_DIR", dir, TRUE);
  g_autofree char *out = NULL;
  /* Payloads are no HTTP, whatever the port: do not reassemble messages. */
  const char *options[] = { tshark, "-n",
                            "-r",   path,
                            "-o",   "tcp.check_checksum:TRUE",
                            "-o",   "ip.check_checksum:TRUE",
                            "-o",   "tcp.desegment_tcp_streams:FALSE",
                            "-T",   "fields",
                            "-E",   "separator=|" };
  int status;

  g_assert_no_error (error);
  g_file_set_contents (path, (const char *) capture->data, (gssize) capture->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    g_ptr_array_add (argv, (gpointer) options[i]);
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_ptr_array_add (argv, (gpointer) "-e");
      g_ptr_array_add (argv, (gpointer) field_names[i]);
    }
  g_ptr_array_add (argv, NULL);
  g_spawn_sync (NULL, (char **) argv->pdata, env, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  return g_strsplit (out, "\n", -1);
}

/* Stores what tshark says about `capture` in the frames. */
static void
ask_tshark (const GByteArray *capture)
{
  g_auto (GStrv) lines = run_tshark (capture);

  g_assert_cmpuint (g_strv_length (lines), ==, lot.frames->len + 1); /* the last is empty */
  for (guint i = 0; i < lot.frames->len; i++)
    {
      Frame *frame = &g_array_index (lot.frames, Frame, i);

      g_strfreev (frame->fields);
      frame->fields = g_strsplit (lines[i], "|", -1);
      g_assert_cmpuint (g_strv_length (frame->fields), ==, N_FIELDS);
    }
}

/* --- headers and checksums --- */

static guint64
number (const Frame *frame, Field field)
{
  return g_ascii_strtoull (frame->fields[field], NULL, 0);
}

static void
check_header (guint i)
{
  const Frame *frame = frame_at (i);
  const SfSegment *seg = &frame->seg;

  if (says (frame, FIELD_MALFORMED))
    complain (i, "malformed");
  if (number (frame, FIELD_SEQ) != seg->seq.v || number (frame, FIELD_FLAGS) != seg->flags
      || number (frame, FIELD_LEN) != seg->len || (seg->flags & SF_ACK && number (frame, FIELD_ACK) != seg->ack.v))
    complain (i, "other numbers in its header");
}

static void
check_checksums (guint i)
{
  const Frame *frame = frame_at (i);

  if (strcmp (frame->fields[FIELD_IP_CHECKSUM], CHECKSUM_GOOD) != 0)
    complain (i, "bad IP checksum");
  if (strcmp (frame->fields[FIELD_TCP_CHECKSUM], frame->corrupt ? CHECKSUM_BAD : CHECKSUM_GOOD) != 0)
    complain (i, frame->corrupt ? "corrupted, but its TCP checksum is right" : "bad TCP checksum");
}

/* The captures as they are. */
static void
test_checksums (void)
{
  guint n_corrupt = 0;

  ask_tshark (lot.captures);
  for (guint i = 0; i < lot.frames->len; i++)
    {
      check_header (i);
      check_checksums (i);
      n_corrupt += frame_at (i)->corrupt;
    }
  g_assert_cmpuint (n_corrupt, >, 0);
}

/* --- following connections --- */

/* One direction of a 4-tuple: what tshark remembers of it. */
typedef struct
{
  guint32 conn; /* newest connection that sends in it */
  SfSeq iss;
  SfSeq end; /* after the last number sent, without window probes; valid if has_end */
  SfSeq ack; /* of the last segment */
  guint16 wnd;
  gboolean has_end;
  gboolean has_ack;
  gboolean off; /* no longer compared */
} Flow;

/* Checks a frame. `flow` is its direction before the frame, `back` the other direction. */
typedef void (*Check) (guint i, const Flow *flow, const Flow *back);

static Flow *
flow_of (GHashTable *flows, guint32 src, guint sport, guint32 dst, guint dport)
{
  g_autofree char *key = g_strdup_printf ("%08x:%u %08x:%u", src, sport, dst, dport);
  Flow *flow = g_hash_table_lookup (flows, key);

  if (flow == NULL)
    {
      flow = g_new0 (Flow, 1);
      g_hash_table_insert (flows, g_steal_pointer (&key), flow);
    }
  return flow;
}

/* A probe of a zero window, as tshark knows it. */
static gboolean
is_window_probe (const SfSegment *seg, const Flow *flow, const Flow *back)
{
  return seg->len == 1 && flow->has_end && sf_seq_eq (seg->seq, flow->end) && back->has_ack && back->wnd == 0;
}

/* Another connection begins in `flow` with `seg`, or an old one appears again. At the SYN of a second connection tshark
 * starts anew in both directions, even if the other end is still in the first. */
static void
change_connection (Flow *flow, Flow *back, const SfSegment *seg)
{
  gboolean same_iss = sf_seq_eq (seg->seq_base, flow->iss);

  if (seg->conn < flow->conn || (flow->conn != 0 && same_iss))
    flow->off = back->off = TRUE;
  if (flow->conn != 0 || !same_iss) /* otherwise it results from a cookie */
    flow->has_end = flow->has_ack = FALSE;
  if (flow->conn != 0 && (seg->flags & (SF_SYN | SF_ACK)) == SF_SYN)
    back->has_end = back->has_ack = FALSE;
  flow->conn = seg->conn;
  flow->iss = seg->seq_base;
}

static void
remember (Flow *flow, const Flow *back, const SfSegment *seg)
{
  SfSeq end = sf_seq_add (seg->seq, sf_segment_space (seg));

  if (!is_window_probe (seg, flow, back) && (!flow->has_end || sf_seq_lt (flow->end, end)))
    {
      flow->end = end;
      flow->has_end = TRUE;
    }
  flow->ack = seg->ack;
  flow->wnd = seg->wnd;
  flow->has_ack = TRUE;
}

/* A segment that no connection sends: a RST, or a SYN-ACK with a cookie, from which a connection may continue. */
static void
remember_stray (Flow *flow, const Flow *back, const SfSegment *seg)
{
  flow->ack = seg->ack;
  flow->wnd = seg->wnd;
  if (seg->flags & SF_RST)
    return;
  if (flow->conn != 0 || !sf_seq_eq (flow->iss, seg->seq_base))
    flow->has_end = flow->has_ack = FALSE;
  flow->conn = 0;
  flow->iss = seg->seq_base;
  remember (flow, back, seg);
}

/* Calls `check` for every frame that can be compared. Answers without a connection (RSTs, cookies) are left out. */
static void
follow (Check check)
{
  g_autoptr (GHashTable) flows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint n = 0;

  for (guint i = 0; i < lot.frames->len; i++)
    {
      const SfSegment *seg = &frame_at (i)->seg;
      Flow *flow = flow_of (flows, seg->src, seg->sport, seg->dst, seg->dport);
      Flow *back = flow_of (flows, seg->dst, seg->dport, seg->src, seg->sport);

      if (seg->marks & SF_SEG_INJECTED)
        flow->off = back->off = TRUE;
      if (seg->conn == 0)
        remember_stray (flow, back, seg);
      if (flow->off || seg->conn == 0)
        continue;
      if (seg->conn != flow->conn)
        change_connection (flow, back, seg);
      if (flow->off)
        continue;
      if (!frame_at (i)->arrives) /* this frame shows an arrival, not a sending */
        check (i, flow, back);
      remember (flow, back, seg);
      n++;
    }
  g_assert_cmpuint (n, >, lot.frames->len / 2);
}

static void
check_retransmission (guint i, const Flow *flow, const Flow *back)
{
  const Frame *frame = frame_at (i);
  const SfSegment *seg = &frame->seg;
  gboolean takes_space = sf_segment_space (seg) > 0;
  gboolean traced = takes_space && seg->marks & (SF_SEG_RETRANSMIT | SF_SEG_COPY);
  gboolean seen = says (frame, FIELD_RETRANSMISSION) || says (frame, FIELD_FAST) || says (frame, FIELD_SPURIOUS)
                  || says (frame, FIELD_OUT_OF_ORDER);

  if (seg->flags & SF_SYN && traced) /* some versions of tshark say so of a SYN that is repeated after the end */
    seen = seen || says (frame, FIELD_REUSED_PORTS);
  if (says (frame, FIELD_WINDOW_PROBE) != is_window_probe (seg, flow, back))
    complain (i, says (frame, FIELD_WINDOW_PROBE) ? "a window probe only to tshark" : "no window probe to tshark");
  if (!flow->has_end || sf_seq_le (flow->end, seg->seq))
    traced = FALSE; /* only probes have carried it, or an earlier connection */
  if (seg->len > 0 && sf_seq_eq (flow->end, sf_seq_add (seg->seq, 1)))
    traced = FALSE; /* to tshark a keepalive, or what follows one */
  if (seen != traced)
    complain (i, seen ? "a retransmission only to tshark" : "a retransmission only in the trace");
}

static void
test_retransmissions (void)
{
  follow (check_retransmission);
}

static void
check_duplicate_ack (guint i, const Flow *flow, const Flow *back G_GNUC_UNUSED)
{
  const Frame *frame = frame_at (i);
  const SfSegment *seg = &frame->seg;
  gboolean pure = seg->len == 0 && !(seg->flags & (SF_SYN | SF_FIN | SF_RST)) && seg->flags & SF_ACK;
  gboolean traced = pure && flow->has_ack && seg->wnd != 0 && seg->wnd == flow->wnd && sf_seq_eq (seg->ack, flow->ack)
                    && flow->has_end && sf_seq_eq (seg->seq, flow->end);
  gboolean seen = says (frame, FIELD_DUPLICATE_ACK)
                  || (traced && (says (frame, FIELD_KEEPALIVE_ACK) || says (frame, FIELD_WINDOW_PROBE_ACK)));

  if (seen != traced)
    complain (i, seen ? "a duplicate ACK only to tshark" : "a duplicate ACK only in the trace");
}

static void
test_duplicate_acks (void)
{
  follow (check_duplicate_ack);
}

/* --- */

static void
test_skipped (void)
{
  g_test_skip ("tshark is not installed");
}

static void
collect (void)
{
  lot.runs = g_ptr_array_new_with_free_func (g_free);
  lot.frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  lot.captures = g_byte_array_new ();
  lot.apart = g_byte_array_new ();
  collect_folder ("scenarios");
  collect_folder ("tests");
}

/* Prepares the next tests: captures in which runs can be told apart. */
static void
test_apart (void)
{
  ask_tshark (lot.apart);
  for (guint i = 0; i < lot.frames->len; i++)
    check_checksums (i);
}

static void
forget (void)
{
  for (guint i = 0; i < lot.frames->len; i++)
    g_strfreev (g_array_index (lot.frames, Frame, i).fields);
  g_array_unref (lot.frames);
  g_ptr_array_unref (lot.runs);
  g_byte_array_unref (lot.captures);
  g_byte_array_unref (lot.apart);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  tshark = g_find_program_in_path ("tshark");
  if (tshark == NULL)
    {
      g_test_add_func ("/tshark", test_skipped);
      return g_test_run ();
    }
  collect ();
  g_test_add_func ("/tshark/checksums", test_checksums);
  g_test_add_func ("/tshark/apart", test_apart);
  g_test_add_func ("/tshark/retransmissions", test_retransmissions);
  g_test_add_func ("/tshark/duplicate-acks", test_duplicate_acks);
  status = g_test_run ();
  forget ();
  g_free (tshark);
  return status;
}
