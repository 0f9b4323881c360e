/* SPDX-License-Identifier: MIT
 *
 * The notation of segments: numbers relative and absolute, the order of flags and options.
 */
#include "models/segment_text.h"

typedef struct
{
  const char *what;
  SfSegment seg;
  SfTextFlags how;
  const char *text;
} TextRow;

#define ISS 0xfffffff0u /* just before sequence numbers wrap */
#define NUMBERS(s, a) \
  .seq = { ISS + (s) }, .seq_base = { ISS }, .ack = { 5000 + (a) }, .ack_base = { 5000 }, .wnd = 65535

/* clang-format off */
static const TextRow rows[] = {
  { "a SYN counts nothing",
    { NUMBERS (0, 0), .flags = SF_SYN, .options = SF_OPT_MSS, .mss = 1460 },
    SF_TEXT_FULL, "a > b: S 0:0(0) win 65535 <mss 1460>" },
  { "all options",
    { NUMBERS (0, 1), .flags = SF_SYN | SF_ACK, .options = SF_OPT_MSS | SF_OPT_WSCALE | SF_OPT_TS,
      .mss = 1460, .wscale = 7, .tsval = 12, .tsecr = 4294967295 },
    SF_TEXT_FULL, "a > b: S. 0:0(0) ack 1 win 65535 <mss 1460,wscale 7,TS val 12 ecr 4294967295>" },
  { "data across the wrap",
    { NUMBERS (1, 1), .flags = SF_ACK | SF_PSH, .len = 100 },
    SF_TEXT_FULL, "a > b: P. 1:101(100) ack 1 win 65535" },
  { "the same in absolute numbers",
    { NUMBERS (1, 1), .flags = SF_ACK | SF_PSH, .len = 100 },
    SF_TEXT_ABSOLUTE, "a > b: P. 4294967281:85(100) ack 5001 win 65535" },
  { "a FIN counts nothing",
    { NUMBERS (101, 1), .flags = SF_ACK | SF_FIN },
    SF_TEXT_FULL, "a > b: F. 101:101(0) ack 1 win 65535" },
  { "data with a FIN, short",
    { NUMBERS (1, 1), .flags = SF_ACK | SF_FIN | SF_PSH, .len = 100 },
    SF_TEXT_SHORT, "FP. 1:101(100) ack 1" },
  { "a pure ACK, one option",
    { NUMBERS (101, 1), .flags = SF_ACK, .options = SF_OPT_TS, .tsval = 3, .tsecr = 4 },
    SF_TEXT_FULL, "a > b: . 101:101(0) ack 1 win 65535 <TS val 3 ecr 4>" },
  { "an acknowledgment number without ACK is not shown",
    { NUMBERS (1, 9), .flags = SF_RST },
    SF_TEXT_FULL, "a > b: R 1:1(0) win 65535" },
  { "urgent",
    { NUMBERS (1, 1), .flags = SF_ACK | SF_URG, .len = 1, .urg = 1 },
    SF_TEXT_FULL, "a > b: .U 1:2(1) ack 1 win 65535 urg 1" },
  { "all flags, in the order of tcpdump",
    { NUMBERS (0, 0), .flags = 0xff },
    SF_TEXT_SHORT, "FSRP.UEW 0:0(0) ack 0" },
  { "no flags",
    { NUMBERS (0, 0) },
    SF_TEXT_SHORT, "- 0:0(0)" },
};
/* clang-format on */

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      g_test_message ("%s", rows[i].what);
      sf_segment_text (out, &rows[i].seg, "a", "b", rows[i].how);
      g_assert_cmpstr (out->str, ==, rows[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/segment-text/table", test_table);
  return g_test_run ();
}
