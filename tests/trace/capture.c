/* SPDX-License-Identifier: MIT
 *
 * Captures: the blocks of pcapng and the packets in them, read back byte by byte, and then by tshark if it is
 * installed. Nothing is malformed, checksums are right except where they should be wrong, and Wireshark finds the
 * retransmissions that the trace has.
 */
#include "trace/capture.h"
#include "tests/support/trace_maker.h"
#include "tests/support/traces.h"
#include "trace/packet.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static GByteArray *
write_capture (const SfTrace *trace)
{
  GByteArray *out = g_byte_array_new ();

  sf_capture_write (out, trace);
  return out;
}

static SfTrace *
make_trace (const char *name)
{
  guint i = 0;

  while (strcmp (test_traces[i].name, name) != 0)
    i++;
  return test_traces[i].make ();
}

static guint32
get32 (const GByteArray *bytes, guint at)
{
  guint32 value;

  g_assert_cmpuint (at + 4, <=, bytes->len);
  memcpy (&value, bytes->data + at, sizeof value);
  return GUINT32_FROM_LE (value);
}

/* Returns the segments that a capture of `trace` shows, in order. */
static GPtrArray *
shown_segments (const SfTrace *trace)
{
  GPtrArray *segments = g_ptr_array_new ();

  for (guint i = 0; i < sf_trace_n_records (trace); i++)
    {
      const SfRecord *record = sf_trace_record (trace, i);

      if (record->head.kind != SF_RECORD_ARRIVE && sf_record_segment (record) != NULL)
        g_ptr_array_add (segments, (gpointer) sf_record_segment (record));
    }
  return segments;
}

/* Blocks follow one another without gaps, each with its length at both ends. There is a packet for every segment, with
 * its time and interface. */
static void
test_blocks (void)
{
  for (guint i = 0; test_traces[i].name != NULL; i++)
    {
      g_autoptr (SfTrace) trace = test_traces[i].make ();
      g_autoptr (GByteArray) bytes = write_capture (trace);
      g_autoptr (GPtrArray) segments = shown_segments (trace);
      guint n_interfaces = 0, n_packets = 0;

      g_assert_cmphex (get32 (bytes, 0), ==, 0x0a0d0d0a);
      g_assert_cmphex (get32 (bytes, 8), ==, 0x1a2b3c4d);
      for (guint at = 0; at < bytes->len; at += get32 (bytes, at + 4))
        {
          guint len = get32 (bytes, at + 4);

          g_assert_cmpuint (len % 4, ==, 0);
          g_assert_cmpuint (get32 (bytes, at + len - 4), ==, len);
          if (get32 (bytes, at) == 1)
            n_interfaces++;
          else if (get32 (bytes, at) == 6)
            {
              const SfSegment *seg = g_ptr_array_index (segments, n_packets++);
              guint64 stamp = (guint64) get32 (bytes, at + 12) << 32 | get32 (bytes, at + 16);

              g_assert_cmpuint (get32 (bytes, at + 8), ==, seg->from);
              g_assert_cmpuint (stamp, ==, (guint64) (SF_CAPTURE_EPOCH * SF_SEC + seg->sent_at));
              g_assert_cmpuint (get32 (bytes, at + 20), ==, sf_segment_wire_bytes (seg));
            }
        }
      g_assert_cmpuint (n_interfaces, ==, sf_trace_n_hosts (trace));
      g_assert_cmpuint (n_packets, ==, segments->len);
    }
}

/* One packet, byte for byte. Its checksums were computed with another program. */
static void
test_packet (void)
{
  static const guint8 expected[] = {
    0x45, 0x00, 0x00, 0x3f, 0x00, 0x07, 0x40, 0x00, 0x40, 0x06, 0x4e, 0x7c, /* IPv4, number 7, don't fragment */
    0xc0, 0x00, 0x02, 0x01, 0xc6, 0x33, 0x64, 0x01,                         /* 192.0.2.1, 198.51.100.1 */
    0xc0, 0x00, 0x00, 0x50, 0x00, 0x00, 0x03, 0xe9, 0x00, 0x00, 0x13, 0x89, /* 49152, 80, 1001, 5001 */
    0xa0, 0x18, 0xff, 0xff, 0xc2, 0x82, 0x00, 0x00,                         /* ten words, PSH and ACK */
    0x02, 0x04, 0x05, 0xb4, 0x01, 0x01, 0x08, 0x0a, 0x00, 0x00, 0x00, 0x07, /* MSS 1460, timestamps */
    0x00, 0x00, 0x00, 0x03, 0x01, 0x03, 0x03, 0x07,                         /* window scale 7 */
    'a',  'b',  'c',
  };
  const SfSegment seg = {
    .id = 7,
    .src = 0xc0000201,
    .dst = 0xc6336401,
    .sport = 49152,
    .dport = 80,
    .seq = { 1001 },
    .ack = { 5001 },
    .stream = 1,
    .len = 3,
    .tsval = 7,
    .tsecr = 3,
    .wnd = 65535,
    .mss = 1460,
    .wscale = 7,
    .flags = SF_PSH | SF_ACK,
    .options = SF_OPT_MSS | SF_OPT_WSCALE | SF_OPT_TS,
  };
  const SfContentText text = { .stream = 1, .text = "abc", .len = 3 };
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof text);
  g_autoptr (GByteArray) out = g_byte_array_new ();

  g_array_append_val (texts, text);
  sf_packet_write (out, &seg, texts, FALSE);
  g_assert_cmpmem (out->data, out->len, expected, sizeof expected);

  g_byte_array_set_size (out, 0);
  sf_packet_write (out, &seg, texts, TRUE);
  g_assert_cmpint (memcmp (out->data, expected, sizeof expected), !=, 0);
}

/* tshark. */

/* Returns the fields `fields` (separated by commas) that tshark prints of the packets in `capture` that match `filter`,
 * a line per packet. NULL if there is no tshark; the test is then skipped. */
static char *
run_tshark (const GByteArray *capture, const char *filter, const char *fields)
{
  static const char *const options[] = {
    "-o", "tcp.check_checksum:TRUE",           "-o", "ip.check_checksum:TRUE",
    "-o", "tcp.analyze_sequence_numbers:TRUE", "-T", "fields",
    "-r",
  };
  g_autofree char *tshark = g_find_program_in_path ("tshark");
  g_autofree char *file = NULL;
  g_autoptr (GPtrArray) args = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) names = g_strsplit (fields, ",", -1);
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int fd, status;

  if (tshark == NULL)
    {
      g_test_skip ("tshark is not installed");
      return NULL;
    }
  fd = g_file_open_tmp ("synfin-XXXXXX.pcapng", &file, &error);
  g_assert_no_error (error);
  close (fd);
  g_file_set_contents (file, (const char *) capture->data, (gssize) capture->len, &error);
  g_assert_no_error (error);

  g_ptr_array_add (args, g_strdup (tshark));
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    g_ptr_array_add (args, g_strdup (options[i]));
  g_ptr_array_add (args, g_strdup (file));
  g_ptr_array_add (args, g_strdup ("-Y"));
  g_ptr_array_add (args, g_strdup (filter));
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_ptr_array_add (args, g_strdup ("-e"));
      g_ptr_array_add (args, g_strdup (names[i]));
    }
  g_ptr_array_add (args, NULL);
  g_spawn_sync (NULL, (char **) args->pdata, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
  g_unlink (file);
  return out;
}

/* All traces in one file, one section after the other: nothing is malformed, and one checksum is wrong. */
static void
test_tshark_good (void)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree char *bad = NULL;

  for (guint i = 0; test_traces[i].name != NULL; i++)
    {
      g_autoptr (SfTrace) trace = test_traces[i].make ();

      sf_capture_write (all, trace);
    }
  bad = run_tshark (all, "_ws.malformed or ip.checksum.status != 1 or !tcp or tcp.checksum.status != 1",
                    "ip.checksum.status,tcp.checksum.status,frame.comment");
  if (bad != NULL)
    g_assert_cmpstr (bad, ==, "1\t0\tcorrupted by fault 2 (corrupt from client len 20); receiver: wrong checksum\n");
}

/* Wireshark finds exactly the retransmissions that the trace marks. */
static void
test_tshark_analysis (void)
{
  g_autoptr (SfTrace) trace = make_trace ("window");
  g_autoptr (GByteArray) capture = write_capture (trace);
  g_autofree char *seen = run_tshark (capture, "tcp.analysis.flags",
                                      "frame.number,frame.time_epoch,frame.interface_name,tcp.analysis.retransmission,"
                                      "tcp.analysis.duplicate_ack_num,frame.comment");

  if (seen != NULL)
    g_assert_cmpstr (seen, ==,
                     "7\t946684800.200000000\tserver\t\t1\t\n"
                     "8\t946684800.201234567\tserver\t\t2\t\n"
                     "9\t946684801.052469134\tclient\t1\t\tretransmission\n");
}

/* Packet comments, and the data that applications wrote. */
static void
test_tshark_comments (void)
{
  g_autoptr (SfTrace) trace = make_trace ("troubles");
  g_autoptr (GByteArray) capture = write_capture (trace);
  g_autofree char *seen = run_tshark (capture, "frame.comment", "frame.time_relative,tcp.payload,frame.comment");

  if (seen != NULL)
    g_assert_cmpstr (seen, ==,
                     "0.150000000\t74656e2062797465730a\tdelayed by fault 1 until 3.15 s (delay from client len 10 by "
                     "3s)\n"
                     "1.150000000\t30303030300a63323a3030303030303030303031\tcorrupted by fault 2 (corrupt from client "
                     "len 20); receiver: wrong checksum\n"
                     "5.200000000\t\tlink down on link wire, never arrived\n"
                     "5.200000000\t\theld by fault 3 until 9 s (hold from client flags F. until 9s); receiver: no such "
                     "connection\n"
                     "6.200000000\t\tforged: no host has sent it; receiver: RST not acceptable\n"
                     "6.250000000\t\thost down on link wire, never arrived\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/capture/blocks", test_blocks);
  g_test_add_func ("/capture/packet", test_packet);
  g_test_add_func ("/capture/tshark/good", test_tshark_good);
  g_test_add_func ("/capture/tshark/analysis", test_tshark_analysis);
  g_test_add_func ("/capture/tshark/comments", test_tshark_comments);
  return g_test_run ();
}
